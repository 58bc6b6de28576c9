"""An office is asked to find people: for one or more agreed places of one agency."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import Computer, Licence, SwedishLevel, Verb
from placements.lifecycle.orders import profile_of
from placements.models import Deed, MatchingOrder, Placement
from tests.factories import (
    ContactFactory,
    OfficeFactory,
    PlacementFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)
from tests.placements.lives import IDENTITY, deeds_of, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SENT = date(2018, 12, 10)


@pytest.fixture
def places(agency):
    return PlacementFactory.create_batch(2, agency=agency)


@pytest.fixture
def order(coordinator, office):
    """Order with plausible arguments, and with what a test says instead."""

    def ordered(places, **said):
        given = {"by": coordinator, "office": office, "sent_on": SENT, "profile": "Arkiv"}
        return lifecycle.order(places, **given | said)

    return ordered


def test_everything_that_is_said_is_stored(order, places, agency, office, coordinator):
    tutor = ContactFactory(agency=agency)
    profile = {
        "duties": "Sortera arkivet",
        "occupation": "Arkivassistent",
        "hours": "förmiddagar",
        "swedish": SwedishLevel.WRITE,
        "licence": Licence.CAR,
        "computer": Computer.GOOD,
        "citizenship": True,
        "vetting": True,
        "tutor": tutor,
        "start_on": date(2019, 2, 1),
        "prepared": "Ett skrivbord",
        "expects": "Att någon ringer",
    }
    sent = order(places, profile=profile, answer_by=date(2018, 12, 21))
    sent = MatchingOrder.objects.get(pk=sent.pk)
    assert {name: getattr(sent, name) for name in profile} == profile
    assert (sent.agency, sent.office, sent.by) == (agency, office, coordinator)
    assert (sent.sent_on, sent.answer_by, sent.recalled_on, sent.hard_since) == (SENT, date(2018, 12, 21), None, None)
    assert set(sent.placements.all()) == set(places)
    entry = sent.history.get()
    assert (entry.history_type, entry.history_user) == ("+", coordinator)


def test_each_place_is_told_of_it(order, places, coordinator):
    sent = order(places, answer_by=date(2018, 12, 21))
    for place in places:
        assert step_of(place) == ("Svar från Arbetsförmedlingen Sollefteå", date(2018, 12, 21))
        assert deeds_of(place) == [(Verb.ORDER, SENT, coordinator)]
        assert place.history.first().history_user == coordinator
    first, second = Deed.objects.all()
    assert (first.act, first.order, second.order) == (second.act, sent, sent)


def test_what_is_not_said_is_taken_from_the_places(order, agency, pis):
    tutor = ContactFactory(agency=agency)
    first = PlacementFactory(agency=agency, duties="Arkiv", percent=50, tutor=tutor, planned_start=date(2019, 3, 1))
    second = PlacementFactory(agency=agency, duties="Växel", vetting=True, planned_start=date(2019, 2, 1))
    sent = order([first, second], profile={})
    assert (sent.duties, sent.hours) == ("Arkiv / Växel", "50\N{NO-BREAK SPACE}%, heltid")
    assert (sent.citizenship, sent.vetting, sent.tutor, sent.start_on) == (False, True, tutor, date(2019, 2, 1))
    assert (sent.swedish, sent.licence, sent.computer) == (SwedishLevel.SPEAK, Licence.NONE, Computer.NONE)
    assert sent.answer_by == date(2018, 12, 24)


def test_a_plain_text_is_the_duties(order, places):
    assert order(places, profile="Sortera arkivet").duties == "Sortera arkivet"


def test_a_place_without_duties_gives_the_programme_s_name(agency):
    place = PlacementFactory(agency=agency, duties="")
    assert profile_of([place])["duties"] == "Praktik i staten"


def test_the_same_duties_are_said_once(agency):
    assert profile_of(PlacementFactory.create_batch(3, agency=agency))["duties"] == "Arkiv och registrering"


def test_a_place_named_twice_is_ordered_once(order, places):
    order([places[0], places[0]])
    assert Deed.objects.count() == 1


def test_an_earlier_order_is_replaced(order, places):
    elsewhere = OfficeFactory(name="Arbetsförmedlingen Ånge")
    first = order(places)
    second = order(places[:1], office=elsewhere, sent_on=date(2018, 12, 20))
    assert [Placement.objects.get(pk=place.pk).order for place in places] == [second, first]
    assert step_of(places[0]) == ("Svar från Arbetsförmedlingen Ånge", date(2019, 1, 3))
    assert MatchingOrder.objects.open(on=SENT + timedelta(days=10)).count() == 2


# Refused


def test_without_a_place_there_is_no_order(order):
    with refused("Välj minst en plats."):
        order([])


def test_places_of_two_agencies_are_refused(order, places):
    stranger = PlacementFactory()
    with refused("En order gäller platser på en enda myndighet."):
        order([*places, stranger])


@pytest.mark.parametrize(
    ("make", "words"),
    [(ongoing_place, "startade redan"), (ended_place, "är avslutad"), (withdrawn_place, "drogs tillbaka")],
)
def test_one_place_that_is_not_agreed_is_enough_to_refuse(order, places, agency, make, words):
    other = make(agency=agency)
    with refused(words):
        order([*places, other])


@pytest.mark.parametrize("day", [date(2018, 12, 3), date(2018, 12, 31)])
def test_the_first_and_the_last_day(order, places, day):
    assert order(places, sent_on=day).sent_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 12, 2), "Ordern 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        (date(2019, 1, 1), "Ordern kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(order, places, day, words):
    with refused(words):
        order(places, sent_on=day)


def test_the_answer_is_awaited_on_the_day_of_the_order_at_the_earliest(order, places):
    assert order(places, answer_by=SENT).answer_by == SENT
    with refused("Svar senast 2018-12-09 kan inte vara före"):
        order(places, answer_by=SENT - timedelta(days=1))


def test_a_closed_office_is_sent_nothing(order, places, office):
    office.closed_on = SENT
    office.save()
    with refused("Arbetsförmedlingen Sollefteå är stängt sedan 2018-12-10."):
        order(places)
    assert order(places, sent_on=SENT - timedelta(days=1)).office == office


@pytest.mark.parametrize("field", ["duties", "occupation", "hours", "prepared", "expects"])
def test_the_profile_names_nobody(order, places, field):
    with refused("personnummer"):
        order(places, profile={field: f"Passar {IDENTITY}"})


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("", "Arbetsuppgifter: "),
        ("å" * 2001, "Arbetsuppgifter: "),
        ({"swedish": "flytande"}, "Svenska: "),
        ({"licence": "moped"}, "Körkort: "),
        ({"computer": "mycket"}, "Datorvana: "),
        ({"occupation": "å" * 101}, "Yrke: "),
        ({"prepared": "å" * 2001}, "Det här har myndigheten förberett: "),
    ],
)
def test_a_profile_that_the_fields_refuse_is_refused(order, places, profile, words):
    with refused(words):
        order(places, profile=profile)


def test_the_tutor_is_the_agency_s_and_there(order, places, agency):
    stranger, gone = ContactFactory(), ContactFactory(agency=agency, name="Gun Borta", left_on=SENT)
    with refused("hör till en annan myndighet"):
        order(places, profile={"tutor": stranger})
    with refused("Gun Borta slutade 2018-12-10"):
        order(places, profile={"tutor": gone})
