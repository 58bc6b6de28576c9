"""Taking back: the latest step of a place, or everything that one sending did."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from placements import lifecycle
from placements.models import Deed, Handover, MatchingOrder, Placement
from praktik.accounts.roles import Role
from tests.agencies.browsing import told
from tests.factories import ContactFactory, OfficeFactory, UserFactory
from tests.placements.lives import as_stored, rows
from tests.placements.pages import (
    OTHER_OFFICE,
    agreed,
    begun,
    doings,
    forbidden,
    ordered,
    owned,
    press,
    send,
    undo_address,
    waiting,
    ways,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def undo_button(response) -> str:
    """Where the button on a place's page leads."""
    [address] = [address for _, address in ways(response) if "/angra/" in address]
    return address


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


def agree_ten(browser, agency, **typed):
    form = f"/myndigheter/{agency.pk}/platser/nya/"
    given = {
        "places": 10,
        "planned_start": "2019-01-14",
        "duties": "Arkiv",
        "contact": ContactFactory(agency=agency).pk,
    }
    town = agency.municipalities.get().pk
    programme = browser.get(form).context["form"].fields["programme"].queryset.get(code="PIS").pk
    return send(browser, form, **given | {"programme": programme, "municipality": town} | typed)


# From a place's page


def test_the_latest_step_is_taken_back_and_said(as_coordinator, coordinator):
    place = begun(coordinator)
    page = as_coordinator.get(place.get_absolute_url())
    assert doings(page)["angra"] == "Ångra: start"
    assertContains(page, "Det senaste steget tas tillbaka: start 2018-09-03, Karin Koordinator.")
    response = as_coordinator.post(undo_button(page))
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == [f"Ångrat: start, PIS Arkiv hos {place.agency}."]
    place.refresh_from_db()
    assert place.started_on is None


def test_step_by_step_back_to_the_agreement(as_coordinator, coordinator, office, own_officer):
    place = owned(agreed(coordinator)[0], coordinator, own_officer)
    lifecycle.take_back(place, by=coordinator, on=date(2018, 12, 12))
    ordered([place], coordinator, office)
    lifecycle.withdraw(place, by=coordinator, on=date(2018, 12, 20), reason="Ny chef")
    for word in ("tillbakadragen", "order", "tillbaka hos koordinatorn"):
        page = as_coordinator.get(place.get_absolute_url())
        assert doings(page)["angra"] == f"Ångra: {word}"
        as_coordinator.post(undo_button(page))
    # The acceptance is the office's own to take back.
    assert "angra" not in doings(as_coordinator.get(place.get_absolute_url()))


def test_undoing_an_agreement_asks_first_and_leads_to_the_agency(as_coordinator, coordinator):
    [place] = agreed(coordinator)
    page = as_coordinator.get(place.get_absolute_url())
    assertContains(page, "Platsen försvinner helt, som om den aldrig hade avtalats.")
    assert doings(page)["angra"] == "Ta bort platsen"
    response = as_coordinator.post(undo_button(page), {"tillbaka": place.get_absolute_url()})
    assertRedirects(response, place.agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == [f"Ångrat: avtal, PIS Arkiv hos {place.agency}."]
    assert not Placement.objects.exists()
    assert as_coordinator.get(place.get_absolute_url()).status_code == 404


def test_a_step_that_is_no_longer_the_latest_is_refused(as_coordinator, coordinator):
    place = begun(coordinator)
    address = undo_button(as_coordinator.get(place.get_absolute_url()))
    lifecycle.end(place, by=coordinator, ended_on=date(2018, 12, 20), outcome="studies")
    before = rows()
    response = as_coordinator.post(address)
    assert told(response) == ["Något mer har hänt med platsen sedan dess. Läs om sidan."]
    assert rows() == before


def test_undoing_twice_takes_back_one_step(as_coordinator, coordinator):
    place = begun(coordinator)
    address = undo_button(as_coordinator.get(place.get_absolute_url()))
    for _ in range(2):
        response = as_coordinator.post(address)
    assert told(response)[-1] == "Något mer har hänt med platsen sedan dess. Läs om sidan."
    assert Placement.objects.filter(pk=place.pk).exists()


@pytest.mark.parametrize("step", ["0", "-1", "9" * 30, "²", "\0", "x"])
def test_a_forged_step_takes_back_no_other(as_coordinator, coordinator, step):
    place = begun(coordinator)
    lifecycle.end(place, by=coordinator, ended_on=date(2018, 12, 20), outcome="studies")
    response = as_coordinator.post(f"/platser/{place.pk}/angra/?steg={step}")
    assert told(response)
    place.refresh_from_db()
    assert place.started_on
    assert place.ended_on or step in ("-1", "9" * 30, "²", "\0", "x")  # What is no key is as if none was named.


def test_a_start_that_another_place_rests_on_is_not_undone(as_coordinator, coordinator):
    place = begun(coordinator)
    address = undo_button(as_coordinator.get(place.get_absolute_url()))
    agreed(coordinator, agency=place.agency, follows=place)
    response = as_coordinator.post(address)
    assert told(response) == ["En annan plats följer på den här. Starten kan inte ångras."]
    assert "angra" not in doings(as_coordinator.get(place.get_absolute_url()))


def test_an_officer_takes_back_the_own_office_s_steps_and_no_other(as_own, log_in, coordinator, own_officer):
    place = owned(begun(coordinator), coordinator, own_officer)
    stranger = UserFactory(role=Role.CASE_OFFICER)
    OfficeFactory(officers=[stranger])
    before = as_stored(place)
    forbidden(log_in(stranger).post(f"/platser/{place.pk}/angra/"), OTHER_OFFICE)
    assert as_stored(place) == before
    assert doings(as_own.get(place.get_absolute_url()))["angra"].startswith("Ångra: överlämning mottagen")
    as_own.post(undo_button(as_own.get(place.get_absolute_url())))
    assert as_stored(place)["office_id"] is None


# What one sending did


def test_all_that_were_agreed_together_are_taken_away_from_the_page_of_one(as_coordinator, coordinator, agency):
    first, *_ = agreed(coordinator, 3, agency=agency)
    page = as_coordinator.get(first.get_absolute_url())
    [address] = [way for words, way in ways(page) if words == "Ta bort alla 3 som avtalades samtidigt"]
    response = press(as_coordinator, address)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert not Placement.objects.exists()


def test_ten_places_agreed_by_mistake_are_gone(as_coordinator, agency):
    others = agreed(UserFactory(), agency=agency)
    response = agree_ten(as_coordinator, agency)
    assert told(response)[0].startswith("10 platser är avtalade.")
    assert Placement.objects.count() == 11
    undone = press(as_coordinator, undo_address(response), tillbaka=response.url)
    assertRedirects(undone, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(undone)[-1] == "Ångrat: avtal, 10 platser."
    assert list(Placement.objects.all()) == others


def test_of_ten_agreed_nothing_is_undone_once_one_has_gone_on(as_coordinator, coordinator, agency):
    response = agree_ten(as_coordinator, agency)
    lifecycle.withdraw(Placement.objects.last(), by=coordinator, on=date(2018, 12, 31), reason="Ny chef")
    before = rows()
    undone = press(as_coordinator, undo_address(response))
    assert told(undone)[-1] == "Något mer har hänt med platsen sedan dess. Läs om sidan."
    assert rows() == before


def test_an_act_is_undone_once(as_coordinator, agency):
    response = agree_ten(as_coordinator, agency)
    assert press(as_coordinator, undo_address(response)).status_code == 302
    assert press(as_coordinator, undo_address(response)).status_code == 404


def test_an_order_is_undone_for_all_its_places(as_coordinator, coordinator, agency, office):
    places = agreed(coordinator, 3, agency=agency)
    before = [as_stored(place) for place in places]
    response = send(as_coordinator, f"/myndigheter/{agency.pk}/order/ny/", office=office.pk)
    assert MatchingOrder.objects.get().placements.count() == 3
    press(as_coordinator, undo_address(response))
    assert not MatchingOrder.objects.exists()
    assert [as_stored(place) for place in places] == before


def test_an_order_that_is_answered_is_recalled_and_not_undone(as_coordinator, coordinator, agency, office, own_officer):
    agreed(coordinator, agency=agency)
    response = send(as_coordinator, f"/myndigheter/{agency.pk}/order/ny/", office=office.pk)
    order = MatchingOrder.objects.get()
    lifecycle.answer(order, by=own_officer, office=office, on=date(2018, 12, 31), kind="none_now", text="")
    undone = press(as_coordinator, undo_address(response))
    assert told(undone)[-1] == "Ordern är besvarad eller märkt som svårmatchad. Återta den i stället för att ångra."
    assert MatchingOrder.objects.exists()


def test_a_handover_of_many_is_undone_for_all(as_coordinator, coordinator, agency, office):
    places = agreed(coordinator, 3, agency=agency)
    before = [as_stored(place) for place in places]
    response = send(as_coordinator, "/overlamningar/nya/", placements=[place.pk for place in places], office=office.pk)
    assert Handover.objects.count() == 3
    press(as_coordinator, undo_address(response))
    assert not Handover.objects.exists()
    assert [as_stored(place) for place in places] == before


def test_another_office_undoes_no_act_of_others(log_in, coordinator, own_officer, office):
    place = owned(agreed(coordinator)[0], coordinator, own_officer)
    stranger = UserFactory(role=Role.CASE_OFFICER)
    elsewhere = OfficeFactory(officers=[stranger])
    waiting(agreed(coordinator)[0], coordinator, elsewhere)
    before = rows()
    *_, accepted = Deed.objects.filter(placement=place).order_by("pk").values_list("act", flat=True)
    forbidden(log_in(stranger).post(f"/platser/angra/{accepted}/"), OTHER_OFFICE)
    for act in Deed.objects.filter(placement=place).values_list("act", flat=True):
        log_in(stranger).post(f"/platser/angra/{act}/")
    assert rows() == before
