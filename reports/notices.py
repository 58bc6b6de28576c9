"""Notices: messages that are sent by themselves, the way that letters go (`reports.sending`)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar
from uuid import uuid4

from django.utils import timezone

from agencies.models import Office
from agencies.readers import Reader
from praktik import clock
from praktik.accounts.models import User
from reports.choices import NoticeKind
from reports.mail import (
    HEAVIEST,
    Letterhead,
    Listing,
    as_listing_html,
    as_listing_text,
    compose,
    message_id,
    own_address,
    weight,
)
from reports.models import Delivery, Notice

Thing = TypeVar("Thing")

KEPT = timedelta(days=90)
"""How long a message is kept after it was made: long enough to see what became of it."""


def composed(listing: Listing, *, subject: str, reply_to: str = "") -> str:
    """The message, dated now. Raises ValueError when it is too heavy for mail programs."""
    head = Letterhead(subject=subject, sent_at=clock.now(), reply_to=reply_to or own_address(), unsubscribe=False)
    text, html = as_listing_text(listing), as_listing_html(listing)
    message = compose(head, text=text, html=html, boundary=f"=_praktik-{uuid4().hex}")
    if weight(message) > HEAVIEST:
        raise ValueError(f"A notice of {weight(message)} bytes is too heavy.")
    return message


def post(
    message: str,
    *,
    kind: NoticeKind,
    to: Iterable[Reader],
    on: date,
    user: User | None = None,
    office: Office | None = None,
) -> Notice:
    """Put a message in the queue, with one delivery to each address; call it in a transaction, then tell the worker.

    `user` is whose digest it is, `office` whose readers they are. Raises IntegrityError for a second digest a day.
    """
    notice = Notice.objects.create(kind=kind, made_on=on, message=message, user=user)
    names = {each.address: each.name[:200] for each in to}
    Delivery.objects.bulk_create(
        Delivery(
            notice=notice,
            address=address,
            name=name,
            office=office,
            message_id=message_id(f"{kind.value}-{notice.pk}", uuid4().hex),
            next_at=timezone.now(),
        )
        for address, name in names.items()
    )
    return notice


def each_by_itself(things: Iterable[Thing], act: Callable[[Thing], int]) -> int:
    """Act on each, and add up what that made. One that breaks down keeps nobody else waiting.

    Raises ExceptionGroup when all are done, if any broke down.
    """
    made, broken = 0, []
    for thing in things:
        try:
            made += act(thing)
        except Exception as error:
            broken.append(error)
    if broken:
        raise ExceptionGroup(f"{len(broken)} notices could not be made", broken)
    return made


def forget_old_notices(*, on: date) -> int:
    """Delete messages that are kept no longer, with their deliveries; how many. What was reminded of stays known."""
    old = Notice.objects.filter(made_on__lt=on - KEPT)
    number = old.count()
    old.delete()
    return number
