"""An office answers an order; the coordinator replies to its question; an answer given by mistake goes."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import AnswerKind, Requirement
from placements.lifecycle import NotYours
from placements.models import Deed, MatchingOrder, OrderAnswer, Placement
from praktik.accounts.roles import Role
from tests.factories import MatchingOrderFactory, OfficeFactory, OrderAnswerFactory, PlacementFactory, UserFactory
from tests.placements.lives import IDENTITY, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 17)


@pytest.fixture
def places(agency):
    return PlacementFactory.create_batch(2, agency=agency)


@pytest.fixture
def order(places, office):
    """Sent on 2018-12-10; an answer is awaited on 2019-01-07."""
    return MatchingOrderFactory(places=places, office=office)


@pytest.fixture
def neighbour():
    """Another office, with an officer and an order of its own."""
    office = OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[UserFactory(role=Role.CASE_OFFICER)])
    MatchingOrderFactory(places=[PlacementFactory()], office=office)
    return office


@pytest.fixture
def answer(order, office, own_officer):
    """Answer with plausible arguments, and with what a test says instead."""

    def answered(**said):
        given = {"by": own_officer, "office": office, "on": ON, "kind": AnswerKind.CANDIDATE, "text": ""}
        return lifecycle.answer(said.pop("order", order), **given | said)

    return answered


def flag(order, on=date(2018, 12, 15)):
    MatchingOrder.objects.filter(pk=order.pk).update(hard_since=on, blocked_by=Requirement.LICENCE)


# Answered


def test_an_answer_is_stored_as_it_is_said(answer, order, office, own_officer):
    given = OrderAnswer.objects.get(pk=answer(text=" Vi har någon. ").pk)
    assert (given.order, given.office, given.by, given.on) == (order, office, own_officer, ON)
    assert (given.kind, given.text, given.reply, given.replied_on) == (AnswerKind.CANDIDATE, "Vi har någon.", "", None)
    entry = given.history.get()
    assert (entry.history_type, entry.history_user) == ("+", own_officer)
    assert not Deed.objects.exists()


@pytest.mark.parametrize(
    ("kind", "step", "day"),
    [
        (AnswerKind.CANDIDATE, "Starta platsen", date(2019, 1, 14)),
        (AnswerKind.NONE_NOW, "Fråga ett annat kontor, eller vänta", date(2018, 12, 31)),
        (AnswerKind.MORE_INFORMATION, "Svara på frågan från Arbetsförmedlingen Sollefteå", date(2018, 12, 24)),
    ],
)
def test_each_kind_of_answer_leads_on(answer, places, own_officer, kind, step, day):
    answer(kind=kind, text="Har vi funderat på.")
    for place in places:
        assert step_of(place) == (step, day)
        assert place.history.first().history_user == own_officer


def test_a_place_that_should_have_started_is_to_be_started_at_once(answer, order):
    Placement.objects.update(planned_start=date(2018, 12, 14))
    answer()
    assert set(Placement.objects.filter(order=order).values_list("next_on", flat=True)) == {ON}


def test_the_latest_answer_counts_also_of_one_day(answer, places):
    answer(kind=AnswerKind.NONE_NOW)
    answer(kind=AnswerKind.CANDIDATE)
    assert step_of(places[0])[0] == "Starta platsen"


def test_the_coordinator_writes_down_what_an_office_said(answer, coordinator, office):
    given = answer(by=coordinator)
    assert (given.office, given.by) == (office, coordinator)


@pytest.mark.parametrize("day", [date(2018, 12, 10), date(2018, 12, 31)])
def test_the_first_and_the_last_day(answer, day):
    assert answer(on=day).on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 12, 9), "Svaret 2018-12-09 kan inte vara före ordern 2018-12-10."),
        (date(2019, 1, 1), "Svaret kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(answer, day, words):
    with refused(words):
        answer(on=day)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "kanske"}, "Svaret: välj något av det som visas."),
        ({"kind": ""}, "Svaret: välj något av det som visas."),
        ({"kind": AnswerKind.MORE_INFORMATION, "text": " "}, "Frågan till koordinatorn behövs."),
        ({"text": f"Vi tänker på {IDENTITY}"}, "personnummer"),
        ({"text": "å" * 2001}, "Högst 2000"),
    ],
)
def test_an_answer_that_does_not_do_is_refused(answer, said, words):
    with refused(words):
        answer(**said)


def test_an_office_that_is_closed_answers_nothing(answer, office):
    office.closed_on = ON
    office.save()
    with refused("Arbetsförmedlingen Sollefteå är stängt sedan 2018-12-17."):
        answer()
    answer(on=date(2018, 12, 16))


def test_an_order_that_is_not_hard_is_its_own_office_s(answer, neighbour):
    stranger = neighbour.officers.get()
    with refused("Ordern är skickad till Arbetsförmedlingen Sollefteå.", error=NotYours):
        answer(by=stranger, office=neighbour)
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        answer(by=stranger)


def test_not_even_the_coordinator_lets_another_office_answer_it(answer, coordinator, neighbour):
    with refused("Andra kontor svarar när den är svårmatchad."):
        answer(by=coordinator, office=neighbour)


def test_an_order_that_is_hard_is_answered_by_every_office(answer, order, neighbour, places):
    flag(order)
    before = [step_of(place) for place in places]
    given = answer(by=neighbour.officers.get(), office=neighbour, kind=AnswerKind.NONE_NOW)
    assert list(order.answers.all()) == [given]
    # It is still the own office's answer that the order waits for.
    assert [step_of(place) for place in places] == before


def test_somebody_whom_another_office_proposes_is_to_be_started(answer, order, neighbour, places):
    flag(order)
    given = answer(by=neighbour.officers.get(), office=neighbour)
    answer(kind=AnswerKind.NONE_NOW)
    for place in places:
        assert step_of(place) == ("Starta platsen", date(2019, 1, 14))
    lifecycle.take_back_answer(given, by=neighbour.officers.get(), on=ON)
    assert step_of(places[0])[0] == "Fråga ett annat kontor, eller vänta"


def test_an_office_that_takes_its_candidate_back_has_none(answer, order, neighbour, places):
    flag(order)
    for kind in (AnswerKind.CANDIDATE, AnswerKind.NONE_NOW):
        answer(by=neighbour.officers.get(), office=neighbour, kind=kind)
    assert step_of(places[0]) == ("Svar från Arbetsförmedlingen Sollefteå", date(2019, 1, 7))


def test_before_it_was_hard_no_other_office_could_answer(answer, order, neighbour):
    flag(order)
    with refused("Ordern är skickad till", error=NotYours):
        answer(by=neighbour.officers.get(), office=neighbour, on=date(2018, 12, 14))
    answer(by=neighbour.officers.get(), office=neighbour, on=date(2018, 12, 15))


def test_nobody_answers_in_another_office_s_name(answer, order, neighbour, own_officer):
    flag(order)
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        answer(by=own_officer, office=neighbour)


# Replied to


@pytest.fixture
def question(answer):
    return answer(kind=AnswerKind.MORE_INFORMATION, text="När börjar dagen?")


def test_a_reply_makes_the_order_wait_for_its_office_again(question, coordinator, places):
    lifecycle.reply(question, by=coordinator, on=date(2018, 12, 19), text=" Klockan åtta. ")
    question.refresh_from_db()
    assert (question.reply, question.replied_on) == ("Klockan åtta.", date(2018, 12, 19))
    assert question.history.first().history_user == coordinator
    assert step_of(places[0]) == ("Svar från Arbetsförmedlingen Sollefteå", date(2019, 1, 7))


def test_after_a_late_reply_the_office_has_as_many_days_as_for_a_new_order(question, order, coordinator, places):
    MatchingOrder.objects.update(answer_by=date(2018, 12, 20))
    lifecycle.reply(question, by=coordinator, on=date(2018, 12, 30), text="Klockan åtta.")
    order.refresh_from_db()
    assert step_of(places[0])[1] == order.answer_by == date(2019, 1, 13)
    assert order.history.first().history_user == coordinator


@pytest.mark.parametrize("day", [date(2018, 12, 20), date(2019, 1, 31)])
def test_with_the_reply_another_day_may_be_set(question, coordinator, places, day):
    lifecycle.reply(question, by=coordinator, on=date(2018, 12, 20), text="Klockan åtta.", answer_by=day)
    assert step_of(places[0]) == ("Svar från Arbetsförmedlingen Sollefteå", day)
    assert MatchingOrder.objects.get(pk=question.order_id).answer_by == day


def test_a_day_before_the_reply_is_refused(question, coordinator):
    with refused("Svar senast 2018-12-19 kan inte vara före"):
        days = {"on": date(2018, 12, 20), "answer_by": date(2018, 12, 19)}
        lifecycle.reply(question, by=coordinator, text="Klockan åtta.", **days)


def test_a_reply_to_another_office_leaves_the_order_where_it_stands(order, answer, coordinator, neighbour, places):
    flag(order)
    asked = answer(
        by=neighbour.officers.get(), office=neighbour, kind=AnswerKind.MORE_INFORMATION, text="När börjar dagen?"
    )
    answer(kind=AnswerKind.NONE_NOW)
    lifecycle.reply(asked, by=coordinator, on=ON, text="Klockan åtta.")
    assert step_of(places[0])[0] == "Fråga ett annat kontor, eller vänta"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"on": date(2018, 12, 16)}, "Svaret 2018-12-16 kan inte vara före frågan 2018-12-17."),
        ({"on": date(2019, 1, 1)}, "dagen har inte varit än"),
        ({"text": " "}, "Svaret behövs."),
        ({"text": IDENTITY}, "personnummer"),
    ],
)
def test_a_reply_that_does_not_do_is_refused(question, coordinator, said, words):
    with refused(words):
        lifecycle.reply(question, **{"by": coordinator, "on": ON, "text": "Klockan åtta."} | said)


def test_one_replies_once(question, coordinator):
    lifecycle.reply(question, by=coordinator, on=ON, text="Klockan åtta.")
    with refused("Det finns ingen obesvarad fråga här."):
        lifecycle.reply(question, by=coordinator, on=ON, text="Klockan nio.")


def test_only_a_question_is_replied_to(answer, coordinator):
    given = answer()
    with refused("Det finns ingen obesvarad fråga här."):
        lifecycle.reply(given, by=coordinator, on=ON, text="Tack!")


# Taken back


def test_an_answer_by_mistake_goes_and_the_one_before_counts(answer, order, places, own_officer):
    first = answer(kind=AnswerKind.NONE_NOW)
    second = answer(kind=AnswerKind.CANDIDATE)
    lifecycle.take_back_answer(second, by=own_officer, on=ON)
    assert list(order.answers.all()) == [first]
    assert step_of(places[0])[0] == "Fråga ett annat kontor, eller vänta"
    last = OrderAnswer.history.filter(id=second.pk).first()
    assert (last.history_type, last.history_user) == ("-", own_officer)


def test_without_any_answer_the_order_waits_again(answer, places, coordinator):
    lifecycle.take_back_answer(answer(), by=coordinator, on=ON)
    assert step_of(places[0]) == ("Svar från Arbetsförmedlingen Sollefteå", date(2019, 1, 7))


def test_an_answer_that_was_replied_to_stays(question, coordinator, own_officer):
    lifecycle.reply(question, by=coordinator, on=ON, text="Klockan åtta.")
    with refused("Koordinatorn har redan svarat på frågan."):
        lifecycle.take_back_answer(question, by=own_officer, on=ON)


def test_an_answer_that_is_not_the_latest_stays(answer, own_officer):
    first = answer()
    answer()
    with refused("Kontoret har svarat igen efter det."):
        lifecycle.take_back_answer(first, by=own_officer, on=ON)


def test_an_answer_is_taken_back_by_its_own_office_only(order, answer, neighbour, own_officer):
    flag(order)
    own = answer()
    theirs = OrderAnswerFactory(order=order, office=neighbour)
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        lifecycle.take_back_answer(theirs, by=own_officer, on=ON)
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        lifecycle.take_back_answer(own, by=neighbour.officers.get(), on=ON)
    # Another office's later answer does not keep one's own.
    lifecycle.take_back_answer(own, by=own_officer, on=ON)


def test_an_answer_is_taken_back_once(answer, own_officer):
    given = answer()
    lifecycle.take_back_answer(given, by=own_officer, on=ON)
    with refused("Svaret finns inte längre. Läs om sidan."):
        lifecycle.take_back_answer(given, by=own_officer, on=ON)
