"""The year month by month, against the straight line to the target."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear, Greatest

from placements.models import Placement, Programme
from reports.choices import Basis
from reports.models import Target
from reports.periods import Period, last_of_month, year_of


@dataclass(frozen=True)
class Month:
    """One month of a programme's year as known on a day."""

    first: date
    started: int | None
    """None in a month that had not begun."""
    cumulated: int | None
    """Started since the year began."""
    line: float | None
    """The straight line to the target at the month's end; None without a target."""
    ahead: int
    """Agreed places planned to start in the month; those whose day has passed count where the day asked for lies."""
    expected: int | None
    """What the year will have come to if every agreement is kept; None before the month of the day asked for."""


def monthly(year: int, programme: Programme, *, on: date, basis: str = Basis.CALENDAR) -> list[Month]:
    """The months of a programme's year as known on a day. Raises ValueError as `yearly` does."""
    period = year_of(year, basis)
    known = Target.objects.of_county().filter(year=year, programme=programme).known(on=on)
    target = known.values_list("number", flat=True).first() if Basis(basis) is Basis.CALENDAR else None
    started = started_in(period, on=on).get(programme.pk, {})
    return run(period, started, ahead_in(period, on=on).get(programme.pk, {}), target, on=on)


Counts = dict[int, dict[date, int]]
"""By programme and the first day of the month."""


def started_in(period: Period, *, on: date) -> Counts:
    """Started places of a period, by programme and month; one query."""
    rows = Placement.objects.started_between(period.first, period.last, on=on)
    return _by_month(rows.annotate(year=ExtractYear("started_on"), month=ExtractMonth("started_on")))


def ahead_in(period: Period, *, on: date) -> Counts:
    """Agreed places by the month they are planned for, the day asked for at the earliest; one query."""
    rows = Placement.objects.agreed(on=on).annotate(then=Greatest("planned_start", on))
    rows = rows.filter(then__gte=period.first, then__lte=period.last)
    return _by_month(rows.annotate(year=ExtractYear("then"), month=ExtractMonth("then")))


def _by_month(rows: Any) -> Counts:
    counted: Counts = defaultdict(dict)
    for programme, year, month, number in (
        rows.order_by().values_list("programme", "year", "month").annotate(number=Count("pk"))
    ):
        counted[programme][date(year, month, 1)] = number
    return counted


def run(
    period: Period, started: dict[date, int], ahead: dict[date, int], target: int | None, *, on: date
) -> list[Month]:
    """The months in a row, with what they come to."""
    months, so_far, expected = list(period.months()), 0, 0
    told = []
    for number, first in enumerate(months, start=1):
        begun, over = first <= on, last_of_month(first) < on
        so_far += started.get(first, 0)
        expected += ahead.get(first, 0)
        told.append(
            Month(
                first=first,
                started=started.get(first, 0) if begun else None,
                cumulated=so_far if begun else None,
                line=target * number / len(months) if target is not None else None,
                ahead=ahead.get(first, 0),
                expected=None if over else so_far + expected,
            )
        )
    return told
