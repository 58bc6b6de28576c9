"""From the first day in place to ninety days after the last: started, extended, ended, followed up."""

from datetime import date
from typing import cast
from uuid import uuid4

from django.db import transaction

from placements.choices import EMPLOYMENTS, FollowUp, Outcome, Sex, Verb
from placements.lifecycle.deeds import deed
from placements.lifecycle.guards import happened, known, locked, not_before, planned, refuse, words
from placements.models import Extension, Placement, TargetGroup
from placements.permissions import allow
from placements.validators import FOLLOWED_UP_AFTER
from praktik.accounts.models import User
from praktik.records import LifecycleError


def _refuse_too_long(first: date, last: date, most: date, rule: str, field: str) -> None:
    if last > most:
        raise LifecycleError(f"{rule} Räknat från {first} är sista möjliga dag {most}.", field=field)


@transaction.atomic
def start(
    placement: Placement, *, by: User, started_on: date, planned_end: date, target_group: TargetGroup, sex: str
) -> Placement:
    """Somebody is in place. Of the person only target group and sex are told, as figures.

    Raises LifecycleError for a day to come or before the agreement, a length that the programme does not allow, a
    target group that the programme or the place does not accept, or when somebody else started it first.
    """
    [place] = locked([placement])
    allow(Verb.START, by, place)
    programme = place.programme
    happened(started_on, "Starten", "started_on")
    not_before(started_on, place.agreed_on, "Starten", "avtalet", "started_on")
    not_before(started_on, place.order.sent_on if place.order else None, "Starten", "ordern", "started_on")
    refuse(programme.why_not_on(started_on, "En start"), "started_on")
    not_before(planned_end, started_on, "Det planerade slutet", "starten", "planned_end")
    if planned_end > programme.last_day_in_all(started_on):
        rule = f"{programme.code} är högst {programme.months_in_all} månader sammanlagt."
        _refuse_too_long(started_on, planned_end, programme.last_day_in_all(started_on), rule, "planned_end")
    rule = f"{programme.code} är högst {programme.months_per_decision} månader per beslut."
    _refuse_too_long(started_on, planned_end, programme.last_day_of_decision(started_on), rule, "planned_end")
    _refuse_group(place, target_group)
    with deed(place, Verb.START, by=by, on=started_on, act=uuid4()):
        place.started_on, place.planned_end = started_on, planned_end
        place.target_group, place.sex = target_group, known(sex, Sex, "Kön")
    return place


def _refuse_group(place: Placement, group: TargetGroup | None) -> None:
    if group is None:
        raise LifecycleError("Välj målgrupp.", field="target_group")
    if not place.programme.target_groups.filter(pk=group.pk).exists():
        raise LifecycleError(f"{place.programme.code} är inte för {group}.", field="target_group")
    if not place.target_groups.filter(pk=group.pk).exists():
        raise LifecycleError(f"Platsen tar inte emot {group} enligt avtalet.", field="target_group")


@transaction.atomic
def extend(placement: Placement, *, by: User, decided_on: date, new_end: date, reason: str) -> Extension:
    """The place goes on past its planned end.

    Raises LifecycleError when the new end is not later, is past what the programme allows per decision or in all, or
    when the decision lies outside the place's time or after the programme's last day.
    """
    [place] = locked([placement])
    allow(Verb.EXTEND, by, place)
    programme = place.programme
    happened(decided_on, "Beslutet", "decided_on")
    not_before(decided_on, place.started_on, "Beslutet", "starten", "decided_on")
    latest = place.extensions.order_by("-decided_on").values_list("decided_on", flat=True).first()
    not_before(decided_on, latest, "Beslutet", "den förra förlängningen", "decided_on")
    refuse(programme.why_not_on(decided_on, "En förlängning"), "decided_on")
    # An ongoing place has both: the constraint placement_start_is_whole.
    started_on, until = cast(date, place.started_on), cast(date, place.planned_end)
    if new_end <= until:
        raise LifecycleError(f"Platsen går redan till {until}. En förlängning slutar senare.", field="new_end")
    planned(new_end, "Det nya slutet", "new_end")
    rule = f"{programme.code} är högst {programme.months_in_all} månader sammanlagt."
    _refuse_too_long(started_on, new_end, programme.last_day_in_all(started_on), rule, "new_end")
    begins = date.fromordinal(until.toordinal() + 1)
    rule = f"{programme.code} är högst {programme.months_per_decision} månader per beslut."
    _refuse_too_long(begins, new_end, programme.last_day_of_decision(begins), rule, "new_end")
    reason = words(reason, "Skälet")
    extension = Extension(placement=place, decided_on=decided_on, previous_end=until, new_end=new_end, reason=reason)
    extension.signed_by(by).save_record()
    with deed(place, Verb.EXTEND, by=by, on=decided_on, act=uuid4()) as made:
        place.planned_end, made["extension"] = new_end, extension
    return extension


@transaction.atomic
def end(
    placement: Placement,
    *,
    by: User,
    ended_on: date,
    outcome: str,
    subsidised: bool | None = None,
    employed_until: date | None = None,
) -> Placement:
    """The last day in place, and what came after. `employed_until`: the agency's own employment, if its end is known.

    Raises LifecycleError for a day to come, before the start or before an extension was decided; and for an
    employment that does not say whether it is subsidised.
    """
    [place] = locked([placement])
    allow(Verb.END, by, place)
    happened(ended_on, "Slutet", "ended_on")
    not_before(ended_on, place.started_on, "Slutet", "starten", "ended_on")
    latest = place.extensions.order_by("-decided_on").values_list("decided_on", flat=True).first()
    not_before(ended_on, latest, "Slutet", "beslutet om förlängning", "ended_on")
    outcome = known(outcome, Outcome, "Utfallet")
    _refuse_half_told(outcome in EMPLOYMENTS, subsidised, "en anställning")
    if employed_until is not None:
        if outcome != Outcome.SAME_AGENCY:
            raise LifecycleError(
                "Anställd till och med anges bara för en anställning på samma myndighet.", field="employed_until"
            )
        not_before(employed_until, ended_on, "Anställningens slut", "platsens slut", "employed_until")
    with deed(place, Verb.END, by=by, on=ended_on, act=uuid4()):
        place.ended_on, place.outcome, place.subsidised = ended_on, outcome, subsidised
        place.employed_until = employed_until
    return place


def _refuse_half_told(needed: bool, subsidised: bool | None, what: str) -> None:
    if needed and subsidised is None:
        raise LifecycleError(f"Ange om det är {what} med subvention eller utan.", field="subsidised")
    if not needed and subsidised is not None:
        raise LifecycleError(f"Subvention anges bara för {what}.", field="subsidised")


@transaction.atomic
def follow_up(placement: Placement, *, by: User, on: date, outcome: str, subsidised: bool | None = None) -> Placement:
    """What the person does ninety days after the end: a figure on the place, never a person's file.

    Raises LifecycleError before the ninety days are over, or when it was asked before.
    """
    [place] = locked([placement])
    allow(Verb.FOLLOW_UP, by, place)
    happened(on, "Uppföljningen", "on")
    ended_on = cast(date, place.ended_on)
    not_before(on, ended_on + FOLLOWED_UP_AFTER, "Uppföljningen", "90 dagar efter slutet,", "on")
    if place.followed_up_on:
        raise LifecycleError(f"Platsen är redan uppföljd {place.followed_up_on}.")
    outcome = known(outcome, FollowUp, "Uppföljningen")
    _refuse_half_told(outcome == FollowUp.WORK, subsidised, "arbete")
    with deed(place, Verb.FOLLOW_UP, by=by, on=on, act=uuid4()):
        place.followed_up_on, place.follow_up, place.follow_up_subsidised = on, outcome, subsidised
    return place
