"""Which reminders are due, and to whom they go.

An order without an answer reminds its office after 5 working days, the whole office after 10, and the coordinator after
15. Each is sent once for each time that the order waits; where several are due at once, only the last of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from agencies.models import Office
from agencies.readers import Reader, everybody_at, is_deliverable, readers_among
from agencies.worklist import coordinators
from placements.models import MatchingOrder
from placements.waiting_orders import orders_waiting_long
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.working_days import working_days_since
from reports.choices import ReminderLevel
from reports.models import Reminder


@dataclass(frozen=True)
class Due:
    """An order that somebody is to be reminded of. It has `waits_since`, and its places as `with_places` tells them."""

    order: Any
    level: ReminderLevel


@dataclass(frozen=True)
class Bundle:
    """What the same people are reminded of in one message."""

    to: tuple[Reader, ...]
    office: Office | None
    """Whose readers they are; None for coordinators."""
    due: tuple[Due, ...]

    @property
    def keys(self) -> list[int]:
        """The orders' keys."""
        return [each.order.pk for each in self.due]


def due_reminders(*, on: date, among: Iterable[int] | None = None) -> list[Due]:
    """What is to be reminded of on a day, the longest waiting first; `among` only the orders with these keys."""
    told = Reminder.objects.filter(order=OuterRef("pk"), since=OuterRef("waits_since")).order_by("-level")
    rows = orders_waiting_long(ReminderLevel.OFFICE, on=on).prefetch_related("office__officers")
    rows = rows.annotate(told=Coalesce(Subquery(told.values("level")[:1]), 0))
    # An office that somebody has reminded today hears of it again on another day.
    by_hand = Reminder.objects.filter(order=OuterRef("pk"), level=ReminderLevel.BY_HAND, on=on)
    rows = rows.filter(~Exists(by_hand))
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    found = [Due(order, _level(order, on=on)) for order in rows]
    return [each for each in found if each.level > each.order.told]


def _level(order: Any, *, on: date) -> ReminderLevel:
    """The highest that is due; the coordinator's at once, where nobody at the office would read it."""
    if order.office.has_closed(on=on) or not everybody_at(order.office):
        return ReminderLevel.COORDINATOR
    days = working_days_since(order.waits_since, on=on)
    return max(level for level in ReminderLevel if level <= days)


def bundles(due: Iterable[Due]) -> list[Bundle]:
    """What is due, as the messages in which it is told: one to each office, and one to each coordinator."""
    offices: dict[Office, list[Due]] = {}
    to_coordinators: dict[tuple[Reader, ...], list[Due]] = {}
    every: list[User] | None = None
    for each in due:
        if each.level < ReminderLevel.COORDINATOR:
            offices.setdefault(each.order.office, []).append(each)
            continue
        sender = each.order.by
        if not leads(sender):
            every = list(filter(leads, coordinators().order_by("name", "pk"))) if every is None else every
        to = [sender] if leads(sender) else every or []
        to_coordinators.setdefault(tuple(Reader(one.email, one.name) for one in to), []).append(each)
    of_offices = [Bundle(_readers(office, own), office, tuple(own)) for office, own in offices.items()]
    of_coordinators = [Bundle(to, None, tuple(own)) for to, own in to_coordinators.items()]
    return [bundle for bundle in [*of_offices, *of_coordinators] if bundle.to]


def leads(user: User) -> bool:
    """Whether a coordinator can still be written to."""
    return user.is_active and user.role == Role.COORDINATOR and is_deliverable(user.email)


def _readers(office: Office, due: Iterable[Due]) -> tuple[Reader, ...]:
    whole = any(each.level == ReminderLevel.EVERYBODY for each in due)
    return tuple(everybody_at(office) if whole else readers_among(office, office.officers.all()))


def locked(keys: Iterable[int]) -> None:
    """Hold orders in key order until the transaction ends: of two who remind at once, the other comes after."""
    list(MatchingOrder.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk").values_list("pk"))
