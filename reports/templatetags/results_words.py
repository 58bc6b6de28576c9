"""Figures of tables in words, for pages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django import template

from reports.shape import Cell, Column, Table, text
from reports.words import as_html

register = template.Library()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Against(NamedTuple):
    """A programme against its target."""

    code: str
    started: str
    target: str
    """Empty where there is none."""
    share: float | None
    length: int
    """Of the bar, in percent of its place."""
    missing: bool
    """Whether there should be a target: a measuring year has none."""


@register.filter
def said(cell: Cell, column: Column) -> str:
    """What stands in a cell of a column."""
    return text(cell, column.kind)


@register.filter
def words(markdown: str) -> str:
    """The coordinator's words as a page shows them."""
    return as_html(markdown)


@register.filter
def against_targets(summary: Table) -> Iterator[Against]:
    """Each row of a year's summary as a bar that its target fills."""
    for row in summary.rows:
        target, share = summary.cell(row.key, "target"), summary.cell(row.key, "share")
        part = share.value if isinstance(share.value, float) else None
        yield Against(
            row.key,
            text(summary.cell(row.key, "started"), "number"),
            text(target, "number") if isinstance(target.value, int) else "",
            part,
            min(100, round((part or 0) * 100)),
            isinstance(target.value, str),
        )


@register.filter
def is_day(said: str) -> bool:
    """Whether a cell holds nothing but a day, which is to stand in one piece."""
    return bool(_DAY.fullmatch(said))
