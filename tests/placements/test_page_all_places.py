"""All places: filtered, ordered, and as they stood on a day that has been."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from placements import lifecycle
from placements.choices import Outcome
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)
from tests.placements.pages import agreed, begun, cost, names, said, ways

pytestmark = pytest.mark.django_db

LIST = "/platser/"


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


def found(browser, **asked) -> list[str]:
    response = browser.get(LIST, asked)
    assert response.status_code == 200
    return names(response)


@pytest.fixture
def four(agency):
    """One place in every state."""
    PlacementFactory(duties="Avtalad", agency=agency)
    ongoing_place(duties="Pågår", agency=agency)
    ended_place(duties="Avslutad", agency=agency)
    withdrawn_place(duties="Tillbakadragen", agency=agency, agreed_on=date(2018, 12, 4))


def test_all_there_are_the_latest_agreed_first(as_coordinator, as_officer, four):
    for browser in (as_coordinator, as_officer):
        response = browser.get(LIST)
        assertTemplateUsed(response, "placements/placement_list.html")
        assert names(response) == ["Tillbakadragen", "Avtalad", "Pågår", "Avslutad"]
        assertContains(response, "4 platser")


# Filters


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("oppna", ["Avtalad", "Pågår"]),
        ("agreed", ["Avtalad"]),
        ("ongoing", ["Pågår"]),
        ("ended", ["Avslutad"]),
        ("withdrawn", ["Tillbakadragen"]),
        ("folj-upp", ["Avslutad"]),
    ],
)
def test_by_state(as_coordinator, four, state, expected):
    assert found(as_coordinator, tillstand=state) == expected


def test_by_next_step_that_should_have_been_taken(as_coordinator, four, today):
    for duties, day in (("I morgon", date(2019, 1, 1)), ("I dag", today), ("I går", date(2018, 12, 30))):
        PlacementFactory(duties=duties, next_on=day)
    ended_place(duties="Avslutad", next_on=date(2018, 12, 1))
    assert found(as_coordinator, tillstand="forsenade", ordning="steg") == ["I går", "I dag"]


def test_by_programme(as_coordinator):
    PlacementFactory(duties="PIS")
    PlacementFactory(duties="MBJ", programme=programme("MBJ"))
    assert found(as_coordinator, insats="MBJ") == ["MBJ"]


def test_by_agency(as_coordinator, agency, four):
    PlacementFactory(duties="Andra")
    response = as_coordinator.get(LIST, {"myndighet": agency.pk})
    assert len(names(response)) == 4
    assertContains(response, "Platser hos Trafikverket")
    for way in (
        ("Avtala platser", f"/myndigheter/{agency.pk}/platser/nya/"),
        ("Beställ matchning", f"/myndigheter/{agency.pk}/order/ny/"),
    ):
        assert way in ways(response)


def test_an_officer_is_not_offered_to_agree(as_officer, agency, four):
    words = [words for words, _ in ways(as_officer.get(LIST, {"myndighet": agency.pk}))]
    assert "Trafikverket" in words
    assert "Avtala platser" not in words


def test_nothing_is_agreed_with_an_archived_agency(as_coordinator, today):
    archived = AgencyFactory(archived_on=today)
    ended_place(agency=archived)
    words = [words for words, _ in ways(as_coordinator.get(LIST, {"myndighet": archived.pk}))]
    assert "Avtala platser" not in words


@pytest.mark.parametrize(
    "key", ["0", "-1", "1.5", "9" * 19, "9" * 30, "1e300", "1e999", "NaN", "Infinity", "olle", "²", "\0"]
)
def test_an_agency_that_cannot_be_is_nobody_s_or_not_used(as_coordinator, agency, key):
    PlacementFactory(duties="Den enda", agency=agency)
    response = as_coordinator.get(LIST, {"myndighet": key})
    assert response.status_code == 200
    assert names(response) in ([], ["Den enda"])
    assert response.context["chosen_agency"] is None
    assertNotContains(response, "Platser hos")


def test_by_office_that_owns_it_has_an_order_or_is_offered_it(as_coordinator, office):
    PlacementFactory(duties="Ägd", office=office)
    MatchingOrderFactory(places=[PlacementFactory(duties="Beställd")], office=office)
    HandoverFactory(placement=PlacementFactory(duties="Erbjuden"), office=office)
    PlacementFactory(duties="Annans", office=OfficeFactory())
    HandoverFactory(placement=PlacementFactory(duties="I retur"), office=office, returned_on="2018-12-20", reason="Nej")
    assert sorted(found(as_coordinator, kontor=str(office.pk))) == ["Beställd", "Erbjuden", "Ägd"]


def test_an_officer_asks_for_their_own_by_one_word(as_own, as_coordinator, office):
    PlacementFactory(duties="Ägd", office=office)
    MatchingOrderFactory(places=[PlacementFactory(duties="Beställd")], office=office)
    PlacementFactory(duties="Annans", office=OfficeFactory())
    assert sorted(found(as_own, kontor="mina")) == ["Beställd", "Ägd"]
    assert found(as_own, agare="mina") == ["Ägd"]
    for name in ("kontor", "agare"):
        # Who has no office is not offered that.
        assertContains(as_coordinator.get(LIST, {name: "mina"}), "Filtret används inte.")
        assertContains(as_own.get(LIST), '<option value="mina">Mitt kontor</option>', count=2, html=True)


def test_by_owner(as_coordinator, office):
    PlacementFactory(duties="Kontorets", office=office)
    PlacementFactory(duties="Koordinatorns")
    assert found(as_coordinator, agare="kontor") == ["Kontorets"]
    assert found(as_coordinator, agare="koordinator") == ["Koordinatorns"]


def test_by_year_of_start(as_coordinator, four):
    last_year = {"agreed_on": date(2017, 12, 1), "planned_start": date(2017, 12, 31), "started_on": date(2017, 12, 31)}
    ended_place(duties="Förra", **last_year)
    ongoing_place(duties="Nyår", started_on=date(2018, 1, 1), agreed_on=date(2017, 12, 1))
    assert sorted(found(as_coordinator, ar="2018")) == ["Avslutad", "Nyår", "Pågår"]
    assert found(as_coordinator, ar="2017") == ["Förra"]
    assert found(as_coordinator, ar="2016") == []


@pytest.fixture
def extended(coordinator, mbj):
    """An MBJ that was extended on 2018-12-03."""
    place = begun(coordinator, duties="Förlängd", programme=mbj)
    lifecycle.extend(place, by=coordinator, decided_on=date(2018, 12, 3), new_end=date(2019, 8, 30), reason="")
    return place


def test_by_extension_as_known_on_the_day(as_coordinator, extended):
    ongoing_place(duties="Inte")
    assert found(as_coordinator, forlangd="ja") == ["Förlängd"]
    assert found(as_coordinator, forlangd="nej") == ["Inte"]
    assert found(as_coordinator, forlangd="ja", dag="2018-12-02") == []
    assert found(as_coordinator, forlangd="ja", dag="2018-12-03") == ["Förlängd"]
    # On the day before, another end was planned.
    assertContains(as_coordinator.get(LIST, {"dag": "2018-12-02"}), "2019-02-28")
    assertContains(as_coordinator.get(LIST, {"dag": "2018-12-03"}), "2019-08-30")
    assertContains(as_coordinator.get(LIST), ">förlängd<")
    assertNotContains(as_coordinator.get(LIST, {"dag": "2018-12-02"}), ">förlängd<")


@pytest.mark.parametrize("words", ["ARKIV", "arkiv trafikverket", "syd", "Åmåls"])
def test_by_words_in_duties_unit_and_agency(as_coordinator, agency, words):
    PlacementFactory(duties="Åmåls arkiv", unit="Region Syd", agency=agency)
    PlacementFactory(duties="Växel", unit="Norr")
    assert found(as_coordinator, q=words) == ["Åmåls arkiv"]


def test_filters_are_put_together(as_coordinator, agency, office, extended):
    ongoing_place(duties="Rätt", agency=agency, office=office, programme=programme("MBJ"))
    ongoing_place(duties="Annan insats", agency=agency, office=office)
    ongoing_place(duties="Annat kontor", agency=agency, programme=programme("MBJ"))
    asked = {"tillstand": "ongoing", "insats": "MBJ", "kontor": str(office.pk), "agare": "kontor", "ar": "2018"}
    assert found(as_coordinator, q="trafikverket", forlangd="nej", myndighet=agency.pk, **asked) == ["Rätt"]


@pytest.mark.parametrize("value", ["XYZ", "'", "9" * 30, "-1", "\0", "<script>alert(1)</script>", "²"])
def test_a_filter_that_is_no_answer_is_not_used_and_says_so(as_coordinator, value):
    PlacementFactory(duties="Den enda")
    for name in ("tillstand", "dag", "insats", "kontor", "agare", "ar", "forlangd", "ordning"):
        response = as_coordinator.get(LIST, {name: value})
        assert names(response) == ["Den enda"], name
        assertContains(response, "Filtret används inte.", count=1, msg_prefix=name)
        assertNotContains(response, "<script>alert")


# A day that has been


@pytest.fixture
def life(coordinator):
    """Agreed 2018-06-11, started 2018-09-03, extended or not, ended with 2018-11-30 as its last day."""
    place = begun(coordinator, duties="Liv")
    lifecycle.end(place, by=coordinator, ended_on=date(2018, 11, 30), outcome=Outcome.STUDIES)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2018-06-10", None),
        ("2018-06-11", "avtalad"),
        ("2018-09-02", "avtalad"),
        ("2018-09-03", "pågår"),
        ("2018-11-30", "pågår"),
        ("2018-12-01", "avslutad"),
        ("2018-12-31", "avslutad"),
    ],
)
def test_the_state_is_that_of_the_day(as_coordinator, life, day, word):
    response = as_coordinator.get(LIST, {"dag": day})
    rows = [row.place.state_word for row in response.context["rows"]]
    assert rows == ([word] if word else [])
    assertContains(response, f"Läge {day}" if word else "Ingen plats stämmer med det du valt.")


def test_a_state_is_asked_for_as_of_the_day(as_coordinator, life):
    for day, state in (("2018-07-01", "agreed"), ("2018-10-01", "ongoing"), ("2018-12-24", "ended")):
        for each in ("agreed", "ongoing", "ended", "withdrawn"):
            assert found(as_coordinator, dag=day, tillstand=each) == (["Liv"] if each == state else []), (day, each)


def test_what_came_later_is_not_told_on_a_day_before(as_coordinator, life):
    response = as_coordinator.get(LIST, {"dag": "2018-08-01"})
    assertContains(response, "som det var 2018-08-01")
    # Nor who has it in hand today, and what comes next.
    for words in ("2018-11-30", "2019-02-28", "Ägare och nästa steg"):
        assertNotContains(response, words)
    assertContains(response, "plan</span> 2018-09-03")
    assert found(as_coordinator, dag="2018-08-01", ar="2018") == []


def test_what_is_said_of_an_order_is_said_of_today_only(as_coordinator, agency):
    PlacementFactory(duties="Sen", agency=agency, planned_start=date(2018, 12, 10))
    assertContains(as_coordinator.get(LIST), "Starten försenad 21 dagar")
    assertNotContains(as_coordinator.get(LIST, {"dag": "2018-12-28"}), "Starten försenad")


@pytest.mark.parametrize("day", ["2019-01-01", "9999-12-31", "2015-12-31", "0001-01-01", "2018-02-30", "i går", "2018"])
def test_a_day_that_there_are_no_facts_of_gives_today(as_coordinator, life, day):
    response = as_coordinator.get(LIST, {"dag": day})
    assert response.context["day"] == date(2018, 12, 31)
    assert [row.place.state_word for row in response.context["rows"]] == ["avslutad"]
    assertNotContains(response, "som det var")


# Order


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Ö", "B", "A"]),
        ("avtal", ["Ö", "B", "A"]),
        ("start", ["B", "A", "Ö"]),
        ("slut", ["A", "B", "Ö"]),
        ("myndighet", ["A", "B", "Ö"]),
        ("steg", ["B", "Ö", "A"]),
    ],
)
def test_the_order_that_is_asked_for(as_coordinator, order, expected):
    first, second, third = (AgencyFactory(name=name) for name in ("Arbetsmiljöverket", "Brottsoffer", "Östersund"))
    ongoing_place(duties="A", agency=first, planned_end=date(2019, 2, 1), next_on=date(2019, 3, 1))
    later = {"agreed_on": date(2018, 7, 2), "started_on": date(2018, 10, 1), "next_on": date(2019, 1, 1)}
    ongoing_place(duties="B", agency=second, planned_end=date(2019, 2, 2), **later)
    PlacementFactory(duties="Ö", agency=third)
    assert found(as_coordinator, ordning=order) == expected


# The rest


def test_each_open_place_tells_its_owner_and_next_step(as_coordinator, four, office):
    PlacementFactory(office=office, next_step="Ring chefen", next_on=date(2019, 1, 9))
    response = as_coordinator.get(LIST)
    for words in ("Arbetsförmedlingen Sollefteå", "Ring chefen", "2019-01-09"):
        assertContains(response, words)


def test_what_waits_is_said_of_each(as_coordinator, agency):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 1))
    PlacementFactory(duties="Vilar", agency=agency, contact=gone)
    assert said(as_coordinator.get(LIST)) == {"Vilar": ["Behöver bekräftas", "Ingen order än"]}


def test_a_place_that_was_withdrawn_is_not_late(as_coordinator):
    withdrawn_place(duties="Dragen", planned_start=date(2018, 12, 10))
    assert said(as_coordinator.get(LIST)) == {"Dragen": []}


def test_an_empty_list_says_what_to_do(as_coordinator, as_officer):
    assertContains(as_coordinator.get(LIST), "Avtala den första från en")
    assertContains(as_officer.get(LIST), "Inga platser är avtalade än.")
    assertNotContains(as_officer.get(LIST), "Avtala den första")


def test_many_are_shown_a_page_at_a_time_and_turning_the_page_keeps_the_filter(as_coordinator, coordinator):
    agreed(coordinator, 26)
    response = as_coordinator.get(LIST, {"tillstand": "agreed", "dag": "2018-12-28"})
    assertContains(response, "1–25 av 26")
    [onwards] = [address for words, address in ways(response) if words == "nästa"]
    last = as_coordinator.get(LIST + onwards)
    assert len(names(last)) == 1
    assertContains(last, "som det var 2018-12-28")


def test_htmx_gets_only_what_was_found(as_coordinator, four):
    part = as_coordinator.get(LIST, {"tillstand": "agreed"}, headers=HTMX)
    assertContains(part, '<div id="found"')
    assertContains(part, "Avtalad")
    for words in ("<html", "<h1", "Pågår</a>"):
        assertNotContains(part, words)
    whole = as_coordinator.get(LIST, {"tillstand": "agreed"})
    assert part.content.decode().strip() in whole.content.decode()


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_coordinator", "as_officer"])
def test_it_costs_the_same_however_many_there_are(request, client, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2):
        for _ in range(number):
            agency = AgencyFactory()
            contact = ContactFactory(agency=agency, left_on=date(2018, 12, 1))
            place = PlacementFactory(agency=agency, contact=contact, office=OfficeFactory())
            OrderAnswerFactory(order=MatchingOrderFactory(places=[place]))
            HandoverFactory(placement=place)
            ongoing_place(agency=agency)
        # With a day that has been and an agency, which is one more to ask for.
        costs.append(max(cost(browser, LIST), cost(browser, f"{LIST}?myndighet={agency.pk}&forlangd=nej")))
    assert costs[0] == costs[1] <= 10, costs
