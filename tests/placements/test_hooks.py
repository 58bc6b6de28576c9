"""What this room says to the agencies' room: who is in use, and what stands beside their pages."""

from datetime import date

import pytest

from agencies import asides
from agencies import lifecycle as agencies
from agencies.lifecycle.guards import keeps_in_use
from agencies.models import Agency
from placements import hooks
from praktik.records import LifecycleError
from tests.factories import ContactFactory, OfficeFactory, PlacementFactory, ended_place, ongoing_place, withdrawn_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [PlacementFactory, ongoing_place])
def test_an_agency_with_open_places_is_not_archived(make, agency, today):
    make(agency=agency)
    with pytest.raises(LifecycleError, match="Myndigheten har avtalade eller pågående platser"):
        agencies.archive(agency, on=today)
    assert Agency.objects.get(pk=agency.pk).archived_on is None


@pytest.mark.parametrize("make", [ended_place, withdrawn_place])
def test_an_agency_whose_places_are_closed_is(make, agency, today):
    make(agency=agency)
    PlacementFactory()
    agencies.archive(agency, on=today)
    assert Agency.objects.get(pk=agency.pk).archived_on == today


def test_on_the_last_day_of_a_place_nothing_is_left_to_do(agency, today):
    ended_place(agency=agency, ended_on=today)
    agencies.archive(agency, on=today)
    assert Agency.objects.get(pk=agency.pk).archived_on == today


def test_the_rule_is_asked_once_however_often_it_is_registered():
    before = list(keeps_in_use)
    hooks.register_own()
    assert keeps_in_use == before


def shown(subject, user):
    return {each.template: each.context for each in asides.beside(subject, user)}


def test_beside_an_agency_and_an_office_stands_how_many_places(agency, coordinator, own_officer, steering):
    office = OfficeFactory()
    PlacementFactory(agency=agency, office=office)
    ongoing_place(agency=agency)
    ongoing_place()
    for reader in (coordinator, own_officer):
        beside = shown(agency, reader)["placements/aside_agency.html"]["standing"]
        assert (beside.agreed, beside.ongoing) == (1, 1)
        beside = shown(office, reader)["placements/aside_office.html"]["standing"]
        assert (beside.agreed, beside.ongoing) == (1, 0)
    assert shown(agency, steering) == {}
    assert shown(office, steering) == {}


def test_beside_a_contact_stand_the_agreements_that_rest_on_them(agency, coordinator):
    contact = ContactFactory(agency=agency)
    late = PlacementFactory(agency=agency, contact=contact, planned_start=date(2019, 3, 1))
    soon = PlacementFactory(agency=agency, contact=contact, planned_start=date(2019, 2, 1))
    ongoing_place(agency=agency, contact=contact)
    PlacementFactory(agency=agency, contact=ContactFactory(agency=agency), manager=contact)
    beside = shown(contact, coordinator)["placements/aside_contact.html"]["agreements"]
    assert list(beside) == [soon, late]
