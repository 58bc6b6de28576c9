"""Taking back the latest step of a place: the row says again what it said, and what the step made is gone."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from placements.choices import State, Verb
from placements.lifecycle.deeds import called_for, put_back, settle
from placements.lifecycle.guards import locked, refuse
from placements.models import Deed, MatchingOrder, Placement
from placements.permissions import Reach, mine
from praktik import clock
from praktik.accounts.models import User
from praktik.prepared import Texts, first
from praktik.records import LifecycleError

_LATEST = Texts()
# What a verb leaves behind goes with it.
_MADE = {Verb.EXTEND: "extension", Verb.CONFIRM: "confirmation", Verb.HAND_OVER: "handover"}


def latest(placement: Placement) -> Deed | None:
    """The step that `undo` would take back."""
    related = ("order", "handover", "extension", "confirmation", "by")

    def build(pk: int) -> Any:
        return Deed.objects.standing().filter(placement=pk).select_related(*related).order_by("-pk")[:1]

    return first(_LATEST.about(placement.pk, None, build))


@transaction.atomic
def undo(placement: Placement, *, by: User, step: int | None = None) -> Placement:
    """Take back the latest step; whoever may do it may undo it. An undone agreement goes, with the place.

    With `step`, the key of the deed that the user saw as the latest, nothing else is taken back. Raises LifecycleError
    when there is nothing to undo, when it has been done by somebody else since, or when something rests on the step.
    """
    _lock_orders(Deed.objects.standing().filter(placement=placement.pk).order_by("-pk")[:1])
    [place] = locked([placement])
    done = latest(place)
    if done is None:
        raise LifecycleError("Det finns inget att ångra.")
    if step is not None and step != done.pk:
        raise LifecycleError("Något mer har hänt med platsen sedan dess. Läs om sidan.")
    verb = Verb(done.verb)
    _allow_undoing(verb, by, place, done)
    put_back(place, {name: value for name, value in done.before.items() if name != "handover"})
    if done.handover is not None and "handover" in done.before:
        put_back(done.handover, done.before["handover"])
        done.handover.signed_by(by).save()
    if verb is Verb.AGREE:
        place.signed_by(by).delete()
        return place
    if verb is Verb.RECALL and done.order is not None and done.order.recalled_on:
        done.order.recalled_on = None
        done.order.signed_by(by).save()
    # First: what the step made is looked for among the steps that stand, and the next step goes by what is left.
    Deed.objects.filter(pk=done.pk).update(undone_on=clock.today(), undone_by=by)
    if verb in _MADE:
        _remove(getattr(done, _MADE[verb]), by)
    _drop_recalled(place)
    place.signed_by(by).save()
    _renew_next_step(place, done, by)
    if verb is Verb.ORDER and done.order is not None and not _is_needed(done.order):
        _remove(done.order, by)
    return Placement.objects.get(pk=place.pk)


@transaction.atomic
def undo_act(act: UUID, *, by: User) -> int:
    """Take back everything that one call did, for every place it touched, or nothing; tells how many places.

    Raises LifecycleError when something more has happened with one of them.
    """
    deeds = list(Deed.objects.standing().filter(act=act).order_by("-pk").select_related("placement"))
    if not deeds:
        raise LifecycleError("Det finns inget att ångra.")
    # All at once and in the order of every verb, so that two who take hold of the same never wait for each other.
    _lock_orders(deeds)
    locked(done.placement for done in deeds)
    for done in deeds:
        undo(done.placement, by=by, step=done.pk)
    return len(deeds)


def _lock_orders(deeds: Iterable[Deed]) -> None:
    """Take hold of the steps' orders before their places, as the verbs of orders do."""
    steps = list(deeds)
    keys = {done.order_id for done in steps if done.order_id}
    # The order that comes back is one that somebody else may just be recalling.
    keys |= {int(done.before["order_id"]) for done in steps if done.before.get("order_id")}
    if keys:
        list(MatchingOrder.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _drop_recalled(place: Placement) -> None:
    """An order that was recalled meanwhile does not come back: the place is then in want of another."""
    if place.stands() is State.AGREED and place.order is not None and place.order.recalled_on:
        place.order = None
        settle(place, on=clock.today())


def _renew_next_step(place: Placement, done: Deed, by: User) -> None:
    """What stood as the next step stands again, unless answers or questions since then call for another."""
    if place.is_open and done.called_for != called_for(place, on=done.on):
        settle(place, on=clock.today())
        place.signed_by(by).save()


def _is_needed(order: MatchingOrder) -> bool:
    """Whether a place has the order, or comes back to it when a later step is undone."""
    return order.placements.exists() or order.deeds.standing().exists()


def _remove(row: Any, by: User) -> None:
    row.signed_by(by).delete()


def why_not_undo(reach: Reach, place: Placement, done: Deed) -> str:
    """Why this user cannot take back the place's latest step; empty when they can: what the button asks.

    Whoever may do a step may undo it, unless something rests on it.
    """
    verb = Verb(done.verb)
    offices = [done.handover.office_id if done.handover else place.office_id]
    why = reach.why_not_mine(Verb.UNDO, offices) or reach.why_not_mine(verb, offices)
    return why or what_rests(verb, place, done)


def what_rests(verb: Verb, place: Placement, done: Deed) -> str:
    """What has come to rest on a step, so that it cannot be undone any more."""
    if verb is Verb.START and Placement.objects.filter(follows=place).exists():
        return "En annan plats följer på den här. Starten kan inte ångras."
    if verb is Verb.ORDER and done.order is not None and (done.order.answers.exists() or done.order.hard_since):
        return "Ordern är besvarad eller märkt som svårmatchad. Återta den i stället för att ångra."
    if verb is Verb.HAND_OVER and done.handover is not None and done.handover.words.exists():
        return "Kontoret har frågat om överlämningen. Ta tillbaka den i stället för att ångra."
    if verb in (Verb.WITHDRAW, Verb.END) and place.agency.archived_on:
        return f"{place.agency} är arkiverad. Återställ myndigheten först."
    return ""


def alike(done: Deed) -> int:
    """How many places the call of a step was about, those it still stands for."""
    return int(Deed.objects.standing().filter(act=done.act, verb=done.verb).count())


def _allow_undoing(verb: Verb, by: User, place: Placement, done: Deed) -> None:
    office = done.handover.office_id if done.handover else place.office_id
    mine(Verb.UNDO, by, office)
    mine(verb, by, office)
    refuse(what_rests(verb, place, done))
