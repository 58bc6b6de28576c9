"""The list of agencies: searching, filtering, sorting, turning pages, and who may see what of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from agencies.choices import ObstacleKind
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/myndigheter/"


def found(client, **asked) -> list[str]:
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return [agency.name for agency in response.context["page"]]


def filter_errors(response) -> dict[str, list[str]]:
    return {name: list(each) for name, each in response.context["filter"].errors.items()}


@pytest.fixture
def forest():
    """An agency that every search below may find, with a contact."""
    agency = AgencyFactory(name="Skogsstyrelsen i Ånge", organisation_number="202100-5612")
    ContactFactory(agency=agency, name="Örjan Åström", email="orjan.astrom@skog.example.se")
    return agency


@pytest.fixture
def stranger():
    """Another agency, with a contact, a dialogue, a step and an obstacle of its own."""
    agency = AgencyFactory(name="Kustbevakningen", organisation_number="202100-3997")
    contact = ContactFactory(agency=agency, name="Berit Berg", email="berit@kust.example.se")
    dialogue = DialogueFactory(agency=agency, contacts=[contact])
    NextStepFactory(agency=agency, dialogue=dialogue, what="Ring igen")
    ObstacleFactory(agency=agency, kind=ObstacleKind.VETTING, dialogue=dialogue)
    return agency


# Searching


@pytest.mark.parametrize(
    "words",
    [
        "skogsstyrelsen",
        "SKOGS",
        "styrelsen i",
        "ånge",
        "ÅNGE",
        "202100-5612",
        "2021005612",
        "5612",
        "2021005",
        "örjan",
        "ÖRJAN",
        "åström",
        "orjan.astrom@",
        "ORJAN.ASTROM@SKOG.EXAMPLE.SE",
        "  skog  ",
        "åström skog",
        "ånge 2021005612 örjan",
        "i ånge skogs",
    ],
)
def test_a_search_finds_the_agency_by_name_number_contact_and_address(as_coordinator, forest, stranger, words):
    assert found(as_coordinator, q=words) == ["Skogsstyrelsen i Ånge"]


@pytest.mark.parametrize("words", ["härnö", "HÄRNÖ", "Härnösand", "hÄRNÖSAND"])
def test_capitals_make_no_difference_to_å_ä_ö_in_an_agency_s_name(as_coordinator, forest, words):
    AgencyFactory(name="TINGSRÄTTEN I HÄRNÖSAND")
    assert found(as_coordinator, q=words) == ["TINGSRÄTTEN I HÄRNÖSAND"]


def test_capitals_make_no_difference_to_å_ä_ö_in_a_contact_s_name(as_coordinator, stranger):
    ContactFactory(agency=AgencyFactory(name="Domstolen"), name="ÅSA HÄRNÖ")
    assert found(as_coordinator, q="åsa härnö") == ["Domstolen"]


def test_a_and_å_are_different_letters(as_coordinator, forest):
    assert found(as_coordinator, q="ange") == []


def test_every_word_must_be_found(as_coordinator, forest, stranger):
    assert found(as_coordinator, q="skogsstyrelsen kustbevakningen") == []


def test_the_words_may_be_found_with_different_contacts(as_coordinator, forest):
    ContactFactory(agency=forest, name="Ylva Ek")
    assert found(as_coordinator, q="örjan ylva") == ["Skogsstyrelsen i Ånge"]


def test_an_agency_is_found_once_however_many_contacts_match(as_coordinator, forest):
    ContactFactory.create_batch(3, agency=forest, name="Örjan Öberg")
    assert found(as_coordinator, q="örjan") == ["Skogsstyrelsen i Ånge"]


def test_agencies_that_share_an_organisation_number_are_all_found(as_coordinator, forest):
    for name in ("Tingsrätten A", "Tingsrätten B"):
        AgencyFactory(name=name, organisation_number="202100-2742")
    assert found(as_coordinator, q="202100-2742") == ["Tingsrätten A", "Tingsrätten B"]


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', "*", "?", "["])
def test_signs_that_mean_something_to_a_database_are_letters_to_the_search(as_coordinator, stranger, sign):
    AgencyFactory(name=f"Verket {sign} tecken")
    assert found(as_coordinator, q=sign) == [f"Verket {sign} tecken"]
    assert found(as_coordinator, q=f"bev{sign}kningen") == []


def test_emoji_arabic_and_markup_are_searched_for_as_they_are(as_coordinator, stranger):
    for name in ("Verket 🌲", "مكتب العمل", "<script>alert(1)</script>"):
        AgencyFactory(name=name)
    assert found(as_coordinator, q="🌲") == ["Verket 🌲"]
    assert found(as_coordinator, q="العمل") == ["مكتب العمل"]
    response = as_coordinator.get(LIST, {"q": "<script>alert(1)</script>"})
    assertNotContains(response, "<script>alert(1)")
    assertContains(response, "&lt;script&gt;alert(1)")


def test_a_search_of_many_short_words_is_answered(as_coordinator, forest):
    assert found(as_coordinator, q="s " * 50) == ["Skogsstyrelsen i Ånge"]


@pytest.mark.parametrize("client", ["as_coordinator", "as_officer"])
def test_who_was_found_is_named_with_a_telephone_number(client, request, forest, stranger, today):
    ContactFactory(agency=forest, name="Ylva Ek")
    ContactFactory(agency=forest, name="Örjan Slutad", left_on=today)
    ContactFactory(agency=stranger, name="Örjan Främmande", left_on=today)
    response = request.getfixturevalue(client).get(LIST, {"q": "örjan"})
    rows = {agency.name: [contact.name for contact in agency.hits] for agency in response.context["page"]}
    assert rows == {"Kustbevakningen": [], "Skogsstyrelsen i Ånge": ["Örjan Åström"]}
    assertContains(response, "tel:0611-55501")


def test_nobody_is_named_when_the_agency_itself_was_found(as_coordinator, forest):
    (row,) = as_coordinator.get(LIST, {"q": "skogsstyrelsen"}).context["page"]
    assert row.hits == []


def test_an_empty_search_finds_all(as_coordinator, forest, stranger):
    assert found(as_coordinator, q="   ") == ["Kustbevakningen", "Skogsstyrelsen i Ånge"]


def test_a_search_that_finds_nothing_says_what_to_do(as_coordinator, forest):
    response = as_coordinator.get(LIST, {"q": "finns inte"})
    assertContains(response, "Ingen myndighet stämmer med det du valt.")
    assertContains(response, "Visa alla")


def test_an_empty_list_says_what_to_do(as_coordinator):
    assertContains(as_coordinator.get(LIST), "Lägg in den första")


def test_what_was_searched_for_stands_in_the_box(as_coordinator, forest):
    assertContains(as_coordinator.get(LIST, {"q": "Åström"}), 'value="Åström"')


# Filtering


def test_by_municipality(as_coordinator, forest, stranger):
    here = MunicipalityFactory(code="2260", name="Ånge")
    AgencyFactory(name="Båda", municipalities=[here, MunicipalityFactory()])
    assert found(as_coordinator, kommun="2260") == ["Båda"]


def test_the_list_offers_all_municipalities(as_coordinator, forest):
    MunicipalityFactory(code="2280", name="Härnösand")
    assertContains(as_coordinator.get(LIST), '<option value="2280">Härnösand</option>', html=True)


@pytest.fixture
def hindered(today):
    def obstacle(name, kind, **fields):
        ObstacleFactory(agency=AgencyFactory(name=name), kind=kind, **fields)

    obstacle("Olöst", ObstacleKind.NO_TUTOR)
    obstacle("Löst i dag", ObstacleKind.NO_TUTOR, resolved_on=today)
    obstacle("Annat slag", ObstacleKind.NO_TIME)
    AgencyFactory(name="Utan")


def test_by_kind_of_obstacle(as_coordinator, hindered):
    assert found(as_coordinator, hinder=ObstacleKind.NO_TUTOR) == ["Olöst"]


def test_by_any_unresolved_obstacle(as_coordinator, hindered):
    assert found(as_coordinator, hinder="alla") == ["Annat slag", "Olöst"]


@pytest.fixture
def planned(today):
    def step(name, due_on, **fields):
        NextStepFactory(agency=AgencyFactory(name=name), due_on=due_on, **fields)

    step("I går", today - timedelta(days=1))
    step("I dag", today)
    step("Senare", today + timedelta(days=30))
    step("Gjort", today - timedelta(days=9), done_on=today)
    AgencyFactory(name="Inget")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("har", ["I dag", "I går", "Senare"]),
        ("forsenat", ["I går"]),
        ("saknas", ["Gjort", "Inget"]),
    ],
)
def test_by_next_step(as_coordinator, planned, value, expected):
    assert found(as_coordinator, steg=value) == expected


@pytest.fixture
def silent(today):
    for days in (0, 29, 30, 31):
        DialogueFactory(agency=AgencyFactory(name=f"{days} dagar"), held_on=today - timedelta(days=days))
    busy = AgencyFactory(name="Både nyss och länge sedan")
    for days in (3, 300):
        DialogueFactory(agency=busy, held_on=today - timedelta(days=days))
    AgencyFactory(name="Aldrig")


def test_by_silence_counts_the_day_itself_and_those_never_contacted(as_coordinator, silent):
    assert found(as_coordinator, tyst=30) == ["30 dagar", "31 dagar", "Aldrig"]


def test_silent_for_one_day_leaves_out_only_those_heard_today(as_coordinator, silent):
    assert found(as_coordinator, tyst=1, ordning="-dialog") == [
        "Både nyss och länge sedan",
        "29 dagar",
        "30 dagar",
        "31 dagar",
        "Aldrig",
    ]


def test_by_never_contacted(as_coordinator, silent):
    assert found(as_coordinator, aldrig="on") == ["Aldrig"]


def test_one_never_contacted_is_told_apart(as_coordinator, silent):
    assertContains(as_coordinator.get(LIST), "Aldrig kontaktad</span>", count=1)


def test_archived_agencies_are_shown_only_when_asked_for(as_coordinator, forest, today):
    AgencyFactory(name="Nedlagd", archived_on=today)
    assert found(as_coordinator) == ["Skogsstyrelsen i Ånge"]
    assert found(as_coordinator, arkiv="on") == ["Nedlagd"]
    assert found(as_coordinator, q="nedlagd") == []


def test_filters_add_up(as_coordinator, hindered, today):
    agency = Agency.objects.get(name="Olöst")
    DialogueFactory(agency=agency, held_on=today - timedelta(days=90))
    assert found(as_coordinator, q="löst", hinder="alla", tyst=60, steg="saknas") == ["Olöst"]
    assert found(as_coordinator, q="löst", hinder="alla", aldrig="on") == []


def test_a_filter_in_the_address_is_chosen_on_the_page(as_coordinator, hindered):
    assertContains(
        as_coordinator.get(LIST, {"hinder": "alla", "tyst": "30"}),
        '<option value="alla" selected>Något olöst hinder</option>',
        html=True,
    )


# Sorting

SWEDISH = ["Adalen", "Zinkgruvan", "Ånge", "Älvdalen", "Örnsköldsvik"]


@pytest.mark.parametrize("order", ["", "namn"])
def test_names_stand_in_swedish_order(as_coordinator, order):
    for name in reversed(SWEDISH):
        AgencyFactory(name=name)
    assert found(as_coordinator, ordning=order) == SWEDISH


@pytest.mark.parametrize("order", ["dialog", "-dialog", "steg", "-hinder", "-kontakter"])
def test_what_is_alike_stands_in_swedish_name_order(as_coordinator, order):
    for name in reversed(SWEDISH):
        AgencyFactory(name=name)
    assert found(as_coordinator, ordning=order) == SWEDISH


def test_by_latest_dialogue_the_never_contacted_are_the_most_silent(as_coordinator, today):
    for name, days in (("Gammal", 100), ("Ny", 1)):
        DialogueFactory(agency=AgencyFactory(name=name), held_on=today - timedelta(days=days))
    AgencyFactory(name="Aldrig")
    assert found(as_coordinator, ordning="dialog") == ["Aldrig", "Gammal", "Ny"]
    assert found(as_coordinator, ordning="-dialog") == ["Ny", "Gammal", "Aldrig"]


def test_by_next_step_those_without_one_stand_last(as_coordinator, planned):
    assert found(as_coordinator, ordning="steg") == ["I går", "I dag", "Senare", "Gjort", "Inget"]


def test_by_number_of_unresolved_obstacles(as_coordinator, today):
    one, two, resolved = (AgencyFactory(name=name) for name in ("Ett", "Två", "Alla lösta"))
    ObstacleFactory(agency=one)
    for kind in (ObstacleKind.NO_TUTOR, ObstacleKind.NO_TIME):
        ObstacleFactory(agency=two, kind=kind)
    for kind in (ObstacleKind.NO_TUTOR, ObstacleKind.NO_TIME, ObstacleKind.VETTING):
        ObstacleFactory(agency=resolved, kind=kind, resolved_on=today)
    assert found(as_coordinator, ordning="-hinder") == ["Två", "Ett", "Alla lösta"]


def test_by_number_of_contacts_who_have_not_left(as_coordinator, today):
    one, two, gone = (AgencyFactory(name=name) for name in ("En", "Två", "Alla har slutat"))
    ContactFactory(agency=one)
    ContactFactory(agency=two)
    ContactFactory(agency=two, left_on=today + timedelta(days=1))
    ContactFactory.create_batch(3, agency=gone, left_on=today)
    assert found(as_coordinator, ordning="-kontakter") == ["Två", "En", "Alla har slutat"]


# Columns


def test_each_row_tells_contacts_last_dialogue_next_step_and_obstacles(as_coordinator, today):
    towns = [MunicipalityFactory(name="Sollefteå"), MunicipalityFactory(name="Kramfors")]
    agency = AgencyFactory(name="Trafikverket", municipalities=towns)
    ContactFactory.create_batch(2, agency=agency)
    ContactFactory(agency=agency, left_on=today)
    for held_on in (date(2018, 12, 13), date(2018, 3, 1)):
        DialogueFactory(agency=agency, held_on=held_on)
    for what, due_on in (("Senare", date(2019, 2, 1)), ("Skicka avtal", date(2018, 12, 19))):
        NextStepFactory(agency=agency, what=what, due_on=due_on)
    NextStepFactory(agency=agency, what="Gjort", due_on=date(2018, 1, 1), done_on=today)
    for kind in (ObstacleKind.NO_TUTOR, ObstacleKind.NO_TIME):
        ObstacleFactory(agency=agency, kind=kind)
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR, resolved_on=today)

    (row,) = as_coordinator.get(LIST).context["page"]
    assert sorted(row.places.split(", ")) == ["Kramfors", "Sollefteå"]
    assert row.contact_count == 2
    assert row.last_dialogue_on == date(2018, 12, 13)
    assert (row.next_step, row.next_step_on) == ("Skicka avtal", date(2018, 12, 19))
    assert row.obstacle_count == 2
    response = as_coordinator.get(LIST)
    assertContains(response, "för 18 dagar sedan")
    assertContains(response, "Försenat 12 dagar")


def test_an_agency_s_municipalities_stand_in_swedish_order(as_coordinator):
    names = ["Ånge", "Älvdalen", "Örnsköldsvik", "Sundsvall", "Zinkgruvan"]
    AgencyFactory(municipalities=[MunicipalityFactory(name=name) for name in names])
    (row,) = as_coordinator.get(LIST).context["page"]
    assert row.places == "Sundsvall, Zinkgruvan, Ånge, Älvdalen, Örnsköldsvik"


def test_the_counts_of_one_agency_do_not_run_into_another_s(as_coordinator, stranger, today):
    AgencyFactory(name="Tom")
    empty, full = sorted(as_coordinator.get(LIST).context["page"], key=lambda row: row.contact_count)
    assert (empty.contact_count, empty.obstacle_count, empty.next_step) == (0, 0, None)
    assert (full.contact_count, full.obstacle_count, full.next_step) == (1, 1, "Ring igen")


# Bad input in the address


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kommun", "finns inte"),
        ("kommun", "\0"),
        ("hinder", "okänt"),
        ("steg", "okänt"),
        ("tyst", "länge"),
        ("tyst", "-1"),
        ("tyst", "0"),
        ("tyst", "NaN"),
        ("tyst", "Infinity"),
        ("tyst", "5001"),
        ("tyst", "9" * 5000),
        ("tyst", "\0"),
        ("ordning", "baklänges"),
        ("ordning", "name; DROP TABLE"),
        ("q", "å" * 101),
        ("q", "skog\0"),
    ],
)
def test_an_unknown_value_is_explained_and_the_filter_not_used(as_coordinator, forest, field, value):
    response = as_coordinator.get(LIST, {field: value})
    assert response.status_code == 200
    assert list(filter_errors(response)) == [field]
    assertContains(response, "Filtret används inte.")
    assert [agency.name for agency in response.context["page"]] == ["Skogsstyrelsen i Ånge"]


def test_a_search_of_a_hundred_letters_is_searched_for(as_coordinator, forest):
    response = as_coordinator.get(LIST, {"q": "å" * 100})
    assert filter_errors(response) == {}
    assert list(response.context["page"]) == []


def test_one_unknown_value_leaves_the_other_filters_at_work(as_coordinator, forest, stranger):
    assert found(as_coordinator, q="skog", kommun="9999") == ["Skogsstyrelsen i Ånge"]


def test_an_unknown_parameter_is_left_alone(as_coordinator, forest):
    assert found(as_coordinator, utm_source="brev", id="1 OR 1=1") == ["Skogsstyrelsen i Ånge"]


# Pages


@pytest.fixture
def many():
    Agency.objects.bulk_create(Agency(name=f"Myndighet {number:02}") for number in range(1, 61))


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("1", "Myndighet 01"),
        ("2", "Myndighet 26"),
        ("3", "Myndighet 51"),
        ("4", "Myndighet 51"),
        ("0", "Myndighet 51"),
        ("-1", "Myndighet 51"),
        ("99999999999999999999", "Myndighet 51"),
        ("9" * 5000, "Myndighet 01"),
        ("tre", "Myndighet 01"),
        ("", "Myndighet 01"),
        ("\0", "Myndighet 01"),
        ("2.5", "Myndighet 01"),
    ],
)
def test_an_unknown_page_gives_the_nearest_there_is(as_coordinator, many, page, first):
    assert found(as_coordinator, sida=page)[0] == first


def test_the_page_says_where_in_the_list_one_is(as_coordinator, many):
    response = as_coordinator.get(LIST, {"sida": "99"})
    assertContains(response, "51–60 av 60")
    assertContains(response, "60 myndigheter")


def test_turning_the_page_keeps_the_filter(as_coordinator, many):
    response = as_coordinator.get(LIST, {"q": "myndighet", "ordning": "namn"})
    assertContains(response, "?q=myndighet&amp;ordning=namn&amp;sida=2")


def test_sorting_anew_begins_on_the_first_page(as_coordinator, many):
    response = as_coordinator.get(LIST, {"sida": "2"})
    assertContains(response, 'href="?ordning=-dialog"')


# Fragment and page


def test_htmx_gets_only_the_rows(as_coordinator, forest):
    response = as_coordinator.get(LIST, {"q": "skog"}, headers=HTMX)
    assertContains(response, '<div id="found"')
    assertContains(response, "Skogsstyrelsen")
    assertNotContains(response, "<html")
    assertNotContains(response, "<form")


def test_the_page_holds_the_same_rows(as_coordinator, forest):
    response = as_coordinator.get(LIST, {"q": "skog"})
    assertTemplateUsed(response, "agencies/agency_list.html")
    assertContains(response, '<div id="found"', count=1)
    fragment = as_coordinator.get(LIST, {"q": "skog"}, headers=HTMX).content.decode()
    assert fragment.strip() in response.content.decode()


# Who sees what


def test_a_case_officer_searches_the_whole_county(as_officer, officer, forest, stranger):
    OfficeFactory(officers=[officer])
    assert found(as_officer) == ["Kustbevakningen", "Skogsstyrelsen i Ånge"]
    assert found(as_officer, q="örjan") == ["Skogsstyrelsen i Ånge"]


def test_a_case_officer_sees_nothing_of_obstacles_and_steps(as_officer, officer, stranger):
    OfficeFactory(officers=[officer], municipalities=stranger.municipalities.all())
    for headers in ({}, HTMX):
        response = as_officer.get(LIST, headers=headers)
        assertContains(response, "Kustbevakningen")
        for words in ("hinder", "Hinder", "steg", "Ring igen"):
            assertNotContains(response, words)


@pytest.mark.once
@pytest.mark.parametrize("field", ["hinder", "steg"])
@pytest.mark.parametrize("value", ["alla", "no_tutor", "har", "saknas", "forsenat", "okänt"])
def test_a_case_officer_s_list_does_not_obey_filters_over_what_is_not_shown(as_officer, forest, stranger, field, value):
    assert found(as_officer, **{field: value}) == ["Kustbevakningen", "Skogsstyrelsen i Ånge"]


@pytest.mark.parametrize("order", ["steg", "-hinder"])
def test_a_case_officer_s_list_does_not_obey_an_order_over_what_is_not_shown(as_officer, order):
    for name in ("B", "A"):
        AgencyFactory(name=name)
    ObstacleFactory(agency=Agency.objects.get(name="B"))
    NextStepFactory(agency=Agency.objects.get(name="B"))
    response = as_officer.get(LIST, {"ordning": order})
    assert [agency.name for agency in response.context["page"]] == ["A", "B"]
    assert list(filter_errors(response)) == ["ordning"]


def test_a_case_officer_is_not_offered_to_add_an_agency(as_officer):
    assertNotContains(as_officer.get(LIST), "/myndigheter/ny/")


@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_others_are_told_who_may_see_the_list(client, request, forest):
    response = request.getfixturevalue(client).get(LIST)
    assertContains(response, "Den visas för koordinator och handläggare.", status_code=403)
    assertNotContains(response, "Skogsstyrelsen", status_code=403)


# What it costs


def fill(number: int, user) -> None:
    """So many agencies with a contact, a dialogue, a step and an obstacle each."""
    town = MunicipalityFactory()
    agencies = Agency.objects.bulk_create(Agency(name=f"Myndighet {each}") for each in range(number))
    Agency.municipalities.through.objects.bulk_create(
        Agency.municipalities.through(agency=agency, municipality=town) for agency in agencies
    )
    Contact.objects.bulk_create(Contact(agency=agency, name="Kim") for agency in agencies)
    Dialogue.objects.bulk_create(Dialogue(agency=agency, held_on=date(2018, 5, 1), by=user) for agency in agencies)
    NextStep.objects.bulk_create(
        NextStep(agency=agency, what="Ring", due_on=date(2019, 1, 9), owner=user) for agency in agencies
    )
    Obstacle.objects.bulk_create(
        Obstacle(agency=agency, kind=ObstacleKind.NO_TUTOR, noted_on=date(2018, 5, 1)) for agency in agencies
    )


@pytest.mark.once
@pytest.mark.parametrize("address", [LIST, f"{LIST}?q=kim+mynd&tyst=30&hinder=alla&steg=har&ordning=-hinder"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_the_list_costs_the_same_number_of_queries_however_long(as_coordinator, coordinator, address, headers):
    as_coordinator.get(LIST)  # The session's end is moved on at the first request, and then rarely.
    costs = {}
    for number in (1, 3, 300):
        Obstacle.objects.all().delete()
        for model in (NextStep, Dialogue, Contact, Agency):
            model.objects.all().delete()
        fill(number, coordinator)
        with CaptureQueriesContext(connection) as queries:
            response = as_coordinator.get(address, headers=headers)
        assert response.context["page"].paginator.count == number
        costs[number] = len(queries)
    assert len(set(costs.values())) == 1, costs
    assert costs[300] <= 8, costs
