"""How long it took, and how long it has waited: lead times, and the age of what waits, as known on a day."""

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements import lifecycle
from placements.choices import AnswerKind, Outcome, Requirement, Sex, Waits
from placements.models import MatchingOrder, Placement
from placements.spreads import Spread, spread
from praktik.accounts.roles import Role
from reports.periods import Period, year_of
from reports.results import Stage, lead_times, waiting
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY, LATER = date(2018, 12, 31), date(2030, 1, 1)
NOTHING = Spread(0, None, None, None)
AGREED_ON = date(2018, 9, 3)


def day(number):
    """So many days after the agreement."""
    return AGREED_ON + timedelta(days=number)


# Median and ninetieth percentile


@pytest.mark.once
@given(st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_a_histogram_tells_what_the_list_would(days):
    told = spread({length: days.count(length) for length in days})
    nine_of_ten = next(most for most in sorted(days) if sum(each <= most for each in days) * 10 >= len(days) * 9)
    assert told == Spread(len(days), median(days), nine_of_ten, max(days))


@pytest.mark.once
@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({}, NOTHING),
        ({5: 0}, NOTHING),
        ({0: 1}, Spread(1, 0, 0, 0)),
        ({10: 1, 21: 1}, Spread(2, 15.5, 21, 21)),
        ({30: 1, 10: 1, 20: 1}, Spread(3, 20, 30, 30)),
        (dict.fromkeys(range(1, 11), 1), Spread(10, 5.5, 9, 10)),  # nine of ten, exactly
        (dict.fromkeys(range(1, 12), 1), Spread(11, 6, 10, 11)),  # 9.9 of eleven: ten
        ({1: 9, 400: 1}, Spread(10, 1, 1, 400)),
        ({1: 8, 400: 2}, Spread(10, 1, 400, 400)),
    ],
)
def test_the_middle_and_nine_of_ten(days, told):
    assert spread(days) == told


# Lead times


def sent(place, by, on, office=None):
    return lifecycle.order([place], by=by, office=office or OfficeFactory(), sent_on=on, profile="Arkiv")


def begin(place, by, on):
    group = place.target_groups.first()
    return lifecycle.start(
        place, by=by, started_on=on, planned_end=on + timedelta(days=60), target_group=group, sex=Sex.MAN
    )


def took(first=date(2018, 1, 1), last=TODAY, *, on=LATER):
    return lead_times(Period(first, last), on=on)


def test_a_place_takes_its_time_in_every_stage(agreed, office, coordinator, django_assert_num_queries):
    place = agreed(first_contact_on=day(-100), agreed_on=AGREED_ON)
    sent(place, coordinator, day(10), office)
    begin(place, coordinator, day(45))
    with django_assert_num_queries(1):
        told = took()
    assert told == {
        Stage.ALL: Spread(1, 145, 145, 145),
        Stage.AGREEING: Spread(1, 100, 100, 100),
        Stage.ORDERING: Spread(1, 10, 10, 10),
        Stage.MATCHING: Spread(1, 35, 35, 35),
    }
    assert list(told) == list(Stage)


def test_what_began_and_ended_on_one_day_took_none(agreed, office, coordinator):
    place = agreed(first_contact_on=AGREED_ON, agreed_on=AGREED_ON)
    sent(place, coordinator, AGREED_ON, office)
    begin(place, coordinator, AGREED_ON)
    assert set(took().values()) == {Spread(1, 0, 0, 0)}


def test_only_what_started_in_the_period_by_the_day_is_told_of(started):
    for start in (date(2017, 12, 31), date(2018, 1, 1), date(2018, 9, 3), date(2018, 12, 31), date(2019, 1, 1)):
        started(start, first_contact_on=start - timedelta(days=start.month * 30))
    assert took()[Stage.ALL] == Spread(3, 270, 360, 360)
    assert took(on=date(2018, 12, 30))[Stage.ALL] == Spread(2, 150, 270, 270)
    assert took(on=date(2017, 12, 31)) == dict.fromkeys(Stage, NOTHING)
    assert took(date(2017, 1, 1), LATER)[Stage.ALL].number == 5


def test_without_a_first_contact_only_what_is_known_is_told(agreed, started, office, coordinator):
    """An order and a start are known of the first place, a first contact and a start of the second."""
    place = agreed(agreed_on=AGREED_ON)
    sent(place, coordinator, day(3), office)
    begin(place, coordinator, day(7))
    started(day(50), agreed_on=day(20), first_contact_on=day(0))
    told = took()
    assert (told[Stage.ALL], told[Stage.AGREEING]) == (Spread(1, 50, 50, 50), Spread(1, 20, 20, 20))
    assert (told[Stage.ORDERING], told[Stage.MATCHING]) == (Spread(1, 3, 3, 3), Spread(1, 4, 4, 4))


def test_the_first_order_counts_whatever_came_of_it(agreed, office, coordinator):
    """One order replaced by another, one recalled and sent again, two on one day."""
    replaced, again, twice = (agreed(agreed_on=AGREED_ON) for _ in range(3))
    sent(replaced, coordinator, day(2), office)
    sent(replaced, coordinator, day(20))
    lifecycle.recall(sent(again, coordinator, day(4), office), by=coordinator, on=day(10))
    sent(again, coordinator, day(30), office)
    sent(twice, coordinator, day(6), office)
    sent(twice, coordinator, day(6))
    for place in (replaced, again, twice):
        begin(place, coordinator, day(40))
    told = took()
    assert told[Stage.ORDERING] == Spread(3, 4, 6, 6)
    assert told[Stage.MATCHING] == Spread(3, 36, 38, 38)


def test_an_order_that_was_undone_was_never_sent(agreed, office, coordinator):
    place, other = agreed(agreed_on=AGREED_ON), agreed(agreed_on=AGREED_ON)
    for each in (place, other):
        sent(each, coordinator, day(2), office)
        lifecycle.undo(each, by=coordinator)
    sent(place, coordinator, day(8), office)
    for each in (place, other):
        begin(each, coordinator, day(9))
    told = took()
    assert (told[Stage.ORDERING], told[Stage.MATCHING]) == (Spread(1, 8, 8, 8), Spread(1, 1, 1, 1))


def test_an_order_that_was_sent_and_recalled_after_the_start_led_to_nothing(agreed, office, coordinator):
    """The start was recorded late: on its day nobody knew of an order, and it began without one."""
    place = agreed(agreed_on=AGREED_ON)
    lifecycle.recall(sent(place, coordinator, day(20), office), by=coordinator, on=day(25))
    begin(place, coordinator, day(5))
    assert took(on=day(19))[Stage.ORDERING] == NOTHING
    assert took()[Stage.MATCHING] == NOTHING


def test_an_order_for_many_counts_once_for_each_place(agreed, office, coordinator):
    places = [agreed(agreed_on=day(-number)) for number in range(3)]
    lifecycle.order(places, by=coordinator, office=office, sent_on=day(10), profile="Arkiv")
    for place in places:
        begin(place, coordinator, day(12))
    told = took()
    assert (told[Stage.ORDERING], told[Stage.MATCHING]) == (Spread(3, 11, 12, 12), Spread(3, 2, 2, 2))
    assert lead_times(year_of(2018), on=LATER) == told


# What waits


def ages(on=TODAY):
    """Where something waits, and since when; each stage of one process tells its day."""
    told = waiting(on=on)
    assert list(told) == list(Waits)
    return {stage: on - timedelta(days=each.longest) for stage, each in told.items() if each.number}


def numbers(on=TODAY):
    return {stage: each.number for stage, each in waiting(on=on).items() if each.number}


def test_where_nothing_waits_nothing_is_told(started, agency, django_assert_num_queries):
    started(AGREED_ON)
    started(AGREED_ON, ended_on=day(5))
    with django_assert_num_queries(1):
        assert waiting(on=TODAY) == dict.fromkeys(Waits, NOTHING)


def test_a_process_waits_in_one_stage_after_the_other(agreed, office, own_officer, coordinator):
    """Each day as it was known then, with all that came after it stored."""
    place = agreed(agreed_on=AGREED_ON)
    order = sent(place, coordinator, day(10), office)
    for number, kind in ((20, AnswerKind.NONE_NOW), (25, AnswerKind.CANDIDATE)):
        lifecycle.answer(order, by=own_officer, office=office, on=day(number), kind=kind, text="Ord")
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=day(30), note="")
    lifecycle.accept_handover(handover, by=own_officer, on=day(35))
    begin(place, coordinator, day(40))
    told = {
        -1: {},
        0: {Waits.NO_ORDER: day(0)},
        9: {Waits.NO_ORDER: day(0)},
        10: {Waits.NO_ANSWER: day(10)},
        19: {Waits.NO_ANSWER: day(10)},
        20: {Waits.NO_START: day(20)},
        29: {Waits.NO_START: day(25)},  # since the latest answer
        30: {Waits.NOT_ACCEPTED: day(30)},
        34: {Waits.NOT_ACCEPTED: day(30)},
        35: {Waits.NO_START: day(25)},
        39: {Waits.NO_START: day(25)},
        40: {},
        119: {},
    }
    assert {number: ages(day(number)) for number in told} == told


def test_an_order_recalled_lets_the_place_wait_for_another_since_then(agreed, office, own_officer, coordinator):
    place = agreed(agreed_on=AGREED_ON)
    order = sent(place, coordinator, day(10), office)
    lifecycle.answer(order, by=own_officer, office=office, on=day(15), kind=AnswerKind.NONE_NOW, text="")
    lifecycle.recall(order, by=coordinator, on=day(20))
    sent(place, coordinator, day(30))
    lifecycle.withdraw(place, by=coordinator, on=day(40), reason="Ny chef")
    told = {
        15: {Waits.NO_START: day(15)},
        19: {Waits.NO_START: day(15)},
        20: {Waits.NO_ORDER: day(20)},
        29: {Waits.NO_ORDER: day(20)},
        30: {Waits.NO_ANSWER: day(30)},  # the answer was to the first one
        39: {Waits.NO_ANSWER: day(30)},
        40: {},
    }
    assert {number: ages(day(number)) for number in told} == told


def test_another_order_waits_for_an_answer_of_its_own(agreed, office, own_officer, coordinator):
    """The answer to the order that was replaced does not count for it any more; what was undone never was."""
    place, beside = agreed(agreed_on=AGREED_ON), agreed(agreed_on=AGREED_ON)
    first = lifecycle.order([place, beside], by=coordinator, office=office, sent_on=day(5), profile="Arkiv")
    lifecycle.answer(first, by=own_officer, office=office, on=day(8), kind=AnswerKind.CANDIDATE, text="")
    sent(place, coordinator, day(12))
    assert ages(day(11)) == {Waits.NO_START: day(8)}
    assert ages() == {Waits.NO_ANSWER: day(12), Waits.NO_START: day(8)}
    lifecycle.undo(place, by=coordinator)
    assert (ages(), numbers()) == ({Waits.NO_START: day(8)}, {Waits.NO_START: 2})


def said(order, office, on, kind, replied_on=None):
    """What an office answers, and when whoever sent the order replied to it."""
    given = lifecycle.answer(order, by=office.officers.get(), office=office, on=on, kind=kind, text="Ord")
    if replied_on:
        lifecycle.reply(given, by=order.by, on=replied_on, text="Ja")


def test_a_question_that_has_been_replied_to_waits_for_the_office_again(agreed, office, coordinator):
    order = sent(agreed(agreed_on=AGREED_ON), coordinator, day(10), office)
    said(order, office, day(12), AnswerKind.MORE_INFORMATION, replied_on=day(15))
    said(order, office, day(20), AnswerKind.CANDIDATE)
    told = {
        11: {Waits.NO_ANSWER: day(10)},
        12: {Waits.NO_START: day(12)},
        14: {Waits.NO_START: day(12)},
        15: {Waits.NO_ANSWER: day(15)},
        19: {Waits.NO_ANSWER: day(15)},
        20: {Waits.NO_START: day(20)},
    }
    assert {number: ages(day(number)) for number in told} == told


@pytest.mark.parametrize("first", ["own", "other"])
def test_whatever_else_is_said_of_it_a_candidate_stands_as_the_order_tells(agreed, office, coordinator, first):
    """One office proposes somebody for an order that is hard to match; then another asks, and gets its reply."""
    order = sent(agreed(agreed_on=AGREED_ON), coordinator, day(10), office)
    lifecycle.flag_hard(order, by=coordinator, on=day(11), requirement=Requirement.SWEDISH)
    offices = {"own": office, "other": OfficeFactory(officers=[UserFactory(role=Role.CASE_OFFICER)])}
    proposes, asks = (offices.pop(first), *offices.values())
    said(order, proposes, day(13), AnswerKind.CANDIDATE)
    said(order, asks, day(14), AnswerKind.MORE_INFORMATION, replied_on=day(16))
    assert MatchingOrder.objects.with_stage().get().stage == AnswerKind.CANDIDATE
    assert numbers() == {Waits.NO_START: 1}


def test_what_another_office_has_not_does_not_answer_for_the_orders_own(agreed, office, coordinator):
    order = sent(agreed(agreed_on=AGREED_ON), coordinator, day(10), office)
    lifecycle.flag_hard(order, by=coordinator, on=day(11), requirement=Requirement.SWEDISH)
    other = OfficeFactory(officers=[UserFactory(role=Role.CASE_OFFICER)])
    said(order, office, day(12), AnswerKind.MORE_INFORMATION, replied_on=day(14))
    said(order, other, day(15), AnswerKind.NONE_NOW)
    assert list(MatchingOrder.objects.unanswered()) == [order]
    assert numbers() == {Waits.NO_ANSWER: 1}


def test_a_handover_waits_until_it_is_accepted_returned_or_taken_back(agreed, office, own_officer, coordinator):
    """Or until there is nothing to take over any more."""
    places = [agreed(agreed_on=AGREED_ON) for _ in range(4)]
    accepted, returned, *_ = lifecycle.hand_over(places, by=coordinator, office=office, on=day(10), note="")
    lifecycle.accept_handover(accepted, by=own_officer, on=day(20))
    lifecycle.return_handover(returned, by=own_officer, on=day(21), reason="För långt bort")
    lifecycle.take_back(places[2], by=coordinator, on=day(22))
    lifecycle.withdraw(places[3], by=coordinator, on=day(23), reason="Ny chef")
    waited = {number: numbers(day(number)).get(Waits.NOT_ACCEPTED, 0) for number in (9, 10, 19, 20, 21, 22, 23)}
    assert waited == {9: 0, 10: 4, 19: 4, 20: 3, 21: 2, 22: 1, 23: 0}
    assert numbers(day(9)) == {Waits.NO_ORDER: 4}
    assert numbers(day(23)) == {Waits.NO_ORDER: 3}
    assert ages(day(23)) == {Waits.NO_ORDER: day(0)}


def test_an_ongoing_place_waits_only_for_the_office_it_is_offered_to(started, office, coordinator):
    """And no longer on its last day: it is in nobody's hands then."""
    place = started(AGREED_ON)
    started(AGREED_ON)
    lifecycle.hand_over([place], by=coordinator, office=office, on=day(10), note="")
    lifecycle.end(place, by=coordinator, ended_on=day(20), outcome=Outcome.STUDIES)
    told = {9: {}, 10: {Waits.NOT_ACCEPTED: day(10)}, 19: {Waits.NOT_ACCEPTED: day(10)}, 20: {}, 21: {}}
    assert {number: ages(day(number)) for number in told} == told


def test_a_place_that_was_offered_twice_waits_once(agreed, office, own_officer, coordinator):
    """The second handover was recorded for a day on which the first had not been returned."""
    place = agreed(agreed_on=AGREED_ON)
    [first] = lifecycle.hand_over([place], by=coordinator, office=office, on=day(5), note="")
    lifecycle.return_handover(first, by=own_officer, on=day(20), reason="För långt bort")
    lifecycle.hand_over([place], by=coordinator, office=OfficeFactory(), on=day(10), note="")
    assert [numbers(day(number)) for number in (9, 15, 20)] == [{Waits.NOT_ACCEPTED: 1}] * 3


# Whatever days are given for what was done, the report says of today what the place's own page says.


def test_an_order_dated_before_the_recall_of_the_last_one_stands(agreed, office, coordinator):
    place = agreed(agreed_on=AGREED_ON)
    lifecycle.recall(sent(place, coordinator, day(10), office), by=coordinator, on=day(20))
    order = sent(place, coordinator, day(15), office)
    assert Placement.objects.get().order == order
    assert ages() == {Waits.NO_ANSWER: day(15)}


def test_an_order_dated_before_the_one_it_replaced_stands(agreed, office, own_officer, coordinator):
    place = agreed(agreed_on=AGREED_ON)
    first = sent(place, coordinator, day(30), office)
    lifecycle.answer(first, by=own_officer, office=office, on=day(31), kind=AnswerKind.CANDIDATE, text="")
    order = sent(place, coordinator, day(12))
    assert Placement.objects.get().order == order
    assert ages() == {Waits.NO_ANSWER: day(12)}


def test_an_order_that_was_recalled_beside_does_not_come_back_when_the_next_is_undone(agreed, office, coordinator):
    place, beside = agreed(agreed_on=AGREED_ON), agreed(agreed_on=AGREED_ON)
    both = lifecycle.order([place, beside], by=coordinator, office=office, sent_on=day(5), profile="Arkiv")
    sent(place, coordinator, day(10))
    lifecycle.recall(both, by=coordinator, on=day(15))
    lifecycle.undo(place, by=coordinator)
    assert list(Placement.objects.values_list("order", flat=True)) == [None, None]
    assert (numbers(), ages()) == ({Waits.NO_ORDER: 2}, {Waits.NO_ORDER: day(15)})
    assert numbers(day(14)) == {Waits.NO_ANSWER: 2}


def test_ages_are_spread_over_the_processes_of_a_stage(agreed):
    for number in range(11):
        agreed(agreed_on=day(number))
    assert waiting(on=day(10)) == dict.fromkeys(Waits, NOTHING) | {Waits.NO_ORDER: Spread(11, 5, 9, 10)}
    assert waiting(on=day(1))[Waits.NO_ORDER] == Spread(2, 0.5, 1, 1)
