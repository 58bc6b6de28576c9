"""Plays happenings in order of time, through the verbs of the product, so that what is stored is what they store.

The history tells of each when it happened and who did it: while a happening is played, every entry that is
written into the history carries its moment and its person.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from simple_history.signals import pre_create_historical_record

from agencies.models import Agency, Contact, Municipality, NextStep, Obstacle, Office
from placements.models import Handover, MatchingOrder, OrderAnswer, Placement, Programme, TargetGroup
from praktik import clock
from praktik.accounts.models import User
from reports.choices import LetterKind
from reports.models import Letter


@dataclass
class Stage:
    """What later happenings need to find of what earlier ones made."""

    coordinator: User
    agencies: dict[str, Agency]
    """By name."""
    offices: dict[str, Office] = field(default_factory=dict)
    """By name."""
    officers: dict[str, User] = field(default_factory=dict)
    """By name of the office."""
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    """By name."""
    programmes: dict[str, Programme] = field(default_factory=dict)
    """By code."""
    target_groups: dict[str, TargetGroup] = field(default_factory=dict)
    """By code."""
    contacts: dict[tuple[str, int], Contact] = field(default_factory=dict)
    """By agency and seat."""
    obstacles: dict[tuple[str, str], Obstacle] = field(default_factory=dict)
    """By agency and kind."""
    steps: dict[int, NextStep] = field(default_factory=dict)
    """By the number they have in the story."""
    places: dict[int, Placement] = field(default_factory=dict)
    """By the number they have in the story."""
    orders: dict[int, MatchingOrder] = field(default_factory=dict)
    """By the number of their agreement."""
    answers: dict[tuple[int, int], OrderAnswer] = field(default_factory=dict)
    """By the number of the agreement and their own."""
    handovers: dict[int, Handover] = field(default_factory=dict)
    """By the number of their place."""
    letters: dict[tuple[LetterKind, date], Letter] = field(default_factory=dict)
    """By kind and Monday of the week."""
    by: User = field(init=False)
    """Who does what is being played."""
    day: date = field(init=False)
    """The day on which it is done."""


class Happening(NamedTuple):
    """Something that one person did at one moment."""

    when: datetime
    act: Callable[[Stage], object]
    office: str = ""
    """Name of the office whose officer did it; empty for the coordinator."""


@contextmanager
def told(when: datetime, by: User | None) -> Iterator[None]:
    """Everything stored in this block is told in the history as done then and by that user (None: by nobody)."""

    def tell(sender: object, history_instance: Any, **kwargs: object) -> None:
        history_instance.history_date = when
        history_instance.history_user = by

    pre_create_historical_record.connect(tell, weak=False)
    try:
        yield
    finally:
        pre_create_historical_record.disconnect(tell)


def play(stage: Stage, happenings: Iterable[Happening]) -> None:
    """Let everything happen, the earliest first; what is yielded first goes first within a minute."""
    for happening in sorted(happenings, key=lambda each: each.when):
        stage.by = stage.officers[happening.office] if happening.office else stage.coordinator
        stage.day = happening.when.date()
        with told(happening.when, stage.by), clock.at(happening.when):
            happening.act(stage)
