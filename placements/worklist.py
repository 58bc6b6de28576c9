"""What now? What waits for whom among the places; one named function each."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from placements.choices import Verb
from placements.models import Deed, Handover, MatchingOrder, OrderAnswer, Placement
from placements.permissions import Reach
from praktik.accounts.roles import Role

ENDING_SOON = timedelta(days=30)
STARTING_SOON = timedelta(days=7)
"""An office is told of a planned start so long before."""


def _mine(rows: Any, reach: Reach, field: str = "office") -> Any:
    """Everything for a coordinator, what belongs to the own offices for anybody else."""
    return rows if reach.role == Role.COORDINATOR else rows.filter(**{f"{field}__in": reach.offices})


def _answerable(rows: Any, reach: Reach, on: date) -> Any:
    """Everything for a coordinator, what an office that is still open can answer for anybody else."""
    return rows if reach.role == Role.COORDINATOR else rows.exclude(office__closed_on__lte=on)


def falling(*, on: date) -> Any:
    """Open processes without an owner who is there, a next step or a day."""
    return Placement.objects.falling(on=on).order_by("agreed_on", "pk")


def to_confirm(*, on: date) -> Any:
    """Agreements whose contact has left, the earliest planned start first."""
    return Placement.objects.to_confirm(on=on).order_by("planned_start", "pk")


def handovers_waiting(reach: Reach) -> Any:
    """Handovers that nobody has accepted or returned, the oldest first: all, or those to the own offices."""
    rows = Handover.objects.waiting().select_related(
        "office", "by", "placement__agency", "placement__programme", "placement__municipality"
    )
    return _mine(rows, reach).prefetch_related("words__by").order_by("handed_on", "pk")


def handovers_to_accept(reach: Reach, *, on: date) -> Any:
    """Handovers that wait for an office's decision: for an officer those to the own offices that are open.

    One that waits for the coordinator's answer to a question is the coordinator's under that question alone.
    """
    rows = handovers_waiting(reach)
    if reach.role == Role.COORDINATOR:
        return rows.exclude(pk__in=Handover.objects.asked().order_by().values("pk"))
    return _answerable(rows, reach, on)


def handovers_returned(reach: Reach) -> Any:
    """Handovers that came back, of open places that nobody has done anything with since."""
    back = Deed.objects.standing().filter(verb=Verb.RETURN, handover=OuterRef(OuterRef("pk")))
    later = Deed.objects.standing().filter(placement=OuterRef("placement"), pk__gt=Subquery(back.values("pk")[:1]))
    rows = Handover.objects.filter(
        ~Exists(later),
        returned_on__isnull=False,
        placement__ended_on__isnull=True,
        placement__withdrawn_on__isnull=True,
    )
    related = rows.select_related("office", "placement__agency", "placement__programme", "placement__municipality")
    return _mine(related, reach).order_by("returned_on", "pk")


def orders_to_answer(reach: Reach, *, on: date) -> Any:
    """Open orders that wait for the own offices (for a coordinator: for any), the earliest day for the answer first.

    A closed office answers nothing any more: what it was sent is the coordinator's to take back.
    """
    rows = _mine(MatchingOrder.objects.waiting(on=on), reach)
    return _answerable(rows, reach, on).select_related("office", "agency").order_by("answer_by", "pk")


def orders_with_question(*, on: date) -> Any:
    """Open orders whose office needs to know more, the oldest first."""
    return MatchingOrder.objects.open(on=on).asked().select_related("office", "agency").order_by("sent_on", "pk")


def orders_proposed_hard(*, on: date) -> Any:
    """Orders without a start for so long that they are proposed as hard to match."""
    return MatchingOrder.objects.proposed_hard(on=on).select_related("office", "agency").order_by("sent_on", "pk")


def hard_orders_found(*, on: date) -> Any:
    """Hard-to-match orders for which some office has proposed somebody since they were flagged."""
    rows = MatchingOrder.objects.open(on=on).hard(on=on).with_found()
    return rows.filter(found_on__gte=F("hard_since")).order_by("found_on", "pk")


def hard_orders_of_others(reach: Reach, *, on: date, since: date | None = None) -> Any:
    """Hard-to-match orders that the own offices have not answered since they were flagged, the newest first.

    With `since`, only those flagged on that day or later.
    """
    answered = OrderAnswer.objects.filter(
        order=OuterRef("pk"), office__in=reach.offices, on__gte=OuterRef("hard_since")
    )
    rows = MatchingOrder.objects.open(on=on).hard(on=on).exclude(office__in=reach.offices)
    if since:
        rows = rows.filter(hard_since__gte=since)
    return rows.filter(~Exists(answered)).select_related("office", "agency").order_by("-hard_since", "pk")


def late_starts(*, on: date) -> Any:
    """Agreed places whose planned start has been, the latest first."""
    return Placement.objects.agreed(on=on).filter(planned_start__lt=on).order_by("planned_start", "pk")


def to_start(reach: Reach, *, on: date) -> Any:
    """Agreed places that the own offices have in hand and that are to start within a week, or should have."""
    rows = Placement.objects.agreed(on=on).owned_by_offices(reach.offices)
    return rows.filter(planned_start__lte=on + STARTING_SOON).order_by("planned_start", "pk")


def overdue(reach: Reach, *, on: date) -> Any:
    """Open places whose next step should have been taken, by a coordinator or by the own offices."""
    rows = Placement.objects.overdue(on=on)
    leads = reach.role == Role.COORDINATOR
    own = rows.filter(office__isnull=True) if leads else rows.owned_by_offices(reach.offices)
    return own.order_by("next_on", "pk")


def overdue_otherwise(reach: Reach, *, on: date) -> Any:
    """Those of `overdue` that wait for nothing that another rule here tells of: each place is told of once."""
    leads = reach.role == Role.COORDINATOR
    waits = MatchingOrder.objects.open(on=on)
    rows = overdue(reach, on=on).exclude(pk__in=Placement.objects.to_confirm(on=on).order_by().values("pk"))
    if leads:
        rows = rows.exclude(pk__in=Placement.objects.falling(on=on).order_by().values("pk"))
        rows = rows.exclude(pk__in=handovers_returned(reach).order_by().values("placement"))
    told_before = timedelta() if leads else STARTING_SOON + timedelta(days=1)
    rows = rows.exclude(started_on__isnull=True, planned_start__lt=on + told_before)
    rows = rows.exclude(started_on__isnull=False, planned_end__lte=on + ENDING_SOON)
    rows = rows.exclude(order__in=waits.unanswered().order_by().values("pk"))
    rows = rows.exclude(order__in=waits.asked().order_by().values("pk"))
    return rows.filter(~Exists(Handover.objects.filter(placement=OuterRef("pk")).waiting()))


def ending(reach: Reach, *, on: date) -> Any:
    """Ongoing places whose planned end has been or comes soon, the earliest first."""
    rows = Placement.objects.unfinished(on=on).filter(planned_end__lte=on + ENDING_SOON)
    return _mine(rows, reach).order_by("planned_end", "pk")


def to_follow_up(reach: Reach, *, on: date) -> Any:
    """Places that ended ninety days ago or more and have not been followed up, the oldest first."""
    return _mine(Placement.objects.to_follow_up(on=on), reach).order_by("ended_on", "pk")
