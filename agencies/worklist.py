"""What now? What waits for whom among the agencies; one named function each."""

from datetime import date
from typing import Any

from agencies.models import Agency, NextStep, Office

# Days without a dialogue after which an agency counts as silent.
SILENT_DAYS = 60


def next_steps(user: Any) -> Any:
    """The user's own open steps, the most overdue first."""
    return NextStep.objects.open().owned_by(user).select_related("agency", "owner").order_by("due_on", "pk")


def others_overdue(user: Any, *, on: date) -> Any:
    """Overdue steps of colleagues: somebody may be ill."""
    late = NextStep.objects.open().filter(due_on__lt=on).exclude(owner=user)
    return late.select_related("agency", "owner").order_by("due_on", "pk")


def silent_agencies(*, on: date) -> Any:
    """Agencies never contacted, or not for a long time, that have no next step planned; the most silent first."""
    silent = Agency.objects.active().silent_for(SILENT_DAYS, on=on)
    return silent.without_open_step().with_latest_dialogue().order_by_silence()


def own_offices(user: Any) -> Any:
    """The offices a case officer belongs to, with the municipalities they serve."""
    return Office.objects.filter(officers=user).prefetch_related("municipalities")


def offices_without_officer(*, on: date) -> Any:
    """Open offices that nobody can answer for."""
    return Office.objects.open(on=on).exclude(officers__is_active=True)
