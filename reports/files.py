"""Tables as files: CSV and XLSX, of what the reader may see."""

from collections.abc import Sequence
from datetime import date

from reports.shape import Table


def as_csv(tables: Sequence[Table]) -> bytes:
    """The tables as CSV."""
    return b""


def as_xlsx(title: str, tables: Sequence[Table], facts: Sequence[tuple[str, str | date]]) -> bytes:
    """The tables as XLSX."""
    return b""
