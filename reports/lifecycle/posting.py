"""Letters on their way: frozen and sent once, tried again, and registered."""

from collections.abc import Iterator
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.lifecycle.guards import refuse
from agencies.readers import is_deliverable
from placements.lifecycle.guards import words as checked
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError
from reports.choices import LetterKind, LetterPart
from reports.letters import Content, arranged, drafted_content
from reports.letters.changes import told_until
from reports.letters.recipients import Recipients, recipients, stamp
from reports.lifecycle.letters import locked, own_draft
from reports.mail import HEAVIEST, Letterhead, as_mail_html, as_mail_text, compose, message_id, own_address, weight
from reports.models import Delivery, Letter, LetterCopy
from reports.tasks import send_letters


@transaction.atomic
def send(letter: Letter, *, by: User, site: str, seen: str) -> Letter:
    """Send a draft: it is frozen with its recipients, and the worker is told. See `freeze`."""
    letter = freeze(letter, by=by, site=site, seen=seen)
    send_letters.enqueue()
    return letter


@transaction.atomic
def freeze(letter: Letter, *, by: User, site: str, seen: str | None) -> Letter:
    """Make of a draft what is sent, with one delivery to each address; from now on it never changes.

    `site` is scheme and host of its links, `seen` the stamp (`Ready.stamp`) of what the sender has looked at;
    None sends it as it is.
    Raises LifecycleError for a letter that was sent already, is empty or too heavy, has no recipient or leaves an
    office without a reader, and when it would not arrive as it was seen.
    """
    letter = own_draft(letter)
    known = told_until(letter, shows_changes=dict(arranged(letter)).get(LetterPart.CHANGES, False))
    ready = readied(letter, by, site=site)
    refuse(ready.why_not)
    if seen is not None and ready.stamp != seen:
        raise LifecycleError(
            "Brevet eller mottagarna har ändrats sedan du förhandsgranskade. Inget är skickat. "
            "Titta en gång till och skicka sedan."
        )
    letter.sent_at, letter.sent_by = clock.now(), by
    letter.signed_by(by).save_record()
    LetterCopy.objects.create(
        letter=letter,
        content=ready.content.as_json(),
        text=ready.text,
        message=ready.message(),
        deeds_until=known.until,
        deeds_unseen=known.unseen,
    )
    Delivery.objects.bulk_create(_deliveries(letter, ready.to), batch_size=500)
    return letter


def _deliveries(letter: Letter, to: Recipients) -> Iterator[Delivery]:
    due = timezone.now()
    for each in to.everyone:
        yield Delivery(
            letter=letter,
            address=each.address,
            name=each.name[:200],
            office_id=each.office,
            contact_id=each.contact,
            message_id=message_id(f"brev-{letter.pk}", uuid4().hex),
            next_at=due,
        )


_SHORTER = (12, 7, 4)
"""Rows of a table in a letter that would be too heavy, until it is not."""


class Ready:
    """A draft as it would be sent now, and what is in the way of that."""

    def __init__(self, letter: Letter, by: User, *, content: Content, to: Recipients, site: str) -> None:
        self.letter, self.by, self.to, self.site = letter, by, to, site
        self._set(content)
        for most in _SHORTER:
            if self.weight > HEAVIEST:
                self._set(content.shorter(most))

    def _set(self, content: Content) -> None:
        # Only the offices' officers can log in: a link to this house is of no use to an agency.
        address = reverse("reports:letter", args=[self.letter.pk]) if self.letter.kind == LetterKind.WEEKLY else ""
        self.content = content
        self.html = as_mail_html(content, self.letter.kind, site=self.site, address=address)
        self.text = as_mail_text(content, self.letter.kind, site=self.site, address=address)
        self.weight = weight(self.message())

    @property
    def stamp(self) -> str:
        """Another one whenever the letter would arrive otherwise, or to somebody else."""
        return stamp([self.html, self.text, self.to.stamp])

    @property
    def why_not(self) -> str:
        """Why it cannot be sent, in words; empty when it can."""
        if self.content.is_empty:
            return "Brevet är tomt. Skriv något, eller visa en del som har något att berätta."
        if self.weight > HEAVIEST:
            kilobytes = -(-self.weight // 1000)
            return f"Brevet är {kilobytes} kB, och mejlprogram klipper av vid 100 kB. Korta texten eller dölj en del."
        if self.to.unread:
            names = ", ".join(map(str, self.to.unread))
            return f"Ingen läser brevet för {names}. Ange en adress under Mottagare innan du skickar."
        return "" if self.to.everyone else "Brevet har inga mottagare. Välj några under Mottagare."

    def message(self) -> str:
        """The composed message, dated when it was sent, or now."""
        head = Letterhead(
            subject=self.content.title,
            sent_at=self.letter.sent_at or clock.now(),
            reply_to=self.by.email if is_deliverable(self.by.email) else own_address(),
            unsubscribe=self.letter.kind == LetterKind.NEWSLETTER,
        )
        return compose(head, text=self.text, html=self.html, boundary=f"=_praktik-{self.letter.pk}-{uuid4().hex}")


def readied(letter: Letter, by: User, *, site: str) -> Ready:
    """A draft as `by` would send it now."""
    return Ready(letter, by, content=drafted_content(letter, by), to=recipients(letter), site=site)


@transaction.atomic
def register(letter: Letter, *, by: User, number: str) -> Letter:
    """Note the number that a sent letter has in the official register. Raises LifecycleError for a draft."""
    letter = locked(letter)
    refuse("" if letter.sent_at else "Brevet är inte skickat än. Diarieför det när det är skickat.")
    letter.register_number = checked(number, "Diarienumret", longest=50, field="register_number")
    letter.signed_by(by).save_record()
    return letter


@transaction.atomic
def try_again(letter: Letter) -> int:
    """Try everything of a letter that has not arrived once more, at once; how many that is.

    Raises LifecycleError when there is nothing to try.
    """
    left = Delivery.objects.filter(letter=letter, sent_at__isnull=True)
    number = left.update(next_at=timezone.now(), tries=0)
    refuse("" if number else "Alla har fått brevet. Det finns inget att skicka igen.")
    send_letters.enqueue()
    return number
