"""The document on paper: tagged for screen readers, the same everywhere, and nothing that was typed is code in it."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
import typst
from pypdf import PageObject, PdfReader

from reports.charts import months_chart
from reports.paper import UNKNOWN, Chart, Document, Section, pdf
from reports.shape import COVERED, FEW, Cell, Column, Table, row_of

pytestmark = pytest.mark.once

TABLE = Table(
    "summary",
    "Mål och resultat",
    (Column("programme", "Insats", "text"), Column("started", "Startade"), Column("share", "Andel", "share")),
    (
        row_of("PIS", ["PIS", Cell(18, now=Cell(19)), 0.45]),
        row_of("MBJ", ["MBJ", Cell(3, hidden=FEW), Cell(0.5, hidden=COVERED)]),
        row_of("ABC", ["ABC", 12_345, None]),
        row_of("all", ["Alla", 43, 0.61], total=True),
    ),
    note="En plats räknas det år den startar.",
)
PICTURE = months_chart("PIS 2018", ["juni 2018"], [3], [5.0], [4], 5)
DOCUMENT = Document(
    title="Månadsrapport december 2018",
    subtitle="Praktik i staten",
    organisation="Länsstyrelsen Västernorrland",
    day=date(2018, 12, 31),
    lead="Under 2018 startade 18 av 40 PIS.",
    facts=[("Publicerad", "2019-01-08")],
    words="Sju **platser** är upptagna.",
    sections=[Section("Året mot målen", [Chart(PICTURE, "Tre startade i juni.", "PIS 2018")], [TABLE])],
    notes=["Läget är per 2018-12-31."],
)
EMPTY = replace(DOCUMENT, subtitle="", lead="", facts=(), words="", sections=(), notes=())
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "#eval(sys.inputs.document)",
    "$x^2$ $ x $",
    r"\ \u{1F600} \#",
    "<script>alert(1)</script>",
    "<etikett> @etikett",
    "= rubrik",
    "//kommentar /* kommentar */",
    '"}, "title": "annat',
    "_a_ ~ -- ... 'x'",
    "https://example.se/#a",
    "{{ data.title }} {% x %}",
]
NESTED = [
    ">" * 10_000 + "x",
    "- " * 5_000 + "x",
    "> - " * 2_500 + "x",
    "> 1. " * 2_000 + "# x",
    "*" * 5_000 + "a" + "*" * 5_000,
    "- # a\n- ### b\n\n> ###### c",
    "- \n- ![x](y)\n\n> ![x](y)\n\n```\n```",
    "999999999. a\n999999999. b",
    "a" * 10_000,
]


def read(document: Document) -> PdfReader:
    """The document, opened as a reader's program does."""
    return PdfReader(BytesIO(pdf(document)))


def said(document: Document) -> str:
    """All that stands in the document, with one space between words."""
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def tags(reader: PdfReader) -> list[tuple[str, Any]]:
    """The tags of the document in reading order, each with its element."""

    def within(element: Any) -> Iterator[tuple[str, Any]]:
        element = element.get_object()
        if isinstance(element, list):
            for each in element:
                yield from within(each)
        elif isinstance(element, dict):
            if "/S" in element:
                yield element["/S"], element
            if "/K" in element:
                yield from within(element["/K"])

    return list(within(reader.trailer["/Root"]["/StructTreeRoot"]))


def kinds(document: Document) -> list[str]:
    return [kind for kind, _ in tags(read(document))]


def with_words(words: str) -> Document:
    return replace(EMPTY, words=words)


def with_tables(*tables: Table) -> Document:
    return replace(EMPTY, sections=[Section("Del", tables=tables)])


def test_a_document_is_tagged_for_screen_readers_in_swedish():
    reader = read(DOCUMENT)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # pypdf has a truth of its own
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  # as above
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    found = [kind for kind, _ in tags(reader)]
    assert {"/Title", "/H1", "/H2", "/P", "/L", "/Table", "/THead", "/TH", "/TBody", "/TD", "/Figure"} <= set(found)
    assert found.count("/TH") == 3
    assert found.count("/TD") == 12


def test_a_document_says_its_title_and_who_made_it():
    reader = read(DOCUMENT)
    assert reader.metadata.title == "Månadsrapport december 2018"
    assert reader.metadata.author == "Länsstyrelsen Västernorrland"
    assert reader.metadata.creation_date.date() == reader.metadata.modification_date.date() == date(2018, 12, 31)


def test_everything_stands_on_paper():
    assert said(DOCUMENT) == (
        "Månadsrapport december 2018 Praktik i staten Länsstyrelsen Västernorrland · 2018-12-31 "
        "Under 2018 startade 18 av 40 PIS. Publicerad 2019-01-08 "
        "Koordinatorns ord Sju platser är upptagna. "
        "Året mot målen PIS 2018 0 2 4 6 juni 2018 5 4 3 startade om avtalen hålls målet "
        "Mål och resultat Insats Startade Andel PIS 18 (rättat: 19) 45 % MBJ 1–4 · ABC 12 345 – Alla 43 61 % "
        "En plats räknas det år den startar. "
        "Så räknas det Läget är per 2018-12-31. Månadsrapport december 2018 Sida 1 av 1"
    )


def test_a_picture_has_its_words_for_whoever_does_not_see_it():
    (figure,) = (element for kind, element in tags(read(DOCUMENT)) if kind == "/Figure")
    assert figure["/Alt"] == "Tre startade i juni."


def test_pictures_stand_two_in_a_row():
    charts = [Chart(PICTURE, f"Bild {number}.") for number in range(3)]
    reader = read(replace(EMPTY, sections=[Section("Bilder", charts)]))
    boxes = [element["/A"][0]["/BBox"] for kind, element in tags(reader) if kind == "/Figure"]
    assert boxes[0][1] == boxes[1][1] > boxes[2][1]
    assert boxes[0][0] == boxes[2][0] < boxes[1][0]


@pytest.mark.parametrize("alt", ["", " \n"])
def test_a_picture_without_words_is_refused(alt):
    with pytest.raises(ValueError, match="text alternative"):
        pdf(replace(EMPTY, sections=[Section("Bild", [(PICTURE, alt)])]))


def test_a_picture_that_is_none_is_refused():
    with pytest.raises(typst.TypstError):
        pdf(replace(EMPTY, sections=[Section("Bild", [(b"ingen bild", "En bild.")])]))


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_is_code(typed):
    table = Table("t", typed, (Column("a", typed, "text"),), (row_of("r", [typed]),), note=typed)
    section = Section(typed, [Chart(PICTURE, typed, typed)], [table])
    document = Document(typed, typed, typed, date(2018, 12, 31), typed, [(typed, typed)], "", [section], [typed])
    text = said(document).replace(" ", "")
    # Title, subtitle, organisation, lead, fact and value, section, picture, table, column, cell, its note, note, foot.
    assert text.count(typed.replace(" ", "")) == 14


@pytest.mark.parametrize("typed", [each for each in HOSTILE if not set(each) & {"_", "\\", "=", "~"}])
def test_nothing_in_the_coordinators_words_is_code(typed):
    assert typed.replace(" ", "") in said(with_words(f"- {typed}\n\n```\n{typed}\n```")).replace(" ", "")


@pytest.mark.parametrize("typed", NESTED, ids=range(len(NESTED)))
def test_no_words_stop_the_document(typed):
    assert "Koordinatorns ord" in said(with_words(typed))


def test_words_are_set_as_they_are_marked():
    words = (
        "# Rubrik\n\n## Under\n\n- **en**\n\n  3. *två*\n\n> citat\n\n[mer](https://example.se/å) <k@example.se>  \nrad"
    )
    found = kinds(with_words(words))
    assert [kind for kind in found if kind not in ("/Document", "/Title", "/P", "/L", "/Lbl", "/LBody", "/Span")] == [
        *("/H1", "/H2", "/H3", "/LI", "/Strong", "/LI", "/Em", "/BlockQuote", "/Link", "/Link")
    ]
    assert "– en 3. två citat mer (https://example.se/%C3%A5) k@example.se rad" in said(with_words(words))


def test_a_rule_between_words_is_drawn():
    def strokes(words: str) -> int:
        return read(with_words(words)).pages[0].get_contents().get_data().count(b"\nS\n")

    assert strokes("en\n\n---\n\ntvå") == strokes("en\n\ntvå") + 1


def test_links_on_paper_lead_where_they_say():
    (page,) = read(with_words("[mer](https://example.se) [nej](javascript:x)")).pages
    assert [note.get_object()["/A"]["/URI"] for note in page["/Annots"]] == ["https://example.se"]


def test_letters_that_no_font_has_are_told_as_missing():
    document = replace(
        with_words("a🙂b\u202ec\u200dd 中 e\u0301 a\u030a x\u0332"), title="🙂 Rapport", lead="ÅÄÖåäö é ü"
    )
    text = said(document)
    assert text.startswith(f"{UNKNOWN} Rapport Länsstyrelsen")
    assert f"a{UNKNOWN}bcd {UNKNOWN} é å x" in text
    assert "ÅÄÖåäö é ü" in text


def test_marks_that_fit_no_letter_are_left_out_and_lines_are_spaces():
    assert "!a b c d e" in said(replace(EMPTY, lead="!\u0487\u0489a\tb\nc\u2028d\r\ne"))


def test_every_letter_that_is_let_through_can_be_printed():
    letters = "".join(map(chr, [*range(0x20, 0x2C00), 0xFFFD, 0x1F600]))
    text = said(replace(EMPTY, lead=" ".join(letters), sections=[Section(letters[:800])]))
    for letter in "ÅÄÖéßŁžЯπ–—…€→≤■":
        assert letter in text


def test_only_fonts_that_typst_brings_are_used():
    # A font that most machines have and typst does not bring.
    text = '<text y="9" font-family="DejaVu Sans">A</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{text}</svg>'.encode()
    reader = read(replace(DOCUMENT, sections=[*DOCUMENT.sections, Section("Bild", [Chart(svg, "A.")])]))
    objects = [reader.get_object(number) for number in [*reader.xref[0], *reader.xref_objStm]]
    fonts = {str(each["/BaseFont"]) for each in objects if isinstance(each, dict) and "/BaseFont" in each}
    assert fonts
    assert {re.sub(r".*\+|-.*", "", font) for font in fonts} == {"LibertinusSerif"}


def test_a_long_table_goes_on_with_its_headings_on_the_next_page():
    columns = (Column("agency", "Myndighet", "text"), Column("started", "Startade"))
    rows = tuple(row_of(str(number), [f"Myndighet {number}", number]) for number in range(200))
    reader = read(with_tables(Table("long", "Alla", columns, (*rows, row_of("all", ["Alla", 19_900], total=True)))))
    assert len(reader.pages) > 3
    for number, page in enumerate(reader.pages, start=1):
        assert "Myndighet Startade" in page.extract_text()
        assert f"Sida {number} av {len(reader.pages)}" in page.extract_text()
    found = [kind for kind, _ in tags(reader)]
    assert (found.count("/Table"), found.count("/THead"), found.count("/TR")) == (1, 1, 202)


def test_a_short_table_stays_on_one_page():
    columns = (Column("month", "Månad", "text"), Column("started", "Startade"))
    short = Table("short", "Kort", columns, tuple(row_of(str(number), ["rad", number]) for number in range(12)))
    pages = [page.extract_text() for page in read(with_tables(*[short] * 7)).pages]
    assert len(pages) > 2
    for page in pages:
        assert page.count("Kort\n") * 12 == page.count("rad ") > 0


def test_a_row_stays_on_one_page():
    columns = (Column("kind", "Hinder", "text"), Column("number", "Antal"))
    rows = tuple(row_of(str(number), [f"Början {'ord ' * 300} slut", number]) for number in range(16))
    pages = [page.extract_text() for page in read(with_tables(Table("long", "Ord", columns, rows))).pages]
    assert len(pages) > 2
    for page in pages:
        assert page.count("Början") == page.count("slut") > 0


class Piece(NamedTuple):
    """A piece of text on a page: where it begins and its weight."""

    text: str
    left: float
    weight: str


def pieces(page: PageObject) -> list[Piece]:
    """What stands on a page, piece by piece."""
    found: list[Piece] = []

    def note(text: str, ctm: list[float], at: list[float], font: Any, _size: float) -> None:
        if text.strip():
            found.append(Piece(text.strip(), ctm[0] * at[4] + ctm[4], font["/BaseFont"].split("-")[1]))

    page.extract_text(visitor_text=note)
    return found


def test_a_wide_table_stays_within_the_page():
    headings = [
        f"{group}, {sex}" for group in ("Funktionsnedsättning", "Långtidsarbetslösa", "Nyanlända") for sex in "kmo"
    ]
    columns = (Column("agency", "Myndighet", "text"), *(Column(each, each) for each in headings), Column("all", "Alla"))
    row = row_of("a", ["Myndigheten för samhällsskydd och beredskap", *[1_234] * 9, 12_345])
    reader = read(with_tables(Table("wide", "Bred", columns, (row,))))
    (table,) = (element["/A"][0]["/BBox"] for kind, element in tags(reader) if kind == "/Table")
    assert table[0] > 56
    assert table[2] < 595 - 56
    lefts = [piece.left for piece in pieces(reader.pages[0]) if piece.text.replace("\xa0", "") in ("1234", "12345")]
    assert len(lefts) == 10
    assert "Långtidsar" in reader.pages[0].extract_text().replace("\xad", "").split()
    assert min(after - before for before, after in pairwise(lefts)) > 20


def test_numbers_stand_to_the_right_and_totals_in_bold():
    found = {piece.text: piece for piece in pieces(read(with_tables(TABLE)).pages[0])}
    assert found["43"].left > found["12\xa0345"].left + 10
    assert found["PIS"].left == found["Alla"].left
    assert {found[total].weight for total in ("Alla", "43", "Insats")} == {"Bold"}
    assert {found[plain].weight for plain in ("PIS", "ABC", "12\xa0345")} == {"Regular"}


def test_empty_parts_are_told_as_empty():
    nothing = Table("none", "Tom tabell", (Column("a", "A", "text"),), ())
    text = said(replace(EMPTY, sections=[Section("Tom del"), Section("Del", tables=[nothing])]))
    assert "Tom del Inget att visa. Del Tom tabell Inget att visa." in text
    assert said(EMPTY) == (
        "Månadsrapport december 2018 Länsstyrelsen Västernorrland · 2018-12-31 Månadsrapport december 2018 Sida 1 av 1"
    )


def test_the_same_document_is_the_same_file_also_when_several_are_made_at_once():
    documents = [replace(DOCUMENT, lead=f"Rapport {number}") for number in range(6)]
    one_by_one = [pdf(document) for document in documents]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(pdf, documents)) == one_by_one
    assert len(set(one_by_one)) == 6
