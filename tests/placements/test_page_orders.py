"""The list of orders: by how they stand and by office, with what the reader does with each."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from placements.choices import AnswerKind, Requirement
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    MatchingOrderFactory,
    MunicipalityFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ongoing_place,
    withdrawn_place,
)
from tests.placements.pages import cost, ways

pytestmark = pytest.mark.django_db

LIST = "/order/"


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


def order(duties, *answers, hard=None, places=None, **fields):
    flag = {"hard_since": hard, "blocked_by": Requirement.LICENCE} if hard else {}
    made = MatchingOrderFactory(places=places or [PlacementFactory()], duties=duties, **flag | fields)
    for kind in answers:
        OrderAnswerFactory(order=made, kind=kind)
    return made


def found(browser, **asked) -> list[str]:
    response = browser.get(LIST, asked)
    assert response.status_code == 200
    return [each.duties for each in response.context["page"]]


@pytest.fixture
def all_kinds(office, today):
    """An order that stands in every way."""
    order("Väntar", office=office, sent_on=date(2018, 12, 3))
    order("Fråga", AnswerKind.MORE_INFORMATION, office=office, sent_on=date(2018, 12, 4))
    order("Kandidat", AnswerKind.CANDIDATE, sent_on=date(2018, 12, 5))
    order("Ingen", AnswerKind.NONE_NOW, sent_on=date(2018, 12, 6))
    order("Svår", hard=date(2018, 12, 20), sent_on=date(2018, 12, 7))
    order("Länge", AnswerKind.NONE_NOW, sent_on=date(2018, 11, 30))
    order("Startad", places=[ongoing_place()], sent_on=date(2018, 6, 20))
    order("Dragen", places=[withdrawn_place()])
    order("Återtagen", recalled_on=today, sent_on=date(2018, 12, 8))


def test_those_that_are_open_the_oldest_first(as_coordinator, as_own, all_kinds):
    assert found(as_coordinator) == ["Länge", "Väntar", "Fråga", "Kandidat", "Ingen", "Svår"]
    # An officer's own office comes first.
    assert found(as_own) == ["Väntar", "Fråga", "Länge", "Kandidat", "Ingen", "Svår"]
    for browser in (as_coordinator, as_own):
        response = browser.get(LIST)
        assertTemplateUsed(response, "placements/order_list.html")
        assertContains(response, "6 order")


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("vantar", ["Väntar", "Svår"]),
        ("fraga", ["Fråga"]),
        ("kandidat", ["Kandidat"]),
        ("ingen", ["Länge", "Ingen"]),
        ("svar", ["Svår"]),
        ("foreslas", ["Länge", "Väntar"]),
        ("stangda", ["Dragen", "Återtagen", "Startad"]),
    ],
)
def test_by_how_they_stand(as_coordinator, all_kinds, stage, expected):
    assert found(as_coordinator, lage=stage) == expected


def test_a_question_that_was_replied_to_waits_for_the_office_again(as_coordinator):
    made = order("Fråga")
    OrderAnswerFactory(order=made, kind="more_information", reply="Klockan åtta.", replied_on=date(2018, 12, 20))
    assert found(as_coordinator, lage="vantar") == ["Fråga"]
    assert found(as_coordinator, lage="fraga") == []


def test_whoever_finds_somebody_counts_but_only_the_own_office_s_no(as_coordinator):
    elsewhere = OfficeFactory()
    for duties, kind in (("Nej från andra", AnswerKind.NONE_NOW), ("Någon hos andra", AnswerKind.CANDIDATE)):
        made = order(duties, hard=date(2018, 12, 20))
        OrderAnswerFactory(order=made, office=elsewhere, kind=kind)
    assert found(as_coordinator, lage="vantar") == ["Nej från andra"]
    assert found(as_coordinator, lage="kandidat") == ["Någon hos andra"]


def test_a_question_of_another_office_waits_for_the_coordinator_too(as_coordinator):
    made = order("Svår", hard=date(2018, 12, 20))
    OrderAnswerFactory(order=made, office=OfficeFactory(), kind=AnswerKind.MORE_INFORMATION)
    assert found(as_coordinator, lage="fraga") == ["Svår"]
    assertContains(as_coordinator.get(LIST), "Fråga från annat kontor")


def test_by_office(as_coordinator, as_own, all_kinds, office):
    assert found(as_coordinator, kontor=str(office.pk)) == ["Väntar", "Fråga"]
    assert found(as_own, kontor="mina", lage="vantar") == ["Väntar"]
    assertContains(as_coordinator.get(LIST, {"kontor": "mina"}), "Filtret används inte.")


def test_hard_orders_that_the_own_office_has_not_answered(as_own, office):
    order("Vår egen", hard=date(2018, 12, 20), office=office)
    order("Obesvarad", hard=date(2018, 12, 21))
    answered = order("Besvarad", hard=date(2018, 12, 20))
    OrderAnswerFactory(order=answered, office=office, on=date(2018, 12, 20))
    before = order("Besvarad före märkningen", hard=date(2018, 12, 22))
    OrderAnswerFactory(order=before, office=office, on=date(2018, 12, 20))
    assert sorted(found(as_own, lage="osvarade")) == ["Besvarad före märkningen", "Obesvarad"]


@pytest.mark.parametrize("value", ["XYZ", "'", "9" * 30, "-1", "\0", "<script>alert(1)</script>", "²"])
def test_a_filter_that_is_no_answer_is_not_used_and_says_so(as_coordinator, value):
    order("Den enda")
    for name in ("lage", "kontor"):
        response = as_coordinator.get(LIST, {name: value})
        assert [each.duties for each in response.context["page"]] == ["Den enda"]
        assertContains(response, "Filtret används inte.", count=1)
        assertNotContains(response, "<script>alert")


def test_each_tells_where_it_is_and_by_when_it_is_to_be_answered(as_coordinator, office):
    agency = AgencyFactory(name="Trafikverket")
    town = {"municipality": MunicipalityFactory(name="Härnösand")}
    places = [made(agency=agency, **town) for made in (PlacementFactory, PlacementFactory, withdrawn_place)]
    order("Arkiv", office=office, places=places, answer_by=date(2018, 12, 24))
    response = as_coordinator.get(LIST)
    for words in (
        "Trafikverket</a>, Härnösand",
        "PIS · 2 platser kvar · Arkiv",
        "Arbetsförmedlingen Sollefteå",
        "2018-12-10",
        "2018-12-24",
        "Försenat 7 dagar",
        "Väntar på svar",
    ):
        assertContains(response, words)


def test_a_hard_one_says_what_blocks(as_coordinator):
    order("Svår", hard=date(2018, 12, 20))
    assertContains(as_coordinator.get(LIST), "Svårmatchad 11 dagar: körkort")


def offers(browser, **asked) -> dict[str, str]:
    response = browser.get(LIST, asked)
    by_pk = {each.pk: each.duties for each in response.context["page"]}
    found = {}
    for words, address in ways(response):
        parts = address.partition("?")[0].partition("#")[0].strip("/").split("/")
        if words.endswith("…") and parts[0] == "order":
            found[by_pk[int(parts[1])]] = words
    return found


@pytest.mark.once
def test_what_each_reader_does_with_an_order(as_coordinator, as_own, as_officer, all_kinds):
    assert offers(as_coordinator) == {"Fråga": "Svara …"}
    assert offers(as_own) == {"Väntar": "Svara …", "Svår": "Svara …"}
    assert offers(as_officer) == {}


@pytest.mark.once
def test_those_that_have_stood_for_long_are_proposed_to_the_coordinator_as_hard(as_coordinator, as_own, all_kinds):
    assertContains(as_coordinator.get(LIST), "2 order har stått i 28 dagar utan start.")
    assertNotContains(as_own.get(LIST), "utan start")
    assert offers(as_coordinator, lage="foreslas") == {"Länge": "Svårmatchad …", "Väntar": "Svårmatchad …"}


def test_a_closed_one_has_nothing_to_be_done(as_coordinator, as_own, office):
    order("Startad", places=[ongoing_place()], office=office, sent_on=date(2018, 6, 20))
    for browser in (as_coordinator, as_own):
        assert offers(browser, lage="stangda") == {}


def test_an_empty_list_says_what_to_do(as_coordinator, as_own):
    assertContains(as_coordinator.get(LIST), "Beställ matchning från en")
    assertContains(as_own.get(LIST), "Ingen order är öppen.")
    assertContains(as_own.get(LIST, {"lage": "svar"}), "Ingen order stämmer med det du valt.")


def test_many_are_shown_a_page_at_a_time_and_turning_the_page_keeps_the_filter(as_coordinator):
    for number in range(26):
        order(f"Nummer {number}")
    response = as_coordinator.get(LIST, {"lage": "vantar"})
    assertContains(response, "1–25 av 26")
    [onwards] = [address for words, address in ways(response) if words == "nästa"]
    assert len(as_coordinator.get(LIST + onwards).context["page"]) == 1


@pytest.mark.once
def test_htmx_gets_only_what_was_found(as_coordinator, all_kinds):
    part = as_coordinator.get(LIST, {"lage": "fraga"}, headers=HTMX)
    assertContains(part, '<div id="found"')
    assertContains(part, "Fråga")
    for words in ("<html", "<h1"):
        assertNotContains(part, words)
    assert part.content.decode().strip() in as_coordinator.get(LIST, {"lage": "fraga"}).content.decode()


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_costs_the_same_however_many_there_are(request, client, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2):
        for _ in range(number):
            order("Svår", AnswerKind.MORE_INFORMATION, hard=date(2018, 12, 20), office=office)
            order("Länge", sent_on=date(2018, 11, 1), places=[PlacementFactory(agreed_on=date(2018, 10, 1))])
        costs.append(cost(browser, LIST))
    assert costs[0] == costs[1] <= 8, costs
