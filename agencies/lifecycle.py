"""What happens then? One function per verb. Each is atomic, locks its row, guards, and names what it changes.

A guard that fails raises LifecycleError with the rule in Swedish; nothing is then changed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from agencies.choices import ObstacleKind
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from agencies.permissions import may_own_steps
from agencies.validators import not_yet, out_of_reach
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError

__all__ = [
    "LifecycleError",
    "add_contact",
    "archive",
    "finish_step",
    "hand_step",
    "log_dialogue",
    "mark_back",
    "mark_gone",
    "move_step",
    "note_obstacle",
    "plan_step",
    "reopen_obstacle",
    "reopen_step",
    "resolve_obstacle",
    "restore",
    "restore_dialogue",
    "take_back_step",
    "withdraw_dialogue",
]


def _refuse(why: str) -> None:
    if why:
        raise LifecycleError(why)


def _refuse_owner(user: User) -> None:
    if not may_own_steps(user):
        raise LifecycleError(f"{user} kan inte ha hand om steg.")


def _agency_in_use(pk: int, before: str) -> Agency:
    agency: Agency = Agency.objects.select_for_update().get(pk=pk)
    if agency.archived_on:
        raise LifecycleError(f"{agency} är arkiverad. Återställ myndigheten innan du {before}.")
    return agency


@transaction.atomic
def log_dialogue(
    dialogue: Dialogue,
    *,
    by: User,
    contacts: Iterable[Contact] = (),
    new_contacts: Iterable[Contact] = (),
    obstacles: Iterable[Obstacle] = (),
    step: NextStep | None = None,
    steps_done: Iterable[NextStep] = (),
) -> Dialogue:
    """Save a held dialogue with all that came of it, or nothing: new contacts, obstacles met, steps done and planned.

    Raises LifecycleError for a day that has not come, an archived agency, or a contact who has left or is not theirs.
    """
    _refuse(not_yet(dialogue.held_on))
    agency = _agency_in_use(dialogue.agency_id, "loggar en dialog")
    contacts = list(contacts)
    for contact in contacts:
        if contact.agency_id != agency.pk:
            raise LifecycleError(f"{contact.name} hör till en annan myndighet.")
        if contact.has_left(on=clock.today()):
            raise LifecycleError(f"{contact.name} slutade {contact.left_on} och kan inte väljas.")
    added = []
    for contact in new_contacts:
        contact.agency = agency
        contact.save_record()
        added.append(contact)
    dialogue.by = by
    dialogue.save_record(contacts=[*contacts, *added])
    for obstacle in obstacles:
        obstacle.agency, obstacle.dialogue, obstacle.noted_on = agency, dialogue, dialogue.held_on
        obstacle.save_record()
    for done in steps_done:
        if done.agency_id != agency.pk:
            raise LifecycleError(f"Steget {done} hör till en annan myndighet.")
        finish_step(done, on=clock.today())
    if step is not None:
        _refuse(out_of_reach(step.due_on))
        _refuse_owner(step.owner)
        step.agency, step.dialogue = agency, dialogue
        step.save_record()
    return dialogue


@transaction.atomic
def withdraw_dialogue(dialogue: Dialogue, *, on: date) -> Dialogue:
    """A dialogue that was logged by mistake counts nowhere from now on; what else came of it stays.

    Raises LifecycleError when it was withdrawn already.
    """
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if dialogue.withdrawn_on:
        raise LifecycleError(f"Dialogen är redan borttagen sedan {dialogue.withdrawn_on}.")
    dialogue.withdrawn_on = on
    dialogue.save()
    return dialogue


@transaction.atomic
def restore_dialogue(dialogue: Dialogue) -> Dialogue:
    """Take back that a dialogue was withdrawn."""
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    dialogue.withdrawn_on = None
    dialogue.save()
    return dialogue


@transaction.atomic
def plan_step(agency: Agency, *, what: str, due_on: date, owner: User) -> NextStep:
    """Decide what comes next with an agency.

    Raises LifecycleError when it is archived, when the day has been or is out of reach, or the owner may not own it.
    """
    agency = _agency_in_use(agency.pk, "planerar nästa steg")
    _refuse(out_of_reach(due_on))
    _refuse_owner(owner)
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
    _refuse(not_yet(on))
    step.done_on = on
    step.save()
    return step


@transaction.atomic
def reopen_step(step: NextStep) -> NextStep:
    """Take back that a step was done. Raises LifecycleError when the agency is archived: nothing is open there."""
    _agency_in_use(step.agency_id, "öppnar steget igen")
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
        _agency_in_use(step.agency_id, "öppnar steget igen")
    for field in ("what", "due_on", "owner_id", "done_on"):
        setattr(step, field, getattr(before[0], field))
    step.save()
    return step


@transaction.atomic
def move_step(step: NextStep, *, to: date) -> NextStep:
    """Give an open step another day, today or later. Raises LifecycleError otherwise."""
    step = _open_step(step)
    _refuse(out_of_reach(to))
    step.due_on = to
    step.save()
    return step


@transaction.atomic
def hand_step(step: NextStep, *, to: User) -> NextStep:
    """Another coordinator takes an open step over. Raises LifecycleError for anybody else."""
    step = _open_step(step)
    _refuse_owner(to)
    step.owner = to
    step.save()
    return step


@transaction.atomic
def add_contact(contact: Contact) -> Contact:
    """Somebody new at an agency. Raises LifecycleError when the agency is archived."""
    contact.agency = _agency_in_use(contact.agency_id, "lägger till en kontakt")
    contact.save_record()
    return contact


@transaction.atomic
def note_obstacle(obstacle: Obstacle) -> Obstacle:
    """Something stands in the way. Raises LifecycleError when the agency is archived, or for a day to come."""
    obstacle.agency = _agency_in_use(obstacle.agency_id, "noterar ett hinder")
    _refuse(not_yet(obstacle.noted_on))
    obstacle.save_record()
    return obstacle


@transaction.atomic
def mark_gone(contact: Contact, *, left_on: date, successor: Contact | None = None) -> Contact:
    """A contact has left, or will: from that day the person is in no picker and gets no letter.

    Raises LifecycleError when that is noted already, and for a successor who has left, is somebody else's, or is the
    person in question.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.left_on is not None:
        raise LifecycleError(f"{contact.name} är redan markerad som slutad {contact.left_on}. Ångra det först.")
    if successor is not None:
        if successor.pk == contact.pk or successor.agency_id != contact.agency_id:
            raise LifecycleError("Efterträdaren ska vara en annan person på samma myndighet.")
        if successor.has_left(on=left_on):
            raise LifecycleError(f"{successor.name} har också slutat och kan inte efterträda.")
    contact.left_on, contact.successor = left_on, successor
    contact.save()
    return contact


@transaction.atomic
def mark_back(contact: Contact) -> Contact:
    """Take back that a contact left."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    contact.left_on, contact.successor = None, None
    contact.save()
    return contact


@transaction.atomic
def resolve_obstacle(obstacle: Obstacle, *, on: date) -> Obstacle:
    """An obstacle no longer stands in the way. Raises LifecycleError when it was resolved already."""
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if obstacle.resolved_on:
        raise LifecycleError(f"Hindret är redan löst sedan {obstacle.resolved_on}.")
    _refuse(not_yet(on))
    if on < obstacle.noted_on:
        raise LifecycleError("Ett hinder kan inte vara löst innan det noterades.")
    obstacle.resolved_on = on
    obstacle.save()
    return obstacle


@transaction.atomic
def reopen_obstacle(obstacle: Obstacle) -> Obstacle:
    """Take back that an obstacle was resolved. Raises LifecycleError when the same has been noted anew."""
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    same = Obstacle.objects.filter(agency=obstacle.agency_id, kind=obstacle.kind, resolved_on__isnull=True)
    if obstacle.kind != ObstacleKind.OTHER and same.exclude(pk=obstacle.pk).exists():
        raise LifecycleError("Samma hinder har noterats igen efter det.")
    obstacle.resolved_on = None
    obstacle.save()
    return obstacle


@transaction.atomic
def archive(agency: Agency, *, on: date) -> Agency:
    """Put an agency away: out of lists and pickers, with all its history. Refused while a next step is open."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.next_steps.open().exists():
        raise LifecycleError("Myndigheten har öppna nästa steg. Gör klart eller flytta dem först.")
    agency.archived_on = agency.archived_on or on
    agency.save()
    return agency


@transaction.atomic
def restore(agency: Agency) -> Agency:
    """Take an agency out of the archive."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    agency.archived_on = None
    agency.save()
    return agency
