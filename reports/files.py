"""Tables as files: CSV and XLSX, of what the reader may see.

Nothing that somebody typed can become a formula in them (OWASP, "CSV injection"). openpyxl is loaded by the first
workbook: a process that makes none is a tenth smaller without it.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from reports.shape import NBSP, Cell, Column, Kind, Row, Table, text

# What a spreadsheet takes for the beginning of a formula, also behind spaces and in the wide forms of the signs.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
_FORMATS: dict[Kind, str] = {"number": "#,##0", "share": "0 %", "days": "#,##0", "line": "#,##0.0"}
# What XML 1.0 cannot hold (2.2, "Characters"): control characters but tab and the ends of lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HALVES = "#,##0.0"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # characters in the name of a sheet
_WIDEST = 60  # characters
_DAY = "yyyy-mm-dd"
_CORRECTED = "Rättat sedan publiceringen"


def as_csv(tables: Sequence[Table]) -> bytes:
    """The tables one after another, as a Swedish spreadsheet reads them: semicolons, decimal commas, and UTF-8 marked.

    Of several tables each begins with its title, and an empty row stands between them.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([_harmless(table.title)])
        writer.writerow([_harmless(heading) for heading in _headings(table)])
        writer.writerows(_texts(table))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(title: str, tables: Sequence[Table], facts: Sequence[tuple[str, str | date]]) -> bytes:
    """A workbook: what it is about on the first sheet, and each table on one of its own."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    about = book.worksheets[0]
    about.title = "Om"
    _put(about.cell(1, 1), title)
    about.cell(1, 1).font = Font(bold=True, size=14)
    for number, (label, value) in enumerate(facts, start=3):
        _put(about.cell(number, 1), label)
        _put(about.cell(number, 2), value)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, _WIDEST
    for name, table in _named(tables):
        _fill(book.create_sheet(name), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    headings = _headings(table)
    for place, heading in enumerate(headings, start=1):
        _put(sheet.cell(1, place), heading)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.cell(1, place).alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(table.rows, start=2):
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True), start=1):
            _put_figure(sheet.cell(number, place), cell, column)
            sheet.cell(number, place).font = Font(bold=row.total)
        if len(headings) > len(table.columns):
            _put(sheet.cell(number, len(headings)), _corrections(table, row))
    last = len(table.rows) + 1
    sheet.freeze_panes = "B2"
    # The total stands outside, so that it stays last however the rows are put in order.
    sums = next((number for number, row in enumerate(reversed(table.rows)) if not row.total), 0)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last - sums}"
    if table.note:
        _put(sheet.cell(last + 2, 1), table.note)
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _put_figure(square: Any, cell: Cell, column: Column) -> None:
    """A figure as a number with its format; what is hidden or no figure as what the page shows."""
    from openpyxl.styles import Alignment

    if cell.hidden or isinstance(cell.value, str) or column.kind == "text":
        _put(square, text(cell, column.kind))
        square.alignment = Alignment(horizontal="left" if column.kind == "text" else "right")
    elif cell.value is not None:
        square.value = cell.value
        whole = column.kind in ("share", "line") or float(cell.value).is_integer()
        square.number_format = _FORMATS[column.kind] if whole else _HALVES


def _put(square: Any, value: str | date) -> None:
    """A text as a text, whatever it begins with, and a day as a day."""
    if isinstance(value, date):
        square.value = value
        square.number_format = _DAY
        return
    square.value = _printable(value)
    square.data_type = "s"
    if _FORMULA.match(square.value):
        square.quotePrefix = True


def _headings(table: Table) -> list[str]:
    """The columns' headings, and one more where figures have been corrected."""
    corrected = any(cell.now for row in table.rows for cell in row.cells)
    return [column.heading for column in table.columns] + [_CORRECTED] * corrected


def _texts(table: Table) -> Iterator[list[str]]:
    for row, cells in table.texts():
        told = [_harmless(said) if column.kind == "text" else _plain(cell, said) for column, cell, said in cells]
        corrections = _harmless(_corrections(table, row))
        yield [*told, *([corrections] if len(_headings(table)) > len(table.columns) else [])]


def _plain(cell: Cell, said: str) -> str:
    """A figure as a spreadsheet takes it for a number: no spaces between thousands, and nothing where there is none."""
    if cell.value is None and not cell.hidden:
        return ""
    if cell.hidden or isinstance(cell.value, str):
        return _harmless(said)
    return said.replace(NBSP, "").replace("%", " %").replace("−", "-")


def _corrections(table: Table, row: Row) -> str:
    """What a row's figures would be today, in words."""
    pairs = zip(table.columns, row.cells, strict=True)
    return ", ".join(f"{column.heading}: {text(cell.now, column.kind)}" for column, cell in pairs if cell.now)


def _harmless(words: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    words = _printable(words)
    return f"'{words}" if _FORMULA.match(words) else words


def _printable(words: str) -> str:
    """A text without the control characters that no file can hold; some would hide an equals sign."""
    return _CONTROL.sub("", words)


def _named(tables: Sequence[Table]) -> Iterator[tuple[str, Table]]:
    """Each table with a name that a sheet can have and no other has."""
    taken = {"om"}
    for table in tables:
        whole = _printable(_NOT_IN_NAMES.sub(" ", table.title)).strip() or "Tabell"
        name, number = whole[:_LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{whole[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
        taken.add(name.lower())
        yield name, table


def _widths(table: Table) -> Iterator[int]:
    """How wide each column has to be, in characters."""
    for place, column in enumerate(table.columns):
        longest = max((len(text(row.cells[place], column.kind)) for row in table.rows), default=0)
        heading = max(map(len, column.heading.split()), default=0)
        yield min(max(longest, heading) + 3, _WIDEST)
