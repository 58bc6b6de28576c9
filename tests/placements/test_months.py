"""How long a number of months is, counted from a day."""

from datetime import date

import pytest

from placements.validators import last_day_of

MONTHS = [
    ("2018-01-15", 6, "2018-07-14"),
    ("2018-01-01", 12, "2018-12-31"),
    ("2018-01-01", 1, "2018-01-31"),
    ("2018-02-01", 1, "2018-02-28"),
    ("2018-07-02", 6, "2019-01-01"),
    ("2018-12-31", 6, "2019-06-30"),
    ("2018-12-31", 24, "2020-12-30"),
    # A month without that day: to its end.
    ("2018-08-31", 6, "2019-02-28"),
    ("2018-01-31", 1, "2018-02-28"),
    ("2018-03-31", 6, "2018-09-30"),
    # Leap years
    ("2019-03-01", 12, "2020-02-29"),
    ("2018-03-01", 12, "2019-02-28"),
    ("2020-02-29", 12, "2021-02-28"),
    ("2020-02-29", 48, "2024-02-28"),
    ("2019-08-30", 6, "2020-02-29"),
    ("2019-08-31", 6, "2020-02-29"),
]


@pytest.mark.parametrize(("first", "months", "last"), MONTHS)
def test_the_last_day_of_so_many_months(first, months, last):
    assert last_day_of(date.fromisoformat(first), months) == date.fromisoformat(last)


def test_a_later_first_day_never_ends_earlier():
    days = [date.fromordinal(number) for number in range(date(2019, 1, 1).toordinal(), date(2021, 3, 1).toordinal())]
    for months in (1, 6, 12, 24):
        ends = [last_day_of(day, months) for day in days]
        assert ends == sorted(ends)
        assert all(first <= last for first, last in zip(days, ends, strict=True))
