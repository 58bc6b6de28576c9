"""Every step of a place is written down with what stood there before, and leaves the place with a next step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from placements.choices import AnswerKind, State, Verb
from placements.models import Deed, Handover, OrderAnswer, Placement
from placements.validators import ACCEPTED_WITHIN, STEP_WITHIN
from praktik.accounts.models import User
from praktik.accounts.roles import Role


def snapshot(record: Model) -> dict[str, Any]:
    """A record's own fields as JSON has them."""
    fields = record._meta.concrete_fields
    held = ((field, field.value_from_object(record)) for field in fields)
    return {field.attname: None if value is None else field.value_to_string(record) for field, value in held}


def changed(before: dict[str, Any], record: Model) -> dict[str, Any]:
    """What stood in the fields that are different now."""
    now = snapshot(record)
    return {name: value for name, value in before.items() if now[name] != value}


def put_back(record: Model, before: dict[str, Any]) -> None:
    """Give fields the values that a snapshot kept."""
    fields = {field.attname: field for field in record._meta.concrete_fields}
    for name, value in before.items():
        field = fields[name]
        target = field.target_field if field.is_relation else field  # type: ignore[attr-defined]  # a relation has one
        setattr(record, name, None if value is None else target.to_python(value))


@contextmanager
def deed(
    place: Placement, verb: Verb, *, by: User, on: date, act: UUID, handover: Handover | None = None
) -> Iterator[dict[str, Any]]:
    """Do something to a locked place: what the block changes is saved, written down, and can be undone.

    The block may put rows it made into the dictionary: `order`, `extension`, `confirmation`, `handover`. A handover
    that the block changes is given, and saved by the block.
    """
    before, then = snapshot(place), called_for(place, on=on)
    offered = snapshot(handover) if handover is not None else {}
    made: dict[str, Any] = {"handover": handover} if handover is not None else {}
    yield made
    settle(place, on=on)
    place.signed_by(by).save()
    was = changed(before, place)
    if handover is not None:
        was["handover"] = changed(offered, handover)
    Deed.objects.create(placement=place, verb=verb, on=on, by=by, act=act, before=was, called_for=then, **made)


def settle(place: Placement, *, on: date) -> None:
    """Give the place the next step that its state calls for, with a day; none when it is closed."""
    place.next_step, place.next_on = next_step(place, on=on)


def called_for(place: Placement, *, on: date) -> str:
    """The next step that the place's state calls for, as one text: by it an undoing sees whether it still does."""
    words, day = next_step(place, on=on)
    return f"{words} {day}"


def next_step(place: Placement, *, on: date) -> tuple[str, date | None]:
    """What comes next for a place, and by when, as it stands after something was done on that day."""
    stands = place.stands()
    if stands in (State.ENDED, State.WITHDRAWN):
        return "", None
    waiting = place.pk and Handover.objects.waiting().filter(placement=place.pk).select_related("office").first()
    if waiting:
        return _answer_to_handover(waiting)
    if stands is State.ONGOING:
        return "Avsluta eller förläng", place.planned_end
    return _before_start(place, on)


def _answer_to_handover(handover: Handover) -> tuple[str, date]:
    word = handover.words.select_related("by").last()
    if word is not None and word.by.role != Role.COORDINATOR:
        return f"Svara {handover.office} om överlämningen", word.on + ACCEPTED_WITHIN
    since = word.on if word is not None else handover.handed_on
    return f"Svar från {handover.office} på överlämningen", since + ACCEPTED_WITHIN


def _before_start(place: Placement, on: date) -> tuple[str, date]:
    order = place.order
    if order is None:
        return "Beställ matchning", on + STEP_WITHIN
    given = OrderAnswer.objects.filter(order=order).order_by("pk")
    said = {answer.office_id: answer for answer in given}  # of an office, the latest
    if any(answer.kind == AnswerKind.CANDIDATE for answer in said.values()):
        return "Starta platsen", max(place.planned_start, on)
    answer = said.get(order.office_id)
    if answer is None:
        return f"Svar från {order.office}", order.answer_by
    if answer.kind == AnswerKind.NONE_NOW:
        return "Fråga ett annat kontor, eller vänta", answer.on + STEP_WITHIN
    if answer.replied_on is None:
        return f"Svara på frågan från {order.office}", answer.on + ACCEPTED_WITHIN
    return f"Svar från {order.office}", order.answer_by
