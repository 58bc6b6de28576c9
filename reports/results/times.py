"""How long it takes, and where it waits: lead times of what started, ages of what still waits.

Days are counted by the database into a histogram, from which the median and the 90th percentile are read exactly.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
)

from placements import stages
from placements.choices import Verb, Waits
from placements.models import Deed, Placement
from placements.spreads import Spread, spread
from reports.periods import Period


class Stage(TextChoices):
    """A part of the way from the first contact to a person in place."""

    ALL = "all", "Från första kontakt till start"
    AGREEING = "agreeing", "Från första kontakt till avtal"
    ORDERING = "ordering", "Från avtal till första order"
    MATCHING = "matching", "Från första order till start"


def lead_times(period: Period, *, on: date) -> dict[Stage, Spread]:
    """Lead times of the places that started in a period, by stage; one query.

    A stage counts the places of which both its ends are known and in order (domain description, "Lead time").
    """
    places = Placement.objects.started_between(period.first, period.last, on=on)
    orders = _first_orders(on).filter(placement__in=places)
    counted = [
        _histogram(_staged(places, Stage.ALL), "first_contact_on", "started_on"),
        _histogram(_staged(places, Stage.AGREEING), "first_contact_on", "agreed_on"),
        _histogram(_staged(orders, Stage.ORDERING), "placement__agreed_on", "on"),
        _histogram(_staged(orders, Stage.MATCHING), "on", "placement__started_on"),
    ]
    found = _read(counted[0].union(*counted[1:], all=True))
    return {stage: spread(found[stage]) for stage in Stage}


def _first_orders(on: date) -> QuerySet[Any, Any]:
    """Of each place, the step by which matching was ordered first, as known on a day."""
    sent = Deed.objects.standing().of(Verb.ORDER).filter(on__lte=on)
    return sent.filter(~Exists(sent.filter(_before, placement=OuterRef("placement"))))


# Steps of one day are told apart by their keys.
_before = Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), pk__lt=OuterRef("pk"))


def _staged(rows: QuerySet[Any, Any], stage: str) -> QuerySet[Any, Any]:
    """The rows, each with the same `stage`."""
    return rows.annotate(stage=Value(stage, CharField()))


def _histogram(rows: QuerySet[Any, Any], first: str, last: str | date) -> QuerySet[Any, Any]:
    """How many rows took how long: columns of stage, time and number. `last` is a field, or a day."""
    end = Value(last, DateField()) if isinstance(last, date) else F(last)
    told = rows.filter(**{f"{first}__isnull": False, f"{first}__lte": end})
    took = ExpressionWrapper(end - F(first), output_field=DurationField())
    return told.order_by().annotate(took=took).values_list("stage", "took").annotate(number=Count("pk"))


def _read(rows: Iterable[Any]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for stage, took, number in rows:
        found[stage][took.days] = found[stage].get(took.days, 0) + number
    return found


def waiting(*, on: date) -> dict[Waits, Spread]:
    """How long the open processes have waited where they stand on a day, by stage; one query."""
    first, *rest = (_histogram(rows, "since", on) for rows in stages.processes(on=on))
    found = _read(first.union(*rest, all=True))
    return {stage: spread(found[stage]) for stage in Waits}
