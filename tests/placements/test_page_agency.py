"""What an agency's, a contact's and an office's pages tell of places."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from placements import lifecycle
from placements.choices import Outcome
from tests.agencies.browsing import told
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    OfficeFactory,
    PlacementFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)
from tests.placements.pages import agreed, begun, names, ordered, owned, press, waiting, ways, with_everything

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


def page(browser, subject, **asked):
    response = browser.get(subject.get_absolute_url(), asked)
    assert response.status_code == 200
    return response


# The agency's: counts, and the way to each


def test_its_places_are_counted_by_state_each_with_its_list(as_coordinator, as_officer, agency):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 1))
    PlacementFactory(agency=agency, duties="Vilar", contact=gone)
    for made, number in ((PlacementFactory, 1), (ongoing_place, 3), (ended_place, 4), (withdrawn_place, 5)):
        for _ in range(number):
            made(agency=agency)
    ongoing_place()
    for browser in (as_coordinator, as_officer):
        response = page(browser, agency)
        assertContains(response, "1 att bekräfta")
        for words, state in (
            ("2 avtalade", "agreed"),
            ("3 pågår", "ongoing"),
            ("4 avslutade", "ended"),
            ("5 tillbakadragna", "withdrawn"),
        ):
            [address] = [way for said, way in ways(response) if said == words]
            assert address == f"/platser/?myndighet={agency.pk}&tillstand={state}"
            assert len(names(browser.get(address))) == int(words[0])


def test_an_agency_without_places_says_so(as_coordinator, agency):
    assertContains(page(as_coordinator, agency), "Ingen plats är avtalad än.")


def test_places_are_agreed_and_matching_ordered_from_there_by_a_coordinator(as_coordinator, as_officer, agency):
    PlacementFactory(agency=agency)
    own = dict(ways(page(as_coordinator, agency)))
    assert own["Avtala platser"] == f"/myndigheter/{agency.pk}/platser/nya/"
    assert own["Beställ matchning"].startswith(f"/myndigheter/{agency.pk}/order/ny/")
    assert {"Avtala platser", "Beställ matchning"}.isdisjoint(dict(ways(page(as_officer, agency))))


# The place taken


def hired(agency, **fields):
    """A PIS after which the agency employed the person."""
    return ended_place(agency=agency, outcome=Outcome.SAME_AGENCY, subsidised=False, **fields)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ([date(2019, 6, 30)], "Platsen upptagen till 2019-06-30"),
        ([date(2018, 12, 31)], "Platsen upptagen till 2018-12-31"),
        ([None], "Platsen upptagen tills vidare"),
        ([date(2019, 6, 30), date(2019, 8, 31)], "2 platser upptagna till 2019-08-31"),
        ([date(2019, 6, 30), None], "2 platser upptagna tills vidare"),
    ],
)
def test_a_place_is_taken_by_who_was_employed_after_an_internship(as_coordinator, as_officer, agency, until, words):
    for day in until:
        hired(agency, employed_until=day)
    for browser in (as_coordinator, as_officer):
        assertContains(page(browser, agency), words)


def test_a_job_that_followed_an_internship_takes_the_place_until_its_end(as_coordinator, coordinator, agency, mbj):
    before = lifecycle.end(
        begun(coordinator, agency=agency), by=coordinator, ended_on=date(2018, 11, 30), outcome=Outcome.NEXT_PROGRAMME
    )
    begun(
        coordinator,
        agency=agency,
        programme=mbj,
        follows=before,
        agreed_on=date(2018, 11, 26),
        planned_start=date(2018, 12, 3),
        started_on=date(2018, 12, 3),
        planned_end=date(2019, 11, 29),
    )
    assertContains(page(as_coordinator, agency), "Platsen upptagen till 2019-11-29")


def test_a_place_is_not_taken_by_others(as_coordinator, agency, mbj):
    hired(agency, employed_until=date(2018, 12, 30))
    ended_place(agency=agency, programme=mbj, outcome=Outcome.SAME_AGENCY, subsidised=True)
    ended_place(agency=agency, outcome=Outcome.ELSEWHERE, subsidised=True)
    ongoing_place(agency=agency)
    hired(AgencyFactory())
    assertNotContains(page(as_coordinator, agency), "upptagen")


# Its story


def test_its_timeline_has_it_all_and_counts_places_as_a_kind(as_coordinator, coordinator, office, own_officer):
    place = with_everything(coordinator, office, own_officer)
    response = page(as_coordinator, place.agency)
    told_of = {entry.what for entry in response.context["page"]}
    assert told_of >= {
        "Telefon",
        "Avtal",
        "Avtalet bekräftat",
        "Order",
        "Svar",
        "Start",
        "Förlängning",
        "Överlämning",
    }
    _, number = response.context["counts"]["platser"]
    only = page(as_coordinator, place.agency, visa="platser")
    assert only.context["page"].paginator.count == number
    assert "Telefon" not in {entry.what for entry in only.context["page"]}
    for entry in only.context["page"]:
        assert as_coordinator.get(entry.url).status_code == 200


def test_ten_places_agreed_at_once_are_one_thing_to_tell(as_coordinator, coordinator, agency):
    agreed(coordinator, 10, agency=agency)
    [entry] = page(as_coordinator, agency, visa="platser").context["page"]
    assert (entry.what, entry.subject) == ("Avtal", "10 platser, PIS")


def test_an_officer_reads_of_places_but_not_of_the_dialogues(as_officer, coordinator, agency):
    DialogueFactory(agency=agency, notes="Hemliga ord")
    agreed(coordinator, agency=agency)
    response = page(as_officer, agency)
    assert "Avtal" in {entry.what for entry in response.context["page"]}
    assertNotContains(response, "Hemliga ord")


# Put away


def test_an_agency_with_open_places_is_not_archived(as_coordinator, agency, today):
    place = PlacementFactory(agency=agency)
    words = "Myndigheten har avtalade eller pågående platser. Avsluta dem eller dra tillbaka dem först."
    for each in (place, ongoing_place(agency=agency)):
        response = press(as_coordinator, f"/myndigheter/{agency.pk}/arkivera/")
        assert told(response) == [words], each
        agency.refresh_from_db()
        assert agency.archived_on is None
        type(place).objects.filter(pk=place.pk).update(withdrawn_on=today, reason="Ny chef")
        as_coordinator.get("/")


def test_an_agency_whose_places_are_over_is_archived_and_keeps_its_counts(as_coordinator, agency, today):
    ended_place(agency=agency)
    withdrawn_place(agency=agency)
    assertRedirects(
        press(as_coordinator, f"/myndigheter/{agency.pk}/arkivera/"),
        agency.get_absolute_url(),
        fetch_redirect_response=False,
    )
    agency.refresh_from_db()
    assert agency.archived_on == today
    response = page(as_coordinator, agency)
    assertContains(response, "1 avslutad")
    assert "Avtala platser" not in dict(ways(response))


# The contact's and the office's


def test_the_agreements_that_rest_on_a_contact_stand_on_their_page(as_coordinator, as_officer, coordinator, agency):
    anna, other = ContactFactory.create_batch(2, agency=agency)
    [place] = agreed(coordinator, agency=agency, contact=anna, duties="Vilar på Anna")
    agreed(coordinator, agency=agency, contact=other, duties="På en annan")
    begun(coordinator, agency=agency, contact=anna, duties="Har startat")
    for browser in (as_coordinator, as_officer):
        response = page(browser, anna)
        assertContains(response, "Avtal som vilar på kontakten")
        assert ("PIS Vilar på Anna", place.get_absolute_url()) in ways(response)
        for words in ("På en annan", "Har startat", "behöver bekräftas"):
            assertNotContains(response, words)
    type(anna).objects.filter(pk=anna.pk).update(left_on=date(2018, 12, 28))
    assertContains(page(as_coordinator, anna), "behöver bekräftas")


def test_a_contact_on_whom_nothing_rests(as_coordinator, agency):
    assertNotContains(page(as_coordinator, ContactFactory(agency=agency)), "Avtal som vilar")


def test_marking_a_contact_as_gone_fills_the_list_of_agreements_to_confirm(as_coordinator, coordinator, agency):
    anna = ContactFactory(agency=agency)
    agreed(coordinator, 2, agency=agency, contact=anna)
    assert names(as_coordinator.get("/platser/bekrafta/")) == []
    press(as_coordinator, f"/kontakter/{anna.pk}/slutat/", left_on="2018-12-31")
    assert names(as_coordinator.get("/platser/bekrafta/")) == ["Arkiv", "Arkiv"]


def test_an_office_tells_what_it_has_in_hand(as_coordinator, as_officer, coordinator, own_officer, office):
    owned(agreed(coordinator)[0], coordinator, own_officer)
    for _ in range(2):
        owned(begun(coordinator), coordinator, own_officer)
    waiting(agreed(coordinator)[0], coordinator, office)
    for browser in (as_coordinator, as_officer):
        response = page(browser, office)
        [address] = [way for words, way in ways(response) if words == "1 avtalad och 2 pågående"]
        assert len(names(browser.get(address))) == 3


def test_an_office_with_nothing_in_hand_says_so(as_coordinator, coordinator, office):
    ordered(agreed(coordinator), coordinator, office)
    assertContains(page(as_coordinator, office), "Inga just nu.")
    assertContains(page(as_coordinator, OfficeFactory()), "Inga just nu.")


def test_an_administrator_sees_the_office_without_its_places(as_administrator, coordinator, own_officer, office):
    owned(agreed(coordinator)[0], coordinator, own_officer)
    assertNotContains(page(as_administrator, office), "Platser som kontoret har hand om")
