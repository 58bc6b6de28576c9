"""The demonstration, built once, by one process, for all tests of this folder.

Their mark `django_db` lets pytest-django make the database even when nothing else is run, and takes back what a test
did.
"""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings


@pytest.fixture(scope="package")
def demonstration(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The built demonstration, gone again after the last test."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMONSTRATION=True):
        call_command("demo_data", stdout=StringIO())
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of this folder together, whatever order chance gave their files: each gap costs a building."""
    items.sort(key=lambda item: Path(__file__).parent not in item.path.parents)
