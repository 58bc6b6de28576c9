"""Years and months: which days belong to them."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reports.choices import Basis

MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905  # a list of words reads best as words
)
EARLIEST, LATEST = 1900, 2200
"""The years that can be asked for: anything else is a slip of the key."""


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def is_calendar(self) -> bool:
        """Whether it is a calendar year."""
        return self == Period(date(self.first.year, 1, 1), date(self.first.year, 12, 31))

    def known(self, on: date) -> date:
        """The last day of the period of which there can be facts on a day."""
        return min(self.last, on)

    def months(self) -> Iterator[date]:
        """The first day of each month."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = last_of_month(month) + timedelta(days=1)


def year_of(year: int, basis: str = Basis.CALENDAR) -> Period:
    """The days of a year: 1 January – 31 December, or the measuring year, 1 March – the end of February.

    Source of the measuring year: Statskontoret's follow-ups (domain description, "Years"). Raises ValueError for
    another basis, or a year that nobody can mean.
    """
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"No year to count: {year}")
    if Basis(basis) is Basis.CALENDAR:
        return Period(date(year, 1, 1), date(year, 12, 31))
    return Period(date(year, 3, 1), date(year + 1, 3, 1) - timedelta(days=1))


def last_of_month(month: date) -> date:
    """The last day of the month that a day lies in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def month_end(day: date) -> date:
    """The latest end of a month that has been by a day, that day included."""
    return day if day == last_of_month(day) else day.replace(day=1) - timedelta(days=1)


def month_in_words(month: date) -> str:
    """`juni 2018`."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def month_in_short(month: date, *, year: bool) -> str:
    """`jun`, or `jun 2018`."""
    return f"{MONTHS[month.month - 1][:3]}{f' {month.year}' if year else ''}"


def month_before(month: date) -> date:
    """The first day of the month before the one that a day lies in."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


def week_in_words(day: date) -> str:
    """`v. 51 2018`, by ISO 8601: the last day of 2018 lies in `v. 1 2019`."""
    year, week, _ = day.isocalendar()
    return f"v. {week} {year}"


def every(weeks: int) -> str:
    """`varje vecka`, `varannan vecka`, `var 6:e vecka`."""
    known = {1: "varje", 2: "varannan", 3: "var tredje", 4: "var fjärde"}
    return f"{known.get(weeks, f'var {weeks}:e')} vecka"
