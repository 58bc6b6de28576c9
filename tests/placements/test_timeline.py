"""What this room tells in the story of an agency, and in that of a place."""

from datetime import date
from uuid import uuid4

import pytest

from agencies.timeline import Timeline
from placements import lifecycle
from placements.choices import AnswerKind, FollowUp, Outcome, Sex, Verb
from placements.models import Deed
from praktik.accounts.roles import Role
from tests.factories import AgencyFactory, ContactFactory, OfficeFactory, PlacementFactory, UserFactory, ended_place

pytestmark = pytest.mark.django_db

AGREED, SENT, ANSWERED, HANDED, ACCEPTED = (date(2018, 3, day) for day in (5, 12, 19, 26, 28))
STARTED, DECIDED, ENDED, ASKED = date(2018, 4, 9), date(2018, 7, 2), date(2018, 8, 31), date(2018, 12, 3)


@pytest.fixture
def agree(agency, pis, coordinator):
    def agreed(**said):
        given = {"agency": agency, "programme": pis, "agreed_on": AGREED, "planned_start": STARTED, "duties": "Arkiv"}
        return lifecycle.agree(by=coordinator, **given | said)

    return agreed


def told(subject, user):
    return [(entry.on, entry.what, entry.subject, entry.text) for entry in Timeline(subject, user).entries()]


def words(subject, user):
    return [" ".join(filter(None, [entry.what, entry.subject])) for entry in Timeline(subject, user).entries()]


@pytest.fixture
def life(agree, mbj, agency, coordinator, office, own_officer, newly_arrived):
    """A place that everything has happened to."""
    mbj.last_day = None
    mbj.save()
    [place] = agree(programme=mbj)
    sent = lifecycle.order([place], by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    said = {"kind": AnswerKind.MORE_INFORMATION, "text": "När börjar dagen?"}
    lifecycle.answer(sent, by=own_officer, office=office, on=ANSWERED, **said)
    other = OfficeFactory(name="Arbetsförmedlingen Ånge")
    [first] = lifecycle.hand_over([place], by=coordinator, office=office, on=HANDED, note="Ni är närmast.")
    lifecycle.return_handover(first, by=own_officer, on=HANDED, reason="För långt bort")
    other.officers.add(own_officer)
    [second] = lifecycle.hand_over([place], by=coordinator, office=other, on=HANDED, note="")
    lifecycle.accept_handover(second, by=own_officer, on=ACCEPTED)
    contact = ContactFactory(agency=agency, name="Sara Efter", title="")
    lifecycle.confirm(place, by=coordinator, on=ACCEPTED, contact=contact)
    days = {"started_on": STARTED, "planned_end": date(2018, 7, 31)}
    lifecycle.start(place, by=own_officer, target_group=newly_arrived, sex=Sex.MAN, **days)
    lifecycle.extend(place, by=own_officer, decided_on=DECIDED, new_end=ENDED, reason="Det går bra.")
    lifecycle.end(place, by=own_officer, ended_on=ENDED, outcome=Outcome.STUDIES)
    lifecycle.follow_up(place, by=own_officer, on=ASKED, outcome=FollowUp.WORK, subsidised=True)
    return place


STORY = [
    (ASKED, "Uppföljning", "MBJ Arkiv: i arbete", ""),
    (ENDED, "Slut", "MBJ Arkiv: studier", ""),
    (DECIDED, "Förlängning", "MBJ Arkiv till 2018-08-31", "Det går bra."),
    (STARTED, "Start", "MBJ Arkiv", ""),
    (ACCEPTED, "Avtalet bekräftat", "MBJ Arkiv av Sara Efter", ""),
    (ACCEPTED, "Överlämning mottagen", "MBJ Arkiv av Arbetsförmedlingen Ånge", ""),
    (HANDED, "Överlämning", "MBJ Arkiv till Arbetsförmedlingen Ånge", ""),
    (HANDED, "Överlämning i retur", "MBJ Arkiv av Arbetsförmedlingen Sollefteå", "För långt bort"),
    (HANDED, "Överlämning", "MBJ Arkiv till Arbetsförmedlingen Sollefteå", "Ni är närmast."),
    (ANSWERED, "Svar", "från Arbetsförmedlingen Sollefteå: vi behöver veta mer", "När börjar dagen?"),
    (SENT, "Order", "MBJ Arkiv till Arbetsförmedlingen Sollefteå", ""),
    (AGREED, "Avtal", "MBJ Arkiv", ""),
]


def test_the_agency_s_story_has_it_all(life, agency, coordinator):
    assert told(agency, coordinator) == STORY
    assert Timeline(agency, coordinator).counts()["platser"] == ("Om platser", 12)


def test_so_has_the_place_s_own(life, coordinator):
    PlacementFactory(agency=life.agency)
    assert told(life, coordinator) == STORY
    assert Timeline(life, coordinator).counts() == {"platser": ("Om platser", 12)}


def test_officers_read_of_the_places_too_but_not_what_came_after(life, agency, officer):
    known = [
        (on, what, subject.partition(": ")[0] if what in ("Slut", "Uppföljning") else subject, text)
        for on, what, subject, text in STORY
    ]
    assert told(agency, officer) == told(life, officer) == known


def test_the_steering_group_and_the_administrator_do_not(life, agency, steering, administrator):
    for reader in (steering, administrator):
        assert told(agency, reader) == told(life, reader) == []


def test_the_story_costs_two_queries(life, agency, coordinator, agree, django_assert_num_queries):
    agree(places=3)
    for subject in (agency, life):
        story = Timeline(subject, coordinator)
        with django_assert_num_queries(2):
            assert story.entries()
            assert story.counts()


def test_each_entry_leads_to_its_page(life, coordinator):
    urls = {entry.what: entry.url for entry in Timeline(life, coordinator).entries()}
    assert urls["Start"] == f"/platser/{life.pk}/"
    life.refresh_from_db()
    assert urls["Order"] == urls["Svar"] == f"/order/{life.order_id}/"


def test_another_agency_s_places_are_not_told(life, coordinator):
    assert told(AgencyFactory(), coordinator) == []


# What one call did is one thing to tell of


def test_many_places_agreed_at_once_are_one_entry(agree, agency, coordinator, office):
    places = agree(places=10)
    lifecycle.order(places[:3], by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    lifecycle.hand_over(places[:2], by=coordinator, office=office, on=HANDED, note="")
    assert words(agency, coordinator) == [
        "Överlämning 2 platser, PIS till Arbetsförmedlingen Sollefteå",
        "Order 3 platser, PIS till Arbetsförmedlingen Sollefteå",
        "Avtal 10 platser, PIS",
    ]
    assert Timeline(agency, coordinator).counts()["platser"] == ("Om platser", 3)


def test_each_place_tells_of_it(agree, coordinator):
    places = agree(places=2)
    for place in places:
        assert words(place, coordinator) == ["Avtal 2 platser, PIS"]


def test_two_agreements_of_one_day_are_two_entries(agree, agency, coordinator):
    agree()
    agree(places=2)
    assert words(agency, coordinator) == ["Avtal 2 platser, PIS", "Avtal PIS Arkiv"]


def test_places_without_duties_are_told_by_their_programme(agree, agency, coordinator):
    agree(duties="")
    assert words(agency, coordinator) == ["Avtal PIS"]


# What was undone has not happened


def test_what_was_undone_is_told_nowhere(agree, agency, coordinator):
    [place] = agree()
    lifecycle.withdraw(place, by=coordinator, on=SENT, reason="Ny chef")
    assert told(agency, coordinator)[0] == (SENT, "Tillbakadragen", "PIS Arkiv", "Ny chef")
    lifecycle.undo(place, by=coordinator)
    assert words(agency, coordinator) == words(place, coordinator) == ["Avtal PIS Arkiv"]
    assert Timeline(agency, coordinator).counts()["platser"] == ("Om platser", 1)


def test_of_an_act_that_was_undone_for_some_the_others_are_told(agree, agency, coordinator, office):
    places = agree(places=3)
    lifecycle.order(places, by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    lifecycle.undo(places[0], by=coordinator)
    assert words(agency, coordinator)[0] == "Order 2 platser, PIS till Arbetsförmedlingen Sollefteå"
    assert words(places[0], coordinator) == ["Avtal 3 platser, PIS"]


def test_answers_to_an_order_that_was_undone_for_a_place_are_not_told_of_it(
    agree, agency, coordinator, office, own_officer
):
    places = agree(places=2)
    sent = lifecycle.order(places, by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    lifecycle.undo(places[0], by=coordinator)
    lifecycle.answer(sent, by=own_officer, office=office, on=ANSWERED, kind=AnswerKind.NONE_NOW, text="")
    answer = "Svar från Arbetsförmedlingen Sollefteå: ingen just nu"
    assert words(places[1], coordinator)[0] == words(agency, coordinator)[0] == answer
    assert words(places[0], coordinator) == ["Avtal 2 platser, PIS"]


# Recalled, taken back, followed


def test_a_recall_and_a_place_taken_back(agree, agency, coordinator, office):
    [place] = agree()
    sent = lifecycle.order([place], by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    lifecycle.recall(sent, by=coordinator, on=ANSWERED)
    place.refresh_from_db()
    place.office = office
    place.save()
    lifecycle.take_back(place, by=coordinator, on=HANDED)
    assert words(agency, coordinator)[:2] == [
        "Tillbaka hos koordinatorn PIS Arkiv",
        "Order återtagen PIS Arkiv",
    ]
    assert Timeline(place, coordinator).entries()[1].url == f"/order/{sent.pk}/"


def test_what_followed_a_place_is_told_of_it(life, pis, coordinator):
    agreed_on = date(2018, 12, 10)
    after = PlacementFactory(agency=AgencyFactory(name="Kustbevakningen"), follows=life, agreed_on=agreed_on)
    newest = Timeline(life, coordinator).entries()[0]
    assert (newest.what, newest.subject) == ("Följdes av", "PIS hos Kustbevakningen")
    assert newest.url == f"/platser/{after.pk}/"
    assert "Följdes av" not in [entry.what for entry in Timeline(life.agency, coordinator).entries()]


def test_an_order_stands_before_its_answer_also_on_one_day(agree, agency, coordinator, office, own_officer):
    [place] = agree()
    sent = lifecycle.order([place], by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    lifecycle.answer(sent, by=own_officer, office=office, on=SENT, kind=AnswerKind.CANDIDATE, text="")
    for subject in (agency, place):
        assert [entry.what for entry in Timeline(subject, coordinator).entries()] == ["Svar", "Order", "Avtal"]


def test_places_of_two_agencies_handed_over_at_once_are_told_to_each(agree, agency, pis, coordinator, office):
    other = AgencyFactory()
    given = {"agreed_on": AGREED, "planned_start": STARTED, "duties": "Växel"}
    places = agree(places=2) + lifecycle.agree(agency=other, programme=pis, by=coordinator, **given)
    lifecycle.hand_over(places, by=coordinator, office=office, on=HANDED, note="")
    assert words(agency, coordinator)[0] == "Överlämning 2 platser, PIS till Arbetsförmedlingen Sollefteå"
    assert words(other, coordinator)[0] == "Överlämning PIS Växel till Arbetsförmedlingen Sollefteå"
    assert Timeline(other, coordinator).counts()["platser"] == ("Om platser", 2)


def test_what_was_answered_alike_on_one_day_is_one_entry(agree, agency, coordinator, office, own_officer):
    made = lifecycle.hand_over(agree(places=3), by=coordinator, office=office, on=HANDED, note="")
    for handover in made[:2]:
        lifecycle.accept_handover(handover, by=own_officer, on=ACCEPTED)
    lifecycle.accept_handover(made[2], by=own_officer, on=STARTED)
    assert words(agency, coordinator)[:2] == [
        "Överlämning mottagen PIS Arkiv av Arbetsförmedlingen Sollefteå",
        "Överlämning mottagen 2 platser, PIS av Arbetsförmedlingen Sollefteå",
    ]


def test_questions_and_replies_are_told_with_their_words(agree, agency, coordinator, office, own_officer):
    [place] = agree()
    sent = lifecycle.order([place], by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    said = {"kind": AnswerKind.MORE_INFORMATION, "text": "När börjar dagen?"}
    question = lifecycle.answer(sent, by=own_officer, office=office, on=SENT, **said)
    lifecycle.reply(question, by=coordinator, on=SENT, text="Klockan åtta.")
    lifecycle.flag_hard(sent, by=coordinator, on=ANSWERED, requirement="licence", words_on_it="C")
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=HANDED, note="")
    lifecycle.ask_about(handover, by=own_officer, on=HANDED, text="Finns det buss?")
    for subject in (agency, place):
        assert [(what, text) for _, what, _, text in told(subject, coordinator)] == [
            ("Om överlämningen", "Finns det buss?"),
            ("Överlämning", ""),
            ("Svårmatchad", ""),
            ("Koordinatorns svar", "Klockan åtta."),
            ("Svar", "När börjar dagen?"),
            ("Order", ""),
            ("Avtal", ""),
        ]


def test_a_mark_on_an_order_that_was_undone_for_a_place_is_not_told_of_it(agree, coordinator, office):
    places = agree(places=2)
    sent = lifecycle.order(places, by=coordinator, office=office, sent_on=SENT, profile="Arkiv")
    lifecycle.undo(places[0], by=coordinator)
    lifecycle.flag_hard(sent, by=coordinator, on=ANSWERED, requirement="licence")
    assert words(places[1], coordinator)[0].startswith("Svårmatchad")
    assert [entry.what for entry in Timeline(places[0], coordinator).entries()] == ["Avtal"]


def test_what_came_after_is_told_to_the_coordinator_and_the_office_that_had_the_place(coordinator, office, own_officer):
    place = ended_place(office=office)
    Deed.objects.create(placement=place, verb=Verb.END, on=place.ended_on, by=coordinator, act=uuid4())
    stranger = UserFactory(role=Role.CASE_OFFICER)
    OfficeFactory(officers=[stranger])
    outcome = place.get_outcome_display().lower()
    for reader, told in ((coordinator, True), (own_officer, True), (stranger, False)):
        for subject in (place, place.agency):
            [entry] = Timeline(subject, reader).entries()
            assert (outcome in entry.subject) == told
