"""One run of the sender: everything that is due, over one connection, each delivery marked as soon as it is told.

Whoever is killed in the middle leaves one message of which nobody knows whether it arrived: it is sent once more, with
the same Message-ID. All others are marked as sent, or are still due.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import mail
from django.db.models import F
from django.utils import timezone

from praktik import clock
from reports.mail import envelope, own_address
from reports.models import Delivery, LetterCopy, Notice
from reports.sending.alone import alone
from reports.sending.trouble import Trouble, trouble
from reports.sending.wire import Wire

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long after each failure it is tried again; after the last it is tried no more."""
LONGEST = timedelta(minutes=1)
"""How long a run goes on: the worker has other things to do, and comes back."""
_MEANWHILE = timedelta(seconds=10)
"""When to look again, where somebody else is sending."""
_PATIENCE = 2
"""Connections that may break one after another before the run leaves the rest for later."""
_AT_ONCE = 100
"""Deliveries read at a time."""
_NOT_HERE = "Mottagaren får inte logga in längre."
_PUT_OFF = "Utskicket bröts av mejlservern innan det kom hit. Det fortsätter av sig självt."


def send_due(longest: timedelta = LONGEST) -> datetime | None:
    """Send what is due; the moment when there is more to do, or None when nothing is left to send."""
    with alone() as free:
        if not free:
            return timezone.now() + _MEANWHILE
        _forget_who_left()
        connection = mail.get_connection()
        try:
            _send_all(connection, until=timezone.now() + longest)
        finally:
            _hang_up(connection)
    waiting: Any = Delivery.objects.queued().order_by("next_at").values_list("next_at", flat=True)
    moment: datetime | None = waiting.first()
    return moment


def _send_all(connection: Any, *, until: datetime) -> None:
    now, breaks = timezone.now(), 0
    for delivery, shared in _due(now):
        if timezone.now() >= until:
            return
        try:
            _open(connection)
        except Exception as error:
            _failed(Delivery.objects.due(at=now), trouble(error).words)
            return
        met = _send(connection, delivery, shared)
        if met is None:
            _sent(delivery)
            breaks = 0
            continue
        _failed(Delivery.objects.filter(pk=delivery.pk), met.words)
        breaks = breaks + 1 if met.broken else 0
        if met.broken:
            _hang_up(connection)
        if breaks == _PATIENCE:
            # Nobody has tried these yet: they lose no try, and are before the others when it goes on.
            Delivery.objects.due(at=now).update(next_at=timezone.now() + WAITS[0], answer=_PUT_OFF)
            return


def _forget_who_left() -> None:
    """What waits for a person goes to nobody who may not log in any more, however long it has stood in the queue."""
    gone = Delivery.objects.queued().filter(notice__user__is_active=False)
    gone.update(next_at=None, answer=_NOT_HERE)


def _due(now: datetime) -> Iterator[tuple[Delivery, str]]:
    """What is due, the least tried first, each with what its message shares with the others of its kind."""
    shared: dict[tuple[int | None, int | None], str] = {}
    due = Delivery.objects.due(at=now)
    keys = list(due.order_by("tries", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        for delivery in due.filter(pk__in=keys[start : start + _AT_ONCE]).order_by("tries", "pk"):
            source = (delivery.letter_id, delivery.notice_id)
            if source not in shared:
                shared = {source: _message(delivery)}
            yield delivery, shared[source]


def _message(delivery: Delivery) -> str:
    """What all get of the letter, or of the notice, that a delivery is of."""
    rows: Any = LetterCopy.objects.filter(letter=delivery.letter_id)
    if delivery.notice_id:
        rows = Notice.objects.filter(pk=delivery.notice_id)
    message: str = rows.values_list("message", flat=True).get()
    return message


def _open(connection: Any) -> None:
    """Connect where there is no connection; a server that has let us in may take its time with each message.

    It may look for viruses before it answers (RFC 5321, 4.5.3.2, allows minutes): whoever hangs up by then has it sent
    twice.
    """
    connection.open()
    socket = getattr(getattr(connection, "connection", None), "sock", None)
    if socket is not None:
        socket.settimeout(settings.EMAIL_ANSWER_TIMEOUT)


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


def _failed(rows: Any, words: str) -> None:
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
