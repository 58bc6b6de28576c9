"""For tests of the house itself: which packages are ours, and a clean environment to start programs in."""

import os
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from praktik.accounts.roles import Role
from tests.factories import OfficeFactory, UserFactory
from tests.house.waiting import for_coordinator, for_officer

ROOT = settings.BASE_DIR
# Full enough that production starts; every value is made up.
SERVER = {
    "SECRET_KEY": "made-up-for-tests-q8Zr3vN6tYw1LkP0sXb7uHd4cJf9gMa2eRi5oTz",
    "ALLOWED_HOSTS": "praktik.example.se",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp://127.0.0.1:2525",
    "PRAKTIK_FROM_EMAIL": "praktik@example.se",
}
# Where the interpreter finds what it has compiled before, if that is not beside the source.
COMPILED = {name: value for name, value in os.environ.items() if name == "PYTHONPYCACHEPREFIX"}


def own_packages() -> list[str]:
    """The top-level packages of our own apps, as installed."""
    places = [Path(app.path) for app in apps.get_app_configs()]
    inside = [place.relative_to(ROOT).parts for place in places if place.is_relative_to(ROOT)]
    return sorted({parts[0] for parts in inside if not parts[0].startswith(".")})


@pytest.fixture
def server_environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a server, and nothing of this machine's but where its programs are."""
    return {
        **SERVER,
        **COMPILED,
        "DJANGO_SETTINGS_MODULE": "praktik.settings.production",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PRAKTIK_VAR": str(tmp_path / "var"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture
def elsewhere(db):
    return OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[UserFactory(role=Role.CASE_OFFICER)])


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def county(coordinator, office):
    """One of each thing that waits for the coordinator."""
    for_coordinator(coordinator, office)


@pytest.fixture
def at_office(office, elsewhere):
    """One of each thing that waits for the officer."""
    for_officer(office, elsewhere)
