"""All years side by side are the same as each year alone."""

from dataclasses import replace
from datetime import date

import pytest

from reports.choices import Basis
from reports.results import every_year, yearly
from tests.factories import ContactFactory, TargetFactory

pytestmark = pytest.mark.django_db

TODAY = date(2018, 12, 31)


@pytest.fixture
def years(started, extended, agreed, agency, mbj):
    """Three years with something of everything, most of it on the days where years meet."""
    for day in ("2016-02-29", "2016-03-01", "2017-12-31", "2018-01-01", "2018-02-28"):
        started(date.fromisoformat(day), "MBJ")
    went_on = started(date(2017, 2, 28))
    for day in ("2017-12-31", "2018-01-01", "2018-02-28", "2018-03-01"):
        extended(went_on, date.fromisoformat(day))
    started(date(2018, 3, 1), ended_on=date(2018, 8, 31))
    agreed(contact=ContactFactory(agency=agency, left_on=date(2018, 12, 15)))
    for year, number, decided_on in ((2017, 30, "2017-01-09"), (2017, None, "2017-09-01"), (2018, 40, "2017-12-15")):
        TargetFactory(year=year, number=number, decided_on=date.fromisoformat(decided_on))
    TargetFactory(number=50, decided_on=date(2018, 6, 1))
    TargetFactory(number=7, agency=agency, decided_on=date(2018, 7, 1))
    TargetFactory(number=20, programme=mbj)


def test_each_year_is_as_it_is_alone_but_for_the_outcomes(years):
    for on in (date(2016, 2, 29), date(2017, 12, 30), date(2018, 2, 28), TODAY):
        for basis in Basis:
            told = every_year(2015, 2019, on=on, basis=basis)
            assert list(told) == [2015, 2016, 2017, 2018, 2019]
            for year in {on.year - 1, on.year, 2018}:
                alone = yearly(year, on=on, basis=basis)
                assert told[year] == [replace(each, ended={}) for each in alone]
                assert [each.share for each in told[year]] == [each.share for each in alone]


def test_what_is_counted_by_hand(years):
    """Started, extensions and extended places of each programme, year by year."""

    def counts(basis):
        told = every_year(2015, 2019, on=date(2030, 1, 1), basis=basis)
        return {
            year: [(each.started, each.extensions, each.extended_places, each.target) for each in rows]
            for year, rows in told.items()
        }

    nothing = (0, 0, 0, None)
    assert counts(Basis.CALENDAR) == {
        2015: [nothing, nothing],
        2016: [nothing, (2, 0, 0, None)],
        2017: [(1, 1, 1, None), (1, 0, 0, None)],
        2018: [(1, 3, 1, 50), (2, 0, 0, 20)],
        2019: [nothing, nothing],
    }
    assert counts(Basis.MEASURING) == {
        2015: [nothing, (1, 0, 0, None)],
        2016: [(1, 0, 0, None), (1, 0, 0, None)],
        2017: [(0, 3, 1, None), (3, 0, 0, None)],
        2018: [(1, 1, 1, None), nothing],
        2019: [nothing, nothing],
    }


def test_only_the_years_asked_for_are_told_and_all_of_them_cost_the_same(started, django_assert_num_queries):
    for day in (date(2016, 12, 31), date(2017, 1, 1), date(2018, 1, 1)):
        started(day)
    for first in (2018, 1900):
        with django_assert_num_queries(4):
            told = every_year(first, 2018, on=TODAY)
        assert list(told) == list(range(first, 2019))
    only = every_year(2017, 2017, on=TODAY)
    assert {year: [each.started for each in rows] for year, rows in only.items()} == {2017: [1, 0]}
    assert every_year(2019, 2018, on=TODAY) == {}
