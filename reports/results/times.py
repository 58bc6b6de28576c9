"""How long it takes, and where it waits: lead times of what started, ages of what still waits.

Days are counted by the database into a histogram, from which the median and the 90th percentile are read exactly.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
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
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from placements.choices import AnswerKind, Verb
from placements.models import Deed, Handover, OrderAnswer, Placement
from reports.periods import Period


class Stage(TextChoices):
    """A part of the way from the first contact to a person in place."""

    ALL = "all", "Från första kontakt till start"
    AGREEING = "agreeing", "Från första kontakt till avtal"
    ORDERING = "ordering", "Från avtal till första order"
    MATCHING = "matching", "Från första order till start"


class Waits(TextChoices):
    """Where an open process stands and waits."""

    NO_ORDER = "no_order", "Avtalade utan order"
    NO_ANSWER = "no_answer", "Order utan svar"
    NO_START = "no_start", "Besvarade, inte startade"
    NOT_ACCEPTED = "not_accepted", "Överlämnade, inte mottagna"


@dataclass(frozen=True)
class Spread:
    """Of several numbers of days."""

    number: int
    median: float | None
    most: int | None
    """The 90th percentile: nine of ten took so many days or fewer."""
    longest: int | None


def spread(days: dict[int, int]) -> Spread:
    """The median, the 90th percentile (nearest rank) and the longest of a histogram: days → how many."""
    number = sum(days.values())
    if not number:
        return Spread(0, None, None, None)
    middle = (_ranked(days, (number + 1) // 2) + _ranked(days, number // 2 + 1)) / 2
    return Spread(number, middle, _ranked(days, -(-number * 9 // 10)), max(days))


def _ranked(days: dict[int, int], rank: int) -> int:
    """The number of days that stands at a rank, the shortest first."""
    seen = 0
    for length in sorted(days):
        seen += days[length]
        if seen >= rank:
            return length
    raise ValueError(f"No rank {rank} among {seen}")


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
    """How long the open processes have waited where they stand on a day, by stage; one query.

    Each process stands in one stage. A place offered to an office waits for the office, whatever else it waits for.
    """
    every = _offered(on)
    offered = every.filter(~Exists(every.filter(placement=OuterRef("placement"), pk__gt=OuterRef("pk"))))
    places = Placement.objects.agreed(on=on).filter(~Exists(offered.filter(placement=OuterRef("pk"))))
    moves = Deed.objects.standing().filter(verb__in=(Verb.ORDER, Verb.RECALL), on__lte=on)
    untouched = places.filter(~Exists(moves.filter(placement=OuterRef("pk"))))
    open_on = Placement.objects.unfinished(on=on)
    counted = [
        _histogram(_staged(untouched, Waits.NO_ORDER), "agreed_on", on),
        _histogram(_moved(moves, on).filter(placement__in=places), "since", on),
        _histogram(_staged(offered.filter(placement__in=open_on), Waits.NOT_ACCEPTED), "handed_on", on),
    ]
    found = _read(counted[0].union(*counted[1:], all=True))
    return {stage: spread(found[stage]) for stage in Waits}


def _moved(moves: QuerySet[Any, Any], on: date) -> QuerySet[Any, Any]:
    """Of each place, the order or recall that stands, with the `stage` it brought and `since` when it waits there."""
    # What was done last stands, whatever day it was given.
    later = moves.filter(placement=OuterRef("placement"), pk__gt=OuterRef("pk"))
    # An undone step can bring back an order that was recalled meanwhile, with its other places.
    recalled = Q(verb=Verb.RECALL) | Q(order__recalled_on__lte=on)
    # A question that has been replied to waits for the office again.
    replied = Case(When(replied_on__lte=on, then=F("replied_on")), default=None, output_field=DateField())
    own = _last_answers(on).filter(office=OuterRef("order__office"))
    found = _last_answers(on).filter(kind=AnswerKind.CANDIDATE)
    return moves.filter(~Exists(later)).annotate(
        found_on=Subquery(found.values("on")[:1]),
        answered_on=Subquery(own.values("on")[:1]),
        replied_then=Subquery(own.annotate(replied=replied).values("replied")[:1]),
        stage=Case(
            When(recalled, then=Value(Waits.NO_ORDER)),
            When(found_on__isnull=False, then=Value(Waits.NO_START)),
            When(Q(answered_on__isnull=True) | Q(replied_then__isnull=False), then=Value(Waits.NO_ANSWER)),
            default=Value(Waits.NO_START),
            output_field=CharField(),
        ),
        since=Case(
            When(verb=Verb.RECALL, then=F("on")),
            When(recalled, then=F("order__recalled_on")),
            default=Coalesce("found_on", "replied_then", "answered_on", "on"),
        ),
    )


def _last_answers(on: date) -> QuerySet[Any, Any]:
    """What each office had last said to an outer order by a day, the latest first."""
    known = OrderAnswer.objects.filter(on__lte=on)
    past = known.filter(order=OuterRef("order"), office=OuterRef("office"), pk__gt=OuterRef("pk"))
    return known.filter(~Exists(past), order=OuterRef("order")).order_by("-pk")


def _offered(on: date) -> QuerySet[Any, Any]:
    """Handovers that waited for the office on a day."""
    return Handover.objects.filter(
        Q(accepted_on__isnull=True) | Q(accepted_on__gt=on),
        Q(returned_on__isnull=True) | Q(returned_on__gt=on),
        Q(recalled_on__isnull=True) | Q(recalled_on__gt=on),
        handed_on__lte=on,
    )
