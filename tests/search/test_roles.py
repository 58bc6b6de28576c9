"""What one may not see is not found, not even as a number."""

import pytest

from praktik.accounts.roles import Role
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    LetterCopyFactory,
    LetterFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
)
from tests.search.looking import groups, page, told
from tests.walk import GET, Room, looking_writes_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    """Many dialogues whose notes tell of what nothing else does."""
    tax, road = AgencyFactory(name="Skatteverket"), AgencyFactory(name="Trafikverket")
    anna = ContactFactory(agency=tax, name="Anna Ek")
    for number in range(8):
        DialogueFactory(
            agency=tax, contacts=[anna], notes=f"Krokodil {number} på vinden, sade Anna.", held_on="2018-11-01"
        )
        DialogueFactory(agency=road, notes="Krokodil i källaren.")
    DialogueFactory(agency=tax, notes="Anna Skatteverket Anna Skatteverket.", held_on="2018-10-01")


@pytest.mark.usefixtures("county")
def test_notes_are_found_by_whoever_may_read_them_and_by_nobody_else(as_coordinator, as_officer):
    assert list(groups(as_coordinator, "krokodil")) == ["Dialoger 16"]
    assert told(as_officer, "krokodil") == "Inget hittades på ”krokodil”."
    for more in ({}, {"grupp": "dialoger"}, {"grupp": "dialoger", "sida": "2"}):
        shown = page(as_officer, "krokodil", **more)
        assert "<section" not in shown
        assert "16" not in shown
    # A word that is found in another way says nothing of the notes either.
    for typed in ("skatteverket krokodil", "anna krokodil", "skatteverket källaren"):
        assert groups(as_officer, typed) == {}


@pytest.mark.usefixtures("county")
def test_an_officer_finds_dialogues_by_agency_and_people_without_their_notes(as_officer):
    found = groups(as_officer, "anna")
    assert list(found) == ["Kontaktpersoner 1", "Dialoger 8"]
    assert set(found["Dialoger 8"]) == {"Telefon 2018-11-01 Skatteverket · med Anna Ek"}
    by_agency = groups(as_officer, "skatteverket", grupp="dialoger")["Dialoger 9"]
    # The notes that name the agency twice do not come first.
    assert by_agency[-1].startswith("Telefon 2018-10-01")
    for typed in ("anna", "skatteverket"):
        shown = as_officer.get("/sok/", {"q": typed}).content.decode()
        assert "Krokodil" not in shown
        assert "vinden" not in shown


def test_what_is_told_of_a_person_in_place_is_found_by_nobody(as_coordinator, as_officer):
    PlacementFactory(withdrawn=True, duties="Post", reason="Zebra")
    ended_place(duties="Post")
    for browser in (as_coordinator, as_officer):
        assert groups(browser, "zebra") == {}
        assert groups(browser, "kvinna") == {}
        assert groups(browser, "nyanlända") == {}


def test_both_read_the_letters_that_were_sent_and_neither_finds_a_draft(as_coordinator, as_officer):
    LetterCopyFactory(letter__intro="Om giraffen.")
    LetterFactory(intro="Om giraffen.")
    for browser in (as_coordinator, as_officer):
        assert list(groups(browser, "giraff")) == ["Brev 1"]


def test_a_group_one_may_not_read_is_not_there_to_be_asked_for(as_officer, officer, monkeypatch):
    PlacementFactory(duties="Arkiv")
    kept = type(officer).permissions.func

    def without_places(user):
        return kept(user) - {"placements.view_placement"}

    monkeypatch.setattr(type(officer).permissions, "func", without_places)
    assert groups(as_officer, "arkiv") == {}
    assert told(as_officer, "arkiv", grupp="platser") == "Inget hittades på ”arkiv”."


@pytest.mark.once
@pytest.mark.parametrize("role", [Role.STEERING_GROUP, Role.ADMINISTRATOR])
def test_whoever_has_nothing_to_search_has_no_box_and_is_told_who_has(log_in, role):
    browser = log_in(UserFactory(role=role))
    assert 'type="search"' not in browser.get("/konto/").content.decode()
    answer = browser.get("/sok/", {"q": "arkiv"})
    assert answer.status_code == 403
    assert "Den visas för koordinator och handläggare." in answer.content.decode()
    assert browser.get("/sok/", {"q": "arkiv"}, headers=HTMX).status_code == 403


@pytest.mark.once
def test_the_page_is_only_read(as_coordinator, log_in):
    from praktik.urls import urlpatterns

    room = Room([each for each in urlpatterns if getattr(each, "name", "") == "search"], {"search": GET})
    room.is_whole()
    room.says_its_permission("search")
    room.answers_who_may("search", "/sok/?q=arkiv", log_in, {role: UserFactory(role=role) for role in Role})
    room.refuses_other_methods("search", "/sok/", as_coordinator)
    looking_writes_nothing(as_coordinator, "/sok/?q=arkiv")
