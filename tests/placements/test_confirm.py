"""An agreement is confirmed anew, by somebody who is there."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import Verb
from placements.models import Confirmation, Placement
from tests.factories import ContactFactory, PlacementFactory, ongoing_place, withdrawn_place
from tests.placements.lives import deeds_of, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 20)


@pytest.fixture
def gone(agency):
    return ContactFactory(agency=agency, name="Gun Borta", left_on=date(2018, 12, 15))


@pytest.fixture
def successor(agency):
    return ContactFactory(agency=agency, name="Sara Efter")


@pytest.fixture
def place(agency, gone):
    return PlacementFactory(agency=agency, contact=gone)


def test_the_agreement_rests_on_who_confirmed_it(place, gone, successor, coordinator, today):
    assert list(Placement.objects.to_confirm(on=today)) == [place]
    lifecycle.confirm(place, by=coordinator, on=ON, contact=successor)
    place.refresh_from_db()
    confirmation = place.confirmations.get()
    assert place.contact == successor
    assert (confirmation.on, confirmation.contact, confirmation.previous) == (ON, successor, gone)
    assert not Placement.objects.to_confirm(on=today).exists()
    assert not place.rests_on_gone(on=today)


def test_it_is_kept_who_wrote_it_down(place, successor, coordinator):
    lifecycle.confirm(place, by=coordinator, on=ON, contact=successor)
    assert place.history.first().history_user == coordinator
    assert Confirmation.objects.get().history.get().history_user == coordinator
    assert deeds_of(place) == [(Verb.CONFIRM, ON, coordinator)]
    assert place.deeds.get().confirmation == Confirmation.objects.get()


def test_the_next_step_is_the_place_s_own_again(place, successor, coordinator):
    lifecycle.plan(place, by=coordinator, what="Sök efterträdaren", due_on=date(2019, 1, 2))
    place = lifecycle.confirm(place, by=coordinator, on=ON, contact=successor)
    assert (place.next_step, place.next_on) == ("Beställ matchning", ON + timedelta(days=14))


def test_an_agreement_that_rested_on_nobody_is_confirmed_too(agency, successor, coordinator):
    place = lifecycle.confirm(PlacementFactory(agency=agency), by=coordinator, on=ON, contact=successor)
    assert place.confirmations.get().previous is None
    assert place.contact == successor


def test_it_is_confirmed_again_by_the_same_person(place, successor, coordinator):
    for _ in range(2):
        lifecycle.confirm(place, by=coordinator, on=ON, contact=successor)
    assert [each.previous.name for each in place.confirmations.order_by("pk")] == ["Gun Borta", "Sara Efter"]


@pytest.mark.parametrize("day", [date(2018, 12, 3), date(2018, 12, 31)])
def test_the_first_and_the_last_day(place, successor, coordinator, day):
    lifecycle.confirm(place, by=coordinator, on=day, contact=successor)
    assert place.confirmations.get().on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 12, 2), "Bekräftelsen 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        (date(2019, 1, 1), "Bekräftelsen kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(place, successor, coordinator, day, words):
    with refused(words):
        lifecycle.confirm(place, by=coordinator, on=day, contact=successor)


def test_a_confirmation_before_the_previous_one_is_refused(place, successor, coordinator):
    lifecycle.confirm(place, by=coordinator, on=ON, contact=successor)
    with refused("Bekräftelsen 2018-12-19 kan inte vara före den förra bekräftelsen 2018-12-20."):
        lifecycle.confirm(place, by=coordinator, on=ON - timedelta(days=1), contact=successor)


def test_who_has_left_confirms_nothing(place, gone, coordinator):
    with refused("Gun Borta slutade 2018-12-15 och kan inte väljas."):
        lifecycle.confirm(place, by=coordinator, on=ON, contact=gone)
    with refused("Gun Borta slutade"):
        lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 15), contact=gone)
    lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 14), contact=gone)


def test_somebody_confirms_it(place, coordinator):
    with refused("Välj vem som har bekräftat."):
        lifecycle.confirm(place, by=coordinator, on=ON, contact=None)


def test_somebody_of_another_agency_confirms_nothing(place, coordinator):
    stranger = ContactFactory()
    with refused("hör till en annan myndighet"):
        lifecycle.confirm(place, by=coordinator, on=ON, contact=stranger)


@pytest.mark.parametrize(
    ("make", "words"), [(ongoing_place, "startade redan"), (withdrawn_place, "drogs tillbaka 2018-12-20")]
)
def test_what_is_no_longer_an_agreement_is_not_confirmed(make, words, agency, successor, coordinator):
    place = make(agency=agency)
    with refused(words):
        lifecycle.confirm(place, by=coordinator, on=ON, contact=successor)
