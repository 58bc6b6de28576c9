"""The message itself: what is the same for all is composed once and kept, what differs stands in its first lines."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

from django.conf import settings
from django.utils.encoding import punycode

from reports.models import Delivery

HEAVIEST = 100_000
"""Bytes of a whole message at most: mail programs cut off what is longer (Gmail at 102 kB)."""
# Lines as on the wire. Headers are not folded: what cannot be folded would be encoded instead, and some readers of
# List-Unsubscribe take that for words. A header with a line break is refused.
_WIRE = policy.SMTP.clone(max_line_length=998)


@dataclass(frozen=True)
class Letterhead:
    """What stands above a letter, the same for all who get it."""

    subject: str
    sent_at: datetime
    reply_to: str
    unsubscribe: bool
    """Whether there is a way out of getting it: a newsletter has one, a letter to one's own office has none."""


def compose(head: Letterhead, *, text: str, html: str, boundary: str) -> str:
    """Everything of the message that is the same for all, as it goes over the wire; ASCII.

    Raises ValueError for a header with a line break.
    """
    message = EmailMessage(policy=_WIRE)
    message["Subject"] = head.subject
    message["From"] = Address(settings.ORGANISATION, addr_spec=_on_the_wire(own_address()))
    message["Reply-To"] = _addressed(head.reply_to)
    message["Date"] = format_datetime(head.sent_at)
    message["Auto-Submitted"] = "auto-generated"
    if head.unsubscribe:
        message["List-Unsubscribe"] = (
            f"<mailto:{quote(_on_the_wire(head.reply_to), safe='@')}?subject=Inga%20fler%20nyhetsbrev>"
        )
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(boundary)
    return message.as_bytes().decode("ascii")


def envelope(delivery: Delivery, shared: str) -> bytes:
    """The whole message to one address, byte for byte as it is sent, whenever it is asked for.

    Raises ValueError for an address that no header can carry.
    """
    head = EmailMessage(policy=_WIRE)
    head["Message-ID"] = delivery.message_id
    head["To"] = _addressed(delivery.address)
    lines = head.as_bytes().rstrip(b"\r\n").split(b"\r\n")
    return b"\r\n".join([*lines, shared.encode("ascii")])


def _addressed(address: str) -> Address:
    return Address(addr_spec=_on_the_wire(address))


def _on_the_wire(address: str) -> str:
    """An address whose domain is in ASCII, as every mail server takes it."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{punycode(domain)}"


def message_id(letter: str, recipient: str) -> str:
    """A Message-ID that stays the same however often the message is tried."""
    return f"<{letter}.{recipient}@{_on_the_wire(own_address()).rpartition('@')[2]}>"


def weight(shared: str) -> int:
    """Bytes of a message, the lines of its recipient counted generously."""
    return len(shared) + 700


def parts_of(shared: str) -> tuple[str, str]:
    """The plain text and the HTML in a composed message."""
    whole = message_from_bytes(shared.encode("ascii"), policy=_WIRE)
    text, html = (part.get_content().replace("\r\n", "\n") for part in whole.iter_parts())
    return text, html


def own_address() -> str:
    """The bare address that letters come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
