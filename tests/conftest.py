"""What every test gets, and what fails every test.

The suite is hostile: a warning is an error (pyproject.toml), an undefined variable in a template of ours is an
error, a page that asks the database once for each row is an error (django-zeal, as a middleware of the test
settings: within one request, since a test may well call the same verb twice), and the order of tests is random.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.template import Node, engines
from django.template.base import FilterExpression
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from agencies.models import Agency, Office
from placements.models import Programme, TargetGroup
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.waits import COOKIE
from tests.factories import AgencyFactory, OfficeFactory, UserFactory, programme

# No deadline: a shared machine is slow now and then. Without luck where a red run has to mean a fault.
hypothesis_settings.register_profile(
    "praktik", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("ci", hypothesis_settings.get_profile("praktik"), derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "praktik")

# Most of what lives, lives as long as the suite, and need not be looked through for garbage again and again.
gc.set_threshold(100_000, 20, 50)

# What xdist keeps in one process, since it shares something that is dear to make. (Its own mark, xdist_group, is not
# heeded with the names that pytest 9.2 gives to tests.)
TOGETHER = ("tests/demo/", "tests/house/test_started.py")
# What is begun with, or one process would be busy with it long after the other is done.
LONG = ("test_no_page", "test_the_migrations_lead_back_to_nothing", "test_the_first_visit")

BACKEND = "praktik.accounts.backends.PasswordBackend"


class Together(LoadScopeScheduling):
    """One test at a time to whoever is free, but those of TOGETHER to the same process."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Ours, unless another way is asked for than scripts/test.py's."""
    return Together(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, each kind in the order that chance gave it."""
    items.sort(key=lambda item: not (item.name.startswith(LONG) or item.nodeid.startswith(TOGETHER)))


def pytest_collection_finish() -> None:
    """What was imported stays, and need not be looked through for garbage."""
    gc.freeze()


def _template_at_work(frame: FrameType | None) -> tuple[str, int] | None:
    """The file and line of the template tag that is being rendered, found on the stack."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return node.origin.name, node.token.lineno
        frame = frame.f_back
    return None


class Undefined(str):
    """What Django prints for a variable it does not find: an error in templates of ours, nothing in those of others.

    Django asks whether it is empty before it uses it, and only then: a variable that is asked for by
    `{% if %}` or `{% for %}` may be missing.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        """Fail the test when a template of ours asks."""
        asker = sys._getframe(1)
        if asker.f_code is FilterExpression.resolve.__code__:
            at = _template_at_work(asker)
            if at and Path(at[0]).is_relative_to(settings.BASE_DIR / "templates"):
                name = Path(at[0]).relative_to(settings.BASE_DIR)
                raise AssertionError(f"{name}, line {at[1]}: {asker.f_locals['self'].token!r} is undefined")
        return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database; on SQLite, what the sender of letters locks beside it goes with it."""
    beside = Path(f"{connection.settings_dict['NAME']}-sending")
    yield
    beside.unlink(missing_ok=True)


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail() -> None:
    engines["django"].engine.string_if_invalid = Undefined()


@pytest.fixture
def today() -> date:
    """The day it is in every test: 2018-12-31."""
    return clock.today()


@pytest.fixture
def coordinator(db: None) -> User:
    """A coordinator."""
    return UserFactory(name="Karin Koordinator", role=Role.COORDINATOR)


@pytest.fixture
def officer(db: None) -> User:
    """A case officer, of no office."""
    return UserFactory(name="Hanna Handläggare", role=Role.CASE_OFFICER)


@pytest.fixture
def steering(db: None) -> User:
    """A member of the steering group."""
    return UserFactory(name="Stina Styrgrupp", role=Role.STEERING_GROUP)


@pytest.fixture
def administrator(db: None) -> User:
    """An administrator."""
    return UserFactory(name="Adam Administratör", role=Role.ADMINISTRATOR)


@pytest.fixture
def log_in(db: None) -> Callable[[User], Client]:
    """A function that gives the browser of a user who is logged in.

    It was on a page a moment ago: the number in the menu is not counted for each test anew, which would be a third of
    what a page costs. Tests of the number forget it (`tests/house/test_waiting_number.py`).
    """

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        answer = HttpResponse()
        answer.set_signed_cookie(COOKIE, f"{user.pk}.{clock.today().isoformat()}.0")
        client.cookies.update(answer.cookies)
        return client

    return logged_in


@pytest.fixture
def as_coordinator(log_in: Callable[[User], Client], coordinator: User) -> Client:
    """The coordinator's browser."""
    return log_in(coordinator)


@pytest.fixture
def as_officer(log_in: Callable[[User], Client], officer: User) -> Client:
    """The case officer's browser."""
    return log_in(officer)


@pytest.fixture
def as_steering(log_in: Callable[[User], Client], steering: User) -> Client:
    """The steering group member's browser."""
    return log_in(steering)


@pytest.fixture
def as_administrator(log_in: Callable[[User], Client], administrator: User) -> Client:
    """The administrator's browser."""
    return log_in(administrator)


@pytest.fixture
def pis(db: None) -> Programme:
    """Internship: six months in all."""
    return programme("PIS")


@pytest.fixture
def mbj(db: None) -> Programme:
    """Employment: a year per decision, two in all, nothing new after 2018-12-31."""
    return programme("MBJ")


@pytest.fixture
def newly_arrived(db: None) -> TargetGroup:
    """Of both programmes."""
    return TargetGroup.objects.get(code="newly_arrived")


@pytest.fixture
def disability(db: None) -> TargetGroup:
    """Of PIS only."""
    return TargetGroup.objects.get(code="disability")


@pytest.fixture
def agency(db: None) -> Agency:
    """The agency that places are agreed with."""
    return AgencyFactory(name="Trafikverket")


@pytest.fixture
def office(db: None, own_officer: User) -> Office:
    """The office that orders and handovers go to; `own_officer` works there."""
    return OfficeFactory(name="Arbetsförmedlingen Sollefteå", officers=[own_officer])


@pytest.fixture
def own_officer(db: None) -> User:
    """The officer of `office`."""
    return UserFactory(name="Olga Officer", role=Role.CASE_OFFICER)
