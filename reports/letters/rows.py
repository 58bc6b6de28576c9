"""How a letter tells of places and orders: tables that are read in minutes, rows that read the same told once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from placements.models import Placement
from praktik.templatetags.swedish_words import number_of
from reports.shape import Column, Row, Table

MOST = 20
"""Rows of a table: as many as one reads. A heavy letter is given fewer (`shorter`)."""
PLACE = ("agency", "programme", "municipality")
"""What has to be read with a place to tell of it."""


def table_of(
    key: str,
    title: str,
    columns: Iterable[Column],
    rows: QuerySet[Any, Any] | Sequence[Any],
    told: Callable[[Any], Row],
) -> tuple[Table, ...]:
    """The first rows as a table that says how many there are (`together` counts them); none without rows."""
    first = list(rows[: 2 * MOST])
    return (cut(key, title, columns, map(told, first), first[0].together),) if first else ()


def cut(key: str, title: str, columns: Iterable[Column], rows: Iterable[Row], together: int) -> Table:
    """A table of at most MOST rows; what reads the same is one row, which says how many it stands for."""
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(tuple(cell.value for cell in row.cells), []).append(row)
    table = Table(key, f"{title}: {together}", tuple(columns), tuple(map(_as_one, alike.values())))
    return shorter(table, MOST)


def shorter(table: Table, most: int) -> Table:
    """The first rows of a table that `cut` made, and how many of all its places they leave out."""
    kept = table.rows[:most]
    together = int(table.title.rpartition(": ")[2])
    cut = replace(table, rows=kept, note=more(together - sum(row.key.count("+") + 1 for row in kept)))
    return and_the_rest(cut) if table.note.endswith(_REST) else cut


_REST = "Övriga kontor finns i Praktik."


def and_the_rest(table: Table) -> Table:
    """A part's last table, which says that there are more tables than are shown."""
    return table if table.note.endswith(_REST) else replace(table, note=f"{table.note} {_REST}".strip())


def _as_one(rows: Sequence[Row]) -> Row:
    first = rows[0]
    if len(rows) == 1:
        return first
    told = replace(first.cells[0], value=f"{first.cells[0].value}, {places(len(rows))}")
    return Row("+".join(row.key for row in rows), (told, *first.cells[1:]))


def text_column(key: str, heading: str) -> Column:
    """A column of words."""
    return Column(key, heading, "text")


def said(place: Placement) -> str:
    """A place in a line: what, where, in which town."""
    town = place.municipality.name if place.municipality else ""
    return line(str(place), str(place.agency), town)


def line(*parts: str) -> str:
    """Words with commas between, without those that are missing."""
    return ", ".join(part for part in parts if part)


def short(text: str) -> str:
    """The first line, cut where it is long."""
    line = text.strip().split("\n")[0]
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


def places(number: int) -> str:
    """`1 plats`, `2 platser`."""
    return number_of(number, "plats,platser")


def more(number: int) -> str:
    """How many are not shown; nothing when all are."""
    return f"Och {number} till. Alla finns i Praktik." if number > 0 else ""
