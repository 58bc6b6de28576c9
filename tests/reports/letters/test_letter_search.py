"""What was sent is found again: by its words, its kind and its number in the register. On both databases."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reports.choices import LetterKind
from reports.models import Letter
from tests.agencies.browsing import HTMX
from tests.factories import LetterCopyFactory, LetterFactory
from tests.placements.pages import cost

pytestmark = pytest.mark.django_db
LIST = reverse("reports:letter-list")


def archived(name, told, **facts):
    """A letter that told something; what its row says now is only a name for the test."""
    letter = LetterCopyFactory(letter=LetterFactory(sent=True, intro=told, **facts)).letter
    Letter.objects.filter(pk=letter.pk).update(intro=name)


def found(browser, **asked):
    """The names of the letters that a search finds."""
    return "".join(sorted(letter.intro for letter in browser.get(LIST, asked).context["page"].object_list))


@pytest.fixture
def archive(db):
    """Three letters, the last of them a newsletter, and a draft."""
    archived("A", "Höst i Örnsköldsvik", register_number="851-77-2018")
    archived("B", "Vår vid älven: **åtta** nya platser")
    archived("C", "Sommar i Ådalen", kind=LetterKind.NEWSLETTER)
    LetterFactory(intro="Utkast i Örnsköldsvik")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("HÖST", "A"),
        ("ådalen", "C"),
        ("ÄLVEN åtta", "B"),
        ("höst ådalen", ""),
        ("851-77", "A"),
        ("utkast", ""),
        ("**åtta", ""),
        ("100%", ""),
        ("  ", "ABC"),
    ],
)
@pytest.mark.parametrize("who", ["as_coordinator", "as_officer"])
def test_letters_are_found_by_what_was_sent(archive, request, who, words, names):
    assert found(request.getfixturevalue(who), sok=words) == names


def test_letters_are_found_by_kind(archive, as_officer):
    assert found(as_officer, slag="newsletter") == "C"
    assert found(as_officer, slag="newsletter", sok="höst") == ""
    assert found(as_officer, slag="påhittat") == "ABC"


@pytest.mark.parametrize("htmx", [{}, HTMX])
def test_a_search_that_finds_nothing_says_so(archive, as_officer, htmx):
    assertContains(as_officer.get(LIST, {"sok": "finns inte"}, headers=htmx), "Inget brev passar")
    assertNotContains(as_officer.get(LIST, headers=htmx), "Inget brev passar")


def test_the_list_costs_the_same_however_many_letters(as_coordinator):
    archived("A", "Den första")
    few = cost(as_coordinator, LIST)
    for number in range(29):
        archived("B", f"Nummer {number}")
        LetterFactory()
    assert cost(as_coordinator, LIST) == few
    assert cost(as_coordinator, f"{LIST}?sok=nummer") == few
