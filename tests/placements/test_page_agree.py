"""The form that agrees places: what it proposes, what it makes, and every rule that it tells when it is broken."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

from agencies import lifecycle as agencies
from placements.models import Placement, Programme, TargetGroup
from tests.agencies.browsing import errors, opened, told
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    PlacementFactory,
    ProgrammeFactory,
    ended_place,
    ongoing_place,
)
from tests.placements.lives import IDENTITY, rows
from tests.placements.pages import filled, names, one_row_at_a_time, press, send, undo_address, ways

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def form_of(agency) -> str:
    return f"/myndigheter/{agency.pk}/platser/nya/"


@pytest.fixture
def agree(as_coordinator, agency, pis):
    """A function that opens the form, fills it in with what has to be said and with what a test says, and sends it."""

    def sent(**typed):
        given = {"programme": pis.pk, "planned_start": "2019-01-14", "duties": "Arkiv"}
        return send(as_coordinator, form_of(agency), **given | typed)

    return sent


# What it makes


def test_one_place_leads_to_its_page(agree, agency, pis, coordinator):
    response = agree()
    place = Placement.objects.get()
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert (place.agency, place.programme, place.coordinator) == (agency, pis, coordinator)
    assert (place.agreed_on, place.planned_start) == (date(2018, 12, 31), date(2019, 1, 14))
    assert (place.planned_months, place.percent, place.duties) == (6, 100, "Arkiv")
    assert set(place.target_groups.all()) == set(pis.target_groups.all())
    assert told(response)[0].startswith("1 plats är avtalad.")


def test_several_lead_to_the_agency_s_places_with_one_way_to_order_for_all(as_coordinator, agree, agency):
    response = agree(places=3)
    assertRedirects(response, f"/platser/?myndighet={agency.pk}", fetch_redirect_response=False)
    page = as_coordinator.get(response.url)
    assert names(page) == ["Arkiv"] * 3
    assertContains(page, "3 platser är avtalade.")
    [order] = [address for words, address in ways(page) if words == "Beställ matchning …"]
    chosen = opened(as_coordinator.get(order))["placements"]
    assert sorted(chosen) == sorted(str(place.pk) for place in Placement.objects.all())


def test_everything_that_is_typed_is_stored(agree, agency, disability):
    promised, manager, tutor = ContactFactory.create_batch(3, agency=agency)
    town, before = MunicipalityFactory(), ended_place(agency=agency)
    agree(
        contact=promised.pk,
        manager=manager.pk,
        tutor=tutor.pk,
        unit="Region Mitt",
        municipality=town.pk,
        percent=75,
        planned_months=3,
        citizenship="on",
        vetting="on",
        target_groups=[disability.pk],
        agreed_on="2018-12-20",
        first_contact_on="2018-11-05",
        follows=before.pk,
    )
    place = Placement.objects.get(follows=before)
    assert (place.contact, place.manager, place.tutor, place.unit) == (promised, manager, tutor, "Region Mitt")
    assert (place.municipality, place.percent, place.planned_months) == (town, 75, 3)
    assert (place.citizenship, place.vetting, list(place.target_groups.all())) == (True, True, [disability])
    assert (place.agreed_on, place.first_contact_on) == (date(2018, 12, 20), date(2018, 11, 5))


@pytest.mark.parametrize("number", [1, 50])
def test_as_few_and_as_many_as_may_be(agree, number):
    assert agree(places=number).status_code == 302
    assert Placement.objects.count() == number


def test_a_double_click_agrees_once(as_coordinator, agency, pis):
    form = as_coordinator.get(form_of(agency))
    data = filled(form, programme=pis.pk, planned_start="2019-01-14", duties="Arkiv", places=2)
    with one_row_at_a_time():
        first, second = (as_coordinator.post(form_of(agency), data) for _ in range(2))
    assert first.url == second.url
    assert Placement.objects.count() == 2


def test_a_form_that_was_saved_and_undone_is_told_when_it_is_sent_again(as_coordinator, agency, pis):
    form = as_coordinator.get(form_of(agency))
    data = filled(form, programme=pis.pk, planned_start="2019-01-14", duties="Arkiv")
    first = press(as_coordinator, form_of(agency), **data)
    press(as_coordinator, undo_address(first))
    response = press(as_coordinator, form_of(agency), **data)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    words = "Avtalet har ångrats sedan dess. Öppna formuläret på nytt om det ska gälla ändå."
    assert told(response)[-1] == words
    assert not Placement.objects.exists()


# What it proposes


def proposals(browser, agency) -> dict[str, list[str]]:
    return opened(browser.get(form_of(agency)))


def test_today_full_time_and_one_place_are_proposed(as_coordinator, agency):
    form = as_coordinator.get(form_of(agency))
    assertTemplateUsed(form, "placements/agree_form.html")
    proposed = opened(form)
    assert proposed["agreed_on"] == ["2018-12-31"]
    assert (proposed["places"], proposed["percent"]) == (["1"], ["100"])


def test_the_agency_s_only_municipality_is_proposed(as_coordinator, agency):
    assert proposals(as_coordinator, agency)["municipality"] == [str(agency.municipalities.get().pk)]
    several = AgencyFactory(municipalities=[MunicipalityFactory(), MunicipalityFactory()])
    assert proposals(as_coordinator, several)["municipality"] == [""]


def test_the_only_programme_is_proposed(as_coordinator, agency, pis):
    assert proposals(as_coordinator, agency)["programme"] == [""]
    Programme.objects.filter(code="MBJ").update(last_day=date(2018, 12, 30))
    assert proposals(as_coordinator, agency)["programme"] == [str(pis.pk)]


def test_whoever_was_met_last_is_proposed_to_have_promised(as_coordinator, agency, today):
    early, late, wrong, gone = (ContactFactory(agency=agency) for _ in range(4))
    DialogueFactory(agency=agency, contacts=[early], held_on=date(2018, 11, 5))
    DialogueFactory(agency=agency, contacts=[late], held_on=date(2018, 12, 5))
    DialogueFactory(agency=agency, contacts=[wrong], held_on=date(2018, 12, 20), withdrawn_on=today)
    DialogueFactory(agency=agency, contacts=[gone], held_on=date(2018, 12, 21))
    type(gone).objects.filter(pk=gone.pk).update(left_on=today)
    assert proposals(as_coordinator, agency)["contact"] == [str(late.pk)]


def test_nobody_is_proposed_where_nobody_was_met(as_coordinator, agency):
    ContactFactory(agency=agency)
    assert proposals(as_coordinator, agency)["contact"] == [""]


def first_contact(browser, agency) -> str:
    return browser.get(form_of(agency)).context["form"].fields["first_contact_on"].help_text


def test_the_first_contact_is_the_first_dialogue_since_the_previous_agreement(as_coordinator, agency, agree, today):
    empty = "Tomt: den första dialogen sedan förra avtalet{}. Ledtiden räknas därifrån."
    assert first_contact(as_coordinator, agency) == empty.format("")
    for day in (date(2018, 3, 5), date(2018, 10, 8), date(2018, 12, 3)):
        DialogueFactory(agency=agency, held_on=day)
    DialogueFactory(agency=agency, held_on=date(2018, 1, 2), withdrawn_on=today)
    assert first_contact(as_coordinator, agency) == empty.format(", 2018-03-05")
    PlacementFactory(agency=agency, agreed_on=date(2018, 6, 1))
    assert first_contact(as_coordinator, agency) == empty.format(", 2018-10-08")
    agree(first_contact_on="")
    assert Placement.objects.latest("pk").first_contact_on == date(2018, 10, 8)


def test_only_those_who_are_there_and_programmes_that_still_run_are_offered(as_coordinator, agency, today):
    ContactFactory(agency=agency, name="Gun Borta", left_on=today)
    ContactFactory(name="Sven Främmande")
    ProgrammeFactory(code="SLUT", last_day=date(2018, 12, 30))
    fields = as_coordinator.get(form_of(agency)).context["form"].fields
    for name in ("contact", "manager", "tutor"):
        assert not fields[name].queryset.exists()
    assert [each.code for each in fields["programme"].queryset] == ["PIS", "MBJ"]


def test_only_places_of_the_agency_that_have_started_and_nobody_follows_are_offered_to_follow(as_coordinator, agency):
    here, done = ongoing_place(agency=agency), ended_place(agency=agency)
    PlacementFactory(agency=agency, follows=ended_place(agency=agency))
    ongoing_place()
    offered = as_coordinator.get(form_of(agency)).context["form"].fields["follows"]
    assert set(offered.queryset) == {here, done}
    assert f"{here}, start 2018-09-03" in [label for _, label in offered.choices]


# Every rule, broken once


TOO_MANY = "Talet är för stort. Högst 50."


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"places": "0"}, "places", "Talet är för litet. Minst 1."),
        ({"places": "-1"}, "places", "Talet är för litet. Minst 1."),
        ({"places": "51"}, "places", TOO_MANY),
        ({"places": "500"}, "places", TOO_MANY),
        ({"places": "9" * 30}, "places", TOO_MANY),
        ({"places": "tre"}, "places", "heltal"),
        ({"places": ""}, "places", "Fyll i det här."),
        ({"agreed_on": "2019-01-01"}, "agreed_on", "Avtalet kan inte dateras 2019-01-01: dagen har inte varit än."),
        ({"agreed_on": "2015-12-31", "first_contact_on": ""}, "agreed_on", "Datumet kan inte vara före 2016-01-01."),
        ({"planned_start": "2018-12-30"}, "__all__", "Den planerade starten kan inte vara före avtalet."),
        (
            {"planned_start": "2021-12-31"},
            "planned_start",
            "Den planerade starten 2021-12-31 ligger mer än tre år fram.",
        ),
        ({"planned_start": ""}, "planned_start", "Fyll i det här."),
        (
            {"agreed_on": "2018-12-20", "first_contact_on": "2018-12-21"},
            "__all__",
            "Den första kontakten kan inte vara efter avtalet.",
        ),
        ({"first_contact_on": "2015-12-31"}, "first_contact_on", "Datumet kan inte vara före 2016-01-01."),
        ({"planned_months": "7"}, "planned_months", "PIS är högst 6 månader per beslut och minst en."),
        ({"planned_months": "0"}, "planned_months", "Talet är för litet. Minst 1."),
        ({"planned_months": "61"}, "planned_months", "Talet är för stort. Högst 60."),
        ({"percent": "0"}, "percent", "Talet är för litet. Minst 1."),
        ({"percent": "101"}, "percent", "Talet är för stort. Högst 100."),
        ({"duties": ""}, "duties", "Fyll i det här."),
        ({"duties": "å" * 151}, "duties", "Texten är 151 tecken. Högst 150 får plats."),
        ({"duties": f"Hjälper {IDENTITY}"}, "duties", "personnummer"),
        ({"unit": f"Hos {IDENTITY}"}, "unit", "personnummer"),
        ({"unit": "å" * 101}, "unit", "Texten är 101 tecken. Högst 100 får plats."),
        ({"municipality": ""}, "municipality", "Välj något av alternativen."),
        ({"programme": ""}, "programme", "Välj något av alternativen."),
    ],
)
def test_a_rule_that_is_broken_is_told_by_its_field_and_typing_kept(agree, typed, field, words):
    response = agree(**typed)
    found = errors(response)
    assert list(found) == [field]
    assert words in found[field][0]
    assertContains(response, "Inget är sparat än. Rätta det här; allt du skrev är kvar.")
    for name, value in (typed | {"planned_start": "2019-01-14", "duties": "Arkiv"} | typed).items():
        assert opened(response).get(name, [""]) == [value], name
    assert not Placement.objects.exists()


def test_nothing_starts_after_the_programme_s_last_day(agree, mbj):
    response = agree(programme=mbj.pk, planned_start="2019-01-01")
    words = "En start 2019-01-01 går inte: sista dag för nya beslut i MBJ är 2018-12-31."
    assert errors(response) == {"planned_start": [words]}
    assert agree(programme=mbj.pk, planned_start="2018-12-31").status_code == 302


def test_nothing_starts_before_the_programme_s_first_day(agree):
    coming = ProgrammeFactory(code="EJ", first_day=date(2019, 2, 1))
    words = "En start 2019-01-31 går inte: EJ finns från och med 2019-02-01."
    assert errors(agree(programme=coming.pk, planned_start="2019-01-31")) == {"planned_start": [words]}


def test_a_target_group_that_the_programme_is_not_for(agree, disability, mbj):
    unemployed = TargetGroup.objects.get(code="long_term_unemployed")
    response = agree(target_groups=[unemployed.pk, disability.pk])
    assert errors(response) == {"target_groups": ["PIS är inte för långtidsarbetslösa."]}
    assert sorted(opened(response)["target_groups"]) == sorted([str(unemployed.pk), str(disability.pk)])
    assert not Placement.objects.exists()


@pytest.mark.parametrize("forged", ["0", "9" * 19, "9" * 30, "²", "\0", "x"])
def test_a_forged_choice_is_refused_at_its_field(agree, forged):
    names = ("programme", "municipality", "contact", "manager", "tutor", "target_groups", "follows")
    assert sorted(errors(agree(**dict.fromkeys(names, forged)))) == sorted(names)
    assert not Placement.objects.exists()


def test_nobody_of_another_agency_and_nobody_who_has_left(agree, agency, today):
    gone, stranger = ContactFactory(agency=agency, left_on=today), ContactFactory()
    for who in (gone, stranger):
        for name in ("contact", "manager", "tutor"):
            assert list(errors(agree(**{name: who.pk}))) == [name]


def test_several_do_not_follow_one(agree, agency):
    response = agree(places=2, follows=ongoing_place(agency=agency).pk)
    assert errors(response) == {"__all__": ["En plats som följer på en annan avtalas för sig."]}


def test_only_one_follows(as_coordinator, agency, pis):
    before = ongoing_place(agency=agency)
    address = form_of(agency)
    data = filled(
        as_coordinator.get(address), programme=pis.pk, planned_start="2019-01-14", duties="Arkiv", follows=before.pk
    )
    PlacementFactory(agency=agency, follows=before)
    assert list(errors(as_coordinator.post(address, data))) == ["follows"]


def test_nothing_is_agreed_with_an_archived_agency(as_coordinator, agency, pis, today):
    address = form_of(agency)
    data = filled(as_coordinator.get(address), programme=pis.pk, planned_start="2019-01-14", duties="Arkiv")
    agencies.archive(agency, on=today)
    before = rows()
    response = as_coordinator.post(address, data)
    words = "Trafikverket är arkiverad. Återställ myndigheten innan du avtalar platser."
    assert errors(response) == {"__all__": [words]}
    assert opened(response)["duties"] == ["Arkiv"]
    assert rows() == before
    response = as_coordinator.get(address)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert "Trafikverket är arkiverad. Återställ myndigheten först." in told(response)


def test_the_part_that_is_folded_away_is_open_when_something_is_wrong_in_it(agree):
    assertContains(agree(unit="å" * 101), '<details class="more" open>')
    assertContains(agree(percent="0"), '<details class="more">')


@pytest.mark.parametrize("key", ["0", "9" * 19])
def test_an_agency_that_is_not_there_is_not_found(as_coordinator, key):
    assert as_coordinator.get(f"/myndigheter/{key}/platser/nya/").status_code == 404
