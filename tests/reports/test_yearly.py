"""The year against its targets: what belongs to it, and what was not yet known on a day."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import Outcome
from reports.choices import Basis
from reports.results import every_year, monthly, statskontoret, yearly
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    PlacementFactory,
    ProgrammeFactory,
    TargetFactory,
    withdrawn_place,
)

pytestmark = pytest.mark.django_db

TODAY, LATER = date(2018, 12, 31), date(2030, 1, 1)
DAY = timedelta(days=1)


def of(code="PIS", year=2018, *, on=TODAY, basis=Basis.CALENDAR):
    """One programme's year."""
    [told] = [each for each in yearly(year, on=on, basis=basis) if each.programme.code == code]
    return told


def begun(told):
    return told.started, told.extensions, told.extended_places


def waits(told):
    return told.agreed, told.to_confirm


# The days of a year


# A day, the calendar year it lies in, and the measuring year
DAYS = [
    ("2016-01-01", 2016, 2015),
    ("2016-02-29", 2016, 2015),  # a leap day is the last of its measuring year
    ("2016-03-01", 2016, 2016),
    ("2017-12-31", 2017, 2017),
    ("2018-01-01", 2018, 2017),
    ("2018-02-28", 2018, 2017),
    ("2018-03-01", 2018, 2018),
    ("2018-12-31", 2018, 2018),
    ("2020-02-28", 2020, 2019),
    ("2020-02-29", 2020, 2019),
]


@pytest.mark.parametrize(("day", "calendar", "measuring"), DAYS)
def test_each_day_belongs_to_one_year_of_each_kind(started, extended, day, calendar, measuring):
    day = date.fromisoformat(day)
    extended(started(day, "MBJ", ended_on=day), day)
    for basis, own in ((Basis.CALENDAR, calendar), (Basis.MEASURING, measuring)):
        told = {year: of("MBJ", year, on=LATER, basis=basis) for year in (own - 1, own, own + 1)}
        assert {year: begun(each) for year, each in told.items()} == {
            own - 1: (0, 0, 0),
            own: (1, 1, 1),
            own + 1: (0, 0, 0),
        }
        assert [each.ended for each in told.values()] == [{}, {Outcome.STUDIES: 1}, {}]


@pytest.mark.once
@pytest.mark.parametrize("year", [-2018, 0, 18, 1899, 2201, 20_018, 10**12])
def test_a_year_that_nobody_can_mean_is_refused(year, pis):
    for basis in Basis:
        with pytest.raises(ValueError, match="No year"):
            yearly(year, on=TODAY, basis=basis)
        with pytest.raises(ValueError, match="No year"):
            monthly(year, pis, on=TODAY, basis=basis)
        with pytest.raises(ValueError, match="No year"):
            every_year(2018, year, on=TODAY, basis=basis)
        with pytest.raises(ValueError, match="No year"):
            every_year(year, 2018, on=TODAY, basis=basis)
    with pytest.raises(ValueError, match="No year"):
        statskontoret(year, on=TODAY)


@pytest.mark.once
@pytest.mark.parametrize("basis", ["", "Calendar", "fiscal", None])
def test_another_kind_of_year_is_refused(basis, pis):
    for ask in (
        lambda: yearly(2018, on=TODAY, basis=basis),
        lambda: monthly(2018, pis, on=TODAY, basis=basis),
        lambda: every_year(2017, 2018, on=TODAY, basis=basis),
    ):
        with pytest.raises(ValueError, match="not a valid Basis"):
            ask()


# What a programme's year is made of


def test_without_places_every_programme_has_a_year_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(3):
        told = yearly(2018, on=TODAY)
    assert [each.programme.code for each in told] == ["PIS", "MBJ"]
    for each in (*told, of(year=2015), of(year=2099), of(basis=Basis.MEASURING)):
        assert (*begun(each), *waits(each), each.target, each.share, each.ended) == (0, 0, 0, 0, 0, None, None, {})


def test_programmes_stand_in_their_order_whatever_they_are(started):
    """By position, and then by code; also one that nothing can start in any more, with what started before."""
    ProgrammeFactory(code="ZZZ", position=1)
    closed = ProgrammeFactory(code="AAA", position=15, last_day=date(2017, 6, 30))
    ProgrammeFactory(code="BBB", position=20)
    started(date(2017, 6, 30), programme=closed)
    started(date(2017, 7, 1))
    told = yearly(2017, on=TODAY)
    assert [(each.programme.code, each.started) for each in told] == [
        ("ZZZ", 0),
        ("PIS", 1),
        ("AAA", 1),
        ("BBB", 0),
        ("MBJ", 0),
    ]


def test_programmes_do_not_mix(started, extended, agreed, agency, mbj):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 15))
    for code, number in (("PIS", 1), ("MBJ", 2)):
        for _ in range(number):
            extended(started(date(2018, 3, 5), code), date(2018, 6, 1))
            started(date(2018, 3, 5), code, ended_on=date(2018, 6, 1))
    agreed(contact=gone)
    for _ in range(2):
        agreed(programme=mbj, contact=gone)
    for _ in range(3):
        agreed(programme=mbj)
    assert (begun(of("PIS")), begun(of("MBJ"))) == ((2, 1, 1), (4, 2, 2))
    assert (waits(of("PIS")), waits(of("MBJ"))) == ((1, 1), (5, 2))
    assert (of("PIS").ended, of("MBJ").ended) == ({Outcome.STUDIES: 1}, {Outcome.STUDIES: 2})


def test_several_groups_contacts_and_confirmations_multiply_nothing(started, extended, agreed, agency, coordinator):
    """The place takes two groups; it was confirmed twice, extended twice."""
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 15))
    place = agreed()
    for on in (date(2018, 12, 4), date(2018, 12, 5)):
        lifecycle.confirm(place, by=coordinator, on=on, contact=gone)
    went_on = started(date(2018, 3, 5))
    for decided_on in (date(2018, 6, 1), date(2018, 9, 1)):
        extended(went_on, decided_on)
    assert place.target_groups.count() == went_on.target_groups.count() == 2
    assert begun(of()) == (1, 2, 1)
    assert waits(of()) == (1, 1)


def test_whatever_it_ended_with_a_place_has_started_and_its_end_is_told_by_outcome(started):
    """Also an interruption on the first day."""
    day = date(2018, 3, 5)
    for outcome in Outcome:
        employed = {"subsidised": True} if outcome in (Outcome.SAME_AGENCY, Outcome.ELSEWHERE) else {}
        started(day, ended_on=day, outcome=outcome, **employed)
    started(day, ended_on=date(2018, 8, 31), outcome=Outcome.STUDIES)
    started(day)
    told = of()
    assert told.started == len(Outcome) + 2
    assert told.ended == {outcome.value: 1 + (outcome is Outcome.STUDIES) for outcome in Outcome}
    assert list(told.ended) == Outcome.values


def test_an_end_belongs_to_the_year_of_the_last_day_and_the_start_to_its_own(started):
    started(date(2017, 12, 1), ended_on=date(2018, 1, 31))
    assert (of(year=2017).started, of(year=2017).ended) == (1, {})
    assert (of(year=2018).started, of(year=2018).ended) == (0, {Outcome.STUDIES: 1})


def test_a_job_after_an_internship_is_a_new_result_of_its_own_programme(started):
    before = started(date(2018, 1, 8), ended_on=date(2018, 6, 30), outcome=Outcome.NEXT_PROGRAMME)
    started(date(2018, 7, 1), "MBJ", follows=before)
    assert (begun(of("PIS")), begun(of("MBJ"))) == ((1, 0, 0), (1, 0, 0))


# Extensions


def test_an_extension_counts_in_the_year_it_is_decided_and_never_as_a_start(started, extended):
    first, other = started(date(2017, 6, 1), "MBJ"), started(date(2017, 6, 1), "MBJ")
    for decided_on in (date(2017, 9, 1), date(2018, 2, 1), date(2018, 12, 31)):
        extended(first, decided_on)
    extended(other, date(2018, 5, 2))
    assert begun(of("MBJ", 2017)) == (2, 1, 1)
    assert begun(of("MBJ", 2018)) == (0, 3, 2)
    assert begun(of("MBJ", 2017, basis=Basis.MEASURING)) == (2, 2, 1)
    assert begun(of("MBJ", 2018, basis=Basis.MEASURING)) == (0, 2, 2)


def test_an_extension_counts_from_the_day_it_is_decided(started, extended):
    place = started(date(2018, 6, 1), "MBJ")
    extended(place, date(2018, 9, 3))
    extended(place, date(2018, 11, 5))
    told = {on: begun(of("MBJ", on=on)) for on in (date(2018, 9, 2), date(2018, 9, 3), date(2018, 11, 4), TODAY)}
    assert list(told.values()) == [(1, 0, 0), (1, 1, 1), (1, 1, 1), (1, 2, 1)]


# What was not yet known


def test_a_place_goes_from_agreed_to_started_to_ended_on_its_days(started):
    started(date(2018, 3, 5), agreed_on=date(2018, 1, 15), ended_on=date(2018, 8, 31))
    known = {
        date(2018, 1, 14): (0, 0, {}),
        date(2018, 1, 15): (1, 0, {}),
        date(2018, 3, 4): (1, 0, {}),
        date(2018, 3, 5): (0, 1, {}),
        date(2018, 8, 31): (0, 1, {}),  # the last day in place: it has not ended
        date(2018, 9, 1): (0, 1, {Outcome.STUDIES: 1}),
    }
    assert {on: ((told := of(on=on)).agreed, told.started, told.ended) for on in known} == known


def test_a_place_that_is_withdrawn_was_agreed_until_then(agency):
    withdrawn_place(agency=agency)
    assert [of(on=date(2018, 12, day)).agreed for day in (2, 3, 19, 20)] == [0, 1, 1, 0]


def test_what_is_agreed_is_told_of_every_year_whenever_it_is_to_start(agreed):
    agreed(planned_start=date(2019, 8, 1))
    agreed(planned_start=date(2018, 12, 10))  # its day has passed
    assert [of(year=year).agreed for year in (2017, 2018, 2019)] == [2, 2, 2]


def test_an_agreement_is_to_be_confirmed_from_the_day_its_contact_left(agreed, agency, coordinator):
    """Two whose contacts left on different days, one that rests on nobody, one on somebody who stays."""
    leaving = [ContactFactory(agency=agency, left_on=date(2018, 12, day)) for day in (10, 20)]
    places = [agreed(contact=contact) for contact in leaving]
    agreed()
    agreed(contact=ContactFactory(agency=agency))
    lifecycle.confirm(places[0], by=coordinator, on=date(2018, 12, 28), contact=ContactFactory(agency=agency))
    days = (9, 10, 19, 20, 27, 28)
    assert [waits(of(on=date(2018, 12, day))) for day in days] == [(4, 0), (4, 1), (4, 1), (4, 2), (4, 2), (4, 1)]


def test_whoever_left_holds_back_nothing_that_has_started_or_come_to_nothing(started, agency):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 15))
    started(date(2018, 3, 5), contact=gone)
    started(date(2018, 3, 5), contact=gone, ended_on=date(2018, 5, 31))
    withdrawn_place(agency=agency, contact=gone)
    PlacementFactory(agency=AgencyFactory(), contact=None)
    assert waits(of()) == (1, 0)


# Targets


def test_a_target_holds_from_the_day_it_is_decided_until_another_is(started):
    started(date(2018, 1, 2))
    TargetFactory(number=40, decided_on=date(2017, 12, 15))
    TargetFactory(number=8, decided_on=date(2018, 6, 1))
    TargetFactory(number=None, decided_on=date(2018, 9, 3))
    TargetFactory(number=0, decided_on=date(2018, 11, 1))
    TargetFactory(number=1, decided_on=date(2018, 12, 31))
    known = {
        date(2017, 12, 14): (None, None),
        date(2017, 12, 15): (40, 0.0),
        date(2018, 5, 31): (40, 1 / 40),
        date(2018, 6, 1): (8, 1 / 8),
        date(2018, 9, 3): (None, None),
        date(2018, 11, 1): (0, None),  # no share of nothing
        date(2018, 12, 30): (0, None),
        date(2018, 12, 31): (1, 1.0),
    }
    assert {on: ((told := of(on=on)).target, told.share) for on in known} == known


def test_a_target_is_one_programmes_for_one_calendar_year_in_the_whole_county(agency, mbj):
    TargetFactory(number=30, year=2017)
    TargetFactory(number=20, programme=mbj)
    TargetFactory(number=5, agency=agency)
    TargetFactory(number=6, agency=agency, programme=mbj, decided_on=date(2018, 6, 1))
    assert [of("PIS", year).target for year in (2015, 2016, 2017, 2018, 2019)] == [None, None, 30, None, None]
    assert [of("MBJ", year).target for year in (2017, 2018)] == [None, 20]
    assert [of("PIS", year, basis=Basis.MEASURING).target for year in (2017, 2018)] == [None, None]
    assert of("MBJ", basis=Basis.MEASURING).share is None
