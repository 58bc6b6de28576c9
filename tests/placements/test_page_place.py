"""A place's page: what it is and all that has happened, and the verbs that are open to its reader, no others."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from placements import lifecycle
from placements.choices import AnswerKind, FollowUp, Outcome, Requirement, Sex, State, Verb
from placements.models import Placement
from placements.permissions import RULES, Whose
from praktik.accounts.roles import Role
from tests.factories import ContactFactory, OfficeFactory, UserFactory, ended_place, ongoing_place, withdrawn_place
from tests.placements.lives import lived
from tests.placements.pages import (
    SENT,
    agreed,
    begun,
    cost,
    doings,
    ordered,
    owned,
    waiting,
    ways,
    with_everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page(browser, place, **asked):
    response = browser.get(place.get_absolute_url(), asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def as_stranger(log_in, db):
    """The browser of an officer whose office has nothing to do with the place."""
    stranger = UserFactory(role=Role.CASE_OFFICER)
    ongoing_place(office=OfficeFactory(name="Främmande kontor", officers=[stranger]))
    return log_in(stranger)


# What it tells


def test_it_tells_what_the_place_is(as_coordinator, agency, coordinator, disability):
    people = [ContactFactory(agency=agency, name=name) for name in ("Anna Avtal", "Chris Chef", "Hedda Handledare")]
    facts = {"unit": "Region Mitt", "percent": 75, "citizenship": True, "vetting": True, "target_groups": [disability]}
    names = dict(zip(("contact", "manager", "tutor"), people, strict=True))
    [place] = agreed(coordinator, agency=agency, planned_months=3, first_contact_on=date(2018, 11, 5), **facts, **names)
    response = page(as_coordinator, place)
    assertTemplateUsed(response, "placements/placement_page.html")
    for words in (
        "Trafikverket",
        "Praktik i staten",
        "avtalad",
        "Planerad start 2019-01-14",
        "2019-01-14, 3 månader",
        "75\N{NO-BREAK SPACE}%",
        "Region Mitt",
        "Anna Avtal",
        "Chris Chef",
        "Hedda Handledare",
        "2018-11-05",
        "personer med funktionsnedsättning",
        "svenskt medborgarskap, säkerhetsprövning",
        "Karin Koordinator",
        "Beställ matchning",
        "Ingen order än",
        "Senast sparad 2018-12-31",
    ):
        assertContains(response, words)
    for person in people:
        assertContains(response, person.get_absolute_url())


@pytest.mark.parametrize(
    ("made", "facts", "words"),
    [
        (ongoing_place, {"planned_end": date(2018, 12, 28)}, ["2018-12-28 enligt plan", "Skulle ha slutat 2018-12-28"]),
        (ended_place, {}, ["2018-03-05 – 2018-08-31", "Tillbaka till Arbetsförmedlingen"]),
        (
            ended_place,
            {"outcome": Outcome.SAME_AGENCY, "subsidised": True, "employed_until": date(2019, 8, 31)},
            ["Anställd på samma myndighet, med subvention, till och med 2019-08-31"],
        ),
        (ended_place, {"outcome": Outcome.ELSEWHERE, "subsidised": False}, ["någon annanstans, utan subvention"]),
        (
            ended_place,
            {"followed_up_on": date(2018, 12, 3), "follow_up": FollowUp.WORK, "follow_up_subsidised": False},
            ["Efter 90 dagar", "I arbete, utan subvention"],
        ),
        (withdrawn_place, {}, ["tillbakadragen", "Handledaren har slutat."]),
    ],
)
def test_it_tells_what_has_become_of_the_place(as_coordinator, made, facts, words):
    response = page(as_coordinator, made(**facts))
    for each in words:
        assertContains(response, each)


def test_a_closed_place_has_no_next_step(as_coordinator):
    for place in (ended_place(), withdrawn_place()):
        assertNotContains(page(as_coordinator, place), "Nästa steg")


PERSON = "nyanlända, kvinna"


@pytest.mark.parametrize(("client", "reads"), [("as_coordinator", True), ("as_own", True), ("as_stranger", False)])
def test_target_group_and_sex_are_for_the_coordinator_and_the_owner(request, client, reads, office, newly_arrived):
    browser = request.getfixturevalue(client)
    for made in (ongoing_place, ended_place):
        place = made(office=office, target_group=newly_arrived)
        response = page(browser, place)
        assert (PERSON in response.content.decode()) is reads
        assert ("kvinna" in response.content.decode()) is reads
        history = browser.get(f"/historik/plats/{place.pk}/")
        assert history.status_code == (200 if reads else 403)
        assert ("kvinna" in history.content.decode()) is reads
        assert (f"/historik/plats/{place.pk}/" in [way for _, way in ways(response)]) is reads


@pytest.mark.parametrize(("client", "reads"), [("as_coordinator", True), ("as_own", True), ("as_stranger", False)])
def test_what_came_after_is_for_the_coordinator_and_the_owner(request, client, reads, coordinator, office):
    place = lived(State.ENDED, by=coordinator)
    lifecycle.follow_up(place, by=coordinator, on=date(2018, 12, 3), outcome=FollowUp.NONE)
    Placement.objects.filter(pk=place.pk).update(office=office)
    response = page(request.getfixturevalue(client), place)
    for words in ("<dt>Utfall</dt><dd>Studier", "<dt>Efter 90 dagar</dt><dd>Varken arbete eller studier"):
        assert (words in response.content.decode()) is reads, words


def test_an_office_that_was_only_asked_does_not_read_who_is_in_place(as_own, coordinator, office):
    [place] = agreed(coordinator)
    ordered([place], coordinator, office)
    group = place.target_groups.order_by("name").first()
    lifecycle.start(
        place, by=coordinator, started_on=SENT, planned_end=date(2019, 3, 1), target_group=group, sex=Sex.WOMAN
    )
    assertNotContains(page(as_own, place), "kvinna")


def test_a_handover_that_waits_is_shown_with_its_words(as_coordinator, as_own, coordinator, own_officer, office):
    [place] = agreed(coordinator)
    handover = waiting(place, coordinator, office)
    lifecycle.ask_about(handover, by=own_officer, on=date(2018, 12, 12), text="Går det buss?")
    for browser in (as_coordinator, as_own):
        response = page(browser, place)
        for words in (f"Överlämning till {office}", "Ni känner dem.", "Går det buss?", "Olga Officer", "21 dagar"):
            assertContains(response, words)
    assertContains(page(as_own, place), "Överlämnas till ditt kontor, 21 dagar")

    def words(browser):
        return [words for words, way in ways(page(browser, place)) if f"/overlamningar/{handover.pk}/" in way]

    assert words(as_own) == ["Ta emot", "Lämna tillbaka …", "Fråga …"]
    assert words(as_coordinator) == ["Svara kontoret …"]


def test_the_order_is_shown_and_why_it_is_hard(as_coordinator, coordinator, office):
    [place] = agreed(coordinator)
    order = ordered([place], coordinator, office)
    lifecycle.flag_hard(order, by=coordinator, on=SENT, requirement=Requirement.OTHER, words_on_it="Nattarbete")
    response = page(as_coordinator, place)
    assertContains(response, order.get_absolute_url())
    assertContains(response, "Svårmatchad: Nattarbete")


def test_the_chain_can_be_followed_in_both_directions(as_coordinator, coordinator, agency, mbj):
    first = lifecycle.end(
        begun(coordinator, agency=agency),
        by=coordinator,
        ended_on=date(2018, 11, 30),
        outcome=Outcome.NEXT_PROGRAMME,
    )
    days = {"agreed_on": date(2018, 11, 26), "planned_start": date(2018, 12, 3)}
    [second] = agreed(coordinator, agency=agency, programme=mbj, follows=first, **days)
    assert ("MBJ Arkiv", second.get_absolute_url()) in ways(page(as_coordinator, first))
    assertContains(page(as_coordinator, first), "Följdes av")
    assert ("PIS Arkiv", first.get_absolute_url()) in ways(page(as_coordinator, second))
    assertContains(page(as_coordinator, second), "Följer efter")


def test_a_place_at_another_agency_that_it_follows_is_named_with_it(as_coordinator, coordinator, agency):
    [place] = agreed(coordinator, agency=agency, follows=begun(coordinator), duties="Växel")
    assertContains(page(as_coordinator, place), f", {place.follows.agency}</dd>")


# The timeline


def story(response) -> list[tuple[str, str]]:
    return [(entry.on.isoformat(), entry.what) for entry in response.context["page"]]


def test_everything_stands_in_its_timeline_the_newest_first(as_coordinator, coordinator, office, own_officer):
    place = with_everything(coordinator, office, own_officer)
    response = page(as_coordinator, place)
    told = story(response)
    assert [day for day, _ in told] == sorted((day for day, _ in told), reverse=True)
    assert sorted(told) == sorted(
        [
            ("2018-01-08", "Avtal"),
            ("2018-01-10", "Avtalet bekräftat"),
            ("2018-01-11", "Order"),
            ("2018-01-12", "Svar"),
            ("2018-01-15", "Koordinatorns svar"),
            ("2018-01-16", "Svar"),
            ("2018-01-17", "Svårmatchad"),
            ("2018-02-01", "Start"),
            ("2018-12-03", "Förlängning"),
            ("2018-12-03", "Följdes av"),
            ("2018-12-10", "Överlämning"),
            ("2018-12-10", "Om överlämningen"),
            ("2018-12-10", "Om överlämningen"),
        ]
    )
    for words in (
        "Det går bra.",
        "MBJ Arkiv till 2019-10-31",
        f"MBJ Arkiv till {office}",
        "Ni känner dem.",
        "vi behöver veta mer",
        "När börjar dagen?",
    ):
        assertContains(response, words)
    for entry in response.context["page"]:
        assert as_coordinator.get(entry.url).status_code == 200


def test_the_rest_of_a_life_stands_there_too(as_coordinator, coordinator, office, own_officer, agency):
    first, second = agreed(coordinator, 2, agency=agency)
    order = ordered([first, second], coordinator, office)
    lifecycle.recall(order, by=coordinator, on=date(2018, 12, 11))
    lifecycle.return_handover(
        waiting(first, coordinator, office, on=date(2018, 12, 12)),
        by=own_officer,
        on=date(2018, 12, 13),
        reason="För långt bort.",
    )
    owned(first, coordinator, own_officer, on=date(2018, 12, 14))
    lifecycle.take_back(first, by=coordinator, on=date(2018, 12, 17))
    lifecycle.withdraw(first, by=coordinator, on=date(2018, 12, 18), reason="Ny chef.")
    response = page(as_coordinator, first)
    assert [what for _, what in story(response)] == [
        "Tillbakadragen",
        "Tillbaka hos koordinatorn",
        "Överlämning mottagen",
        "Överlämning",
        "Överlämning i retur",
        "Överlämning",
        "Order återtagen",
        "Order",
        "Avtal",
    ]
    for words in ("För långt bort.", "Ny chef.", "2 platser, PIS"):
        assertContains(response, words)
    # Of its sister, only what it went through itself.
    assert [what for _, what in story(page(as_coordinator, second))] == ["Order återtagen", "Order", "Avtal"]


def test_what_was_undone_is_not_told(as_coordinator, coordinator):
    place = begun(coordinator)
    lifecycle.undo(place, by=coordinator)
    assert [what for _, what in story(page(as_coordinator, place))] == ["Avtal"]


def test_an_end_and_what_came_after_are_told_with_their_words(as_coordinator, coordinator):
    place = lived(State.ENDED, by=coordinator)
    lifecycle.follow_up(place, by=coordinator, on=date(2018, 12, 3), outcome=FollowUp.NONE)
    subjects = [entry.subject for entry in page(as_coordinator, place).context["page"]]
    assert subjects[:2] == ["PIS: varken arbete eller studier", "PIS: studier"]


def test_a_long_life_is_told_a_page_at_a_time(as_coordinator, coordinator, office, own_officer):
    [place] = agreed(coordinator, agreed_on=date(2018, 11, 1))
    order = lifecycle.order([place], by=coordinator, office=office, sent_on=date(2018, 11, 2), profile="Arkiv")
    for day in range(1, 27):
        given = {"by": own_officer, "office": office, "on": date(2018, 12, day)}
        lifecycle.answer(order, kind=AnswerKind.NONE_NOW, text="", **given)
    response = page(as_coordinator, place)
    assertContains(response, "1–25 av 28")
    assert [what for _, what in story(page(as_coordinator, place, sida="2"))] == ["Svar", "Order", "Avtal"]


# The buttons: what RULES say, in every state, for every reader

# The word in the address that belongs to each verb of a place's page.
BUTTONS = {
    Verb.START: "starta",
    Verb.CONFIRM: "bekrafta",
    Verb.ORDER: "order",
    Verb.EXTEND: "forlang",
    Verb.END: "avsluta",
    Verb.FOLLOW_UP: "folj-upp",
    Verb.HAND_OVER: "lamna-over",
    Verb.TAKE_BACK: "ta-over",
    Verb.CHANGE: "andra",
    Verb.WITHDRAW: "dra-tillbaka",
    Verb.PLAN: "nasta-steg",
    Verb.UNDO: "angra",
}
READERS = {
    "as_coordinator": (Role.COORDINATOR, True),
    "as_own": (Role.CASE_OFFICER, True),
    "as_stranger": (Role.CASE_OFFICER, False),
    "as_officer": (Role.CASE_OFFICER, False),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("reader", READERS)
def test_the_buttons_are_those_of_the_table(request, reader, state, coordinator, own_officer, office):
    place = lived(state, by=coordinator)
    if place.is_open:
        place = owned(place, coordinator, own_officer)
    Placement.objects.filter(pk=place.pk).update(office=office)
    role, owns = READERS[reader]

    def may(verb: Verb) -> bool:
        whose = RULES[verb].roles.get(role)
        return state in RULES[verb].states and (whose is Whose.EVERY or (whose is Whose.OWN and owns))

    expected = {word for verb, word in BUTTONS.items() if may(verb)}
    latest = lifecycle.undoing.latest(place)
    if not RULES[Verb(latest.verb)].roles.get(role):
        expected.discard("angra")  # An undone step takes whoever may do the step.
    shown = doings(page(request.getfixturevalue(reader), place))
    assert set(shown) == expected
    for word, words in shown.items():
        assert words, word


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("reader", READERS)
def test_every_button_leads_to_something_that_is_done(request, reader, state, coordinator, own_officer, office):
    place = lived(state, by=coordinator)
    Placement.objects.filter(pk=place.pk).update(office=office)
    browser = request.getfixturevalue(reader)
    for words, address in ways(page(browser, place)):
        if "/platser/" in address and "angra" not in address and "ta-over" not in address:
            assert browser.get(address).status_code == 200, (words, address)


def test_a_place_in_one_s_own_hands_is_not_taken_over(as_coordinator, coordinator):
    mine, colleague_s = agreed(coordinator)[0], agreed(UserFactory())[0]
    assert "ta-over" not in doings(page(as_coordinator, mine))
    assert doings(page(as_coordinator, colleague_s))["ta-over"] == "Ta över"


def test_a_place_that_is_offered_is_not_offered_again_but_can_be_taken_back(as_coordinator, coordinator, office):
    [place] = agreed(coordinator)
    waiting(place, coordinator, office)
    shown = doings(page(as_coordinator, place))
    assert "lamna-over" not in shown
    assert shown["ta-over"] == "Ta tillbaka överlämningen"


def test_a_place_with_an_order_gets_another(as_coordinator, coordinator, office):
    [place] = agreed(coordinator)
    assert doings(page(as_coordinator, place))["order"] == "Beställ …"
    ordered([place], coordinator, office)
    assert doings(page(as_coordinator, place))["order"] == "Ny order …"


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_a_place_that_is_not_there_is_not_found(as_coordinator, pk):
    assertContains(as_coordinator.get(f"/platser/{pk}/"), "Sidan finns inte", status_code=404)


@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_others_are_told_who_may_see_the_page(request, client, coordinator):
    [place] = agreed(coordinator)
    response = request.getfixturevalue(client).get(place.get_absolute_url())
    assertContains(response, "Den visas för koordinator och handläggare.", status_code=403)
    assertNotContains(response, "Arkiv", status_code=403)


def test_markup_is_shown_as_text(as_coordinator, coordinator):
    nasty = "<script>alert(1)</script>"
    [place] = agreed(coordinator, duties=nasty, unit=nasty)
    lifecycle.withdraw(place, by=coordinator, on=SENT, reason=nasty)
    assertNotContains(page(as_coordinator, place), "<script>alert")


@pytest.mark.parametrize("client", ["as_coordinator", "as_own", "as_stranger"])
def test_a_place_with_everything_costs_no_more_than_its_page_may(request, client, coordinator, office, own_officer):
    browser = request.getfixturevalue(client)
    place = with_everything(coordinator, office, own_officer)
    full = cost(browser, place.get_absolute_url())
    assert full <= 15, full
    handover = place.handovers.get()
    for _ in range(3):
        lifecycle.ask_about(handover, by=UserFactory(), on=SENT, text="Och sedan?")
    assert cost(browser, place.get_absolute_url()) == full
