"""Where do the open processes wait? The one place where that rule stands; the day is an argument, `on=`.

Each process stands in one stage. A place offered to an office waits for the office, whatever else it waits for; an
ongoing place waits for nothing else. For the agreed ones what was done last tells: no order, an order, its answer.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, CharField, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from placements.choices import AnswerKind, Verb, Waits
from placements.models import Deed, Handover, OrderAnswer, Placement
from placements.spreads import Spread, spread
from praktik.prepared import Texts

_COUNTED = Texts()
FOR_OFFICE = (Waits.NO_ANSWER, Waits.NOT_ACCEPTED)
"""The stages in which an office has the next word; in the others it is about the agency."""


def processes(*, on: date) -> list[QuerySet[Any, Any]]:
    """Every process that waits on a day, in parts that can be put together.

    The rows of each part have the `process` (the place's key), its `stage`, `since` when it waits there, and the key
    of the office that it waits for or the agency that it is about, `whose`.
    """
    every = _offered(on)
    offered = every.filter(~Exists(every.filter(placement=OuterRef("placement"), pk__gt=OuterRef("pk"))))
    places = Placement.objects.agreed(on=on).filter(~Exists(offered.filter(placement=OuterRef("pk"))))
    moves = Deed.objects.standing().filter(verb__in=(Verb.ORDER, Verb.RECALL), on__lte=on)
    untouched = places.filter(~Exists(moves.filter(placement=OuterRef("pk"))))
    open_on = Placement.objects.unfinished(on=on)
    no_order, not_accepted = (Value(stage, CharField()) for stage in (Waits.NO_ORDER, Waits.NOT_ACCEPTED))
    return [
        untouched.annotate(process=F("pk"), stage=no_order, since=F("agreed_on"), whose=F("agency")),
        _moved(moves, on).filter(placement__in=places),
        offered.filter(placement__in=open_on).annotate(
            process=F("placement"), stage=not_accepted, since=F("handed_on"), whose=F("office")
        ),
    ]


def _moved(moves: QuerySet[Any, Any], on: date) -> QuerySet[Any, Any]:
    """Of each place, the order or recall that stands, with the stage it brought."""
    # What was done last stands, whatever day it was given.
    later = moves.filter(placement=OuterRef("placement"), pk__gt=OuterRef("pk"))
    # An undone step can bring back an order that was recalled meanwhile, with its other places.
    recalled = Q(verb=Verb.RECALL) | Q(order__recalled_on__lte=on)
    # A question that has been replied to waits for the office again.
    replied = Case(When(replied_on__lte=on, then=F("replied_on")), default=None, output_field=DateField())
    own = _last_answers(on).filter(office=OuterRef("order__office"))
    found = _last_answers(on).filter(kind=AnswerKind.CANDIDATE)
    return moves.filter(~Exists(later)).annotate(
        process=F("placement"),
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
        whose=Case(When(stage=Waits.NO_ANSWER, then=F("order__office")), default=F("placement__agency")),
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


def waits(stages: Iterable[Waits], *, on: date, office: int | None = None) -> Q:
    """The rule for places: those that stand in one of the stages on a day; with an office, those that wait for it."""
    rule = Q(pk__in=())
    for rows in processes(on=on):
        there = rows.filter(stage__in=list(stages))
        there = there if office is None else there.filter(whose=office)
        rule |= Q(pk__in=there.order_by().values("process"))
    return rule


@dataclass(frozen=True)
class Behind:
    """The agency or the office behind processes of one stage, by its key: how many, and how long the oldest waits."""

    pk: int
    number: int
    longest: int
    """Days."""


@dataclass(frozen=True)
class Standing:
    """What waits in one stage: how many and how long, and who is behind, with the most places first."""

    spread: Spread
    behind: tuple[Behind, ...]


def standing(*, on: date) -> dict[Waits, Standing]:
    """Every stage as it stands on a day; one query."""
    found: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for stage, whose, since, number in _COUNTED.all(on, partial(_counted, on)):
        found[stage][whose][(on - since).days] = number
    return {stage: _standing(found[stage]) for stage in Waits}


def _counted(on: date) -> QuerySet[Any, Any]:
    first, *rest = (
        rows.order_by().values_list("stage", "whose", "since").annotate(number=Count("pk")) for rows in processes(on=on)
    )
    return first.union(*rest, all=True)


def _standing(by_whom: dict[int, dict[int, int]]) -> Standing:
    every: dict[int, int] = defaultdict(int)
    for days in by_whom.values():
        for length, number in days.items():
            every[length] += number
    behind = [Behind(pk, sum(days.values()), max(days)) for pk, days in by_whom.items()]
    return Standing(spread(every), tuple(sorted(behind, key=lambda each: (-each.number, -each.longest, each.pk))))
