"""Ninety days after the end it is asked once more: a figure on the place."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import FollowUp, Verb
from placements.models import Placement
from tests.factories import PlacementFactory, ended_place, ongoing_place, withdrawn_place
from tests.placements.lives import deeds_of, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENDED = date(2018, 8, 31)
ON = ENDED + timedelta(days=90)


@pytest.fixture
def place(office):
    return ended_place(office=office)


@pytest.fixture
def follow_up(coordinator):
    """Follow up with plausible arguments, and with what a test says instead."""

    def followed(place, outcome=FollowUp.STUDIES, **said):
        return lifecycle.follow_up(place, outcome=outcome, **{"by": coordinator, "on": ON} | said)

    return followed


def test_it_is_a_figure_on_the_place(follow_up, place, coordinator):
    before = Placement.objects.values().get()
    follow_up(place)
    after = Placement.objects.values().get()
    assert {name: value for name, value in after.items() if before[name] != value} == {
        "followed_up_on": ON,
        "follow_up": FollowUp.STUDIES,
    }
    assert place.history.first().history_user == coordinator
    assert deeds_of(place) == [(Verb.FOLLOW_UP, ON, coordinator)]


def test_the_office_that_owns_it_follows_up(follow_up, place, own_officer):
    follow_up(place, by=own_officer)
    assert place.history.first().history_user == own_officer


def test_the_ninetieth_day_is_the_first(follow_up, place):
    assert date(2018, 11, 29) == ENDED + timedelta(days=90) == ON
    with refused("Uppföljningen 2018-11-28 kan inte vara före 90 dagar efter slutet, 2018-11-29."):
        follow_up(place, on=ON - timedelta(days=1))
    assert follow_up(place).followed_up_on == ON


def test_today_is_the_last_day(follow_up, place, today):
    with refused("Uppföljningen kan inte dateras 2019-01-01: dagen har inte varit än."):
        follow_up(place, on=date(2019, 1, 1))
    assert follow_up(place, on=today).followed_up_on == today


@pytest.mark.parametrize("subsidised", [True, False])
def test_work_says_whether_it_is_subsidised(follow_up, place, subsidised):
    assert follow_up(place, FollowUp.WORK, subsidised=subsidised).follow_up_subsidised is subsidised


def test_work_that_does_not_say_it_is_refused(follow_up, place):
    with refused("Ange om det är arbete med subvention eller utan."):
        follow_up(place, FollowUp.WORK)


@pytest.mark.parametrize("found", [FollowUp.STUDIES, FollowUp.NONE, FollowUp.UNKNOWN])
def test_what_is_no_work_is_not_subsidised(follow_up, place, found):
    for subsidised in (True, False):
        with refused("Subvention anges bara för arbete."):
            follow_up(place, found, subsidised=subsidised)
    assert follow_up(place, found).follow_up == found


@pytest.mark.parametrize("found", ["", "pension"])
def test_an_unknown_answer_is_refused(follow_up, place, found):
    with refused("Uppföljningen: välj något av det som visas."):
        follow_up(place, found)


def test_it_is_asked_once(follow_up, place):
    follow_up(place)
    with refused("Platsen är redan uppföljd 2018-11-29."):
        follow_up(place)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (PlacementFactory, "Platsen har inte startat än."),
        (ongoing_place, "Platsen startade redan 2018-09-03."),
        (withdrawn_place, "Platsen drogs tillbaka 2018-12-20."),
    ],
)
def test_what_has_not_ended_is_not_followed_up(follow_up, make, words):
    place = make()
    with refused(words):
        follow_up(place)
