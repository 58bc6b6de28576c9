"""What now? What waits for whom among the agencies; one named function each."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from agencies.models import Agency, NextStep, Obstacle, Office
from agencies.permissions import OWNS_STEPS
from praktik.accounts.models import User
from praktik.accounts.roles import roles_with

OLD_OBSTACLE = timedelta(days=90)
"""An obstacle that was noted, or looked at, longer ago than this is to be looked at again."""


def coordinators() -> Any:
    """Those who can own a next step (see `permissions.may_own_steps`)."""
    return User.objects.filter(role__in=roles_with(OWNS_STEPS), is_active=True)


def next_steps(user: Any) -> Any:
    """The user's own open steps, the most overdue first."""
    return NextStep.objects.open().owned_by(user).select_related("agency", "owner").order_by("due_on", "pk")


def due_steps(user: Any, *, on: date) -> Any:
    """The user's own open steps that are to be done that day or should have been, the most overdue first."""
    return next_steps(user).filter(due_on__lte=on)


def others_waiting(user: Any, *, on: date) -> Any:
    """Steps of colleagues that are overdue, since somebody may be ill, and all of those who no longer own any."""
    gone = ~Q(owner__in=coordinators())
    waiting = NextStep.objects.open().filter(Q(due_on__lt=on) | gone).exclude(owner=user)
    return waiting.select_related("agency", "owner").order_by("due_on", "pk")


def silent_agencies(*, on: date) -> Any:
    """Agencies never contacted, or not for a long time, that have no next step planned; the most silent first."""
    silent = Agency.objects.active().silent_for(settings.SILENT_DAYS, on=on)
    return silent.without_open_step().with_latest_dialogue().order_by_silence()


def old_obstacles(*, on: date) -> Any:
    """Unresolved obstacles of agencies in use that nobody has looked at for ninety days, the longest ago first.

    `looked_on` is when it was noted, or when somebody last found it still there.
    """
    stands = Obstacle.objects.unresolved(on=on).filter(agency__archived_on__isnull=True)
    old = stands.annotate(looked_on=Coalesce("stood_on", "noted_on")).filter(looked_on__lt=on - OLD_OBSTACLE)
    return old.select_related("agency").order_by("looked_on", "pk")


def own_offices(user: Any) -> Any:
    """The offices a case officer belongs to, with the municipalities they serve."""
    return Office.objects.filter(officers=user).prefetch_related("municipalities")


def offices_without_officer(*, on: date) -> Any:
    """Open offices that nobody can answer for."""
    return Office.objects.open(on=on).with_manned().filter(is_manned=False)
