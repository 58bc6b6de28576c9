"""What has been agreed is changed: facts of an open place, and until the start its plan."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import State
from placements.models import Deed, Placement, TargetGroup
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
from tests.placements.lives import IDENTITY, lived, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def place(agency):
    return PlacementFactory(agency=agency)


def test_the_new_values_are_stored_in_one_entry(place, agency, coordinator, disability):
    tutor = ContactFactory(agency=agency)
    lifecycle.change(
        place,
        by=coordinator,
        duties=" Vaktmästeri ",
        tutor=tutor,
        planned_start=date(2019, 2, 1),
        planned_months=3,
        target_groups=[disability],
    )
    place.refresh_from_db()
    assert (place.duties, place.tutor, place.planned_months) == ("Vaktmästeri", tutor, 3)
    assert place.planned_start == date(2019, 2, 1)
    assert list(place.target_groups.all()) == [disability]
    newest, _ = place.history.all()
    assert (newest.history_user, newest.duties) == (coordinator, "Vaktmästeri")
    assert [each.targetgroup for each in newest.target_groups.all()] == [disability]
    assert not Deed.objects.exists()


def test_target_groups_that_are_not_given_stay(place, coordinator):
    before = set(place.target_groups.all())
    lifecycle.change(place, by=coordinator, duties="Vaktmästeri")
    assert set(place.target_groups.all()) == before
    assert len(before) == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"agreed_on": date(2019, 1, 1)}, "Avtalet kan inte dateras 2019-01-01: dagen har inte varit än."),
        ({"planned_start": date(2018, 12, 2)}, "kan inte vara före avtalet 2018-12-03"),
        ({"planned_start": date(2021, 12, 31)}, "mer än tre år fram"),
        ({"planned_months": 7}, "PIS är högst 6 månader per beslut"),
        ({"planned_months": 0}, "PIS är högst 6 månader per beslut och minst en"),
        ({"first_contact_on": date(2018, 12, 4)}, "före den första kontakten 2018-12-04"),
        ({"duties": "å" * 151}, "Arbetsuppgifterna är 151 tecken. Högst 150 får plats."),
        ({"unit": f"Hos {IDENTITY}"}, "personnummer"),
        ({"percent": 0}, "mellan 1 och 100 procent"),
        ({"percent": 101}, "mellan 1 och 100 procent"),
    ],
)
def test_what_agree_refuses_is_refused_here_too(place, coordinator, values, words):
    with refused(words):
        lifecycle.change(place, by=coordinator, **values)


def test_a_programme_that_is_over_is_not_planned_for(place, coordinator, mbj):
    with refused("sista dag för nya beslut i MBJ är 2018-12-31"):
        lifecycle.change(place, by=coordinator, programme=mbj, planned_start=date(2019, 1, 1))


def test_a_target_group_that_the_programme_is_not_for_is_refused(place, coordinator):
    unemployed = TargetGroup.objects.get(code="long_term_unemployed")
    with refused("PIS är inte för långtidsarbetslösa."):
        lifecycle.change(place, by=coordinator, target_groups=[unemployed])


@pytest.mark.parametrize("whose", ["manager", "tutor"])
def test_people_are_the_agency_s_and_there(place, agency, coordinator, whose):
    stranger, gone = ContactFactory(), ContactFactory(agency=agency, name="Gun Borta", left_on=date(2018, 12, 31))
    with refused("hör till en annan myndighet"):
        lifecycle.change(place, by=coordinator, **{whose: stranger})
    with refused("Gun Borta slutade 2018-12-31"):
        lifecycle.change(place, by=coordinator, **{whose: gone})


def test_somebody_who_has_left_since_stays_named(agency, coordinator):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 15))
    place = PlacementFactory(agency=agency, tutor=gone)
    lifecycle.change(place, by=coordinator, duties="Vaktmästeri")
    assert Placement.objects.get(duties="Vaktmästeri").tutor == gone


def test_what_nobody_touched_stands_as_it_is(agency, coordinator):
    """A place of last year may stand on a plan that nobody could make today."""
    place = PlacementFactory(agency=agency, programme=programme("MBJ"), planned_start=date(2019, 2, 1))
    lifecycle.change(place, by=coordinator, duties="Vaktmästeri", planned_start=date(2019, 2, 1))
    assert Placement.objects.get().duties == "Vaktmästeri"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("programme", lambda: programme("MBJ")),
        ("agreed_on", lambda: date(2018, 6, 12)),
        ("planned_start", lambda: date(2018, 9, 4)),
        ("planned_months", lambda: 5),
        ("first_contact_on", lambda: date(2018, 6, 1)),
        ("citizenship", lambda: True),
        ("vetting", lambda: True),
        ("target_groups", lambda: [TargetGroup.objects.get(code="newly_arrived")]),
    ],
)
def test_the_agreement_of_what_has_started_stands(coordinator, name, value):
    place, value = ongoing_place(), value()
    with refused("Avtalet står fast när platsen har startat. Ångra starten först."):
        lifecycle.change(place, by=coordinator, **{name: value})


@pytest.mark.parametrize("name", ["started_on", "office", "coordinator", "contact", "next_step", "sex", "ended_on"])
def test_what_other_verbs_change_is_not_changed_here(place, coordinator, name):
    value = {"office": OfficeFactory, "coordinator": UserFactory, "contact": ContactFactory}.get(name, lambda: "man")()
    with refused("Avtalet står fast"):
        lifecycle.change(place, by=coordinator, **{name: value})


def test_facts_of_what_has_started_are_changed(agency, coordinator):
    place, tutor = ongoing_place(agency=agency), ContactFactory(agency=agency)
    lifecycle.change(place, by=coordinator, duties="Vaktmästeri", tutor=tutor, percent=50)
    place.refresh_from_db()
    assert (place.duties, place.tutor, place.percent) == ("Vaktmästeri", tutor, 50)


def test_another_day_of_the_agreement_is_also_that_of_the_step(coordinator):
    place = lived(State.AGREED, by=coordinator)
    lifecycle.change(place, by=coordinator, agreed_on=date(2018, 5, 2))
    assert place.deeds.get().on == date(2018, 5, 2)


def test_an_agreement_is_not_moved_past_what_came_of_it(coordinator, office):
    place = lived(State.AGREED, by=coordinator)
    lifecycle.order([place], by=coordinator, office=office, sent_on=date(2018, 5, 21), profile="Arkiv")
    with refused("Avtalet kan inte vara efter det som hände 2018-05-21."):
        lifecycle.change(place, by=coordinator, agreed_on=date(2018, 5, 22))
    lifecycle.change(place, by=coordinator, agreed_on=date(2018, 5, 21))


def test_an_agreement_is_not_moved_before_the_start_of_what_it_follows(coordinator):
    place = PlacementFactory(follows=ongoing_place())
    with refused("Avtalet 2018-09-02 kan inte vara före starten av platsen som den följer på 2018-09-03."):
        lifecycle.change(place, by=coordinator, agreed_on=date(2018, 9, 2))
    lifecycle.change(place, by=coordinator, agreed_on=date(2018, 9, 3))


@pytest.mark.parametrize("make", [ended_place, withdrawn_place])
def test_a_closed_place_is_not_changed(make, coordinator):
    place = make()
    with refused("Platsen"):
        lifecycle.change(place, by=coordinator, duties="Vaktmästeri")
