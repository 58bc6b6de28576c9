"""An agency's page: facts, contacts, steps, obstacles and the timeline, and what of it each role is told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from agencies.choices import Channel, ObstacleKind
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from tests.agencies.browsing import HTMX
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

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agency(today):
    """An agency with something of everything, each in words of its own."""
    agency = AgencyFactory(
        name="Trafikverket",
        organisation_number="202100-6297",
        employees=140,
        note="Ring på i receptionen.",
        municipalities=[MunicipalityFactory(name="Härnösand")],
    )
    anna = ContactFactory(agency=agency, name="Anna Berg", title="HR-chef", email="anna@trafik.example.se")
    gone = ContactFactory(agency=agency, name="Gunnar Gren", left_on=date(2018, 11, 1), successor=anna)
    dialogue = DialogueFactory(
        agency=agency,
        held_on=date(2018, 12, 13),
        channel=Channel.VISIT,
        contacts=[anna, gone],
        notes="Hemliga ord om lokaler.",
    )
    NextStepFactory(agency=agency, dialogue=dialogue, what="Skicka avtalet", due_on=date(2018, 12, 19))
    NextStepFactory(agency=agency, what="Boka besöket", due_on=date(2018, 11, 2), done_on=date(2018, 11, 5))
    ObstacleFactory(agency=agency, kind=ObstacleKind.LEAD_TIME, words="Upphandling", noted_on=date(2018, 10, 3))
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR, noted_on=date(2018, 5, 23), resolved_on=date(2018, 9, 1))
    return agency


@pytest.fixture(autouse=True)
def stranger(db):
    """Another agency with contacts, dialogues, steps and obstacles of its own."""
    stranger = AgencyFactory(name="Kustbevakningen")
    contact = ContactFactory(agency=stranger, name="Främmande Person")
    left = ContactFactory(agency=stranger, name="Främmande Slutad", left_on=date(2018, 6, 1))
    dialogue = DialogueFactory(agency=stranger, contacts=[contact, left], notes="Främmande ord")
    NextStepFactory(agency=stranger, dialogue=dialogue, what="Främmande steg")
    NextStepFactory(agency=stranger, what="Främmande gjort", done_on=date(2018, 6, 1))
    ObstacleFactory(agency=stranger, kind=ObstacleKind.OTHER, words="Främmande hinder")
    return stranger


def page(client, agency, **asked):
    return client.get(f"/myndigheter/{agency.pk}/", asked)


def story(response) -> list[tuple[str, str]]:
    return [(entry.on.isoformat(), entry.what) for entry in response.context["page"]]


# What the coordinator is told


def test_the_facts_stand_on_top(as_coordinator, agency):
    response = page(as_coordinator, agency)
    assertTemplateUsed(response, "agencies/agency_page.html")
    for words in ("Trafikverket", "Härnösand", "Org.nr 202100-6297", "140 anställda i länet", "Ring på i receptionen."):
        assertContains(response, words)
    assertContains(response, "Senaste dialog för 18 dagar sedan")


def test_contacts_who_have_left_stand_apart(as_coordinator, agency):
    response = page(as_coordinator, agency)
    assert [str(each) for each in response.context["contacts"]] == ["Anna Berg, HR-chef"]
    assert [each.name for each in response.context["gone"]] == ["Gunnar Gren"]
    assertContains(response, "1 som slutat")
    assertContains(response, "mailto:anna@trafik.example.se")


def test_somebody_who_leaves_tomorrow_is_still_there_today(as_coordinator, agency, today):
    ContactFactory(agency=agency, name="Bo Snart", left_on=today + timedelta(days=1))
    response = page(as_coordinator, agency)
    assert [each.name for each in response.context["contacts"]] == ["Anna Berg", "Bo Snart"]
    assertContains(response, "slutar 2019-01-01")


def test_open_steps_can_be_done_moved_and_handed_on(as_coordinator, agency):
    other = UserFactory(name="Olle Kollega")
    response = page(as_coordinator, agency)
    (step,) = response.context["steps"]
    assert step.what == "Skicka avtalet"
    for verb in ("klart", "flytta", "lamna"):
        assertContains(response, f'action="/nasta-steg/{step.pk}/{verb}/"')
    assertContains(response, "Försenat 12 dagar")
    assertContains(response, f"Lämna till {other}")


def test_only_unresolved_obstacles_stand_in_the_margin(as_coordinator, agency):
    response = page(as_coordinator, agency)
    assert [str(each) for each in response.context["obstacles"]] == ["Lång ledtid: Upphandling"]


def test_it_says_who_saved_the_facts_last(as_coordinator, agency):
    response = page(as_coordinator, agency)
    assertContains(response, "Senast sparad 2018-12-31")
    assertContains(response, f"/historik/myndighet/{agency.pk}/")


def test_nothing_of_another_agency_is_there(as_coordinator, agency):
    assertNotContains(page(as_coordinator, agency), "Främmande")


def test_an_agency_never_contacted_says_so_and_what_to_do(as_coordinator):
    response = page(as_coordinator, AgencyFactory())
    for words in ("Aldrig kontaktad", "Logga den första dialogen", "Inget är planerat.", "Ingen kontakt än.", "Inga."):
        assertContains(response, words)


def test_an_archived_agency_is_only_restored(as_coordinator, agency, today):
    archived = AgencyFactory(archived_on=today)
    response = page(as_coordinator, archived)
    assertContains(response, "Arkiverad 2018-12-31")
    assertContains(response, f'action="/myndigheter/{archived.pk}/aterstall/"')
    for path in ("arkivera/", "andra/", "kontakter/ny/", "hinder/nytt/", "nasta-steg/nytt/", "dialoger/ny/"):
        assertNotContains(response, f"/myndigheter/{archived.pk}/{path}")


def test_what_was_typed_is_shown_as_text(as_coordinator):
    nasty = "<script>alert('x')</script>"
    agency = AgencyFactory(name=f"Verket {nasty}", note=nasty)
    contact = ContactFactory(agency=agency, name=nasty, title=nasty, unit=nasty)
    DialogueFactory(agency=agency, notes=f"{nasty} 🌲 مرحبا", contacts=[contact])
    ObstacleFactory(agency=agency, words=nasty)
    NextStepFactory(agency=agency, what=nasty)
    response = page(as_coordinator, agency)
    assertNotContains(response, "<script>alert")
    assertContains(response, "🌲 مرحبا")


# The timeline


def test_everything_stands_in_one_timeline_the_newest_first(as_coordinator, agency):
    assert story(page(as_coordinator, agency)) == [
        ("2018-12-13", "Besök"),
        ("2018-11-05", "Klart"),
        ("2018-11-01", "Slutade"),
        ("2018-10-03", "Hinder"),
        ("2018-09-01", "Hinder löst"),
        ("2018-05-23", "Hinder"),
    ]


def test_each_entry_says_what_happened_and_leads_there(as_coordinator, agency):
    response = page(as_coordinator, agency)
    visit, done, left, noted, resolved, first = response.context["page"]
    dialogue = agency.dialogues.get()
    assert visit.url == f"/dialoger/{dialogue.pk}/"
    assert visit.subject == "med Anna Berg och Gunnar Gren"
    assert visit.text == "Hemliga ord om lokaler."
    assert done.subject == "Boka besöket"
    assert done.who
    assert (left.subject, left.text) == ("Gunnar Gren", "Efterträds av Anna Berg.")
    assert noted.subject == "Lång ledtid: Upphandling"
    assert resolved.subject == first.subject == "Saknar handledare"
    assert first.tag == "löst 2018-09-01"
    for entry in response.context["page"]:
        assert as_coordinator.get(entry.url).status_code == 200


def test_somebody_who_will_leave_has_not_happened_yet(as_coordinator, today):
    agency = AgencyFactory()
    ContactFactory(agency=agency, left_on=today + timedelta(days=1))
    ContactFactory(agency=agency, left_on=today)
    assert story(page(as_coordinator, agency)) == [("2018-12-31", "Slutade")]


def test_of_one_day_the_latest_saved_stands_first(as_coordinator, today):
    agency = AgencyFactory()
    first, second = (DialogueFactory(agency=agency, held_on=today) for _ in range(2))
    urls = [entry.url for entry in page(as_coordinator, agency).context["page"]]
    assert urls == [f"/dialoger/{second.pk}/", f"/dialoger/{first.pk}/"]


def test_each_kind_is_counted(as_coordinator, agency):
    assert page(as_coordinator, agency).context["counts"] == {
        "dialoger": ("Dialoger", 1),
        "hinder": ("Hinder", 3),
        "steg": ("Nästa steg", 1),
        "kontakter": ("Kontakter", 1),
        "platser": ("Om platser", 0),
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("dialoger", ["Besök"]),
        ("hinder", ["Hinder", "Hinder löst", "Hinder"]),
        ("steg", ["Klart"]),
        ("kontakter", ["Slutade"]),
    ],
)
def test_one_kind_at_a_time(as_coordinator, agency, kind, expected):
    response = page(as_coordinator, agency, visa=kind)
    assert [what for _, what in story(response)] == expected
    assert response.context["page"].paginator.count == len(expected)


def test_a_kind_without_entries_is_not_offered(as_coordinator):
    agency = AgencyFactory()
    DialogueFactory(agency=agency)
    response = page(as_coordinator, agency)
    assertContains(response, "Dialoger 1")
    assertNotContains(response, "visa=hinder")


@pytest.mark.parametrize("kind", ["okänt", "dialogue", "\0", "'", "9" * 5000])
def test_an_unknown_kind_shows_everything(as_coordinator, agency, kind):
    response = page(as_coordinator, agency, visa=kind)
    assert len(story(response)) == 6
    assert response.context["kind"] == ""


@pytest.fixture
def talkative(coordinator):
    agency = AgencyFactory()
    Dialogue.objects.bulk_create(
        Dialogue(agency=agency, held_on=date(2018, 1, 1) + timedelta(days=number), by=coordinator)
        for number in range(130)
    )
    Obstacle.objects.bulk_create(
        Obstacle(agency=agency, kind=ObstacleKind.OTHER, words="Något", noted_on=date(2017, 1, 1)) for _ in range(5)
    )
    return agency


def test_a_long_story_is_told_a_page_at_a_time(as_coordinator, talkative):
    pages = [page(as_coordinator, talkative, sida=number) for number in range(1, 7)]
    assert [len(story(each)) for each in pages] == [25, 25, 25, 25, 25, 10]
    days = [day for each in pages for day, _ in story(each)]
    assert days == sorted(days, reverse=True)
    assertContains(pages[1], "26–50 av 135")
    assertContains(pages[1], '"?sida=1#timeline"')
    assertContains(pages[1], '"?sida=3#timeline"')


def test_turning_the_page_keeps_the_kind(as_coordinator, talkative):
    response = page(as_coordinator, talkative, visa="dialoger")
    assertContains(response, "1–25 av 130")
    assertContains(response, "?visa=dialoger&amp;sida=2#timeline")
    assertNotContains(page(as_coordinator, talkative, visa="hinder"), 'rel="next"')


def test_another_kind_begins_on_its_first_page(as_coordinator, talkative):
    assertContains(page(as_coordinator, talkative, sida="3"), 'href="?visa=hinder#timeline"')


@pytest.mark.parametrize(
    ("number", "first_day"),
    [
        ("7", "2017-01-01"),
        ("0", "2017-01-01"),
        ("-1", "2017-01-01"),
        ("9" * 30, "2017-01-01"),
        ("många", "2018-05-10"),
        ("", "2018-05-10"),
        ("\0", "2018-05-10"),
        ("²", "2018-05-10"),
        ("1e3", "2018-05-10"),
        ("9" * 5000, "2018-05-10"),
    ],
)
def test_an_unknown_page_gives_one_there_is(as_coordinator, talkative, number, first_day):
    response = page(as_coordinator, talkative, sida=number)
    assert first_day in [day for day, _ in story(response)]


def test_many_who_took_part_are_counted_after_the_first(as_coordinator, agency):
    for names in ("ABCD", "ABCDE"):
        people = [ContactFactory(agency=agency, name=f"Person {name}") for name in names]
        DialogueFactory(agency=agency, contacts=people, held_on=date(2018, 12, 20))
    more, four, *_ = page(as_coordinator, agency).context["page"]
    assert four.subject == "med Person A, Person B, Person C och Person D"
    assert more.subject == "med Person A, Person B, Person C och 2 till"


def test_a_dialogue_logged_by_mistake_is_not_told(as_coordinator, as_officer, agency):
    DialogueFactory(agency=agency, notes="Fel myndighet", held_on=date(2018, 12, 30), withdrawn_on=date(2018, 12, 30))
    for client in (as_coordinator, as_officer):
        response = page(client, agency)
        assert response.context["counts"]["dialoger"] == ("Dialoger", 1)
        assertContains(response, "Senaste dialog för 18 dagar sedan")
        assertNotContains(response, "Fel myndighet")


def test_htmx_gets_only_the_timeline(as_coordinator, agency):
    response = as_coordinator.get(f"/myndigheter/{agency.pk}/", {"visa": "steg"}, headers=HTMX)
    assertContains(response, '<section id="timeline"')
    assertContains(response, "Boka besöket")
    for words in ("<html", "Ring på i receptionen", "Besök"):
        assertNotContains(response, words)


def test_the_page_holds_the_same_timeline(as_coordinator, agency):
    fragment = as_coordinator.get(f"/myndigheter/{agency.pk}/", headers=HTMX).content.decode()
    assert fragment.strip() in page(as_coordinator, agency).content.decode()


# What others are told

HIDDEN = (
    "Hemliga ord",  # notes
    "Skicka avtalet",  # an open step
    "Boka besöket",  # a done one
    "Lång ledtid",  # an obstacle
    "Upphandling",
    "Saknar handledare",
    "Hinder",
    "hinder",
    "Nästa steg",
    "nasta-steg",
)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("kind", ["", "dialoger", "hinder", "steg", "kontakter"])
def test_a_case_officer_is_told_neither_notes_nor_obstacles_nor_steps(as_officer, officer, agency, headers, kind):
    OfficeFactory(officers=[officer], municipalities=agency.municipalities.all())
    response = as_officer.get(f"/myndigheter/{agency.pk}/", {"visa": kind}, headers=headers)
    for words in HIDDEN:
        assertNotContains(response, words)


def test_a_case_officer_sees_facts_contacts_and_that_dialogues_were_held(as_officer, agency):
    response = page(as_officer, agency)
    for words in ("Trafikverket", "202100-6297", "Anna Berg", "anna@trafik.example.se", "Senaste dialog för 18 dagar"):
        assertContains(response, words)
    assert story(response) == [("2018-12-13", "Besök"), ("2018-11-01", "Slutade")]
    kinds = {"dialoger": ("Dialoger", 1), "kontakter": ("Kontakter", 1), "platser": ("Om platser", 0)}
    assert response.context["counts"] == kinds


def test_a_case_officer_is_offered_nothing_to_change(as_officer, agency):
    response = page(as_officer, agency)
    for path in ("andra/", "arkivera/", "kontakter/ny/", "dialoger/ny/"):
        assertNotContains(response, f"/myndigheter/{agency.pk}/{path}")


def test_a_case_officer_s_empty_timeline_does_not_ask_for_a_dialogue(as_officer):
    response = page(as_officer, AgencyFactory())
    assertContains(response, "Ännu har inget hänt.")
    assertNotContains(response, "Logga den första")


@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_others_are_told_who_may_see_the_page(client, request, agency):
    response = page(request.getfixturevalue(client), agency)
    assertContains(response, "Den visas för koordinator och handläggare.", status_code=403)
    for words in ("Trafikverket", "Anna Berg"):
        assertNotContains(response, words, status_code=403)


# Addresses that lead nowhere


@pytest.mark.parametrize("pk", ["0", "2147483648", "9223372036854775808", "9" * 30, "9" * 4000])
@pytest.mark.parametrize("client", ["as_coordinator", "as_officer"])
def test_a_number_without_an_agency_is_not_found(client, request, pk):
    response = request.getfixturevalue(client).get(f"/myndigheter/{pk}/")
    assertContains(response, "Sidan finns inte", status_code=404)


# What it costs


def fill(agency, number: int, user) -> None:
    """So many of everything, half of it over and done with."""
    contacts = Contact.objects.bulk_create(
        Contact(agency=agency, name="Kim", left_on=date(2018, 1, 1) if each % 2 else None) for each in range(number)
    )
    dialogues = Dialogue.objects.bulk_create(
        Dialogue(agency=agency, held_on=date(2018, 5, 1), by=user, notes="Ord") for _ in range(number)
    )
    Dialogue.contacts.through.objects.bulk_create(
        Dialogue.contacts.through(dialogue=dialogue, contact=contact)
        for dialogue, contact in zip(dialogues, contacts, strict=True)
    )
    owner = UserFactory()
    NextStep.objects.bulk_create(
        NextStep(
            agency=agency,
            what="Ring",
            due_on=date(2019, 1, 9),
            owner=owner,
            done_on=date(2018, 1, 1) if each % 2 else None,
        )
        for each in range(number)
    )
    Obstacle.objects.bulk_create(
        Obstacle(
            agency=agency,
            kind=ObstacleKind.OTHER,
            words="Något",
            noted_on=date(2018, 5, 1),
            resolved_on=date(2018, 6, 1) if each % 2 else None,
        )
        for each in range(number)
    )


@pytest.mark.parametrize("client", ["as_coordinator", "as_officer"])
@pytest.mark.both
@pytest.mark.parametrize("address", ["", "?sida=2", "?visa=dialoger"])
def test_the_page_costs_the_same_number_of_queries_however_much_has_passed(client, address, request, coordinator):
    browser = request.getfixturevalue(client)
    browser.get("/myndigheter/")  # The session's end is moved on at the first request, and then rarely.
    costs = {}
    for number in (1, 3, 300):
        agency = AgencyFactory()
        fill(agency, number, coordinator)
        with CaptureQueriesContext(connection) as queries:
            response = browser.get(f"/myndigheter/{agency.pk}/{address}")
        assert response.context["counts"]["dialoger"] == ("Dialoger", number)
        costs[number] = len(queries)
    assert len(set(costs.values())) == 1, costs
    assert costs[300] <= 12, costs
    assert Agency.objects.count() == 4
