"""Places are agreed: one or many at once, within the rules of their programme."""

from datetime import date, timedelta

import pytest

from agencies import lifecycle as agencies
from placements import lifecycle
from placements.choices import State, Verb
from placements.models import Deed, Placement, TargetGroup
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    PlacementFactory,
    ProgrammeFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)
from tests.placements.lives import IDENTITY, deeds_of, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AGREED = date(2018, 12, 3)
START = date(2019, 1, 14)


@pytest.fixture
def agree(agency, pis, coordinator):
    """Agree with plausible arguments, and with what a test says instead."""

    def agreed(**said):
        given = {"agency": agency, "programme": pis, "by": coordinator, "agreed_on": AGREED, "planned_start": START}
        return lifecycle.agree(**given | said)

    return agreed


# What is stored


def test_everything_that_is_said_is_stored(agree, agency, pis, coordinator, disability):
    town = MunicipalityFactory()
    promised, manager, tutor = ContactFactory.create_batch(3, agency=agency)
    before = ongoing_place()
    [place] = agree(
        contact=promised,
        manager=manager,
        tutor=tutor,
        unit=" Arkivet ",
        municipality=town,
        duties=" Arkiv och registrering\n",
        percent=75,
        citizenship=True,
        vetting=True,
        target_groups=[disability],
        planned_months=3,
        first_contact_on=date(2018, 11, 1),
        follows=before,
    )
    place = Placement.objects.get(pk=place.pk)
    assert (place.agency, place.programme, place.coordinator, place.office) == (agency, pis, coordinator, None)
    assert (place.contact, place.manager, place.tutor) == (promised, manager, tutor)
    assert (place.unit, place.municipality, place.duties) == ("Arkivet", town, "Arkiv och registrering")
    assert (place.percent, place.citizenship, place.vetting) == (75, True, True)
    assert list(place.target_groups.all()) == [disability]
    assert (place.agreed_on, place.planned_start, place.planned_months) == (AGREED, START, 3)
    assert (place.first_contact_on, place.follows, place.order) == (date(2018, 11, 1), before, None)
    assert (place.started_on, place.planned_end, place.ended_on, place.withdrawn_on) == (None, None, None, None)
    assert (place.sex, place.target_group, place.outcome, place.reason) == ("", None, "", "")
    assert place.stands() is State.AGREED
    assert place.owner == "Karin Koordinator"
    assert place.hours == "75\N{NO-BREAK SPACE}%"


def test_what_is_not_said_is_proposed(agree, agency, pis):
    manager = ContactFactory(agency=agency)
    [place] = agree(manager=manager)
    assert set(place.target_groups.all()) == set(pis.target_groups.all())
    assert len(pis.target_groups.all()) == 2
    assert (place.planned_months, place.percent, place.hours) == (6, 100, "heltid")
    assert place.municipality == agency.municipalities.get()
    assert place.contact == manager
    assert (place.duties, place.unit, place.first_contact_on) == ("", "", None)


def test_who_promised_goes_before_the_manager(agree, agency):
    promised, manager = ContactFactory.create_batch(2, agency=agency)
    [place] = agree(contact=promised, manager=manager)
    assert place.contact == promised


def test_the_first_contact_is_proposed_from_the_dialogues(agree, agency):
    DialogueFactory(agency=agency, held_on=date(2018, 10, 8))
    [place] = agree()
    assert place.first_contact_on == date(2018, 10, 8)


def test_it_has_a_next_step_a_fortnight_later(agree):
    [place] = agree()
    place.refresh_from_db()
    assert (place.next_step, place.next_on) == ("Beställ matchning", date(2018, 12, 17))


def test_it_is_one_entry_of_history_and_one_step(agree, coordinator):
    [place] = agree()
    entry = place.history.get()
    assert (entry.history_type, entry.history_user) == ("+", coordinator)
    assert [each.targetgroup for each in entry.target_groups.all()] == list(place.target_groups.all())
    assert deeds_of(place) == [(Verb.AGREE, AGREED, coordinator)]


# Many at once


@pytest.mark.parametrize("places", [1, 2, 50])
def test_so_many_are_made_and_each_lives_for_itself(agree, coordinator, places):
    made = agree(places=places)
    assert len({place.pk for place in made}) == Placement.objects.count() == places
    assert {len(place.target_groups.all()) for place in made} == {2}
    assert Deed.objects.count() == places
    assert len(set(Deed.objects.values_list("act", flat=True))) == 1
    lifecycle.withdraw(made[0], by=coordinator, on=AGREED, reason="Ny chef")
    assert Placement.objects.filter(withdrawn_on__isnull=True).count() == places - 1


def test_two_agreements_are_two_acts(agree):
    agree()
    agree()
    assert len(set(Deed.objects.values_list("act", flat=True))) == 2


@pytest.mark.parametrize("places", [-1, 0, 51, 500])
def test_none_or_too_many_are_refused(agree, places):
    with refused("minst en och högst 50 platser"):
        agree(places=places)


# Days


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2018, 12, 31)])
def test_the_first_and_the_last_day_of_an_agreement(agree, day):
    [place] = agree(agreed_on=day)
    assert place.agreed_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2015, 12, 31), "före 2016-01-01"), (date(2019, 1, 1), "2019-01-01: dagen har inte varit än")],
)
def test_an_agreement_on_another_day_is_refused(agree, day, words):
    with refused("Avtalet kan inte dateras", words):
        agree(agreed_on=day)


@pytest.mark.parametrize("day", [AGREED, date(2021, 12, 30)])
def test_the_first_and_the_last_planned_start(agree, day):
    [place] = agree(planned_start=day)
    assert place.planned_start == day


def test_a_start_planned_before_the_agreement_is_refused(agree):
    with refused("Den planerade starten 2018-12-02 kan inte vara före avtalet 2018-12-03."):
        agree(planned_start=AGREED - timedelta(days=1))


def test_a_start_planned_more_than_three_years_ahead_is_refused(agree):
    with refused("Den planerade starten 2021-12-31 ligger mer än tre år fram."):
        agree(planned_start=date(2021, 12, 31))


@pytest.mark.parametrize("day", [date(2018, 12, 2), AGREED])
def test_the_first_contact_is_at_the_latest_on_the_day_of_the_agreement(agree, day):
    [place] = agree(first_contact_on=day)
    assert place.first_contact_on == day


def test_a_first_contact_after_the_agreement_is_refused(agree):
    with refused("Avtalet 2018-12-03 kan inte vara före den första kontakten 2018-12-04."):
        agree(first_contact_on=date(2018, 12, 4))


def test_a_first_contact_before_the_assignments_is_refused(agree):
    with refused("Den första kontakten kan inte dateras före 2016-01-01."):
        agree(first_contact_on=date(2015, 12, 31))


# The programme's rules


def test_a_start_is_planned_on_the_programme_s_last_day(agree, mbj):
    [place] = agree(programme=mbj, planned_start=date(2018, 12, 31))
    assert place.programme == mbj


def test_a_start_planned_after_the_programme_s_last_day_is_refused(agree, mbj):
    with refused("En start 2019-01-01 går inte: sista dag för nya beslut i MBJ är 2018-12-31."):
        agree(programme=mbj, planned_start=date(2019, 1, 1))


def test_a_programme_that_has_not_begun(agree):
    coming = ProgrammeFactory(code="ETJ", first_day=START)
    assert len(agree(programme=coming)) == 1
    with refused("En start 2019-01-13 går inte: ETJ finns från och med 2019-01-14."):
        agree(programme=coming, planned_start=START - timedelta(days=1))


@pytest.mark.parametrize(("code", "months"), [("pis", 1), ("pis", 6), ("mbj", 7), ("mbj", 12)])
def test_the_shortest_and_the_longest_place(agree, request, code, months):
    [place] = agree(programme=request.getfixturevalue(code), planned_months=months, planned_start=date(2018, 12, 31))
    assert place.planned_months == months


@pytest.mark.parametrize(("code", "months", "most"), [("pis", 0, 6), ("pis", 7, 6), ("mbj", 13, 12), ("mbj", -1, 12)])
def test_a_place_that_is_too_short_or_too_long_is_refused(agree, request, code, months, most):
    programme = request.getfixturevalue(code)
    with refused(f"{programme.code} är högst {most} månader per beslut och minst en."):
        agree(programme=programme, planned_months=months, planned_start=date(2018, 12, 31))


def test_a_target_group_that_the_programme_is_not_for_is_refused(agree, newly_arrived):
    unemployed = TargetGroup.objects.get(code="long_term_unemployed")
    with refused("PIS är inte för långtidsarbetslösa."):
        agree(target_groups=[newly_arrived, unemployed])


# People


@pytest.mark.parametrize("whose", ["contact", "manager", "tutor"])
def test_somebody_of_another_agency_is_refused(agree, whose):
    stranger = ContactFactory(name="Sven Främmande")
    with refused("Sven Främmande hör till en annan myndighet."):
        agree(**{whose: stranger})


@pytest.mark.parametrize("whose", ["contact", "manager", "tutor"])
def test_somebody_who_had_left_is_refused(agree, agency, whose):
    gone = ContactFactory(agency=agency, name="Gun Borta", left_on=AGREED)
    with refused("Gun Borta slutade 2018-12-03 och kan inte väljas."):
        agree(**{whose: gone})


def test_somebody_who_left_the_day_after_could_still_promise(agree, agency):
    leaving = ContactFactory(agency=agency, left_on=AGREED + timedelta(days=1))
    [place] = agree(contact=leaving)
    assert place.contact == leaving


# The rest


def test_an_archived_agency_agrees_nothing(agree, agency):
    agencies.archive(agency, on=AGREED)
    with refused("Trafikverket är arkiverad. Återställ myndigheten innan du avtalar platser."):
        agree()


@pytest.mark.parametrize(("field", "label"), [("duties", "Arbetsuppgifterna"), ("unit", "Enheten")])
def test_nobody_s_identity_is_stored(agree, field, label):
    with refused("personnummer eller samordningsnummer", "Praktik sparar aldrig vem"):
        agree(**{field: f"Hjälper {IDENTITY} med arkivet"})


@pytest.mark.parametrize(
    ("field", "longest", "label"), [("duties", 150, "Arbetsuppgifterna"), ("unit", 100, "Enheten")]
)
def test_the_longest_text(agree, field, longest, label):
    [place] = agree(**{field: "å" * longest})
    assert getattr(place, field) == "å" * longest
    with refused(f"{label} är {longest + 1} tecken. Högst {longest} får plats."):
        agree(**{field: "å" * (longest + 1)})


@pytest.mark.parametrize("percent", [1, 100])
def test_the_least_and_the_most_hours(agree, percent):
    [place] = agree(percent=percent)
    assert place.percent == percent


@pytest.mark.parametrize("percent", [-1, 0, 101])
def test_hours_that_are_none_are_refused(agree, percent):
    with refused("Omfattningen är mellan 1 och 100 procent."):
        agree(percent=percent)


# What it follows


@pytest.mark.parametrize("make", [ongoing_place, ended_place])
def test_a_place_follows_one_that_has_started(agree, mbj, make):
    before = make()
    [place] = agree(programme=mbj, follows=before, planned_start=date(2018, 12, 31))
    assert place.follows == before
    assert before.followed_by == place


def test_it_follows_from_the_day_of_the_start_on(agree):
    before = ongoing_place()
    [place] = agree(follows=before, agreed_on=before.started_on)
    assert place.follows == before


def test_an_agreement_before_the_start_of_what_it_follows_is_refused(agree):
    before = ongoing_place()
    with refused("Avtalet 2018-09-02 kan inte vara före starten av platsen som den följer på 2018-09-03."):
        agree(follows=before, agreed_on=date(2018, 9, 2))


@pytest.mark.parametrize("make", [PlacementFactory, withdrawn_place])
def test_nothing_follows_a_place_that_never_started(agree, make):
    before = make()
    with refused("Platsen som den här följer på har inte startat."):
        agree(follows=before)


def test_one_place_is_followed_once(agree):
    before = ongoing_place()
    agree(follows=before)
    with refused("En annan plats följer redan på den platsen."):
        agree(follows=before)


def test_two_places_do_not_follow_one(agree):
    before = ongoing_place()
    with refused("En plats som följer på en annan avtalas för sig."):
        agree(follows=before, places=2)


def test_it_may_follow_a_place_of_another_agency(agree):
    elsewhere = ended_place(agency=AgencyFactory())
    [place] = agree(follows=elsewhere)
    assert place.follows.agency != place.agency
