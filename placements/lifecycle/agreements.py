"""The agreement: made, confirmed anew when its contact has gone, withdrawn; and the next step that somebody chooses."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from agencies.models import Agency, Contact, Dialogue
from agencies.validators import out_of_reach
from placements.choices import Verb
from placements.lifecycle.deeds import deed, settle
from placements.lifecycle.guards import agency_in_use, happened, locked, not_before, planned, refuse, theirs, words
from placements.models import Confirmation, Deed, Placement, Programme, TargetGroup
from placements.permissions import allow, mine
from placements.validators import MOST_PLACES
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError


def proposed_first_contact(agency: Agency, *, agreed_on: date) -> date | None:
    """The first dialogue with the agency since its previous agreement; None when there was none since.

    Agreements of the same day come from the same dialogues.
    """
    previous = Placement.objects.filter(agency=agency, agreed_on__lt=agreed_on).order_by("-agreed_on").first()
    talks = Dialogue.objects.held().filter(agency=agency, held_on__lte=agreed_on)
    if previous is not None:
        talks = talks.filter(held_on__gt=previous.agreed_on)
    first = talks.order_by("held_on").values_list("held_on", flat=True).first()
    return first if first is None else date(first.year, first.month, first.day)


def refuse_plan(programme: Programme, planned_start: date, months: int) -> None:
    """Raise LifecycleError when a place of the programme cannot be planned so."""
    refuse(programme.why_not_on(planned_start, "En start"), "planned_start")
    most = programme.months_per_decision
    if not 1 <= months <= most:
        raise LifecycleError(
            f"{programme.code} är högst {most} månader per beslut och minst en.", field="planned_months"
        )


@transaction.atomic
def agree(
    *,
    agency: Agency,
    programme: Programme,
    by: User,
    agreed_on: date,
    planned_start: date,
    places: int = 1,
    first_contact_on: date | None = None,
    contact: Contact | None = None,
    target_groups: Iterable[TargetGroup] = (),
    planned_months: int | None = None,
    follows: Placement | None = None,
    **facts: Any,
) -> list[Placement]:
    """Agree so many places with an agency at once; each then lives its own life.

    `facts` are fields of the place: unit, municipality, manager, tutor, duties, percent, citizenship, vetting.
    `contact` made the promise (the manager, when only that is given); without `target_groups` all of the programme's
    are accepted, without `planned_months` as many as one decision allows. The first contact is proposed from the
    dialogues. Raises LifecycleError for anything the programme's rules, the order of days or the agency forbid.
    """
    mine(Verb.AGREE, by)
    if not 1 <= places <= MOST_PLACES:
        raise LifecycleError(f"Ett avtal gäller minst en och högst {MOST_PLACES} platser.", field="places")
    agency = agency_in_use(agency.pk, "avtalar platser")
    agreement = _facts(agency, facts) | {
        "agency": agency,
        "programme": programme,
        "coordinator": by,
        "agreed_on": agreed_on,
        "planned_start": planned_start,
        "planned_months": _months(programme, agreed_on, planned_start, planned_months),
        "contact": _promised_by(agency, contact, facts, on=agreed_on),
        "first_contact_on": _first_contact(agency, agreed_on, first_contact_on),
        "follows": follows and _followed(follows, agreed_on, places),
    }
    return _made(places, agreement, _accepted(programme, target_groups))


def _made(places: int, agreement: dict[str, Any], accepted: list[TargetGroup]) -> list[Placement]:
    act, on, by, made = uuid4(), agreement["agreed_on"], agreement["coordinator"], []
    for _ in range(places):
        place = Placement(**agreement)
        settle(place, on=on)
        place.signed_by(by).save_record(target_groups=accepted)
        Deed.objects.create(placement=place, verb=Verb.AGREE, on=on, by=by, act=act)
        made.append(place)
    return made


def _months(programme: Programme, agreed_on: date, planned_start: date, planned_months: int | None) -> int:
    """How long a place is planned for: as said, or as long as one decision allows."""
    happened(agreed_on, "Avtalet", "agreed_on")
    not_before(planned_start, agreed_on, "Den planerade starten", "avtalet", "planned_start")
    planned(planned_start, "Den planerade starten", "planned_start")
    months = programme.months_per_decision if planned_months is None else planned_months
    refuse_plan(programme, planned_start, months)
    return months


def _promised_by(agency: Agency, contact: Contact | None, facts: dict[str, Any], *, on: date) -> Contact | None:
    """Who made the promise: the manager, when nobody else is named. All who are named are the agency's, and there."""
    promised = contact or facts.get("manager")
    for person in (promised, facts.get("manager"), facts.get("tutor")):
        theirs(agency, person, on=on)
    return promised


def _first_contact(agency: Agency, agreed_on: date, told: date | None) -> date | None:
    """The first contact: as said, or as the dialogues propose."""
    if told is None:
        return proposed_first_contact(agency, agreed_on=agreed_on)
    not_before(agreed_on, told, "Avtalet", "den första kontakten", "agreed_on")
    happened(told, "Den första kontakten", "first_contact_on")
    return told


def _tidied(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as they are kept. Raises LifecycleError for a text that may not be, or a share that cannot be."""
    kept = dict(facts)
    for name, what, longest in (("duties", "Arbetsuppgifterna", 150), ("unit", "Enheten", 100)):
        if name in kept:
            kept[name] = words(kept[name], what, longest=longest)
    if not 1 <= kept.get("percent", 100) <= 100:
        raise LifecycleError("Omfattningen är mellan 1 och 100 procent.", field="percent")
    return kept


def _facts(agency: Agency, facts: dict[str, Any]) -> dict[str, Any]:
    kept = _tidied(facts)
    if kept.get("municipality") is None:
        kept["municipality"] = agency.municipalities.first()
    return kept


def _accepted(programme: Programme, groups: Iterable[TargetGroup]) -> list[TargetGroup]:
    allowed = list(programme.target_groups.all())
    accepted = list(groups) or allowed
    for group in accepted:
        if group not in allowed:
            raise LifecycleError(f"{programme.code} är inte för {group}.", field="target_groups")
    return accepted


def _followed(follows: Placement, agreed_on: date, places: int) -> Placement:
    """The place that another one follows, locked so that only one ever does."""
    if places != 1:
        raise LifecycleError("En plats som följer på en annan avtalas för sig.")
    [follows] = locked([follows])
    if follows.started_on is None:
        raise LifecycleError("Platsen som den här följer på har inte startat.")
    not_before(agreed_on, follows.started_on, "Avtalet", "starten av platsen som den följer på", "agreed_on")
    if Placement.objects.filter(follows=follows).exists():
        raise LifecycleError("En annan plats följer redan på den platsen.")
    return follows


# What can be changed while a place is open, and what stands as it is once somebody is in place.
_ALWAYS = {"duties", "unit", "municipality", "manager", "tutor", "percent"}
_UNTIL_START = {
    "programme",
    "agreed_on",
    "planned_start",
    "planned_months",
    "first_contact_on",
    "citizenship",
    "vetting",
    "target_groups",
}


@transaction.atomic
def change(placement: Placement, *, by: User, **facts: Any) -> Placement:
    """Change facts of an open place: duties, people, hours, and until the start its plan.

    Raises LifecycleError where `agree` would for what is changed, for a fact that stands once the place has started,
    and for a place that is closed.
    """
    [place] = locked([placement])
    allow(Verb.CHANGE, by, place)
    groups = facts.pop("target_groups", None)
    accepted = list(place.target_groups.all())
    moved = {name for name, value in facts.items() if getattr(place, name) != value}
    if groups is not None and set(groups) != set(accepted):
        moved.add("target_groups")
        accepted = list(groups)
    if moved - _ALWAYS - _UNTIL_START or (place.started_on and moved & _UNTIL_START):
        raise LifecycleError("Avtalet står fast när platsen har startat. Ångra starten först.")
    for name, value in _tidied(facts).items():
        setattr(place, name, value)
    _refuse_changes(place, moved, accepted)
    place.signed_by(by).save_record(target_groups=accepted)
    return place


def _refuse_changes(place: Placement, moved: set[str], accepted: Iterable[TargetGroup]) -> None:
    """Raise LifecycleError for a changed fact that breaks a rule; what nobody touched stands as it is."""
    if "agreed_on" in moved:
        happened(place.agreed_on, "Avtalet", "agreed_on")
        earliest = place.deeds.standing().exclude(verb=Verb.AGREE).order_by("on").values_list("on", flat=True).first()
        if earliest is not None and place.agreed_on > earliest:
            raise LifecycleError(f"Avtalet kan inte vara efter det som hände {earliest}.", field="agreed_on")
        if place.follows is not None:
            started_on = place.follows.started_on
            not_before(place.agreed_on, started_on, "Avtalet", "starten av platsen som den följer på", "agreed_on")
        place.deeds.filter(verb=Verb.AGREE).update(on=place.agreed_on)
    if moved & {"agreed_on", "planned_start"}:
        not_before(place.planned_start, place.agreed_on, "Den planerade starten", "avtalet", "planned_start")
        planned(place.planned_start, "Den planerade starten", "planned_start")
    if moved & {"programme", "planned_start", "planned_months"}:
        refuse_plan(place.programme, place.planned_start, place.planned_months)
    if moved & {"agreed_on", "first_contact_on"} and place.first_contact_on:
        not_before(place.agreed_on, place.first_contact_on, "Avtalet", "den första kontakten", "agreed_on")
    if moved & {"programme", "target_groups"}:
        _accepted(place.programme, accepted)
    for name in moved & {"manager", "tutor"}:
        theirs(place.agency, getattr(place, name), on=clock.today())


@transaction.atomic
def confirm(placement: Placement, *, by: User, on: date, contact: Contact) -> Placement:
    """The agreement holds, says somebody at the agency; from then on it rests on them.

    Raises LifecycleError when the place has started or was withdrawn, or for a contact who has left or is not theirs.
    """
    [place] = locked([placement])
    allow(Verb.CONFIRM, by, place)
    happened(on, "Bekräftelsen", "on")
    not_before(on, place.agreed_on, "Bekräftelsen", "avtalet", "on")
    latest = place.confirmations.order_by("-on").values_list("on", flat=True).first()
    not_before(on, latest, "Bekräftelsen", "den förra bekräftelsen", "on")
    if contact is None:
        raise LifecycleError("Välj vem som har bekräftat.", field="contact")
    theirs(place.agency, contact, on=on)
    confirmation = Confirmation(placement=place, on=on, contact=contact, previous_id=place.contact_id)
    confirmation.signed_by(by).save_record()
    with deed(place, Verb.CONFIRM, by=by, on=on, act=uuid4()) as made:
        place.contact, made["confirmation"] = contact, confirmation
    return place


@transaction.atomic
def withdraw(placement: Placement, *, by: User, on: date, reason: str) -> Placement:
    """The agreement comes to nothing, for a reason. Raises LifecycleError once the place has started."""
    [place] = locked([placement])
    allow(Verb.WITHDRAW, by, place)
    happened(on, "Tillbakadragandet", "on")
    not_before(on, place.agreed_on, "Tillbakadragandet", "avtalet", "on")
    reason = words(reason, "Skälet", needed=True)
    with deed(place, Verb.WITHDRAW, by=by, on=on, act=uuid4()):
        place.withdrawn_on, place.reason = on, reason
    return place


@transaction.atomic
def plan(placement: Placement, *, by: User, what: str, due_on: date) -> Placement:
    """Choose another next step for an open place, or another day. The next verb replaces it by its own.

    Raises LifecycleError for a day that has been or is out of reach.
    """
    [place] = locked([placement])
    allow(Verb.PLAN, by, place)
    refuse(out_of_reach(due_on), "due_on")
    place.next_step, place.next_on = words(what, "Nästa steg", needed=True, longest=150), due_on
    place.signed_by(by).save()
    return place
