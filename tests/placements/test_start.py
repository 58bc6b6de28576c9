"""Somebody is in place."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import Sex, State, Verb
from placements.models import Placement, TargetGroup
from praktik import clock
from tests.factories import (
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    PlacementFactory,
    ProgrammeFactory,
    TargetGroupFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)
from tests.placements.lives import deeds_of, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STARTED = date(2018, 12, 17)
END = date(2019, 5, 31)


@pytest.fixture
def place(agency, office):
    return PlacementFactory(agency=agency, office=office)


@pytest.fixture
def start(coordinator, newly_arrived):
    """Start with plausible arguments, and with what a test says instead."""

    def started(place, **said):
        given = {"started_on": STARTED, "planned_end": END, "target_group": newly_arrived, "sex": Sex.WOMAN}
        return lifecycle.start(place, **{"by": coordinator} | given | said)

    return started


def old(**fields):
    """A place that was agreed long ago, so that a start may lie anywhere since."""
    return PlacementFactory(agreed_on=date(2016, 1, 1), planned_start=date(2016, 1, 1), **fields)


def test_the_start_is_stored_whole(start, place, office, newly_arrived, coordinator, today):
    before = Placement.objects.values().get()
    start(place)
    after = Placement.objects.values().get()
    assert {name: value for name, value in after.items() if before[name] != value} == {
        "started_on": STARTED,
        "planned_end": END,
        "target_group_id": newly_arrived.pk,
        "sex": Sex.WOMAN,
        "next_step": "Avsluta eller förläng",
        "next_on": END,
    }
    place.refresh_from_db()
    assert (place.state(on=today), place.office) == (State.ONGOING, office)
    assert place.history.first().history_user == coordinator
    assert deeds_of(place) == [(Verb.START, STARTED, coordinator)]


def test_the_office_that_owns_it_starts_it(start, place, own_officer):
    start(place, by=own_officer)
    assert place.history.first().history_user == own_officer


@pytest.mark.parametrize("sex", Sex)
def test_every_figure_of_sex(start, place, sex):
    assert start(place, sex=sex).sex == sex


def test_it_may_start_though_its_agreement_should_be_confirmed(start, agency):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 5))
    assert start(PlacementFactory(agency=agency, contact=gone)).started_on == STARTED


def test_while_a_handover_waits_it_is_that_which_comes_next(start, place, today):
    HandoverFactory(placement=place, handed_on=date(2018, 12, 28))
    start(place)
    assert step_of(place)[1] == date(2019, 1, 4)
    assert step_of(place)[0].endswith("på överlämningen")


def test_its_order_stays(start, place):
    order = MatchingOrderFactory(places=[place])
    assert start(place).order == order


# Days


@pytest.mark.parametrize("day", [date(2018, 12, 3), date(2018, 12, 31)])
def test_the_first_and_the_last_day(start, place, day):
    assert start(place, started_on=day).started_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 12, 2), "Starten 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        (date(2019, 1, 1), "Starten kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(start, place, day, words):
    with refused(words):
        start(place, started_on=day)


def test_one_day_is_the_shortest(start, place):
    assert start(place, planned_end=STARTED).planned_end == STARTED
    with refused("Platsen startade redan"):
        start(place, planned_end=STARTED)


def test_an_end_planned_before_the_start_is_refused(start, place):
    with refused("Det planerade slutet 2018-12-16 kan inte vara före starten 2018-12-17."):
        start(place, planned_end=STARTED - timedelta(days=1))


# Six months of PIS, twelve of one decision in MBJ
LAST = [
    ("PIS", "2018-01-15", "2018-07-14"),
    ("PIS", "2018-09-01", "2019-02-28"),
    ("PIS", "2018-03-31", "2018-09-30"),
    ("PIS", "2016-02-29", "2016-08-28"),
    ("PIS", "2018-12-31", "2019-06-30"),
    ("MBJ", "2018-01-01", "2018-12-31"),
    ("MBJ", "2016-03-01", "2017-02-28"),
    ("MBJ", "2018-12-31", "2019-12-30"),
]


@pytest.mark.parametrize(("code", "first", "last"), LAST)
def test_the_last_day_that_the_programme_allows(start, code, first, last):
    place = old(programme=programme(code))
    last = date.fromisoformat(last)
    with refused(f"{code} är högst", f"Räknat från {first} är sista möjliga dag {last}."):
        start(place, started_on=date.fromisoformat(first), planned_end=last + timedelta(days=1))
    assert start(place, started_on=date.fromisoformat(first), planned_end=last).planned_end == last


@pytest.mark.parametrize(
    ("end", "rule"),
    [
        ("2019-01-01", "MBJ är högst 12 månader per beslut. Räknat från 2018-01-01 är sista möjliga dag 2018-12-31."),
        ("2020-01-01", "MBJ är högst 24 månader sammanlagt. Räknat från 2018-01-01 är sista möjliga dag 2019-12-31."),
    ],
)
def test_the_rule_that_is_broken_is_told(start, mbj, end, rule):
    place = old(programme=mbj)
    with refused(rule):
        start(place, started_on=date(2018, 1, 1), planned_end=date.fromisoformat(end))


def test_nothing_starts_after_the_programme_s_last_day(start, mbj):
    place = old(programme=mbj)
    with clock.on_day(date(2019, 1, 2)):
        with refused("En start 2019-01-01 går inte: sista dag för nya beslut i MBJ är 2018-12-31."):
            start(place, started_on=date(2019, 1, 1))
        # A start that is written down late is judged by its own day.
        assert start(place, started_on=date(2018, 12, 31)).started_on == date(2018, 12, 31)


def test_nothing_starts_before_the_programme_s_first_day(start):
    group = TargetGroupFactory()
    place = old(programme=ProgrammeFactory(code="ETJ", first_day=STARTED, target_groups=[group]))
    with refused("En start 2018-12-16 går inte: ETJ finns från och med 2018-12-17."):
        start(place, started_on=STARTED - timedelta(days=1), target_group=group)
    assert start(place, target_group=group).started_on == STARTED


# The person


def test_a_target_group_that_the_programme_is_not_for_is_refused(start, place):
    unemployed = TargetGroup.objects.get(code="long_term_unemployed")
    with refused("PIS är inte för långtidsarbetslösa."):
        start(place, target_group=unemployed)


def test_a_target_group_that_the_place_does_not_accept_is_refused(start, newly_arrived, disability):
    place = PlacementFactory(target_groups=[disability])
    with refused("Platsen tar inte emot nyanlända enligt avtalet."):
        start(place)
    assert start(place, target_group=disability).target_group == disability


def test_a_target_group_that_the_programme_no_longer_has_is_refused(start, place, pis, disability):
    pis.target_groups.set([disability])
    with refused("PIS är inte för nyanlända."):
        start(place)


def test_a_target_group_is_needed(start, place):
    with refused("Välj målgrupp."):
        start(place, target_group=None)


@pytest.mark.parametrize("sex", ["", "okänt"])
def test_a_sex_that_is_no_figure_is_refused(start, place, sex):
    with refused("Kön: välj något av det som visas."):
        start(place, sex=sex)


# Where it stands


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (ongoing_place, "Platsen startade redan 2018-09-03."),
        (ended_place, "Platsen är avslutad sedan 2018-08-31."),
        (withdrawn_place, "Platsen drogs tillbaka 2018-12-20."),
    ],
)
def test_what_is_not_agreed_does_not_start(start, make, words):
    place = make()
    with refused(words):
        start(place)


def test_who_read_the_place_before_a_colleague_started_it_is_told(start, place):
    as_it_was = Placement.objects.get(pk=place.pk)
    start(place)
    with refused("Platsen startade redan 2018-12-17."):
        start(as_it_was)
