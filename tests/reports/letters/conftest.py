"""Letters wait in the database for the worker: no test here sends mail."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from agencies.models import Office
from praktik.accounts.models import User
from reports.choices import LetterKind
from reports.models import Letter
from tests.reports.letters.written import drafted


@pytest.fixture(autouse=True)
def _tasks_wait(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def queued(db: None) -> Callable[[], int]:
    """A function that tells how many tasks wait for the worker."""
    return DBTaskResult.objects.count


@pytest.fixture
def weekly(coordinator: User, office: Office) -> Letter:
    """A weekly letter that could be sent: it has words, and a reader at the one office."""
    return drafted(coordinator, intro="Hej **alla**!")


@pytest.fixture
def newsletter(coordinator: User) -> Letter:
    """A newsletter with words; nobody gets it until there is a contact."""
    return drafted(coordinator, LetterKind.NEWSLETTER, intro="Hej **alla**!")


@pytest.fixture
def as_own_officer(log_in: Callable[[User], Client], own_officer: User) -> Client:
    """The browser of the officer who reads for `office`."""
    return log_in(own_officer)
