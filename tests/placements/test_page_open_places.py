"""Open places: the case officer's page, nearest first, filtered, with how each stands and what to do with it."""

from datetime import date
from urllib.parse import parse_qs, urlparse

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from placements.choices import AnswerKind, Requirement
from placements.models import Placement
from praktik.accounts.roles import Role
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    MunicipalityFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)
from tests.placements.pages import cost, names, offered, said, ways

pytestmark = pytest.mark.django_db

LIST = "/platser/oppna/"
EARLY, LATE = date(2019, 1, 7), date(2019, 4, 1)


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def stranger(db):
    """The officer of another office, with places, an order and a handover of their own there."""
    officer = UserFactory(role=Role.CASE_OFFICER)
    OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[officer])
    return officer


def found(browser, **asked) -> list[str]:
    response = browser.get(LIST, asked)
    assert response.status_code == 200
    return names(response)


# Which, and in which order


def test_what_is_agreed_and_not_started_is_there_and_nothing_else(as_own):
    PlacementFactory(duties="Avtalad")
    for made in (ongoing_place, ended_place, withdrawn_place):
        made(duties="Något annat")
    response = as_own.get(LIST)
    assertTemplateUsed(response, "placements/open_places.html")
    assert names(response) == ["Avtalad"]


def near_and_far(office) -> list[str]:
    """Places of every nearness, those far away with the earliest start; in the order in which an officer sees them."""
    town = office.municipalities.get()
    PlacementFactory(duties="Annan kommun", planned_start=EARLY)
    PlacementFactory(duties="Annan kommun, senare", planned_start=LATE)
    PlacementFactory(duties="Vår kommun", municipality=town, planned_start=EARLY)
    PlacementFactory(duties="Vårt ägda", office=office, planned_start=date(2019, 2, 1))
    offered_to = PlacementFactory(duties="Överlämnas till oss", planned_start=date(2019, 3, 1))
    HandoverFactory(placement=offered_to, office=office)
    ordered = PlacementFactory(duties="Vår order", planned_start=LATE)
    MatchingOrderFactory(places=[ordered], office=office)
    return ["Vårt ägda", "Överlämnas till oss", "Vår order", "Vår kommun", "Annan kommun", "Annan kommun, senare"]


def test_the_own_office_s_stand_first_then_those_of_its_municipalities_then_the_others(as_own, office):
    expected = near_and_far(office)
    response = as_own.get(LIST)
    assert names(response) == expected
    assertContains(response, '<tr class="own">', count=3)


def test_a_coordinator_reads_them_by_planned_start(as_coordinator, office):
    near_and_far(office)
    response = as_coordinator.get(LIST)
    days = [row.place.planned_start for row in response.context["rows"]]
    assert len(days) == 6
    assert days == sorted(days)
    assertNotContains(response, 'class="own"')


def test_what_was_returned_or_given_up_is_not_near(as_own, office):
    HandoverFactory(placement=PlacementFactory(duties="I retur"), office=office, returned_on="2018-12-20", reason="Nej")
    PlacementFactory(duties="Före", planned_start=EARLY)
    assert found(as_own) == ["Före", "I retur"]


# What the list begins with


def test_an_officer_is_told_how_many_are_theirs_and_wait_for_them(as_own, office):
    near_and_far(office)
    text = "6 platser är avtalade och inte startade i länet. 3 hör till ditt kontor, 1 väntar på ditt svar."
    assertContains(as_own.get(LIST), text)


def test_a_coordinator_is_told_how_many_there_are(as_coordinator):
    PlacementFactory()
    response = as_coordinator.get(LIST)
    assertContains(response, "1 plats är avtalad och inte startad i länet.")
    assertNotContains(response, "ditt kontor")


def test_the_numbers_are_of_what_the_filters_let_through(as_own, office):
    PlacementFactory(duties="Vår", programme=programme("MBJ"), office=office)
    PlacementFactory.create_batch(2)
    text = "1 plats är avtalad och inte startad enligt filtren. 1 hör till ditt kontor, 0 väntar på ditt svar."
    assertContains(as_own.get(LIST, {"insats": "MBJ"}), text)


# Filters


def test_by_programme(as_own):
    PlacementFactory(duties="PIS")
    PlacementFactory(duties="MBJ", programme=programme("MBJ"))
    assert found(as_own, insats="MBJ") == ["MBJ"]


def test_by_municipality(as_own):
    PlacementFactory(duties="Ånge", municipality=MunicipalityFactory(code="2260", name="Ånge"))
    PlacementFactory(duties="Ingen")
    assert found(as_own, kommun="2260") == ["Ånge"]


def test_by_target_group(as_own, newly_arrived, disability):
    PlacementFactory(duties="Nyanlända", target_groups=[newly_arrived])
    PlacementFactory(duties="Båda")
    PlacementFactory(duties="Funktionsnedsättning", target_groups=[disability])
    assert sorted(found(as_own, malgrupp="newly_arrived")) == ["Båda", "Nyanlända"]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("30", ["-1", "0", "30"]),
        ("60", ["-1", "0", "30", "31", "60"]),
        ("90", ["-1", "0", "30", "31", "60", "61", "90"]),
        ("passerad", ["-1"]),
    ],
)
def test_by_days_until_the_start(as_own, today, span, expected):
    for days in (-1, 0, 30, 31, 60, 61, 90, 91):
        PlacementFactory(duties=str(days), planned_start=date.fromordinal(today.toordinal() + days))
    assert found(as_own, start=span) == expected


def test_without_the_requirement_of_citizenship(as_own):
    PlacementFactory(duties="Med", citizenship=True)
    PlacementFactory(duties="Utan")
    assert found(as_own, medborgarskap="on") == ["Utan"]


def hard(place, **fields):
    flag = {"hard_since": date(2018, 12, 20), "blocked_by": Requirement.LICENCE}
    return MatchingOrderFactory(places=[place], **flag | fields)


def test_hard_to_match(as_own):
    hard(PlacementFactory(duties="Svår"))
    MatchingOrderFactory(places=[PlacementFactory(duties="Lätt")])
    PlacementFactory(duties="Utan order")
    assert found(as_own, svar="on") == ["Svår"]


def test_by_one_s_own_office(as_own, as_coordinator, office):
    assert found(as_own, mitt="on") == []
    expected = near_and_far(office)
    assert found(as_own, mitt="on") == expected[:3]
    assert len(found(as_coordinator, mitt="on")) == 6
    assertContains(as_own.get(LIST), "Bara mitt kontor")
    assertNotContains(as_coordinator.get(LIST), "Bara mitt kontor")


def test_filters_are_put_together(as_own, today):
    town = MunicipalityFactory(code="2260")
    right = {"programme": programme("MBJ"), "municipality": town, "planned_start": today}
    hard(PlacementFactory(duties="Rätt", **right))
    wrong = [{"programme": programme("PIS")}, {"municipality": None}, {"planned_start": LATE}, {"citizenship": True}]
    for each in wrong:
        hard(PlacementFactory(duties="Fel", **right | each))
    PlacementFactory(duties="Fel", **right)
    asked = {"insats": "MBJ", "kommun": "2260", "malgrupp": "long_term_unemployed", "start": "30"}
    assert found(as_own, medborgarskap="on", svar="on", **asked) == ["Rätt"]


@pytest.mark.parametrize("value", ["XYZ", "' OR 1=1", "9" * 30, "-1", "\0", "<script>alert(1)</script>", "²"])
def test_a_filter_that_is_no_answer_is_not_used_and_says_so(as_own, value):
    PlacementFactory(duties="Den enda")
    for name in ("insats", "kommun", "malgrupp", "start"):
        response = as_own.get(LIST, {name: value})
        assert names(response) == ["Den enda"], name
        assertContains(response, "Filtret används inte.", count=1)
        assertNotContains(response, "<script>alert")


def test_a_filter_without_a_value_or_that_nobody_knows_asks_for_nothing(as_own):
    PlacementFactory(duties="Den enda")
    response = as_own.get(LIST, {"insats": "", "okand": "1", "start": "", "sida": "x"})
    assert names(response) == ["Den enda"]
    assertNotContains(response, "Filtret används inte.")


def test_the_filters_offer_what_there_is(as_own, pis, mbj):
    MunicipalityFactory(code="2280", name="Härnösand")
    response = as_own.get(LIST)
    for option in (
        '<option value="PIS">PIS</option>',
        '<option value="MBJ">MBJ</option>',
        '<option value="2280">Härnösand</option>',
        '<option value="disability">personer med funktionsnedsättning</option>',
    ):
        assertContains(response, option, html=True)


# How each stands, and what its reader would do


@pytest.fixture
def lives(coordinator, office, stranger, agency, today):
    """Places that wait for different people; what they are called tells for what."""
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 1))
    elsewhere = stranger.offices.get()

    def place(duties, **fields):
        return PlacementFactory(duties=duties, agency=agency, coordinator=coordinator, **fields)

    def answered(duties, kind, to=office, **fields):
        made = MatchingOrderFactory(places=[place(duties, **fields)], office=to, agency=agency)
        OrderAnswerFactory(order=made, kind=kind)

    place("Utan order")
    place("Vår utan order", office=office)
    MatchingOrderFactory(places=[place("Hos oss")], office=office)
    MatchingOrderFactory(places=[place("Hos andra")], office=elsewhere)
    answered("Fråga", AnswerKind.MORE_INFORMATION)
    answered("Kandidat", AnswerKind.CANDIDATE)
    answered("Vår med kandidat", AnswerKind.CANDIDATE, office=office)
    answered("Ingen", AnswerKind.NONE_NOW)
    hard(place("Svår hos andra"), office=elsewhere)
    place("Vilar på en som slutat", contact=gone)
    place("Försenad", planned_start=date(2018, 12, 11))
    HandoverFactory(placement=place("Överlämnas till oss"), office=office)
    HandoverFactory(placement=place("Överlämnas till andra"), office=elsewhere)


ORDINARY = {
    "Utan order": ["Ingen order än"],
    "Vår utan order": ["Ingen order än"],
    "Hos oss": ["Order hos Af Sollefteå, 21 dagar"],
    "Hos andra": ["Order hos Af Ånge, 21 dagar"],
    "Fråga": ["Af Sollefteå har en fråga"],
    "Kandidat": ["Af Sollefteå föreslår någon"],
    "Vår med kandidat": ["Af Sollefteå föreslår någon"],
    "Ingen": ["Af Sollefteå har ingen just nu"],
    "Svår hos andra": ["Svårmatchad 11 dagar: körkort"],
    "Vilar på en som slutat": ["Behöver bekräftas", "Ingen order än"],
    "Försenad": ["Starten försenad 20 dagar", "Ingen order än"],
    "Överlämnas till oss": ["Ingen order än", "Överlämnas till Af Sollefteå, 17 dagar"],
    "Överlämnas till andra": ["Ingen order än", "Överlämnas till Af Ånge, 17 dagar"],
}
OURS = {"Överlämnas till oss": ["Ingen order än", "Överlämnas till ditt kontor, 17 dagar"]}
THEIRS = {"Överlämnas till andra": ["Ingen order än", "Överlämnas till ditt kontor, 17 dagar"]}


@pytest.mark.once
def test_a_coordinator_reads_how_each_stands(as_coordinator, lives):
    assert said(as_coordinator.get(LIST)) == ORDINARY


@pytest.mark.once
def test_an_officer_reads_what_waits_for_the_own_office(as_own, lives):
    assert said(as_own.get(LIST)) == ORDINARY | OURS | {
        "Hos oss": ["Väntar på ditt svar, 21 dagar"],
        "Fråga": ["Ditt kontor har en fråga"],
        "Ingen": ["Ditt kontor har ingen just nu"],
    }


@pytest.mark.once
def test_an_officer_of_another_office_reads_what_waits_for_theirs(log_in, stranger, lives):
    expected = ORDINARY | THEIRS | {"Hos andra": ["Väntar på ditt svar, 21 dagar"]}
    assert said(log_in(stranger).get(LIST)) == expected


@pytest.mark.once
def test_what_a_coordinator_would_do_with_each(as_coordinator, lives):
    without_order = ("Utan order", "Vår utan order", "Försenad", "Överlämnas till oss", "Överlämnas till andra")
    assert offered(as_coordinator.get(LIST)) == {key: ["Beställ …"] for key in without_order} | {
        "Fråga": ["Svara …"],
        "Kandidat": ["Starta …"],
        "Vår med kandidat": ["Starta …"],
        "Vilar på en som slutat": ["Bekräfta …"],
    }


@pytest.mark.once
def test_what_an_officer_would_do_with_each(as_own, lives):
    assert offered(as_own.get(LIST)) == {
        "Vår utan order": ["Starta …"],
        "Hos oss": ["Svara …"],
        "Vår med kandidat": ["Starta …"],
        "Ingen": ["Ändra svaret …"],
        "Svår hos andra": ["Föreslå …"],
        "Överlämnas till oss": ["Ta emot …"],
    }


@pytest.mark.once
def test_what_an_officer_of_another_office_would_do_with_each(log_in, stranger, lives):
    # They answer their own order, and the hard one that was sent to them.
    assert offered(log_in(stranger).get(LIST)) == {
        "Hos andra": ["Svara …"],
        "Svår hos andra": ["Svara …"],
        "Överlämnas till andra": ["Ta emot …"],
    }


@pytest.mark.once
def test_an_officer_of_no_office_reads_and_does_nothing(as_officer, lives):
    response = as_officer.get(LIST)
    assert said(response) == ORDINARY
    assert offered(response) == {}


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_everything_offered_opens(request, lives, client):
    browser = request.getfixturevalue(client)
    rows = browser.get(LIST).context["rows"]
    for row in rows:
        for action in row.actions:
            assert browser.get(action.url).status_code == 200, action


def test_a_place_tells_what_it_is_and_whom_it_is_for(as_own, agency):
    town = MunicipalityFactory(name="Härnösand")
    facts = {"municipality": town, "percent": 75, "citizenship": True, "vetting": True, "unit": "Region Mitt"}
    PlacementFactory(agency=agency, **facts)
    response = as_own.get(LIST)
    for words in (
        "Arkiv och registrering",
        "Trafikverket, Region Mitt",
        "Härnösand",
        "2019-01-14",
        "75\N{NO-BREAK SPACE}%",
        "nyanlända, personer med funktionsnedsättning",
        "svenskt medborgarskap",
        "säkerhetsprövning",
    ):
        assertContains(response, words)


def test_markup_in_a_place_is_shown_as_text(as_own):
    PlacementFactory(duties="<script>alert(1)</script>", unit="<b>")
    response = as_own.get(LIST)
    assertNotContains(response, "<script>alert")
    assertContains(response, "&lt;script&gt;alert")


# Nothing to show, many to show, and the way back


def test_an_empty_list_says_what_to_do(as_own, as_coordinator):
    assertContains(as_own.get(LIST), "Ingen plats väntar på någon just nu.")
    assertContains(as_own.get(LIST), 'href="/platser/pagaende/">Pågående')
    assertContains(as_coordinator.get(LIST), "Avtala nya från en")


def test_a_filter_that_finds_nothing_says_what_to_do(as_own):
    PlacementFactory()
    response = as_own.get(LIST, {"insats": "MBJ"})
    assertContains(response, "Ingen ledig plats stämmer med det du valt.")
    assert ("Visa alla", LIST) in ways(response)


def test_many_are_shown_a_page_at_a_time_and_turning_the_page_keeps_the_filter(as_own):
    first = PlacementFactory(duties="PIS 0")
    groups = list(first.target_groups.all())
    made = Placement.objects.bulk_create(
        Placement(
            agency=first.agency,
            programme=first.programme,
            coordinator=first.coordinator,
            duties=f"PIS {number}",
            agreed_on=first.agreed_on,
            planned_start=first.planned_start,
            planned_months=6,
            next_step="Vänta",
            next_on=first.next_on,
        )
        for number in range(1, 30)
    )
    through = Placement.target_groups.through
    through.objects.bulk_create(through(placement=place, targetgroup=groups[0]) for place in made)
    PlacementFactory(duties="MBJ", programme=programme("MBJ"), planned_start=EARLY)
    one = as_own.get(LIST, {"insats": "PIS"})
    assertContains(one, "1–25 av 30")
    [onwards] = [address for words, address in ways(one) if words == "nästa"]
    assert parse_qs(urlparse(onwards).query) == {"insats": ["PIS"], "sida": ["2"]}
    two = as_own.get(LIST + onwards)
    assert sorted(names(one) + names(two)) == sorted(f"PIS {number}" for number in range(30))
    assertContains(two, "30 platser är avtalade och inte startade enligt filtren.")
    assert names(as_own.get(LIST, {"insats": "PIS", "sida": "99"})) == names(two)


def test_what_is_done_leads_back_to_the_list_as_it_was(as_own, office):
    PlacementFactory(office=office)
    [row] = as_own.get(LIST, {"insats": "PIS", "start": "30"}).context["rows"]
    [action] = row.actions
    assert parse_qs(urlparse(action.url).query)["tillbaka"] == [f"{LIST}?insats=PIS&start=30"]


def test_htmx_gets_only_what_was_found(as_own):
    PlacementFactory(duties="Arkiv")
    whole, part = as_own.get(LIST), as_own.get(LIST, headers=HTMX)
    assertContains(part, '<div id="found"')
    assertContains(part, "Arkiv")
    for words in ("<html", "<h1", 'role="search"'):
        assertNotContains(part, words)
    assert part.content.decode().strip() in whole.content.decode()


# What it costs


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_costs_the_same_however_many_there_are(request, client, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2, 7):
        for _ in range(number):
            agency = AgencyFactory()
            contact = ContactFactory(agency=agency, left_on=date(2018, 12, 1))
            facts = {"agency": agency, "contact": contact, "municipality": MunicipalityFactory()}
            HandoverFactory(placement=PlacementFactory(office=OfficeFactory(), **facts), office=office)
            order = hard(PlacementFactory(**facts), office=office)
            OrderAnswerFactory(order=order, kind=AnswerKind.MORE_INFORMATION)
        costs.append(cost(browser, f"{LIST}?insats=PIS&start=90"))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 9, costs
