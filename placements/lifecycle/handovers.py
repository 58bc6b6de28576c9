"""Handovers: offered, asked about, accepted or returned; and a place taken back by the coordinator."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from agencies.models import Office
from placements.choices import Verb
from placements.lifecycle.deeds import deed, settle
from placements.lifecycle.guards import chosen, happened, locked, not_before, open_office, still_there, words
from placements.models import Handover, HandoverWord, Placement
from placements.permissions import allow, mine
from praktik.accounts.models import User
from praktik.records import LifecycleError


@transaction.atomic
def hand_over(placements: Iterable[Placement], *, by: User, office: Office, on: date, note: str) -> list[Handover]:
    """Offer places to an office, one handover for each: the owner changes only when the office accepts.

    Raises LifecycleError for a place that is closed, already waits, or is the office's own; and for a closed office.
    """
    mine(Verb.HAND_OVER, by)
    happened(on, "Överlämningen")
    open_office(office, on=on)
    note = words(note, "Texten")
    act, made = uuid4(), []
    for place in locked(chosen(placements, "plats")):
        allow(Verb.HAND_OVER, by, place)
        not_before(on, place.agreed_on, "Överlämningen", "avtalet")
        if place.office_id == office.pk:
            raise LifecycleError(f"{place.agency}, {place}: {office} har den redan.")
        if Handover.objects.waiting().filter(placement=place).exists():
            raise LifecycleError(f"{place.agency}, {place}: är redan överlämnad och väntar på svar.")
        handover = Handover(placement=place, office=office, handed_on=on, note=note, by=by)
        with deed(place, Verb.HAND_OVER, by=by, on=on, act=act) as rows:
            handover.signed_by(by).save_record()
            rows["handover"] = handover
        made.append(handover)
    return made


def _waiting(handover: Handover, verb: Verb, by: User) -> tuple[Handover, Placement]:
    """The handover and its place, locked. The place first, as every verb does, so that none waits for another."""
    [place] = locked([handover.placement])
    rows = Handover.objects.select_for_update(of=("self",)).select_related("office")
    handover = still_there(rows, handover.pk, "Överlämningen")
    allow(verb, by, place, handover.office_id)
    if handover.accepted_on:
        raise LifecycleError(f"{handover.office} tog emot överlämningen {handover.accepted_on}.")
    if handover.recalled_on:
        raise LifecycleError(f"Koordinatorn tog tillbaka överlämningen {handover.recalled_on}.")
    if handover.returned_on:
        raise LifecycleError(f"{handover.office} lämnade tillbaka överlämningen {handover.returned_on}.")
    return handover, place


@transaction.atomic
def accept_handover(handover: Handover, *, by: User, on: date) -> Handover:
    """The office takes the place in hand: from now on it is the owner.

    Raises LifecycleError when it was accepted or returned before, or for anybody of another office.
    """
    handover, place = _waiting(handover, Verb.ACCEPT, by)
    happened(on, "Mottagandet")
    not_before(on, handover.handed_on, "Mottagandet", "överlämningen")
    open_office(handover.office, on=on)
    with deed(place, Verb.ACCEPT, by=by, on=on, act=_same_day(handover, Verb.ACCEPT, on), handover=handover):
        handover.accepted_on = on
        place.office = handover.office
        _store(handover, by)
    return handover


@transaction.atomic
def return_handover(handover: Handover, *, by: User, on: date, reason: str) -> Handover:
    """The office does not take the place, and says why: the owner stays."""
    handover, place = _waiting(handover, Verb.RETURN, by)
    happened(on, "Returen")
    not_before(on, handover.handed_on, "Returen", "överlämningen")
    reason = words(reason, "Skälet", needed=True)
    with deed(place, Verb.RETURN, by=by, on=on, act=_same_day(handover, Verb.RETURN, on), handover=handover):
        handover.returned_on, handover.reason = on, reason
        _store(handover, by)
    return handover


def _same_day(handover: Handover, verb: Verb, on: date) -> UUID:
    """What was handed over together and answered alike on one day is one thing to tell of."""
    offered = handover.deeds.of(Verb.HAND_OVER).first()
    return uuid5(offered.act, f"{verb} {on}") if offered else uuid4()


def _store(handover: Handover, by: User) -> None:
    """Before the place's next step is worked out, which asks whether a handover waits."""
    handover.signed_by(by).save()


@transaction.atomic
def ask_about(handover: Handover, *, by: User, on: date, text: str) -> HandoverWord:
    """A question about a handover that waits, or the answer to one: office and coordinator write in turn."""
    handover, place = _waiting(handover, Verb.ASK, by)
    happened(on, "Frågan")
    not_before(on, handover.handed_on, "Frågan", "överlämningen")
    word = HandoverWord(handover=handover, on=on, by=by, text=words(text, "Frågan", needed=True))
    word.signed_by(by).save_record()
    settle(place, on=on)
    place.signed_by(by).save()
    return word


@transaction.atomic
def take_back(placement: Placement, *, by: User, on: date) -> Placement:
    """The coordinator takes a place in hand again, from an office or a colleague, or before an office has accepted it.

    Raises LifecycleError when the place is the coordinator's already.
    """
    [place] = locked([placement])
    allow(Verb.TAKE_BACK, by, place)
    happened(on, "Övertagandet")
    not_before(on, place.agreed_on, "Övertagandet", "avtalet")
    waiting = place.handovers.waiting().select_for_update(of=("self",)).first()
    if waiting is None and place.office_id is None and place.coordinator_id == by.pk:
        raise LifecycleError("Du har redan hand om platsen.")
    with deed(place, Verb.TAKE_BACK, by=by, on=on, act=uuid4(), handover=waiting):
        place.office, place.coordinator = None, by
        if waiting is not None:
            not_before(on, waiting.handed_on, "Övertagandet", "överlämningen")
            waiting.recalled_on = on
            _store(waiting, by)
    return place
