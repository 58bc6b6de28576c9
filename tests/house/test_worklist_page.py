"""The list of what waits: order, filter, pages, who sees what, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from praktik import clock
from praktik.accounts.roles import Role
from reports import lifecycle
from tests.factories import (
    AgencyFactory,
    HandoverFactory,
    MatchingOrderFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    PlacementFactory,
    UserFactory,
    ongoing_place,
)
from tests.house.waiting import DAY, TODAY, for_coordinator, for_officer, listed, multiply, steps
from tests.reports.letters.written import letter_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LINES_OF_COORDINATOR = {
    *("steps", "others", "silent", "obstacles", "falling", "late-starts", "to-confirm", "orders", "questions"),
    *("hard-found", "handovers", "ending", "place-steps", "follow-ups", "proposed-hard"),
}
LINES_OF_OFFICER = {"orders", "handovers", "starts", "ending", "place-steps", "follow-ups", "hard"}


@pytest.fixture
def elsewhere(db):
    return OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[UserFactory(role=Role.CASE_OFFICER)])


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


# What each role sees


def test_nothing_waits_in_a_new_county_and_the_page_says_so(as_coordinator, as_own, as_officer):
    for browser in (as_coordinator, as_own):
        answer = browser.get("/")
        assertContains(answer, "Ingenting väntar på dig.")
        assertNotContains(answer, 'id="todo-kinds"')
        assert answer.context["list"].total == 0
    assertContains(as_officer.get("/"), "Du hör inte till något kontor än.")
    assertContains(as_coordinator.get("/"), "Allt som är öppet har en ägare, ett nästa steg och en dag.")


@pytest.mark.parametrize(("who", "lines"), [("coordinator", LINES_OF_COORDINATOR), ("officer", LINES_OF_OFFICER)])
def test_each_role_has_its_own_rules_and_every_row_an_action(
    as_coordinator, as_own, coordinator, office, elsewhere, who, lines
):
    for_coordinator(coordinator, elsewhere) if who == "coordinator" else for_officer(office, elsewhere)
    told = listed(as_coordinator if who == "coordinator" else as_own)
    assert {item.line for item in told} == lines
    assert len(told) == len(lines)
    for item in told:
        assert item.what, item
        assert item.said, item
        assert item.acts, item
        assert item.kind.label, item


def test_another_office_s_officer_sees_the_own_office_s_only(as_own, log_in, office, elsewhere):
    for_officer(office, elsewhere)
    for_officer(elsewhere, office)
    theirs = log_in(elsewhere.officers.get())
    mine, others = ({(item.line, item.key) for item in listed(browser)} for browser in (as_own, theirs))
    assert {line for line, _ in mine} == {line for line, _ in others} == LINES_OF_OFFICER
    assert not mine & others


@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_nothing_of_it_waits_for_the_others(request, client, coordinator, office):
    for_coordinator(coordinator, office)
    answer = request.getfixturevalue(client).get("/")
    for words in ("Myndigheten ", 'id="todo-', 'class="n"'):
        assertNotContains(answer, words)


def test_what_is_put_away_closed_or_over_waits_for_nobody(as_coordinator, as_own, office, coordinator):
    gone = AgencyFactory(name="Nedlagda verket", archived_on=TODAY)
    ObstacleFactory(agency=gone, noted_on=date(2018, 2, 1))
    closed = OfficeFactory(officers=[UserFactory(role=Role.CASE_OFFICER)], closed_on=TODAY)
    ongoing_place(office=closed, coordinator=coordinator)
    assert [item.line for item in listed(as_coordinator) if item.kind.code != "tyst"] == ["falling"]
    assert listed(as_own) == []


def test_a_colleague_who_cannot_log_in_any_more_leaves_steps_to_the_others(as_coordinator, coordinator):
    agency = AgencyFactory()
    here, gone = UserFactory(name="Olle Här"), UserFactory(name="Gunnar Gått", is_active=False)
    for owner in (here, gone):
        NextStepFactory(agency=agency, owner=owner, what="Ring", due_on=TODAY + DAY)
    assert [(item.what, item.look) for item in listed(as_coordinator)] == [("Ring (Gunnar Gått)", "wait")]
    NextStepFactory(agency=agency, owner=here, what="Skriv", due_on=TODAY - DAY)
    assert [(item.what, item.look) for item in listed(as_coordinator)] == [
        ("Skriv (Olle Här)", "late"),
        ("Ring (Gunnar Gått)", "wait"),
    ]


# Order, kinds, pages


def test_the_most_urgent_stands_first_and_of_these_the_earliest(as_coordinator, coordinator, office):
    for_coordinator(coordinator, office)
    steps(coordinator, 1, due_on=date(2018, 3, 1))
    told = listed(as_coordinator)
    looks = [item.look for item in told]
    assert looks == sorted(looks, key=["late", "wait", "calm"].index)
    assert set(looks) == {"late", "wait", "calm"}
    assert [item.what for item in told][:2] == ["Ring 0", "Af Sollefteå har inte tagit emot platsen"]
    same = [item for item in told if item.line in ("steps", "others")]
    assert [item.look for item in same] == ["late", "late", "wait"]


@pytest.mark.parametrize(("days", "look"), [(6, "wait"), (7, "wait"), (8, "late")])
def test_a_handover_is_late_after_a_week(as_coordinator, as_own, office, days, look):
    HandoverFactory(office=office, handed_on=TODAY - days * DAY)
    for browser in (as_coordinator, as_own):
        assert [item.look for item in listed(browser) if item.line == "handovers"] == [look]


@pytest.mark.parametrize(("days", "look"), [(1, "wait"), (0, "wait"), (-1, "late")])
def test_an_order_is_late_the_day_after_it_should_have_been_answered(as_own, office, days, look):
    MatchingOrderFactory(places=[PlacementFactory()], office=office, answer_by=TODAY + days * DAY)
    assert [item.look for item in listed(as_own)] == [look]


@pytest.mark.parametrize(("days", "look"), [(30, "wait"), (0, "wait"), (-1, "late")])
def test_an_end_is_late_the_day_after_it_was_planned_for(as_own, office, days, look):
    ongoing_place(office=office, planned_end=TODAY + days * DAY)
    assert [item.look for item in listed(as_own)] == [look]


def test_a_kind_is_chosen_and_seen_to_be(as_coordinator, coordinator, office):
    for_coordinator(coordinator, office)
    answer = as_coordinator.get("/?slag=steg")
    assert {item.line for item in answer.context["page"]} == {"steps", "others"}
    assertContains(answer, '<a href="/?slag=steg" aria-current="page">Nästa steg <span class="n">2</span></a>')
    assertContains(answer, '<input type="hidden" name="tillbaka" value="/?slag=steg">')
    [number] = [number for kind, number in answer.context["kinds"] if kind.code == "steg"]
    assert (number, answer.context["list"].total) == (2, len(LINES_OF_COORDINATOR))


@pytest.mark.parametrize("kind", ["finns-inte", "brev", "<script>", "å" * 3000, "\0"])
def test_a_kind_of_which_nothing_waits_says_so(as_coordinator, coordinator, kind):
    steps(coordinator, 1)
    answer = as_coordinator.get("/", {"slag": kind})
    assertContains(answer, "Inget sådant väntar.")
    assertContains(answer, '<a href="/">Visa allt som väntar</a>')
    assertNotContains(answer, "<script>")


@pytest.mark.parametrize("kind", ["", "steg"])
def test_more_than_a_page_is_read_page_by_page(as_coordinator, coordinator, kind):
    made = steps(coordinator, 51)
    asked = {"slag": kind} if kind else {}
    told = [[item.what for item in listed(as_coordinator, sida=str(page), **asked)] for page in (1, 2, 3)]
    assert [len(page) for page in told] == [25, 25, 1]
    assert [what for page in told for what in page] == [step.what for step in made]
    assert [item.what for item in listed(as_coordinator, sida="99", **asked)] == told[2]
    assertContains(as_coordinator.get("/", asked), "51 saker väntar.")


def test_a_page_s_buttons_lead_back_to_that_page(as_coordinator, coordinator):
    steps(coordinator, 30)
    answer = as_coordinator.get("/?sida=2&slag=steg")
    assertContains(answer, '<input type="hidden" name="tillbaka" value="/?sida=2&amp;slag=steg">')


@pytest.mark.parametrize(
    ("late", "on_time", "words"),
    [
        (0, 1, "1 sak väntar."),
        (1, 0, "1 sak väntar, 1 är försenad."),
        (2, 1, "3 saker väntar, 2 är försenade."),
    ],
)
def test_the_line_on_top_counts(as_coordinator, coordinator, late, on_time, words):
    steps(coordinator, late, due_on=TODAY - DAY)
    steps(coordinator, on_time)
    assertContains(as_coordinator.get("/"), words)


def test_markup_in_what_waits_is_shown_as_text(as_coordinator, coordinator):
    agency = AgencyFactory(name="<b>Verket</b>")
    NextStepFactory(agency=agency, owner=coordinator, what="<script>alert(1)</script>", due_on=TODAY)
    answer = as_coordinator.get("/")
    assertContains(answer, "&lt;script&gt;alert(1)")
    assertNotContains(answer, "<script>alert")
    assertNotContains(answer, "<b>Verket")


# What it costs


@pytest.mark.parametrize("number", [3, 60])
def test_the_page_takes_fifteen_questions_at_most_whatever_waits(
    as_coordinator, as_own, coordinator, office, elsewhere, number
):
    with clock.on_day(date(2018, 12, 10)):
        lifecycle.publish(date(2018, 11, 1), by=coordinator, words="")
    letter_of(date(2018, 12, 10), coordinator)
    for_coordinator(coordinator, elsewhere)
    for_officer(office, elsewhere)
    multiply(number - 1)
    costs: dict[tuple[str, ...], int] = {}
    for name, browser in (("coordinator", as_coordinator), ("officer", as_own)):
        browser.get("/konto/")
        kinds = [kind.code for kind, _ in browser.get("/").context["kinds"]]
        for asked in ({}, *({"slag": kind} for kind in kinds), {"sida": "2"}, {"sida": "9999"}):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get("/", asked).status_code == 200
            costs[name, *asked.values()] = len(queries)
        assert browser.get("/").context["list"].total >= number * (len(LINES_OF_OFFICER) - 1)
    assert max(costs.values()) <= 15, costs


def test_the_page_with_one_of_everything_on_it_takes_fifteen_at_most(as_coordinator, coordinator, office):
    with clock.on_day(date(2018, 11, 30)):
        lifecycle.publish(date(2018, 11, 1), by=coordinator, words="")
    letter_of(date(2018, 12, 10), coordinator)
    for_coordinator(coordinator, office)
    as_coordinator.get("/konto/")
    with CaptureQueriesContext(connection) as queries:
        answer = as_coordinator.get("/")
    assert {item.line for item in answer.context["page"]} == LINES_OF_COORDINATOR | {"letters", "months"}
    assert len(queries) <= 15, len(queries)
