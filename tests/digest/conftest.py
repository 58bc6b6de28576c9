"""The mail server and the queue that letters are tested with, and somebody who wants a digest."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agencies.models import NextStep
from praktik.accounts.models import User
from tests.factories import AgencyFactory, NextStepFactory
from tests.reports.sending.conftest import letter, post_office, queue

__all__ = ["letter", "post_office", "queue"]

FRIDAY = date(2018, 12, 28)
"""A working day between the holidays."""


@pytest.fixture
def friday(settings: Any) -> date:
    """It is that Friday, for everybody."""
    settings.PRAKTIK_TODAY = FRIDAY.isoformat()
    return FRIDAY


@pytest.fixture
def reader(coordinator: User) -> User:
    """A coordinator who wants a digest on Mondays and Fridays."""
    coordinator.digest_days = "15"
    coordinator.save()
    return coordinator


@pytest.fixture
def steps(reader: User) -> Callable[..., list[NextStep]]:
    """A function that gives the reader next steps, one due on each of some days."""
    agency = AgencyFactory(name="Skogsstyrelsen", archived_on=None)

    def make(*days: date) -> list[NextStep]:
        made: list[NextStep] = [
            NextStepFactory(agency=agency, owner=reader, what=f"Ring chef {number}", due_on=day)
            for number, day in enumerate(days)
        ]
        return made

    return make
