"""A logged dialogue is changed afterwards; who has left since stays in it, and two who change it lose nothing."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle
from agencies.choices import Channel, Phase
from agencies.models import Dialogue
from tests.agencies.browsing import errors, filled, opened, told
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    NextStepFactory,
    ObstacleFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agency():
    return AgencyFactory(name="Trafikverket")


@pytest.fixture
def anna(agency):
    return ContactFactory(agency=agency, name="Anna Berg")


@pytest.fixture
def bo(agency):
    return ContactFactory(agency=agency, name="Bo Ek")


@pytest.fixture
def author():
    return UserFactory(name="Olle Kollega")


@pytest.fixture
def dialogue(agency, anna, author):
    dialogue = DialogueFactory(agency=agency, contacts=[anna], notes="Första ordet.\nAndra ordet.", by=author)
    NextStepFactory(agency=agency, dialogue=dialogue)
    ObstacleFactory(agency=agency, dialogue=dialogue)
    return dialogue


@pytest.fixture
def edit(dialogue):
    return f"/dialoger/{dialogue.pk}/andra/"


@pytest.fixture
def as_colleague(log_in, author):
    return log_in(author)


def test_the_form_opens_with_what_was_logged(as_coordinator, dialogue, edit, anna, bo):
    response = as_coordinator.get(edit)
    fields = opened(response)
    assert fields["held_on"] == ["2018-12-21"]
    assert fields["channel"] == [Channel.PHONE]
    assert fields["contacts"] == [str(anna.pk)]
    assert fields["notes"] == ["Första ordet.\nAndra ordet."]
    assertContains(response, "Bo Ek")


def test_a_change_is_saved_and_leads_back(as_coordinator, dialogue, edit, bo):
    response = as_coordinator.get(edit, {"tillbaka": f"/dialoger/{dialogue.pk}/"})
    response = as_coordinator.post(
        edit,
        filled(
            response,
            held_on="2018-12-20",
            channel=Channel.VIDEO,
            phase=Phase.HANDOVER,
            contacts=[bo.pk],
            notes="Nya ord.",
        ),
    )
    assertRedirects(response, f"/dialoger/{dialogue.pk}/", fetch_redirect_response=False)
    assert told(response) == ["Dialogen är ändrad."]
    changed = Dialogue.objects.get()
    assert (changed.held_on, changed.channel, changed.phase) == (date(2018, 12, 20), Channel.VIDEO, Phase.HANDOVER)
    assert (changed.notes, list(changed.contacts.all())) == ("Nya ord.", [bo])


def test_without_a_place_to_go_back_to_it_leads_to_the_agency(as_coordinator, dialogue, edit):
    response = as_coordinator.post(edit, filled(as_coordinator.get(edit)))
    assertRedirects(response, dialogue.agency.get_absolute_url(), fetch_redirect_response=False)


def test_whoever_logged_it_stays_its_author(as_coordinator, author, edit):
    as_coordinator.post(edit, filled(as_coordinator.get(edit), notes="Nya ord.", by="0"))
    assert Dialogue.objects.get().by == author


def test_what_came_of_the_dialogue_is_left_alone(as_coordinator, dialogue, edit):
    as_coordinator.post(edit, filled(as_coordinator.get(edit), held_on="2018-12-01", step_what="Nytt", obstacles="x"))
    assert dialogue.next_steps.count() == dialogue.obstacles.count() == 1
    assert dialogue.obstacles.get().noted_on == date(2018, 12, 17)


def test_a_change_is_one_entry_of_history_with_its_contacts(as_coordinator, coordinator, dialogue, edit, anna, bo):
    as_coordinator.post(edit, filled(as_coordinator.get(edit), contacts=[anna.pk, bo.pk]))
    latest, first = dialogue.history.all()
    assert latest.history_user == coordinator
    assert sorted(each.contact_id for each in latest.contacts.all()) == sorted([anna.pk, bo.pk])
    assert [each.contact_id for each in first.contacts.all()] == [anna.pk]
    response = as_coordinator.get(f"/historik/dialog/{dialogue.pk}/")
    assertContains(response, "Karin Koordinator")
    assertContains(response, "<del>Anna Berg, HR-specialist</del> → Anna Berg, HR-specialist, Bo Ek, HR-specialist")


# Contacts who have left


def test_somebody_who_has_left_stays_in_the_dialogue(as_coordinator, dialogue, edit, anna, bo, today):
    lifecycle.mark_gone(anna, left_on=today)
    response = as_coordinator.get(edit)
    assert opened(response)["contacts"] == [str(anna.pk)]
    response = as_coordinator.post(edit, filled(response, notes="Nya ord.", contacts=[anna.pk, bo.pk]))
    assert response.status_code == 302
    assert set(dialogue.contacts.all()) == {anna, bo}


def test_somebody_who_has_left_may_be_taken_out(as_coordinator, dialogue, edit, anna, today):
    lifecycle.mark_gone(anna, left_on=today)
    as_coordinator.post(edit, filled(as_coordinator.get(edit), contacts=[]))
    assert not dialogue.contacts.exists()


def test_somebody_who_has_left_and_was_not_there_cannot_be_added(as_coordinator, dialogue, edit, anna, agency, today):
    gone = ContactFactory(agency=agency, name="Gunnar Gren", left_on=today)
    response = as_coordinator.get(edit)
    assertNotContains(response, "Gunnar Gren")
    response = as_coordinator.post(edit, filled(response, contacts=[anna.pk, gone.pk], notes="Nya ord."))
    assert errors(response) == {
        "contacts": ["Gunnar Gren slutade 2018-12-31 och kan inte väljas. Dina andra uppgifter är kvar."]
    }
    assert opened(response)["notes"] == ["Nya ord."]
    assert list(dialogue.contacts.all()) == [anna]


def test_another_agency_s_contact_cannot_be_added(as_coordinator, dialogue, edit, anna):
    stranger = ContactFactory(name="Främmande Person")
    DialogueFactory(agency=stranger.agency, contacts=[stranger])
    response = as_coordinator.post(edit, filled(as_coordinator.get(edit), contacts=[anna.pk, stranger.pk]))
    assert list(errors(response)) == ["contacts"]
    assertNotContains(response, "Främmande Person")
    assert list(dialogue.contacts.all()) == [anna]


# Bad input


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", "2019-01-01"),
        ("held_on", "2015-12-31"),
        ("held_on", "i går"),
        ("held_on", ""),
        ("notes", "Fråga efter 850709-9805"),
        ("notes", "å" * 20_000),
        ("notes", "Ord\0"),
        ("channel", "brevduva"),
        ("phase", ""),
        ("contacts", ["9" * 30]),
        ("contacts", ["²"]),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(as_coordinator, dialogue, edit, field, value):
    typed = {"notes": "Viktiga ord"} | {field: value}
    response = as_coordinator.post(edit, filled(as_coordinator.get(edit), **typed))
    assert list(errors(response)) == [field]
    if "\0" not in typed["notes"]:
        assert opened(response)["notes"] == [typed["notes"]]
    assert Dialogue.objects.get().notes == "Första ordet.\nAndra ordet."
    assert dialogue.history.count() == 1


# Two who change the same


def test_the_second_save_is_stopped_with_both_texts(as_coordinator, as_colleague, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, notes="Deras ord."))
    response = as_coordinator.post(edit, filled(mine, notes="Mina ord."))
    assertContains(response, "Ändrat medan du skrev, av Olle Kollega")
    (changed,) = response.context["form"].meanwhile
    assert (changed.label, changed.now, changed.typed) == ("Vad sades", "Deras ord.", "Mina ord.")
    assert opened(response)["notes"] == ["Mina ord."]
    assert Dialogue.objects.get().notes == "Deras ord."
    assert as_coordinator.post(edit, filled(response)).status_code == 302
    assert Dialogue.objects.get().notes == "Mina ord."


def test_an_untouched_note_of_several_lines_takes_in_the_other_s(as_coordinator, as_colleague, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, notes="Deras\r\nrader."))
    # A browser sends its line ends as carriage return and line feed.
    sent = filled(mine, channel=Channel.VISIT, notes="Första ordet.\r\nAndra ordet.")
    response = as_coordinator.post(edit, sent)
    assert [(each.label, each.taken_in) for each in response.context["form"].meanwhile] == [("Vad sades", True)]
    assert "".join(opened(response)["notes"]).splitlines() == ["Deras", "rader."]
    assert as_coordinator.post(edit, filled(response)).status_code == 302
    assert Dialogue.objects.get().channel == Channel.VISIT


def test_contacts_are_compared_too(as_coordinator, as_colleague, dialogue, edit, anna, bo, agency):
    cecilia = ContactFactory(agency=agency, name="Cecilia Dal", title="")
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, contacts=[anna.pk, bo.pk]))
    response = as_coordinator.post(edit, filled(mine, contacts=[cecilia.pk]))
    (changed,) = response.context["form"].meanwhile
    assert (changed.now, changed.typed) == ("Anna Berg, HR-specialist, Bo Ek, HR-specialist", "Cecilia Dal")
    assert opened(response)["contacts"] == [str(cecilia.pk)]
    assert set(dialogue.contacts.all()) == {anna, bo}


@pytest.mark.parametrize("version", ["", "0", "9" * 30])
def test_a_missing_or_forged_version_never_overwrites(as_coordinator, edit, version):
    response = as_coordinator.post(edit, filled(as_coordinator.get(edit), notes="Mina ord.", version=version))
    assert "__all__" in errors(response)
    assert Dialogue.objects.get().notes == "Första ordet.\nAndra ordet."


def test_an_older_dialogue_s_version_never_overwrites(as_coordinator, dialogue, edit, today):
    other = DialogueFactory(held_on=today - timedelta(days=5))
    data = filled(as_coordinator.get(edit), notes="Mina ord.", version=other.version())
    assert "__all__" in errors(as_coordinator.post(edit, data))


# Who may


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_changes_dialogues(client, request, dialogue, edit, today):
    browser = request.getfixturevalue(client)
    for response in (browser.get(edit), browser.post(edit, {"held_on": today, "notes": "Kapat"})):
        assertContains(response, "Den visas för koordinator.", status_code=403)
        assertNotContains(response, "Första ordet", status_code=403)
    assert Dialogue.objects.get().notes == "Första ordet.\nAndra ordet."


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_a_dialogue_that_is_not_there_is_not_found(as_coordinator, pk):
    for method in (as_coordinator.get, as_coordinator.post):
        assert method(f"/dialoger/{pk}/andra/").status_code == 404
