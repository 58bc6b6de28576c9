"""The year month by month: what started, the straight line to the target, and what is agreed ahead."""

from datetime import date

import pytest

from reports.choices import Basis
from reports.periods import year_of
from reports.results import breakdowns, monthly, yearly
from reports.results.monthly import ahead_in, started_in
from tests.factories import TargetFactory, programme, withdrawn_place

pytestmark = pytest.mark.django_db

TODAY = date(2018, 12, 31)


def months(code="PIS", year=2018, *, on=TODAY, basis=Basis.CALENDAR):
    return monthly(year, programme(code), on=on, basis=basis)


def column(told, name):
    return [getattr(month, name) for month in told]


def test_a_year_has_twelve_months_of_its_own(django_assert_num_queries):
    pis = programme("PIS")
    with django_assert_num_queries(3):
        told = monthly(2018, pis, on=TODAY)
    assert column(told, "first") == [date(2018, month, 1) for month in range(1, 13)]
    assert column(told, "started") == column(told, "cumulated") == column(told, "ahead") == [0] * 12
    assert column(told, "line") == [None] * 12
    measured = column(months(year=2019, on=date(2030, 1, 1), basis=Basis.MEASURING), "first")
    assert measured == [*(date(2019, month, 1) for month in range(3, 13)), date(2020, 1, 1), date(2020, 2, 1)]


def test_what_started_adds_up_to_the_year_and_to_its_parts(started):
    for day in ((2017, 12, 31), (2018, 1, 1), (2018, 1, 31), (2018, 2, 1), (2018, 2, 28), (2018, 6, 4), (2018, 12, 31)):
        started(date(*day))
    for day in ((2018, 2, 28), (2018, 3, 1), (2019, 2, 28), (2019, 3, 1)):
        started(date(*day), "MBJ")
    later = date(2020, 1, 1)
    assert column(months(on=later), "started") == [2, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert column(months(on=later), "cumulated") == [2, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6]
    assert column(months("MBJ", on=later, basis=Basis.MEASURING), "started") == [1] + [0] * 10 + [1]
    for basis in Basis:
        period = year_of(2018, basis)
        crossed = breakdowns.by_group_and_sex(period, on=later)
        for each in yearly(2018, on=later, basis=basis):
            told = months(each.programme.code, on=later, basis=basis)
            assert sum(column(told, "started")) == told[-1].cumulated == each.started
            assert crossed[each.programme.pk].total() == each.started


def test_months_that_have_not_begun_are_told_as_unknown_and_not_as_nothing(started):
    for day in (date(2018, 1, 15), date(2018, 3, 1), date(2018, 3, 2), date(2018, 5, 7)):
        started(day)
    before = months(on=date(2018, 2, 28))
    assert column(before, "started") == [1, 0] + [None] * 10
    assert column(before, "cumulated") == [1, 1] + [None] * 10
    first_day = months(on=date(2018, 3, 1))
    assert column(first_day, "started") == [1, 0, 1] + [None] * 9
    assert column(first_day, "cumulated") == [1, 1, 2] + [None] * 9
    assert column(months(on=date(2017, 12, 31)), "cumulated") == [None] * 12


def test_the_line_goes_straight_from_nothing_to_the_countys_target_that_held_on_the_day(agency):
    TargetFactory(number=30)
    TargetFactory(number=7, agency=agency, decided_on=date(2018, 2, 1))
    TargetFactory(number=6, decided_on=date(2018, 6, 1))
    TargetFactory(number=0, year=2017)
    TargetFactory(number=None, year=2016)
    assert column(months(on=date(2018, 5, 31)), "line") == [2.5 * month for month in range(1, 13)]
    assert column(months(), "line") == [0.5 * month for month in range(1, 13)]
    assert column(months(year=2017), "line") == [0.0] * 12
    for none in (months(year=2016), months(year=2019), months("MBJ"), months(basis=Basis.MEASURING)):
        assert column(none, "line") == [None] * 12


def test_agreements_are_expected_in_the_month_they_are_planned_for(started, agreed):
    """Those whose day has passed are expected in the month of the day asked for."""
    started(date(2018, 2, 5))
    started(date(2018, 9, 3))
    for planned in ((2018, 3, 1), (2018, 9, 10), (2018, 9, 28), (2018, 11, 30), (2018, 12, 31), (2019, 1, 1)):
        agreed(agreed_on=date(2018, 2, 1), planned_start=date(*planned))
    agreed(agreed_on=date(2018, 9, 11), planned_start=date(2018, 10, 1))  # not yet agreed
    agreed(programme=programme("MBJ"), agreed_on=date(2018, 2, 1), planned_start=date(2018, 10, 1))
    told = months(on=date(2018, 9, 10))
    assert column(told, "ahead") == [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 1]
    assert column(told, "cumulated") == [0, 1, 1, 1, 1, 1, 1, 1, 2, None, None, None]
    assert column(told, "expected") == [None] * 8 + [5, 5, 6, 7]
    assert column(months(year=2019, on=date(2018, 9, 10)), "ahead") == [1] + [0] * 11
    assert column(months(year=2019, on=date(2018, 9, 10)), "expected") == [1] * 12
    assert column(months(year=2017, on=date(2018, 9, 10)), "expected") == [None] * 12
    assert column(months(on=date(2018, 9, 10), basis=Basis.MEASURING), "ahead") == [0] * 6 + [3, 0, 1, 1, 1, 0]


def test_the_last_day_of_a_month_and_of_a_year_still_belong_to_them(agreed, agency):
    agreed(planned_start=date(2018, 12, 3))
    agreed(planned_start=date(2019, 1, 14))
    withdrawn_place(agency=agency, planned_start=date(2018, 12, 28))
    assert column(months(), "ahead") == [0] * 11 + [1]
    assert column(months(), "expected") == [None] * 11 + [1]
    # The day after it was still not started: the year is over, and the next one is waiting for both.
    assert column(months(on=date(2019, 1, 1)), "ahead") == [0] * 12
    assert column(months(on=date(2019, 1, 1)), "expected") == [None] * 12
    assert column(months(year=2019, on=date(2019, 1, 1)), "ahead") == [2] + [0] * 11
    assert column(months(on=date(2018, 12, 19)), "ahead") == [0] * 11 + [2]  # not yet withdrawn


def test_a_place_moves_from_ahead_to_started_on_its_day(started):
    started(date(2018, 9, 3), agreed_on=date(2018, 8, 6), planned_start=date(2018, 10, 1))
    for day, expected in ((5, 0), (6, 1)):
        assert months(on=date(2018, 8, day))[-1].expected == expected
    told = months(on=date(2018, 9, 2))
    assert (told[8].started, told[8].ahead, told[9].ahead) == (0, 0, 1)
    told = months(on=date(2018, 9, 3))
    assert (told[8].started, told[8].ahead, told[9].ahead, told[-1].expected) == (1, 0, 0, 1)


def test_all_programmes_are_counted_at_once(started, agreed, pis, mbj, django_assert_num_queries):
    started(date(2018, 9, 3))
    started(date(2018, 9, 4), "MBJ")
    agreed()
    period = year_of(2018)
    with django_assert_num_queries(2):
        assert started_in(period, on=TODAY) == {pis.pk: {date(2018, 9, 1): 1}, mbj.pk: {date(2018, 9, 1): 1}}
        assert ahead_in(year_of(2019), on=TODAY) == {pis.pk: {date(2019, 1, 1): 1}}
