"""What is told of a month: its figures, as they were published, and what has been corrected since."""

from dataclasses import replace
from datetime import date
from typing import Any

from agencies.figures import county
from praktik import clock
from reports import results
from reports.choices import Basis
from reports.kept import kept
from reports.models import MonthlyReport
from reports.periods import Period, last_of_month, month_in_words, year_of
from reports.results.monthly import started_in
from reports.shape import Table, corrected
from reports.sheets.crossed import known_groups, municipalities
from reports.sheets.sheet import Sheet, keyed
from reports.sheets.years import groups, lead, months, year_in_words
from reports.tables import programmes, waits


def month_sheet(month: date) -> Sheet:
    """A month as it is told to the steering group: the figures of its last day, with every small cell.

    Of a month that is not over, those of today.
    """
    on, period = min(last_of_month(month), clock.today()), year_of(month.year)
    told = results.yearly(month.year, on=on)
    latest = started_in(Period(month, on), on=on)
    in_month = {programme: sum(numbers.values()) for programme, numbers in latest.items()}
    known = known_groups()
    crossed = municipalities(told, period, known, on=on, small=True)
    talks = county(since=period.first, on=on)
    return Sheet(
        month_in_words(month),
        lead(told, year_in_words(month.year, Basis.CALENDAR), period, on=on),
        on,
        keyed(
            [
                programmes.summary(told, period, on=on, month=in_month),
                *months(told, period, on),
                programmes.outcomes(told, period, on=on),
                *groups(told, period, known, on),
                *crossed.values(),
                waits.obstacles(talks),
                waits.lead_times(results.lead_times(period, on=on)),
                waits.waiting(results.waiting(on=on), on=on),
                waits.dialogues(talks),
            ]
        ),
    )


def adds_up(sheet: Sheet) -> bool:
    """Whether a month's parts come to what its programmes started: they are counted one after another."""
    started = {row.key: sheet.tables["summary"].cell(row.key, "started").value for row in sheet.tables["summary"].rows}
    return all(
        number
        == sheet.tables[f"groups-{code}"].cell("all", "all").value
        == sheet.tables[f"municipality-{code}"].cell("all", "started").value
        == max((row.cells[2].value or 0 for row in sheet.tables[f"months-{code}"].rows), default=0)
        for code, number in started.items()
    )


def published_sheet(report: MonthlyReport) -> Sheet:
    """A month as it was published, with every small cell."""
    kept: Any = report.figures
    tables = (Table.from_json(table) for table in kept["tables"])
    return Sheet(month_in_words(report.month), kept["lead"], report.day, keyed(tables))


def told_month(report: MonthlyReport, *, small: bool) -> Sheet:
    """A published month as a reader may see it; every figure that would be another today tells so.

    What is hidden is hidden of what was published, with its corrections: two ways of hiding beside each other would
    tell more than either.
    """
    published, today = published_sheet(report), kept(month_sheet, report.month)
    tables = {key: corrected(table, today.tables.get(key)) for key, table in published.tables.items()}
    return replace(published, tables=tables).as_read(small=small)
