"""Days that belong in a person's calendar: the shape in which every room tells them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

LOOKING_BACK = timedelta(days=30)
"""What was to be done longer ago than this is no calendar's business any more."""


@dataclass(frozen=True)
class Event:
    """One day with something to do."""

    uid: str
    """What it is called for ever, within the installation: a calendar that has it already changes it."""
    day: date
    summary: str
    path: str
    """The address of its page, without the host."""
    changed: datetime
    """When what it tells of was last changed."""
    version: int
    """Higher for each change."""


def event_of(what: str, row: Any, day: date, summary: str) -> Event:
    """A day of a record that comes `with_version`; `what` tells the days of one record apart."""
    return Event(f"{what}-{row.pk}", day, summary, row.get_absolute_url(), row.changed, row.version)


def with_version(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """`changed` and `version`: the moment and the number of each record's latest entry in its history."""
    latest = rows.model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    return rows.annotate(
        changed=Subquery(latest.values("history_date")[:1]), version=Subquery(latest.values("history_id")[:1])
    )
