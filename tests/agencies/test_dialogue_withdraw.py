"""A dialogue that was logged by mistake is withdrawn: it counts nowhere, is still to be read, and can come back."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle
from agencies.choices import Phase
from agencies.lifecycle import LifecycleError
from agencies.models import Contact, Dialogue
from tests.agencies.browsing import opened, told
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dialogue(today):
    agency = AgencyFactory(name="Trafikverket")
    dialogue = DialogueFactory(
        agency=agency,
        contacts=[ContactFactory(agency=agency)],
        notes="Fel myndighet",
        held_on=today,
        phase=Phase.HANDOVER,
    )
    NextStepFactory(agency=agency, dialogue=dialogue)
    ObstacleFactory(agency=agency, dialogue=dialogue)
    return dialogue


@pytest.fixture(autouse=True)
def stranger(db):
    return DialogueFactory(contacts=[ContactFactory()], notes="Främmande ord")


def withdraw(client, dialogue, **data):
    return client.post(f"/dialoger/{dialogue.pk}/ta-bort/", data)


def test_it_is_withdrawn_with_one_action_and_can_be_taken_back_with_one(as_coordinator, coordinator, dialogue, today):
    response = withdraw(as_coordinator, dialogue)
    assertRedirects(response, dialogue.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == [
        "Dialogen är borttagen och räknas inte. Kontakter, hinder och steg som kom med den finns kvar."
    ]
    dialogue.refresh_from_db()
    assert dialogue.withdrawn_on == today
    restore = f"/dialoger/{dialogue.pk}/aterstall/"
    assertContains(as_coordinator.get(response.url), f'action="{restore}"')

    response = as_coordinator.post(restore)
    assertRedirects(response, dialogue.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Dialogen är tillbaka."]
    dialogue.refresh_from_db()
    assert dialogue.withdrawn_on is None
    assert [entry.withdrawn_on for entry in dialogue.history.all()] == [None, today, None]
    assert {entry.history_user for entry in dialogue.history.all()[:2]} == {coordinator}


def test_it_counts_nowhere(as_coordinator, dialogue, coordinator):
    Dialogue.objects.filter(pk=dialogue.pk).update(by=coordinator)
    withdraw(as_coordinator, dialogue)
    agency = dialogue.agency
    page = as_coordinator.get(agency.get_absolute_url())
    assertContains(page, "Aldrig kontaktad")
    assertNotContains(page, "Fel myndighet")
    assert page.context["counts"]["dialoger"][1] == 0
    assert agency in as_coordinator.get("/myndigheter/", {"aldrig": "on"}).context["page"].object_list
    assert agency not in as_coordinator.get("/dialoger/ny/").context["found"]
    assert opened(as_coordinator.get(f"/myndigheter/{agency.pk}/dialoger/ny/"))["phase"] == [Phase.INFORMATION]
    assert not Contact.objects.met(on=date(2018, 12, 31)).filter(agency=agency).exists()


def test_what_came_of_it_stays(as_coordinator, dialogue):
    withdraw(as_coordinator, dialogue)
    assert dialogue.agency.next_steps.open().count() == 1
    assert dialogue.agency.obstacles.count() == 1
    assert list(dialogue.contacts.all()) == list(dialogue.agency.contacts.all())


def test_its_page_says_so_and_offers_only_to_take_it_back(as_coordinator, dialogue):
    withdraw(as_coordinator, dialogue)
    response = as_coordinator.get(dialogue.get_absolute_url())
    assertContains(response, "Borttagen 2018-12-31, räknas inte")
    assertContains(response, "Fel myndighet")
    assertNotContains(response, f"/dialoger/{dialogue.pk}/andra/")
    assertNotContains(response, f"/dialoger/{dialogue.pk}/ta-bort/")


def test_it_leads_back_to_where_one_was(as_coordinator, dialogue):
    response = withdraw(as_coordinator, dialogue, tillbaka="/myndigheter/")
    assertRedirects(response, "/myndigheter/", fetch_redirect_response=False)
    response = withdraw(as_coordinator, dialogue, tillbaka="//ond.example.com")
    assertRedirects(response, dialogue.get_absolute_url(), fetch_redirect_response=False)


def test_it_is_withdrawn_only_once(as_coordinator, dialogue, today):
    lifecycle.withdraw_dialogue(dialogue, on=date(2018, 12, 30))
    assert told(withdraw(as_coordinator, dialogue)) == ["Dialogen är redan borttagen sedan 2018-12-30."]
    with pytest.raises(LifecycleError, match="redan borttagen"):
        lifecycle.withdraw_dialogue(dialogue, on=today)
    dialogue.refresh_from_db()
    assert dialogue.withdrawn_on == date(2018, 12, 30)


def test_its_history_keeps_who_took_part(as_coordinator, dialogue):
    withdraw(as_coordinator, dialogue)
    kept = dialogue.history.first().contacts.values_list("contact_id", flat=True)
    assert list(kept) == list(dialogue.contacts.values_list("pk", flat=True))


def test_others_are_left_alone(as_coordinator, dialogue, stranger):
    withdraw(as_coordinator, dialogue)
    stranger.refresh_from_db()
    assert stranger.withdrawn_on is None
    assert stranger.history.count() == 1


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_withdraws_dialogues(client, request, officer, dialogue):
    OfficeFactory(officers=[officer], municipalities=dialogue.agency.municipalities.all())
    browser = request.getfixturevalue(client)
    for verb in ("ta-bort", "aterstall"):
        response = browser.post(f"/dialoger/{dialogue.pk}/{verb}/")
        assertContains(response, "Den visas för koordinator.", status_code=403)
    dialogue.refresh_from_db()
    assert dialogue.withdrawn_on is None
    assert dialogue.history.count() == 1


@pytest.mark.parametrize("verb", ["ta-bort", "aterstall"])
def test_looking_changes_nothing(as_coordinator, dialogue, verb):
    assert as_coordinator.get(f"/dialoger/{dialogue.pk}/{verb}/").status_code == 405
    dialogue.refresh_from_db()
    assert dialogue.withdrawn_on is None


@pytest.mark.parametrize("verb", ["ta-bort", "aterstall"])
@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_a_dialogue_that_is_not_there_is_not_found(as_coordinator, verb, pk):
    assert as_coordinator.post(f"/dialoger/{pk}/{verb}/").status_code == 404
