"""Logging a dialogue from a page without an agency: a few letters find it, and Enter takes the first."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from tests.agencies.browsing import HTMX
from tests.factories import AgencyFactory, ContactFactory, DialogueFactory, MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db

CHOOSE = "/dialoger/ny/"


def offered(client, **asked) -> list[str]:
    return [agency.name for agency in client.get(CHOOSE, asked).context["found"]]


@pytest.fixture
def forest():
    agency = AgencyFactory(name="Skogsstyrelsen i Ånge", municipalities=[MunicipalityFactory(name="Ånge")])
    ContactFactory(agency=agency, name="Örjan Åström", email="orjan@skog.example.se")
    return agency


@pytest.fixture(autouse=True)
def stranger(db):
    agency = AgencyFactory(name="Kustbevakningen")
    DialogueFactory(agency=agency, by=UserFactory(), contacts=[ContactFactory(agency=agency, name="Berit Berg")])
    return agency


@pytest.mark.parametrize("text", ["sko", "ÅNGE", "örjan", "orjan@", "skog åström"])
def test_a_few_letters_find_the_agency_also_by_its_contacts(as_coordinator, forest, text):
    assert offered(as_coordinator, q=text) == ["Skogsstyrelsen i Ånge"]


def test_the_agency_s_municipality_tells_it_from_its_namesakes(as_coordinator, forest):
    response = as_coordinator.get(CHOOSE, {"q": "skog"})
    assertTemplateUsed(response, "agencies/dialogue_choose.html")
    assertContains(response, '<span class="muted small">Ånge</span>', html=True)
    assertContains(response, f"/myndigheter/{forest.pk}/dialoger/ny/?tillbaka=%2F")


def test_without_letters_one_s_own_latest_are_offered(as_coordinator, coordinator, stranger):
    for name, day in (("Förr", date(2018, 1, 1)), ("Nyss", date(2018, 12, 1)), ("Nyligen", date(2018, 11, 1))):
        DialogueFactory.create_batch(2, agency=AgencyFactory(name=name), held_on=day, by=coordinator)
    assert offered(as_coordinator) == ["Nyss", "Nyligen", "Förr"]


def test_at_most_eight_are_offered(as_coordinator, coordinator):
    for number in range(9):
        DialogueFactory(agency=AgencyFactory(name=f"Verket {number}"), by=coordinator)
    assert len(offered(as_coordinator)) == len(offered(as_coordinator, q="verket")) == 8


def test_the_name_itself_stands_before_those_that_have_the_letters_elsewhere(as_coordinator):
    for number in range(9):
        ContactFactory(agency=AgencyFactory(name=f"Arkivet {number}"), name="Patrik Traneus")
    AgencyFactory(name="Trafikverket")
    AgencyFactory(name="Östra Tra")
    found = offered(as_coordinator, q="TRA")
    assert found[0] == "Trafikverket"
    assert len(found) == 8


@pytest.mark.parametrize("text", ["ö", "Ö"])
def test_capitals_make_no_difference_to_what_stands_first(as_coordinator, text):
    ContactFactory(agency=AgencyFactory(name="Arkivet"), name="Örjan")
    AgencyFactory(name="Överklagandenämnden")
    assert offered(as_coordinator, q=text) == ["Överklagandenämnden", "Arkivet"]


def test_archived_agencies_are_not_offered(as_coordinator, coordinator, today):
    agency = AgencyFactory(name="Nedlagd", archived_on=today)
    DialogueFactory(agency=agency, by=coordinator)
    assert offered(as_coordinator) == offered(as_coordinator, q="nedlagd") == []


def test_enter_takes_the_first(as_coordinator, forest):
    AgencyFactory(name="Åre skogsallmänning")
    response = as_coordinator.get(CHOOSE, {"q": "skog", "valj": "1", "tillbaka": "/kontor/"})
    assertRedirects(
        response, f"/myndigheter/{forest.pk}/dialoger/ny/?tillbaka=%2Fkontor%2F", fetch_redirect_response=False
    )


@pytest.mark.parametrize("place", ["https://ond.example.com/", "//ond.example.com", ""])
def test_another_site_is_no_place_to_go_back_to(as_coordinator, forest, place):
    response = as_coordinator.get(CHOOSE, {"q": "skog", "valj": "1", "tillbaka": place})
    assertRedirects(response, f"/myndigheter/{forest.pk}/dialoger/ny/?tillbaka=%2F", fetch_redirect_response=False)


def test_enter_with_nothing_found_says_so_and_what_to_do(as_coordinator):
    response = as_coordinator.get(CHOOSE, {"q": "finns inte", "valj": "1"})
    assertContains(response, "Ingen myndighet stämmer med ”finns inte”.")
    assertContains(response, "/myndigheter/ny/")
    assertContains(response, 'value="finns inte"')


def test_htmx_gets_only_the_agencies_and_is_not_sent_on(as_coordinator, forest):
    response = as_coordinator.get(CHOOSE, {"q": "skog", "valj": "1"}, headers=HTMX)
    assertContains(response, "Skogsstyrelsen i Ånge")
    assertNotContains(response, "<html")


@pytest.mark.parametrize("text", ["\0", "%", "_", "\\", "'", "å" * 5000, "🌲", "   "])
def test_odd_letters_are_answered(as_coordinator, forest, text):
    assert as_coordinator.get(CHOOSE, {"q": text}).status_code == 200


def test_markup_is_shown_as_text(as_coordinator):
    AgencyFactory(name="<script>alert(1)</script>")
    for text in ("<script>alert(1)</script>", "<script>alert(2)</script>"):
        response = as_coordinator.get(CHOOSE, {"q": text, "tillbaka": '/"><script>alert(3)</script>'})
        assertNotContains(response, "<script>alert(")


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_is_asked(client, request, forest):
    response = request.getfixturevalue(client).get(CHOOSE, {"q": "skog", "valj": "1"})
    assertContains(response, "Den visas för koordinator.", status_code=403)


def test_the_page_costs_the_same_however_many_are_found(as_coordinator, django_assert_num_queries):
    as_coordinator.get(CHOOSE)
    AgencyFactory(name="Verket")
    with django_assert_num_queries(3):
        as_coordinator.get(CHOOSE, {"q": "verket"})
    for number in range(5):
        AgencyFactory(name=f"Verket {number}")
    with django_assert_num_queries(3):
        as_coordinator.get(CHOOSE, {"q": "verket"})
