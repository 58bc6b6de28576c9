"""Contacts: met, gone, and back."""

from datetime import date

from django.db import transaction

from agencies.lifecycle.guards import agency_in_use
from agencies.models import Contact
from praktik.records import LifecycleError


@transaction.atomic
def add_contact(contact: Contact) -> Contact:
    """Somebody new at an agency. Raises LifecycleError when the agency is archived."""
    contact.agency = agency_in_use(contact.agency_id, "lägger till en kontakt")
    contact.save_record()
    return contact


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
