"""What waits for whom: one's own steps, colleagues' overdue ones, silent agencies, one's offices."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from agencies import worklist
from praktik.accounts.roles import Role
from tests.factories import (
    AgencyFactory,
    ContactFactory,
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


def test_the_coordinator_s_day_begins_with_what_is_due(as_coordinator, coordinator, colleague, today):
    for what, days in (("Försenat", -3), ("I dag", 0), ("I morgon", 1), ("Om två veckor", 14), ("Senare", 15)):
        step(coordinator, what, today + timedelta(days=days))
    step(colleague, "Kollegans", today - timedelta(days=1))
    response = as_coordinator.get("/")
    assert names(response.context["due"]) == ["Försenat", "I dag"]
    assert names(response.context["coming"]) == ["I morgon", "Om två veckor"]
    assert response.context["later"] == 1
    assert names(response.context["others"]) == ["Kollegans"]
    assertContains(response, "2 steg är till i dag eller försenade.")


def test_an_empty_day_says_so(as_coordinator):
    assertContains(as_coordinator.get("/"), "Inget är försenat, och inget ska göras i dag.")


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


def test_the_start_page_shows_ten_and_how_many_there_are(as_coordinator):
    AgencyFactory.create_batch(12)
    response = as_coordinator.get("/")
    assert len(response.context["silent"]) == 10
    assertContains(response, "10 av 12.")
    assertContains(response, "?tyst=60&amp;steg=saknas&amp;ordning=dialog")
    shown = as_coordinator.get("/myndigheter/?tyst=60&steg=saknas&ordning=dialog").context["page"]
    assert shown.paginator.count == 12


@pytest.mark.once
def test_the_start_page_costs_the_same_however_much_waits(
    as_coordinator, coordinator, colleague, today, django_assert_max_num_queries
):
    as_coordinator.get("/")
    counts = []
    for number in (1, 3, 20):
        for each in range(number):
            step(coordinator, f"Mitt {each}", today)
            step(colleague, f"Kollegans {each}", date(2018, 1, 1))
            AgencyFactory()
        # One of them asks for all that waits among the places.
        with django_assert_max_num_queries(15) as queries:
            as_coordinator.get("/")
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


# Offices


@pytest.mark.once
def test_a_case_officer_s_start_page_costs_the_same_however_many_agencies(
    as_officer, officer, django_assert_num_queries
):
    town = MunicipalityFactory()
    OfficeFactory(officers=[officer], municipalities=[town])
    as_officer.get("/")
    for number in (1, 2, 17):
        for _ in range(number):
            agency = AgencyFactory(municipalities=[town])
            ContactFactory.create_batch(2, agency=agency)
            DialogueFactory(agency=agency)
        # Two of them ask for the officer's offices as the places know them, and for all that waits there.
        with django_assert_num_queries(10):
            as_officer.get("/")


def test_a_case_officer_is_told_whom_to_call(as_officer, officer, today):
    town = MunicipalityFactory()
    OfficeFactory(officers=[officer], municipalities=[town])
    agency = AgencyFactory(name="Trafikverket", municipalities=[town])
    ContactFactory(agency=agency, name="Gunnar Gren", left_on=today)
    ContactFactory(agency=agency, name="Anna Berg")
    response = as_officer.get("/")
    assertContains(response, "Anna Berg")
    assertNotContains(response, "Gunnar Gren")


def test_a_case_officer_s_own_offices(officer):
    mine = [OfficeFactory(name=name, officers=[officer]) for name in ("Ånge", "Kramfors")]
    OfficeFactory(name="Andras", officers=[UserFactory(role=Role.CASE_OFFICER)])
    assert list(worklist.own_offices(officer)) == [mine[1], mine[0]]


def test_a_case_officer_s_day_begins_with_the_agencies_of_the_own_offices(as_officer, officer, today):
    here, there = MunicipalityFactory(name="Ånge"), MunicipalityFactory(name="Timrå")
    OfficeFactory(name="Mitt kontor", officers=[officer], municipalities=[here])
    OfficeFactory(name="Andras kontor", officers=[UserFactory()], municipalities=[there])
    near = AgencyFactory(name="Skogsstyrelsen", municipalities=[here, there])
    NextStepFactory(agency=near, what="Hemligt steg")
    ObstacleFactory(agency=near)
    DialogueFactory(agency=near, notes="Hemliga ord")
    AgencyFactory(name="Kustbevakningen", municipalities=[there])
    AgencyFactory(name="Nedlagd", municipalities=[here], archived_on=today)
    response = as_officer.get("/")
    assertContains(response, "Skogsstyrelsen", count=1)
    for words in ("Kustbevakningen", "Nedlagd", "Hemligt steg", "Hemliga ord", "Saknar handledare"):
        assertNotContains(response, words)


def test_offices_that_nobody_can_answer_for(officer, today):
    OfficeFactory(name="Bemannat", officers=[officer])
    OfficeFactory(name="Tomt")
    OfficeFactory(name="Bara en som slutat", officers=[UserFactory(is_active=False)])
    OfficeFactory(name="En som slutat och en kvar", officers=[UserFactory(is_active=False), officer])
    OfficeFactory(name="Stängt", closed_on=today)
    OfficeFactory(name="Stänger i morgon", closed_on=today + timedelta(days=1))
    assert names(worklist.offices_without_officer(on=today)) == ["Bara en som slutat", "Stänger i morgon", "Tomt"]
