"""The start pages: each rule about the places as rows of the one list, with what is done about each."""

from collections import Counter
from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from placements import lifecycle
from placements.choices import AnswerKind, Outcome, Requirement
from placements.models import Placement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.factories import ContactFactory, OfficeFactory, UserFactory
from tests.placements.pages import agreed, begun, cost, ordered, owned, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def stranger(db):
    officer = UserFactory(role=Role.CASE_OFFICER)
    OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[officer])
    return officer


def everything(by, officer) -> None:
    """One of each thing that waits, in the hands of the officer's office, and one in the coordinator's."""
    office = officer.offices.get()
    given = {"by": officer, "office": office}
    ordered(agreed(by), by, office)
    lifecycle.answer(
        ordered(agreed(by), by, office),
        kind=AnswerKind.MORE_INFORMATION,
        text="När?",
        on=date(2018, 12, 12),
        **given,
    )
    old = agreed(by, agreed_on=date(2018, 11, 1))
    sent = lifecycle.order(old, by=by, office=office, sent_on=date(2018, 11, 5), profile="Arkiv")
    lifecycle.answer(sent, kind=AnswerKind.NONE_NOW, text="", on=date(2018, 12, 12), **given)
    hard = ordered(agreed(by), by, office)
    lifecycle.flag_hard(hard, by=by, on=date(2018, 12, 20), requirement=Requirement.LICENCE)
    owned(agreed(by, planned_start=date(2018, 12, 5))[0], by, officer)
    agreed(by, planned_start=date(2018, 12, 4))
    for hands in (owned, lambda place, *_: place):
        hands(begun(by, planned_end=date(2019, 1, 15)), by, officer)
        late = hands(agreed(by)[0], by, officer)
        Placement.objects.filter(pk=late.pk).update(next_on=date(2018, 12, 20))
    for whose in (office, None):
        done = begun(by)
        lifecycle.end(done, by=by, ended_on=date(2018, 9, 14), outcome=Outcome.STUDIES)
        Placement.objects.filter(pk=done.pk).update(office=whose)
    found = ordered(agreed(by), by, office)
    lifecycle.flag_hard(found, by=by, on=date(2018, 12, 12), requirement=Requirement.LICENCE)
    lifecycle.answer(found, kind=AnswerKind.CANDIDATE, text="", on=date(2018, 12, 20), **given)
    waiting(agreed(by)[0], by, office)
    asked = waiting(agreed(by)[0], by, office)
    lifecycle.ask_about(asked, by=officer, on=date(2018, 12, 12), text="Går det buss?")
    back = waiting(agreed(by)[0], by, office)
    lifecycle.return_handover(back, by=officer, on=date(2018, 12, 12), reason="Nej")
    resting = agreed(by)[0]
    type(resting.contact).objects.filter(pk=resting.contact_id).update(left_on=date(2018, 12, 20))
    gone = UserFactory()
    agreed(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)


FOR_COORDINATOR = {
    "falling": ("Utan ägare", ["Ta över"]),
    "late-starts": ("Försenat 27 dagar", ["Starta …", "Ändra …"]),
    "to-confirm": ("Slutade 2018-12-20", ["Bekräfta …", "Dra tillbaka …"]),
    "orders": ("21 dagar utan svar", ["Notera svar …", "Påminn"]),
    "questions": ("Frågade för 19 dagar sedan", ["Svara …"]),
    "handover-questions": ("Överlämnad för 21 dagar sedan", ["Svara …"]),
    "hard-found": ("Föreslogs för 11 dagar sedan", ["Inte svårmatchad längre"]),
    "handovers": ("Väntar 21 dagar", ["Ta tillbaka"]),
    "returned": ("Tillbaka för 19 dagar sedan", ["Lämna över …"]),
    "ending": ("Om 15 dagar", ["Förläng …", "Avsluta …"]),
    "place-steps": ("Försenat 11 dagar", ["Beställ …", "Nytt steg …"]),
    "follow-ups": ("Slutade 2018-09-14", ["Följ upp …"]),
    "proposed-hard": ("56 dagar utan start", ["Markera …"]),
}
FOR_OFFICER = {
    "orders": ("21 dagar utan svar", ["Svara …"]),
    "handovers": ("Väntar 21 dagar", ["Ta emot", "Lämna tillbaka …"]),
    "starts": ("Försenat 26 dagar", ["Starta …"]),
    "ending": ("Om 15 dagar", ["Förläng …", "Avsluta …"]),
    "place-steps": ("Försenat 11 dagar", ["Nytt steg …"]),
    "follow-ups": ("Slutade 2018-09-14", ["Följ upp …"]),
}


def rows(browser, kind="") -> list:
    """What the list tells, of one kind or of all, page by page."""
    told, page = [], None
    while page is None or page.has_next():
        number = page.next_page_number() if page else 1
        response = browser.get("/", {"sida": number} | ({"slag": kind} if kind else {}))
        page = response.context["page"]
        told += page.object_list
    assert len(told) == page.paginator.count
    return told


def of_places(browser) -> list:
    """What the list tells of the places: agencies that nobody has talked with are told of elsewhere."""
    return [item for item in rows(browser) if item.kind.code != "tyst"]


def labels(item) -> list[str]:
    return [act.label for act in item.acts]


@pytest.mark.parametrize(("who", "expected"), [("as_coordinator", FOR_COORDINATOR), ("as_own", FOR_OFFICER)])
def test_all_that_waits_is_told_with_since_when_and_what_to_do(
    request, who, expected, coordinator, own_officer, office
):
    everything(coordinator, own_officer)
    told = of_places(request.getfixturevalue(who))
    assert {item.line for item in told} == set(expected)
    for item in told:
        said, acts = expected[item.line]
        if item.line == "place-steps" and item.what.startswith("Fråga ett annat kontor"):
            said, acts = "Försenat 5 dagar", ["Nytt steg …"]
        if item.line == "late-starts" and item.what.endswith("05"):
            said = "Försenat 26 dagar"
        assert item.said.startswith(said), item
        assert labels(item) == acts, item


def test_each_thing_is_told_of_once(as_coordinator, as_own, coordinator, own_officer, office):
    everything(coordinator, own_officer)
    for browser in (as_coordinator, as_own):
        places = Counter(item.url for item in of_places(browser) if item.url.startswith("/platser/"))
        assert set(places.values()) == {1}


@pytest.mark.parametrize("who", ["as_coordinator", "as_own", "stranger"])
def test_the_number_of_each_kind_is_that_of_its_rows(
    request, log_in, who, coordinator, own_officer, office, stranger, today
):
    for officer in (own_officer, stranger):
        everything(coordinator, officer)
    # The other office has one more of what both have.
    ordered(agreed(coordinator), coordinator, stranger.offices.get())
    browser = log_in(stranger) if who == "stranger" else request.getfixturevalue(who)
    response = browser.get("/")
    kinds = response.context["kinds"]
    assert len(kinds) >= (12 if who == "as_coordinator" else 7), kinds
    for kind, number in kinds:
        told = rows(browser, kind.code)
        assert len(told) == number, kind
        assert {item.kind for item in told} == {kind}
        assertContains(response, f'<a href="/?slag={kind.code}">{kind.label} <span class="n">{number}</span></a>')
    assert sum(number for _, number in kinds) == len(rows(browser)) == response.context["list"].total


def test_an_officer_is_told_of_the_own_office_s(as_own, log_in, coordinator, own_officer, office, stranger):
    everything(coordinator, stranger)
    # Of another office's things only the hard orders are anything to look at.
    assert {item.line for item in rows(as_own)} == {"hard"}
    theirs = Counter(item.line for item in rows(log_in(stranger)))
    twice = {"orders": 2, "handovers": 2}
    assert theirs == twice | dict.fromkeys(FOR_OFFICER.keys() - twice.keys(), 1)


def test_an_officer_of_two_offices_sees_what_both_have_to_do(log_in, coordinator, own_officer, office, stranger):
    office.officers.add(stranger)
    for each in (office, stranger.offices.exclude(pk=office.pk).get()):
        ordered(agreed(coordinator), coordinator, each)
    assert [item.line for item in rows(log_in(stranger))] == ["orders"] * 2


def test_what_is_done_leaves_the_list(as_own, coordinator, own_officer, office):
    order = ordered(agreed(coordinator), coordinator, office)
    assert [item.url for item in rows(as_own)] == [order.get_absolute_url()]
    lifecycle.answer(order, by=own_officer, office=office, on=date(2018, 12, 31), kind=AnswerKind.NONE_NOW, text="")
    assert rows(as_own) == []
    assertContains(as_own.get("/"), "Ingenting väntar på dig.")


def test_a_place_on_its_last_day_is_not_told_of_as_ending(as_coordinator, coordinator):
    ends = [begun(coordinator, planned_end=date(2018, 12, 31)) for _ in range(2)]
    lifecycle.end(ends[0], by=coordinator, ended_on=date(2018, 12, 31), outcome=Outcome.STUDIES)
    assert [item.url for item in rows(as_coordinator, "slut")] == [ends[1].get_absolute_url()]


def test_a_place_that_can_go_no_further_is_not_offered_to(as_coordinator, coordinator):
    begun(coordinator, planned_end=date(2019, 1, 15))
    begun(coordinator, planned_end=date(2019, 1, 16), started_on=date(2018, 7, 17))
    assert [labels(item) for item in rows(as_coordinator, "slut")] == [["Förläng …", "Avsluta …"], ["Avsluta …"]]


@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_the_others_are_told_nothing_of_places(request, client, coordinator, own_officer, office):
    everything(coordinator, own_officer)
    response = request.getfixturevalue(client).get("/")
    for words in ("Order på", "Skulle ha startat", "Sollefteå</a>", "todo-"):
        assertNotContains(response, words)


@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_costs_no_more_however_much_waits(request, client, coordinator, own_officer, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2):
        for _ in range(number):
            everything(coordinator, own_officer)
            ContactFactory()
        costs.append(cost(browser, "/"))
    # A page of what is most urgent may have fewer kinds of rows to fetch.
    assert costs[1] <= costs[0] <= 15, costs
