"""How a place stands, told in a few words, and what its reader would do with it next."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.http import urlencode

from agencies.models import in_short
from placements.choices import AnswerKind, State, Verb
from placements.models import Placement
from placements.permissions import Reach
from placements.querysets import ASKED, WAITING
from placements.validators import FOLLOWED_UP_AFTER
from praktik import clock
from praktik.addresses import address
from praktik.navigation import BACK
from praktik.templatetags.swedish_words import days_since


@dataclass(frozen=True)
class Said:
    """A word or two that stand out: `look` is late, wait, ok or calm."""

    words: str
    look: str = "calm"


@dataclass(frozen=True)
class Action:
    """Something that the reader may do, as a link to where it is done."""

    label: str
    url: str
    verb: Verb


@dataclass(frozen=True)
class Row:
    """One place in a list."""

    place: Any
    said: list[Said]
    actions: list[Action]


def rows_of(places: Any, reach: Reach, *, back: str) -> list[Row]:
    """The places of a list, told for one reader; they come `with_row`."""
    return [Row(place, said_of(place, reach), actions_of(place, reach, back=back)) for place in places]


def _named(office: Any, reach: Reach) -> str:
    return "ditt kontor" if office.pk in reach.offices else in_short(str(office))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


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
        said += _order_said(place, reach)
    elif stands is State.ONGOING and place.planned_end < today:
        said.append(Said(f"Skulle ha slutat {place.planned_end}", "late"))
    elif stands is State.ENDED and place.ended_on == today:
        said.append(Said("Sista dagen i dag"))
    if place.handed_to and place.is_open:
        own = place.handed_office in reach.offices
        to = "ditt kontor" if own else in_short(place.handed_to)
        said.append(Said(f"Överlämnas till {to}, {days_since(place.handed_on)}", "wait" if own else "calm"))
    return said


def _order_said(place: Any, reach: Reach) -> list[Said]:
    order, stage = place.order, place.order_stage
    if order is None:
        return [Said("Ingen order än")]
    found = Said(f"{in_short(place.found_at)} föreslår någon", "ok") if place.found_at else None
    if order.hard_since:
        hard = Said(f"Svårmatchad {days_since(order.hard_since)}: {order.obstacle}", "late")
        return [found, hard] if found else [hard]
    office = _named(order.office, reach)
    if found:
        return [found]
    if stage == WAITING and order.office_id in reach.offices:
        return [Said(f"Väntar på ditt svar, {days_since(order.sent_on)}", "wait")]
    if stage == WAITING:
        return [Said(f"Order hos {office}, {days_since(order.sent_on)}")]
    if stage == ASKED:
        return [Said(f"{_capital(office)} har en fråga", "wait")]
    return [Said(f"{_capital(office)} har ingen just nu")]


def _to(verb: Verb, label: str, name: str, pk: int, back: str, **query: Any) -> Action:
    asked = f"{urlencode(query)}&" if query else ""
    return Action(label, f"{address(f'placements:{name}', pk)}?{asked}{_quoted(back)}", verb)


@lru_cache(maxsize=100)
def _quoted(back: str) -> str:
    """The way back in an address; the same in every row of a page."""
    return urlencode({BACK: back})


def actions_of(place: Any, reach: Reach, *, back: str) -> list[Action]:
    """What to do next, the likeliest first, of what RULES let the reader do."""
    found = []
    if place.handed_to and reach.may(Verb.ACCEPT, place, place.handed_office):
        ledger = f"{address('placements:handover-list')}#overlamning-{place.handed_pk}"
        found.append(Action("Ta emot …", ledger, Verb.ACCEPT))
    stands = place.stands()
    if stands is State.AGREED:
        found += _before_start(place, reach, back)
    elif stands is State.ONGOING:
        found += _in_place(place, reach, back)
    elif is_to_follow_up(place) and reach.may(Verb.FOLLOW_UP, place):
        found.append(_to(Verb.FOLLOW_UP, "Följ upp …", "placement-follow-up", place.pk, back))
    return found


def is_to_follow_up(place: Placement) -> bool:
    """Whether ninety days have passed since the end and nobody has asked."""
    ended: date | None = place.ended_on
    return bool(ended and not place.followed_up_on and ended + FOLLOWED_UP_AFTER <= clock.today())


def _in_place(place: Placement, reach: Reach, back: str) -> list[Action]:
    found = []
    if reach.may(Verb.END, place):
        found.append(_to(Verb.END, "Avsluta …", "placement-end", place.pk, back))
    if place.can_extend(on=clock.today()) and reach.may(Verb.EXTEND, place):
        found.append(_to(Verb.EXTEND, "Förläng …", "placement-extend", place.pk, back))
    return found


def _before_start(place: Any, reach: Reach, back: str) -> list[Action]:
    if place.rests_on_gone(on=clock.today()) and reach.may(Verb.CONFIRM, place):
        return [_to(Verb.CONFIRM, "Bekräfta …", "placement-confirm", place.pk, back)]
    order, stage = place.order, place.order_stage
    if order is None and reach.may(Verb.ORDER, place):
        return [_to(Verb.ORDER, "Beställ …", "order-new", place.agency_id, back, plats=place.pk)]
    if order is not None:
        own = order.office_id in reach.offices
        if stage == ASKED and reach.may(Verb.REPLY, place):
            return [Action("Svara …", f"{order.get_absolute_url()}#svar", Verb.REPLY)]
        if own and stage == WAITING:
            return [_to(Verb.ANSWER, "Svara …", "order-answer", order.pk, back)]
        if own and stage == AnswerKind.NONE_NOW:
            return [_to(Verb.ANSWER, "Ändra svaret …", "order-answer", order.pk, back)]
        if order.hard_since and reach.offices and stage != AnswerKind.CANDIDATE:
            return [_to(Verb.ANSWER, "Föreslå …", "order-answer", order.pk, back)]
    # A coordinator waits for the office to propose somebody.
    if reach.may(Verb.START, place) and (reach.offices or stage == AnswerKind.CANDIDATE):
        return [_to(Verb.START, "Starta …", "placement-start", place.pk, back)]
    return []
