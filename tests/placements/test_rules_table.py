"""The one table of verbs: every verb, from every state, by everybody. Functions and pages go by the same."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from placements import lifecycle
from placements.choices import AnswerKind, FollowUp, Outcome, Requirement, Sex, State, Verb
from placements.lifecycle import LifecycleError, NotYours
from placements.models import Handover, MatchingOrder, OrderAnswer, Placement
from placements.permissions import RULES, Reach, Whose, reads_person
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)
from tests.placements.lives import rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What the domain description says, word for word: from which states, and whether the coordinator may (of every place)
# and the case officer (of what the own office has been given). Nobody else may anything.
COORDINATOR, OFFICER = (Role.COORDINATOR, Whose.EVERY), (Role.CASE_OFFICER, Whose.OWN)
TABLE: dict[str, tuple[str, tuple[tuple[Role, Whose], ...]]] = {
    "agree": ("", (COORDINATOR,)),
    "change": ("agreed ongoing", (COORDINATOR,)),
    "plan": ("agreed ongoing", (COORDINATOR, OFFICER)),
    "confirm": ("agreed", (COORDINATOR,)),
    "withdraw": ("agreed", (COORDINATOR,)),
    "order": ("agreed", (COORDINATOR,)),
    "recall": ("agreed", (COORDINATOR,)),
    "supplement": ("agreed", (COORDINATOR,)),
    "answer": ("agreed", (COORDINATOR, OFFICER)),
    "reply": ("agreed", (COORDINATOR,)),
    "flag": ("agreed", (COORDINATOR, OFFICER)),
    "unflag": ("agreed", (COORDINATOR, OFFICER)),
    "hand_over": ("agreed ongoing", (COORDINATOR,)),
    "accept": ("agreed ongoing", (OFFICER,)),
    "return": ("agreed ongoing", (OFFICER,)),
    "ask": ("agreed ongoing", (COORDINATOR, OFFICER)),
    "take_back": ("agreed ongoing", (COORDINATOR,)),
    "start": ("agreed", (COORDINATOR, OFFICER)),
    "extend": ("ongoing", (COORDINATOR, OFFICER)),
    "end": ("ongoing", (COORDINATOR, OFFICER)),
    "follow_up": ("ended", (COORDINATOR, OFFICER)),
    "undo": ("agreed ongoing ended withdrawn", (COORDINATOR, OFFICER)),
}


def test_the_table_says_what_the_domain_says():
    told = {verb.value: ({state.value for state in rule.states}, rule.roles) for verb, rule in RULES.items()}
    assert told == {verb: (set(states.split()), dict(roles)) for verb, (states, roles) in TABLE.items()}


def test_every_verb_has_its_rule():
    assert set(RULES) == set(Verb)


# A place that three offices have to do with, and everybody who might try

PLACES = {
    State.AGREED: PlacementFactory,
    State.ONGOING: ongoing_place,
    State.ENDED: ended_place,
    State.WITHDRAWN: withdrawn_place,
}
TODAY = date(2018, 12, 31)


class World(SimpleNamespace):
    """One place in a state with its order and its handover; offices that own it, search for it, are offered it."""

    place: Placement
    order: MatchingOrder
    question: OrderAnswer
    handover: Handover
    actors: dict[str, User]


def officer_of(*offices: Any, **fields: Any) -> User:
    user = UserFactory(role=Role.CASE_OFFICER, **fields)
    for each in offices:
        each.officers.add(user)
    return user


def well_populated_stranger() -> User:
    """An officer of another office, which has a place, an order and a handover of each kind for itself."""
    office = OfficeFactory(name="Främmande kontor")
    MatchingOrderFactory(places=[PlacementFactory(office=office)], office=office)
    for place in (PlacementFactory(), ongoing_place(office=office)):
        HandoverFactory(placement=place, office=office)
    ended_place(office=office)
    return officer_of(office)


def cast() -> SimpleNamespace:
    """The offices and everybody who might try."""
    offices = {name: OfficeFactory(name=name) for name in ("owner", "ordered", "offered")}
    actors = {
        "coordinator": UserFactory(),
        "owner's officer": officer_of(offices["owner"]),
        "ordered office's officer": officer_of(offices["ordered"]),
        "offered office's officer": officer_of(offices["offered"]),
        "stranger": well_populated_stranger(),
        "officer of no office": UserFactory(role=Role.CASE_OFFICER),
        "steering group": UserFactory(role=Role.STEERING_GROUP),
        "administrator": UserFactory(role=Role.ADMINISTRATOR),
        "switched-off coordinator": UserFactory(is_active=False),
        "switched-off officer of all": officer_of(*offices.values(), is_active=False),
        "officer of all": officer_of(*offices.values()),
    }
    return SimpleNamespace(offices=offices, actors=actors)


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The cast, made once for all tests here: who they are is the same in each, and they are dear to make."""
    with ExitStack() as undone:
        with django_db_blocker.unblock():
            undone.enter_context(transaction.atomic())
            made = cast()
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            undone.close()


def world(people: SimpleNamespace, state: State, verb: Verb) -> World:
    agency, offices = AgencyFactory(), people.offices
    # Ended long enough ago to be followed up; agreed with one month less than a decision may have.
    place = PLACES[state](agency=agency, programme=programme("MBJ"), office=offices["owner"], planned_start=TODAY)
    order = MatchingOrderFactory(places=[place], office=offices["ordered"])
    if verb in (Verb.UNFLAG, Verb.ANSWER):
        flagged = {"hard_since": date(2018, 12, 20), "blocked_by": Requirement.LICENCE}
        MatchingOrder.objects.filter(pk=order.pk).update(**flagged)
    question = OrderAnswerFactory(order=order, kind=AnswerKind.MORE_INFORMATION, text="Vilken tid börjar dagen?")
    handover = None
    if verb in (Verb.ACCEPT, Verb.RETURN, Verb.ASK):
        handover = HandoverFactory(placement=place, office=offices["offered"])
    return World(agency=agency, place=place, order=order, question=question, handover=handover, actors=people.actors)


# Whose each verb is; and the call, otherwise right.
OWNER, ORDERED, OFFERED = "owner's officer", "ordered office's officer", "offered office's officer"
WHOSE = {
    Verb.ANSWER: ORDERED,
    Verb.FLAG: ORDERED,
    Verb.UNFLAG: ORDERED,
    Verb.ACCEPT: OFFERED,
    Verb.RETURN: OFFERED,
    Verb.ASK: OFFERED,
}
CALLS: dict[Verb, Callable[[World, User], Any]] = {
    Verb.CHANGE: lambda at, by: lifecycle.change(at.place, by=by, duties="Vaktmästeri"),
    Verb.PLAN: lambda at, by: lifecycle.plan(at.place, by=by, what="Ring chefen", due_on=TODAY),
    Verb.CONFIRM: lambda at, by: lifecycle.confirm(at.place, by=by, on=TODAY, contact=ContactFactory(agency=at.agency)),
    Verb.WITHDRAW: lambda at, by: lifecycle.withdraw(at.place, by=by, on=TODAY, reason="Ny chef"),
    Verb.ORDER: lambda at, by: lifecycle.order(
        [at.place], by=by, office=at.order.office, sent_on=TODAY, profile="Arkiv"
    ),
    Verb.RECALL: lambda at, by: lifecycle.recall(at.order, by=by, on=TODAY),
    Verb.SUPPLEMENT: lambda at, by: lifecycle.supplement(at.order, by=by, occupation="Arkivarie"),
    Verb.ANSWER: lambda at, by: lifecycle.answer(
        at.order, by=by, office=at.order.office, on=TODAY, kind=AnswerKind.CANDIDATE, text=""
    ),
    Verb.REPLY: lambda at, by: lifecycle.reply(at.question, by=by, on=TODAY, text="Klockan åtta."),
    Verb.FLAG: lambda at, by: lifecycle.flag_hard(at.order, by=by, on=TODAY, requirement=Requirement.LICENCE),
    Verb.UNFLAG: lambda at, by: lifecycle.unflag(at.order, by=by),
    Verb.HAND_OVER: lambda at, by: lifecycle.hand_over(
        [at.place], by=by, office=at.order.office, on=TODAY, note="Ni är närmast."
    ),
    Verb.ACCEPT: lambda at, by: lifecycle.accept_handover(at.handover, by=by, on=TODAY),
    Verb.RETURN: lambda at, by: lifecycle.return_handover(at.handover, by=by, on=TODAY, reason="För långt bort"),
    Verb.ASK: lambda at, by: lifecycle.ask_about(at.handover, by=by, on=TODAY, text="Finns det buss?"),
    Verb.TAKE_BACK: lambda at, by: lifecycle.take_back(at.place, by=by, on=TODAY),
    Verb.START: lambda at, by: lifecycle.start(
        at.place,
        by=by,
        started_on=TODAY,
        planned_end=date(2019, 6, 30),
        target_group=at.place.target_groups.first(),
        sex=Sex.MAN,
    ),
    Verb.EXTEND: lambda at, by: lifecycle.extend(
        at.place, by=by, decided_on=TODAY, new_end=date(2019, 5, 31), reason="Det går bra."
    ),
    Verb.END: lambda at, by: lifecycle.end(at.place, by=by, ended_on=TODAY, outcome=Outcome.STUDIES),
    Verb.FOLLOW_UP: lambda at, by: lifecycle.follow_up(at.place, by=by, on=TODAY, outcome=FollowUp.STUDIES),
}


def offices_of(verb: Verb, at: World) -> list[int]:
    """The office that the verb belongs to, as a page names it to `Reach.may`; none when it is the place's owner."""
    return {ORDERED: [at.order.office_id], OFFERED: [at.handover and at.handover.office_id]}.get(WHOSE.get(verb), [])


def attempt(call: Callable[[], Any], before: Any) -> tuple[type | None, bool]:
    """(the error's class if it was refused, whether anything changed); all is afterwards as it was."""
    error = None
    with transaction.atomic():
        try:
            call()
        except LifecycleError as refusal:
            error = type(refusal)
        changed = rows() != before
        transaction.set_rollback(True)
    return error, changed


def may(verb: Verb, who: str) -> bool:
    """Whether the verb is that person's at all, by the literal table."""
    return (who == "coordinator" and COORDINATOR in TABLE[verb][1]) or (
        who in (WHOSE.get(verb, OWNER), "officer of all") and OFFICER in TABLE[verb][1]
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", CALLS)
def test_a_verb_from_a_state_by_everybody(people, verb, state):
    at = world(people, state, verb)
    right_state = state in TABLE[verb][0].split()
    before = rows()
    for who, user in at.actors.items():
        expected = (None if right_state else LifecycleError) if may(verb, who) else NotYours
        error, changed = attempt(lambda user=user: CALLS[verb](at, user), before)
        assert error is expected, f"{who}: {error}"
        assert changed == (expected is None), f"{who} changed something"
        asked = Reach(user).may(verb, Placement.objects.get(pk=at.place.pk), *offices_of(verb, at))
        assert asked == (expected is None), f"{who}: the page is told another thing than the function says"


def test_every_verb_is_walked_here():
    assert set(CALLS) | {Verb.AGREE, Verb.UNDO} == set(Verb)


def test_an_agreement_is_made_by_coordinators_only(people):
    at = world(people, State.AGREED, Verb.AGREE)
    days = {"agreed_on": TODAY, "planned_start": TODAY}
    before = rows()
    for who, user in at.actors.items():
        error, changed = attempt(
            lambda user=user: lifecycle.agree(agency=at.agency, programme=programme("PIS"), by=user, **days), before
        )
        assert (error, changed) == ((None, True) if who == "coordinator" else (NotYours, False)), who
        assert bool(Reach(user).why_not_mine(Verb.AGREE, [])) == (error is NotYours)


# Undoing: for whoever may undo, and might do the step itself

UNDONE: dict[Verb, State] = {
    Verb.CONFIRM: State.AGREED,
    Verb.WITHDRAW: State.WITHDRAWN,
    Verb.ORDER: State.AGREED,
    Verb.RECALL: State.AGREED,
    Verb.HAND_OVER: State.AGREED,
    Verb.ACCEPT: State.AGREED,
    Verb.RETURN: State.AGREED,
    Verb.TAKE_BACK: State.AGREED,
    Verb.START: State.ONGOING,
    Verb.EXTEND: State.ONGOING,
    Verb.END: State.ENDED,
    Verb.FOLLOW_UP: State.ENDED,
}
FROM = {
    Verb.EXTEND: State.ONGOING,
    Verb.END: State.ONGOING,
    Verb.FOLLOW_UP: State.ENDED,
}


@pytest.mark.parametrize("verb", UNDONE)
def test_a_step_is_undone_by_those_who_may_do_it(people, verb):
    at = world(people, FROM.get(verb, State.AGREED), verb)
    doer = "coordinator" if COORDINATOR in TABLE[verb][1] else WHOSE[verb]
    CALLS[verb](at, at.actors[doer])
    place = Placement.objects.get(pk=at.place.pk)
    assert place.stands() is UNDONE[verb]
    # Who owns the place after the step: once accepted it is the other office's.
    own = {Verb.ACCEPT: OFFERED, Verb.RETURN: OFFERED, Verb.TAKE_BACK: "", Verb.HAND_OVER: ""}.get(verb, OWNER)
    before = rows()
    for who, user in at.actors.items():
        by_coordinator = who == "coordinator" and COORDINATOR in TABLE[verb][1]
        by_office = who in (own, "officer of all") and OFFICER in TABLE[verb][1]
        error, changed = attempt(lambda user=user: lifecycle.undo(place, by=user), before)
        assert (error, changed) == ((None, True) if by_coordinator or by_office else (NotYours, False)), who


def test_undoing_is_tried_from_every_state():
    assert set(UNDONE.values()) == set(State)


def test_an_undone_agreement_is_the_coordinator_s(people):
    at = world(people, State.AGREED, Verb.AGREE)
    days = {"agreed_on": TODAY, "planned_start": TODAY}
    made = lifecycle.agree(agency=at.agency, programme=programme("PIS"), by=at.actors["coordinator"], **days)
    Placement.objects.filter(pk=made[0].pk).update(office=at.place.office)
    before = rows()
    for who, user in at.actors.items():
        error, changed = attempt(lambda user=user: lifecycle.undo(made[0], by=user), before)
        assert (error, changed) == ((None, True) if who == "coordinator" else (NotYours, False)), who


# What a refusal says


def test_who_may_not_is_told_who_may(people, officer):
    at = world(people, State.AGREED, Verb.START)
    with pytest.raises(NotYours, match=r"^Det här gör bara kontoret som platsen, ordern eller"):
        CALLS[Verb.START](at, officer)
    with pytest.raises(NotYours, match=r"^Det här gör bara en koordinator eller en handläggare\.$"):
        CALLS[Verb.START](at, at.actors["steering group"])
    with pytest.raises(NotYours, match=r"^Det här gör bara en koordinator\.$"):
        CALLS[Verb.WITHDRAW](at, at.actors[OWNER])


@pytest.mark.parametrize(
    ("verb", "state", "words"),
    [
        (Verb.EXTEND, State.AGREED, "Platsen har inte startat än."),
        (Verb.START, State.ONGOING, "Platsen startade redan 2018-09-03."),
        (Verb.END, State.ENDED, "Platsen är avslutad sedan 2018-08-31."),
        (Verb.START, State.WITHDRAWN, "Platsen drogs tillbaka 2018-12-20."),
        (Verb.FOLLOW_UP, State.ONGOING, "Platsen startade redan 2018-09-03."),
    ],
)
def test_what_has_become_of_the_place_is_told(people, verb, state, words):
    at = world(people, state, verb)
    with pytest.raises(LifecycleError) as told:
        CALLS[verb](at, at.actors["coordinator"])
    assert str(told.value) == words


@pytest.mark.parametrize("state", State)
def test_sex_and_target_group_are_read_by_the_coordinator_and_the_office_that_has_the_place(people, state):
    at = world(people, state, Verb.ASK)
    readers = {who for who, user in at.actors.items() if user.is_active and reads_person(Reach(user), at.place)}
    assert readers == {"coordinator", OWNER, "officer of all"}


def test_of_a_place_that_no_office_has_they_are_the_coordinator_s(people):
    at = world(people, State.ONGOING, Verb.ASK)
    at.place.office = None
    readers = {who for who, user in at.actors.items() if user.is_active and reads_person(Reach(user), at.place)}
    assert readers == {"coordinator"}


def test_what_is_asked_for_a_page_costs_one_query(people, django_assert_num_queries):
    at = world(people, State.AGREED, Verb.START)
    with django_assert_num_queries(1):
        reach = Reach(at.actors[OWNER])
        assert {verb for verb in CALLS if reach.may(verb, at.place)} == {
            verb for verb, (states, roles) in TABLE.items() if "agreed" in states.split() and OFFICER in roles
        } - {Verb.UNDO}
    with django_assert_num_queries(0):
        assert Reach(at.actors["coordinator"]).may(Verb.START, at.place)
