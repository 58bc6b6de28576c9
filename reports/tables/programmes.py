"""The tables of a year by programme: against the target, month by month, and how it ended."""

from collections.abc import Mapping, Sequence
from datetime import date

from placements.choices import Outcome, State
from reports.periods import Period, last_of_month, month_in_short, year_of
from reports.results import Month, ProgrammeYear
from reports.shape import Cell, Column, Row, Table, row_of
from reports.tables.behind import behind, started

COUNTED = (
    "En plats räknas det år den startar, en gång, också om den avbryts. Förlängningar räknas för sig, det år de "
    "beslutas. Avtalade är de som inte har startat den dag läget avser, när de än ska starta."
)


NO_TARGET = "inget mål satt"


def summary(
    years: Sequence[ProgrammeYear], period: Period, *, on: date, month: Mapping[int, int] | None = None
) -> Table:
    """The year against its targets; `month` adds what started in the latest month, by programme."""
    columns = [
        Column("programme", "Insats", "text"),
        Column("target", "Mål"),
        *([Column("month", "Startade i månaden")] if month is not None else []),
        Column("started", "Startade i år" if month is not None else "Startade"),
        Column("share", "Andel av målet", "share"),
        Column("extensions", "Förlängningar"),
        Column("extended_places", "Förlängda platser"),
        Column("agreed", "Avtalade, ej startade"),
        Column("to_confirm", "Av dem att bekräfta"),
    ]
    rows = []
    for year in years:
        code = year.programme.code
        extended = behind(on=on, insats=code, forlangd_fran=period.first, forlangd_till=period.last)
        agreed = behind(on=on, insats=code, tillstand=State.AGREED)
        rows.append(
            row_of(
                code,
                [
                    code,
                    NO_TARGET if year.target is None and period.is_calendar else year.target,
                    *([month.get(year.programme.pk, 0)] if month is not None else []),
                    Cell(year.started, started(period, on=on, insats=code)),
                    year.share,
                    Cell(year.extensions, extended),
                    Cell(year.extended_places, extended),
                    Cell(year.agreed, agreed) if on <= period.last else None,
                    Cell(year.to_confirm, behind(on=on, insats=code, tillstand="bekrafta"))
                    if on <= period.last
                    else None,
                ],
            )
        )
    return Table("summary", "Mål och resultat", tuple(columns), tuple(rows), note=COUNTED)


def years(told: Mapping[int, Sequence[ProgrammeYear]], words: Mapping[int, str], basis: str, *, on: date) -> Table:
    """All years side by side, the latest first: the table of the county's own reports."""
    columns: list[Column] = []
    rows = []
    for year in sorted(told, reverse=True):
        table = summary(told[year], year_of(year, basis), on=on)
        columns = [Column("year", "År", "text"), *table.columns]
        rows += [Row(f"{year}-{row.key}", (Cell(words[year]), *row.cells)) for row in table.rows]
    return Table("years", "År för år", tuple(columns), tuple(rows), note=COUNTED)


def months(code: str, told: Sequence[Month], *, on: date) -> Table:
    """A programme's year month by month."""
    columns = (
        Column("month", "Månad", "text"),
        Column("started", "Startade"),
        Column("cumulated", "Summa"),
        Column("line", "Mållinje", "line"),
        Column("ahead", "Avtalade"),
        Column("expected", "Om avtalen hålls"),
    )
    one_year = len({month.first.year for month in told}) == 1
    rows = (
        row_of(
            month.first.isoformat()[:7],
            [
                month_in_short(month.first, year=not one_year),
                Cell(month.started, started(_whole(month), on=on, insats=code) if month.started else ""),
                month.cumulated,
                month.line,
                month.ahead,
                month.expected,
            ],
        )
        for month in told
    )
    return Table(
        f"months-{code}",
        f"{code} månad för månad",
        columns,
        tuple(rows),
        note="Mållinjen går rakt från noll till målet. Avtal vars planerade start har passerat räknas till den "
        "månad som läget avser.",
    )


def _whole(month: Month) -> Period:
    return Period(month.first, last_of_month(month.first))


def outcomes(years: Sequence[ProgrammeYear], period: Period, *, on: date) -> Table:
    """Places that ended in the year, by what came after."""
    columns = [Column("outcome", "Utfall", "text")]
    columns += [Column(year.programme.code, year.programme.code) for year in years]
    seen = [outcome for outcome in Outcome if any(year.ended.get(outcome) for year in years)]
    ended = {"avslutad_fran": period.first, "avslutad_till": period.last}
    rows = [
        row_of(
            outcome,
            [
                str(outcome.label),
                *(
                    Cell(
                        year.ended.get(outcome, 0),
                        behind(on=on, insats=year.programme.code, utfall=outcome.value, **ended),
                    )
                    for year in years
                ),
            ],
        )
        for outcome in seen
    ]
    if seen:
        sums = [Cell(sum(year.ended.values()), behind(on=on, insats=year.programme.code, **ended)) for year in years]
        rows.append(row_of("all", ["Alla som slutade", *sums], total=True))
    return Table(
        "outcomes", "Vad som kom efter", tuple(columns), tuple(rows), note="Platser vars sista dag ligger i året."
    )
