"""What now? What waits for whom among the agencies; one named function each."""

from datetime import date
from typing import Any

from django.db.models import Q

from agencies.models import Agency, NextStep, Office
from agencies.permissions import OWNS_STEPS
from praktik.accounts.models import User
from praktik.accounts.roles import roles_with

# Days without a dialogue after which an agency counts as silent.
SILENT_DAYS = 60


def coordinators() -> Any:
    """Those who can own a next step (see `permissions.may_own_steps`)."""
    return User.objects.filter(role__in=roles_with(OWNS_STEPS), is_active=True)


def next_steps(user: Any) -> Any:
    """The user's own open steps, the most overdue first."""
    return NextStep.objects.open().owned_by(user).select_related("agency", "owner").order_by("due_on", "pk")


def others_waiting(user: Any, *, on: date) -> Any:
    """Steps of colleagues that are overdue, since somebody may be ill, and all of those who no longer own any."""
    gone = ~Q(owner__in=coordinators())
    waiting = NextStep.objects.open().filter(Q(due_on__lt=on) | gone).exclude(owner=user)
    return waiting.select_related("agency", "owner").order_by("due_on", "pk")


def silent_agencies(*, on: date) -> Any:
    """Agencies never contacted, or not for a long time, that have no next step planned; the most silent first."""
    silent = Agency.objects.active().silent_for(SILENT_DAYS, on=on)
    return silent.without_open_step().with_latest_dialogue().order_by_silence()


def own_offices(user: Any) -> Any:
    """The offices a case officer belongs to, with the municipalities they serve."""
    return Office.objects.filter(officers=user).prefetch_related("municipalities")


def offices_without_officer(*, on: date) -> Any:
    """Open offices that nobody can answer for."""
    return Office.objects.open(on=on).with_manned().filter(is_manned=False)
