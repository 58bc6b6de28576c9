"""Municipalities and agencies crossed with target group and sex, as a reader may see them."""

from collections.abc import Mapping, Sequence
from datetime import date

from placements.models import TargetGroup
from reports.models import Target
from reports.periods import Period
from reports.results import ProgrammeYear, breakdowns
from reports.results.breakdowns import Part
from reports.shape import Table
from reports.sheets.sheet import keyed, protected_table
from reports.tables import parts


def known_groups() -> dict[int, TargetGroup]:
    """The target groups by key; one query."""
    return {group.pk: group for group in TargetGroup.objects.all()}


def municipalities(
    told: Sequence[ProgrammeYear], period: Period, known: Mapping[int, TargetGroup], *, on: date, small: bool
) -> dict[str, Table]:
    """Each programme's municipalities; one query. Without `small`, small cells are hidden."""
    found = breakdowns.by_municipality(period, on=on)
    return _read(
        [
            parts.crossed_parts("municipality", each.programme, found.get(each.programme.pk, []), known, period, on=on)
            for each in told
        ],
        small=small,
    )


def agencies(
    told: Sequence[ProgrammeYear],
    year: int,
    period: Period,
    known: Mapping[int, TargetGroup],
    *,
    on: date,
    small: bool,
    most: int | None = None,
) -> dict[str, Table]:
    """Each programme's agencies, with their own targets; two queries. Without `small`, small cells are hidden.

    `most` leaves out all but the largest, where every cell may be seen: what is hidden depends on all of them.
    """
    found = breakdowns.by_agency(period, on=on)
    # A target beside what is hidden would say how near it is.
    goals = _goals(year, on) if small else {}
    only = parts.largest(found.values(), most) if most and small else None
    tables = []
    for each in told:
        named, rows = goals.get(each.programme.pk, {}), found.get(each.programme.pk, [])
        there = {part.pk for part in rows}
        rows = rows + [Part(pk, name) for pk, (name, _) in named.items() if pk not in there]
        own = {agency: number for agency, (_, number) in named.items()}
        tables.append(parts.crossed_parts("agency", each.programme, rows, known, period, on=on, goals=own, only=only))
    return _read(tables, small=small)


def _read(tables: Sequence[Table], *, small: bool) -> dict[str, Table]:
    return keyed(tables if small else [parts.plain(protected_table(table)) for table in tables])


def _goals(year: int, on: date) -> dict[int, dict[int, tuple[str, int]]]:
    """The agencies' own targets for a year, by programme and agency: name and number."""
    found: dict[int, dict[int, tuple[str, int]]] = {}
    decided = Target.objects.filter(year=year, agency__isnull=False).known(on=on).order_by("decided_on")
    for programme, agency, name, number in decided.values_list("programme", "agency", "agency__name", "number"):
        named = found.setdefault(programme, {})
        named.pop(agency, None)
        if number is not None:
            named[agency] = (name, number)
    return found


def overview(
    kind: str,
    title: str,
    heading: str,
    told: Sequence[ProgrammeYear],
    shares: Mapping[str, Table],
    *most: int,
    small: bool,
) -> Table:
    """What started by municipality or agency, one column for each programme, as the reader may see it."""
    tables = {each.programme.code: shares[f"{kind}-{each.programme.code}"] for each in told}
    return parts.overview(kind, title, heading, tables, *most, small=small)
