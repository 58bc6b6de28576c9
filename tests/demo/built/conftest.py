"""The demonstration as its command has built it, for all tests of this folder: they look into a copy of its database.

Their mark `django_db` lets pytest-django make the database even when nothing else is run, and takes back what a test
did.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings

from praktik.settings import base
from tests.demo.conftest import Demo


def look_into(file: Path | str) -> None:
    """Let the connection lead to another file of SQLite's."""
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    # Another database may have numbered them in another way.
    ContentType.objects.clear_cache()


@contextmanager
def database_in(file: Path) -> Iterator[None]:
    """Use another file as the tests' database, for as long as the block runs."""
    own = connection.settings_dict["NAME"]
    look_into(file)
    try:
        yield
    finally:
        look_into(own)


@pytest.fixture(scope="package")
def demonstration(demo: Demo, django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The built demonstration in place of the tests' database, with the passwords of those who log in to it."""
    if connection.vendor != "sqlite":
        pytest.skip("The demonstration is built where it lives, on SQLite.")
    as_there = override_settings(DEMONSTRATION=True, PASSWORD_HASHERS=base.PASSWORD_HASHERS)
    with django_db_blocker.unblock(), database_in(demo.as_built), as_there:
        connection.check_constraints()
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of this folder together, whatever order chance gave their files."""
    items.sort(key=lambda item: Path(__file__).parent not in item.path.parents)
