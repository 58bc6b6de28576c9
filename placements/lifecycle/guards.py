"""What several verbs refuse, in words, and how they take hold of their rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices

from agencies.lifecycle.guards import agency_in_use, refuse
from agencies.models import Agency, Contact, Office
from agencies.validators import FIRST_DAY, FURTHEST_AHEAD, not_yet
from placements.models import Placement
from placements.validators import LONGEST_TEXT
from praktik import clock
from praktik.identity import refuse_identity_numbers
from praktik.records import LifecycleError

__all__ = [
    "agency_in_use",
    "chosen",
    "happened",
    "known",
    "locked",
    "not_before",
    "open_office",
    "planned",
    "refuse",
    "still_there",
    "theirs",
    "words",
]


def locked(places: Iterable[Placement]) -> list[Placement]:
    """The places as they are stored now, locked in one order so that two who lock several never wait for each other."""
    keys = [place.pk for place in places]
    rows = Placement.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows.select_related("programme", "agency", "office", "order", "coordinator")}
    if len(found) != len(set(keys)):
        raise LifecycleError("Platsen finns inte längre. Läs om sidan.")
    return [found[key] for key in dict.fromkeys(keys)]


def still_there(rows: QuerySet[Any, Any], pk: int, what: str) -> Any:
    """The row; LifecycleError when somebody has taken it away since the page was read. `what`: "Ordern"."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise LifecycleError(f"{what} finns inte längre. Läs om sidan.")
    return row


def happened(day: date, what: str, field: str = "") -> None:
    """Raise LifecycleError unless the day has come and is not before the assignments began. `what`: "Starten"."""
    if not_yet(day):
        raise LifecycleError(f"{what} kan inte dateras {day}: dagen har inte varit än.", field=field)
    if day < FIRST_DAY:
        raise LifecycleError(f"{what} kan inte dateras före {FIRST_DAY}.", field=field)


def not_before(day: date, earliest: date | None, what: str, than: str, field: str = "") -> None:
    """Raise LifecycleError when something would come before what has to come first: "Starten", "avtalet"."""
    if earliest is not None and day < earliest:
        raise LifecycleError(f"{what} {day} kan inte vara före {than} {earliest}.", field=field)


def planned(day: date, what: str, field: str = "") -> None:
    """Raise LifecycleError when a day lies further ahead than anybody plans."""
    if day > clock.today() + FURTHEST_AHEAD:
        raise LifecycleError(f"{what} {day} ligger mer än tre år fram.", field=field)


def words(text: str, what: str, *, needed: bool = False, longest: int = LONGEST_TEXT, field: str = "") -> str:
    """A text as it is kept. Raises LifecycleError when it is missing, too long or holds an identity number."""
    text = (text or "").strip()
    if needed and not text:
        raise LifecycleError(f"{what} behövs.", field=field)
    if len(text) > longest:
        raise LifecycleError(f"{what} är {len(text)} tecken. Högst {longest} får plats.", field=field)
    try:
        refuse_identity_numbers(text)
    except ValidationError as found:
        raise LifecycleError(found.messages[0], field=field) from found
    return text


def known(value: str, choices: type[TextChoices], what: str) -> str:
    """A choice that exists. Raises LifecycleError for any other."""
    if value not in choices.values:
        raise LifecycleError(f"{what}: välj något av det som visas.")
    return str(value)


def theirs(agency: Agency, contact: Contact | None, *, on: date) -> None:
    """Raise LifecycleError unless the contact is the agency's and has not left on that day."""
    if contact is None:
        return
    if contact.agency_id != agency.pk:
        raise LifecycleError(f"{contact.name} hör till en annan myndighet.")
    if contact.has_left(on=on):
        raise LifecycleError(f"{contact.name} slutade {contact.left_on} och kan inte väljas.")


def open_office(office: Office, *, on: date) -> None:
    """Raise LifecycleError when the office is closed on that day."""
    if office.closed_on and office.closed_on <= on:
        raise LifecycleError(f"{office} är stängt sedan {office.closed_on}.")


def chosen(rows: Iterable[Any], what: str) -> list[Any]:
    """The rows as a list. Raises LifecycleError when there are none."""
    found = list(rows)
    if not found:
        raise LifecycleError(f"Välj minst en {what}.")
    return found
