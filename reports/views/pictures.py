"""The charts of a sheet: one for each programme, drawn from its table of months."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from reports import charts
from reports.periods import month_in_words
from reports.shape import Table, Value
from reports.sheets import Sheet


@dataclass(frozen=True)
class Picture:
    """A chart beside its table."""

    code: str
    table: Table
    words: str
    """What the picture shows, for whoever does not see it."""
    url: str
    has_target: bool


def pictures_of(sheet: Sheet, address: Callable[[str], str] = str) -> list[Picture]:
    """Each programme's chart of the year, in the programmes' order; `address` tells where a code's chart is."""
    return [
        Picture(code_of(table), table, words(table), address(code_of(table)), _target(table) is not None)
        for table in sheet.some("months-")
    ]


def of_year(year: int, query: str = "") -> Callable[[str], str]:
    """The addresses of a year's charts; `query` says which day, as the page's own address does."""
    return lambda code: reverse("reports:year-chart", args=[year, code]) + (f"?{query}" if query else "")


def of_month(month: date) -> Callable[[str], str]:
    """The addresses of a published month's charts."""
    return lambda code: reverse("reports:month-chart", args=[month, code])


def code_of(table: Table) -> str:
    """The programme's code, from the key of its table."""
    return table.key.removeprefix("months-")


def title_of(table: Table) -> str:
    """`PIS 2018`, or `PIS 2018/2019` where its months are of two years."""
    years = sorted({row.key[:4] for row in table.rows})
    return f"{code_of(table)} {'/'.join(years)}"


def draw(table: Table) -> bytes:
    """The chart as SVG."""
    return charts.months_chart(
        title_of(table),
        labels=_labels(table),
        cumulated=_whole(table, "cumulated"),
        line=_values(table, "line"),
        expected=_whole(table, "expected"),
        target=_target(table),
    )


def words(table: Table) -> str:
    """The chart in words."""
    return charts.months_in_words(
        title_of(table),
        labels=_labels(table),
        cumulated=_whole(table, "cumulated"),
        line=_values(table, "line"),
        expected=_whole(table, "expected"),
        target=_target(table),
    )


def _column(table: Table, key: str) -> list[Value]:
    place = [column.key for column in table.columns].index(key)
    return [row.cells[place].value for row in table.rows]


def _labels(table: Table) -> list[str]:
    return [month_in_words(date.fromisoformat(f"{row.key}-01")) for row in table.rows]


def _values(table: Table, key: str) -> list[float | None]:
    return [None if value is None else float(value) for value in _column(table, key)]


def _whole(table: Table, key: str) -> list[int | None]:
    return [None if value is None else int(value) for value in _column(table, key)]


def _target(table: Table) -> int | None:
    last = _values(table, "line")[-1]
    return None if last is None else round(last)
