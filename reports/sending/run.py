"""One run of the sender: everything that is due, over one connection, each delivery marked as soon as it is told.

Whoever is killed in the middle leaves one message of which nobody knows whether it arrived: it is sent once more, with
the same Message-ID. All others are marked as sent, or are still due.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.db.models import F
from django.utils import timezone

from praktik import clock
from reports.mail import envelope, own_address
from reports.models import Delivery, LetterCopy
from reports.sending.alone import alone
from reports.sending.trouble import Trouble, trouble
from reports.sending.wire import Wire

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long after each failure it is tried again; after the last it is tried no more."""
_PATIENCE = 2
"""Connections that may break one after another before the run leaves the rest for later."""
_AT_ONCE = 100
"""Deliveries read at a time."""


def send_due() -> datetime | None:
    """Send what is due; the moment when something is to be tried again, or None when nothing is left to send."""
    with alone():
        connection = mail.get_connection()
        try:
            _send_all(connection)
        finally:
            _hang_up(connection)
    waiting: Any = Delivery.objects.queued().order_by("next_at").values_list("next_at", flat=True)
    moment: datetime | None = waiting.first()
    return moment


def _send_all(connection: Any) -> None:
    now, breaks = timezone.now(), 0
    for delivery, shared in _due(now):
        try:
            connection.open()
        except Exception as error:
            failed(Delivery.objects.due(at=now), trouble(error).words)
            return
        met = _send(connection, delivery, shared)
        if met is None:
            _sent(delivery)
            breaks = 0
            continue
        failed(Delivery.objects.filter(pk=delivery.pk), met.words)
        breaks = breaks + 1 if met.broken else 0
        if met.broken:
            _hang_up(connection)
        if breaks == _PATIENCE:
            failed(Delivery.objects.due(at=now), met.words)
            return


def _due(now: datetime) -> Iterator[tuple[Delivery, str]]:
    """What is due, letter by letter, each with what its message shares with the others."""
    letter, shared, last = 0, "", 0
    while rows := list(Delivery.objects.due(at=now).filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        for delivery in rows:
            if delivery.letter_id != letter:
                letter = delivery.letter_id
                shared = LetterCopy.objects.values_list("message", flat=True).get(letter=letter)
            yield delivery, shared
        last = rows[-1].pk


def _send(connection: Any, delivery: Delivery, shared: str) -> Trouble | None:
    """Hand one message to the server; what was in the way, or None when it was taken."""
    try:
        message = Wire(envelope(delivery, shared), sender=own_address(), to=delivery.address)
        connection.send_messages([message])
    except Exception as error:
        return trouble(error)
    return None


def _sent(delivery: Delivery) -> None:
    told = {"sent_at": clock.now(), "next_at": None, "tries": F("tries") + 1, "answer": ""}
    Delivery.objects.filter(pk=delivery.pk).update(**told)


def failed(rows: Any, words: str) -> None:
    """Note what was in the way of deliveries; each waits longer than before, and after the last try for nobody."""
    now = timezone.now()
    # The most tried first: a row that has been counted up would otherwise be met again at once.
    for tries, wait in reversed(list(enumerate([*WAITS, None]))):
        same = rows.filter(tries__gte=tries) if wait is None else rows.filter(tries=tries)
        same.update(answer=words, tries=F("tries") + 1, next_at=now + wait if wait else None)


def _hang_up(connection: Any) -> None:
    """Close, whatever state the connection is in: there is nothing more to lose on it."""
    try:
        connection.close()
    except Exception:
        connection.connection = None
