"""What waits for whom among orders and handovers: each rule by example and by the days around its boundary."""

from datetime import timedelta

import pytest

from placements import lifecycle, worklist
from placements.choices import AnswerKind, Requirement
from placements.models import Handover, HandoverWord, MatchingOrder
from placements.permissions import Reach
from tests.factories import (
    HandoverFactory,
    MatchingOrderFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ongoing_place,
    withdrawn_place,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def order_of(office, **facts) -> MatchingOrder:
    """An order with one agreed place."""
    return MatchingOrderFactory(places=[PlacementFactory()], office=office, **facts)


def hard(office, since, **facts) -> MatchingOrder:
    return order_of(office, hard_since=since, blocked_by=Requirement.LICENCE, **facts)


def duties(rows) -> list[str]:
    return [row.duties for row in rows]


# Orders


def test_an_order_waits_for_its_office_until_it_answers(county, own, nowhere, office, elsewhere, today):
    mine, theirs = order_of(office, answer_by=today), order_of(elsewhere, answer_by=today - DAY)
    assert list(worklist.orders_to_answer(own, on=today)) == [mine]
    assert list(worklist.orders_to_answer(county, on=today)) == [theirs, mine]
    assert not worklist.orders_to_answer(nowhere, on=today).exists()
    OrderAnswerFactory(order=theirs, office=office)  # another office's word is not its own, but it has somebody
    assert list(worklist.orders_to_answer(county, on=today)) == [mine]
    OrderAnswerFactory(order=mine, kind=AnswerKind.NONE_NOW)
    assert not worklist.orders_to_answer(own, on=today).exists()


def test_a_question_waits_for_the_coordinator_and_its_reply_for_the_office(own, office, coordinator, today):
    order = order_of(office)
    question = OrderAnswerFactory(order=order, kind=AnswerKind.MORE_INFORMATION, text="När?")
    assert not worklist.orders_to_answer(own, on=today).exists()
    assert list(worklist.orders_with_question(on=today)) == [order]
    lifecycle.reply(question, by=coordinator, on=today, text="Klockan åtta.")
    assert list(worklist.orders_to_answer(own, on=today)) == [order]
    assert worklist.orders_to_answer(own, on=today).with_waiting().get().waits_since == today
    assert not worklist.orders_with_question(on=today).exists()


def test_an_order_without_a_place_that_waits_is_answered_by_nobody(own, office, today):
    for place in (ongoing_place(), withdrawn_place()):
        order = MatchingOrderFactory(agency=place.agency, office=office)
        type(place).objects.filter(pk=place.pk).update(order=order)
    order_of(office, recalled_on=today)
    order_of(office, sent_on=today + DAY)
    gone = order_of(office, recalled_on=today + DAY, duties="Återtas i morgon")
    assert list(worklist.orders_to_answer(own, on=today)) == [gone]


@pytest.mark.parametrize(("days", "proposed"), [(27, False), (28, True), (29, True)])
def test_an_order_is_proposed_as_hard_after_four_weeks_without_a_start(office, today, days, proposed):
    place = PlacementFactory(agreed_on=today - 60 * DAY, planned_start=today)
    order = MatchingOrderFactory(places=[place], office=office, sent_on=today - days * DAY, answer_by=today)
    assert worklist.orders_proposed_hard(on=today).exists() is proposed
    OrderAnswerFactory(order=order, on=today)
    assert not worklist.orders_proposed_hard(on=today).exists()


# Hard to match


@pytest.mark.parametrize(("days", "found"), [(-1, False), (0, True), (1, True)])
def test_whoever_is_proposed_since_the_order_was_hard_is_told_of(office, elsewhere, today, days, found):
    order = hard(office, today - 5 * DAY)
    OrderAnswerFactory(order=order, office=elsewhere, on=today + (days - 5) * DAY)
    rows = worklist.hard_orders_found(on=today)
    assert [(row, row.found_on) for row in rows] == ([(order, today + (days - 5) * DAY)] if found else [])


def test_an_office_that_takes_its_word_back_has_found_nobody(office, elsewhere, today):
    order = hard(office, today - 5 * DAY)
    OrderAnswerFactory(order=order, office=elsewhere, on=today - 2 * DAY)
    OrderAnswerFactory(order=order, office=office, on=today - DAY, kind=AnswerKind.NONE_NOW)
    assert list(worklist.hard_orders_found(on=today)) == [order]
    OrderAnswerFactory(order=order, office=elsewhere, on=today, kind=AnswerKind.NONE_NOW)
    assert not worklist.hard_orders_found(on=today).exists()


def test_an_order_that_is_not_hard_any_more_is_answered_as_others(office, today):
    order = order_of(office)
    OrderAnswerFactory(order=order, on=today)
    hard(office, today + DAY)
    assert not worklist.hard_orders_found(on=today).exists()


def test_others_hard_orders_are_shown_until_the_own_office_has_answered(own, office, elsewhere, today):
    hard(office, today, duties="Egen")
    answered, before = (hard(elsewhere, today - 5 * DAY, duties=name) for name in ("Besvarad", "Besvarad förut"))
    hard(elsewhere, today + DAY, duties="I morgon")
    order_of(elsewhere, duties="Inte svårmatchad")
    hard(elsewhere, today, duties="Återtagen", recalled_on=today)
    OrderAnswerFactory(order=answered, office=office, on=today - 5 * DAY, kind=AnswerKind.NONE_NOW)
    OrderAnswerFactory(order=before, office=office, on=today - 6 * DAY, kind=AnswerKind.NONE_NOW)
    assert duties(worklist.hard_orders_of_others(own, on=today)) == ["Besvarad förut"]


def test_those_of_the_day_of_a_visit_are_new_since_it(own, elsewhere, today):
    for days in (-1, 0, 1):
        hard(elsewhere, today + (days - 5) * DAY, duties=f"{days:+d}")
    visit = today - 5 * DAY
    assert duties(worklist.hard_orders_of_others(own, on=today, since=visit)) == ["+1", "+0"]
    assert duties(worklist.hard_orders_of_others(own, on=today)) == ["+1", "+0", "-1"]


# Handovers


def test_a_handover_waits_until_it_is_decided(county, own, nowhere, office, elsewhere, today):
    first, later = (HandoverFactory(office=office, handed_on=today - days * DAY) for days in (9, 2))
    theirs = HandoverFactory(office=elsewhere, handed_on=today - 5 * DAY)
    for decided in ({"accepted_on": today}, {"returned_on": today, "reason": "Nej"}, {"recalled_on": today}):
        Handover.objects.filter(pk=HandoverFactory(office=office).pk).update(**decided)
    HandoverFactory(office=office, placement=withdrawn_place())
    assert list(worklist.handovers_waiting(own)) == [first, later]
    assert list(worklist.handovers_waiting(county)) == [first, theirs, later]
    assert not worklist.handovers_waiting(nowhere).exists()


def test_a_question_about_a_handover_waits_for_the_coordinator(own_officer, coordinator, office):
    handover = HandoverFactory(office=office)
    HandoverFactory(office=office)
    for by, waits in ((own_officer, True), (coordinator, False), (own_officer, True)):
        HandoverWord.objects.create(handover=handover, by=by, on=handover.handed_on, text="Går det buss?")
        assert list(Handover.objects.asked()) == ([handover] if waits else [])


def test_what_came_back_waits_until_something_is_done_with_the_place(
    county, own, coordinator, own_officer, office, elsewhere, today
):
    place = PlacementFactory(coordinator=coordinator)
    given = {"by": coordinator, "on": today, "note": ""}
    [handover] = lifecycle.hand_over([place], office=office, **given)
    assert not worklist.handovers_returned(county).exists()
    lifecycle.return_handover(handover, by=own_officer, on=today, reason="För långt bort")
    assert list(worklist.handovers_returned(county)) == list(worklist.handovers_returned(own)) == [handover]
    assert not worklist.handovers_returned(Reach(elsewhere.officers.get())).exists()
    lifecycle.hand_over([place], office=elsewhere, **given)
    assert not worklist.handovers_returned(county).exists()


def test_what_came_back_and_came_to_nothing_waits_for_nobody(county, coordinator, own_officer, office, today):
    place = PlacementFactory(coordinator=coordinator)
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=today, note="")
    lifecycle.return_handover(handover, by=own_officer, on=today, reason="För långt bort")
    lifecycle.withdraw(place, by=coordinator, on=today, reason="Ny chef")
    assert not worklist.handovers_returned(county).exists()
