"""Logging the call that just ended: with contacts, notes, obstacles and the next step, once, and nothing lost."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from agencies import lifecycle
from agencies.choices import Channel, ContactRole, ObstacleKind, Phase
from agencies.lifecycle import LifecycleError
from agencies.models import Contact, Dialogue, NextStep, Obstacle
from praktik.accounts.models import Submission
from tests.agencies.browsing import HTMX, at_the_same_moment, errors, filled, opened, told
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    NextStepFactory,
    ObstacleFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agency(db):
    return AgencyFactory(name="Trafikverket")


@pytest.fixture
def anna(agency):
    return ContactFactory(agency=agency, name="Anna Berg", email="anna@trafik.example.se")


@pytest.fixture
def stranger():
    """Another agency with a contact, a dialogue, a step and an obstacle of its own."""
    stranger = AgencyFactory(name="Kustbevakningen")
    contact = ContactFactory(agency=stranger, name="Främmande Person", email="frammande@kust.example.se")
    dialogue = DialogueFactory(agency=stranger, contacts=[contact], phase=Phase.HANDOVER)
    NextStepFactory(agency=stranger, dialogue=dialogue)
    ObstacleFactory(agency=stranger, kind=ObstacleKind.VETTING)
    return stranger


def address(agency) -> str:
    return f"/myndigheter/{agency.pk}/dialoger/ny/"


def log(client, agency, **typed):
    """Open the form, note that something was said, fill in the rest and send it."""
    return client.post(address(agency), filled(client.get(address(agency)), **{"notes": "Vi talade."} | typed))


def nothing_is_saved() -> bool:
    return not any(model.objects.exists() for model in (Dialogue, NextStep, Obstacle, Submission))


# The form


def test_the_form_opens_on_today_by_phone_with_the_agency_s_contacts(as_coordinator, agency, anna, stranger):
    response = as_coordinator.get(address(agency))
    assertTemplateUsed(response, "agencies/dialogue_form.html")
    fields = opened(response)
    assert fields["held_on"] == ["2018-12-31"]
    assert fields["channel"] == [Channel.PHONE]
    assert fields["phase"] == [Phase.INFORMATION]
    assert "contacts" not in fields
    assertContains(response, "Anna Berg")
    assertNotContains(response, "Främmande Person")


def test_the_phase_is_the_one_of_the_latest_dialogue(as_coordinator, agency):
    DialogueFactory(agency=agency, held_on=date(2018, 6, 1), phase=Phase.EXAMPLES)
    DialogueFactory(agency=agency, held_on=date(2018, 3, 1), phase=Phase.HANDOVER)
    assert opened(as_coordinator.get(address(agency)))["phase"] == [Phase.EXAMPLES]


def test_somebody_who_has_left_is_not_offered(as_coordinator, agency, today):
    ContactFactory(agency=agency, name="Gunnar Gren", left_on=today)
    ContactFactory(agency=agency, name="Bo Snart", left_on=today + timedelta(days=1))
    response = as_coordinator.get(address(agency))
    assertNotContains(response, "Gunnar Gren")
    assertContains(response, "Bo Snart")


def test_an_obstacle_that_stands_already_is_not_offered_again(as_coordinator, agency, stranger, today):
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR)
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TIME, resolved_on=today)
    ObstacleFactory(agency=agency, kind=ObstacleKind.OTHER, words="Något")
    form = as_coordinator.get(address(agency)).context["form"]
    offered = [kind for kind, _ in form.fields["obstacles"].choices]
    assert ObstacleKind.NO_TUTOR not in offered
    assert {ObstacleKind.NO_TIME, ObstacleKind.OTHER, ObstacleKind.VETTING} <= set(offered)


def test_nothing_that_is_pasted_is_cut_off(as_coordinator, agency):
    page = as_coordinator.get(address(agency)).content.decode()
    form = page[page.index('<form class="panel"') : page.index("</main>")]
    assert '<textarea name="notes"' in form
    assert "maxlength" not in form


def test_htmx_gets_only_the_form(as_coordinator, agency, anna):
    response = as_coordinator.get(address(agency), headers=HTMX)
    assertContains(response, f'action="{address(agency)}"')
    assertContains(response, "Anna Berg")
    assertNotContains(response, "<html")


def test_opening_the_form_saves_nothing(as_coordinator, agency):
    as_coordinator.get(address(agency))
    assert nothing_is_saved()


# Saving


def test_a_dialogue_is_logged_with_all_that_came_of_it(as_coordinator, coordinator, agency, anna, stranger):
    bo = ContactFactory(agency=agency, name="Bo Ek")
    response = log(
        as_coordinator,
        agency,
        held_on="2018-12-28",
        channel=Channel.VISIT,
        phase=Phase.EXAMPLES,
        contacts=[anna.pk, bo.pk],
        notes="De har två platser.\r\nRing i januari.",
        obstacles=[ObstacleKind.NO_TUTOR],
        obstacle_words="Handledaren är ledig.",
        step_what="Skicka profil",
        step_due_on="2019-01-11",
        new_0_name="Cecilia Dal",
        new_0_title="Enhetschef",
        new_0_role=ContactRole.MANAGER,
        new_0_email="cecilia@trafik.example.se",
        new_0_phone="0611-555 07",
    )
    assertRedirects(response, f"/myndigheter/{agency.pk}/", fetch_redirect_response=False)

    dialogue = agency.dialogues.get()
    cecilia = agency.contacts.get(name="Cecilia Dal")
    assert (dialogue.held_on, dialogue.channel, dialogue.phase) == (date(2018, 12, 28), Channel.VISIT, Phase.EXAMPLES)
    assert dialogue.notes.splitlines() == ["De har två platser.", "Ring i januari."]
    assert dialogue.by == coordinator
    assert set(dialogue.contacts.all()) == {anna, bo, cecilia}
    assert (cecilia.title, cecilia.role, cecilia.phone) == ("Enhetschef", ContactRole.MANAGER, "0611-555 07")
    step = agency.next_steps.get()
    assert (step.what, step.due_on, step.owner) == ("Skicka profil", date(2019, 1, 11), coordinator)
    assert (step.dialogue, step.done_on) == (dialogue, None)
    obstacle = agency.obstacles.get()
    assert (obstacle.kind, obstacle.words) == (ObstacleKind.NO_TUTOR, "Handledaren är ledig.")
    assert (obstacle.noted_on, obstacle.resolved_on, obstacle.dialogue) == (date(2018, 12, 28), None, dialogue)
    assert [model.objects.count() for model in (Dialogue, NextStep, Obstacle)] == [2, 2, 2]


def test_an_empty_dialogue_is_refused_since_it_was_hardly_meant(as_coordinator, agency):
    response = log(as_coordinator, agency, notes="  ")
    assert errors(response) == {"notes": ["Skriv vad som sades, eller välj vem du talade med."]}
    assert nothing_is_saved()


@pytest.mark.parametrize(
    "typed",
    [
        {"notes": "Ord"},
        {"contacts": "anna"},
        {"obstacles": [ObstacleKind.NO_TIME]},
        {"step_what": "Ring", "step_due_on": "2019-01-02"},
        {"new_1_name": "Ny Person"},
        {"steps_done": "step"},
    ],
    ids=lambda typed: next(iter(typed)),
)
def test_one_thing_said_or_done_is_enough(as_coordinator, agency, anna, today, typed):
    step = NextStepFactory(agency=agency)
    rows = {"anna": [anna.pk], "step": [step.pk]}
    typed = {field: rows.get(value, value) if isinstance(value, str) else value for field, value in typed.items()}
    assert log(as_coordinator, agency, **{"notes": ""} | typed).status_code == 302
    dialogue = Dialogue.objects.get()
    assert (dialogue.held_on, dialogue.channel) == (today, Channel.PHONE)


# Steps that the call has done


def test_the_call_may_close_the_step_that_asked_for_it(as_coordinator, coordinator, agency, stranger, today):
    asked, other = (NextStepFactory(agency=agency, what=what) for what in ("Ring chefen", "Skicka profil"))
    NextStepFactory(agency=agency, what="Redan gjort", done_on=date(2018, 12, 1))
    response = as_coordinator.get(address(agency))
    assert list(response.context["form"].fields["steps_done"].queryset) == [asked, other]
    as_coordinator.post(address(agency), filled(response, steps_done=[asked.pk]))
    assert list(agency.next_steps.values_list("what", "done_on").order_by("pk")) == [
        ("Ring chefen", today),
        ("Skicka profil", None),
        ("Redan gjort", date(2018, 12, 1)),
    ]
    assert asked.history.first().history_user == coordinator


@pytest.mark.parametrize("whose", ["another agency's", "one that is done", "0", "²", "9" * 30, "\0"])
def test_only_an_open_step_of_the_agency_is_closed(as_coordinator, agency, stranger, whose):
    steps = {
        "another agency's": stranger.next_steps.get(),
        "one that is done": NextStepFactory(agency=agency, done_on=date(2018, 12, 1)),
    }
    response = log(as_coordinator, agency, steps_done=[steps[whose].pk if whose in steps else whose])
    assert list(errors(response)) == ["steps_done"]
    assert stranger.next_steps.get().done_on is None
    assert not agency.dialogues.exists()


def test_a_step_that_a_colleague_closes_at_the_same_moment_saves_nothing_by_half(agency, coordinator, today):
    step = NextStepFactory(agency=agency, done_on=date(2018, 12, 1))
    with pytest.raises(LifecycleError, match="Steget är redan klart"):
        lifecycle.log_dialogue(Dialogue(agency=agency, held_on=today), by=coordinator, steps_done=[step])
    assert not Dialogue.objects.exists()


def test_one_is_told_that_it_is_saved_and_given_a_way_to_change_it_or_take_it_back(as_coordinator, agency):
    response = log(as_coordinator, agency)
    (message,) = told(response)
    dialogue = Dialogue.objects.get()
    assert message == f'Dialogen med Trafikverket är sparad. <a href="/dialoger/{dialogue.pk}/andra/">Ändra</a>'
    page = as_coordinator.get(response.url)
    assertContains(page, message)
    assertContains(page, f'action="/dialoger/{dialogue.pk}/ta-bort/"')


def test_an_agency_s_name_cannot_write_markup_into_the_message(as_coordinator):
    response = log(as_coordinator, AgencyFactory(name="<script>alert(1)</script>"))
    assertNotContains(as_coordinator.get(response.url), "<script>alert(1)")


def test_each_record_is_one_entry_of_history_by_the_one_who_logged(as_coordinator, coordinator, agency, anna):
    log(
        as_coordinator,
        agency,
        contacts=[anna.pk],
        obstacles=[ObstacleKind.NO_TIME],
        step_what="Ring",
        step_due_on="2019-01-02",
        new_0_name="Ny Person",
    )
    for record in (Dialogue.objects.get(), Obstacle.objects.get(), NextStep.objects.get()):
        entry = record.history.get()
        assert (entry.history_type, entry.history_user) == ("+", coordinator)
    new = Contact.objects.get(name="Ny Person")
    assert new.history.get().history_user == coordinator
    told_contacts = Dialogue.objects.get().history.get().contacts.values_list("contact_id", flat=True)
    assert sorted(told_contacts) == sorted([anna.pk, new.pk])


def test_three_new_contacts_are_saved_at_once(as_coordinator, agency):
    log(as_coordinator, agency, new_0_name="A", new_1_name="B", new_2_name="C", new_2_phone="+46 611 555 01")
    assert [contact.name for contact in Dialogue.objects.get().contacts.all()] == ["A", "B", "C"]


def test_a_new_contact_may_stand_in_any_place_of_the_form(as_coordinator, agency):
    log(as_coordinator, agency, new_2_name="Bara tredje")
    assert [contact.name for contact in Contact.objects.all()] == ["Bara tredje"]


def test_a_form_without_new_contacts_is_saved_too(as_coordinator, agency, today):
    data = {"held_on": today, "channel": Channel.PHONE, "phase": Phase.INFORMATION, "notes": "Ord"}
    assert as_coordinator.post(address(agency), data).status_code == 302
    assert Dialogue.objects.count() == 1


def test_several_obstacles_share_the_words_of_the_first(as_coordinator, agency):
    log(as_coordinator, agency, obstacles=[ObstacleKind.NO_TUTOR, ObstacleKind.NO_TIME], obstacle_words="Till våren")
    assert set(Obstacle.objects.values_list("kind", "words")) == {("no_tutor", "Till våren"), ("no_time", "")}


def test_the_words_belong_to_the_obstacle_called_other(as_coordinator, agency):
    log(as_coordinator, agency, obstacles=[ObstacleKind.NO_TUTOR, ObstacleKind.OTHER], obstacle_words="Skyddsrummet")
    assert set(Obstacle.objects.values_list("kind", "words")) == {("no_tutor", ""), ("other", "Skyddsrummet")}


# Back to where one was


@pytest.mark.parametrize("place", ["/", "/myndigheter/?q=skog&sida=2", "/kontakter/1/"])
def test_saving_leads_back_to_where_one_was(as_coordinator, agency, place):
    response = as_coordinator.get(address(agency), {"tillbaka": place})
    assert opened(response)["tillbaka"] == [place]
    response = as_coordinator.post(address(agency), filled(response, notes="Ord"))
    assertRedirects(response, place, fetch_redirect_response=False)


@pytest.mark.parametrize(
    "place",
    [
        "https://ond.example.com/",
        "//ond.example.com/",
        "/\\ond.example.com",
        "\\\\ond.example.com",
        "javascript:alert(1)",
        "http:///ond.example.com",
        "https://testserver@ond.example.com/",
        "\0//ond.example.com",
        "",
    ],
)
def test_another_site_is_no_place_to_go_back_to(as_coordinator, agency, place):
    response = as_coordinator.get(address(agency), {"tillbaka": place})
    assert opened(response)["tillbaka"] == [f"/myndigheter/{agency.pk}/"]
    response = log(as_coordinator, agency, tillbaka=place)
    assertRedirects(response, f"/myndigheter/{agency.pk}/", fetch_redirect_response=False)


def test_a_line_break_in_the_way_back_writes_no_header(as_coordinator, agency):
    response = log(as_coordinator, agency, tillbaka="/\r\nSet-Cookie: stulen=1")
    assert response.status_code == 302
    assert "\n" not in response.url
    assert "stulen" not in response.cookies


# A personal identity number

# In how many ways a number may be written is the business of tests/ground/test_identity.py; the form has one way to
# ask: of what is nothing but a number, and of what is hidden in a text.
NUMBERS = {
    "alone": "850709-9805",
    "within a sentence, otherwise written": "Kandidaten (８５０７０９–9805) kan börja.",
}
WORDS = {"notes": {}, "step_what": {"step_due_on": "2019-01-09"}, "obstacle_words": {"obstacles": ["no_time"]}}


@pytest.mark.parametrize("text", NUMBERS.values(), ids=NUMBERS.keys())
@pytest.mark.parametrize("field", WORDS)
def test_an_identity_number_is_refused_and_nothing_typed_is_lost(as_coordinator, agency, field, text):
    response = log(as_coordinator, agency, **{"notes": "Viktiga ord"} | WORDS[field] | {field: text})
    assert list(errors(response)) == [field]
    assertContains(response, "Texten innehåller ett personnummer eller samordningsnummer")
    assertContains(response, "Inget är sparat än.")
    assert opened(response)[field] == [text]
    assert nothing_is_saved()


@pytest.mark.parametrize("text", NUMBERS.values(), ids=NUMBERS.keys())
def test_an_identity_number_in_a_new_contact_s_name_is_refused(as_coordinator, agency, text):
    response = log(as_coordinator, agency, notes="Viktiga ord", new_0_name=text)
    assert list(response.context["form"].people.errors[0]) == ["name"]
    assertContains(response, "Texten innehåller ett personnummer eller samordningsnummer")
    assertContains(response, "Inget är sparat än.")
    assert opened(response)["new-0-name"] == [text]
    assert opened(response)["notes"] == ["Viktiga ord"]
    assert nothing_is_saved()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("field", ["title", "email", "phone"])
def test_an_identity_number_in_a_new_contact_s_other_fields_is_refused(as_coordinator, agency, field):
    text = {"title": "Chef 850709-9805", "email": "8507099805@example.se", "phone": "0103058202"}[field]
    response = log(as_coordinator, agency, **{"new_0_name": "Ny Person", f"new_0_{field}": text})
    assert list(response.context["form"].people.errors[0]) == [field]
    assert not Contact.objects.exists()


@pytest.mark.parametrize("text", ["850709-9806", "851309-9805", "Tel 0611-555 01", "202100-2742", "1234567890"])
def test_other_numbers_are_let_through(as_coordinator, agency, text):
    assert log(as_coordinator, agency, notes=text).status_code == 302


# Contacts that cannot be chosen


def test_somebody_who_left_while_one_wrote_is_named(as_coordinator, agency, anna, today):
    response = as_coordinator.get(address(agency))
    lifecycle.mark_gone(anna, left_on=today)
    response = as_coordinator.post(address(agency), filled(response, contacts=[anna.pk], notes="Viktiga ord"))
    assert errors(response) == {
        "contacts": ["Anna Berg slutade 2018-12-31 och kan inte väljas. Dina andra uppgifter är kvar."]
    }
    assert opened(response)["notes"] == ["Viktiga ord"]
    assert nothing_is_saved()


@pytest.mark.parametrize("key", ["0", "-1", "99999999", "9" * 19, "9" * 30, "9" * 5000, "anna", "²", "1.0", "\0", " "])
def test_an_unknown_contact_is_refused(as_coordinator, agency, anna, key):
    response = log(as_coordinator, agency, contacts=[anna.pk, key], notes="Viktiga ord")
    assert list(errors(response)) == ["contacts"]
    assert opened(response)["notes"] == ["Viktiga ord"]
    assert nothing_is_saved()


def test_another_agency_s_contact_is_refused(as_coordinator, agency, stranger):
    before = Dialogue.objects.count()
    response = log(as_coordinator, agency, contacts=[stranger.contacts.get().pk])
    assert list(errors(response)) == ["contacts"]
    assertNotContains(response, "Främmande Person")
    assert Dialogue.objects.count() == before


def test_another_agency_s_contact_who_left_is_not_named(as_coordinator, agency, stranger, today):
    gone = ContactFactory(agency=stranger, name="Främmande Slutad", left_on=today)
    response = log(as_coordinator, agency, contacts=[gone.pk])
    assert list(errors(response)) == ["contacts"]
    assertNotContains(response, "Främmande Slutad")


def test_the_verb_itself_refuses_another_agency_s_contact(agency, stranger, coordinator, today):
    with pytest.raises(LifecycleError, match="Främmande Person hör till en annan myndighet"):
        lifecycle.log_dialogue(
            Dialogue(agency=agency, held_on=today), by=coordinator, contacts=iter(stranger.contacts.all())
        )
    assert not agency.dialogues.exists()


def test_the_verb_itself_refuses_somebody_who_has_left(agency, anna, coordinator, today):
    lifecycle.mark_gone(anna, left_on=today)
    anna.refresh_from_db()
    with pytest.raises(LifecycleError, match="Anna Berg slutade 2018-12-31"):
        lifecycle.log_dialogue(Dialogue(agency=agency, held_on=today), by=coordinator, contacts=[anna])
    assert nothing_is_saved()


# A new contact's own rules


def test_an_address_that_somebody_has_is_pointed_out_and_may_be_saved_all_the_same(as_coordinator, agency, anna):
    response = log(as_coordinator, agency, new_0_name="Ny Person", new_0_email="ANNA@trafik.example.se")
    (wrong,) = response.context["form"].people.errors[0]["email"]
    assert wrong.startswith("Anna Berg, HR-specialist, Trafikverket, har redan den adressen.")
    assert Contact.objects.count() == 1
    assert opened(response)["new-0-name"] == ["Ny Person"]
    assert as_coordinator.post(address(agency), filled(response, new_0_same_address="on")).status_code == 302
    assert Contact.objects.filter(email__iexact="anna@trafik.example.se").count() == 2


def test_two_new_contacts_do_not_share_an_address_unnoticed(as_coordinator, agency):
    typed = {"new_0_name": "A", "new_1_name": "B", "new_2_name": "C"}
    typed |= {"new_0_email": "a@trafik.example.se", "new_2_email": "A@Trafik.example.se"}
    response = log(as_coordinator, agency, **typed)
    wrong = [list(each) for each in response.context["form"].people.errors]
    assert wrong == [[], [], ["email"]]
    assertContains(response, "Adressen står också hos en annan av de nya kontakterna.")
    assert nothing_is_saved()
    assert as_coordinator.post(address(agency), filled(response, new_2_same_address="on")).status_code == 302
    assert Contact.objects.count() == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "inte en adress"),
        ("phone", "ring mig"),
        ("role", "kung"),
        ("name", "å" * 101),
        ("title", "å" * 101),
        ("name", "Ny\0"),
    ],
)
def test_a_new_contact_that_is_wrong_stops_the_whole(as_coordinator, agency, field, value):
    typed = {"new_0_name": "Ny Person", "new_0_title": "Chef"} | {f"new_0_{field}": value}
    response = log(as_coordinator, agency, step_what="Ring", step_due_on="2019-01-02", **typed)
    assert list(response.context["form"].people.errors[0]) == [field]
    assertContains(response, "Uppgifterna om den nya kontakten behöver rättas.")
    assert nothing_is_saved()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("forged", ["", "tre", "4", "1000", "9" * 30, "\0"])
def test_a_forged_number_of_new_contacts_is_answered(as_coordinator, agency, forged):
    data = filled(as_coordinator.get(address(agency)), new_0_name="Ny Person", notes="Viktiga ord")
    response = as_coordinator.post(address(agency), data | {"new-TOTAL_FORMS": forged})
    assert response.status_code == 200
    assertContains(response, "Inget är sparat än.")
    assertContains(response, "Viktiga ord")
    assert nothing_is_saved()


# Dates


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2019-01-01", "Dagen har inte varit än. Välj i dag eller tidigare."),
        ("9999-12-31", "Dagen har inte varit än. Välj i dag eller tidigare."),
        ("2015-12-31", "Datumet kan inte vara före 2016-01-01."),
        ("0001-01-01", "Datumet kan inte vara före 2016-01-01."),
        ("2018-02-30", "Fyll i ett giltigt datum."),
        ("i går", "Fyll i ett giltigt datum."),
        ("20181-01-01", "Fyll i ett giltigt datum."),
        ("\0", "Fyll i ett giltigt datum."),
        ("", "Fyll i det här."),
    ],
)
def test_a_day_on_which_no_dialogue_can_have_been_held_is_refused(as_coordinator, agency, day, words):
    response = log(as_coordinator, agency, held_on=day, notes="Viktiga ord")
    assert list(errors(response)) == ["held_on"]
    assertContains(response, words)
    assert opened(response)["notes"] == ["Viktiga ord"]
    assert nothing_is_saved()


@pytest.mark.parametrize("day", ["2016-01-01", "2018-12-31", "2016-02-29"])
def test_the_first_day_of_2016_and_today_are_days_like_others(as_coordinator, agency, day):
    assert log(as_coordinator, agency, held_on=day).status_code == 302
    assert Dialogue.objects.get().held_on.isoformat() == day


def test_the_verb_itself_refuses_a_day_that_has_not_come(agency, coordinator, today):
    with pytest.raises(LifecycleError, match="Dagen har inte varit än"):
        lifecycle.log_dialogue(Dialogue(agency=agency, held_on=today + timedelta(days=1)), by=coordinator)


# The next step


def test_a_step_without_a_day_is_refused(as_coordinator, agency):
    response = log(as_coordinator, agency, step_what="Skicka profil")
    assert errors(response) == {"step_due_on": ["Välj en dag: ett nästa steg utan dag glöms bort."]}
    assert opened(response)["step_what"] == ["Skicka profil"]
    assert nothing_is_saved()


def test_a_day_without_a_step_is_refused(as_coordinator, agency):
    response = log(as_coordinator, agency, step_due_on="2019-01-11")
    assert errors(response) == {"step_what": ["Skriv vad som ska göras den dagen, eller ta bort dagen."]}
    assert opened(response)["step_due_on"] == ["2019-01-11"]
    assert nothing_is_saved()


@pytest.mark.parametrize("what", ["   ", "\t\n"])
def test_blanks_are_no_step(as_coordinator, agency, what):
    assert list(errors(log(as_coordinator, agency, step_what=what, step_due_on="2019-01-11"))) == ["step_what"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2018-12-30", "Dagen har redan varit. Välj i dag eller senare."),
        ("2021-12-31", "Dagen ligger mer än tre år fram."),
        ("9999-12-31", "Dagen ligger mer än tre år fram."),
        ("snart", "Fyll i ett giltigt datum."),
    ],
)
def test_a_step_s_day_is_within_reach(as_coordinator, agency, day, words):
    response = log(as_coordinator, agency, step_what="Skicka profil", step_due_on=day)
    assert errors(response) == {"step_due_on": [words]}
    assert nothing_is_saved()


@pytest.mark.parametrize("day", ["2018-12-31", "2021-12-30"])
def test_the_nearest_and_the_furthest_day_of_a_step(as_coordinator, agency, day):
    log(as_coordinator, agency, step_what="Skicka profil", step_due_on=day)
    assert NextStep.objects.get().due_on.isoformat() == day


# Obstacles


def test_another_obstacle_needs_words(as_coordinator, agency):
    response = log(as_coordinator, agency, obstacles=[ObstacleKind.OTHER], notes="Viktiga ord")
    assert errors(response) == {"obstacle_words": ["Skriv vilket hinder det är när du väljer Annat."]}
    assert opened(response)["obstacles"] == [ObstacleKind.OTHER]
    assert nothing_is_saved()


def test_words_need_a_kind_of_obstacle(as_coordinator, agency):
    response = log(as_coordinator, agency, obstacle_words="Skyddsrummet")
    assert errors(response) == {"obstacles": ["Välj vilket slags hinder det är."]}
    assert opened(response)["obstacle_words"] == ["Skyddsrummet"]


@pytest.mark.parametrize("kind", ["okänt", "\0", "no_tutor "])
def test_an_unknown_kind_of_obstacle_is_refused(as_coordinator, agency, kind):
    assert list(errors(log(as_coordinator, agency, obstacles=[kind]))) == ["obstacles"]
    assert nothing_is_saved()


def test_an_obstacle_that_stands_already_is_refused_when_it_is_sent_all_the_same(as_coordinator, agency):
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR)
    response = log(as_coordinator, agency, obstacles=[ObstacleKind.NO_TUTOR])
    assert list(errors(response)) == ["obstacles"]
    assert not Dialogue.objects.exists()


def test_an_obstacle_saved_by_a_colleague_meanwhile_saves_nothing_by_half(agency, coordinator, today):
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.log_dialogue(
            Dialogue(agency=agency, held_on=today),
            by=coordinator,
            new_contacts=[Contact(name="Ny Person")],
            obstacles=[Obstacle(kind=ObstacleKind.NO_TIME), Obstacle(kind=ObstacleKind.NO_TUTOR)],
            step=NextStep(what="Ring", due_on=today, owner=coordinator),
        )
    assert [model.objects.count() for model in (Dialogue, Contact, NextStep, Obstacle)] == [0, 0, 0, 1]


# Long and odd texts


def test_twenty_thousand_characters_are_refused_and_all_of_them_still_there(as_coordinator, agency):
    text = "å" * 20_000
    response = log(as_coordinator, agency, notes=text)
    (words,) = errors(response)["notes"]
    assert "10000" in "".join(words.split())
    assert opened(response)["notes"] == [text]
    assert nothing_is_saved()


def test_ten_thousand_characters_are_saved(as_coordinator, agency):
    log(as_coordinator, agency, notes="å" * 10_000)
    assert Dialogue.objects.get().notes == "å" * 10_000


@pytest.mark.parametrize(("field", "most"), [("step_what", 200), ("obstacle_words", 300)])
def test_a_line_that_is_too_long_is_refused_and_still_there(as_coordinator, agency, field, most):
    text = "å" * (most + 1)
    response = log(as_coordinator, agency, **WORDS[field] | {field: text})
    assert list(errors(response)) == [field]
    assert opened(response)[field] == [text]
    assert log(as_coordinator, agency, **WORDS[field] | {field: text[:-1]}).status_code == 302


@pytest.mark.parametrize(
    "text",
    [
        "Bra samtal 🌲👩‍🔧",
        "<script>alert('x')</script>",
        "مرحبا بكم في العمل",
        "a & b < c > d \" e ' f",
        "{{ settings.SECRET_KEY }} {% now %}",
        "Robert'); DROP TABLE agencies_dialogue;--",
        "%s %(who)s {0}",
    ],
)
def test_any_text_is_saved_as_it_is_and_shown_as_text(as_coordinator, agency, text):
    log(as_coordinator, agency, notes=text, step_what=text, step_due_on="2019-01-02", new_0_name=text)
    dialogue = Dialogue.objects.get()
    assert dialogue.notes == NextStep.objects.get().what == Contact.objects.get().name == text
    for page in (f"/myndigheter/{agency.pk}/", f"/dialoger/{dialogue.pk}/", f"/dialoger/{dialogue.pk}/andra/"):
        response = as_coordinator.get(page)
        assertContains(response, text, html=False) if text.isalpha() else assertNotContains(response, "<script>alert(")
    assert opened(as_coordinator.get(f"/dialoger/{dialogue.pk}/andra/"))["notes"] == [text]


@pytest.mark.parametrize("field", ["notes", "step_what", "obstacle_words", "channel", "phase"])
def test_a_zero_byte_is_refused_in_words(as_coordinator, agency, field):
    response = log(as_coordinator, agency, **WORDS.get(field, {}) | {field: "Ord\0ord"})
    assert list(errors(response)) == [field]
    assert nothing_is_saved()


@pytest.mark.parametrize("field", ["channel", "phase"])
def test_an_unknown_choice_is_refused(as_coordinator, agency, field):
    assert list(errors(log(as_coordinator, agency, **{field: "brevduva"}))) == [field]
    assert nothing_is_saved()


def test_several_things_wrong_are_told_at_once(as_coordinator, agency):
    response = log(
        as_coordinator, agency, held_on="2019-06-01", step_what="Ring", obstacle_words="Ord", new_0_email="fel"
    )
    assert set(errors(response)) == {"__all__", "held_on", "step_due_on", "obstacles"}
    assert set(response.context["form"].people.errors[0]) == {"name", "email"}


# Agencies that cannot be logged with


@pytest.mark.parametrize("pk", ["0", "99999999", "9" * 19, "9" * 30])
def test_an_agency_that_is_not_there_is_not_found(as_coordinator, pk, today):
    forged = f"/myndigheter/{pk}/dialoger/ny/"
    assert as_coordinator.get(forged).status_code == 404
    data = {"held_on": today, "channel": Channel.PHONE, "phase": Phase.INFORMATION}
    assert as_coordinator.post(forged, data).status_code == 404
    assert nothing_is_saved()


def test_the_agency_of_the_address_counts_and_no_other(as_coordinator, agency, stranger):
    data = filled(as_coordinator.get(address(agency)), notes="Ord", agency_id=stranger.pk, by="1", id="1")
    as_coordinator.post(address(agency), data | {"agency": stranger.pk})
    assert agency.dialogues.count() == 1
    assert stranger.dialogues.count() == 1


def test_an_archived_agency_is_refused_and_what_was_typed_is_still_there(as_coordinator, agency, today):
    response = as_coordinator.get(address(agency))
    lifecycle.archive(agency, on=today)
    response = as_coordinator.post(address(agency), filled(response, notes="Viktiga ord", new_0_name="Ny Person"))
    assert errors(response) == {
        "__all__": ["Trafikverket är arkiverad. Återställ myndigheten innan du loggar en dialog."]
    }
    assert opened(response)["notes"] == ["Viktiga ord"]
    assert nothing_is_saved()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_logs_dialogues(client, request, agency, today):
    browser = request.getfixturevalue(client)
    assertContains(browser.get(address(agency)), "Den visas för koordinator.", status_code=403)
    data = {"held_on": today, "channel": Channel.PHONE, "phase": Phase.INFORMATION}
    assert browser.post(address(agency), data).status_code == 403
    assert nothing_is_saved()


# A double click

EVERYTHING = {
    "notes": "De har en plats.",
    "obstacles": [ObstacleKind.NO_TUTOR],
    "step_what": "Skicka profil",
    "step_due_on": "2019-01-11",
    "new_0_name": "Ny Person",
    "new_0_email": "ny@trafik.example.se",
}


def everything_is_there_once() -> bool:
    return [model.objects.count() for model in (Dialogue, Obstacle, NextStep, Contact, Submission)] == [1, 1, 1, 1, 1]


def test_the_same_form_sent_twice_is_saved_once_and_answered_alike(as_coordinator, agency):
    data = filled(as_coordinator.get(address(agency)), **EVERYTHING)
    first, second = (as_coordinator.post(address(agency), data) for _ in range(2))
    assert everything_is_there_once()
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, f"/myndigheter/{agency.pk}/")
    dialogue = Dialogue.objects.get()
    assert f"/dialoger/{dialogue.pk}/andra/" in told(second)[-1]


def test_the_form_sent_again_with_other_words_is_still_the_same_form(as_coordinator, agency):
    data = filled(as_coordinator.get(address(agency)), **EVERYTHING)
    as_coordinator.post(address(agency), data)
    response = as_coordinator.post(address(agency), data | {"notes": "Andra ord"})
    assert everything_is_there_once()
    assert Dialogue.objects.get().notes == "De har en plats."
    assert "Det här har du redan sparat en gång." in errors(response)["__all__"][-1]
    assert opened(response)["notes"] == ["Andra ord"]


def test_a_form_that_was_refused_is_saved_when_it_is_right(as_coordinator, agency):
    refused = log(as_coordinator, agency, **EVERYTHING | {"step_due_on": ""})
    assert nothing_is_saved()
    assert as_coordinator.post(address(agency), filled(refused, step_due_on="2019-01-11")).status_code == 302
    assert everything_is_there_once()


def test_the_form_opened_twice_is_two_dialogues(as_coordinator, agency):
    for _ in range(2):
        log(as_coordinator, agency, notes="Likadant")
    assert Dialogue.objects.count() == 2


def test_somebody_else_s_token_saves_in_one_s_own_name(as_coordinator, coordinator, agency, log_in):
    other = log_in(UserFactory())
    data = filled(other.get(address(agency)), notes="Ord")
    assert as_coordinator.post(address(agency), data).status_code == 302
    assert other.post(address(agency), data).status_code == 302
    assert Dialogue.objects.filter(by=coordinator).count() == 1
    assert Dialogue.objects.count() == 2


@pytest.mark.parametrize("token", ["", "påhittad", "a:b:c", "x" * 10_000])
def test_a_missing_or_forged_token_does_not_stop_the_saving(as_coordinator, agency, token):
    assert log(as_coordinator, agency, form_token=token).status_code == 302
    assert Dialogue.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("typed", [{"notes": "Ord"}, EVERYTHING], ids=["notes", "everything"])
def test_two_clicks_at_the_very_same_moment_save_one_dialogue(as_coordinator, agency, typed):
    data = filled(as_coordinator.get(address(agency)), **typed)

    def click():
        browser = Client()
        browser.cookies = as_coordinator.cookies
        return browser.post(address(agency), data)

    first, second = at_the_same_moment(agency._meta.db_table, click, click)
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, f"/myndigheter/{agency.pk}/")
    assert Dialogue.objects.count() == Submission.objects.count() == 1
    assert Contact.objects.count() == Obstacle.objects.count() == NextStep.objects.count() == (typed is EVERYTHING)


# A session that ended while one wrote


def test_what_was_typed_when_the_session_had_ended_is_there_after_the_login(client, coordinator, agency, anna):
    login = {"username": coordinator.email, "password": PASSWORD}
    client.post("/logga-in/", login)
    data = filled(client.get(address(agency)), contacts=[anna.pk], **EVERYTHING)
    client.session.flush()

    response = client.post(address(agency), data)
    assert response.status_code == 302
    assert response.url.startswith("/logga-in/?next=")
    assert nothing_is_saved()
    assertContains(client.get(response.url), 'name="password"')
    response = client.post(response.url, login)
    assertRedirects(response, address(agency), fetch_redirect_response=False)

    response = client.get(response.url)
    assertContains(response, "Det du skrev är kvar men inte sparat än: granska och spara.")
    fields = opened(response)
    for name, value in {**EVERYTHING, "contacts": [str(anna.pk)]}.items():
        assert fields[name.replace("new_0_", "new-0-")] == (value if isinstance(value, list) else [value])
    assert nothing_is_saved()

    assert client.post(address(agency), filled(response)).status_code == 302
    assert [model.objects.count() for model in (Dialogue, Obstacle, NextStep, Contact)] == [1, 1, 1, 2]
