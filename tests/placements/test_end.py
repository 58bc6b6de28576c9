"""The last day in place, and what came after."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import EMPLOYMENTS, Outcome, State, Verb
from placements.models import Handover, Placement
from tests.factories import HandoverFactory, PlacementFactory, ended_place, ongoing_place, programme, withdrawn_place
from tests.placements.lives import deeds_of, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENDED = date(2018, 12, 14)


@pytest.fixture
def place(office):
    """Started on 2018-09-03."""
    return ongoing_place(office=office)


@pytest.fixture
def end(coordinator):
    """End with plausible arguments, and with what a test says instead."""

    def ended(place, outcome=Outcome.STUDIES, **said):
        return lifecycle.end(place, outcome=outcome, **{"by": coordinator, "ended_on": ENDED} | said)

    return ended


def test_the_end_is_stored_whole(end, place, coordinator):
    before = Placement.objects.values().get()
    end(place)
    after = Placement.objects.values().get()
    assert {name: value for name, value in after.items() if before[name] != value} == {
        "ended_on": ENDED,
        "outcome": Outcome.STUDIES,
        "next_step": "",
        "next_on": None,
    }
    assert place.history.first().history_user == coordinator
    assert deeds_of(place) == [(Verb.END, ENDED, coordinator)]


def test_the_last_day_is_still_a_day_in_place(end, place):
    place = end(place)
    assert place.state(on=ENDED) is State.ONGOING
    assert place.state(on=date(2018, 12, 15)) is State.ENDED
    assert place.stands() is State.ENDED


def test_the_office_that_owns_it_ends_it(end, place, own_officer):
    end(place, by=own_officer)
    assert place.history.first().history_user == own_officer


def test_a_handover_of_it_waits_no_longer(end, place):
    HandoverFactory(placement=place)
    end(place)
    assert not Handover.objects.waiting().exists()
    assert step_of(place) == ("", None)


# Days


@pytest.mark.parametrize("day", [date(2018, 9, 3), date(2018, 12, 31)])
def test_the_first_and_the_last_day(end, place, day):
    assert end(place, ended_on=day).ended_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 9, 2), "Slutet 2018-09-02 kan inte vara före starten 2018-09-03."),
        (date(2019, 1, 1), "Slutet kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(end, place, day, words):
    with refused(words):
        end(place, ended_on=day)


def test_it_may_end_after_the_day_that_was_planned(end):
    assert end(ongoing_place(planned_end=date(2018, 11, 30))).ended_on == ENDED


def test_it_does_not_end_before_it_was_extended(end, coordinator):
    place = ongoing_place(programme=programme("MBJ"))
    days = {"decided_on": date(2018, 12, 10), "new_end": date(2019, 5, 31)}
    lifecycle.extend(place, by=coordinator, reason="Det går bra.", **days)
    with refused("Slutet 2018-12-09 kan inte vara före beslutet om förlängning 2018-12-10."):
        end(place, ended_on=date(2018, 12, 9))
    assert end(place, ended_on=date(2018, 12, 10)).ended_on == date(2018, 12, 10)


# What came after


@pytest.mark.parametrize("subsidised", [True, False])
@pytest.mark.parametrize("outcome", EMPLOYMENTS)
def test_an_employment_says_whether_it_is_subsidised(end, place, outcome, subsidised):
    assert end(place, outcome, subsidised=subsidised).subsidised is subsidised


@pytest.mark.parametrize("outcome", EMPLOYMENTS)
def test_an_employment_that_does_not_say_it_is_refused(end, place, outcome):
    with refused("Ange om det är en anställning med subvention eller utan."):
        end(place, outcome)


NO_EMPLOYMENT = [each for each in Outcome if each not in EMPLOYMENTS]


@pytest.mark.parametrize("outcome", NO_EMPLOYMENT)
def test_every_other_outcome(end, place, outcome):
    place = end(place, outcome)
    assert (place.outcome, place.subsidised) == (outcome, None)


@pytest.mark.parametrize("subsidised", [True, False])
@pytest.mark.parametrize("outcome", NO_EMPLOYMENT)
def test_what_is_no_employment_is_not_subsidised(end, place, outcome, subsidised):
    with refused("Subvention anges bara för en anställning."):
        end(place, outcome, subsidised=subsidised)


def test_which_outcomes_are_employments():
    assert set(EMPLOYMENTS) == {"same_agency", "elsewhere"}


@pytest.mark.parametrize("outcome", ["", "pension"])
def test_an_unknown_outcome_is_refused(end, place, outcome):
    with refused("Utfallet: välj något av det som visas."):
        end(place, outcome)


@pytest.mark.parametrize("until", [ENDED, date(2021, 6, 30)])
def test_the_agency_s_own_employment_may_say_until_when(end, place, until):
    place = end(place, Outcome.SAME_AGENCY, subsidised=False, employed_until=until)
    assert Placement.objects.get().employed_until == until


def test_an_employment_that_ended_before_it_began_is_refused(end, place):
    with refused("Anställningens slut 2018-12-13 kan inte vara före platsens slut 2018-12-14."):
        end(place, Outcome.SAME_AGENCY, subsidised=False, employed_until=date(2018, 12, 13))


@pytest.mark.parametrize(("outcome", "subsidised"), [(Outcome.ELSEWHERE, True), (Outcome.STUDIES, None)])
def test_of_other_outcomes_it_is_not_said_until_when(end, place, outcome, subsidised):
    with refused("Anställd till och med anges bara för en anställning på samma myndighet."):
        end(place, outcome, subsidised=subsidised, employed_until=date(2019, 6, 30))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (PlacementFactory, "Platsen har inte startat än."),
        (ended_place, "Platsen är avslutad sedan 2018-08-31."),
        (withdrawn_place, "Platsen drogs tillbaka 2018-12-20."),
    ],
)
def test_what_is_not_ongoing_does_not_end(end, make, words):
    place = make()
    with refused(words):
        end(place)
