"""Tables as CSV and XLSX, read back."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from reports.files import as_csv, as_xlsx
from reports.shape import COVERED, FEW, Cell, Column, Table, row_of

pytestmark = pytest.mark.once

COLUMNS = (
    Column("agency", "Myndighet", "text"),
    Column("started", "Startade"),
    Column("share", "Andel", "share"),
    Column("days", "Median, dagar", "days"),
)
HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1",
    "-2",
    "@SUM(A1)",
    "  =1+1",
    "\t=1",
    "\r=1",
    "＝1",
    "=cmd|' /C calc'!A0",
    "\x00=1",
]


def table(*rows, title="Per myndighet", note=""):
    return Table("t", title, COLUMNS, tuple(row_of(str(number), row) for number, row in enumerate(rows)), note)


def read(tables):
    written = as_csv(tables)
    assert written.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in written
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))


def book(*tables, facts=()):
    return load_workbook(io.BytesIO(as_xlsx("Resultat 2018", tables, facts)))


def test_a_table_is_read_back_with_headings_and_numbers():
    typed = read([table(["Ånge; kommun", 12345, 0.45, 82.5], ['Två "ord"\noch en rad', None, None, 7])])
    assert typed == [
        ["Myndighet", "Startade", "Andel", "Median, dagar"],
        ["Ånge; kommun", "12345", "45 %", "82,5"],
        ['Två "ord"\noch en rad', "", "", "7"],
    ]


def test_several_tables_stand_below_each_other_with_their_titles():
    typed = read([table(["A", 1, 1.0, 1]), table(["B", 2, 0.5, 2], title="Per kontor")])
    assert [row[:1] for row in typed] == [
        ["Per myndighet"],
        ["Myndighet"],
        ["A"],
        [],
        ["Per kontor"],
        ["Myndighet"],
        ["B"],
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_becomes_a_formula(name):
    hostile = Table(
        "t", name, (Column("a", name, "text"), *COLUMNS[1:]), (row_of("1", [name, name, 0.5, 2]),), note=name
    )
    cells = [cell for row in read([hostile, hostile]) for cell in row]
    assert not any(cell.lstrip("\0 \t\r").startswith(tuple("=+-@＝")) for cell in cells)
    written = as_xlsx(name, [hostile], [(name, name)])
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        sheets = [parts.read(each).decode() for each in parts.namelist() if "worksheets/" in each]
    assert len(sheets) == 2
    assert not any("<f>" in each or "<f " in each for each in sheets)


def test_a_workbook_has_real_numbers_shares_and_days():
    made = book(table(["Ånge", 1234, 0.45, 82.5], note="Så räknas det."), facts=[("Läget per", date(2018, 12, 31))])
    about, sheet = made.worksheets
    assert (about["A1"].value, about["A3"].value) == ("Resultat 2018", "Läget per")
    assert (about["B3"].value, about["B3"].number_format) == (datetime(2018, 12, 31), "yyyy-mm-dd")
    assert [cell.value for cell in sheet[1]] == ["Myndighet", "Startade", "Andel", "Median, dagar"]
    assert [cell.value for cell in sheet[2]] == ["Ånge", 1234, 0.45, 82.5]
    assert [cell.number_format for cell in sheet[2]][1:3] == ["#,##0", "0 %"]
    assert sheet["A4"].value == "Så räknas det."
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:D2")


def test_what_is_hidden_stands_as_its_mark():
    hidden = table(["Ånge", Cell(None, hidden=FEW), None, Cell(None, hidden=COVERED)])
    assert read([hidden])[1] == ["Ånge", FEW, "", COVERED]
    assert [cell.value for cell in book(hidden).worksheets[1][2]] == ["Ånge", FEW, None, COVERED]


def test_corrections_stand_in_a_column_of_their_own():
    corrected = table(["Ånge", Cell(18, now=Cell(19)), Cell(0.5, now=Cell(None)), 3], ["Timrå", 1, 0.1, 2])
    assert [row[4] for row in read([corrected])] == ["Rättat sedan publiceringen", "Startade: 19, Andel: –", ""]
    assert book(corrected).worksheets[1]["E2"].value == "Startade: 19, Andel: –"


def test_sheets_have_names_of_their_own_that_excel_takes():
    long = "Myndigheter/kommuner: [alla] efter målgrupp och kön"
    names = book(*(table(title=title) for title in (long, long, "om", "", "Per kontor", "per kontor"))).sheetnames
    assert len({name.lower() for name in names}) == len(names) == 7
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_signs_that_no_file_can_hold_are_left_out():
    assert book(table(["Å\x00\x0bnge", 1, None, None])).worksheets[1]["A2"].value == "Ånge"


def test_numbers_below_nought_and_whole_days_are_numbers():
    numbers = table(["Ånge", -3, 0.5, 7], ["Timrå", 2, None, 82.5])
    assert [row[1] for row in read([numbers])[1:]] == ["-3", "2"]
    sheet = book(numbers).worksheets[1]
    assert [(row[3].value, row[3].number_format) for row in sheet.iter_rows(2, 3)] == [(7, "#,##0"), (82.5, "#,##0.0")]


def test_the_total_is_not_put_in_order_with_the_rows():
    summed = Table(
        "t", "T", COLUMNS, (row_of("1", ["Ånge", 1, None, 2]), row_of("all", ["Länet", 1, None, 2], total=True))
    )
    assert book(summed).worksheets[1].auto_filter.ref == "A1:D2"
