"""The latest step is taken back: the row says what it said before, and what the step made is gone."""

from datetime import date

import pytest

from agencies import lifecycle as agencies
from placements import lifecycle
from placements.choices import AnswerKind, FollowUp, Outcome, Requirement, Sex, State, Verb
from placements.lifecycle import LifecycleError, NotYours
from placements.lifecycle.undoing import latest, undo_act
from placements.models import Confirmation, Deed, Extension, Handover, MatchingOrder, Placement
from praktik.accounts.roles import Role
from tests.factories import (
    ContactFactory,
    OfficeFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)
from tests.placements.lives import as_stored, deeds_of, lived, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 20)
LATER = date(2018, 12, 27)


@pytest.fixture
def place(agency, coordinator):
    return lived(
        State.AGREED, by=coordinator, agency=agency, agreed_on=date(2018, 12, 3), planned_start=date(2019, 1, 14)
    )


@pytest.fixture
def handover(place, coordinator, office):
    return lifecycle.hand_over([place], by=coordinator, office=office, on=ON, note="")[0]


def order(places, by, office, on=ON):
    return lifecycle.order(places, by=by, office=office, sent_on=on, profile="Arkiv")


def undo(place, by):
    """Undo, and look that the step stands no longer, with its day and its user."""
    done = latest(place)
    lifecycle.undo(place, by=by)
    done.refresh_from_db()
    assert (done.undone_on, done.undone_by) == (date(2018, 12, 31), by)
    assert done not in Deed.objects.standing()
    assert place.history.first().history_user == by


# Verb by verb


def test_a_confirmation(place, agency, coordinator):
    before = as_stored(place)
    lifecycle.confirm(place, by=coordinator, on=ON, contact=ContactFactory(agency=agency))
    assert as_stored(place) != before
    undo(place, coordinator)
    assert as_stored(place) == before
    assert not Confirmation.objects.exists()
    assert Confirmation.history.first().history_user == coordinator


def test_a_confirmation_by_a_successor_gives_the_one_who_left_back(agency, coordinator, today):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 15))
    place = PlacementFactory(agency=agency, contact=gone)
    lifecycle.confirm(place, by=coordinator, on=ON, contact=ContactFactory(agency=agency))
    undo(place, coordinator)
    assert list(Placement.objects.to_confirm(on=today)) == [place]


def test_a_withdrawal(place, coordinator):
    before = as_stored(place)
    lifecycle.withdraw(place, by=coordinator, on=ON, reason="Ny chef")
    undo(place, coordinator)
    assert as_stored(place) == before
    assert before["next_step"] == "Beställ matchning"


def test_an_order(place, coordinator, office):
    before = as_stored(place)
    sent = order([place], coordinator, office)
    undo(place, coordinator)
    assert as_stored(place) == before
    assert not MatchingOrder.objects.exists()
    assert MatchingOrder.history.filter(id=sent.pk).first().history_user == coordinator


def test_an_order_that_replaced_another(place, coordinator, office):
    first = order([place], coordinator, office)
    before = as_stored(place)
    order([place], coordinator, OfficeFactory(), LATER)
    undo(place, coordinator)
    assert as_stored(place) == before
    assert list(MatchingOrder.objects.all()) == [first]


def test_a_recall(place, coordinator, office):
    sent = order([place], coordinator, office)
    before = as_stored(place)
    lifecycle.recall(sent, by=coordinator, on=LATER)
    undo(place, coordinator)
    assert as_stored(place) == before
    sent.refresh_from_db()
    assert sent.recalled_on is None
    assert sent.history.first().history_user == coordinator


def test_a_handover(place, handover, coordinator):
    assert Handover.objects.waiting().exists()
    undo(place, coordinator)
    place.refresh_from_db()
    assert not Handover.objects.exists()
    assert (place.next_step, place.next_on) == ("Beställ matchning", date(2018, 12, 17))


def test_what_was_accepted(place, handover, own_officer):
    before = as_stored(place)
    lifecycle.accept_handover(handover, by=own_officer, on=LATER)
    undo(place, own_officer)
    assert as_stored(place) == before
    assert list(Handover.objects.waiting()) == [handover]
    assert handover.history.first().history_user == own_officer


def test_what_was_returned(place, handover, own_officer):
    before = as_stored(place)
    lifecycle.return_handover(handover, by=own_officer, on=LATER, reason="För långt bort")
    undo(place, own_officer)
    assert as_stored(place) == before
    handover.refresh_from_db()
    assert (handover.returned_on, handover.reason, handover.waits) == (None, "", True)


def test_a_return_is_the_returning_office_s_to_undo(coordinator, office, own_officer):
    keeper = UserFactory(role=Role.CASE_OFFICER)
    place = PlacementFactory(office=OfficeFactory(officers=[keeper]))
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=ON, note="")
    lifecycle.return_handover(handover, by=own_officer, on=LATER, reason="För långt bort")
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        lifecycle.undo(place, by=keeper)


def test_what_was_taken_back(coordinator, office):
    place = PlacementFactory(office=office)
    before = as_stored(place)
    lifecycle.take_back(place, by=coordinator, on=ON)
    undo(place, coordinator)
    assert as_stored(place) == before
    assert Placement.objects.get().office == office


def test_an_offer_that_was_taken_back(place, handover, coordinator):
    before = as_stored(place)
    lifecycle.take_back(place, by=coordinator, on=LATER)
    assert not Handover.objects.waiting().exists()
    undo(place, coordinator)
    assert as_stored(place) == before
    assert list(Handover.objects.waiting()) == [handover]


def test_a_start(place, coordinator, newly_arrived):
    before = as_stored(place)
    days = {"started_on": ON, "planned_end": date(2019, 5, 31)}
    lifecycle.start(place, by=coordinator, target_group=newly_arrived, sex=Sex.MAN, **days)
    undo(place, coordinator)
    assert as_stored(place) == before


def test_extensions_one_after_the_other(coordinator):
    place = ongoing_place(programme=programme("MBJ"))
    rows = [as_stored(place)]
    for month in (3, 4):
        days = {"decided_on": ON, "new_end": date(2019, month, 28)}
        lifecycle.extend(place, by=coordinator, reason="Det går bra.", **days)
        rows.append(as_stored(place))
    for number in (1, 0):
        undo(place, coordinator)
        assert as_stored(place) == rows[number]
        assert Extension.objects.count() == number


@pytest.mark.parametrize(
    ("outcome", "more"),
    [
        (Outcome.STUDIES, {}),
        (Outcome.SAME_AGENCY, {"subsidised": False, "employed_until": date(2019, 6, 30)}),
        (Outcome.ELSEWHERE, {"subsidised": True}),
    ],
)
def test_an_end(coordinator, outcome, more):
    place = ongoing_place()
    before = as_stored(place)
    lifecycle.end(place, by=coordinator, ended_on=ON, outcome=outcome, **more)
    undo(place, coordinator)
    assert as_stored(place) == before


@pytest.mark.parametrize(("found", "subsidised"), [(FollowUp.NONE, None), (FollowUp.WORK, False)])
def test_a_follow_up(coordinator, found, subsidised):
    place = ended_place()
    before = as_stored(place)
    lifecycle.follow_up(place, by=coordinator, on=ON, outcome=found, subsidised=subsidised)
    undo(place, coordinator)
    assert as_stored(place) == before


def test_an_agreement_goes_with_the_place(place, coordinator):
    lifecycle.undo(place, by=coordinator)
    assert not Placement.objects.exists()
    assert not Deed.objects.exists()
    last = Placement.history.filter(id=place.pk).first()
    assert (last.history_type, last.history_user) == ("-", coordinator)


def test_the_other_places_of_an_agreement_stay(agency, pis, coordinator):
    days = {"agreed_on": ON, "planned_start": LATER}
    made = lifecycle.agree(agency=agency, programme=pis, by=coordinator, places=3, **days)
    lifecycle.undo(made[1], by=coordinator)
    assert set(Placement.objects.all()) == {made[0], made[2]}


def test_a_whole_life_is_taken_back_step_by_step(place, agency, coordinator, office, own_officer, newly_arrived):
    """Every step there is, and then every step back, until the place was never agreed."""
    rows = []

    def did(done):
        rows.append((before, by))

    for step in range(10):
        before, by = as_stored(place), coordinator
        if step == 0:
            did(lifecycle.confirm(place, by=by, on=ON, contact=ContactFactory(agency=agency)))
        elif step in (1, 3):
            did(order([place], by, office))
        elif step == 2:
            did(lifecycle.recall(MatchingOrder.objects.get(), by=by, on=ON))
        elif step in (4, 6):
            did(lifecycle.hand_over([place], by=by, office=office, on=ON, note=""))
        elif step == 5:
            by = own_officer
            did(lifecycle.return_handover(place.handovers.get(), by=by, on=ON, reason="Nej"))
        elif step == 7:
            by = own_officer
            did(lifecycle.accept_handover(place.handovers.waiting().get(), by=by, on=ON))
        elif step == 8:
            days = {"started_on": ON, "planned_end": ON}
            did(lifecycle.start(place, by=by, target_group=newly_arrived, sex=Sex.MAN, **days))
        else:
            did(lifecycle.end(place, by=by, ended_on=ON, outcome=Outcome.STUDIES))
    for before, by in reversed(rows):
        undo(place, by)
        assert as_stored(place) == before
    lifecycle.undo(place, by=coordinator)
    assert not Placement.objects.exists()
    assert not Handover.objects.exists()
    assert not MatchingOrder.objects.exists()


def test_a_step_that_was_chosen_in_between_is_no_step_of_its_own(place, coordinator):
    lifecycle.withdraw(place, by=coordinator, on=ON, reason="Ny chef")
    undo(place, coordinator)
    lifecycle.plan(place, by=coordinator, what="Ring", due_on=LATER.replace(day=31))
    before = as_stored(place)
    lifecycle.withdraw(place, by=coordinator, on=ON, reason="Ny chef")
    undo(place, coordinator)
    assert as_stored(place) == before
    assert before["next_step"] == "Ring"


# An order for several places


@pytest.fixture
def two(agency, pis, coordinator):
    days = {"agreed_on": date(2018, 12, 3), "planned_start": date(2019, 1, 14)}
    return lifecycle.agree(agency=agency, programme=pis, by=coordinator, places=2, **days)


def orders_of(places):
    return [Placement.objects.get(pk=place.pk).order for place in places]


def test_an_order_stays_until_it_is_undone_for_the_last_of_its_places(two, coordinator, office):
    sent = order(two, coordinator, office)
    undo(two[0], coordinator)
    assert orders_of(two) == [None, sent]
    undo(two[1], coordinator)
    assert not MatchingOrder.objects.exists()


def test_an_order_that_another_place_may_come_back_to_stays(two, coordinator, office):
    first = order(two, coordinator, office)
    order(two[:1], coordinator, OfficeFactory(), LATER)
    undo(two[1], coordinator)
    undo(two[0], coordinator)
    assert orders_of(two) == [first, None]
    undo(two[0], coordinator)
    assert not MatchingOrder.objects.exists()


def test_a_recalled_order_that_another_place_may_come_back_to_stays(two, coordinator, office):
    sent = order(two, coordinator, office)
    lifecycle.recall(sent, by=coordinator, on=LATER)
    undo(two[0], coordinator)
    undo(two[0], coordinator)
    undo(two[1], coordinator)
    assert orders_of(two) == [None, sent]


@pytest.fixture
def started(two, coordinator, newly_arrived):
    """Somebody is in the first of the two places, which both had an order."""
    office = OfficeFactory()
    sent = order(two, coordinator, office)
    days = {"started_on": ON, "planned_end": date(2019, 5, 31)}
    lifecycle.start(two[0], by=coordinator, target_group=newly_arrived, sex=Sex.MAN, **days)
    return sent


def test_an_order_that_was_recalled_meanwhile_does_not_come_back(two, started, coordinator):
    lifecycle.recall(started, by=coordinator, on=LATER)
    undo(two[0], coordinator)
    place = Placement.objects.get(pk=two[0].pk)
    assert (place.stands(), place.order) == (State.AGREED, None)
    assert (place.next_step, place.next_on) == ("Beställ matchning", date(2019, 1, 14))


def test_what_has_started_keeps_its_recalled_order(two, started, coordinator):
    lifecycle.recall(started, by=coordinator, on=LATER)
    lifecycle.end(two[0], by=coordinator, ended_on=LATER, outcome=Outcome.STUDIES)
    undo(two[0], coordinator)
    assert orders_of(two) == [started, None]


# Refused


def test_a_place_that_nothing_was_done_to(coordinator):
    place = PlacementFactory()
    with refused("Det finns inget att ångra."):
        lifecycle.undo(place, by=coordinator)


def test_an_answered_order_is_not_undone(place, coordinator, office, own_officer):
    sent = order([place], coordinator, office)
    lifecycle.answer(sent, by=own_officer, office=office, on=LATER, kind=AnswerKind.NONE_NOW, text="")
    with refused("Ordern är besvarad eller märkt som svårmatchad. Återta den i stället för att ångra."):
        lifecycle.undo(place, by=coordinator)


def test_an_order_marked_as_hard_is_not_undone(place, coordinator, office):
    sent = order([place], coordinator, office)
    lifecycle.flag_hard(sent, by=coordinator, on=LATER, requirement=Requirement.LICENCE)
    with refused("Ordern är besvarad eller märkt som svårmatchad."):
        lifecycle.undo(place, by=coordinator)
    lifecycle.unflag(sent, by=coordinator)
    undo(place, coordinator)
    assert not MatchingOrder.objects.exists()


def test_a_handover_that_was_asked_about_is_not_undone(place, handover, coordinator, own_officer):
    lifecycle.ask_about(handover, by=own_officer, on=LATER, text="Finns det buss?")
    with refused("Kontoret har frågat om överlämningen. Ta tillbaka den i stället för att ångra."):
        lifecycle.undo(place, by=coordinator)


@pytest.mark.parametrize("make", [State.WITHDRAWN, State.ENDED])
def test_a_place_of_an_archived_agency_is_not_opened_by_undoing(make, agency, coordinator, today):
    place = lived(make, by=coordinator, agency=agency)
    agencies.archive(agency, on=today)
    with refused("Trafikverket är arkiverad. Återställ myndigheten först."):
        lifecycle.undo(place, by=coordinator)
    agencies.restore(agency)
    undo(place, coordinator)


def test_what_came_meanwhile_is_the_next_step(place, coordinator, office, own_officer):
    """An answer while a handover waited: the handover undone, it is that which comes next, not what stood before."""
    sent = order([place], coordinator, office)
    lifecycle.hand_over([place], by=coordinator, office=office, on=ON, note="")
    lifecycle.answer(sent, by=own_officer, office=office, on=LATER, kind=AnswerKind.CANDIDATE, text="")
    undo(place, coordinator)
    assert Placement.objects.get().next_step == "Starta platsen"


def test_what_somebody_chose_comes_back_when_nothing_else_came(place, coordinator, office):
    lifecycle.plan(place, by=coordinator, what="Ring chefen", due_on=date(2019, 1, 8))
    before = as_stored(place)
    lifecycle.hand_over([place], by=coordinator, office=office, on=ON, note="")
    undo(place, coordinator)
    assert as_stored(place) == before


def test_a_start_that_another_place_follows_is_not_undone(coordinator, mbj, newly_arrived, place):
    days = {"started_on": ON, "planned_end": date(2019, 5, 31)}
    started = lifecycle.start(place, by=coordinator, target_group=newly_arrived, sex=Sex.MAN, **days)
    PlacementFactory(programme=mbj, follows=started)
    with refused("En annan plats följer på den här. Starten kan inte ångras."):
        lifecycle.undo(place, by=coordinator)


def test_only_the_step_that_was_seen_is_undone(place, coordinator, office):
    seen = latest(place)
    order([place], coordinator, office)
    with refused("Något mer har hänt med platsen sedan dess. Läs om sidan."):
        lifecycle.undo(place, by=coordinator, step=seen.pk)
    lifecycle.undo(place, by=coordinator, step=latest(place).pk)
    assert [verb for verb, _, _ in deeds_of(place)] == [Verb.AGREE]


def test_what_was_undone_is_not_undone_again(place, coordinator):
    lifecycle.withdraw(place, by=coordinator, on=ON, reason="Ny chef")
    step = latest(place).pk
    lifecycle.undo(place, by=coordinator, step=step)
    with refused("Något mer har hänt"):
        lifecycle.undo(place, by=coordinator, step=step)


def test_a_place_that_is_gone(place, coordinator):
    lifecycle.undo(place, by=coordinator)
    with pytest.raises(LifecycleError, match="Platsen finns inte längre"):
        lifecycle.undo(place, by=coordinator)


# All that one call did


def test_an_agreement_of_many_places_is_undone_at_once(agency, pis, coordinator):
    days = {"agreed_on": ON, "planned_start": LATER}
    made = lifecycle.agree(agency=agency, programme=pis, by=coordinator, places=3, **days)
    other = lived(State.AGREED, by=coordinator)
    assert undo_act(latest(made[0]).act, by=coordinator) == 3
    assert list(Placement.objects.all()) == [other]


def test_an_order_of_many_places_is_undone_at_once(two, coordinator, office):
    rows = [as_stored(place) for place in two]
    order(two, coordinator, office)
    assert undo_act(latest(two[0]).act, by=coordinator) == 2
    assert [as_stored(place) for place in two] == rows
    assert not MatchingOrder.objects.exists()


def test_a_handover_of_many_places_is_undone_at_once(two, coordinator, office):
    rows = [as_stored(place) for place in two]
    lifecycle.hand_over(two, by=coordinator, office=office, on=ON, note="")
    assert undo_act(latest(two[1]).act, by=coordinator) == 2
    assert [as_stored(place) for place in two] == rows
    assert not Handover.objects.exists()


def test_all_or_none(two, coordinator, office, own_officer):
    made = lifecycle.hand_over(two, by=coordinator, office=office, on=ON, note="")
    act = latest(two[0]).act
    lifecycle.accept_handover(made[0], by=own_officer, on=LATER)
    with refused("Något mer har hänt med platsen sedan dess."):
        undo_act(act, by=coordinator)


def test_nobody_else_undoes_it(two, own_officer):
    act = latest(two[0]).act
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        undo_act(act, by=own_officer)


def test_what_has_been_undone_is_not_undone_at_once_again(two, coordinator):
    act = latest(two[0]).act
    undo_act(act, by=coordinator)
    with refused("Det finns inget att ångra."):
        undo_act(act, by=coordinator)


def test_a_withdrawn_place_is_the_coordinator_s_to_undo(coordinator, office, own_officer):
    place = lived(State.AGREED, by=coordinator)
    Placement.objects.filter(pk=place.pk).update(office=office)
    lifecycle.withdraw(place, by=coordinator, on=ON, reason="Ny chef")
    with refused("Det här gör bara en koordinator.", error=NotYours):
        lifecycle.undo(place, by=own_officer)
    assert not withdrawn_place().deeds.exists()
