"""What the places' room has for a person's calendar. Nothing of who is in place."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from placements import worklist
from placements.models import MatchingOrder, Placement
from placements.permissions import Reach
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.events import LOOKING_BACK, Event, event_of, with_version
from praktik.templatetags.swedish_words import number_of


def events(user: User, *, on: date) -> Iterator[Event]:
    """Starts, ends and next steps of the places that are the user's to look after, and the last days to answer orders.

    A coordinator's are those the coordinator agreed; an officer's those that the own offices have in hand or an order
    for. Three queries at most.
    """
    if not user.has_perm("placements.work_placement"):
        return
    reach = Reach(user)
    leads = reach.role == Role.COORDINATOR
    rows = Placement.objects.unfinished(on=on).select_related("agency", "programme")
    own = rows.filter(coordinator=user) if leads else rows.filter(_ours(reach))
    for place in with_version(own):
        yield from (event for event in _of_place(place, reach) if event.day >= on - LOOKING_BACK)
    if not leads:
        yield from _orders(reach, on)


def _ours(reach: Reach) -> Q:
    return Q(office__in=reach.offices) | Q(order__office__in=reach.offices, started_on__isnull=True)


def _of_place(place: Any, reach: Reach) -> Iterator[Event]:
    where = f"{place} ({place.agency})"
    if place.started_on is None:
        told, what, summary = place.planned_start, "start", "Planerad start"
    else:
        told, what, summary = place.planned_end, "slut", "Planerat slut"
    yield event_of(what, place, told, f"{summary}: {where}")
    in_hand = place.office_id in reach.offices if reach.offices else place.office_id is None
    # A step of the same day says what the start or the end says already.
    if in_hand and place.next_on is not None and place.next_on != told:
        yield event_of("plats", place, place.next_on, f"{place.next_step}: {where}")


def _orders(reach: Reach, on: date) -> Iterator[Event]:
    keys = worklist.orders_to_answer(reach, on=on).order_by().values("pk")
    rows = MatchingOrder.objects.filter(pk__in=keys, answer_by__gte=on - LOOKING_BACK).select_related("agency")
    for order in with_version(rows.with_places(on=on)):
        places = number_of(order.places, "plats,platser")
        yield event_of("order", order, order.answer_by, f"Svara på order: {places} ({order.agency})")
