"""The page: one box, groups of hits, the best first, and what is said when there is nothing."""

import pytest

from praktik.search import groups as search_groups
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    LetterCopyFactory,
    LetterFactory,
    MatchingOrderFactory,
    MunicipalityFactory,
    OfficeFactory,
    PlacementFactory,
    ended_place,
)
from tests.search.looking import groups, page, titles, told
from tests.search.test_typed import HOSTILE

pytestmark = pytest.mark.django_db


def test_every_kind_is_found_in_its_group_with_its_hit_shown(as_coordinator):
    agency = AgencyFactory(
        name="Skatteverket", note="Ring på vid arkivet.", municipalities=[MunicipalityFactory(name="Ånge")]
    )
    contact = ContactFactory(agency=agency, name="Åsa Öberg", title="arkivchef")
    place = PlacementFactory(agency=agency, duties="Arkiv och registrering", unit="Enhet 3")
    office = OfficeFactory(name="Arbetsförmedlingen Ånge")
    MatchingOrderFactory(office=office, places=[place], occupation="Arkivarbetare", duties="Sorterar")
    DialogueFactory(agency=agency, contacts=[contact], notes="De vill öppna arkivet.")
    LetterCopyFactory(letter__intro="Nu öppnar arkiven!", letter__register_number="112-2327-17")

    found = groups(as_coordinator, "arkiven")

    assert found == {
        "Myndigheter 1": ["Skatteverket Ånge Ring på vid arkivet."],
        "Kontaktpersoner 1": [f"Åsa Öberg, arkivchef Skatteverket · {contact.email} · 0611-555 01"],
        "Platser 1": ["PIS Arkiv och registrering Skatteverket · Enhet 3 avtalad"],
        "Order 1": ["Order till Arbetsförmedlingen Ånge 2018-12-10 Skatteverket Arkivarbetare. Sorterar"],
        "Brev 1": [found["Brev 1"][0]],
        "Dialoger 1": ["Telefon 2018-12-21 Skatteverket · med Åsa Öberg De vill öppna arkivet."],
    }
    assert "skickat 2018-12-31 · 112-2327-17" in found["Brev 1"][0]
    assert "Nu öppnar arkiven!" in found["Brev 1"][0]
    assert told(as_coordinator, "arkiven") == "6 träffar på ”arkiven”"
    assert "De vill öppna <mark>arkivet</mark>." in page(as_coordinator, "arkiven")


def test_a_name_stands_before_a_text_and_a_word_as_typed_before_its_other_forms(as_coordinator):
    text = AgencyFactory(name="Bolagsverket", note="Granne med Tullverket.")
    name = AgencyFactory(name="Tullverket")
    assert titles(as_coordinator, "tullverket", "myndigheter") == [name.name, text.name]
    order = MatchingOrderFactory(duties="Post", prepared="Arkivet är tömt.", office=OfficeFactory(name="Kontoret A"))
    MatchingOrderFactory(duties="Arkiven sorteras", office=OfficeFactory(name="Kontoret B"))
    MatchingOrderFactory(duties="Arkivet sorteras", office=OfficeFactory(name="Kontoret C"))
    assert [title.split()[3] for title in titles(as_coordinator, "arkivet", "order")] == ["C", "B", "A"]
    assert order.prepared


def test_all_words_are_to_be_found_each_in_its_own_way(as_coordinator):
    tax, road = AgencyFactory(name="Skatteverket"), AgencyFactory(name="Trafikverket")
    PlacementFactory(agency=tax, duties="Arkiv")
    PlacementFactory(agency=tax, duties="Post")
    PlacementFactory(agency=road, duties="Arkiv")
    anna = ContactFactory(agency=tax, name="Anna Ek")
    DialogueFactory(agency=tax, contacts=[anna], notes="Om våren.")
    DialogueFactory(agency=tax, notes="Om våren, utan henne.")
    assert list(groups(as_coordinator, "skatteverkets arkiv")["Platser 1"]) == ["PIS Arkiv Skatteverket avtalad"]
    assert "Dialoger 1" in groups(as_coordinator, "anna skatteverket vår")
    assert groups(as_coordinator, "anna trafikverket") == {}


def test_places_by_town_orders_by_office_and_letters_by_their_number(as_coordinator):
    PlacementFactory(municipality=MunicipalityFactory(name="Härnösand"))
    MatchingOrderFactory(office=OfficeFactory(name="Arbetsförmedlingen Härnösand"))
    LetterCopyFactory(letter__register_number="112-2327-17", letter__intro="Hej.")
    assert {"Platser 1", "Order 1"} <= set(groups(as_coordinator, "HÄRNÖSAND"))
    assert list(groups(as_coordinator, "112-2327-17")) == ["Brev 1"]


@pytest.mark.parametrize("typed", ["202100-5448", "2021005448", "202100"])
def test_an_agency_is_found_by_its_number(as_coordinator, typed):
    AgencyFactory(name="Skatteverket", organisation_number="202100-5448")
    assert titles(as_coordinator, typed, "myndigheter") == ["Skatteverket"]


@pytest.mark.parametrize("typed", ["anna.berg@verket.example.se", "berg@", "555 77", "erket"])
def test_a_contact_is_found_by_address_number_and_in_the_middle_of_a_word(as_coordinator, typed):
    ContactFactory(name="Anna Lind", email="anna.berg@verket.example.se", phone="0611-555 77", agency__name="X")
    assert titles(as_coordinator, typed, "kontakter") == ["Anna Lind, HR-specialist"]


def test_what_is_archived_and_who_has_left_is_found_and_says_so(as_coordinator, today):
    AgencyFactory(name="Gamla verket", archived_on=today)
    AgencyFactory(name="Nya verket")
    ContactFactory(name="Verka Ek", left_on="2018-12-01")
    ContactFactory(name="Verka Öst")
    ended_place(duties="Verkstad")
    MatchingOrderFactory(duties="Verkstad", recalled_on=today)
    found = groups(as_coordinator, "verk")
    assert [hit.split(" Kommun")[0] for hit in found["Myndigheter 2"]] == ["Nya verket", "Gamla verket"]
    assert found["Myndigheter 2"][1].endswith("arkiverad")
    assert found["Kontaktpersoner 2"][0].startswith("Verka Öst")
    assert found["Kontaktpersoner 2"][1].endswith("slutade 2018-12-01")
    assert found["Platser 1"][0].endswith("avslutad")
    assert "återtagen" in found["Order 1"][0]


def test_what_was_withdrawn_is_not_yet_sent_or_is_about_a_person_is_not_found(as_coordinator, today):
    DialogueFactory(notes="Hemligt ord: krokodil.", withdrawn_on=today)
    LetterFactory(intro="Krokodil", notices="Krokodil")
    PlacementFactory(withdrawn=True, reason="Krokodil.")
    PlacementFactory(next_step="Ring om krokodil")
    assert told(as_coordinator, "krokodil") == "Inget hittades på ”krokodil”."


def test_five_of_each_are_shown_and_the_rest_by_the_page(as_coordinator):
    for number in range(30):
        PlacementFactory(duties=f"Arkiv {number}")
    DialogueFactory(notes="Arkiv.")
    whole = page(as_coordinator, "arkiv")
    assert len(groups(as_coordinator, "arkiv")["Platser 30"]) == 5
    assert '<a href="?q=arkiv&amp;grupp=platser">Visa alla 30' in whole
    assert whole.count("Visa alla") == 1
    only = groups(as_coordinator, "arkiv", grupp="platser")
    assert (list(only), len(only["Platser 30"])) == (["Platser 30"], 25)
    assert told(as_coordinator, "arkiv", grupp="platser") == "30 träffar på ”arkiv” bland platser. Visa alla slag"
    assert len(groups(as_coordinator, "arkiv", grupp="platser", sida="2")["Platser 30"]) == 5
    assert len(groups(as_coordinator, "arkiv", grupp="platser", sida="99")["Platser 30"]) == 5
    assert set(groups(as_coordinator, "arkiv", grupp="krokodiler")) == {"Platser 30", "Dialoger 1"}
    nothing = page(as_coordinator, "post", grupp="platser")
    assert "Inget hittades på ”post” bland platser." in nothing
    assert '<a href="?q=post">' in nothing


def test_of_very_many_the_newest_are_shown_and_it_is_said_that_there_are_more(as_coordinator, monkeypatch):
    monkeypatch.setattr(search_groups, "MOST", 3)
    agency = AgencyFactory(name="Skatteverket")
    for number in range(4):
        DialogueFactory(agency=agency, notes=f"Arkiv {number}", held_on=f"2018-12-0{number + 1}")
    found = groups(as_coordinator, "arkiv")
    assert [hit[:18] for hit in found["Dialoger fler än 3"]] == [
        "Telefon 2018-12-04",
        "Telefon 2018-12-03",
        "Telefon 2018-12-02",
    ]
    assert told(as_coordinator, "arkiv") == "Fler än 3 träffar på ”arkiv”"
    assert "Här visas de 3 nyaste." in page(as_coordinator, "arkiv", grupp="dialoger")


def test_what_is_far_back_in_a_long_table_is_found_too(as_coordinator, monkeypatch):
    monkeypatch.setattr(search_groups, "NEAR", 2)
    agency, anna = AgencyFactory(name="Skatteverket"), ContactFactory(name="Anna Ek")
    DialogueFactory(agency=agency, contacts=[anna], notes="Om arkivet.")
    for _ in range(4):
        DialogueFactory(notes="Om posten.")
    for typed in ("arkiv", "anna", "skatteverket", "skatteverket arkiv anna"):
        assert "Dialoger 1" in groups(as_coordinator, typed), typed
    assert "Dialoger 4" in groups(as_coordinator, "posten")


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_page_stands_whatever_is_typed(as_coordinator, typed):
    AgencyFactory(name="Arkivverket")
    shown = page(as_coordinator, typed)
    assert "<script>" not in shown
    assert page(as_coordinator, typed, grupp="myndigheter")


def test_an_empty_question_tells_what_can_be_searched(as_coordinator, as_officer):
    for typed in ("", "  ", "?!"):
        assert "Sökningen går igenom" in page(as_coordinator, typed)
    assert "anteckningarna och" in page(as_coordinator, "")
    assert "anteckningarna" not in page(as_officer, "")
    assert "Sökningen går igenom" in as_coordinator.get("/sok/").content.decode()


def test_the_page_keeps_what_was_typed_and_the_part_is_the_part(as_coordinator):
    whole = as_coordinator.get("/sok/", {"q": 'arkiv "post" & <b>'}).content.decode()
    assert 'value="arkiv &quot;post&quot; &amp; &lt;b&gt;"' in whole
    assert whole.count('type="search"') == 1
    part = as_coordinator.get("/sok/", {"q": "arkiv"}, headers=HTMX).content.decode()
    assert part.lstrip().startswith('<div id="found"')
    assert "autofocus" not in part


def test_the_box_stands_in_the_top_of_every_page(as_coordinator):
    top = as_coordinator.get("/kontor/").content.decode().split("</header>")[0]
    assert 'action="/sok/"' in top
    assert 'placeholder="Sök överallt"' in top
    assert 'data-key="/"' in top


def test_the_list_of_agencies_keeps_its_own_filter(as_coordinator):
    AgencyFactory(name="Skatteverket")
    AgencyFactory(name="Tullverket")
    body = as_coordinator.get("/myndigheter/?q=skatte").content.decode().split("</header>")[1]
    assert 'id="id_q"' in body
    assert "Skatteverket" in body
    assert "Tullverket" not in body


def test_the_number_of_questions_is_the_same_for_one_row_and_for_thirty(as_coordinator, django_assert_max_num_queries):
    def asked():
        as_coordinator.get("/sok/", {"q": "arkiv"})
        with django_assert_max_num_queries(22) as queries:
            as_coordinator.get("/sok/", {"q": "arkiv"})
        return len(queries)

    def one_of_each():
        agency = AgencyFactory(note="Arkiv")
        contact = ContactFactory(agency=agency, title="Arkivchef")
        place = PlacementFactory(agency=agency)
        MatchingOrderFactory(places=[place])
        DialogueFactory(agency=agency, contacts=[contact], notes="Arkiv")
        LetterCopyFactory(letter__intro="Arkiv")

    one_of_each()
    one = asked()
    for _ in range(29):
        one_of_each()
    assert asked() == one
