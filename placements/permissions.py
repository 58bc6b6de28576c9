"""Who may do what, and from where: the one table of verbs, with the questions one asks it.

Buttons, guards and tests all read RULES. Rule: the domain description's table "Who uses the system".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from placements.choices import State, Verb
from praktik.accounts.roles import Role
from praktik.records import LifecycleError

if TYPE_CHECKING:
    from placements.models import Placement
    from praktik.accounts.models import User


class NotYours(LifecycleError):
    """The verb is somebody else's: another role's, or another office's."""


class Whose(Enum):
    """What a role may do a verb with."""

    EVERY = "every"
    OWN = "own"
    """What the own office has been given: places it owns, orders sent to it, handovers to it."""


@dataclass(frozen=True)
class Rule:
    """From which states a verb is allowed, and to whom. Without a state there is no place yet."""

    states: frozenset[State]
    roles: dict[Role, Whose]


_COORDINATOR = {Role.COORDINATOR: Whose.EVERY}
_BOTH = {Role.COORDINATOR: Whose.EVERY, Role.CASE_OFFICER: Whose.OWN}
_OFFICE = {Role.CASE_OFFICER: Whose.OWN}
_AGREED = frozenset({State.AGREED})
_ONGOING = frozenset({State.ONGOING})
_OPEN = _AGREED | _ONGOING
_ANY = frozenset(State)

RULES: dict[Verb, Rule] = {
    Verb.AGREE: Rule(frozenset(), _COORDINATOR),
    Verb.CHANGE: Rule(_OPEN, _COORDINATOR),
    Verb.PLAN: Rule(_OPEN, _BOTH),
    Verb.CONFIRM: Rule(_AGREED, _COORDINATOR),
    Verb.WITHDRAW: Rule(_AGREED, _COORDINATOR),
    Verb.ORDER: Rule(_AGREED, _COORDINATOR),
    Verb.RECALL: Rule(_AGREED, _COORDINATOR),
    Verb.SUPPLEMENT: Rule(_AGREED, _COORDINATOR),
    Verb.ANSWER: Rule(_AGREED, _BOTH),
    Verb.REPLY: Rule(_AGREED, _COORDINATOR),
    Verb.FLAG: Rule(_AGREED, _BOTH),
    Verb.UNFLAG: Rule(_AGREED, _BOTH),
    Verb.HAND_OVER: Rule(_OPEN, _COORDINATOR),
    Verb.ACCEPT: Rule(_OPEN, _OFFICE),
    Verb.RETURN: Rule(_OPEN, _OFFICE),
    Verb.ASK: Rule(_OPEN, _BOTH),
    Verb.TAKE_BACK: Rule(_OPEN, _COORDINATOR),
    Verb.START: Rule(_AGREED, _BOTH),
    Verb.EXTEND: Rule(_ONGOING, _BOTH),
    Verb.END: Rule(_ONGOING, _BOTH),
    Verb.FOLLOW_UP: Rule(frozenset({State.ENDED}), _BOTH),
    Verb.UNDO: Rule(_ANY, _BOTH),
}


def stands_in_words(place: "Placement") -> str:
    """Why a verb is refused, told by what has become of the place."""
    return {
        State.AGREED: "Platsen har inte startat än.",
        State.ONGOING: f"Platsen startade redan {place.started_on}.",
        State.ENDED: f"Platsen är avslutad sedan {place.ended_on}.",
        State.WITHDRAWN: f"Platsen drogs tillbaka {place.withdrawn_on}.",
    }[place.stands()]


class Reach:
    """What one user may do: the role, and for a case officer the offices. Ask once for a page: it costs one query."""

    def __init__(self, user: "User") -> None:
        self.user = user
        self.role = Role(user.role)
        officer = self.role == Role.CASE_OFFICER
        self.offices = frozenset(user.offices.values_list("pk", flat=True)) if officer else frozenset()

    def why_not_mine(self, verb: Verb, offices: Iterable[int | None]) -> str:
        """Why the verb is not this user's, given the offices it belongs to; empty when it is."""
        whose = RULES[verb].roles.get(self.role) if self.user.is_active else None
        if whose is None:
            roles = " eller ".join(f"en {role.label}" for role in RULES[verb].roles)
            return f"Det här gör bara {roles}."
        if whose is Whose.OWN and not self.offices.intersection(offices):
            return "Det här gör bara kontoret som platsen, ordern eller överlämningen hör till."
        return ""

    def may(self, verb: Verb, place: "Placement", *offices: int | None) -> bool:
        """Whether the verb is open to the user on a place. `offices`: whose it is, if not the place's owner's."""
        allowed = place.stands() in RULES[verb].states
        return allowed and not self.why_not_mine(verb, offices or [place.office_id])


def allow(verb: Verb, by: "User", place: "Placement", *offices: int | None) -> None:
    """Raise NotYours when the verb is somebody else's, LifecycleError when the place stands where it is not allowed."""
    mine(verb, by, *(offices or [place.office_id]))
    if place.stands() not in RULES[verb].states:
        raise LifecycleError(stands_in_words(place))


def mine(verb: Verb, by: "User", *offices: int | None) -> None:
    """Raise NotYours unless the verb is the user's to do."""
    why = Reach(by).why_not_mine(verb, offices)
    if why:
        raise NotYours(why)


def reads_person(reach: Reach, place: "Placement") -> bool:
    """Sex and target group of the person in place are for the coordinator and the office that owns the place."""
    return reach.role == Role.COORDINATOR or place.office_id in reach.offices
