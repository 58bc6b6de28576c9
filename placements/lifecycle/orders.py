"""Orders to the offices: sent, answered, asked about, flagged as hard to match, recalled."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import Office
from placements.choices import AnswerKind, Requirement, Verb
from placements.lifecycle.deeds import deed, settle
from placements.lifecycle.guards import (
    chosen,
    happened,
    known,
    locked,
    not_before,
    open_office,
    still_there,
    theirs,
    words,
)
from placements.models import MatchingOrder, OrderAnswer, Placement
from placements.permissions import NotYours, allow, mine
from placements.validators import ANSWERED_WITHIN
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError


def profile_of(places: Iterable[Placement]) -> dict[str, Any]:
    """What an order can say from what the places say: a proposal for its profile."""
    several = list(places)
    first = several[0]
    return {
        "duties": " / ".join(dict.fromkeys(place.duties for place in several if place.duties))
        or str(first.programme.name),
        "hours": ", ".join(dict.fromkeys(place.hours for place in several)),
        "citizenship": any(place.citizenship for place in several),
        "vetting": any(place.vetting for place in several),
        "tutor": first.tutor if first.tutor and not first.tutor.has_left(on=clock.today()) else None,
        "start_on": min(place.planned_start for place in several),
    }


@transaction.atomic
def order(
    placements: Iterable[Placement],
    *,
    by: User,
    office: Office,
    sent_on: date,
    profile: Mapping[str, Any] | str,
    answer_by: date | None = None,
) -> MatchingOrder:
    """Ask one office to find people for agreed places of one agency. An earlier order for a place is replaced.

    `profile` holds fields of the order; what it leaves out is taken from the places, and a plain text is the duties.
    Raises LifecycleError for places of two agencies, a place that is not agreed, or a closed office.
    """
    mine(Verb.ORDER, by)
    places = locked(chosen(placements, "plats"))
    _refuse_places(places, by=by, on=sent_on)
    happened(sent_on, "Ordern")
    open_office(office, on=sent_on)
    answer_by = answer_by or sent_on + ANSWERED_WITHIN
    not_before(answer_by, sent_on, "Svar senast", "dagen då ordern skickas,")
    given = {"duties": profile} if isinstance(profile, str) else dict(profile)
    sent = MatchingOrder(
        agency=places[0].agency,
        office=office,
        sent_on=sent_on,
        answer_by=answer_by,
        by=by,
        **profile_of(places) | given,
    )
    _check(sent)
    theirs(places[0].agency, sent.tutor, on=sent_on)
    sent.signed_by(by).save_record()
    act = uuid4()
    for place in places:
        with deed(place, Verb.ORDER, by=by, on=sent_on, act=act) as made:
            place.order = made["order"] = sent
    return sent


def _refuse_places(places: Iterable[Placement], *, by: User, on: date) -> None:
    """Raise LifecycleError unless all of the places are agreed that day, and of one agency."""
    for place in places:
        allow(Verb.ORDER, by, place)
        not_before(on, place.agreed_on, "Ordern", "avtalet")
    if len({place.agency_id for place in places}) > 1:
        raise LifecycleError("En order gäller platser på en enda myndighet. Skicka en order för varje.")


def _check(sent: MatchingOrder) -> None:
    """Raise LifecycleError for a profile that the fields themselves refuse."""
    keys = [field.name for field in sent._meta.fields if field.is_relation]
    try:
        sent.clean_fields(exclude=keys)
    except ValidationError as wrong:
        name, said = next(iter(wrong.message_dict.items()))
        label = str(sent._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # only own fields are checked
        raise LifecycleError(f"{label[:1].upper()}{label[1:]}: {said[0]}") from wrong


def _open_order(
    sent: MatchingOrder, verb: Verb, by: User, *offices: int | None
) -> tuple[MatchingOrder, list[Placement]]:
    """The order and its agreed places, locked; LifecycleError when it is recalled or none of its places waits."""
    rows = MatchingOrder.objects.select_for_update(of=("self",)).select_related("office", "agency")
    sent = still_there(rows, sent.pk, "Ordern")
    mine(verb, by, *(offices or [sent.office_id]))
    if sent.recalled_on:
        raise LifecycleError(f"Ordern är återtagen sedan {sent.recalled_on}.")
    # Locked, a place may turn out to have got another order meanwhile.
    held = [place for place in locked(sent.placements.all()) if place.order_id == sent.pk]
    places = [place for place in held if place.started_on is None and place.withdrawn_on is None]
    for place in places:
        place.order = sent  # what is changed in it now, their next step goes by
    if not places:
        raise LifecycleError("Ingen av orderns platser väntar längre på någon.")
    return sent, places


def _resettle(places: Iterable[Placement], *, by: User, on: date) -> None:
    """After an answer or a reply the places have another next step."""
    for place in places:
        settle(place, on=on)
        place.signed_by(by).save()


@transaction.atomic
def answer(order: MatchingOrder, *, by: User, office: Office, on: date, kind: str, text: str) -> OrderAnswer:
    """An office answers: somebody is proposed, nobody now, or more has to be known.

    The order's own office answers any order; every open office answers one that is hard to match.
    Raises LifecycleError otherwise, and for a question without words.
    """
    order, places = _open_order(order, Verb.ANSWER, by, office.pk)
    happened(on, "Svaret")
    not_before(on, order.sent_on, "Svaret", "ordern")
    if office.pk != order.office_id and (order.hard_since is None or on < order.hard_since):
        raise NotYours(f"Ordern är skickad till {order.office}. Andra kontor svarar när den är svårmatchad.")
    open_office(office, on=on)
    kind = known(kind, AnswerKind, "Svaret")
    text = words(text, "Frågan till koordinatorn", needed=kind == AnswerKind.MORE_INFORMATION)
    given = OrderAnswer(order=order, office=office, on=on, kind=kind, text=text, by=by)
    given.signed_by(by).save_record()
    _resettle(places, by=by, on=on)
    return given


def _stored(given: OrderAnswer) -> OrderAnswer:
    """The answer, locked as it is stored now."""
    found: OrderAnswer = still_there(OrderAnswer.objects.select_for_update(of=("self",)), given.pk, "Svaret")
    return found


@transaction.atomic
def take_back_answer(given: OrderAnswer, *, by: User, on: date) -> MatchingOrder:
    """An answer was given by mistake: it goes. Raises LifecycleError when it is not the latest, or was replied to."""
    order, places = _open_order(given.order, Verb.ANSWER, by, given.office_id)
    given = _stored(given)
    if given.replied_on:
        raise LifecycleError("Koordinatorn har redan svarat på frågan.")
    if order.answers.filter(office=given.office_id, pk__gt=given.pk).exists():
        raise LifecycleError("Kontoret har svarat igen efter det.")
    given.signed_by(by).delete()
    _resettle(places, by=by, on=on)
    return order


@transaction.atomic
def reply(given: OrderAnswer, *, by: User, on: date, text: str, answer_by: date | None = None) -> OrderAnswer:
    """The coordinator replies to an office's question; the order waits for the office again, until `answer_by`.

    Without one it gets as many days as a new order, if that is later than what it had.
    """
    order, places = _open_order(given.order, Verb.REPLY, by)
    given = _stored(given)
    if given.kind != AnswerKind.MORE_INFORMATION or given.replied_on:
        raise LifecycleError("Det finns ingen obesvarad fråga här.")
    happened(on, "Svaret")
    not_before(on, given.on, "Svaret", "frågan")
    given.reply, given.replied_on = words(text, "Svaret", needed=True), on
    given.signed_by(by).save()
    if given.office_id == order.office_id:
        order.answer_by = answer_by or max(order.answer_by, on + ANSWERED_WITHIN)
        not_before(order.answer_by, on, "Svar senast", "dagen för svaret på frågan,")
        order.signed_by(by).save()
        _resettle(places, by=by, on=on)
    return given


@transaction.atomic
def flag_hard(order: MatchingOrder, *, by: User, on: date, requirement: str, words_on_it: str = "") -> MatchingOrder:
    """The order is hard to match: it opens to every office of the county, with the requirement that blocks."""
    order, _ = _open_order(order, Verb.FLAG, by)
    happened(on, "Märkningen")
    not_before(on, order.sent_on, "Märkningen", "ordern")
    requirement = known(requirement, Requirement, "Det som hindrar")
    described = words(words_on_it, "Hindret med ord", needed=requirement == Requirement.OTHER, longest=200)
    order.hard_since = order.hard_since or on
    order.blocked_by, order.blocked_words = requirement, described
    order.signed_by(by).save()
    return order


@transaction.atomic
def unflag(order: MatchingOrder, *, by: User) -> MatchingOrder:
    """The order is no longer hard to match."""
    order, _ = _open_order(order, Verb.UNFLAG, by)
    order.hard_since, order.blocked_by, order.blocked_words = None, "", ""
    order.signed_by(by).save()
    return order


@transaction.atomic
def supplement(order: MatchingOrder, *, by: User, **profile: Any) -> MatchingOrder:
    """Change what an order says, for instance after a question. With another `answer_by` the places wait until then."""
    order, places = _open_order(order, Verb.SUPPLEMENT, by)
    tutor, answer_by = order.tutor_id, order.answer_by
    for name, value in profile.items():
        setattr(order, name, value)
    _check(order)
    not_before(order.answer_by, order.sent_on, "Svar senast", "dagen då ordern skickas,")
    if order.tutor_id != tutor:
        theirs(order.agency, order.tutor, on=clock.today())
    order.signed_by(by).save()
    if order.answer_by != answer_by:
        _resettle(places, by=by, on=clock.today())
    return order


@transaction.atomic
def recall(order: MatchingOrder, *, by: User, on: date) -> MatchingOrder:
    """The office need not look any more: the order's places are without one again."""
    order, places = _open_order(order, Verb.RECALL, by)
    happened(on, "Återtagandet")
    not_before(on, order.sent_on, "Återtagandet", "ordern")
    order.recalled_on = on
    order.signed_by(by).save()
    act = uuid4()
    for place in places:
        with deed(place, Verb.RECALL, by=by, on=on, act=act) as made:
            made["order"], place.order = order, None
    return order
