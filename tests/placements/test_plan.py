"""Somebody chooses another next step for an open place, or another day."""

from datetime import date

import pytest

from placements import lifecycle
from placements.models import Deed
from tests.factories import PlacementFactory, ended_place, ongoing_place, withdrawn_place
from tests.placements.lives import IDENTITY, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DUE = date(2019, 1, 9)


@pytest.mark.parametrize("make", [PlacementFactory, ongoing_place])
def test_an_open_place_has_the_step_that_was_chosen(make, coordinator):
    place = make()
    lifecycle.plan(place, by=coordinator, what=" Ring chefen ", due_on=DUE)
    assert step_of(place) == ("Ring chefen", DUE)
    assert place.history.first().history_user == coordinator
    assert not Deed.objects.exists()


def test_the_office_that_owns_it_chooses_too(office, own_officer):
    place = PlacementFactory(office=office)
    lifecycle.plan(place, by=own_officer, what="Ring chefen", due_on=DUE)
    assert step_of(place) == ("Ring chefen", DUE)


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2021, 12, 30)])
def test_the_first_and_the_last_day(coordinator, day):
    assert lifecycle.plan(PlacementFactory(), by=coordinator, what="Ring", due_on=day).next_on == day


@pytest.mark.parametrize(
    ("day", "words"), [(date(2018, 12, 30), "har redan varit"), (date(2021, 12, 31), "mer än tre år fram")]
)
def test_another_day_is_refused(coordinator, day, words):
    place = PlacementFactory()
    with refused(words):
        lifecycle.plan(place, by=coordinator, what="Ring", due_on=day)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("", "Nästa steg behövs."),
        (" ", "Nästa steg behövs."),
        ("å" * 151, "151 tecken. Högst 150"),
        (IDENTITY, "personn"),
    ],
)
def test_words_that_do_not_do_are_refused(coordinator, what, words):
    place = PlacementFactory()
    with refused(words):
        lifecycle.plan(place, by=coordinator, what=what, due_on=DUE)


@pytest.mark.parametrize("make", [ended_place, withdrawn_place])
def test_nothing_comes_next_for_a_closed_place(make, coordinator):
    place = make()
    with refused("Platsen"):
        lifecycle.plan(place, by=coordinator, what="Ring", due_on=DUE)


def test_the_next_verb_replaces_it(coordinator, office):
    place = lifecycle.plan(PlacementFactory(), by=coordinator, what="Ring", due_on=DUE)
    lifecycle.order([place], by=coordinator, office=office, sent_on=date(2018, 12, 31), profile="Arkiv")
    assert step_of(place) == ("Svar från Arbetsförmedlingen Sollefteå", date(2019, 1, 14))
