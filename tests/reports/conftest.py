"""Who and what the room's tests are about, and quick ways to a place that has started and to one that goes on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from agencies.models import Agency
from agencies.validators import FIRST_DAY
from placements.choices import Outcome
from placements.models import Extension, Placement
from praktik.accounts.models import User
from tests.factories import PlacementFactory, programme


@pytest.fixture
def agreed(agency: Agency, coordinator: User) -> Callable[..., Placement]:
    """A function that agrees a place with `agency`."""
    return lambda **fields: PlacementFactory(**{"agency": agency, "coordinator": coordinator} | fields)


@pytest.fixture
def started(agreed: Callable[..., Placement]) -> Callable[..., Placement]:
    """A function that makes a place at `agency` where somebody came on a day, a month after it was agreed.

    With `ended_on` it has ended, to studies unless something else is said.
    """

    def make(day: date, code: str = "PIS", **fields: Any) -> Placement:
        facts = {
            "begun": True,
            "programme": programme(code),
            "agreed_on": max(FIRST_DAY, day - timedelta(days=30)),
            "planned_start": day,
            "started_on": day,
            "planned_end": day + timedelta(days=150),
        }
        if "ended_on" in fields:
            facts |= {"outcome": Outcome.STUDIES, "next_step": "", "next_on": None}
        return agreed(**facts | fields)

    return make


@pytest.fixture
def extended() -> Callable[[Placement, date], Extension]:
    """A function that lets a place go on for another three months."""

    def make(place: Placement, decided_on: date) -> Extension:
        until = place.planned_end + timedelta(days=90)
        extension = Extension(
            placement=place, decided_on=decided_on, previous_end=place.planned_end, new_end=until, reason=""
        )
        extension.save_record()
        place.planned_end = until
        place.save()
        return extension

    return make
