"""What waits for whom: one's own steps, colleagues' overdue ones, silent agencies, old obstacles, one's offices."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from agencies import worklist
from praktik.accounts.roles import Role
from praktik.worklist import Worklist
from tests.factories import (
    AgencyFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return UserFactory(name="Olle Kollega")


def step(owner, what: str, due_on: date, **fields):
    return NextStepFactory(owner=owner, what=what, due_on=due_on, **fields)


def names(rows) -> list[str]:
    return [str(row) for row in rows]


# Steps


def test_one_s_own_open_steps_the_most_overdue_first(coordinator, colleague, today):
    step(coordinator, "Senare", date(2019, 2, 1))
    step(coordinator, "Förr", date(2018, 11, 1))
    step(coordinator, "Gjort", date(2018, 10, 1), done_on=today)
    step(colleague, "Kollegans", date(2018, 9, 1))
    assert names(worklist.next_steps(coordinator)) == ["Förr", "Senare"]


def test_of_one_day_the_first_planned_stands_first(coordinator, today):
    for what in ("Ett", "Två", "Tre"):
        step(coordinator, what, today)
    assert names(worklist.next_steps(coordinator)) == ["Ett", "Två", "Tre"]


def test_colleagues_steps_are_told_of_the_day_after(coordinator, colleague, today):
    step(colleague, "I går", today - timedelta(days=1))
    step(colleague, "I dag", today)
    step(colleague, "Gjort", date(2018, 1, 1), done_on=today)
    step(coordinator, "Mitt", date(2018, 1, 1))
    assert names(worklist.others_waiting(coordinator, on=today)) == ["I går"]


def test_steps_of_who_no_longer_owns_any_wait_for_somebody_whatever_their_day(coordinator, today):
    step(UserFactory(is_active=False), "Någon som slutat", date(2019, 6, 1))
    step(UserFactory(role=Role.ADMINISTRATOR), "Någon med ny roll", date(2019, 5, 1))
    assert names(worklist.others_waiting(coordinator, on=today)) == ["Någon med ny roll", "Någon som slutat"]


def test_who_can_own_a_step(coordinator, colleague, officer, steering, administrator):
    UserFactory(is_active=False)
    assert list(worklist.coordinators()) == [coordinator, colleague]


def test_a_step_is_due_from_its_day(coordinator, colleague, today):
    for what, days in (("Försenat", -3), ("I går", -1), ("I dag", 0), ("I morgon", 1)):
        step(coordinator, what, today + timedelta(days=days))
    step(coordinator, "Gjort", today, done_on=today)
    step(colleague, "Kollegans", today)
    assert names(worklist.due_steps(coordinator, on=today)) == ["Försenat", "I går", "I dag"]
    assert names(worklist.due_steps(coordinator, on=today + timedelta(days=1)))[-1] == "I morgon"


def test_a_step_due_today_is_not_late_and_one_of_yesterday_is(coordinator, colleague, today):
    for owner in (coordinator, colleague):
        for days in (-1, 0):
            step(owner, f"{owner.name} {days}", today + timedelta(days=days))
    told = Worklist(coordinator, on=today)
    assert [(item.what, item.look) for item in told.items("steg")] == [
        ("Karin Koordinator -1", "late"),
        ("Olle Kollega -1 (Olle Kollega)", "late"),
        ("Karin Koordinator 0", "wait"),
    ]
    assert told.late == 2


def test_a_step_done_or_handed_on_leaves_the_list(as_coordinator, coordinator, colleague, today):
    done, handed = (step(coordinator, what, today) for what in ("Görs", "Lämnas"))
    as_coordinator.post(f"/nasta-steg/{done.pk}/klart/")
    as_coordinator.post(f"/nasta-steg/{handed.pk}/lamna/", {"till": colleague.pk})
    assert names(worklist.next_steps(coordinator)) == []
    assert names(worklist.next_steps(colleague)) == ["Lämnas"]


# Silent agencies


def heard(name: str, days: int, today: date):
    agency = AgencyFactory(name=name)
    DialogueFactory(agency=agency, held_on=today - timedelta(days=days))
    return agency


def test_an_agency_is_silent_after_sixty_days(today):
    for days in (0, 59, 60, 61, 200):
        heard(f"{days} dagar", days, today)
    assert names(worklist.silent_agencies(on=today)) == ["200 dagar", "61 dagar", "60 dagar"]


def test_a_dialogue_logged_by_mistake_breaks_no_silence(today):
    DialogueFactory(agency=heard("Tyst", 90, today), held_on=today, withdrawn_on=today)
    DialogueFactory(agency=AgencyFactory(name="Aldrig"), held_on=today, withdrawn_on=today)
    assert names(worklist.silent_agencies(on=today)) == ["Aldrig", "Tyst"]


def test_an_agency_never_contacted_is_the_most_silent(today):
    heard("Gammal", 500, today)
    for name in ("Ö", "Å"):
        AgencyFactory(name=name)
    assert names(worklist.silent_agencies(on=today)) == ["Å", "Ö", "Gammal"]


def test_the_latest_dialogue_counts(today):
    agency = heard("Både och", 300, today)
    DialogueFactory(agency=agency, held_on=today - timedelta(days=59))
    assert names(worklist.silent_agencies(on=today)) == []


def test_an_agency_with_a_planned_step_is_not_forgotten(today, coordinator):
    planned, done = heard("Planerad", 90, today), heard("Gjort", 90, today)
    step(coordinator, "Ring", date(2018, 1, 1), agency=planned)
    step(coordinator, "Ring", date(2018, 1, 1), agency=done, done_on=date(2018, 1, 2))
    assert names(worklist.silent_agencies(on=today)) == ["Gjort"]


def test_an_archived_agency_is_not_called(today):
    AgencyFactory(archived_on=today)
    assert names(worklist.silent_agencies(on=today)) == []


def test_silence_is_as_of_the_day(today):
    heard("Nyss", 0, today)
    assert names(worklist.silent_agencies(on=today + timedelta(days=59))) == []
    assert names(worklist.silent_agencies(on=today + timedelta(days=60))) == ["Nyss"]


def test_how_long_is_silent_is_a_setting(settings, today):
    for days in (29, 30, 60):
        heard(f"{days} dagar", days, today)
    settings.SILENT_DAYS = 30
    assert names(worklist.silent_agencies(on=today)) == ["60 dagar", "30 dagar"]
    settings.SILENT_DAYS = 61
    assert names(worklist.silent_agencies(on=today)) == []


# Obstacles


def test_an_obstacle_is_old_after_ninety_days(today):
    for days in (500, 91, 90, 0):
        ObstacleFactory(agency=AgencyFactory(name=f"{days}"), noted_on=today - timedelta(days=days))
    assert [row.agency.name for row in worklist.old_obstacles(on=today)] == ["500", "91"]
    assert [row.agency.name for row in worklist.old_obstacles(on=today + timedelta(days=1))] == ["500", "91", "90"]


@pytest.mark.parametrize(("days", "waits"), [(-1, False), (0, False), (1, True)])
def test_an_obstacle_waits_until_the_day_it_is_resolved(today, days, waits):
    ObstacleFactory(noted_on=date(2018, 2, 1), resolved_on=today + timedelta(days=days))
    assert worklist.old_obstacles(on=today).exists() is waits


def test_an_archived_agency_s_obstacles_wait_for_nobody(today):
    ObstacleFactory(noted_on=date(2018, 2, 1), agency=AgencyFactory(archived_on=today))
    assert not worklist.old_obstacles(on=today).exists()


# Offices


def test_a_case_officer_s_own_offices(officer):
    mine = [OfficeFactory(name=name, officers=[officer]) for name in ("Ånge", "Kramfors")]
    OfficeFactory(name="Andras", officers=[UserFactory(role=Role.CASE_OFFICER)])
    assert list(worklist.own_offices(officer)) == [mine[1], mine[0]]


@pytest.mark.once
def test_a_case_officer_is_told_nothing_of_what_is_the_coordinator_s(as_officer, officer, today):
    town = MunicipalityFactory(name="Ånge")
    OfficeFactory(name="Mitt kontor", officers=[officer], municipalities=[town])
    near = AgencyFactory(name="Skogsstyrelsen", municipalities=[town])
    NextStepFactory(agency=near, what="Hemligt steg", due_on=today)
    ObstacleFactory(agency=near, noted_on=date(2018, 2, 1))
    DialogueFactory(agency=near, notes="Hemliga ord", held_on=date(2018, 2, 1))
    response = as_officer.get("/")
    assertContains(response, "Mitt kontor")
    assertContains(response, "Ingenting väntar på dig.")
    assertContains(response, 'href="/myndigheter/?mina=on"')
    for words in ("Skogsstyrelsen", "Hemligt steg", "Hemliga ord", "Saknar handledare"):
        assertNotContains(response, words)


def test_offices_that_nobody_can_answer_for(officer, today):
    OfficeFactory(name="Bemannat", officers=[officer])
    OfficeFactory(name="Tomt")
    OfficeFactory(name="Bara en som slutat", officers=[UserFactory(is_active=False)])
    OfficeFactory(name="En som slutat och en kvar", officers=[UserFactory(is_active=False), officer])
    OfficeFactory(name="Stängt", closed_on=today)
    OfficeFactory(name="Stänger i morgon", closed_on=today + timedelta(days=1))
    assert names(worklist.offices_without_officer(on=today)) == ["Bara en som slutat", "Stänger i morgon", "Tomt"]
