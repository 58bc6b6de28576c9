"""Statskontoret's counts of a measuring year: offered, started, completed, and what became of them."""

from datetime import date, timedelta

import pytest

from placements.choices import FollowUp, Outcome, Sex
from reports.results import statskontoret
from reports.results.statskontoret import NOBODY, SEVERAL, Counts
from tests.factories import AgencyFactory, PlacementFactory, programme, withdrawn_place

pytestmark = pytest.mark.django_db

LATER = date(2030, 1, 1)
FIRST, LAST = date(2018, 3, 1), date(2019, 2, 28)
DAY = timedelta(days=1)


def counts(code="PIS", year=2018, *, on=LATER, agency=None):
    return statskontoret(year, on=on, agency=agency).get(programme(code).pk, Counts())


def totals(told):
    return told.offered.total(), told.started.total(), told.completed.total()


def test_an_empty_year_takes_four_queries(django_assert_num_queries):
    with django_assert_num_queries(4):
        assert statskontoret(2018, on=LATER) == {}


# What belongs to the year


@pytest.mark.parametrize(
    ("day", "belongs"),
    [(FIRST - DAY, False), (FIRST, True), (date(2018, 12, 31), True), (LAST, True), (LAST + DAY, False)],
)
def test_each_count_goes_by_its_own_day(started, day, belongs):
    """Agreed, started and ended on the day; and for each count a place that did only the other things on it."""
    long_ago, ages_after = date(2017, 1, 9), date(2019, 12, 1)
    started(day, agreed_on=day, ended_on=ages_after)  # offered and started
    started(day, agreed_on=long_ago, ended_on=ages_after)  # started
    started(day, agreed_on=long_ago, ended_on=day)  # started and completed
    started(long_ago + DAY, agreed_on=long_ago, ended_on=day)  # completed
    assert totals(counts()) == ((1, 3, 2) if belongs else (0, 0, 0))
    assert totals(counts("MBJ")) == (0, 0, 0)


def test_a_leap_day_is_the_last_of_its_year(started):
    leap = date(2016, 2, 29)
    started(leap, agreed_on=leap, ended_on=leap)
    assert [totals(counts(year=year)) for year in (2014, 2015, 2016)] == [(0, 0, 0), (1, 1, 1), (0, 0, 0)]


# Offered


def test_a_place_where_nobody_has_started_is_offered_to_the_groups_it_takes(agreed, agency, newly_arrived, disability):
    """One group by its key, several together; whether it was withdrawn later or not."""
    day = date(2018, 12, 3)
    agreed(target_groups=[newly_arrived])
    agreed(target_groups=[disability, newly_arrived])
    withdrawn_place(agency=agency, agreed_on=day, target_groups=[disability])
    withdrawn_place(agency=agency, agreed_on=day, withdrawn_on=day)
    told = counts()
    assert told.offered == {(newly_arrived.pk, NOBODY): 1, (disability.pk, NOBODY): 1, (SEVERAL, NOBODY): 2}
    assert told.started == told.completed == {}
    assert counts(on=day - DAY).offered == {}


def test_a_place_is_offered_to_whoever_came_once_that_is_known(started, newly_arrived, disability):
    """Two that take both groups, one that takes only the group of whoever came."""
    place = {"agreed_on": date(2018, 8, 1), "target_group": disability}
    started(date(2018, 9, 3), sex=Sex.MAN, **place)
    started(date(2018, 9, 3), sex=Sex.NOT_GIVEN, **place)
    started(date(2018, 10, 1), sex=Sex.MAN, target_groups=[disability], **place)
    assert counts(on=date(2018, 9, 2)).offered == {(SEVERAL, NOBODY): 2, (disability.pk, NOBODY): 1}
    known = counts(on=date(2018, 9, 3))
    assert known.offered == {
        (disability.pk, Sex.MAN): 1,
        (disability.pk, Sex.NOT_GIVEN): 1,
        (disability.pk, NOBODY): 1,
    }
    assert known.started == {(disability.pk, Sex.MAN): 1, (disability.pk, Sex.NOT_GIVEN): 1}
    assert counts().offered == counts().started == {(disability.pk, Sex.MAN): 2, (disability.pk, Sex.NOT_GIVEN): 1}


# Completed


def test_whoever_broke_off_has_not_completed(started, newly_arrived):
    broken = {Outcome.BROKEN_BY_PERSON, Outcome.BROKEN_BY_AGENCY}
    for outcome in Outcome:
        employed = {"subsidised": False} if outcome in (Outcome.SAME_AGENCY, Outcome.ELSEWHERE) else {}
        day = date(2018, 9, 3)
        started(day, ended_on=day + DAY, outcome=outcome, target_group=newly_arrived, sex=Sex.MAN, **employed)
    started(date(2018, 9, 3))
    told = counts()
    assert told.completed == {(newly_arrived.pk, Sex.MAN): len(Outcome) - len(broken)}
    assert told.started.total() == len(Outcome) + 1


def test_on_the_last_day_in_place_nobody_has_ended(started):
    """On the last day of the measuring year it is not known; it belongs to the year all the same."""
    started(date(2018, 9, 3), ended_on=LAST)
    started(date(2018, 9, 3), ended_on=date(2018, 11, 30))
    days = (date(2018, 11, 30), date(2018, 12, 1), LAST, LAST + DAY, LATER)
    assert [counts(on=on).completed.total() for on in days] == [0, 1, 1, 2, 2]


# Ninety days after


def asked(started, ended_on, on, answer, subsidised=None):
    return started(
        date(2018, 1, 8), ended_on=ended_on, followed_up_on=on, follow_up=answer, follow_up_subsidised=subsidised
    )


def test_ninety_days_after_the_end_it_is_known_that_nobody_has_asked(started):
    ended_on = date(2018, 8, 31)
    started(date(2018, 3, 5), ended_on=ended_on)
    started(date(2018, 3, 5), ended_on=ended_on, outcome=Outcome.BROKEN_BY_PERSON)  # is followed up as well
    started(date(2018, 3, 5))
    days = (ended_on + 89 * DAY, ended_on + 90 * DAY, LATER)
    assert [counts(on=on).followed_up for on in days] == [{}, {("", None): 2}, {("", None): 2}]


def test_what_the_person_did_then_is_known_from_the_day_it_was_asked(started):
    ended_on = date(2018, 8, 31)
    asked(started, ended_on, ended_on + 90 * DAY, FollowUp.WORK, True)
    asked(started, ended_on, ended_on + 91 * DAY, FollowUp.WORK, False)
    asked(started, ended_on, ended_on + 92 * DAY, FollowUp.WORK, False)
    asked(started, ended_on, ended_on + 93 * DAY, FollowUp.UNKNOWN)
    not_asked, paid, unpaid = ("", None), (FollowUp.WORK, True), (FollowUp.WORK, False)
    told = [counts(on=ended_on + days * DAY).followed_up for days in (89, 90, 91, 92, 93)]
    assert told == [
        {},
        {paid: 1, not_asked: 3},
        {paid: 1, unpaid: 1, not_asked: 2},
        {paid: 1, unpaid: 2, not_asked: 1},
        {paid: 1, unpaid: 2, (FollowUp.UNKNOWN, None): 1},
    ]


def test_only_those_who_ended_in_the_year_are_followed_up_in_it(started):
    for ended_on in (FIRST - DAY, FIRST, LAST, LAST + DAY):
        asked(started, ended_on, ended_on + 120 * DAY, FollowUp.STUDIES)
    assert [counts(year=year).followed_up.total() for year in (2016, 2017, 2018, 2019)] == [0, 1, 2, 1]


# One agency


def test_one_agency_is_told_of_by_itself(started, agreed, agency):
    other = AgencyFactory()
    started(date(2018, 9, 3), ended_on=date(2018, 9, 28))
    agreed()
    started(date(2018, 9, 3), agency=other, ended_on=date(2018, 9, 28))
    started(date(2018, 9, 4), agency=other)
    PlacementFactory(agency=other, programme=programme("MBJ"))
    assert totals(counts()) == (4, 3, 2)
    assert totals(counts(agency=agency)) == (2, 1, 1)
    assert totals(counts(agency=other)) == (2, 2, 1)
    assert counts(agency=agency).followed_up == {("", None): 1}
    assert totals(counts("MBJ", agency=other)) == (1, 0, 0)
    assert list(statskontoret(2018, on=LATER, agency=agency)) == [programme("PIS").pk]
    assert statskontoret(2018, on=LATER, agency=AgencyFactory()) == {}
