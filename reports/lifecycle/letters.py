"""Letters that are not sent yet: drafted, written, arranged and addressed; and how often they go."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.choices import ContactRole
from agencies.models import Office
from agencies.readers import UNDELIVERABLE, is_deliverable
from placements.lifecycle.guards import words as checked
from placements.validators import LONGEST_TEXT
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError
from reports.choices import PARTS, LetterKind, LetterPart
from reports.letters import arranged
from reports.letters.recipients import recipients
from reports.models import Letter, LetterInterval
from reports.periods import monday_of, week_in_words
from reports.validators import LONGEST_WORDS

WORDS = {
    "intro": ("Inledningen", LONGEST_WORDS),
    "notices": ("Notiserna", LONGEST_WORDS),
    "example": ("Exemplet", LONGEST_WORDS),
    "quote": ("Citatet", LONGEST_TEXT),
    "quoted": ("Vem som säger det", 150),
    "meetings": ("På gång", LONGEST_WORDS),
}
"""The fields that hold words: what they are called, and the most signs."""
_FURTHEST = timedelta(weeks=8)  # a letter that far ahead is a slip of the key


@transaction.atomic
def draft(kind: LetterKind, week: date, *, by: User) -> Letter:
    """A new draft, with the parts of its kind and, for a newsletter, the roles of the one before.

    Raises LifecycleError when the week has a letter of that kind, or lies too far ahead or behind.
    """
    _refuse_week(week)
    latest = Letter.objects.filter(kind=kind).order_by("-week").first()
    letter = Letter(kind=kind, week=week)
    letter.parts = [[part, shown] for part, shown in arranged(latest or letter)]
    letter.roles = latest.roles if latest else list(ContactRole.values) if kind == LetterKind.NEWSLETTER else []
    return _stored(letter, by)


Parts = Sequence[tuple[LetterPart, bool]]
"""The parts of a letter in its order, each with whether it is shown."""


@transaction.atomic
def write(letter: Letter, *, by: User, week: date | None = None, parts: Parts | None = None, **words: str) -> Letter:
    """Keep what is given of a draft: its words by the names of WORDS, its week, its parts in their order.

    Raises LifecycleError for words that cannot be kept, and unless each of the parts is there once.
    """
    letter = own_draft(letter)
    for name, text in words.items():
        what, longest = WORDS[name]
        setattr(letter, name, checked(text, what, longest=longest, field=name))
    if week and week != letter.week:
        _refuse_week(week)
        letter.week = week
    if parts is not None:
        if sorted(part for part, _ in parts) != sorted(PARTS[letter.kind]):
            raise LifecycleError("Brevets delar stämmer inte. Läs om sidan.")
        letter.parts = [[part, shown] for part, shown in parts]
    return _stored(letter, by)


@transaction.atomic
def choose_readers(
    letter: Letter, *, by: User, left_out: Mapping[Office, Iterable[str]], added: Mapping[Office, str]
) -> Letter:
    """Leave some addresses of offices out of a weekly letter, and add one for an office.

    Raises LifecycleError for an address that nothing can be sent to, and when an office would lose its last reader
    without another being named. `field` is then `added-<the office's key>`.
    """
    letter = own_draft(letter)
    before = {each.office.pk for each in recipients(letter).offices if each.is_read}
    letter.left_out = {str(office.pk): sorted(addresses) for office, addresses in left_out.items() if addresses}
    letter.added = {}
    for office, address in added.items():
        told = checked(address, "Adressen", field=f"added-{office.pk}").lower()
        if told and not is_deliverable(told):
            raise LifecycleError(UNDELIVERABLE, field=f"added-{office.pk}")
        if told:
            letter.added[str(office.pk)] = told
    for office in recipients(letter).unread:
        if office.pk in before:
            why = f"{office} har då ingen som läser brevet. Kryssa i någon, eller skriv en annan adress."
            raise LifecycleError(why, field=f"added-{office.pk}")
    return _stored(letter, by)


@transaction.atomic
def choose_roles(letter: Letter, *, by: User, roles: Iterable[ContactRole]) -> Letter:
    """Say which roles a newsletter goes to."""
    letter = own_draft(letter)
    letter.roles = sorted(set(roles))
    return _stored(letter, by)


@transaction.atomic
def discard(letter: Letter, *, by: User) -> None:
    """Throw a draft away; what it said stays in the history tables. Raises LifecycleError for one that was sent."""
    own_draft(letter).signed_by(by).delete()


@transaction.atomic
def set_interval(kind: LetterKind, weeks: int, *, by: User) -> LetterInterval:
    """Decide how often a kind of letter goes. Raises LifecycleError for a number that no calendar has."""
    decided = LetterInterval.objects.select_for_update().filter(kind=kind).first() or LetterInterval(kind=kind)
    decided.weeks = weeks
    try:
        decided.full_clean()
    except ValidationError as wrong:
        raise LifecycleError(wrong.messages[0], field="weeks") from wrong
    decided.signed_by(by).save_record()
    return decided


def locked(letter: Letter) -> Letter:
    """The letter as it is stored now, locked. Raises LifecycleError when it is gone."""
    found: Letter | None = Letter.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    if found is None:
        raise LifecycleError("Brevet finns inte längre. Läs om sidan.")
    return found


def own_draft(letter: Letter) -> Letter:
    """The letter, locked. Raises LifecycleError once it is sent, whoever came first."""
    found = locked(letter)
    if found.sent_at:
        moment = timezone.localtime(found.sent_at)
        raise LifecycleError(f"Brevet skickades {moment:%Y-%m-%d %H.%M} av {found.sent_by} och kan inte ändras.")
    return found


def _refuse_week(week: date) -> None:
    today = clock.today()
    if week.weekday() or not monday_of(today) - _FURTHEST <= week <= monday_of(today) + _FURTHEST:
        raise LifecycleError("Välj en vecka i närheten av dagens.", field="week")


def _stored(letter: Letter, by: User) -> Letter:
    try:
        with transaction.atomic():
            letter.signed_by(by).save_record()
    except IntegrityError as twice:
        what = f"{letter.get_kind_display()} för {week_in_words(letter.week)}"
        raise LifecycleError(f"Det finns redan ett {what}.", field="week") from twice
    return letter
