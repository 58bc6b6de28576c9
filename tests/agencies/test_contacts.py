"""Contact persons: added, changed, marked as gone with a successor, and out of every picker from that day."""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle
from agencies.choices import ContactRole
from agencies.lifecycle import LifecycleError
from agencies.models import Contact
from tests.agencies.browsing import HTMX, errors, filled, opened, told
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    OfficeFactory,
    PlacementFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agency():
    return AgencyFactory(name="Trafikverket")


@pytest.fixture
def anna(agency):
    return ContactFactory(agency=agency, name="Anna Berg", title="HR-chef", email="Anna.Berg@trafik.example.se")


@pytest.fixture
def bo(agency):
    return ContactFactory(agency=agency, name="Bo Ek", title="")


@pytest.fixture(autouse=True)
def stranger(db):
    """A contact of another agency, with a dialogue."""
    contact = ContactFactory(agency=AgencyFactory(name="Kustbevakningen"), name="Främmande Person")
    DialogueFactory(agency=contact.agency, contacts=[contact], notes="Främmande ord")
    return contact


def new(agency) -> str:
    return f"/myndigheter/{agency.pk}/kontakter/ny/"


def edit(contact) -> str:
    return f"/kontakter/{contact.pk}/andra/"


def gone(contact) -> str:
    return f"/kontakter/{contact.pk}/slutat/"


def send(client, address, **typed):
    return client.post(address, filled(client.get(address), **typed))


# Adding and changing


def test_a_new_contact_is_saved(as_coordinator, coordinator, agency):
    town = MunicipalityFactory(name="Härnösand")
    response = send(
        as_coordinator,
        new(agency),
        name="Cecilia Dal",
        title="Enhetschef",
        role=ContactRole.MANAGER,
        unit="Underhåll",
        email="cecilia@trafik.example.se",
        phone="0611-555 07",
        municipality=town.pk,
    )
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Kontakten är sparad."]
    contact = agency.contacts.get()
    assert (contact.name, contact.title, contact.role) == ("Cecilia Dal", "Enhetschef", ContactRole.MANAGER)
    assert (contact.unit, contact.municipality, contact.left_on) == ("Underhåll", town, None)
    entry = contact.history.get()
    assert (entry.history_type, entry.history_user) == ("+", coordinator)


def test_a_name_is_enough(as_coordinator, agency):
    assert send(as_coordinator, new(agency), name="Cecilia Dal").status_code == 302
    assert agency.contacts.get().role == ContactRole.OTHER


def test_nobody_is_added_to_an_archived_agency(as_coordinator, agency, today):
    form = as_coordinator.get(new(agency))
    lifecycle.archive(agency, on=today)
    response = as_coordinator.post(new(agency), filled(form, name="Cecilia Dal"))
    assert errors(response) == {
        "__all__": ["Trafikverket är arkiverad. Återställ myndigheten innan du lägger till en kontakt."]
    }
    assert opened(response)["name"] == ["Cecilia Dal"]
    assert not agency.contacts.exists()
    response = as_coordinator.get(new(agency))
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Trafikverket är arkiverad. Återställ myndigheten först."]


def test_a_double_click_adds_one_contact(as_coordinator, agency):
    data = filled(as_coordinator.get(new(agency)), name="Cecilia Dal", email="cecilia@trafik.example.se")
    answers = [as_coordinator.post(new(agency), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert agency.contacts.count() == 1


def test_a_change_is_saved_and_leads_to_the_contact(as_coordinator, coordinator, anna):
    response = send(as_coordinator, edit(anna), title="Avdelningschef", phone="+46 611 555 01")
    assertRedirects(response, anna.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Ändringen är sparad."]
    anna.refresh_from_db()
    assert (anna.name, anna.title, anna.phone) == ("Anna Berg", "Avdelningschef", "+46 611 555 01")
    assert anna.history.first().history_user == coordinator
    assert anna.history.count() == 2


def test_the_agency_of_a_contact_cannot_be_sent_with_the_form(as_coordinator, anna, agency, stranger):
    data = filled(as_coordinator.get(edit(anna)), title="Chef", left_on="2018-01-01", successor=stranger.pk)
    as_coordinator.post(edit(anna), data | {"agency": stranger.agency_id})
    anna.refresh_from_db()
    assert (anna.agency, anna.title, anna.left_on, anna.successor) == (agency, "Chef", None, None)


def test_two_who_change_the_same_contact_lose_nothing(as_coordinator, log_in, anna):
    as_colleague = log_in(UserFactory(name="Olle Kollega"))
    mine, theirs = as_coordinator.get(edit(anna)), as_colleague.get(edit(anna))
    as_colleague.post(
        edit(anna), filled(theirs, phone="0611-555 99", municipality=MunicipalityFactory(name="Timrå").pk)
    )
    response = as_coordinator.post(edit(anna), filled(mine, phone="0611-555 77", title="Chef"))
    told_of = {each.label: (each.now, each.typed, each.taken_in) for each in response.context["form"].meanwhile}
    assert told_of == {"Telefon": ("0611-555 99", "0611-555 77", False), "Kommun": ("Timrå", "–", True)}
    assert as_coordinator.post(edit(anna), filled(response)).status_code == 302
    anna.refresh_from_db()
    assert (anna.phone, anna.title, anna.municipality.name) == ("0611-555 77", "Chef", "Timrå")


@pytest.mark.parametrize(
    "phone", ["0611-555 01", "+46 611 555 01", "070-123 45 67", "0611/55501", "+46(0)611-55501", "020 11 22"]
)
def test_a_phone_number_is_written_as_people_write_it(as_coordinator, anna, phone):
    assert send(as_coordinator, edit(anna), phone=phone).status_code == 302
    anna.refresh_from_db()
    assert anna.phone == phone


@pytest.mark.parametrize(
    "phone", ["ring mig", "1234", "0611", "(0)611-55501", "0611-555 01 ankn 3", "٠٦١١٥٥٥٠١", "0" * 31, "0611\0"]
)
def test_what_is_no_phone_number_is_refused_and_still_there(as_coordinator, anna, phone):
    response = send(as_coordinator, edit(anna), phone=phone, title="Chef")
    assert list(errors(response)) == ["phone"]
    assert opened(response)["title"] == ["Chef"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "å" * 101),
        ("title", "å" * 101),
        ("unit", "å" * 101),
        ("name", "Anna\0"),
        ("email", "inte en adress"),
        ("email", "a@b"),
        ("role", "kung"),
        ("role", ""),
        ("municipality", "9" * 30),
        ("municipality", "0"),
        ("municipality", "²"),
    ],
)
def test_what_cannot_be_is_answered_beside_the_field(as_coordinator, anna, field, value):
    response = send(as_coordinator, edit(anna), **{field: value})
    assert list(errors(response)) == [field]
    assert anna.history.count() == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "Anna 850709-9805"),
        ("title", "850769-9802"),
        ("unit", "８５０７０９９８０５"),
        ("email", "8507099805@example.se"),
        ("phone", "0103058202"),
    ],
)
def test_an_identity_number_is_refused_in_every_field(as_coordinator, agency, field, text):
    response = send(as_coordinator, new(agency), **{"name": "Ny Person"} | {field: text})
    assert list(errors(response)) == [field]
    assertContains(response, "Praktik sparar aldrig vem någon är.")
    assert opened(response)[field] == [text]
    assert not agency.contacts.exists()


@pytest.mark.parametrize("name", ["فاطمة الزهراء", "Åsa 🌲", "<script>alert(1)</script>", 'O\'Hara "Kim"'])
def test_a_name_is_any_text(as_coordinator, agency, name):
    send(as_coordinator, new(agency), name=name)
    contact = agency.contacts.get()
    assert contact.name == name
    for address in (contact.get_absolute_url(), gone(contact), agency.get_absolute_url()):
        assertNotContains(as_coordinator.get(address), "<script>alert(1)")


# An address that somebody has already


@pytest.mark.parametrize(
    "email", ["Anna.Berg@trafik.example.se", "ANNA.BERG@TRAFIK.EXAMPLE.SE", " anna.berg@trafik.example.se "]
)
def test_an_address_that_somebody_has_is_pointed_out_before_saving(as_coordinator, agency, anna, email):
    response = send(as_coordinator, new(agency), name="Ny Person", email=email)
    (words,) = errors(response)["email"]
    assert words.startswith("Anna Berg, HR-chef, Trafikverket, har redan den adressen.")
    assert opened(response)["name"] == ["Ny Person"]
    assertContains(response, "Adressen är rätt ändå")
    assert agency.contacts.count() == 1


def test_it_may_be_saved_all_the_same(as_coordinator, agency, anna):
    response = send(as_coordinator, new(agency), name="Ny Person", email="anna.berg@trafik.example.se")
    assert as_coordinator.post(new(agency), filled(response, same_address="on")).status_code == 302
    assert agency.contacts.count() == 2


def test_also_the_address_of_somebody_at_another_agency_who_has_left(as_coordinator, agency, stranger, today):
    lifecycle.mark_gone(stranger, left_on=today)
    response = send(as_coordinator, new(agency), name="Ny Person", email=stranger.email.upper())
    assertContains(response, "Kustbevakningen, slutade 2018-12-31, har redan den adressen.")


def test_one_may_keep_one_s_own_address(as_coordinator, anna):
    assert send(as_coordinator, edit(anna), title="Chef").status_code == 302


def test_two_without_an_address_are_nothing_to_point_out(as_coordinator, agency):
    ContactFactory(agency=agency, email="")
    assert send(as_coordinator, new(agency), name="Ny Person").status_code == 302


ADDRESS = "/kontakter/adress/"


@pytest.mark.parametrize("field", ["email", "new-0-email"])
@pytest.mark.parametrize("address", ["anna.berg@trafik.example.se", "ANNA.BERG@TRAFIK.EXAMPLE.SE"])
def test_an_address_is_pointed_out_while_one_types(as_coordinator, anna, field, address):
    response = as_coordinator.get(ADDRESS, {field: address}, headers=HTMX)
    assertContains(response, "Anna Berg, HR-chef, Trafikverket, har redan den adressen.")
    assertNotContains(response, "<html")


def test_while_one_types_one_s_own_address_is_nothing_to_point_out(as_coordinator, anna):
    response = as_coordinator.get(ADDRESS, {"email": anna.email, "utom": anna.pk}, headers=HTMX)
    assertNotContains(response, "har redan")


@pytest.mark.parametrize("address", ["", "ny@example.se", "\0", "%", "_nna.berg@trafik.example.se", "å" * 5000, "'"])
def test_an_address_that_nobody_has_is_nothing_to_point_out(as_coordinator, anna, address):
    response = as_coordinator.get(ADDRESS, {"email": address}, headers=HTMX)
    assert response.status_code == 200
    assertNotContains(response, "har redan")


@pytest.mark.parametrize("besides", ["", "anna", "²", "-1", "9" * 30, "9" * 5000, "\0"])
def test_a_forged_number_of_one_s_own_is_answered(as_coordinator, anna, besides):
    response = as_coordinator.get(ADDRESS, {"email": anna.email, "utom": besides}, headers=HTMX)
    assertContains(response, "har redan den adressen.")


def test_an_address_without_any_parameter_is_answered(as_coordinator):
    assert as_coordinator.get(ADDRESS, headers=HTMX).status_code == 200


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_others_are_not_told_who_has_an_address(client, request, anna):
    response = request.getfixturevalue(client).get(ADDRESS, {"email": anna.email}, headers=HTMX)
    assertNotContains(response, "Anna Berg", status_code=403)


# Marked as gone


def test_a_contact_is_marked_as_gone_with_day_and_successor(as_coordinator, coordinator, agency, anna, bo):
    response = send(as_coordinator, gone(anna), left_on="2018-12-15", successor=bo.pk)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Anna Berg är markerad som slutad och kan inte längre väljas."]
    anna.refresh_from_db()
    assert (anna.left_on, anna.successor) == (date(2018, 12, 15), bo)
    assert anna.history.first().history_user == coordinator


def test_the_form_proposes_today_and_the_colleagues(as_coordinator, anna, bo, agency, stranger, today):
    ContactFactory(agency=agency, name="Gunnar Gren", left_on=today)
    response = as_coordinator.get(gone(anna))
    assert opened(response)["left_on"] == ["2018-12-31"]
    offered = list(response.context["form"].fields["successor"].queryset)
    assert offered == [bo]


def test_who_has_left_vanishes_from_every_picker_at_once(as_coordinator, agency, anna, bo):
    log = f"/myndigheter/{agency.pk}/dialoger/ny/"
    assertContains(as_coordinator.get(log), "Anna Berg")
    send(as_coordinator, gone(anna))
    as_coordinator.get(agency.get_absolute_url())  # reads the message
    assertNotContains(as_coordinator.get(log), "Anna Berg")
    assertNotContains(as_coordinator.get(gone(bo)), "Anna Berg")
    assert not agency.contacts.current(on=date(2018, 12, 31)).filter(pk=anna.pk).exists()


def test_who_has_left_stays_in_everything_that_has_happened(as_coordinator, agency, anna, bo):
    dialogue = DialogueFactory(agency=agency, contacts=[anna, bo], held_on=date(2018, 5, 2))
    send(as_coordinator, gone(anna), successor=bo.pk)
    assertContains(as_coordinator.get(f"/dialoger/{dialogue.pk}/"), "Anna Berg")
    page = as_coordinator.get(anna.get_absolute_url())
    assertContains(page, "Slutade 2018-12-31")
    assertContains(page, f'Efterträds av <a href="/kontakter/{bo.pk}/">Bo Ek</a>', html=False)
    assertContains(page, f"/dialoger/{dialogue.pk}/")
    assertContains(as_coordinator.get(f"/historik/kontakt/{anna.pk}/"), "2018-12-31")
    story = as_coordinator.get(agency.get_absolute_url()).context["page"]
    assert [(entry.what, entry.text) for entry in story if entry.kind == "kontakter"] == [
        ("Slutade", "Efterträds av Bo Ek.")
    ]


def test_it_can_be_undone_from_the_message(as_coordinator, coordinator, agency, anna, bo):
    response = send(as_coordinator, gone(anna), successor=bo.pk)
    undo = f"/kontakter/{anna.pk}/kvar/"
    assertContains(as_coordinator.get(response.url), f'action="{undo}"')
    response = as_coordinator.post(undo)
    assertRedirects(response, anna.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Anna Berg är kvar på myndigheten."]
    anna.refresh_from_db()
    assert (anna.left_on, anna.successor) == (None, None)
    assertContains(as_coordinator.get(f"/myndigheter/{agency.pk}/dialoger/ny/"), "Anna Berg")
    assert [entry.left_on for entry in anna.history.all()] == [None, date(2018, 12, 31), None]


def test_who_will_leave_stays_until_the_day(as_coordinator, agency, anna, settings):
    log = f"/myndigheter/{agency.pk}/dialoger/ny/"
    send(as_coordinator, gone(anna), left_on="2019-02-01")
    assertContains(as_coordinator.get(anna.get_absolute_url()), "Slutar 2019-02-01")
    assertContains(as_coordinator.get(agency.get_absolute_url()), "slutar 2019-02-01")
    for day, there in (("2019-01-31", True), ("2019-02-01", False), ("2019-02-02", False)):
        settings.PRAKTIK_TODAY = day
        assert (anna in as_coordinator.get(log).context["form"].fields["contacts"].queryset) is there
        assert (anna in as_coordinator.get(agency.get_absolute_url()).context["contacts"]) is there
    assertContains(as_coordinator.get(anna.get_absolute_url()), "Slutade 2019-02-01")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2015-12-31", "Datumet kan inte vara före 2016-01-01."),
        ("2020-01-02", "Datumet ligger mer än ett år fram."),
        ("9999-12-31", "Datumet ligger mer än ett år fram."),
        ("snart", "Fyll i ett giltigt datum."),
        ("", "Fyll i det här."),
        ("\0", "Fyll i ett giltigt datum."),
    ],
)
def test_the_day_is_within_reason(as_coordinator, anna, bo, day, words):
    response = send(as_coordinator, gone(anna), left_on=day, successor=bo.pk)
    assert errors(response) == {"left_on": [words]}
    assert opened(response)["successor"] == [str(bo.pk)]
    anna.refresh_from_db()
    assert anna.left_on is None


@pytest.mark.parametrize("day", ["2016-01-01", "2020-01-01"])
def test_the_first_and_the_last_day_there_is(as_coordinator, anna, day):
    assert send(as_coordinator, gone(anna), left_on=day).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "anna", "gunnar", "0", "9" * 30, "²", "\0"])
def test_a_successor_is_a_colleague_who_is_there(as_coordinator, agency, anna, stranger, today, who):
    gunnar = ContactFactory(agency=agency, name="Gunnar Gren", left_on=today)
    chosen = {"stranger": stranger.pk, "anna": anna.pk, "gunnar": gunnar.pk}.get(who, who)
    response = send(as_coordinator, gone(anna), successor=chosen)
    assert list(errors(response)) == ["successor"]
    anna.refresh_from_db()
    assert anna.left_on is None


def test_somebody_is_marked_as_gone_only_once(as_coordinator, anna, bo):
    form = as_coordinator.get(gone(anna))
    lifecycle.mark_gone(anna, left_on=date(2018, 12, 1), successor=bo)
    response = as_coordinator.post(gone(anna), filled(form))
    assert errors(response) == {"__all__": ["Anna Berg är redan markerad som slutad 2018-12-01. Ångra det först."]}
    anna.refresh_from_db()
    assert (anna.left_on, anna.successor) == (date(2018, 12, 1), bo)


def test_a_successor_who_leaves_before_is_refused_in_words(as_coordinator, anna, bo, today):
    lifecycle.mark_gone(bo, left_on=today + timedelta(days=10))
    response = send(as_coordinator, gone(anna), left_on="2019-02-01", successor=bo.pk)
    assert errors(response) == {"__all__": ["Bo Ek har också slutat och kan inte efterträda."]}
    anna.refresh_from_db()
    assert anna.left_on is None


def test_the_verb_itself_refuses_a_wrong_successor(anna, bo, stranger, today):
    for wrong in (stranger, anna):
        with pytest.raises(LifecycleError, match="en annan person på samma myndighet"):
            lifecycle.mark_gone(anna, left_on=today, successor=wrong)
    lifecycle.mark_gone(bo, left_on=today)
    bo.refresh_from_db()
    with pytest.raises(LifecycleError, match="Bo Ek har också slutat"):
        lifecycle.mark_gone(anna, left_on=today, successor=bo)
    anna.refresh_from_db()
    assert anna.left_on is None


def test_an_agency_with_contacts_is_never_deleted(anna, agency):
    with pytest.raises(ProtectedError):
        agency.delete()


# The contact's page


def test_the_page_tells_how_to_reach_somebody(as_coordinator, agency):
    town = MunicipalityFactory(name="Sollefteå")
    contact = ContactFactory(
        agency=agency, name="Cecilia Dal", unit="Underhåll", municipality=town, phone="0611-555 07"
    )
    response = as_coordinator.get(contact.get_absolute_url())
    for words in ("Cecilia Dal", "Underhåll", "Sollefteå", "tel:0611-55507", f"mailto:{contact.email}", "Trafikverket"):
        assertContains(response, words)
    assertContains(response, "Ingen dialog med Cecilia Dal är loggad.")


def test_the_page_shows_only_dialogues_with_that_person(as_coordinator, agency, anna, bo):
    DialogueFactory(agency=agency, contacts=[anna], notes="Ord med Anna")
    DialogueFactory(agency=agency, contacts=[bo], notes="Ord med Bo")
    response = as_coordinator.get(anna.get_absolute_url())
    assertContains(response, "Ord med Anna")
    for words in ("Ord med Bo", "Främmande"):
        assertNotContains(response, words)


def test_a_case_officer_sees_the_contact_but_not_what_was_said(as_officer, officer, agency, anna):
    OfficeFactory(officers=[officer], municipalities=agency.municipalities.all())
    DialogueFactory(agency=agency, contacts=[anna], notes="Hemliga ord")
    response = as_officer.get(anna.get_absolute_url())
    assertContains(response, anna.email)
    assertContains(response, "Telefon")
    for words in ("Hemliga ord", edit(anna), gone(anna)):
        assertNotContains(response, words)


def test_a_dialogue_logged_by_mistake_is_not_shown(as_coordinator, agency, anna, today):
    DialogueFactory(agency=agency, contacts=[anna], notes="Fel person", withdrawn_on=today)
    assertNotContains(as_coordinator.get(anna.get_absolute_url()), "Fel person")


def test_many_dialogues_are_shown_a_page_at_a_time(as_coordinator, agency, anna, django_assert_num_queries):
    as_coordinator.get(anna.get_absolute_url())
    DialogueFactory(agency=agency, contacts=[anna])
    PlacementFactory(agency=agency, contact=anna)
    # The last of them asks for the agreements that rest on her.
    with django_assert_num_queries(7):
        as_coordinator.get(anna.get_absolute_url())
    DialogueFactory.create_batch(29, agency=agency, contacts=[anna])
    PlacementFactory.create_batch(2, agency=agency, contact=anna)
    with django_assert_num_queries(7):
        response = as_coordinator.get(anna.get_absolute_url())
    assertContains(response, "1–25 av 30")
    assertContains(as_coordinator.get(anna.get_absolute_url(), {"sida": "99"}), "26–30 av 30")


# The newsletter


def test_a_contact_gets_the_newsletter_until_they_decline(as_coordinator, agency, anna):
    assertNotContains(as_coordinator.get(anna.get_absolute_url()), "nyhetsbrev")
    form = as_coordinator.get(edit(anna))
    assertContains(form, "Ta bort kryssrutan för den som har avböjt.")
    assert opened(form)["newsletter"] == ["on"]
    as_coordinator.post(edit(anna), filled(form, newsletter=[]))
    anna.refresh_from_db()
    assert anna.newsletter is False
    assertContains(as_coordinator.get(anna.get_absolute_url()), "Vill inte ha nyhetsbrev")
    send(as_coordinator, new(agency), name="Cecilia Dal")
    assert agency.contacts.get(name="Cecilia Dal").newsletter is True


def test_the_newsletter_s_readers_are_there_at_an_agency_in_use(agency, anna, bo, stranger, today):
    tomorrow = today + timedelta(days=1)
    ContactFactory(agency=agency, newsletter=False)
    ContactFactory(agency=agency, left_on=today)
    leaving = ContactFactory(agency=agency, left_on=tomorrow)
    ContactFactory(agency=AgencyFactory(archived_on=today))
    stays = ContactFactory(agency=AgencyFactory(archived_on=tomorrow))
    assert set(Contact.objects.newsletter_readers(on=today)) == {anna, bo, stranger, leaving, stays}
    assert set(Contact.objects.newsletter_readers(on=tomorrow)) == {anna, bo, stranger}


# Who may


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_changes_contacts(client, request, agency, anna, bo):
    browser = request.getfixturevalue(client)
    lifecycle.mark_gone(bo, left_on=date(2018, 1, 1))
    for address in (new(agency), edit(anna), gone(anna), f"/kontakter/{bo.pk}/kvar/"):
        response = browser.post(address, {"name": "Kapad", "role": "hr", "left_on": "2018-12-31"})
        assertContains(response, "Den visas för koordinator.", status_code=403)
    anna.refresh_from_db()
    bo.refresh_from_db()
    assert (anna.name, anna.left_on, bo.left_on) == ("Anna Berg", None, date(2018, 1, 1))
    assert Contact.objects.count() == 3


@pytest.mark.parametrize("path", ["", "andra/", "slutat/", "kvar/"])
@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_a_contact_that_is_not_there_is_not_found(as_coordinator, pk, path):
    method = as_coordinator.post if path == "kvar/" else as_coordinator.get
    assert method(f"/kontakter/{pk}/{path}").status_code == 404
