"""A place changes hands: offered by the coordinator, and only accepted is it the office's."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import Verb
from placements.lifecycle import NotYours
from placements.models import Deed, Handover, HandoverWord, Placement
from praktik.accounts.roles import Role
from tests.factories import (
    HandoverFactory,
    OfficeFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)
from tests.placements.lives import IDENTITY, deeds_of, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 14)
LATER = date(2018, 12, 20)
WAITS = ("Svar från Arbetsförmedlingen Sollefteå på överlämningen", date(2018, 12, 21))


@pytest.fixture
def place():
    return PlacementFactory()


@pytest.fixture
def hand_over(coordinator, office):
    """Hand over with plausible arguments, and with what a test says instead."""

    def handed(places, **said):
        return lifecycle.hand_over(
            places, **{"by": coordinator, "office": office, "on": ON, "note": "Ni känner dem."} | said
        )

    return handed


@pytest.fixture
def handover(hand_over, place):
    [made] = hand_over([place])
    return made


def owner(place):
    return Placement.objects.get(pk=place.pk).owner


# Offered


def test_each_place_waits_for_the_office_and_stays_with_its_owner(hand_over, office, coordinator):
    places = [PlacementFactory(coordinator=coordinator), ongoing_place(coordinator=coordinator)]
    made = hand_over(places, note=" Ni känner dem. ")
    assert [each.placement for each in made] == places
    for place in places:
        handover = place.handovers.get()
        assert (handover.office, handover.handed_on, handover.by) == (office, ON, coordinator)
        assert (handover.note, handover.accepted_on, handover.returned_on) == ("Ni känner dem.", None, None)
        assert handover.waits
        assert handover.history.get().history_user == coordinator
        assert owner(place) == "Karin Koordinator"
        assert step_of(place) == WAITS
        assert deeds_of(place) == [(Verb.HAND_OVER, ON, coordinator)]
        assert place.deeds.get().handover == handover
        assert place.history.first().history_user == coordinator
    assert len(set(Deed.objects.values_list("act", flat=True))) == 1


def test_no_words_are_needed(hand_over, place):
    assert hand_over([place], note="")[0].note == ""


def test_from_one_office_to_another(hand_over, place, coordinator):
    place = PlacementFactory(office=OfficeFactory(name="Arbetsförmedlingen Ånge"))
    hand_over([place])
    assert owner(place) == "Arbetsförmedlingen Ånge"


@pytest.mark.parametrize("day", [date(2018, 12, 3), date(2018, 12, 31)])
def test_the_first_and_the_last_day(hand_over, place, day):
    assert hand_over([place], on=day)[0].handed_on == day


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"on": date(2018, 12, 2)}, "Överlämningen 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        ({"on": date(2019, 1, 1)}, "Överlämningen kan inte dateras 2019-01-01: dagen har inte varit än."),
        ({"note": f"Det gäller {IDENTITY}"}, "personnummer"),
        ({"note": "å" * 2001}, "Högst 2000"),
    ],
)
def test_a_handover_that_does_not_do_is_refused(hand_over, place, said, words):
    with refused(words):
        hand_over([place], **said)


def test_without_a_place_there_is_no_handover(hand_over):
    with refused("Välj minst en plats."):
        hand_over([])


def test_a_closed_office_is_handed_nothing(hand_over, place, office):
    office.closed_on = ON
    office.save()
    with refused("Arbetsförmedlingen Sollefteå är stängt sedan 2018-12-14."):
        hand_over([place])
    hand_over([place], on=date(2018, 12, 13))


def test_an_office_is_not_handed_its_own(hand_over, place, office):
    own = PlacementFactory(office=office)
    with refused("Arbetsförmedlingen Sollefteå har den redan."):
        hand_over([place, own])


def test_what_waits_is_not_handed_over_again(hand_over, place, handover):
    other = PlacementFactory()
    with refused("är redan överlämnad och väntar på svar."):
        hand_over([other, place])


@pytest.mark.parametrize(("make", "words"), [(ended_place, "är avslutad"), (withdrawn_place, "drogs tillbaka")])
def test_one_closed_place_is_enough_to_refuse(hand_over, place, make, words):
    closed = make()
    with refused(words):
        hand_over([place, closed])


# Accepted


def test_accepted_it_is_the_office_s(handover, place, office, own_officer):
    lifecycle.accept_handover(handover, by=own_officer, on=LATER)
    handover.refresh_from_db()
    place.refresh_from_db()
    assert (handover.accepted_on, handover.returned_on, handover.waits) == (LATER, None, False)
    assert (place.office, place.owner) == (office, "Arbetsförmedlingen Sollefteå")
    assert step_of(place) == ("Beställ matchning", date(2019, 1, 3))
    assert handover.history.first().history_user == own_officer
    assert place.history.first().history_user == own_officer
    assert deeds_of(place)[-1] == (Verb.ACCEPT, LATER, own_officer)


def test_an_ongoing_place_waits_for_its_end_again(hand_over, own_officer):
    place = ongoing_place()
    [handover] = hand_over([place])
    lifecycle.accept_handover(handover, by=own_officer, on=LATER)
    assert step_of(place) == ("Avsluta eller förläng", date(2019, 2, 28))


def test_a_closed_office_accepts_nothing(handover, office, own_officer):
    office.closed_on = LATER
    office.save()
    with refused("är stängt sedan 2018-12-20"):
        lifecycle.accept_handover(handover, by=own_officer, on=LATER)
    lifecycle.accept_handover(handover, by=own_officer, on=date(2018, 12, 19))


# Returned


def test_returned_it_stays_where_it_was_and_says_why(handover, place, own_officer):
    before = owner(place)
    lifecycle.return_handover(handover, by=own_officer, on=LATER, reason=" För långt bort ")
    handover.refresh_from_db()
    assert (handover.returned_on, handover.reason, handover.accepted_on) == (LATER, "För långt bort", None)
    assert owner(place) == before
    assert step_of(place) == ("Beställ matchning", date(2019, 1, 3))
    assert handover.history.first().history_user == own_officer
    assert deeds_of(place)[-1] == (Verb.RETURN, LATER, own_officer)


def test_what_was_returned_is_handed_over_again(hand_over, handover, place, own_officer):
    lifecycle.return_handover(handover, by=own_officer, on=LATER, reason="För långt bort")
    hand_over([place], on=LATER)
    assert Handover.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("reason", "words"), [("", "Skälet behövs."), (" ", "Skälet behövs."), (IDENTITY, "personn"), ("å" * 2001, "2000")]
)
def test_a_reason_that_does_not_do_is_refused(handover, own_officer, reason, words):
    with refused(words):
        lifecycle.return_handover(handover, by=own_officer, on=LATER, reason=reason)


# Asked about


def test_office_and_coordinator_write_in_turn(handover, place, own_officer, coordinator):
    lifecycle.ask_about(handover, by=own_officer, on=LATER, text=" Finns det buss? ")
    lifecycle.ask_about(handover, by=coordinator, on=LATER, text="Ja, varje timme.")
    assert list(handover.words.values_list("by__name", "on", "text")) == [
        ("Olga Officer", LATER, "Finns det buss?"),
        ("Karin Koordinator", LATER, "Ja, varje timme."),
    ]
    assert [each.history.get().history_user for each in handover.words.all()] == [own_officer, coordinator]
    assert Handover.objects.waiting().count() == 1


def test_whoever_did_not_have_the_last_word_is_waited_for(handover, place, own_officer, coordinator):
    lifecycle.ask_about(handover, by=own_officer, on=date(2018, 12, 18), text="Finns det buss?")
    assert step_of(place) == ("Svara Arbetsförmedlingen Sollefteå om överlämningen", date(2018, 12, 25))
    assert list(Handover.objects.asked()) == [handover]
    assert handover.is_asked
    lifecycle.ask_about(handover, by=coordinator, on=LATER, text="Ja, varje timme.")
    assert step_of(place) == (WAITS[0], date(2018, 12, 27))
    assert place.history.first().history_user == coordinator
    assert not Handover.objects.asked().exists()
    assert not Handover.objects.get().is_asked
    lifecycle.ask_about(handover, by=own_officer, on=LATER, text="Även på kvällen?")
    lifecycle.accept_handover(handover, by=own_officer, on=LATER)
    assert not Handover.objects.asked().exists()


@pytest.mark.parametrize(
    ("text", "words"), [("", "Frågan behövs."), (IDENTITY, "personnummer"), ("å" * 2001, "Högst 2000")]
)
def test_a_question_that_does_not_do_is_refused(handover, own_officer, text, words):
    with refused(words):
        lifecycle.ask_about(handover, by=own_officer, on=LATER, text=text)
    assert not HandoverWord.objects.exists()


# All answers


def answered(handover, how, by, on=LATER):
    return {
        "accept": lambda: lifecycle.accept_handover(handover, by=by, on=on),
        "return": lambda: lifecycle.return_handover(handover, by=by, on=on, reason="För långt bort"),
        "ask": lambda: lifecycle.ask_about(handover, by=by, on=on, text="Finns det buss?"),
    }[how]()


HOW = ("accept", "return", "ask")


@pytest.mark.parametrize("day", [ON, date(2018, 12, 31)])
@pytest.mark.parametrize("how", HOW)
def test_the_first_and_the_last_day_of_an_answer(handover, own_officer, how, day):
    answered(handover, how, own_officer, on=day)


@pytest.mark.parametrize("day", [date(2018, 12, 13), date(2019, 1, 1)])
@pytest.mark.parametrize("how", HOW)
def test_an_answer_on_another_day_is_refused(handover, own_officer, how, day):
    with refused("kan inte vara före överlämningen 2018-12-14" if day < ON else "dagen har inte varit än"):
        answered(handover, how, own_officer, on=day)


@pytest.mark.parametrize("how", HOW)
def test_another_office_s_handover_is_not_answered_though_its_id_is_known(handover, how):
    """The stranger's office has a handover that waits, and this very place was once offered to it."""
    elsewhere = OfficeFactory(name="Arbetsförmedlingen Ånge")
    stranger = UserFactory(role=Role.CASE_OFFICER)
    elsewhere.officers.add(stranger)
    HandoverFactory(office=elsewhere)
    HandoverFactory(placement=handover.placement, office=elsewhere, returned_on=ON, reason="För långt bort")
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        answered(handover, how, stranger)


@pytest.mark.parametrize("how", HOW)
def test_not_even_the_owner_answers_for_the_office(how, office):
    """An office that has the place, and hands it on, has no say in whether the other takes it."""
    keeper = UserFactory(role=Role.CASE_OFFICER)
    handover = HandoverFactory(placement=PlacementFactory(office=OfficeFactory(officers=[keeper])), office=office)
    with refused("kontoret som platsen, ordern eller", error=NotYours):
        answered(handover, how, keeper)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("accept", "Arbetsförmedlingen Sollefteå tog emot överlämningen 2018-12-20."),
        ("return", "Arbetsförmedlingen Sollefteå lämnade tillbaka överlämningen 2018-12-20."),
    ],
)
@pytest.mark.parametrize("how", HOW)
def test_a_handover_is_answered_once(handover, own_officer, first, words, how):
    answered(handover, first, own_officer)
    with refused(words):
        answered(handover, how, own_officer)


@pytest.mark.parametrize("how", HOW)
def test_of_a_closed_place_nothing_is_answered(handover, coordinator, own_officer, how):
    lifecycle.withdraw(handover.placement, by=coordinator, on=ON, reason="Ny chef")
    with refused("Platsen drogs tillbaka 2018-12-14."):
        answered(handover, how, own_officer)


@pytest.mark.parametrize("how", HOW)
def test_a_handover_that_was_taken_away_is_told(handover, place, coordinator, own_officer, how):
    lifecycle.undo(place, by=coordinator)
    with refused("Överlämningen finns inte längre. Läs om sidan."):
        answered(handover, how, own_officer)


# Taken back


def test_the_coordinator_takes_it_in_hand_again(office, coordinator):
    place = PlacementFactory(office=office)
    lifecycle.take_back(place, by=coordinator, on=LATER)
    place.refresh_from_db()
    assert (place.office, place.coordinator, place.owner) == (None, coordinator, "Karin Koordinator")
    assert step_of(place) == ("Beställ matchning", date(2019, 1, 3))
    assert deeds_of(place) == [(Verb.TAKE_BACK, LATER, coordinator)]
    assert place.history.first().history_user == coordinator


def test_from_a_colleague_too(coordinator):
    place = PlacementFactory(coordinator=UserFactory(name="Olle Kollega"))
    lifecycle.take_back(place, by=coordinator, on=LATER)
    assert owner(place) == "Karin Koordinator"


def test_one_s_own_is_not_taken(coordinator):
    place = PlacementFactory(coordinator=coordinator)
    with refused("Du har redan hand om platsen."):
        lifecycle.take_back(place, by=coordinator, on=LATER)


def test_what_an_office_has_of_one_s_own_agreements_is_taken(coordinator, office):
    place = PlacementFactory(coordinator=coordinator, office=office)
    assert lifecycle.take_back(place, by=coordinator, on=LATER).office is None


def test_what_waits_for_an_office_is_taken_from_there(handover, place, coordinator, own_officer):
    """Also one's own: it is the offer that is taken back."""
    Placement.objects.update(coordinator=coordinator)
    lifecycle.take_back(place, by=coordinator, on=LATER)
    handover.refresh_from_db()
    assert (handover.recalled_on, handover.waits, handover.accepted_on) == (LATER, False, None)
    assert handover.history.first().history_user == coordinator
    assert not Handover.objects.waiting().exists()
    assert step_of(place) == ("Beställ matchning", date(2019, 1, 3))
    assert place.deeds.order_by("-pk").first().handover == handover
    for how in HOW:
        with refused("Koordinatorn tog tillbaka överlämningen 2018-12-20."):
            answered(handover, how, own_officer)


def test_it_is_not_taken_back_before_it_was_offered(handover, place):
    with refused("Övertagandet 2018-12-13 kan inte vara före överlämningen 2018-12-14."):
        lifecycle.take_back(place, by=handover.by, on=date(2018, 12, 13))


@pytest.mark.parametrize("day", [date(2018, 12, 2), date(2019, 1, 1)])
def test_taking_back_on_another_day_is_refused(coordinator, office, day):
    place = PlacementFactory(office=office)
    with refused("Övertagandet"):
        lifecycle.take_back(place, by=coordinator, on=day)
