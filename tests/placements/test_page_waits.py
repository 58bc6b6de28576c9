"""Where it waits: every open process by its stage, with who is behind, and the lists of just those places."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from placements import lifecycle, stages
from placements.choices import AnswerKind, Waits
from placements.models import Placement
from praktik import clock
from reports.results import waiting as counted
from reports.tables.waits import waiting as table_of
from tests.agencies.browsing import HTMX
from tests.factories import AgencyFactory, OfficeFactory, ended_place, withdrawn_place
from tests.placements.pages import AGREED, SENT, agreed, begun, cost, names, ordered, owned, waiting, ways

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE, LIST = "/platser/vantar/", "/platser/"


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def county(coordinator, own_officer, office) -> Any:
    """Something in every stage, of two agencies and two offices, something ongoing, and what waits no more."""
    first, second, other = AgencyFactory(name="Första"), AgencyFactory(name="Andra"), OfficeFactory(name="Af Kramfors")
    agreed(coordinator, 2, agency=first, duties="Ingen order")
    agreed(coordinator, 1, agency=second, duties="Ingen order", agreed_on=date(2018, 11, 1))
    ordered(agreed(coordinator, 3, agency=first, duties="Obesvarad"), coordinator, office)
    ordered(agreed(coordinator, 1, agency=second, duties="Obesvarad"), coordinator, other)
    answered = ordered(agreed(coordinator, 2, agency=second, duties="Besvarad"), coordinator, office)
    said = {"by": own_officer, "office": office, "on": date(2018, 12, 20), "text": ""}
    lifecycle.answer(answered, kind=AnswerKind.NONE_NOW, **said)
    # One that has an order with one office and is offered to another waits for the other.
    [both] = agreed(coordinator, agency=first, duties="Överlämnad")
    ordered([both], coordinator, other)
    waiting(Placement.objects.get(pk=both.pk), coordinator, office)
    waiting(begun(coordinator, agency=first, duties="Överlämnad"), coordinator, other)
    owned(begun(coordinator, agency=first, duties="Pågår"), coordinator, own_officer)
    ended_place(duties="Avslutad")
    withdrawn_place(duties="Tillbakadragen")


def told(response) -> dict[str, list[tuple[str, int, int]]]:
    """{stage: who is behind it, with how many and the days of the oldest}."""
    return {
        each.key: [(str(row.who), row.number, row.longest) for row in each.rows] for each in response.context["stages"]
    }


def test_every_stage_with_those_behind_it_the_most_first(as_coordinator, as_officer, county, office):
    for browser in (as_coordinator, as_officer):
        response = browser.get(PAGE)
        assertTemplateUsed(response, "placements/waits.html")
        assert told(response) == {
            "no_order": [("Första", 2, 28), ("Andra", 1, 60)],
            "no_answer": [(office.name, 3, 21), ("Af Kramfors", 1, 21)],
            "no_start": [("Andra", 2, 11)],
            "not_accepted": [(office.name, 1, 21), ("Af Kramfors", 1, 21)],
        }
        assertContains(response, "11 platser väntar i länet, som längst i 60 dagar.")
        assertContains(response, "Utöver det pågår 1 plats som inte väntar på någon.")


def test_the_figures_are_those_of_the_results(as_coordinator, county, today):
    shown = {each.key: each.spread for each in as_coordinator.get(PAGE).context["stages"]}
    assert shown == counted(on=today)
    table = table_of(counted(on=today), on=today)
    for row in table.rows:
        link = table.cell(row.key, "number").link
        assert len(names(as_coordinator.get(f"{LIST}?{link}"))) == shown[row.key].number
    assertContains(as_coordinator.get("/resultat/2018/"), f'<a href="{PAGE}">Vilka det väntar hos i dag</a>')


def test_every_figure_leads_to_as_many_places_as_it_says(as_coordinator, as_own, county):
    for browser in (as_coordinator, as_own):
        followed = 0
        for words, address in ways(browser.get(PAGE)):
            if address.startswith(f"{LIST}?"):
                found = browser.get(address)
                assert found.context["page"].paginator.count == int(words), address
                assert {each.place.is_open for each in found.context["rows"]} == {True}
                followed += 1
        assert followed == 4 + 7


def test_the_list_says_what_it_has_been_narrowed_to(as_coordinator, county, office):
    found = as_coordinator.get(LIST, {"tillstand": "not_accepted", "vantar_pa": office.pk})
    assert names(found) == ["Överlämnad"]
    assertContains(found, f"Väntar på: {office.name}")
    assertContains(found, '<option value="not_accepted" selected>Överlämnade, inte mottagna</option>')
    waits = as_coordinator.get(LIST, {"vantar_pa": office.pk}, headers=HTMX)
    assert sorted(names(waits)) == ["Obesvarad"] * 3 + ["Överlämnad"]


def test_an_office_s_own_rows_are_marked(as_own, as_coordinator, county, office):
    response = as_own.get(PAGE)
    assertContains(response, "ditt kontor", count=2)
    own = [str(row.who) for each in response.context["stages"] for row in each.rows if row.is_own]
    assert own == [office.name] * 2
    assertNotContains(as_coordinator.get(PAGE), "ditt kontor")


def test_where_nothing_waits_every_stage_says_so(as_coordinator, coordinator):
    response = as_coordinator.get(PAGE)
    for words in (
        "Ingen plats i länet väntar på något.",
        "Alla avtalade platser har en order.",
        "Alla order är besvarade.",
        "Ingen besvarad order väntar på en start.",
        "Ingen överlämning väntar på svar.",
    ):
        assertContains(response, words)
    assertNotContains(response, "pågår")
    for _ in range(2):
        begun(coordinator)
    assertContains(as_coordinator.get(PAGE), "Utöver det pågår 2 platser som inte väntar på någon.")


def test_a_long_stage_names_ten_and_leads_to_all(as_coordinator, coordinator):
    for number in range(12):
        agreed(coordinator, 1 + (number == 11), agency=AgencyFactory(name=f"Verk {number:02}"))
    response = as_coordinator.get(PAGE)
    rows = told(response)["no_order"]
    assert (len(rows), rows[0]) == (10, ("Verk 11", 2, 28))
    assertContains(response, "och 2 till.")
    assert ("Visa alla 13 platser", f"{LIST}?tillstand=no_order") in ways(response)


# Days


@pytest.mark.both
def test_on_each_day_a_place_stands_in_one_stage_and_the_list_of_that_day_holds_it(
    as_coordinator, coordinator, own_officer, office
):
    [place] = agreed(coordinator, duties="Arkiv")
    order = ordered([place], coordinator, office)
    said = {"by": own_officer, "office": office, "text": "När?"}
    question = lifecycle.answer(order, kind=AnswerKind.MORE_INFORMATION, on=date(2018, 12, 12), **said)
    lifecycle.reply(question, by=coordinator, on=date(2018, 12, 14), text="Klockan åtta.")
    lifecycle.answer(order, kind=AnswerKind.CANDIDATE, on=date(2018, 12, 17), **said)
    handover = waiting(Placement.objects.get(), coordinator, office, on=date(2018, 12, 19))
    lifecycle.accept_handover(handover, by=own_officer, on=date(2018, 12, 21))
    stood = {
        AGREED - timedelta(days=1): None,
        AGREED: Waits.NO_ORDER,
        SENT - timedelta(days=1): Waits.NO_ORDER,
        SENT: Waits.NO_ANSWER,
        date(2018, 12, 12): Waits.NO_START,
        date(2018, 12, 14): Waits.NO_ANSWER,
        date(2018, 12, 17): Waits.NO_START,
        date(2018, 12, 19): Waits.NOT_ACCEPTED,
        date(2018, 12, 20): Waits.NOT_ACCEPTED,
        date(2018, 12, 21): Waits.NO_START,
        clock.today(): Waits.NO_START,
    }
    for day, stage in stood.items():
        assert [where for where, each in stages.standing(on=day).items() if each.spread.number] == [stage][
            : bool(stage)
        ]
        found = {each: names(as_coordinator.get(LIST, {"tillstand": each, "dag": day.isoformat()})) for each in Waits}
        assert found == {each: ["Arkiv"] if each is stage else [] for each in Waits}
    behind = {stage: each.behind for stage, each in stages.standing(on=date(2018, 12, 20)).items() if each.behind}
    assert behind == {Waits.NOT_ACCEPTED: (stages.Behind(office.pk, 1, 1),)}


# Whose


def test_it_is_for_those_who_look_at_places(as_steering, as_administrator, as_own):
    for browser in (as_steering, as_administrator):
        assertContains(browser.get(PAGE), "Den visas för koordinator", status_code=403)
    assert as_own.post(PAGE).status_code == 405


def test_the_tabs_lead_here(as_coordinator, as_own):
    for browser in (as_coordinator, as_own):
        assert ("Var väntar det?", PAGE) in ways(browser.get("/platser/pagaende/"))
        assertContains(browser.get(PAGE), f'<a href="{PAGE}" aria-current="page">Var väntar det?</a>')
    assert reverse("placements:waits") == PAGE


@pytest.mark.parametrize("bad", ["x", "9" * 30, "-1", "\0", "1 OR 1", ""])
def test_an_office_that_cannot_be_is_not_asked_for(as_coordinator, coordinator, bad):
    agreed(coordinator, duties="Arkiv")
    assert names(as_coordinator.get(LIST, {"vantar_pa": bad, "tillstand": "no_order"})) in (["Arkiv"], [])


def test_it_costs_the_same_however_much_waits(as_own, county, coordinator, office):
    once = cost(as_own, PAGE)
    for _ in range(12):
        here = {"agency": AgencyFactory()}
        agreed(coordinator, **here)
        ordered(agreed(coordinator, **here), coordinator, OfficeFactory())
        waiting(agreed(coordinator, **here)[0], coordinator, OfficeFactory())
    assert cost(as_own, PAGE) == once <= 10
