"""To whom a letter goes: the offices' readers, or the agencies' contacts by role."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from agencies.choices import ContactRole
from agencies.models import Contact, Office
from agencies.readers import Reader, is_deliverable, readers
from praktik import clock
from reports.choices import LetterKind
from reports.models import Letter


@dataclass(frozen=True)
class Recipient:
    """One address with who it is: a message goes to it once, however many it reads for."""

    address: str
    name: str
    office: int | None = None
    contact: int | None = None


@dataclass(frozen=True)
class OfficeReaders:
    """An office with those who can read for it, and which of them a letter goes to."""

    office: Office
    readers: Sequence[Reader]
    chosen: frozenset[str]
    added: str
    """An address that is read for the office this time only."""

    @property
    def is_read(self) -> bool:
        """Whether somebody gets the letter for the office."""
        return bool(self.chosen or self.added)


@dataclass(frozen=True)
class RoleReaders:
    """A role of the agencies' contacts, with how many of them can be written to, and how many have no address."""

    role: ContactRole
    number: int
    without: int
    chosen: bool


@dataclass(frozen=True)
class Recipients:
    """Everybody a letter goes to on a day, and who is left without it."""

    everyone: Sequence[Recipient]
    offices: Sequence[OfficeReaders] = field(default=())
    roles: Sequence[RoleReaders] = field(default=())

    @property
    def unread(self) -> list[Office]:
        """Open offices that nobody would read the letter for."""
        return [each.office for each in self.offices if not each.is_read]

    @property
    def stamp(self) -> str:
        """Another one whenever it goes to somebody else."""
        return stamp(sorted(each.address for each in self.everyone))


def stamp(texts: Iterable[str]) -> str:
    """A short text that is another one when any of the texts is."""
    return blake2b("\0".join(texts).encode(), digest_size=12).hexdigest()


def recipients(letter: Letter, *, on: date | None = None) -> Recipients:
    """Those a letter goes to, as they are on the day: whoever has left since it was drafted is not among them."""
    day = on or clock.today()
    return _of_offices(letter, day) if letter.kind == LetterKind.WEEKLY else _of_agencies(letter, day)


def _of_offices(letter: Letter, day: date) -> Recipients:
    offices = []
    everyone: dict[str, Recipient] = {}
    for office, there in readers(on=day).items():
        extra = str(letter.added.get(str(office.pk), ""))
        left_out = letter.left_out.get(str(office.pk), [])
        chosen = [reader for reader in there if reader.address not in left_out]
        added = extra if is_deliverable(extra) else ""
        offices.append(OfficeReaders(office, there, frozenset(reader.address for reader in chosen), added))
        told = [*chosen, *([Reader(added, office.name)] if added else [])]
        for reader in told:
            name = reader.name if reader.name == office.name else f"{reader.name}, {office.name}"
            everyone.setdefault(reader.address, Recipient(reader.address, name, office=office.pk))
    return Recipients(list(everyone.values()), offices=offices)


def _of_agencies(letter: Letter, day: date) -> Recipients:
    chosen = set(letter.roles)
    everyone: dict[str, Recipient] = {}
    reached: dict[str, set[str]] = {role: set() for role in ContactRole}
    without = Counter[str]()
    declined = {email.strip().lower() for email in Contact.objects.declined(on=day).values_list("email", flat=True)}
    contacts = Contact.objects.newsletter_readers(on=day).select_related("agency")
    for contact in contacts.order_by("agency__name", "name", "pk"):
        address = contact.email.strip().lower()
        if address in declined:
            continue
        if not is_deliverable(address):
            without[contact.role] += 1
            continue
        reached[contact.role].add(address)
        if contact.role in chosen:
            everyone.setdefault(address, Recipient(address, f"{contact.name}, {contact.agency}", contact=contact.pk))
    roles = [RoleReaders(role, len(reached[role]), without[role], role in chosen) for role in ContactRole]
    return Recipients(list(everyone.values()), roles=roles)
