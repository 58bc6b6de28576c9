"""The coordinator's diary: which days are working days, and how much one day can hold."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

# The project period (final report of the two assignments, 2019-01-08).
FIRST_DAY = date(2017, 3, 13)
LAST_DAY = date(2018, 12, 31)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
# More talks than this are not held on one day, gatherings aside.
FULL_DAY = 4

# Days off that fall on weekdays (lag 1989:253 om allmänna helgdagar), and the eves nobody works.
_DAYS_OFF = {
    date(2017, 4, 14), date(2017, 4, 17), date(2017, 5, 1), date(2017, 5, 25), date(2017, 5, 26), date(2017, 6, 6),
    date(2017, 6, 23), date(2017, 12, 25), date(2017, 12, 26), date(2018, 1, 1), date(2018, 3, 30), date(2018, 4, 2),
    date(2018, 5, 1), date(2018, 5, 10), date(2018, 5, 11), date(2018, 6, 6), date(2018, 6, 22), date(2018, 12, 24),
    date(2018, 12, 25), date(2018, 12, 26), date(2018, 12, 31),
}  # fmt: skip


def is_working_day(day: date) -> bool:
    """Whether people are at work in the county's agencies; the weeks 28 to 31 they are on leave."""
    return day.weekday() < 5 and day not in _DAYS_OFF and day.isocalendar().week not in range(28, 32)


def working_days(first: date, last: date) -> list[date]:
    """The working days of a period, both ends included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def moment(day: date, rng: Random, first_hour: int = 8, last_hour: int = 16) -> datetime:
    """Some minute of the day's working hours, aware, in Swedish time."""
    return datetime.combine(day, time(rng.randint(first_hour, last_hour), rng.randrange(60)), STOCKHOLM)


class Diary:
    """Finds days for talks, so that no day is overfull and no two towns are visited on one day."""

    def __init__(self, taken: Iterable[date] = ()) -> None:
        """Days in `taken` are full from the beginning."""
        self._talks = Counter(dict.fromkeys(taken, FULL_DAY))
        self._visited: dict[date, str] = {}

    def book(self, first: date, last: date, number: int, rng: Random, *, besides: Collection[date] = ()) -> list[date]:
        """So many days, evenly but not mechanically spread, about the first and the last day of the period among them.

        Days in `besides` are left out. Raises ValueError when the period has too few working days.
        """
        days = [day for day in working_days(first, last) if day not in besides]
        if number > len(days):
            raise ValueError(f"{number} talks do not fit between {first} and {last}")
        step = (len(days) - 1) / max(number - 1, 1)
        taken: set[date] = set()
        for place in range(number):
            shift = rng.uniform(-0.4, 0.4) * step if 0 < place < number - 1 else 0
            taken.add(self._free(days, round(place * step + shift), taken))
        for day in taken:
            self._talks[day] += 1
        return sorted(taken)

    def _free(self, days: list[date], wanted: int, taken: set[date]) -> date:
        """The free day closest to the wanted one; a full day is taken only when all are full."""
        near = sorted(range(len(days)), key=lambda place: (abs(place - wanted), place))
        open_days = [days[place] for place in near if days[place] not in taken]
        return next((day for day in open_days if self._talks[day] < FULL_DAY), open_days[0])

    def may_visit(self, day: date, town: str) -> bool:
        """Whether a visit fits; books it when it does."""
        return self._visited.setdefault(day, town) == town
