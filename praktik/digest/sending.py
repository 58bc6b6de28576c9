"""The digests of a morning: one a day to whoever wants it, each made in a transaction of its own."""

from datetime import date
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from agencies.readers import Reader, is_deliverable
from praktik.accounts.models import User
from praktik.digest.message import message_of
from reports.choices import NoticeKind
from reports.models import Notice
from reports.notices import each_by_itself, post


def wanted(*, on: date) -> Any:
    """Those who want a digest on a day, and have none of that day yet."""
    sent = Notice.objects.filter(user=OuterRef("pk"), made_on=on)
    rows = User.objects.filter(~Exists(sent), is_active=True, digest_days__contains=str(on.isoweekday()))
    return rows.order_by("pk")


def make_digests(*, on: date) -> int:
    """Put the digests of a day in the queue; how many that makes.

    Raises ExceptionGroup, when all is done, for those that could not be made.
    """
    return each_by_itself(wanted(on=on), partial(_digest, on=on))


def _digest(user: User, *, on: date) -> int:
    message = message_of(user, on=on) if is_deliverable(user.email) else ""
    if not message:
        return 0
    try:
        with transaction.atomic():
            post(message, kind=NoticeKind.DIGEST, to=[Reader(user.email, user.name)], on=on, user=user)
    except IntegrityError:
        if not Notice.objects.filter(user=user, made_on=on).exists():
            raise
        # Somebody else made it at the same moment.
        return 0
    return 1
