"""Plays happenings in order of time, through the verbs of the product, so that what is stored is what they store.

The history tells of each when it happened and who did it: while a happening is played, every entry that is
written into the history carries its moment and its person.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from simple_history.signals import pre_create_historical_record

from agencies.models import Agency, Contact, NextStep, Obstacle
from praktik import clock
from praktik.accounts.models import User


@dataclass
class Stage:
    """What later happenings need to find of what earlier ones made."""

    coordinator: User
    agencies: dict[str, Agency]
    """By name."""
    contacts: dict[tuple[str, int], Contact] = field(default_factory=dict)
    """By agency and seat."""
    obstacles: dict[tuple[str, str], Obstacle] = field(default_factory=dict)
    """By agency and kind."""
    steps: dict[int, NextStep] = field(default_factory=dict)
    """By the number they have in the story."""


class Happening(NamedTuple):
    """Something that one person did at one moment."""

    when: datetime
    act: Callable[[Stage], object]


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
        with told(happening.when, stage.coordinator), clock.on_day(happening.when.date()):
            happening.act(stage)
