"""Where places, orders and handovers stand on a day: the row and the database say the same."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import AnswerKind, Requirement, State
from placements.models import Deed, Handover, MatchingOrder, OrderAnswer, Placement, Programme
from praktik.accounts.roles import Role
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ProgrammeFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def states_in_sql(place, on) -> list[State]:
    """Every state that the filters find the place in."""
    named = {
        State.AGREED: Placement.objects.agreed(on=on),
        State.ONGOING: Placement.objects.ongoing(on=on),
        State.ENDED: Placement.objects.ended(on=on),
        State.WITHDRAWN: Placement.objects.withdrawn(on=on),
    }
    for state, rows in named.items():
        assert set(rows) == set(Placement.objects.in_state(state, on=on))
    return [state for state, rows in named.items() if rows.filter(pk=place.pk).exists()]


# The place, and on which day it stands how
DAYS = [
    (PlacementFactory, "2018-12-02", None),
    (PlacementFactory, "2018-12-03", State.AGREED),
    (PlacementFactory, "2030-01-01", State.AGREED),
    (ongoing_place, "2018-06-10", None),
    (ongoing_place, "2018-06-11", State.AGREED),
    (ongoing_place, "2018-09-02", State.AGREED),
    (ongoing_place, "2018-09-03", State.ONGOING),
    (ongoing_place, "2019-03-01", State.ONGOING),  # past its planned end
    (ended_place, "2018-01-14", None),
    (ended_place, "2018-03-04", State.AGREED),
    (ended_place, "2018-03-05", State.ONGOING),
    (ended_place, "2018-08-31", State.ONGOING),  # the last day in place
    (ended_place, "2018-09-01", State.ENDED),
    (withdrawn_place, "2018-12-02", None),
    (withdrawn_place, "2018-12-19", State.AGREED),
    (withdrawn_place, "2018-12-20", State.WITHDRAWN),
]


@pytest.mark.parametrize(("make", "day", "state"), DAYS)
def test_a_place_on_a_day(make, day, state):
    on, place = date.fromisoformat(day), make()
    assert place.state(on=on) is state
    assert states_in_sql(place, on) == ([state] if state else [])
    [row] = Placement.objects.with_state(on=on)
    assert row.state_on == (state or "")
    assert row.state_word == (state.label if state else "")
    assert Placement.objects.existing(on=on).exists() == (state is not None)
    assert Placement.objects.open(on=on).exists() == (state in (State.AGREED, State.ONGOING))


def test_a_place_that_lived_one_day():
    """Agreed, started and ended on one day: on that day it is ongoing, the day after ended."""
    on = date(2018, 9, 3)
    place = ended_place(agreed_on=on, planned_start=on, started_on=on, planned_end=on, ended_on=on)
    assert [place.state(on=day) for day in (on - DAY, on, on + DAY)] == [None, State.ONGOING, State.ENDED]
    assert [states_in_sql(place, day) for day in (on - DAY, on, on + DAY)] == [[], [State.ONGOING], [State.ENDED]]


def test_a_place_that_was_withdrawn_on_the_day_of_the_agreement():
    on = date(2018, 12, 3)
    place = withdrawn_place(withdrawn_on=on)
    assert place.state(on=on) is State.WITHDRAWN
    assert states_in_sql(place, on) == [State.WITHDRAWN]


@pytest.mark.parametrize(
    ("make", "stands", "open_"),
    [
        (PlacementFactory, State.AGREED, True),
        (ongoing_place, State.ONGOING, True),
        (ended_place, State.ENDED, False),
        (withdrawn_place, State.WITHDRAWN, False),
    ],
)
def test_what_verbs_go_by_is_all_that_is_known(make, stands, open_):
    place = make()
    assert (place.stands(), place.is_open) == (stands, open_)


def test_without_a_day_no_state_is_told():
    assert PlacementFactory().state_word == ""


# Agreements that rest on somebody who has left


@pytest.fixture
def gone(agency):
    return ContactFactory(agency=agency, left_on=date(2018, 12, 15))


def to_confirm(on):
    return list(Placement.objects.to_confirm(on=on))


def test_from_the_first_day_without_its_contact_an_agreement_is_to_be_confirmed(agency, gone):
    place = PlacementFactory(agency=agency, contact=gone)
    PlacementFactory(agency=agency, contact=ContactFactory(agency=agency))
    PlacementFactory(agency=agency)
    assert to_confirm(date(2018, 12, 14)) == []
    assert to_confirm(date(2018, 12, 15)) == [place]
    assert [place.rests_on_gone(on=date(2018, 12, day)) for day in (14, 15)] == [False, True]


@pytest.mark.parametrize("make", [ongoing_place, ended_place, withdrawn_place])
def test_what_is_no_longer_an_agreement_is_not(make, agency, gone, today):
    make(agency=agency, contact=gone)
    assert to_confirm(today) == []


def test_who_confirmed_it_later_is_not_yet_known(agency, gone, coordinator, today):
    place = PlacementFactory(agency=agency, contact=gone)
    leaving = ContactFactory(agency=agency, left_on=date(2018, 12, 28))
    lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 20), contact=leaving)
    lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 30), contact=ContactFactory(agency=agency))
    waited = {day: bool(to_confirm(date(2018, 12, day))) for day in (14, 15, 19, 20, 27, 28, 29, 30, 31)}
    assert waited == {
        14: False,
        15: True,
        19: True,
        20: False,
        27: False,
        28: True,
        29: True,
        30: False,
        31: False,
    }


def test_an_agreement_that_rested_on_nobody_never_had_to_be_confirmed(agency, coordinator):
    place = PlacementFactory(agency=agency)
    leaving = ContactFactory(agency=agency, left_on=date(2018, 12, 28))
    lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 20), contact=leaving)
    assert to_confirm(date(2018, 12, 19)) == []
    assert to_confirm(date(2018, 12, 28)) == [place]


# Extended, started, followed up


def test_extended_from_the_day_of_the_decision(coordinator):
    place = ongoing_place(programme=programme("MBJ"))
    ongoing_place()
    decided = date(2018, 12, 10)
    for month in (3, 4):
        days = {"decided_on": decided, "new_end": date(2019, month, 28)}
        lifecycle.extend(place, by=coordinator, reason="", **days)
    assert not Placement.objects.extended(on=decided - DAY).exists()
    assert list(Placement.objects.extended(on=decided)) == [place]


def test_started_in_a_period_as_known_on_a_day():
    place = ongoing_place(started_on=date(2018, 9, 3))
    PlacementFactory()

    def started(first, last, on):
        return list(Placement.objects.started_between(date(2018, *first), date(2018, *last), on=date(2018, *on)))

    assert started((9, 3), (12, 31), (12, 31)) == [place]
    assert started((1, 1), (9, 3), (12, 31)) == [place]
    assert started((1, 1), (9, 2), (12, 31)) == []
    assert started((9, 4), (12, 31), (12, 31)) == []
    assert started((1, 1), (12, 31), (9, 3)) == [place]
    assert started((1, 1), (12, 31), (9, 2)) == []


def test_a_result_stays_though_it_was_broken_off():
    place = ended_place(outcome="broken_by_person")
    assert list(Placement.objects.started_between(date(2018, 1, 1), date(2018, 12, 31), on=date(2018, 12, 31))) == [
        place
    ]


def test_to_follow_up_from_the_ninetieth_day(coordinator):
    place = ended_place(ended_on=date(2018, 8, 31))
    day = date(2018, 11, 29)
    assert not Placement.objects.to_follow_up(on=day - DAY).exists()
    assert list(Placement.objects.to_follow_up(on=day)) == [place]
    lifecycle.follow_up(place, by=coordinator, on=day, outcome="studies")
    assert not Placement.objects.to_follow_up(on=day).exists()


def test_a_follow_up_of_later_is_not_yet_known():
    ended_place(followed_up_on=date(2018, 12, 10), follow_up="studies")
    waits = [Placement.objects.to_follow_up(on=date(2018, 12, day)).exists() for day in (9, 10)]
    assert waits == [True, False]


def test_unfinished_is_what_is_open_and_does_not_end_that_day(today):
    places = [PlacementFactory(), ongoing_place(), ended_place(ended_on=today + DAY, agreed_on=date(2018, 1, 15))]
    ended_place(ended_on=today)
    withdrawn_place()
    assert set(Placement.objects.unfinished(on=today)) == set(places)
    assert Placement.objects.unfinished(on=today + DAY).count() == 2


# Between two chairs


def falling(today):
    return list(Placement.objects.falling(on=today))


def test_a_place_that_somebody_has_in_hand_does_not_fall(today):
    PlacementFactory()
    ongoing_place(office=OfficeFactory(officers=[UserFactory(role=Role.CASE_OFFICER)]))
    assert falling(today) == []


@pytest.mark.parametrize("make", [PlacementFactory, ongoing_place])
@pytest.mark.parametrize("owner", [{"is_active": False}, {"role": Role.ADMINISTRATOR}, {"role": Role.CASE_OFFICER}])
def test_a_place_whose_coordinator_is_none_any_longer_falls(make, owner, today):
    place = make(coordinator=UserFactory(**owner))
    assert falling(today) == [place]


@pytest.mark.parametrize("who", [{"is_active": False}, {"role": Role.COORDINATOR}])
def test_a_place_of_an_office_without_anybody_falls(who, today):
    office = OfficeFactory(officers=[UserFactory(**{"role": Role.CASE_OFFICER} | who)])
    place = PlacementFactory(office=office)
    assert falling(today) == [place]


def test_a_place_of_an_office_that_is_closed_falls_from_that_day(today):
    office = OfficeFactory(officers=[UserFactory(role=Role.CASE_OFFICER)], closed_on=today)
    place = PlacementFactory(office=office)
    assert list(Placement.objects.falling(on=today - DAY)) == []
    assert falling(today) == [place]


def test_whoever_agreed_it_may_leave_when_an_office_has_it(today):
    office = OfficeFactory(officers=[UserFactory(role=Role.CASE_OFFICER)])
    PlacementFactory(coordinator=UserFactory(is_active=False), office=office)
    assert falling(today) == []


@pytest.mark.parametrize("make", [ended_place, withdrawn_place])
def test_a_closed_place_never_falls(make, today):
    make(coordinator=UserFactory(is_active=False))
    assert falling(today) == []


# Orders


@pytest.fixture
def order():
    """Sent on 2018-12-10."""
    return MatchingOrderFactory(places=[PlacementFactory()])


def question(order, **fields):
    return OrderAnswerFactory(order=order, kind=AnswerKind.MORE_INFORMATION, text="När?", **fields)


STAGES = {
    "no answer": (lambda order: None, "waiting"),
    "candidate": (lambda order: OrderAnswerFactory(order=order), "candidate"),
    "none now": (lambda order: OrderAnswerFactory(order=order, kind=AnswerKind.NONE_NOW), "none_now"),
    "a question": (question, "asked"),
    "a question that was replied to": (
        lambda order: question(order, reply="Nu", replied_on=date(2018, 12, 20)),
        "waiting",
    ),
    "another office's candidate": (lambda order: OrderAnswerFactory(order=order, office=OfficeFactory()), "candidate"),
    "another office's candidate beside a no": (
        lambda order: [
            OrderAnswerFactory(order=order, office=OfficeFactory()),
            OrderAnswerFactory(order=order, kind=AnswerKind.NONE_NOW),
        ],
        "candidate",
    ),
    "another office's no": (
        lambda order: OrderAnswerFactory(order=order, office=OfficeFactory(), kind=AnswerKind.NONE_NOW),
        "waiting",
    ),
    "a candidate who went away": (
        lambda order: [OrderAnswerFactory(order=order), OrderAnswerFactory(order=order, kind=AnswerKind.NONE_NOW)],
        "none_now",
    ),
    "a later answer of the same day": (
        lambda order: [OrderAnswerFactory(order=order, kind=AnswerKind.NONE_NOW), OrderAnswerFactory(order=order)],
        "candidate",
    ),
}


@pytest.mark.parametrize("name", STAGES)
def test_how_an_order_stands(order, name):
    answer, stage = STAGES[name]
    answer(order)
    assert MatchingOrder.objects.with_stage().get().stage == stage
    assert Placement.objects.with_order_stage().get().order_stage == stage
    assert MatchingOrder.objects.unanswered().exists() == (stage == "waiting")
    assert MatchingOrder.objects.asked().exists() == (stage == "asked")


def test_a_place_without_an_order_has_no_stage():
    OrderAnswerFactory()
    PlacementFactory()
    assert Placement.objects.with_order_stage().get().order_stage == ""


def open_on(*day):
    return MatchingOrder.objects.open(on=date(*day)).exists()


def test_an_order_is_open_from_its_day_on(order):
    assert [open_on(2018, 12, 9), open_on(2018, 12, 10), open_on(2018, 12, 31)] == [False, True, True]


def test_an_order_is_open_until_it_is_recalled(order):
    MatchingOrder.objects.update(recalled_on=date(2018, 12, 20))
    assert [open_on(2018, 12, 19), open_on(2018, 12, 20)] == [True, False]


def test_an_order_is_open_while_one_of_its_places_is_agreed(order):
    other = PlacementFactory(agency=order.agency, order=order)
    Placement.objects.exclude(pk=other.pk).update(withdrawn_on=date(2018, 12, 15), reason="Ny chef")
    assert open_on(2018, 12, 31)
    Placement.objects.filter(pk=other.pk).update(withdrawn_on=date(2018, 12, 20), reason="Ny chef")
    assert [open_on(2018, 12, 19), open_on(2018, 12, 20)] == [True, False]


@pytest.mark.parametrize(("days", "proposed"), [(27, False), (28, True), (29, True)])
def test_proposed_as_hard_after_28_days_without_a_start(today, days, proposed):
    place = PlacementFactory(agreed_on=date(2018, 11, 1))
    order = MatchingOrderFactory(places=[place], sent_on=today - timedelta(days=days))
    assert MatchingOrder.objects.proposed_hard(on=today).exists() == proposed
    MatchingOrder.objects.filter(pk=order.pk).update(hard_since=today, blocked_by=Requirement.LICENCE)
    assert not MatchingOrder.objects.proposed_hard(on=today).exists()


def test_an_order_whose_place_started_is_not_proposed_as_hard(today):
    MatchingOrderFactory(places=[ongoing_place()], sent_on=date(2018, 6, 15))
    assert not MatchingOrder.objects.proposed_hard(on=today).exists()


def test_hard_from_its_day_on(order):
    MatchingOrder.objects.update(hard_since=date(2018, 12, 20), blocked_by=Requirement.LICENCE)
    hard = [MatchingOrder.objects.hard(on=date(2018, 12, day)).exists() for day in (19, 20)]
    assert hard == [False, True]


def test_an_order_whose_office_has_found_somebody_is_not_proposed_as_hard(today):
    order = MatchingOrderFactory(places=[PlacementFactory(agreed_on=date(2018, 11, 1))], sent_on=date(2018, 11, 5))
    OrderAnswerFactory(order=order, kind=AnswerKind.NONE_NOW)
    assert MatchingOrder.objects.proposed_hard(on=today).exists()
    OrderAnswerFactory(order=order)
    assert not MatchingOrder.objects.proposed_hard(on=today).exists()


def test_an_order_counts_its_agreed_places(order, today):
    PlacementFactory(agency=order.agency, order=order)
    ongoing_place(agency=order.agency, order=order)
    OrderAnswerFactory.create_batch(3, order=order)
    assert MatchingOrder.objects.with_places(on=today).get().places == 2
    assert MatchingOrder.objects.with_places(on=date(2018, 12, 1)).get().places == 0


def test_a_question_of_another_office_waits_for_the_coordinator_too(order, today):
    elsewhere = OfficeFactory()

    def asked():
        told = MatchingOrder.objects.with_places(on=today).get().is_asked
        assert MatchingOrder.objects.asked().exists() == told
        return told

    assert not asked()
    first = question(order, office=elsewhere)
    assert asked()
    assert MatchingOrder.objects.unanswered().exists()  # the order's own office has still said nothing
    OrderAnswer.objects.filter(pk=first.pk).update(reply="Nu", replied_on=date(2018, 12, 20))
    assert not asked()
    question(order, office=elsewhere)
    OrderAnswerFactory(order=order)  # another office's answer changes nothing
    assert asked()
    OrderAnswerFactory(order=order, office=elsewhere)
    assert not asked()


# Handovers


def test_which_handovers_wait():
    waiting = [HandoverFactory(), HandoverFactory(placement=ongoing_place())]
    HandoverFactory(accepted_on=date(2018, 12, 20))
    HandoverFactory(returned_on=date(2018, 12, 20), reason="För långt bort")
    HandoverFactory(recalled_on=date(2018, 12, 20))
    HandoverFactory(placement=ended_place())
    HandoverFactory(placement=withdrawn_place())
    assert list(Handover.objects.waiting()) == waiting
    assert [each.waits for each in waiting] == [True, True]


# Lists


def test_what_a_list_tells_of_each(agency, coordinator, office, today):
    bare = PlacementFactory(agency=agency)
    full = PlacementFactory(agency=agency)
    order = MatchingOrderFactory(places=[full], office=office)
    OrderAnswerFactory(order=order)
    HandoverFactory(placement=full, office=office)
    HandoverFactory(placement=full, returned_on=today, reason="För långt bort")
    extended = ongoing_place(programme=programme("MBJ"))
    days = {"decided_on": today, "new_end": date(2019, 5, 31)}
    lifecycle.extend(extended, by=coordinator, reason="", **days)
    rows = {row.pk: row for row in Placement.objects.with_row(on=today)}
    assert len(rows) == 3
    told = {
        place.pk: (row.state_on, row.order_stage, row.handed_to, row.handed_on, row.is_extended)
        for place in (bare, full, extended)
        for row in [rows[place.pk]]
    }
    assert told == {
        bare.pk: ("agreed", "", None, None, False),
        full.pk: ("agreed", "candidate", "Arbetsförmedlingen Sollefteå", date(2018, 12, 14), False),
        extended.pk: ("ongoing", "", None, None, True),
    }
    assert rows[bare.pk].groups == "nyanlända, personer med funktionsnedsättning"


def test_words_are_found_in_duties_unit_and_the_agency_s_name():
    place = PlacementFactory(agency=AgencyFactory(name="Östersunds tingsrätt"), unit="Kansli", duties="Växel och post")
    PlacementFactory()
    for words in ("växel", "KANSLI", "tingsrätt post", "östersund"):
        assert list(Placement.objects.search(words)) == [place], words
    assert not Placement.objects.search("växel arkiv").exists()
    assert Placement.objects.search(" ").count() == 2


@pytest.mark.parametrize(("near", "nearness"), [("own", 0), ("ordered", 0), ("offered", 0), ("town", 1), ("", 2)])
def test_how_near_a_place_is_to_an_office(office, near, nearness):
    place = PlacementFactory()
    HandoverFactory(placement=place, office=office, returned_on=date(2018, 12, 20), reason="Nej")
    if near == "own":
        Placement.objects.update(office=office)
    elif near == "ordered":
        MatchingOrderFactory(places=[place], office=office)
    elif near == "offered":
        HandoverFactory(placement=place, office=office)
    elif near == "town":
        Placement.objects.update(municipality=office.municipalities.get())
    assert Placement.objects.with_nearness([office.pk]).get().nearness == nearness
    assert Placement.objects.with_nearness([OfficeFactory().pk]).get().nearness == 2


def test_which_programmes_can_still_start(today):
    over = ProgrammeFactory(code="FÖRR", last_day=today - DAY)
    last = ProgrammeFactory(code="SIST", last_day=today)
    startable = set(Programme.objects.startable(on=today))
    assert startable == {programme("PIS"), programme("MBJ"), last}
    assert over not in startable


# Steps


def test_an_act_is_told_once_and_what_was_undone_never(agency, pis, coordinator):
    days = {"agreed_on": date(2018, 12, 3), "planned_start": date(2019, 1, 14)}
    made = lifecycle.agree(agency=agency, programme=pis, by=coordinator, places=3, **days)
    [first, *_] = Deed.objects.order_by("pk")
    assert list(Deed.objects.told_once()) == [first]
    lifecycle.withdraw(made[0], by=coordinator, on=date(2018, 12, 20), reason="Ny chef")
    assert [each.verb for each in Deed.objects.told_once()] == ["agree", "withdraw"]
    lifecycle.undo(made[0], by=coordinator)
    lifecycle.undo(made[0], by=coordinator)
    assert [each.placement for each in Deed.objects.told_once()] == [made[1]]
