"""Confirming an agreement: somebody at the agency says that it holds, and from then on it rests on them."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements import lifecycle
from tests.agencies.browsing import errors, opened
from tests.factories import ContactFactory
from tests.placements.lives import rows
from tests.placements.pages import agreed, filled, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def gone(agency):
    """Who promised and left, and whose work Berit does now."""
    berit = ContactFactory(agency=agency, name="Berit Ny")
    return ContactFactory(agency=agency, name="Gun Borta", left_on=date(2018, 12, 20), successor=berit)


@pytest.fixture
def place(coordinator, agency, gone):
    return agreed(coordinator, agency=agency, contact=gone)[0]


def confirm(browser, place, **typed):
    return send(browser, f"/platser/{place.pk}/bekrafta/", **typed)


def test_the_successor_and_today_are_proposed(as_coordinator, place, gone):
    form = as_coordinator.get(f"/platser/{place.pk}/bekrafta/")
    assert (opened(form)["contact"], opened(form)["on"]) == ([str(gone.successor_id)], ["2018-12-31"])
    assertContains(form, "Avtalet vilar på Gun Borta")
    assertContains(form, "som slutade 2018-12-20")


def test_it_rests_on_the_successor_from_then_on(as_coordinator, place, gone):
    assertContains(as_coordinator.get(place.get_absolute_url()), "Behöver bekräftas")
    assert confirm(as_coordinator, place, on="2018-12-28").status_code == 302
    confirmation = place.confirmations.get()
    assert (confirmation.on, confirmation.contact, confirmation.previous) == (date(2018, 12, 28), gone.successor, gone)
    place.refresh_from_db()
    assert place.contact == gone.successor
    response = as_coordinator.get(place.get_absolute_url())
    assert "Behöver bekräftas" not in [each.words for each in response.context["said"]]


def test_only_those_who_are_there_can_be_chosen(as_coordinator, place, gone, agency):
    form = as_coordinator.get(f"/platser/{place.pk}/bekrafta/").context["form"]
    assert list(form.fields["contact"].queryset) == [gone.successor]
    stranger = ContactFactory(name="Sven Främmande")
    before = rows()
    for forged in (gone.pk, stranger.pk, 0, "9" * 30, "²", "\0", ""):
        assert list(errors(confirm(as_coordinator, place, contact=forged))) == ["contact"], forged
    assert rows() == before


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2018-12-02", "Bekräftelsen 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        ("2018-12-10", "Bekräftelsen 2018-12-10 kan inte vara före den förra bekräftelsen 2018-12-12."),
    ],
)
def test_the_days_come_in_order(as_coordinator, coordinator, agency, place, day, words):
    lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 12), contact=ContactFactory(agency=agency))
    before = rows()
    response = confirm(as_coordinator, place, on=day, contact=place.agency.contacts.get(name="Berit Ny").pk)
    assert errors(response) == {"on": [words]}
    assert opened(response)["on"] == [day]
    assert rows() == before


def test_somebody_who_had_not_come_back_cannot_be_made_to_promise(as_coordinator, place, gone):
    """Chosen while there, marked as gone before the form was sent."""
    address = f"/platser/{place.pk}/bekrafta/"
    data = filled(as_coordinator.get(address))
    type(gone).objects.filter(pk=gone.successor_id).update(left_on=date(2018, 12, 30))
    assert list(errors(as_coordinator.post(address, data))) == ["contact"]
