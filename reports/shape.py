"""The one shape of every table of results: the same rows on the page, in a file and on paper, and as published."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, Self

from praktik.templatetags.swedish_words import percent

Kind = Literal["text", "number", "share", "days", "line"]
"""`share` is told as a percentage, `days` with a half where there is one, `line` rounded to one decimal."""
Value = int | float | str | None

NBSP = "\N{NO-BREAK SPACE}"
FEW = "1–4"
"""What stands in a cell of one to four, for whoever may not read small cells."""
COVERED = "·"
"""What stands in a cell that is hidden so that a small one cannot be worked out."""


@dataclass(frozen=True)
class Column:
    """A column: its key, its heading and what its cells hold."""

    key: str
    heading: str
    kind: Kind = "number"


@dataclass(frozen=True)
class Cell:
    """One value. `link` are the search words of the list of places behind it; `now` is the figure as corrected."""

    value: Value
    link: str = ""
    hidden: str = ""
    """FEW or COVERED where the reader may not see the value."""
    now: "Cell | None" = None
    """What the figure would be today, where it was published and has been corrected since."""


@dataclass(frozen=True)
class Row:
    """A row: its key, which stays the same when the words change, and one cell for each column."""

    key: str
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its title; `note` says how it is counted."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    crosses: bool = False
    """Whether it crosses target group or sex with agency or municipality: small cells are then hidden from most."""

    def texts(self) -> Iterator[tuple[Row, list[tuple[Column, Cell, str]]]]:
        """Each row with its columns, cells and what stands in them."""
        for row in self.rows:
            pairs = zip(self.columns, row.cells, strict=True)
            yield row, [(column, cell, text(cell, column.kind)) for column, cell in pairs]

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column, by their keys. Raises KeyError when there is none."""
        place = [each.key for each in self.columns].index(column)
        for each in self.rows:
            if each.key == row:
                return each.cells[place]
        raise KeyError(row)

    def as_json(self) -> dict[str, Any]:
        """The table as it is kept when a month is published: values and words, no links."""
        return {
            "key": self.key,
            "title": self.title,
            "note": self.note,
            "crosses": self.crosses,
            "columns": [[column.key, column.heading, column.kind] for column in self.columns],
            "rows": [[row.key, row.total, [cell.value for cell in row.cells]] for row in self.rows],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The table that `as_json` kept."""
        return cls(
            key=kept["key"],
            title=kept["title"],
            note=kept["note"],
            crosses=kept["crosses"],
            columns=tuple(Column(*column) for column in kept["columns"]),
            rows=tuple(Row(key, tuple(map(Cell, values)), total) for key, total, values in kept["rows"]),
        )


def row_of(key: str, values: Iterable[Value | Cell], *, total: bool = False) -> Row:
    """A row of plain values and cells."""
    return Row(key, tuple(each if isinstance(each, Cell) else Cell(each) for each in values), total)


def text(cell: Cell, kind: Kind) -> str:
    """What stands in a cell, as one reads it in Swedish; a dash where there is no figure."""
    if cell.hidden:
        return cell.hidden
    value = cell.value
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value
    if kind == "share":
        return percent(value)
    if isinstance(value, float) and not value.is_integer():
        return _grouped(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return _grouped(int(value))


def _grouped(number: int | Decimal) -> str:
    """`12 345`, `82,5`: spaces between the thousands, a comma before the decimals."""
    return f"{number:,}".replace(",", NBSP).replace(".", ",").replace("-", "−")


def corrected(published: Table, fresh: Table | None) -> Table:
    """The published table, with `now` in every cell whose figure is another today; rows that are new come last.

    `fresh` is the same table counted today, None where there is none any more: what is not told any more is nought.
    """
    today = {row.key: row for row in fresh.rows} if fresh else {}
    same = [column.key for column in fresh.columns] if fresh else []
    rows = [_compared(row, today.pop(row.key, None), published.columns, same) for row in published.rows]
    new = [_compared(Row(row.key, (row.cells[0],), row.total), row, published.columns, same) for row in today.values()]
    total = [row for row in rows if row.total]
    told = [row for row in new if any(cell.now for cell in row.cells)]
    return replace(published, rows=tuple([row for row in rows if not row.total] + told + total))


PLANS = ("line", "ahead", "expected")
"""Columns that tell of plans: they move as plans do, and a plan that moves corrects nothing that was published."""


def _compared(row: Row, fresh: Row | None, columns: Sequence[Column], same: Sequence[str]) -> Row:
    cells = list(row.cells) + [Cell(None)] * (len(columns) - len(row.cells))
    for place, column in enumerate(columns):
        if column.kind == "text" or column.key in PLANS:
            continue
        now = fresh.cells[same.index(column.key)] if fresh and column.key in same else Cell(None)
        was = cells[place]
        differs = Cell(now.value) if _figure(now) != _figure(was) else was.now
        if now.link != was.link or differs is not was.now:
            cells[place] = Cell(was.value, now.link, was.hidden, differs)
    return replace(row, cells=tuple(cells))


def _figure(cell: Cell) -> float:
    """A figure to compare: words in its place say that there is none, and none is nought."""
    return 0 if cell.value is None or isinstance(cell.value, str) else cell.value
