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

from placements.choices import Verb
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


def _first_ordered() -> Subquery:
    sent = Deed.objects.standing().of(Verb.ORDER).filter(placement=OuterRef("pk"))
    return Subquery(sent.order_by("on").values("on")[:1])


def lead_times(period: Period, *, on: date) -> dict[Stage, Spread]:
    """Lead times of the places that started in a period, by stage; one query.

    A stage counts the places of which both its ends are known and in order (domain description, "Lead time").
    """
    rows = Placement.objects.started_between(period.first, period.last, on=on).annotate(ordered_on=_first_ordered())
    ends = {
        Stage.ALL: ("first_contact_on", "started_on"),
        Stage.AGREEING: ("first_contact_on", "agreed_on"),
        Stage.ORDERING: ("agreed_on", "ordered_on"),
        Stage.MATCHING: ("ordered_on", "started_on"),
    }
    counted = [_histogram(rows, stage, *between) for stage, between in ends.items()]
    found = _read(counted[0].union(*counted[1:], all=True))
    return {stage: spread(found[stage]) for stage in Stage}


def _histogram(rows: QuerySet[Any, Any], stage: str, first: str, last: str) -> QuerySet[Any, Any]:
    """How many rows took how long: columns of stage, time and number."""
    told = rows.filter(**{f"{first}__isnull": False, f"{last}__gte": F(first)})
    took = ExpressionWrapper(F(last) - F(first), output_field=DurationField())
    named = told.order_by().annotate(stage=Value(stage, CharField()), took=took)
    return named.values_list("stage", "took").annotate(number=Count("pk"))


def _read(rows: Iterable[Any]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for stage, took, number in rows:
        found[stage][took.days] = found[stage].get(took.days, 0) + number
    return found


def waiting(*, on: date) -> dict[Waits, Spread]:
    """How long the open processes have waited where they stand on a day, by stage; one query.

    Each process stands in one stage. A place offered to an office waits for the office, whatever else it waits for.
    """
    return {stage: spread(days) for stage, days in _ages(on).items()}


def _ages(on: date) -> dict[Waits, dict[int, int]]:
    since = ExpressionWrapper(Value(on, DateField()) - F("since"), output_field=DurationField())
    rows = standing(on=on).exclude(waits="").annotate(took=since).order_by()
    found = _read(rows.values_list("waits", "took").annotate(number=Count("pk")))
    return {stage: found[stage] for stage in Waits}


def standing(*, on: date) -> QuerySet[Any, Any]:
    """The open places of a day with `waits`, the stage where each stands (empty: nowhere), and `since`, from when."""
    offered = Handover.objects.filter(
        Q(accepted_on__isnull=True) | Q(accepted_on__gt=on),
        Q(returned_on__isnull=True) | Q(returned_on__gt=on),
        Q(recalled_on__isnull=True) | Q(recalled_on__gt=on),
        placement=OuterRef("pk"),
        handed_on__lte=on,
    )
    moves = Deed.objects.standing().filter(placement=OuterRef("pk"), verb__in=(Verb.ORDER, Verb.RECALL), on__lte=on)
    latest = moves.order_by("-on", "-pk")
    answers = OrderAnswer.objects.filter(order=OuterRef("order_then"), on__lte=on)
    ordered, not_started = Q(moved=Verb.ORDER), Q(started_on__isnull=True) | Q(started_on__gt=on)
    rows = Placement.objects.unfinished(on=on).annotate(
        handed_on=Subquery(offered.order_by("handed_on").values("handed_on")[:1]),
        moved=Subquery(latest.values("verb")[:1]),
        moved_on=Subquery(latest.values("on")[:1]),
        order_then=Subquery(latest.values("order")[:1]),
    )
    rows = rows.annotate(answered_on=Subquery(answers.order_by("on").values("on")[:1]))
    stages = [
        (Q(handed_on__isnull=False), Waits.NOT_ACCEPTED, "handed_on"),
        (not_started & ordered & Q(answered_on__isnull=False), Waits.NO_START, "answered_on"),
        (not_started & ordered, Waits.NO_ANSWER, "moved_on"),
        (not_started & Q(moved=Verb.RECALL), Waits.NO_ORDER, "moved_on"),
        (not_started, Waits.NO_ORDER, "agreed_on"),
    ]
    return rows.annotate(
        waits=Case(
            *(When(rule, then=Value(stage)) for rule, stage, _ in stages), default=Value(""), output_field=CharField()
        ),
        since=Case(*(When(rule, then=F(day)) for rule, _, day in stages), default=None, output_field=DateField()),
    )
