"""Targets and published months as happenings, through the verbs of the reports' room."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from praktik.demo.diary import LAST_DAY, STOCKHOLM, is_working_day
from praktik.demo.phrases.months import DRAFT, WORDS
from praktik.demo.stage import Happening, Stage
from reports import lifecycle
from reports.periods import last_of_month

# The county's targets (final report of the two assignments, 2019-01-08), with a made-up day on which they were set.
_TARGETS = (
    (date(2017, 3, 13), 2017, {"PIS": 30, "MBJ": 20}),
    (date(2017, 12, 14), 2018, {"PIS": 40, "MBJ": 30}),
)
_PUBLISHED_ON = 5  # working days into the next month


def targets_set() -> Iterator[Happening]:
    """The targets of the two years."""
    for day, year, numbers in _TARGETS:
        yield Happening(datetime.combine(day, time(9, 10), STOCKHOLM), partial(_aim, year=year, numbers=numbers))


def months_published() -> Iterator[Happening]:
    """Each month's report, and what has been written of the last."""
    for key, words in WORDS.items():
        month = date.fromisoformat(f"{key}-01")
        yield Happening(_published(month), partial(_publish, month=month, words=words))
    last = LAST_DAY.replace(day=1)
    yield Happening(datetime.combine(date(2018, 12, 28), time(14, 20), STOCKHOLM), partial(_write, month=last))


def _published(month: date) -> datetime:
    """The morning when a month was published."""
    day, worked = last_of_month(month), 0
    while worked < _PUBLISHED_ON:
        day += timedelta(days=1)
        worked += is_working_day(day)
    return datetime.combine(day, time(8, 15), STOCKHOLM)


def _aim(stage: Stage, *, year: int, numbers: dict[str, int]) -> None:
    for code, number in numbers.items():
        lifecycle.set_target(
            by=stage.by, year=year, programme=stage.programmes[code], number=number, decided_on=stage.day
        )


def _publish(stage: Stage, *, month: date, words: str) -> None:
    lifecycle.publish(month, by=stage.by, words=words)


def _write(stage: Stage, *, month: date) -> None:
    lifecycle.write(month, by=stage.by, words=DRAFT)
