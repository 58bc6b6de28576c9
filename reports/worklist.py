"""What now? What is to be written and sent, and what is new to those who read; one named function each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from reports.letters.rhythm import Turn
from reports.models import MonthlyReport, Target
from reports.periods import month_end


def letters_due(turns: Iterable[Turn], *, on: date) -> list[Turn]:
    """The kinds of letter whose turn it is on a day; none before the first letter of a kind."""
    return [turn for turn in turns if turn.last and turn.due_on and turn.due_on <= on]


def months_due(*, on: date) -> Any:
    """The month published last, when the one after it is over and not published; none before the first month."""
    published = MonthlyReport.objects.published()
    latest = published.filter(~Exists(published.filter(month__gt=OuterRef("month"))))
    return latest.filter(month__lt=month_end(on).replace(day=1))


def new_months(*, since: date | None) -> Any:
    """Months that were published on a day or later, the latest first; none when there is no day to ask about."""
    rows = MonthlyReport.objects.published() if since else MonthlyReport.objects.none()
    return rows.filter(published_on__gte=since).order_by("-month") if since else rows


def withdrawn_months(*, since: date | None) -> Any:
    """Months that were withdrawn on a day or later, and have not been published anew."""
    if since is None:
        return MonthlyReport.objects.none()
    anew = MonthlyReport.objects.published().filter(month=OuterRef("month"))
    return MonthlyReport.objects.filter(~Exists(anew), withdrawn_on__gte=since).order_by("-month")


def new_targets(*, since: date | None, on: date) -> Any:
    """The county's targets decided from one day to another."""
    if since is None:
        return Target.objects.none()
    return Target.objects.of_county().filter(decided_on__gte=since, decided_on__lte=on).order_by("decided_on")
