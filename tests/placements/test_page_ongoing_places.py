"""Ongoing places: where somebody is, the soonest planned end first."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from placements import lifecycle
from placements.models import Placement
from tests.factories import (
    AgencyFactory,
    HandoverFactory,
    OfficeFactory,
    PlacementFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)
from tests.placements.pages import begun, cost, names, offered, said, ways

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = "/platser/pagaende/"


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


def test_those_where_somebody_is_the_soonest_end_first(as_own):
    ongoing_place(duties="Sen", planned_end=date(2019, 2, 28))
    ongoing_place(duties="Snar", planned_end=date(2019, 1, 4))
    ongoing_place(duties="Förfallen", planned_end=date(2018, 12, 28))
    for made in (PlacementFactory, ended_place, withdrawn_place):
        made(duties="Något annat")
    response = as_own.get(LIST)
    assertTemplateUsed(response, "placements/ongoing_places.html")
    assert names(response) == ["Förfallen", "Snar", "Sen"]
    assertContains(response, "3 platser pågår.")


def test_the_last_day_in_place_still_counts(as_own, today):
    ended_place(duties="Slutar i dag", ended_on=today, planned_end=today)
    ended_place(duties="Slutade i går", ended_on=date(2018, 12, 30))
    assert names(as_own.get(LIST)) == ["Slutar i dag"]


def test_an_end_that_has_been_and_one_that_comes_are_told(as_own, office):
    ongoing_place(duties="Förfallen", planned_end=date(2018, 12, 28))
    ongoing_place(duties="Snar", planned_end=date(2019, 1, 4))
    response = as_own.get(LIST)
    assert said(response) == {"Förfallen": ["Skulle ha slutat 2018-12-28"], "Snar": []}
    assertContains(response, "Försenat 3 dagar")
    assertContains(response, "Om 4 dagar")


def test_what_is_done_is_the_owner_s_and_the_coordinator_s(as_own, as_coordinator, office):
    for whose in (None, office, OfficeFactory()):
        ongoing_place(duties=f"PIS {whose}", office=whose)
        ongoing_place(duties=f"MBJ {whose}", office=whose, programme=programme("MBJ"))
    # A PIS that has its six months cannot be extended.
    Placement.objects.filter(programme__code="PIS").update(planned_end=date(2019, 3, 2))
    own = {f"PIS {office}": ["Avsluta …"], f"MBJ {office}": ["Avsluta …", "Förläng …"]}
    assert offered(as_own.get(LIST)) == own
    assert len(offered(as_coordinator.get(LIST))) == 6


def test_one_s_own_office_s_alone(as_own, office):
    ongoing_place(duties="Vår", office=office)
    ongoing_place(duties="Andras", office=OfficeFactory())
    whole, own = as_own.get(LIST), as_own.get(f"{LIST}?mina")
    assert ("Visa bara mitt kontor", "?mina=") in ways(whole)
    assert names(own) == ["Vår"]
    assertContains(own, "1 plats pågår hos ditt kontor.")
    assert ("Visa alla i länet", LIST) in ways(own)


def test_those_that_end_soon(as_own, office):
    for duties, end in (("Förfallen", date(2018, 12, 1)), ("Trettio", date(2019, 1, 30)), ("Sen", date(2019, 1, 31))):
        ongoing_place(duties=duties, planned_end=end, office=office)
    ongoing_place(duties="Andras", planned_end=date(2019, 1, 2))
    response = as_own.get(f"{LIST}?slutar")
    assert names(response) == ["Förfallen", "Andras", "Trettio"]
    assertContains(response, "3 platser pågår och slutar inom 30 dagar.")
    assert names(as_own.get(f"{LIST}?slutar&mina")) == ["Förfallen", "Trettio"]


def test_who_has_no_office_sees_all_whatever_is_asked(as_coordinator, as_officer):
    ongoing_place()
    for browser in (as_coordinator, as_officer):
        response = browser.get(f"{LIST}?mina")
        assert len(names(response)) == 1
        assertNotContains(response, "ditt kontor")


def test_extended_and_handed_over_are_told(as_coordinator, coordinator, as_own, office):
    place = begun(coordinator, agency=AgencyFactory(), duties="Förlängd", programme=programme("MBJ"))
    lifecycle.extend(place, by=coordinator, decided_on=date(2018, 12, 3), new_end=date(2019, 8, 30), reason="")
    HandoverFactory(placement=place, office=office)
    assert said(as_coordinator.get(LIST)) == {"Förlängd": ["Överlämnas till Af Sollefteå, 17 dagar"]}
    own = as_own.get(LIST)
    assert said(own) == {"Förlängd": ["Överlämnas till ditt kontor, 17 dagar"]}
    assertContains(own, "förlängd")
    assertContains(own, "2019-08-30")


def test_an_empty_list_says_where_to_look(as_own):
    for address, words in ((LIST, "Ingen är på plats just nu."), (f"{LIST}?mina", "just nu genom ditt kontor.")):
        response = as_own.get(address)
        assertContains(response, words)
        assert ("Lediga", "/platser/oppna/") in ways(response)


def test_many_are_shown_a_page_at_a_time_and_turning_the_page_keeps_whose(as_own, office):
    for _ in range(26):
        ongoing_place(office=office)
    response = as_own.get(f"{LIST}?mina")
    assertContains(response, "1–25 av 26")
    [onwards] = [address for words, address in ways(response) if words == "nästa"]
    assert len(names(as_own.get(LIST + onwards))) == 1
    assertContains(as_own.get(LIST + onwards), "hos ditt kontor")


@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_costs_the_same_however_many_there_are(request, client, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2):
        for _ in range(number):
            HandoverFactory(placement=ongoing_place(office=office))
        costs.append(cost(browser, LIST))
    assert costs[0] == costs[1] <= 8, costs
