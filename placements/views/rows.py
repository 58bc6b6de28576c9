"""How a place stands, told in a few words, and the one thing its reader would do with it next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from agencies.models import Office
from placements.choices import AnswerKind, State, Verb
from placements.permissions import Reach
from placements.querysets import ASKED, WAITING
from praktik import clock
from praktik.navigation import BACK
from praktik.templatetags.swedish_words import days_since


@dataclass(frozen=True)
class Said:
    """A word or two that stand out: `look` is late, wait, ok or calm."""

    words: str
    look: str = "calm"


@dataclass(frozen=True)
class Action:
    """Something that the reader may do, as a link to its form."""

    label: str
    url: str


@dataclass(frozen=True)
class Row:
    """One place in a list."""

    place: Any
    said: list[Said]
    action: Action | None


def short(office: Office) -> str:
    """An office's name where there is little room: its town says enough."""
    return str(office).replace("Arbetsförmedlingen", "Af")


def rows_of(places: Any, reach: Reach, *, back: str) -> list[Row]:
    """The places of a list, told for one reader; they come `with_row`."""
    return [Row(place, said_of(place, reach), action_of(place, reach, back=back)) for place in places]


def said_of(place: Any, reach: Reach) -> list[Said]:
    """How the place stands, what waits most first."""
    today = clock.today()
    stands = place.stands()
    said = []
    if stands is State.AGREED:
        if place.rests_on_gone(on=today):
            said.append(Said("Behöver bekräftas", "late"))
        if place.planned_start < today:
            said.append(Said(f"Starten försenad {days_since(place.planned_start)}", "late"))
        said.append(_order_said(place, reach))
    elif stands is State.ONGOING and place.planned_end < today:
        said.append(Said(f"Slutade {place.planned_end} enligt plan", "late"))
    if place.handed_to and place.is_open:
        look = "wait" if place.handed_office in reach.offices else "calm"
        to = "ditt kontor" if look == "wait" else place.handed_to.replace("Arbetsförmedlingen", "Af")
        said.append(Said(f"Överlämnas till {to}, {days_since(place.handed_on)}", look))
    return said


def _order_said(place: Any, reach: Reach) -> Said:
    order, stage = place.order, place.order_stage
    if order is None:
        return Said("Ingen order än")
    if order.hard_since:
        return Said(f"Svårmatchad {days_since(order.hard_since)}: {order.obstacle}", "late")
    if stage == WAITING:
        if order.office_id in reach.offices:
            return Said(f"Väntar på ditt svar, {days_since(order.sent_on)}", "wait")
        return Said(f"Order hos {short(order.office)}, {days_since(order.sent_on)}")
    if stage == ASKED:
        return Said(f"{short(order.office)} har en fråga", "wait")
    if stage == AnswerKind.CANDIDATE:
        return Said(f"{short(order.office)} föreslår någon", "ok")
    return Said(f"{short(order.office)} har ingen just nu")


def _link(label: str, name: str, pk: int, back: str, **query: Any) -> Action:
    return Action(label, f"{reverse(f'placements:{name}', args=[pk])}?{urlencode({**query, BACK: back})}")


def action_of(place: Any, reach: Reach, *, back: str) -> Action | None:
    """The one thing to do next, of what RULES let the reader do."""
    stands = place.stands()
    if stands is State.ONGOING and reach.may(Verb.END, place):
        if (place.planned_end - clock.today()).days <= 30:
            return _link("Avsluta …", "placement-end", place.pk, back)
        return _link("Förläng …", "placement-extend", place.pk, back)
    if stands is not State.AGREED:
        return None
    if place.rests_on_gone(on=clock.today()) and reach.may(Verb.CONFIRM, place):
        return _link("Bekräfta …", "placement-confirm", place.pk, back)
    return _with_order(place, reach, back) if place.order else _without_order(place, reach, back)


def _without_order(place: Any, reach: Reach, back: str) -> Action | None:
    if reach.may(Verb.ORDER, place):
        return _link("Beställ …", "order-new", place.agency_id, back, plats=place.pk)
    return _start(place, reach, back)


def _start(place: Any, reach: Reach, back: str) -> Action | None:
    return _link("Starta …", "placement-start", place.pk, back) if reach.may(Verb.START, place) else None


def _with_order(place: Any, reach: Reach, back: str) -> Action | None:
    order, stage = place.order, place.order_stage
    if stage == WAITING and order.office_id in reach.offices:
        return _link("Svara …", "order-answer", order.pk, back)
    if stage == ASKED and reach.may(Verb.REPLY, place):
        return Action("Svara …", f"{order.get_absolute_url()}#svar")
    if order.hard_since and reach.offices and stage != AnswerKind.CANDIDATE:
        return _link("Föreslå …", "order-answer", order.pk, back)
    # A coordinator waits for the office to propose somebody.
    return _start(place, reach, back) if reach.offices or stage == AnswerKind.CANDIDATE else None
