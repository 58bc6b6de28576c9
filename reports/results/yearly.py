"""The year against its targets: one row for each programme."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from agencies.querysets import count_of
from placements.choices import Outcome
from placements.models import Extension, Placement, Programme
from reports.choices import Basis
from reports.models import Target
from reports.periods import Period, year_of


@dataclass(frozen=True)
class ProgrammeYear:
    """One programme's year as known on a day (domain description, "Result of a year" and "Extensions of a year")."""

    programme: Programme
    target: int | None
    """The county's target; None where there is none, and for a measuring year: targets are of calendar years."""
    started: int
    extensions: int
    extended_places: int
    agreed: int
    """Agreed and not started on the day, whenever they are to start."""
    to_confirm: int
    """Of these, those that rest on a contact who had left."""
    ended: dict[str, int]
    """Places that ended in the year, by outcome."""

    @property
    def share(self) -> float | None:
        """Started as a share of the target; None without one."""
        return self.started / self.target if self.target else None


def yearly(year: int, *, on: date, basis: str = Basis.CALENDAR) -> list[ProgrammeYear]:
    """The year of each programme, in the programmes' order, as known on a day; three queries.

    Facts dated after the day are unknown. Raises ValueError for another basis, or a year that nobody can mean.
    """
    period = year_of(year, basis)
    ended = _ended(period, on)
    told = year if Basis(basis) is Basis.CALENDAR else None
    return [
        ProgrammeYear(
            programme=row,
            target=row.target,
            started=row.started,
            extensions=row.extensions,
            extended_places=row.extended_places,
            agreed=row.agreed,
            to_confirm=row.to_confirm,
            ended=ended[row.pk],
        )
        for row in _programmes(period, told, on)
    ]


def every_year(first: int, last: int, *, on: date, basis: str = Basis.CALENDAR) -> dict[int, list[ProgrammeYear]]:
    """The years from one to another, each as `yearly` tells it but for the outcomes; four queries, however many.

    Raises ValueError as `yearly` does.
    """
    period = Period(year_of(first, basis).first, year_of(last, basis).last)
    started = _by_year(Placement.objects.started_between(period.first, period.last, on=on), "started_on", basis)
    decided = Extension.objects.filter(decided_on__gte=period.first, decided_on__lte=period.known(on))
    extensions = _by_year(decided, "decided_on", basis, "placement__programme")
    targets: dict[tuple[int, int], int | None] = {}
    for year, programme, number in (
        Target.objects.of_county().known(on=on).order_by("decided_on").values_list("year", "programme", "number")
    ):
        targets[year, programme] = number
    told = Basis(basis) is Basis.CALENDAR
    rows = list(_waiting(Programme.objects.all(), on))
    return {
        year: [
            ProgrammeYear(
                programme=row,
                target=targets.get((year, row.pk)) if told else None,
                started=started[year, row.pk][0],
                extensions=extensions[year, row.pk][0],
                extended_places=extensions[year, row.pk][1],
                agreed=row.agreed,
                to_confirm=row.to_confirm,
                ended={},
            )
            for row in rows
        ]
        for year in range(first, last + 1)
    }


def _by_year(rows: Any, day: str, basis: str, programme: str = "programme") -> dict[tuple[int, int], tuple[int, int]]:
    """By year and programme: how many rows, and how many places."""
    year: Any = ExtractYear(day)
    if Basis(basis) is Basis.MEASURING:
        year = Case(When(**{f"{day}__month__lt": 3}, then=year - 1), default=year, output_field=IntegerField())
    place = "placement" if programme != "programme" else "pk"
    found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    counted = rows.order_by().annotate(in_year=year).values_list("in_year", programme)
    for in_year, pk, number, places in counted.annotate(number=Count("pk"), places=Count(place, distinct=True)):
        found[in_year, pk] = (number, places)
    return found


def _waiting(programmes: Any, on: date) -> Any:
    """Programmes with what is agreed and has not started on a day."""
    mine = Placement.objects.filter(programme=OuterRef("pk"))
    return programmes.annotate(
        agreed=count_of(mine.agreed(on=on), "programme"), to_confirm=count_of(mine.to_confirm(on=on), "programme")
    )


def _programmes(period: Period, year: int | None, on: date) -> QuerySet[Any, Any]:
    mine = Placement.objects.filter(programme=OuterRef("pk"))
    extensions = Extension.objects.filter(
        placement__programme=OuterRef("pk"), decided_on__gte=period.first, decided_on__lte=period.known(on)
    )
    places = extensions.order_by().values("placement__programme")
    target = Target.objects.of_county().filter(year=year, programme=OuterRef("pk")).known(on=on).number()
    return _waiting(Programme.objects.prefetch_related("target_groups"), on).annotate(
        target=target if year else Value(None, IntegerField()),
        started=count_of(mine.started_between(period.first, period.last, on=on), "programme"),
        extensions=count_of(extensions, "placement__programme"),
        extended_places=Coalesce(
            Subquery(places.annotate(number=Count("placement", distinct=True)).values("number")), 0
        ),
    )


def _ended(period: Period, on: date) -> dict[int, dict[str, int]]:
    """Places that ended in the period, by programme and outcome."""
    rows = Placement.objects.ended(on=on).filter(ended_on__gte=period.first, ended_on__lte=period.last)
    counted = rows.order_by().values_list("programme", "outcome").annotate(number=Count("pk"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    order: Sequence[str] = Outcome.values
    for programme, outcome, number in sorted(counted, key=lambda row: order.index(row[1])):
        found[programme][outcome] = number
    return found
