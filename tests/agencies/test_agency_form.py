"""Agencies are added, changed, archived and restored; bad input is answered, and nobody's typing is lost."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle
from agencies.lifecycle import LifecycleError
from agencies.models import Agency
from tests.agencies.browsing import at_the_same_moment, errors, filled, opened, told
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NEW = "/myndigheter/ny/"


@pytest.fixture
def town():
    return MunicipalityFactory(code="2280", name="Härnösand")


@pytest.fixture
def other_town():
    return MunicipalityFactory(code="2281", name="Sundsvall")


@pytest.fixture
def agency(town):
    return AgencyFactory(
        name="Skogsstyrelsen", organisation_number="202100-5612", municipalities=[town], employees=7, note="Ring på."
    )


@pytest.fixture
def edit(agency):
    return f"/myndigheter/{agency.pk}/andra/"


def add(client, town, **typed):
    return client.post(NEW, filled(client.get(NEW), **{"name": "Ny myndighet", "municipalities": [town.pk]} | typed))


def stored(agency) -> tuple:
    agency = Agency.objects.get(pk=agency.pk)
    towns = sorted(agency.municipalities.values_list("name", flat=True))
    return agency.name, agency.organisation_number, towns, agency.employees, agency.note


# Adding


def test_a_new_agency_is_saved_and_shown(as_coordinator, town, other_town):
    response = add(
        as_coordinator,
        town,
        name="  Kronofogden ",
        organisation_number="202100-5570",
        municipalities=[town.pk, other_town.pk],
        employees="40",
        note="Entré mot ån.",
    )
    agency = Agency.objects.get()
    assertRedirects(response, f"/myndigheter/{agency.pk}/", fetch_redirect_response=False)
    assert told(response) == ["Myndigheten är sparad."]
    assert stored(agency) == ("Kronofogden", "202100-5570", ["Härnösand", "Sundsvall"], 40, "Entré mot ån.")


def test_only_name_and_municipality_are_needed(as_coordinator, town):
    add(as_coordinator, town)
    assert stored(Agency.objects.get()) == ("Ny myndighet", "", ["Härnösand"], None, "")


@pytest.mark.parametrize("field", ["name", "municipalities"])
def test_name_and_municipality_are_needed(as_coordinator, town, field):
    response = add(as_coordinator, town, **{field: []})
    assert list(errors(response)) == [field]
    assertContains(response, "Inget är sparat än.")
    assert not Agency.objects.exists()


def test_saving_is_one_entry_of_history_with_the_municipalities_and_who_did_it(as_coordinator, coordinator, town):
    add(as_coordinator, town)
    entry = Agency.objects.get().history.get()
    assert entry.history_type == "+"
    assert entry.history_user == coordinator
    assert [each.municipality for each in entry.municipalities.all()] == [town]


def test_the_way_back_leads_to_where_one_was(as_coordinator):
    response = as_coordinator.get(NEW, {"tillbaka": "/myndigheter/?q=skog"})
    assertContains(response, 'href="/myndigheter/?q=skog"')
    assert opened(response)["tillbaka"] == ["/myndigheter/?q=skog"]


def test_a_double_click_adds_one_agency(as_coordinator, town):
    data = filled(as_coordinator.get(NEW), name="Ny myndighet", municipalities=[town.pk])
    first, second = as_coordinator.post(NEW, data), as_coordinator.post(NEW, data)
    assert first.url == second.url == f"/myndigheter/{Agency.objects.get().pk}/"


# The organisation number


@pytest.mark.parametrize(
    "number", ["202100-2742", "2021002742", "202100 2742", " 202100-2742 ", "202100–2742", "２０２１００２７４２"]
)
def test_an_organisation_number_is_kept_in_one_shape(as_coordinator, town, number):
    add(as_coordinator, town, organisation_number=number)
    assert Agency.objects.get().organisation_number == "202100-2742"


@pytest.mark.parametrize(
    "number",
    ["202100-2743", "20210-2742", "202100-27420", "okänt", "-", "x202100274", "202100-274x", "0", "🌲"],
)
def test_a_wrong_organisation_number_is_refused_and_still_there(as_coordinator, town, number):
    response = add(as_coordinator, town, organisation_number=number)
    assert list(errors(response)) == ["organisation_number"]
    assert opened(response)["organisation_number"] == [number]
    assert not Agency.objects.exists()


def test_a_wrong_organisation_number_is_told_how_it_is_written(as_coordinator, town):
    response = add(as_coordinator, town, organisation_number="202100-2743")
    assertContains(response, "Organisationsnumret stämmer inte. Kontrollera siffrorna; det skrivs som 202100-2742.")


def test_two_agencies_may_share_an_organisation_number(as_coordinator, town):
    AgencyFactory(organisation_number="202100-2742")
    add(as_coordinator, town, organisation_number="202100-2742")
    assert Agency.objects.filter(organisation_number="202100-2742").count() == 2


@pytest.mark.parametrize("number", ["850709-9805", "8507099805", "850769-9802"])
def test_a_personal_number_is_no_organisation_number(as_coordinator, town, number):
    response = add(as_coordinator, town, organisation_number=number)
    assert "personnummer" in errors(response)["organisation_number"][0]
    assert not Agency.objects.exists()


# Other bad input


def test_a_name_that_is_taken_is_refused(as_coordinator, agency, town):
    response = add(as_coordinator, town, name="Skogsstyrelsen")
    assert errors(response) == {"name": ["Det finns redan en myndighet med det namnet."]}


def test_an_agency_may_keep_its_own_name(as_coordinator, agency, edit):
    assert as_coordinator.post(edit, filled(as_coordinator.get(edit))).status_code == 302


@pytest.mark.parametrize("field", ["name", "note"])
@pytest.mark.parametrize(
    "text",
    [
        "Fråga efter 850709-9805",
        "198507099805",
        "Samordningsnummer 850769-9802",
        "８５０７０９-９８０５",
        "850709–9805",
        "850709\u200b9805",
    ],
)
def test_an_identity_number_is_refused_and_what_was_typed_is_still_there(as_coordinator, town, field, text):
    response = add(as_coordinator, town, **{field: text})
    assert "Praktik sparar aldrig vem någon är." in errors(response)[field][0]
    assert opened(response)[field] == [text]
    assert not Agency.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "å" * 151),
        ("note", "å" * 10_001),
        ("employees", "-1"),
        ("employees", "många"),
        ("employees", "9" * 30),
        ("municipalities", ["0"]),
        ("municipalities", ["9" * 30]),
        ("municipalities", ["9" * 5000]),
        ("municipalities", ["²"]),
        ("municipalities", ["härnösand"]),
        ("municipalities", ["\0"]),
        ("name", "Verk\0et"),
        ("note", "\0"),
        ("organisation_number", "202100\0"),
    ],
)
def test_what_cannot_be_is_answered_beside_the_field(as_coordinator, town, field, value):
    response = add(as_coordinator, town, **{field: value})
    assert list(errors(response)) == [field]
    assert not Agency.objects.exists()


def test_the_longest_note_is_saved_whole(as_coordinator, town):
    add(as_coordinator, town, note="å" * 10_000)
    assert Agency.objects.get().note == "å" * 10_000


@pytest.mark.parametrize("name", ["Verket 🌲", "مكتب العمل", "<script>alert(1)</script>", 'O\'Brien & "Co"'])
def test_a_name_is_any_text(as_coordinator, town, name):
    response = add(as_coordinator, town, name=name)
    assert Agency.objects.get().name == name
    assertNotContains(as_coordinator.get(response.url), "<script>alert(1)")


# Changing


def test_a_change_is_saved(as_coordinator, coordinator, agency, edit, town, other_town):
    response = as_coordinator.post(
        edit, filled(as_coordinator.get(edit), name="Skog", municipalities=[other_town.pk], employees="8")
    )
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Ändringen är sparad."]
    assert stored(agency) == ("Skog", "202100-5612", ["Sundsvall"], 8, "Ring på.")
    latest, first = agency.history.all()
    assert (latest.history_type, latest.history_user) == ("~", coordinator)
    assert [each.municipality for each in latest.municipalities.all()] == [other_town]
    assert [each.municipality for each in first.municipalities.all()] == [town]


def test_the_form_opens_with_what_is_stored(as_coordinator, agency, edit, town):
    fields = opened(as_coordinator.get(edit))
    assert fields["name"] == ["Skogsstyrelsen"]
    assert fields["municipalities"] == [str(town.pk)]
    assert fields["note"] == ["Ring på."]
    assert fields["version"] == [str(agency.version())]


def test_a_change_is_told_in_the_history(as_coordinator, agency, edit):
    as_coordinator.post(edit, filled(as_coordinator.get(edit), note="Ring två gånger."))
    response = as_coordinator.get(f"/historik/myndighet/{agency.pk}/")
    assertContains(response, "Karin Koordinator")
    assertContains(response, "<del>Ring på.</del> → Ring två gånger.")


def test_a_refused_change_changes_nothing(as_coordinator, agency, edit):
    before = stored(agency)
    response = as_coordinator.post(edit, filled(as_coordinator.get(edit), name="Nytt", organisation_number="1"))
    assert list(errors(response)) == ["organisation_number"]
    assert opened(response)["name"] == ["Nytt"]
    assert stored(agency) == before
    assert agency.history.count() == 1


def test_the_archive_day_cannot_be_sent_with_the_form(as_coordinator, agency, edit):
    as_coordinator.post(edit, filled(as_coordinator.get(edit), archived_on="2018-01-01", id="99"))
    assert Agency.objects.get().archived_on is None


# Two who change the same


@pytest.fixture
def colleague():
    return UserFactory(name="Olle Kollega")


@pytest.fixture
def as_colleague(log_in, colleague):
    return log_in(colleague)


def test_the_second_save_is_stopped_with_both_texts_side_by_side(as_coordinator, as_colleague, agency, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, note="Ring till vakten."))
    response = as_coordinator.post(edit, filled(mine, note="Ta hissen."))

    assert "Någon annan har ändrat uppgifterna medan du skrev." in errors(response)["__all__"][0]
    assertContains(response, "Ändrat medan du skrev, av Olle Kollega")
    assertContains(response, "Ring till vakten.")
    assert opened(response)["note"] == ["Ta hissen."]
    (changed,) = response.context["form"].meanwhile
    assert (changed.label, changed.now, changed.typed) == ("Att känna till", "Ring till vakten.", "Ta hissen.")
    assert not changed.taken_in
    assert Agency.objects.get().note == "Ring till vakten."


def test_one_s_own_change_in_another_tab_is_called_one_s_own(as_coordinator, agency, edit):
    first, second = as_coordinator.get(edit), as_coordinator.get(edit)
    as_coordinator.post(edit, filled(first, note="Ring till vakten."))
    response = as_coordinator.post(edit, filled(second, note="Ta hissen."))
    assert "Du själv har ändrat uppgifterna medan du skrev." in errors(response)["__all__"][0]
    assert opened(response)["note"] == ["Ta hissen."]


def test_what_one_had_not_touched_takes_in_the_other_s_value(as_coordinator, as_colleague, agency, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, name="Skogen", employees=""))
    response = as_coordinator.post(edit, filled(mine, note="Ta hissen."))

    fields = opened(response)
    assert fields["name"] == ["Skogen"]
    assert fields["employees"] == [""]
    assert fields["note"] == ["Ta hissen."]
    assert [(each.label, each.taken_in) for each in response.context["form"].meanwhile] == [
        ("Namn", True),
        ("Anställda i länet", True),
    ]
    assertContains(response, "oförändrat, den nya uppgiften står nu i formuläret")


def test_saving_again_saves_what_stands_in_the_form(as_coordinator, as_colleague, agency, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, name="Skogen", note="Ring till vakten."))
    stopped = as_coordinator.post(edit, filled(mine, note="Ta hissen."))
    assert as_coordinator.post(edit, filled(stopped)).status_code == 302
    assert stored(agency) == ("Skogen", "202100-5612", ["Härnösand"], 7, "Ta hissen.")
    assert [str(entry.history_user) for entry in agency.history.all()][:2] == ["Karin Koordinator", "Olle Kollega"]


def test_a_third_change_stops_it_once_more(as_coordinator, as_colleague, agency, edit):
    mine = as_coordinator.get(edit)
    as_colleague.post(edit, filled(as_colleague.get(edit), note="Ett"))
    stopped = as_coordinator.post(edit, filled(mine, note="Mitt"))
    as_colleague.post(edit, filled(as_colleague.get(edit), note="Två"))
    response = as_coordinator.post(edit, filled(stopped))
    (changed,) = response.context["form"].meanwhile
    assert (changed.now, changed.typed) == ("Två", "Mitt")


def test_municipalities_are_compared_too(as_coordinator, as_colleague, agency, edit, town, other_town):
    third = MunicipalityFactory(name="Ånge")
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, municipalities=[town.pk, other_town.pk]))
    response = as_coordinator.post(edit, filled(mine, municipalities=[third.pk]))

    (changed,) = response.context["form"].meanwhile
    assert (changed.label, changed.now, changed.typed) == ("Kommuner", "Härnösand, Sundsvall", "Ånge")
    assert opened(response)["municipalities"] == [str(third.pk)]
    assert stored(agency)[2] == ["Härnösand", "Sundsvall"]
    as_coordinator.post(edit, filled(response))
    assert stored(agency)[2] == ["Ånge"]


def test_untouched_municipalities_take_in_the_other_s(as_coordinator, as_colleague, agency, edit, town, other_town):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, municipalities=[other_town.pk]))
    response = as_coordinator.post(edit, filled(mine, note="Ta hissen."))
    assert opened(response)["municipalities"] == [str(other_town.pk)]
    as_coordinator.post(edit, filled(response))
    assert stored(agency)[2:] == (["Sundsvall"], 7, "Ta hissen.")


def test_the_same_change_twice_is_no_conflict(as_coordinator, as_colleague, agency, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, note="Ta hissen."))
    assert as_coordinator.post(edit, filled(mine, note="Ta hissen.")).status_code == 302


def test_a_contact_added_meanwhile_stops_nobody(as_coordinator, agency, edit):
    mine = as_coordinator.get(edit)
    ContactFactory(agency=agency)
    DialogueFactory(agency=agency)
    assert as_coordinator.post(edit, filled(mine, note="Ta hissen.")).status_code == 302


def test_an_agency_archived_meanwhile_stays_archived(as_coordinator, agency, edit, today):
    mine = as_coordinator.get(edit)
    lifecycle.archive(agency, on=today)
    assert as_coordinator.post(edit, filled(mine, note="Ta hissen.")).status_code == 302
    agency.refresh_from_db()
    assert (agency.archived_on, agency.note) == (today, "Ta hissen.")


def test_a_conflict_and_an_error_are_both_told(as_coordinator, as_colleague, agency, edit):
    mine, theirs = as_coordinator.get(edit), as_colleague.get(edit)
    as_colleague.post(edit, filled(theirs, note="Ring till vakten."))
    response = as_coordinator.post(edit, filled(mine, organisation_number="1", note="Ta hissen."))
    assert set(errors(response)) == {"__all__", "organisation_number"}
    assert opened(response)["organisation_number"] == ["1"]
    assert opened(response)["note"] == ["Ta hissen."]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_very_same_moment_one_is_stopped(as_coordinator, as_colleague, agency, edit):
    def sending(browser, note):
        data = filled(browser.get(edit), note=note)
        return lambda: browser.post(edit, data)

    answers = at_the_same_moment(
        agency._meta.db_table, sending(as_coordinator, "Ta hissen."), sending(as_colleague, "Ring till vakten.")
    )
    (stopped,) = [answer for answer in answers if answer.status_code != 302]
    (changed,) = stopped.context["form"].meanwhile
    assert {changed.now, changed.typed} == {"Ta hissen.", "Ring till vakten."}
    assert stored(agency)[4] == changed.now
    assert agency.history.count() == 2


@pytest.mark.parametrize("version", [None, "", "0", "-1", "ett", "1e9", "9" * 30, "9" * 5000, "\0"])
def test_a_missing_or_forged_version_never_overwrites(as_coordinator, agency, edit, version):
    data = filled(as_coordinator.get(edit), note="Ta hissen.")
    if version is None:
        del data["version"]
    else:
        data["version"] = version
    response = as_coordinator.post(edit, data)
    assert "__all__" in errors(response)
    assert stored(agency)[4] == "Ring på."
    assert as_coordinator.post(edit, filled(response)).status_code == 302
    assert stored(agency)[4] == "Ta hissen."


def test_another_agency_s_version_never_overwrites(as_coordinator, agency, edit):
    stranger = AgencyFactory()
    data = filled(as_coordinator.get(edit), note="Ta hissen.", version=str(stranger.version()))
    assert "__all__" in errors(as_coordinator.post(edit, data))
    assert stored(agency)[4] == "Ring på."


# Archiving


def test_an_agency_is_archived_and_restored(as_coordinator, coordinator, agency, today):
    response = as_coordinator.post(f"/myndigheter/{agency.pk}/arkivera/")
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Skogsstyrelsen är arkiverad."]
    agency.refresh_from_db()
    assert agency.archived_on == today
    response = as_coordinator.post(f"/myndigheter/{agency.pk}/aterstall/")
    assert told(response)[-1] == "Skogsstyrelsen är återställd."
    agency.refresh_from_db()
    assert agency.archived_on is None
    assert [entry.history_user for entry in agency.history.all()][:2] == [coordinator, coordinator]


def test_an_archived_agency_keeps_everything(as_coordinator, agency):
    ContactFactory(agency=agency, name="Anna Berg")
    DialogueFactory(agency=agency, notes="Ord från samtalet")
    NextStepFactory(agency=agency, what="Gjort steg", done_on="2018-12-01")
    as_coordinator.post(f"/myndigheter/{agency.pk}/arkivera/")
    response = as_coordinator.get(agency.get_absolute_url())
    for words in ("Anna Berg", "Ord från samtalet", "Gjort steg"):
        assertContains(response, words)


def test_an_agency_with_an_open_step_is_not_archived(as_coordinator, agency):
    NextStepFactory(agency=agency)
    response = as_coordinator.post(f"/myndigheter/{agency.pk}/arkivera/")
    assert told(response) == ["Myndigheten har öppna nästa steg. Gör klart eller flytta dem först."]
    agency.refresh_from_db()
    assert agency.archived_on is None


def test_another_agency_s_open_step_stops_nothing(agency, today):
    NextStepFactory()
    assert lifecycle.archive(agency, on=today).archived_on == today


def test_archiving_twice_keeps_the_first_day(agency, today):
    lifecycle.archive(agency, on=today.replace(day=1))
    assert lifecycle.archive(agency, on=today).archived_on == today.replace(day=1)


def test_the_verb_refuses_with_the_rule_in_words(agency, today):
    NextStepFactory(agency=agency)
    with pytest.raises(LifecycleError, match="öppna nästa steg"):
        lifecycle.archive(agency, on=today)


def test_archiving_keeps_the_municipalities_in_the_history(agency, today, town):
    lifecycle.archive(agency, on=today)
    assert [each.municipality for each in agency.history.first().municipalities.all()] == [town]


# Who may


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_changes_agencies(client, request, agency, edit, town):
    browser = request.getfixturevalue(client)
    before = stored(agency)
    data = {"name": "Kapad", "municipalities": [town.pk]}
    for address in (NEW, edit, f"/myndigheter/{agency.pk}/arkivera/", f"/myndigheter/{agency.pk}/aterstall/"):
        response = browser.post(address, data)
        assertContains(response, "Den visas för koordinator.", status_code=403)
    assert stored(agency) == before
    assert Agency.objects.count() == 1


@pytest.mark.parametrize("path", ["andra/", "arkivera/", "aterstall/"])
def test_an_agency_that_is_not_there_is_not_found(as_coordinator, town, path):
    response = as_coordinator.post(f"/myndigheter/{9 * 10**20}/{path}", {"name": "x", "municipalities": [town.pk]})
    assert response.status_code == 404
