"""Next steps: planned, done, moved, handed on, and any of it taken back."""

from datetime import date
from typing import Any

from django.db import transaction

from agencies.lifecycle.guards import agency_in_use, refuse, refuse_owner
from agencies.models import Agency, NextStep
from agencies.validators import not_yet, out_of_reach
from praktik.accounts.models import User
from praktik.records import LifecycleError


@transaction.atomic
def plan_step(agency: Agency, *, what: str, due_on: date, owner: User) -> NextStep:
    """Decide what comes next with an agency.

    Raises LifecycleError when it is archived, when the day has been or is out of reach, or the owner may not own it.
    """
    agency = agency_in_use(agency.pk, "planerar nästa steg")
    refuse(out_of_reach(due_on))
    refuse_owner(owner)
    step = NextStep(agency=agency, what=what, due_on=due_on, owner=owner)
    step.save_record()
    return step


def _locked_step(step: NextStep) -> NextStep:
    return NextStep.objects.select_for_update().get(pk=step.pk)


def _open_step(step: NextStep) -> NextStep:
    step = _locked_step(step)
    if step.done_on:
        raise LifecycleError(f"Steget är redan klart sedan {step.done_on}.")
    return step


@transaction.atomic
def finish_step(step: NextStep, *, on: date) -> NextStep:
    """A next step is done. Raises LifecycleError when it was done already, and for a day that has not come."""
    step = _open_step(step)
    refuse(not_yet(on))
    step.done_on = on
    step.save()
    return step


@transaction.atomic
def reopen_step(step: NextStep) -> NextStep:
    """Take back that a step was done. Raises LifecycleError when the agency is archived: nothing is open there."""
    agency_in_use(step.agency_id, "öppnar steget igen")
    step = _locked_step(step)
    step.done_on = None
    step.save()
    return step


@transaction.atomic
def take_back_step(step: NextStep, *, version: int) -> NextStep:
    """Undo the change that made this version of a step: done, moved, handed on or edited.

    Raises LifecycleError when somebody has changed the step since, or when there is nothing before that version.
    """
    step = _locked_step(step)
    if step.version() != version:
        raise LifecycleError("Steget har ändrats igen sedan dess. Läs om sidan.")
    entries: Any = step.history
    _, *before = entries.order_by("-history_id")[:2]
    if not before:
        raise LifecycleError("Det finns inget att ångra.")
    if before[0].done_on is None:
        agency_in_use(step.agency_id, "öppnar steget igen")
    for field in ("what", "due_on", "owner_id", "done_on"):
        setattr(step, field, getattr(before[0], field))
    step.save()
    return step


@transaction.atomic
def move_step(step: NextStep, *, to: date) -> NextStep:
    """Give an open step another day, today or later. Raises LifecycleError otherwise."""
    step = _open_step(step)
    refuse(out_of_reach(to))
    step.due_on = to
    step.save()
    return step


@transaction.atomic
def hand_step(step: NextStep, *, to: User) -> NextStep:
    """Another coordinator takes an open step over. Raises LifecycleError for anybody else."""
    step = _open_step(step)
    refuse_owner(to)
    step.owner = to
    step.save()
    return step
