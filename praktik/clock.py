"""The only source of today. Everything that asks what day it is asks here, so that a day can be set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

# The day a story is at, or the very moment (a datetime is a date too).
_retold: ContextVar[date | None] = ContextVar("retold", default=None)


def _named_day() -> date | None:
    told, named = _retold.get(), settings.PRAKTIK_TODAY
    if isinstance(told, datetime):
        return told.date()
    return told or (date.fromisoformat(named) if named else None)


def today() -> date:
    """The day it is for the user: the calendar's day in Sweden, or the day the settings name."""
    return _named_day() or timezone.localdate()


def now() -> datetime:
    """This moment, aware; on a named day, the same time of day on that day.

    What is written into the history carries it, so that a demonstration reads as one story.
    """
    told = _retold.get()
    if isinstance(told, datetime):
        return told
    moment = timezone.localtime()
    day = _named_day()
    return datetime.combine(day, moment.time(), moment.tzinfo) if day else moment


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """It is that day in this block: a story is told through the verbs, each on the day it happened."""
    before = _retold.set(day)
    try:
        yield
    finally:
        _retold.reset(before)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """It is that moment in this block, and stays so. Raises ValueError for a moment without a time zone."""
    with on_day(timezone.localtime(moment)):
        yield
