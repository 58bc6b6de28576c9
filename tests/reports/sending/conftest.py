"""A mail server, sent letters whose deliveries are due, and the queue in the database with a worker for it."""

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command

from reports.models import Delivery, Letter
from tests.factories import DeliveryFactory, LetterCopyFactory
from tests.reports.sending.post import PostOffice


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A mail server, and the settings that lead there."""
    office = PostOffice()
    office.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = office.hostname, office.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield office
    office.stop()


@pytest.fixture
def letter(db: None) -> Callable[..., Letter]:
    """A function that makes a sent letter with a number of deliveries, all of them due."""

    def make(number: int, **fields: Any) -> Letter:
        made = LetterCopyFactory(**fields).letter
        Delivery.objects.bulk_create(DeliveryFactory.build_batch(number, letter=made))
        return made

    return make


@pytest.fixture
def queue(settings: Any) -> Iterator[Callable[[], None]]:
    """The tasks wait in the database, as on a server; a function that lets a worker do those whose time has come."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield lambda: call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)
    for number, handler in kept.items():
        signal.signal(number, handler)
