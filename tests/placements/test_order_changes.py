"""An order is changed or recalled."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import AnswerKind, Verb
from placements.models import MatchingOrder, Placement
from tests.factories import (
    ContactFactory,
    MatchingOrderFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)
from tests.placements.lives import IDENTITY, deeds_of, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 20)


@pytest.fixture
def places(agency):
    return PlacementFactory.create_batch(2, agency=agency)


@pytest.fixture
def order(places, office):
    return MatchingOrderFactory(places=places, office=office)


# Changed


def test_what_it_says_is_changed(order, agency, coordinator):
    tutor = ContactFactory(agency=agency)
    lifecycle.supplement(order, by=coordinator, expects="Att någon ringer", tutor=tutor)
    order.refresh_from_db()
    assert (order.expects, order.tutor, order.duties) == ("Att någon ringer", tutor, "Arkiv och registrering")
    assert order.history.first().history_user == coordinator


def test_another_day_for_the_answer_is_the_places_next_day(order, places, coordinator):
    lifecycle.supplement(order, by=coordinator, answer_by=date(2019, 1, 18))
    order.refresh_from_db()
    assert order.answer_by == date(2019, 1, 18)
    for place in places:
        assert step_of(place) == ("Svar från Arbetsförmedlingen Sollefteå", date(2019, 1, 18))


def test_a_step_that_somebody_chose_stays_when_only_words_are_changed(order, places, coordinator):
    lifecycle.plan(places[0], by=coordinator, what="Ring chefen", due_on=date(2019, 1, 3))
    lifecycle.supplement(order, by=coordinator, expects="Att någon ringer")
    assert step_of(places[0]) == ("Ring chefen", date(2019, 1, 3))


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ({"duties": ""}, "Arbetsuppgifter: "),
        ({"swedish": "flytande"}, "Svenska: "),
        ({"expects": f"Att {IDENTITY} kommer"}, "personnummer"),
        ({"answer_by": date(2018, 12, 9)}, "Svar senast 2018-12-09 kan inte vara före"),
    ],
)
def test_what_order_refuses_is_refused_here_too(order, coordinator, profile, words):
    with refused(words):
        lifecycle.supplement(order, by=coordinator, **profile)


def test_the_tutor_is_the_agency_s_and_there(order, agency, coordinator):
    stranger, gone = ContactFactory(), ContactFactory(agency=agency, name="Gun Borta", left_on=date(2018, 12, 31))
    with refused("hör till en annan myndighet"):
        lifecycle.supplement(order, by=coordinator, tutor=stranger)
    with refused("Gun Borta slutade 2018-12-31"):
        lifecycle.supplement(order, by=coordinator, tutor=gone)


def test_a_tutor_who_has_left_since_stays_named(agency, places, coordinator):
    order = MatchingOrderFactory(places=places, tutor=ContactFactory(agency=agency, left_on=date(2018, 12, 15)))
    lifecycle.supplement(order, by=coordinator, expects="Att någon ringer")
    assert MatchingOrder.objects.get().expects == "Att någon ringer"


# Recalled


def test_its_places_are_without_one_again(order, places, coordinator):
    lifecycle.recall(order, by=coordinator, on=ON)
    order.refresh_from_db()
    assert order.recalled_on == ON
    assert order.history.first().history_user == coordinator
    for place in places:
        assert Placement.objects.get(pk=place.pk).order is None
        assert step_of(place) == ("Beställ matchning", date(2019, 1, 3))
        assert deeds_of(place) == [(Verb.RECALL, ON, coordinator)]
        assert place.deeds.get().order == order


def test_places_that_have_started_keep_it(order, places, coordinator, newly_arrived):
    days = {"started_on": ON, "planned_end": date(2019, 5, 31)}
    lifecycle.start(places[0], by=coordinator, target_group=newly_arrived, sex="man", **days)
    lifecycle.recall(order, by=coordinator, on=ON)
    assert [Placement.objects.get(pk=place.pk).order for place in places] == [order, None]


@pytest.mark.parametrize("day", [date(2018, 12, 10), date(2018, 12, 31)])
def test_the_first_and_the_last_day(order, coordinator, day):
    assert lifecycle.recall(order, by=coordinator, on=day).recalled_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 12, 9), "Återtagandet 2018-12-09 kan inte vara före ordern 2018-12-10."),
        (date(2019, 1, 1), "Återtagandet kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(order, coordinator, day, words):
    with refused(words):
        lifecycle.recall(order, by=coordinator, on=day)


# An order that nobody waits for


def act(order, verb, by, answer):
    calls = {
        "recall": lambda: lifecycle.recall(order, by=by, on=ON),
        "supplement": lambda: lifecycle.supplement(order, by=by, expects="Mer"),
        "answer": lambda: lifecycle.answer(order, by=by, office=order.office, on=ON, kind="none_now", text=""),
        "flag": lambda: lifecycle.flag_hard(order, by=by, on=ON, requirement="licence"),
        "unflag": lambda: lifecycle.unflag(order, by=by),
        "reply": lambda: lifecycle.reply(answer, by=by, on=ON, text="Ja"),
        "take_back_answer": lambda: lifecycle.take_back_answer(answer, by=by, on=ON),
    }
    return calls[verb]()


VERBS = ("recall", "supplement", "answer", "flag", "unflag", "reply", "take_back_answer")


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_more_is_done_with_a_recalled_order(order, coordinator, verb):
    answer = OrderAnswerFactory(order=order, kind=AnswerKind.MORE_INFORMATION, text="När?")
    lifecycle.recall(order, by=coordinator, on=ON)
    with refused("Ordern är återtagen sedan 2018-12-20."):
        act(order, verb, coordinator, answer)


@pytest.mark.parametrize("make", [ongoing_place, ended_place, withdrawn_place])
@pytest.mark.parametrize("verb", VERBS)
def test_nothing_more_is_done_with_an_order_whose_places_are_not_agreed(coordinator, verb, make):
    order = MatchingOrderFactory()
    answer = OrderAnswerFactory(order=order, kind=AnswerKind.MORE_INFORMATION, text="När?")
    Placement.objects.filter(pk=make(agency=order.agency).pk).update(order=order)
    with refused("Ingen av orderns platser väntar längre på någon."):
        act(order, verb, coordinator, answer)
