"""A dialogue's page: who, when, what was said and what came of it, and what of it a case officer is told."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from agencies.choices import Channel, ObstacleKind, Phase
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dialogue():
    agency = AgencyFactory(name="Trafikverket")
    dialogue = DialogueFactory(
        agency=agency,
        held_on=date(2018, 12, 13),
        channel=Channel.VISIT,
        phase=Phase.EXAMPLES,
        contacts=[ContactFactory(agency=agency, name="Anna Berg"), ContactFactory(agency=agency, name="Bo Ek")],
        notes="Hemliga ord\nom lokaler.",
        by=UserFactory(name="Olle Kollega"),
    )
    ObstacleFactory(agency=agency, dialogue=dialogue, kind=ObstacleKind.OTHER, words="Skyddsrummet")
    NextStepFactory(agency=agency, dialogue=dialogue, what="Skicka avtalet", due_on=date(2019, 1, 4))
    NextStepFactory(agency=agency, dialogue=dialogue, what="Boka besöket", done_on=date(2018, 12, 20))
    NextStepFactory(agency=agency, what="Ett annat steg")
    ObstacleFactory(agency=agency, kind=ObstacleKind.VETTING)
    return dialogue


@pytest.fixture(autouse=True)
def stranger(db):
    agency = AgencyFactory(name="Kustbevakningen")
    contact = ContactFactory(agency=agency, name="Främmande Person")
    return DialogueFactory(agency=agency, contacts=[contact], notes="Främmande ord")


def test_a_coordinator_reads_all_of_it(as_coordinator, dialogue):
    response = as_coordinator.get(f"/dialoger/{dialogue.pk}/")
    assertTemplateUsed(response, "agencies/dialogue_page.html")
    for words in (
        "Trafikverket",
        "Besök 2018-12-13",
        "Anna Berg",
        "Bo Ek",
        "Goda exempel",
        "Olle Kollega",
        "Hemliga ord\nom lokaler.",
        "Annat: Skyddsrummet",
        "Skicka avtalet</a>, senast 2019-01-04",
        "Boka besöket</a>, klart 2018-12-20",
        f"/dialoger/{dialogue.pk}/andra/",
        f"/historik/dialog/{dialogue.pk}/",
    ):
        assertContains(response, words)


def test_only_what_came_of_this_dialogue_is_there(as_coordinator, dialogue):
    response = as_coordinator.get(f"/dialoger/{dialogue.pk}/")
    for words in ("Ett annat steg", "säkerhetsprövning", "Främmande"):
        assertNotContains(response, words)


def test_a_dialogue_with_nobody_in_particular_says_so(as_coordinator):
    response = as_coordinator.get(f"/dialoger/{DialogueFactory(notes='').pk}/")
    assertContains(response, "ingen angiven")
    assertContains(response, '<dd class="keep-lines">–</dd>')


def test_a_case_officer_sees_that_it_was_held_but_not_what_was_said(as_officer, officer, dialogue):
    OfficeFactory(officers=[officer], municipalities=dialogue.agency.municipalities.all())
    response = as_officer.get(f"/dialoger/{dialogue.pk}/")
    for words in ("Trafikverket", "Besök 2018-12-13", "Anna Berg", "Olle Kollega"):
        assertContains(response, words)
    for words in ("Hemliga ord", "Vad sades", "Skyddsrummet", "Hinder", "Skicka avtalet", "Nästa steg", "Ändra"):
        assertNotContains(response, words)


def test_a_case_officer_does_not_read_the_notes_in_the_history_either(as_officer, dialogue):
    response = as_officer.get(f"/historik/dialog/{dialogue.pk}/")
    assertContains(response, "Den visas för koordinator.", status_code=403)
    assertNotContains(response, "Hemliga ord", status_code=403)


@pytest.mark.parametrize("client", ["as_steering", "as_administrator"])
def test_others_are_told_who_may_see_the_page(client, request, dialogue):
    response = request.getfixturevalue(client).get(f"/dialoger/{dialogue.pk}/")
    assertContains(response, "Den visas för koordinator och handläggare.", status_code=403)
    assertNotContains(response, "Hemliga ord", status_code=403)


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_a_dialogue_that_is_not_there_is_not_found(as_coordinator, pk):
    assert as_coordinator.get(f"/dialoger/{pk}/").status_code == 404


def test_the_page_costs_the_same_however_many_took_part(as_coordinator, dialogue, django_assert_num_queries):
    lonely = DialogueFactory()
    as_coordinator.get("/myndigheter/")
    for each in (lonely, dialogue):
        with django_assert_num_queries(7):
            as_coordinator.get(f"/dialoger/{each.pk}/")
