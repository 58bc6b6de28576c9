"""Whom the rules of what waits are asked for."""

import pytest

from placements.permissions import Reach
from praktik.accounts.roles import Role
from tests.factories import OfficeFactory, UserFactory


@pytest.fixture
def county(coordinator):
    """What a coordinator reaches."""
    return Reach(coordinator)


@pytest.fixture
def own(own_officer, office):
    """What the officer of `office` reaches."""
    return Reach(own_officer)


@pytest.fixture
def nowhere(officer):
    """What an officer without an office reaches."""
    return Reach(officer)


@pytest.fixture
def elsewhere(db):
    """Another office, with an officer."""
    return OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[UserFactory(role=Role.CASE_OFFICER)])
