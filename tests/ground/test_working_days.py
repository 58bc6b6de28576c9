"""Working days: what is counted from one day to another, and which days nobody is there."""

from datetime import date, timedelta

import pytest

from praktik.working_days import is_working_day, working_days_after, working_days_before, working_days_since

pytestmark = pytest.mark.once

CLOSED = {
    "Saturday": date(2018, 12, 15),
    "Sunday": date(2018, 12, 16),
    "New Year's Day": date(2019, 1, 1),
    "Epiphany": date(2020, 1, 6),
    "Good Friday": date(2018, 3, 30),
    "Easter Monday": date(2018, 4, 2),
    "May Day": date(2018, 5, 1),
    "Ascension": date(2018, 5, 10),
    "the national day": date(2018, 6, 6),
    "Midsummer Eve": date(2018, 6, 22),
    "Christmas Eve": date(2018, 12, 24),
    "Christmas Day": date(2018, 12, 25),
    "Boxing Day": date(2018, 12, 26),
    "New Year's Eve": date(2018, 12, 31),
}
OPEN = {
    "the day before Good Friday": date(2018, 3, 29),
    "a day between a holiday and a Saturday": date(2018, 5, 11),
    "Whit Monday, which was a holiday until 2004": date(2018, 5, 21),
    "between Christmas and the New Year": date(2018, 12, 27),
    "twelfth night": date(2021, 1, 5),
    "Friday before All Saints": date(2018, 11, 2),
}


@pytest.mark.parametrize("day", CLOSED.values(), ids=CLOSED)
def test_a_day_on_which_nobody_is_there(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", OPEN.values(), ids=OPEN)
def test_a_day_on_which_somebody_is_there(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2018, 12, 3), 0, date(2018, 12, 3)),
        (date(2018, 12, 3), 5, date(2018, 12, 10)),
        (date(2018, 12, 1), 1, date(2018, 12, 3)),
        # Over Easter: Friday and Monday.
        (date(2018, 3, 28), 2, date(2018, 4, 3)),
        # The national day was a Wednesday.
        (date(2018, 6, 4), 5, date(2018, 6, 12)),
        (date(2018, 6, 20), 2, date(2018, 6, 25)),
        # 24, 25, 26 and 31 December, and 1 January.
        (date(2018, 12, 20), 5, date(2019, 1, 3)),
        (date(2018, 12, 28), 1, date(2019, 1, 2)),
    ],
)
def test_so_many_working_days_after_a_day(day, number, then):
    assert working_days_after(day, number) == then
    assert working_days_since(day, on=then) == number


def test_a_day_to_come_has_had_none():
    assert working_days_since(date(2018, 12, 20), on=date(2018, 12, 3)) == 0


def test_counting_there_and_back_agree_over_the_whole_year():
    days = [date(2018, 1, 1) + timedelta(days=number) for number in range(366)]
    # 104 of the days are in weekends; 11 holidays and eves are in none.
    assert sum(map(is_working_day, days[:365])) == 365 - 104 - 11
    for day in days:
        assert working_days_since(day, on=working_days_after(day, 10)) == 10
        start = working_days_before(day, 10)
        assert working_days_since(start, on=day) == 10
        assert working_days_since(start + timedelta(days=1), on=day) < 10
