"""Orders that wait for their office, and the mail server and queue that letters are tested with."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agencies.models import Office
from placements.models import MatchingOrder
from praktik.accounts.models import User
from tests.factories import MatchingOrderFactory, PlacementFactory
from tests.reports.sending.conftest import letter, post_office, queue

__all__ = ["letter", "post_office", "queue"]

SENT = date(2018, 12, 10)
"""A Monday."""
OFFICE, EVERYBODY, COORDINATOR = date(2018, 12, 17), date(2018, 12, 27), date(2019, 1, 7)
"""5, 10 and 15 working days after it."""


@pytest.fixture
def waiting(office: Office, coordinator: User) -> Callable[..., MatchingOrder]:
    """A function that makes an order of one place, which nobody has answered."""

    def make(**fields: Any) -> MatchingOrder:
        given = {"office": office, "by": coordinator, "sent_on": SENT} | fields
        given.setdefault("places", [PlacementFactory(coordinator=coordinator)])
        made: MatchingOrder = MatchingOrderFactory(**given)
        return made

    return make
