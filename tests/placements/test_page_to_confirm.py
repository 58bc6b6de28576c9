"""Agreements that rest on somebody who has gone: listed for the coordinator, confirmed or withdrawn from there."""

from datetime import date
from urllib.parse import parse_qs, urlparse

import pytest
from pytest_django.asserts import assertContains, assertTemplateUsed

from tests.factories import AgencyFactory, ContactFactory, PlacementFactory, ongoing_place, withdrawn_place
from tests.placements.pages import cost, names, send, ways

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = "/platser/bekrafta/"


@pytest.fixture
def gone(agency):
    """Somebody who has left, with a successor."""
    berit = ContactFactory(agency=agency, name="Berit Ny", phone="0611-555 02")
    return ContactFactory(agency=agency, name="Gun Borta", left_on=date(2018, 12, 1), successor=berit)


def test_the_agreements_of_who_has_gone_the_earliest_start_first(as_coordinator, agency, gone, today):
    PlacementFactory(duties="Senare", agency=agency, contact=gone, planned_start=date(2019, 4, 1))
    PlacementFactory(duties="Snart", agency=agency, contact=gone)
    PlacementFactory(duties="Går i dag", agency=agency, contact=ContactFactory(agency=agency, left_on=today))
    for made in (ongoing_place, withdrawn_place):
        made(duties="Inget att bekräfta", agency=agency, contact=gone)
    PlacementFactory(duties="Kvar", agency=agency, contact=ContactFactory(agency=agency, left_on=date(2019, 1, 1)))
    PlacementFactory(duties="Utan kontakt")
    response = as_coordinator.get(LIST)
    assertTemplateUsed(response, "placements/to_confirm.html")
    assert names(response) == ["Snart", "Går i dag", "Senare"]
    assertContains(response, "3 avtal vilar på en kontakt som har slutat.")
    for words in ("Gun Borta", "slutade 2018-12-01", "Berit Ny", "tel:0611-55502", "okänd"):
        assertContains(response, words)


def test_confirming_leads_back_to_a_list_with_one_less(as_coordinator, agency, gone):
    for _ in range(2):
        PlacementFactory(agency=agency, contact=gone)
    for left in (1, 0):
        [way, *_] = [address for words, address in ways(as_coordinator.get(LIST)) if words == "Bekräfta …"]
        assert parse_qs(urlparse(way).query) == {"tillbaka": [LIST]}
        # Nothing to fill in: the successor and today are proposed.
        response = send(as_coordinator, way)
        assert response.url == LIST
        assert len(names(as_coordinator.get(LIST))) == left


def test_withdrawing_leads_back_too(as_coordinator, agency, gone):
    PlacementFactory(agency=agency, contact=gone)
    [way] = [address for words, address in ways(as_coordinator.get(LIST)) if words == "Dra tillbaka …"]
    assert send(as_coordinator, way, reason="Efterträdaren vill inte.").url == LIST
    assert names(as_coordinator.get(LIST)) == []


def test_an_empty_list_says_when_it_fills(as_coordinator):
    assertContains(as_coordinator.get(LIST), "Inget avtal behöver bekräftas.")


def test_it_costs_the_same_however_many_there_are(as_coordinator):
    costs = []
    for number in (1, 2):
        for _ in range(number):
            agency = AgencyFactory()
            left = {"left_on": date(2018, 12, 1), "successor": ContactFactory(agency=agency)}
            PlacementFactory(agency=agency, contact=ContactFactory(agency=agency, **left))
        costs.append(cost(as_coordinator, LIST))
    assert costs[0] == costs[1] <= 8, costs
