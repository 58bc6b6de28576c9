"""Who and what most tests of the room are about."""

import pytest

from agencies.models import Agency, Office
from placements.models import Programme, TargetGroup
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.factories import AgencyFactory, OfficeFactory, UserFactory, programme


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
