"""The newsletter: the year's figures, one example with somebody's words, and what is to come."""

import re
from datetime import date

import pytest

from placements.choices import Outcome
from reports.choices import PARTS, LetterKind, LetterPart
from reports.letters import drafted_content
from reports.mail import as_mail_html
from reports.results import yearly
from tests.factories import AgencyFactory, DialogueFactory, TargetFactory
from tests.reports.letters.written import SITE, drafted, part_now, part_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def parts_of(letter, by):
    return [part.key for part in drafted_content(letter, by).parts]


def test_the_figures_are_those_of_the_year(newsletter, coordinator, started, extended, agreed, today):
    TargetFactory(number=40)
    extended(started(date(2018, 2, 5)), date(2018, 6, 1))
    started(date(2018, 3, 5), "MBJ")
    started(date(2017, 11, 6), ended_on=date(2018, 3, 1), outcome=Outcome.STUDIES)
    agreed()
    [table] = part_now(newsletter, coordinator, LetterPart.FIGURES).tables
    expected = {each.programme.code: each for each in yearly(2018, on=today)}
    assert {row.key for row in table.rows} == set(expected) >= {"PIS", "MBJ"}
    for code, year in expected.items():
        for column in ("target", "started", "extensions", "agreed"):
            assert table.cell(code, column).value == getattr(year, column), (code, column)
    assert [table.cell("PIS", column).value for column in ("target", "started", "extensions", "agreed")] == [
        40,
        1,
        1,
        1,
    ]


def test_the_figures_are_those_of_the_day_they_are_asked_for(newsletter, coordinator, started):
    started(date(2018, 2, 5))
    [table] = part_now(newsletter, coordinator, LetterPart.FIGURES, on=date(2018, 2, 4)).tables
    assert table.cell("PIS", "started").value == 0


def test_how_many_agencies_take_part(newsletter, coordinator, started, agency):
    one, other = AgencyFactory(), AgencyFactory(archived_on=date(2018, 12, 1))
    for talked_with in (agency, agency, one, other):
        DialogueFactory(agency=talked_with)
    AgencyFactory()
    for day in (5, 12):
        started(date(2018, 2, day))
    words = part_now(newsletter, coordinator, LetterPart.FIGURES).words
    assert words.startswith("2 myndigheter i länet")
    assert "en myndighet tagit emot" in words


def blockquote(html):
    """The words within the letter's one quotation, without tags."""
    [quoted] = re.findall(r"(?s)<blockquote[^>]*>(.*?)</blockquote>", html)
    return re.sub(r"<[^>]+>", "", quoted).split()


@pytest.mark.parametrize(
    ("quote", "quoted", "said"),
    [
        ("Det **bästa** vi gjort.", "Enhetschefen", "Det bästa vi gjort. – Enhetschefen"),
        ("Första raden.\n\n\nAndra stycket.\n- i en lista", "", "Första raden. Andra stycket. i en lista"),
        ("> Redan ett citat", "Hon", "Redan ett citat – Hon"),
    ],
)
def test_a_quote_stands_as_one_with_who_said_it(newsletter, coordinator, quote, quoted, said):
    newsletter.example, newsletter.quote, newsletter.quoted = "De har tagit emot **tre**.", quote, quoted
    content = drafted_content(newsletter, coordinator)
    html = as_mail_html(content, newsletter.kind, site=SITE)
    if quote.startswith(">"):  # a quotation in the quotation
        html = re.sub(r"(?s)(<blockquote[^>]*>\s*)<blockquote[^>]*>(.*?)</blockquote>", r"\1\2", html)
    assert blockquote(html) == said.split()
    assert "<strong>tre</strong>" in html.partition("<blockquote")[0]


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ({}, []),
        ({"example": "Ord"}, ["example"]),
        ({"quote": "Ord"}, ["example"]),
        ({"quoted": "Ingen har sagt något"}, []),
        ({"meetings": "Ord", "notices": "Ord"}, ["meetings", "notices"]),
    ],
)
def test_a_part_without_words_is_left_out(coordinator, words, there):
    letter = drafted(coordinator, LetterKind.NEWSLETTER, **{"intro": "Hej"} | words)
    assert parts_of(letter, coordinator) == ["figures", *there]


def test_parts_stand_in_the_order_of_the_letter_and_a_hidden_one_is_left_out(coordinator):
    words = {"example": "Ett", "meetings": "Två", "notices": "Tre"}
    letter = drafted(coordinator, LetterKind.NEWSLETTER, **words)
    letter.parts = [["notices", True], ["figures", False], ["meetings", True], ["ongoing", True]]
    assert parts_of(letter, coordinator) == ["notices", "meetings", "example"]
    assert part_of(drafted_content(letter, coordinator), LetterPart.MEETINGS).words == "Två"


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_has_the_parts_of_its_kind(coordinator, office, kind):
    letter = drafted(coordinator, kind, intro="Hej", notices="Notis", example="Exempel", meetings="Träff")
    assert parts_of(letter, coordinator) == list(PARTS[kind])
