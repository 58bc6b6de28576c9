"""An agreement comes to nothing, for a reason."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import State, Verb
from placements.models import Handover, Placement
from tests.factories import HandoverFactory, PlacementFactory, ended_place, ongoing_place, withdrawn_place
from tests.placements.lives import IDENTITY, deeds_of, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 20)


@pytest.fixture
def place():
    return PlacementFactory()


def test_it_has_a_day_and_a_reason_and_nothing_comes_next(place, coordinator):
    lifecycle.withdraw(place, by=coordinator, on=ON, reason=" Omorganisation \n")
    place.refresh_from_db()
    assert (place.withdrawn_on, place.reason) == (ON, "Omorganisation")
    assert (place.next_step, place.next_on) == ("", None)
    assert place.state(on=ON) is State.WITHDRAWN
    assert place.history.first().history_user == coordinator
    assert deeds_of(place) == [(Verb.WITHDRAW, ON, coordinator)]


def test_a_handover_of_it_waits_no_longer(coordinator):
    handover = HandoverFactory()
    lifecycle.withdraw(handover.placement, by=coordinator, on=ON, reason="Omorganisation")
    assert not Handover.objects.waiting().exists()
    assert Placement.objects.get().next_step == ""


@pytest.mark.parametrize("day", [date(2018, 12, 3), date(2018, 12, 31)])
def test_the_first_and_the_last_day(place, coordinator, day):
    assert lifecycle.withdraw(place, by=coordinator, on=day, reason="Omorganisation").withdrawn_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 12, 2), "Tillbakadragandet 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        (date(2019, 1, 1), "Tillbakadragandet kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(place, coordinator, day, words):
    with refused(words):
        lifecycle.withdraw(place, by=coordinator, on=day, reason="Omorganisation")


@pytest.mark.parametrize("reason", ["", " \n", None])
def test_a_reason_is_needed(place, coordinator, reason):
    with refused("Skälet behövs."):
        lifecycle.withdraw(place, by=coordinator, on=ON, reason=reason)


def test_the_reason_names_nobody(place, coordinator):
    with refused("personnummer"):
        lifecycle.withdraw(place, by=coordinator, on=ON, reason=f"{IDENTITY} kom aldrig")


def test_the_longest_reason(place, coordinator):
    with refused("Skälet är 2001 tecken. Högst 2000 får plats."):
        lifecycle.withdraw(place, by=coordinator, on=ON, reason="å" * 2001)
    assert len(lifecycle.withdraw(place, by=coordinator, on=ON, reason="å" * 2000).reason) == 2000


@pytest.mark.parametrize(
    ("make", "words"),
    [(ongoing_place, "startade redan"), (ended_place, "är avslutad"), (withdrawn_place, "drogs tillbaka 2018-12-20")],
)
def test_what_is_no_longer_an_agreement_is_not_withdrawn(make, words, coordinator):
    place = make()
    with refused(words):
        lifecycle.withdraw(place, by=coordinator, on=ON, reason="Omorganisation")


def test_a_place_that_is_gone_is_told(place, coordinator):
    Placement.objects.filter(pk=place.pk).delete()
    with refused("Platsen finns inte längre. Läs om sidan."):
        lifecycle.withdraw(place, by=coordinator, on=ON, reason="Omorganisation")
