"""Dialogues: logged with all that came of them, and withdrawn when they were logged by mistake."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from agencies.lifecycle.guards import agency_in_use, refuse, refuse_owner
from agencies.lifecycle.steps import finish_step
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from agencies.validators import not_yet, out_of_reach
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError


def _refuse_who_was_not_there(agency: Agency, contacts: Iterable[Contact]) -> None:
    for contact in contacts:
        if contact.agency_id != agency.pk:
            raise LifecycleError(f"{contact.name} hör till en annan myndighet.")
        if contact.has_left(on=clock.today()):
            raise LifecycleError(f"{contact.name} slutade {contact.left_on} och kan inte väljas.")


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
    refuse(not_yet(dialogue.held_on))
    agency = agency_in_use(dialogue.agency_id, "loggar en dialog")
    contacts = list(contacts)
    _refuse_who_was_not_there(agency, contacts)
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
        refuse(out_of_reach(step.due_on))
        refuse_owner(step.owner)
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
