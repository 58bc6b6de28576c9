"""The places behind a figure: the search words of the list of places, for whoever may open it."""

from datetime import date
from urllib.parse import urlencode

from praktik import clock
from reports.periods import Period


def behind(*, on: date, **words: str | int | date | None) -> str:
    """The address's search words; the day is left out when it is today, so that the list shows what to do now."""
    told = {name: str(value) for name, value in words.items() if value not in (None, "")}
    if on != clock.today():
        told["dag"] = on.isoformat()
    return urlencode(told)


def started(period: Period, *, on: date, **words: str | int | date | None) -> str:
    """The places that started in a period."""
    if period.is_calendar:
        return behind(on=on, ar=period.first.year, **words)
    return behind(on=on, startad_fran=period.first, startad_till=period.last, **words)
