"""Two who do something at the same moment, each on a connection of their own: one wins, the other is told."""

from datetime import date

import pytest

from agencies import lifecycle as agencies
from agencies.models import Agency
from placements import lifecycle
from placements.choices import AnswerKind, Outcome, Sex, State
from placements.lifecycle import LifecycleError
from placements.models import Deed, Extension, Handover, MatchingOrder, OrderAnswer, Placement
from praktik.accounts.roles import Role
from tests.factories import (
    HandoverFactory,
    MatchingOrderFactory,
    OfficeFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    programme,
)
from tests.placements.lives import lived, refused, rows, together

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2018, 12, 20)
PLACES, ORDERS = "placements_placement", "placements_matchingorder"


@pytest.fixture
def colleague(office):
    officer = UserFactory(role=Role.CASE_OFFICER)
    office.officers.add(officer)
    return officer


def won_and_told(answers):
    """(what the one who won was given, what the other was told)."""
    [told] = [str(each) for each in answers if isinstance(each, LifecycleError)]
    [won] = [each for each in answers if not isinstance(each, LifecycleError)]
    return won, told


def test_two_officers_start_a_place(office, own_officer, colleague, newly_arrived):
    place = PlacementFactory(office=office)
    days = {"started_on": ON, "planned_end": date(2019, 5, 31)}

    def start(by, sex):
        return lambda: lifecycle.start(place, by=by, target_group=newly_arrived, sex=sex, **days)

    won, told = won_and_told(together(start(own_officer, Sex.WOMAN), start(colleague, Sex.MAN)))
    assert told == "Platsen startade redan 2018-12-20."
    place.refresh_from_db()
    assert (place.sex, place.started_on) == (won.sex, ON)
    assert Deed.objects.count() == 1
    assert place.history.count() == 2


def test_two_officers_extend_from_the_same_end(office, own_officer, colleague):
    place = ongoing_place(programme=programme("MBJ"), office=office)

    def extend(by, month):
        until = date(2019, month, 31)
        return lambda: lifecycle.extend(place, by=by, decided_on=ON, new_end=until, reason="")

    answers = together(extend(own_officer, 5), extend(colleague, 5))
    won, told = won_and_told(answers)
    assert told == "Platsen går redan till 2019-05-31. En förlängning slutar senare."
    assert list(Extension.objects.all()) == [won]


def test_two_extensions_at_once_follow_one_another(office, own_officer, colleague):
    place = ongoing_place(programme=programme("MBJ"), office=office)

    def extend(by, month):
        until = date(2019, month, 31)
        return lambda: lifecycle.extend(place, by=by, decided_on=ON, new_end=until, reason="")

    together(extend(own_officer, 5), extend(colleague, 8))
    place.refresh_from_db()
    ends = [date(2019, 2, 28), *Extension.objects.order_by("new_end").values_list("new_end", flat=True)]
    assert [each.previous_end for each in Extension.objects.order_by("new_end")] == ends[:-1]
    assert place.planned_end == date(2019, 8, 31)


def test_one_ends_a_place_while_another_extends_it(office, own_officer, colleague):
    place = ongoing_place(programme=programme("MBJ"), office=office)
    answers = together(
        lambda: lifecycle.end(place, by=own_officer, ended_on=date(2018, 12, 14), outcome=Outcome.STUDIES),
        lambda: lifecycle.extend(place, by=colleague, decided_on=ON, new_end=date(2019, 5, 31), reason=""),
    )
    _, told = won_and_told(answers)
    place.refresh_from_db()
    if place.ended_on:
        assert told == "Platsen är avslutad sedan 2018-12-14."
        assert not Extension.objects.exists()
    else:
        assert "kan inte vara före beslutet om förlängning" in told


def test_two_officers_accept_a_handover(office, own_officer, colleague):
    handover = HandoverFactory(office=office)

    def accept(by):
        return lambda: lifecycle.accept_handover(handover, by=by, on=ON)

    _, told = won_and_told(together(accept(own_officer), accept(colleague)))
    assert told == "Arbetsförmedlingen Sollefteå tog emot överlämningen 2018-12-20."
    assert Deed.objects.count() == 1


def test_one_accepts_a_handover_while_another_returns_it(office, own_officer, colleague):
    handover = HandoverFactory(office=office)
    answers = together(
        lambda: lifecycle.accept_handover(handover, by=own_officer, on=ON),
        lambda: lifecycle.return_handover(handover, by=colleague, on=ON, reason="För långt bort"),
    )
    won_and_told(answers)
    handover.refresh_from_db()
    assert (handover.accepted_on is None) != (handover.returned_on is None)
    assert Placement.objects.get().office == (office if handover.accepted_on else None)


def test_one_accepts_a_handover_while_the_coordinator_takes_it_away(coordinator, office, own_officer):
    place = lived(State.AGREED, by=coordinator)
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=ON, note="")
    answers = together(
        lambda: lifecycle.accept_handover(handover, by=own_officer, on=ON),
        lambda: lifecycle.undo(place, by=coordinator),
    )
    _, told = won_and_told(answers)
    if Handover.objects.exists():
        assert told == "Det här gör bara en handläggare."
    else:
        assert told == "Överlämningen finns inte längre. Läs om sidan."


def test_a_place_is_handed_to_two_offices(coordinator, office):
    place, other = PlacementFactory(), OfficeFactory()

    def hand_over(to):
        return lambda: lifecycle.hand_over([place], by=coordinator, office=to, on=ON, note="")

    _, told = won_and_told(together(hand_over(office), hand_over(other)))
    assert told.endswith("är redan överlämnad och väntar på svar.")
    assert Handover.objects.count() == 1


def test_many_places_are_handed_over_in_different_order(coordinator, office):
    """Neither waits for what the other holds: one has all, the other is told."""
    places, other = PlacementFactory.create_batch(4), OfficeFactory()
    answers = together(
        lambda: lifecycle.hand_over(places, by=coordinator, office=office, on=ON, note=""),
        lambda: lifecycle.hand_over(places[::-1], by=coordinator, office=other, on=ON, note=""),
    )
    won_and_told(answers)
    assert Handover.objects.count() == 4
    assert Handover.objects.values("office").distinct().count() == 1


def test_a_place_is_ordered_from_two_offices(coordinator, office):
    place, other = PlacementFactory(), OfficeFactory()

    def order(to):
        return lambda: lifecycle.order([place], by=coordinator, office=to, sent_on=ON, profile="Arkiv")

    sent = together(order(office), order(other))
    assert set(MatchingOrder.objects.all()) == set(sent)
    place.refresh_from_db()
    last = Deed.objects.order_by("-pk").first()
    assert place.order == last.order
    assert place.next_step == f"Svar från {last.order.office}"
    # The later replaced the earlier, and that is what undoing leads back to.
    lifecycle.undo(place, by=coordinator)
    place.refresh_from_db()
    assert place.order in sent
    assert place.order != last.order


def test_a_place_gets_another_order_while_its_own_is_recalled(coordinator, office, agency):
    first, second = PlacementFactory.create_batch(2, agency=agency)
    old = MatchingOrderFactory(places=[first, second], office=office)
    other = OfficeFactory()
    new, _ = together(
        lambda: lifecycle.order([first], by=coordinator, office=other, sent_on=ON, profile="Arkiv"),
        lambda: lifecycle.recall(old, by=coordinator, on=ON),
    )
    assert [Placement.objects.get(pk=place.pk).order for place in (first, second)] == [new, None]


def test_an_order_is_undone_while_its_office_answers(coordinator, office, own_officer):
    place = lived(State.AGREED, by=coordinator)
    order = lifecycle.order([place], by=coordinator, office=office, sent_on=ON, profile="Arkiv")
    answers = together(
        lambda: lifecycle.undo(place, by=coordinator),
        lambda: lifecycle.answer(order, by=own_officer, office=office, on=ON, kind=AnswerKind.CANDIDATE, text=""),
        after=(PLACES, ORDERS),
    )
    _, told = won_and_told(answers)
    if OrderAnswer.objects.exists():
        assert told == "Ordern är besvarad eller märkt som svårmatchad. Återta den i stället för att ångra."
    else:
        assert told == "Ordern finns inte längre. Läs om sidan."
        assert Placement.objects.get().order is None


def test_an_answer_is_replied_to_while_it_is_taken_back(coordinator, office, own_officer):
    order = MatchingOrderFactory(places=[PlacementFactory()], office=office)
    said = {"kind": AnswerKind.MORE_INFORMATION, "text": "När?"}
    question = lifecycle.answer(order, by=own_officer, office=office, on=ON, **said)
    answers = together(
        lambda: lifecycle.reply(question, by=coordinator, on=ON, text="Nu"),
        lambda: lifecycle.take_back_answer(question, by=own_officer, on=ON),
        after=(ORDERS,),
    )
    _, told = won_and_told(answers)
    if OrderAnswer.objects.exists():
        assert told == "Koordinatorn har redan svarat på frågan."
    else:
        assert told == "Svaret finns inte längre. Läs om sidan."


def test_one_starts_a_place_while_the_coordinator_withdraws_it(coordinator, office, own_officer, newly_arrived):
    place = PlacementFactory(office=office)
    days = {"started_on": ON, "planned_end": date(2019, 5, 31)}
    answers = together(
        lambda: lifecycle.start(place, by=own_officer, target_group=newly_arrived, sex=Sex.MAN, **days),
        lambda: lifecycle.withdraw(place, by=coordinator, on=ON, reason="Ny chef"),
    )
    won_and_told(answers)
    place.refresh_from_db()
    assert (place.started_on is None) != (place.withdrawn_on is None)


def test_two_undo_the_same_step(coordinator):
    place = lived(State.WITHDRAWN, by=coordinator)
    step = place.deeds.order_by("-pk").first().pk
    before = rows()

    def undo():
        return lifecycle.undo(place, by=coordinator, step=step)

    _, told = won_and_told(together(undo, undo))
    assert told == "Något mer har hänt med platsen sedan dess. Läs om sidan."
    assert rows() != before
    assert place.deeds.standing().count() == 1


def test_two_places_follow_the_same_one(coordinator, agency, mbj):
    before = ended_place()
    days = {"agreed_on": ON, "planned_start": ON}

    def agree():
        return lifecycle.agree(agency=agency, programme=mbj, by=coordinator, follows=before, **days)

    _, told = won_and_told(together(agree, agree))
    assert told == "En annan plats följer redan på den platsen."


def test_an_agency_is_archived_while_a_place_is_agreed(coordinator, agency, pis, today):
    days = {"agreed_on": ON, "planned_start": ON}
    answers = together(
        lambda: lifecycle.agree(agency=agency, programme=pis, by=coordinator, **days),
        lambda: agencies.archive(agency, on=today),
        after=("agencies_agency",),
    )
    won_and_told(answers)
    archived = Agency.objects.get(pk=agency.pk).archived_on
    assert Placement.objects.exists() == (archived is None)


def test_a_step_that_fails_halfway_leaves_nothing(coordinator, agency):
    """The second of two places has started meanwhile: the first has no order either."""
    first, second = PlacementFactory.create_batch(2, agency=agency)
    as_it_was = Placement.objects.get(pk=second.pk)
    started = ongoing_place()
    fields = ("started_on", "planned_end", "target_group", "sex")
    Placement.objects.filter(pk=second.pk).update(
        agreed_on=started.agreed_on, **{name: getattr(started, name) for name in fields}
    )
    other = OfficeFactory()
    with refused("startade redan"):
        lifecycle.order([first, as_it_was], by=coordinator, office=other, sent_on=ON, profile="Arkiv")
