"""Days and numbers as one says them in Swedish."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django import template

from praktik import clock

register = template.Library()


def _days(number: int) -> str:
    return "1 dag" if number == 1 else f"{number} dagar"


@register.filter
def ago(day: date | None) -> str:
    """`för 18 dagar sedan`, `i dag`, `i går`; `aldrig` for None."""
    if day is None:
        return "aldrig"
    days = (clock.today() - day).days
    if days < 0:
        return f"om {_days(-days)}"
    return {0: "i dag", 1: "i går"}.get(days) or f"för {_days(days)} sedan"


@register.filter
def days_since(day: date) -> str:
    """`8 dagar`: how long ago a day was."""
    return _days((clock.today() - day).days)


@register.filter
def iso(day: date | None) -> str:
    """`2018-12-31`; nothing for None. What `date:"Y-m-d"` says of a day, in a tenth of the time: lists have many."""
    return day.isoformat() if day else ""


class Due(NamedTuple):
    """A day by which something is to be done: in words, and how urgent that looks."""

    words: str
    look: str


@register.filter
def due(day: date) -> Due:
    """`Försenat 12 dagar`, `I dag`, `I morgon`, `Om 5 dagar`."""
    days = (day - clock.today()).days
    if days < 0:
        return Due(f"Försenat {_days(-days)}", "late")
    if days < 2:
        return Due("I morgon" if days else "I dag", "wait")
    return Due(f"Om {_days(days)}", "calm")


@register.filter
def percent(share: float | None) -> str:
    """`43 %` with a no-break space, halves upwards; a dash for None."""
    if share is None:
        return "–"
    whole = Decimal(str(share * 100)).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole}\N{NO-BREAK SPACE}%"


@register.filter
def number_of(number: int, words: str) -> str:
    """`1 hinder`, `2 kontakter`: the number and the singular or plural of "en,flera"."""
    one, many = words.split(",")
    return f"{number} {one if number == 1 else many}"
