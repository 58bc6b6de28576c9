"""Who reads the letters at the offices: one rule for sending, for pages, and for what guards the last reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Prefetch

from agencies.models import Office
from praktik.accounts.models import User
from praktik.accounts.roles import Role

UNDELIVERABLE = "Dit går det inte att skicka brev. Kontrollera adressen."
_LONGEST_ADDRESS = 254  # characters: what a mail server takes (RFC 5321)


@dataclass(frozen=True)
class Reader:
    """Somebody who gets an office's letters."""

    address: str
    name: str
    """The officer's, or the office's where it has an address of its own."""


def is_deliverable(address: str) -> bool:
    """Whether a letter can be sent to the address."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    # Within quotation marks an address may hold signs that would break the letter's head.
    # Django takes some letters for others (a long s for an s), which no mail server does.
    name = address.rpartition("@")[0]
    return address.isprintable() and name.isascii() and len(address) <= _LONGEST_ADDRESS


def is_reading_officer(user: User) -> bool:
    """Whether the user would read the letters of an office that has no address of its own."""
    return user.is_active and user.role == Role.CASE_OFFICER and is_deliverable(user.email)


def readers_among(office: Office, officers: Iterable[User]) -> list[Reader]:
    """The rule: the office's own address; without one, the case officers, in the order given."""
    if is_deliverable(office.letter_email):
        return [Reader(office.letter_email.lower(), office.name)]
    return [Reader(each.email.lower(), each.name) for each in officers if is_reading_officer(each)]


def everybody_at(office: Office) -> list[Reader]:
    """Everyone who can be written to at an office: at its own address, and its case officers; nobody twice."""
    own = [Reader(office.letter_email.lower(), office.name)] if is_deliverable(office.letter_email) else []
    officers = sorted(filter(is_reading_officer, office.officers.all()), key=lambda each: (each.name, each.pk))
    found: dict[str, Reader] = {}
    for each in (*own, *(Reader(officer.email.lower(), officer.name) for officer in officers)):
        found.setdefault(each.address, each)
    return list(found.values())


def readers_of(office: Office) -> list[Reader]:
    """Who reads one office's letters."""
    return readers_among(office, office.officers.order_by("name", "pk"))


def readers(*, on: date) -> dict[Office, list[Reader]]:
    """Every office open on the day, in name order, and who reads its letters; two queries however many there are."""
    officers = Prefetch("officers", User.objects.order_by("name", "pk"))
    offices = Office.objects.open(on=on).order_by("name").prefetch_related(officers)
    return {office: readers_among(office, office.officers.all()) for office in offices}
