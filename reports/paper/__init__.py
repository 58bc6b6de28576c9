"""Paper: results as a tagged PDF (PDF/UA-1), the same everywhere, set by typst from a template that is never built."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reports.shape import NBSP, Cell, Column, Table, text
from reports.words import as_blocks

TEMPLATE = Path(__file__).with_name("document.typ")
UNKNOWN = "□"
"""What stands for a letter that the fonts on paper do not have: an emoji, a Chinese sign."""
_UNPRINTABLE = re.compile(
    "[^ -~\u00a0-\u0377\u0391-\u03a1\u03a3-\u03ff\u0400-\u04ff\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2190-\u21ff"
    "\u2200-\u22ff\u25a0-\u25ff]"
)
_LEFT_OUT = {"Cc", "Cf", "Cs", "Co", "Mn", "Me"}
"""Categories of what is not seen by itself: control characters, and marks that no letter of their own has."""


class Chart(NamedTuple):
    """A picture: an SVG, what it shows in words for whoever does not see it, and the line above it."""

    svg: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the document: its heading, its words in Markdown, its pictures and its tables."""

    heading: str
    charts: Sequence[Chart | tuple[bytes, str]] = ()
    tables: Sequence[Table] = ()
    words: str = ""


@dataclass(frozen=True)
class Document:
    """What is printed."""

    title: str
    subtitle: str
    organisation: str
    day: date
    """The day that the figures are of; it is the date of the file too, so that the same figures give the same file."""
    lead: str = ""
    facts: Sequence[tuple[str, str]] = ()
    """Labels with their values."""
    words: str = ""
    """The coordinator's words, in Markdown."""
    sections: Sequence[Section] = ()
    notes: Sequence[str] = ()
    """How it is counted."""
    words_heading: str = "Koordinatorns ord"


def pdf(document: Document) -> bytes:
    """The document as a PDF for print and for screen readers.

    Raises ValueError for a picture without a text alternative, and `typst.TypstError` for one that is no SVG or a
    title or heading without words. May be called from several threads at once.
    """
    import typst  # by the first PDF only: it is large

    made: bytes = typst.compile(
        # By its path and not as bytes: typst numbers every source it is given, and stops at the 65 536th.
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(_readable(_as_json(document)))},
    )
    return made


@cache
def _fonts() -> Any:
    """The fonts that typst brings: those of the machine would make another file on another machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def _as_json(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "organisation": document.organisation,
        "day": document.day.isoformat(),
        "lead": document.lead,
        "facts": [list(fact) for fact in document.facts],
        "words": as_blocks(document.words),
        "words_heading": document.words_heading,
        "sections": [
            {
                "heading": section.heading,
                "words": as_blocks(section.words),
                "charts": [_chart(Chart(*chart)) for chart in section.charts],
                "tables": [_table(table) for table in section.tables],
            }
            for section in document.sections
        ],
        "notes": list(document.notes),
    }


def _chart(chart: Chart) -> dict[str, str]:
    if not chart.alt.strip():
        raise ValueError("A picture on paper needs a text alternative")
    return {"svg": chart.svg.decode(), "alt": chart.alt, "caption": chart.caption}


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "note": table.note,
        "columns": [{"heading": column.heading, "number": column.kind != "text"} for column in table.columns],
        "rows": [
            {"total": row.total, "cells": [_stands(cell, column, said) for column, cell, said in cells]}
            for row, cells in table.texts()
        ],
    }


def _stands(cell: Cell, column: Column, said: str) -> str:
    """What stands in a cell, with the figure as corrected: `18 (rättat: 19)`."""
    return f"{said} (rättat:{NBSP}{text(cell.now, column.kind)})" if cell.now else said


def _readable(value: Any) -> Any:
    """The same with only such letters as can be printed: PDF/UA allows none that its fonts do not have."""
    if isinstance(value, str):
        spaced = re.sub(rf"[^\S{NBSP}]", " ", unicodedata.normalize("NFC", value))
        seen = "".join(letter for letter in spaced if unicodedata.category(letter) not in _LEFT_OUT)
        return _UNPRINTABLE.sub(UNKNOWN, seen)
    if isinstance(value, dict):
        return {key: _readable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return value
