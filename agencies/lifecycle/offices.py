"""Offices: where their letters go."""

from django.db import transaction

from agencies.models import Office
from agencies.readers import UNDELIVERABLE, is_deliverable, readers_of
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError


@transaction.atomic
def address_letters(office: Office, *, by: User, email: str) -> Office:
    """Give an office an address of its own for letters, or take it away, so that they go to its case officers.

    Raises LifecycleError for an address that nothing can be sent to, and when an open office is left without a reader.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    if email and not is_deliverable(email):
        raise LifecycleError(UNDELIVERABLE, field="email")
    office.letter_email = email
    if not office.has_closed(on=clock.today()) and not readers_of(office):
        raise LifecycleError(
            "Kontoret har då ingen som läser brev. Ange en adress, eller be en administratör lägga till handläggare.",
            field="email",
        )
    office.signed_by(by).save_record()
    return office
