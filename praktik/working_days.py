"""Working days: the days on which the agencies and the employment offices are open.

No working days are Saturdays, Sundays, the public holidays of lag (1989:253) om allmänna helgdagar, and the eves of
Midsummer, Christmas and the New Year, which semesterlagen (1977:480), 7 §, puts beside them, and on which the agencies
are closed. The `holidays` library knows the former as `public`, the latter as `de_facto`. Its other kinds are working
days to us: half days before a holiday (`bank`, such as twelfth night), and days that are only kept (`optional`).
"""

from datetime import date, timedelta

from holidays import country_holidays

_FREE = country_holidays("SE", categories=("public", "de_facto"))
_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether the agencies are open on a day."""
    return day.weekday() < _SATURDAY and day not in _FREE


def working_days_after(day: date, number: int) -> date:
    """The working day that comes so many after a day, which need be none itself; the day itself after none."""
    while number > 0:
        day += _DAY
        number -= is_working_day(day)
    return day


def working_days_before(day: date, number: int) -> date:
    """The latest day after which there have been so many working days by a day; the day itself for none."""
    while number > 0:
        number -= is_working_day(day)
        day -= _DAY
    return day


def working_days_since(day: date, *, on: date) -> int:
    """How many working days there have been after a day, the one it is (`on`) included; 0 for a day to come."""
    return sum(is_working_day(day + timedelta(days=passed)) for passed in range(1, (on - day).days + 1))
