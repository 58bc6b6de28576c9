"""The start pages: what waits among the places, each line with its number and the list that shows just those."""

from datetime import date
from urllib.parse import urlparse

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from placements import lifecycle
from placements.choices import AnswerKind, Outcome, Requirement
from placements.models import Placement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.factories import ContactFactory, OfficeFactory, UserFactory
from tests.placements.pages import agreed, begun, cost, ordered, owned, waiting, ways

pytestmark = pytest.mark.django_db


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
    asked = waiting(agreed(by)[0], by, office)
    lifecycle.ask_about(asked, by=officer, on=date(2018, 12, 12), text="Går det buss?")
    back = waiting(agreed(by)[0], by, office)
    lifecycle.return_handover(back, by=officer, on=date(2018, 12, 12), reason="Nej")
    resting = agreed(by)[0]
    type(resting.contact).objects.filter(pk=resting.contact_id).update(left_on=date(2018, 12, 20))
    gone = UserFactory()
    agreed(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)


def lines(browser) -> list[tuple[str, str]]:
    """(words, address) of each line that waits."""
    response = browser.get("/")
    told = {each.address for each in response.context["waiting"]}
    found = [(words, way) for words, way in ways(response) if way in told]
    assert len(found) == len(response.context["waiting"])
    return found


def shown(response) -> int:
    """How many the list of an address shows."""
    return response.context["page"].paginator.count


# On the ledger, several lines lead to one page: the part of it that each is about.
IN_LEDGER = {
    "stolarna": lambda context: context["falling_count"],
    "tillbakalämna": lambda context: len(context["returned"]),
    "om överlämning": lambda context: sum(1 for each in context["page"] if each.words.all()),
    "överlämning": lambda context: context["page"].paginator.count,
}


@pytest.mark.parametrize("who", ["as_coordinator", "as_own", "stranger"])
def test_every_line_leads_to_a_list_of_just_so_many(request, log_in, coordinator, own_officer, office, stranger, who):
    for officer in (own_officer, stranger):
        everything(coordinator, officer)
    # The other office has one more of what both have.
    ordered(agreed(coordinator), coordinator, stranger.offices.get())
    browser = log_in(stranger) if who == "stranger" else request.getfixturevalue(who)
    found = lines(browser)
    assert len(found) >= (9 if who == "as_coordinator" else 5), found
    for words, address in found:
        number = int(words.split()[0])
        response = browser.get(address)
        assert response.status_code == 200
        if urlparse(address).path == "/overlamningar/":
            part = next(part for part in IN_LEDGER if part in words)
            assert IN_LEDGER[part](response.context) == number, words
        else:
            assert shown(response) == number, (words, address)


def test_a_coordinator_is_told_of_all_that_waits(as_coordinator, coordinator, own_officer, office):
    everything(coordinator, own_officer)
    words = " / ".join(words for words, _ in lines(as_coordinator))
    for each in (
        "2 order väntar på svar",
        "2 platser skulle ha startat",
        "2 platser slutar inom 30 dagar",
        "2 platser att följa upp",
        "1 process mellan stolarna",
        "1 avtal att bekräfta",
        "1 överlämning ej mottagen",
        "1 överlämning tillbakalämnad",
        "1 fråga om överlämning",
        "1 fråga från kontoren",
        "1 order föreslås som svårmatchad",
    ):
        assert each in words, words


def test_an_officer_is_told_of_the_own_office_s(as_own, log_in, coordinator, own_officer, office, stranger):
    everything(coordinator, stranger)
    own = " / ".join(words for words, _ in lines(as_own))
    # Of another office's things only the hard order is anything to look at.
    assert own == "1 svårmatchad order att titta på"
    theirs = " / ".join(words for words, _ in lines(log_in(stranger)))
    for each in (
        "2 order väntar på svar",
        "1 plats skulle ha startat",
        "1 plats slutar inom 30 dagar",
        "1 plats att följa upp",
        "1 överlämning att ta emot",
    ):
        assert each in theirs, theirs


def test_what_is_done_leaves_the_line(as_own, coordinator, own_officer, office):
    order = ordered(agreed(coordinator), coordinator, office)
    assert [words for words, _ in lines(as_own)] == ["1 order väntar på svar"]
    lifecycle.answer(order, by=own_officer, office=office, on=date(2018, 12, 31), kind=AnswerKind.NONE_NOW, text="")
    assert lines(as_own) == []
    assertContains(as_own.get("/"), "Ingenting väntar på ditt kontor.")


def test_a_place_on_its_last_day_is_neither_counted_nor_listed_as_ending(as_coordinator, coordinator):
    for ended in (True, False):
        place = begun(coordinator, planned_end=date(2018, 12, 31))
        if ended:
            lifecycle.end(place, by=coordinator, ended_on=date(2018, 12, 31), outcome=Outcome.STUDIES)
    [address] = [way for words, way in lines(as_coordinator) if words == "1 plats slutar inom 30 dagar"]
    assert shown(as_coordinator.get(address)) == 1


def test_where_nothing_waits_nothing_is_said(as_coordinator):
    assert lines(as_coordinator) == []


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_the_others_are_told_nothing_of_places(request, client, coordinator, own_officer, office):
    everything(coordinator, own_officer)
    response = request.getfixturevalue(client).get("/")
    for words in ("order väntar", "platser", "Sollefteå</a>"):
        assertNotContains(response, words)
    assert "waiting" not in response.context


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_costs_the_same_however_much_waits(request, client, coordinator, own_officer, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2):
        for _ in range(number):
            everything(coordinator, own_officer)
            ContactFactory()
        costs.append(cost(browser, "/"))
    assert costs[0] == costs[1] <= 15, costs
