"""Ordering matching: for agreed places of one agency, with a profile that is proposed from them."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from agencies import lifecycle as agencies
from placements import lifecycle
from placements.models import MatchingOrder
from tests.agencies.browsing import errors, opened, told
from tests.factories import ContactFactory, MunicipalityFactory, OfficeFactory, ongoing_place, withdrawn_place
from tests.placements.lives import IDENTITY, rows
from tests.placements.pages import agreed, cost, filled, ordered, press, send, ways

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def form_of(agency) -> str:
    return f"/myndigheter/{agency.pk}/order/ny/"


@pytest.fixture
def places(coordinator, agency):
    return agreed(coordinator, 3, agency=agency)


def order(browser, agency, **typed):
    return send(browser, form_of(agency), **typed)


# What it proposes


def test_all_that_is_without_an_order_is_chosen_and_the_profile_told(as_coordinator, coordinator, agency, office):
    tutor = ContactFactory(agency=agency)
    facts = {"municipality": office.municipalities.get(), "tutor": tutor}
    [first] = agreed(coordinator, agency=agency, duties="Arkiv", percent=75, **facts)
    [second] = agreed(coordinator, agency=agency, duties="Växel", vetting=True, planned_start=date(2019, 1, 7), **facts)
    ordered(
        agreed(coordinator, agency=agency, duties="Har en order", planned_start=date(2019, 1, 1)), coordinator, office
    )
    agreed(coordinator, duties="En annan myndighets")
    proposed = opened(as_coordinator.get(form_of(agency)))
    assert sorted(proposed["placements"]) == sorted([str(first.pk), str(second.pk)])
    assert proposed["office"] == [str(office.pk)]
    assert sorted(proposed["duties"][0].split(" / ")) == ["Arkiv", "Växel"]
    assert sorted(proposed["hours"][0].split(", ")) == ["75\N{NO-BREAK SPACE}%", "heltid"]
    assert (proposed["start_on"], proposed["tutor"]) == (["2019-01-07"], [str(tutor.pk)])
    assert (proposed["sent_on"], proposed["answer_by"]) == (["2018-12-31"], ["2019-01-14"])
    assert "vetting" in proposed
    assert "citizenship" not in proposed


def test_the_place_one_came_from_is_chosen_alone(as_coordinator, agency, places):
    proposed = opened(as_coordinator.get(f"{form_of(agency)}?plats={places[1].pk}"))
    assert proposed["placements"] == [str(places[1].pk)]


@pytest.mark.parametrize("key", ["0", "9" * 30, "²", "\0", "x"])
def test_a_place_that_is_not_there_chooses_as_if_none_was_named(as_coordinator, agency, places, key):
    proposed = opened(as_coordinator.get(form_of(agency), {"plats": key}))
    assert len(proposed["placements"]) == 3


def test_the_office_that_has_the_place_comes_before_the_town_s(as_coordinator, coordinator, agency, office):
    owner = OfficeFactory()
    [place] = agreed(coordinator, agency=agency, municipality=office.municipalities.get())
    type(place).objects.filter(pk=place.pk).update(office=owner)
    assert opened(as_coordinator.get(form_of(agency)))["office"] == [str(owner.pk)]


def test_closed_offices_are_not_offered(as_coordinator, agency, places, office):
    OfficeFactory(closed_on=date(2018, 12, 31))
    assert list(as_coordinator.get(form_of(agency)).context["form"].fields["office"].queryset) == [office]


def test_without_an_agreed_place_it_says_what_to_do_first(as_coordinator, agency):
    for made in (ongoing_place, withdrawn_place):
        made(agency=agency)
    response = as_coordinator.get(form_of(agency))
    assertContains(response, "Myndigheten har ingen avtalad plats som väntar på någon.")
    assert ("Avtala platser först", f"/myndigheter/{agency.pk}/platser/nya/") in ways(response)


# What it makes


def test_it_is_sent_for_the_places_chosen_and_no_other(as_coordinator, coordinator, agency, places, office):
    profile = {
        "duties": "Ordna arkivet",
        "occupation": "arkivassistent",
        "swedish": "write",
        "licence": "car",
        "computer": "good",
        "citizenship": "on",
        "start_on": "2019-02-01",
        "prepared": "Ett eget rum.",
        "expects": "Att någon vill stanna.",
        "sent_on": "2018-12-28",
        "answer_by": "2019-01-11",
    }
    chosen = [place.pk for place in places[:2]]
    response = order(as_coordinator, agency, placements=chosen, office=office.pk, **profile)
    assertRedirects(response, f"/platser/?myndighet={agency.pk}", fetch_redirect_response=False)
    assert told(response) == ["Ordern är skickad. Den står hos kontoret under Lediga platser."]
    sent = MatchingOrder.objects.get()
    assert (sent.agency, sent.office, sent.by) == (agency, office, coordinator)
    assert (sent.duties, sent.occupation, sent.swedish, sent.licence) == (
        "Ordna arkivet",
        "arkivassistent",
        "write",
        "car",
    )
    assert (sent.computer, sent.citizenship, sent.vetting) == ("good", True, False)
    assert (sent.sent_on, sent.answer_by, sent.start_on) == (date(2018, 12, 28), date(2019, 1, 11), date(2019, 2, 1))
    assert (sent.prepared, sent.expects) == ("Ett eget rum.", "Att någon vill stanna.")
    assert sorted(place.pk for place in sent.placements.all()) == sorted(chosen)
    for place in sent.placements.all():
        assert (place.next_step, place.next_on) == (f"Svar från {office}", date(2019, 1, 11))


def test_a_second_order_replaces_the_first(as_coordinator, coordinator, agency, places, office):
    ordered(places, coordinator, OfficeFactory())
    address = f"{form_of(agency)}?plats={places[0].pk}"
    assertContains(as_coordinator.get(address), "har order hos Arbetsförmedlingen")
    assert send(as_coordinator, address, office=office.pk).status_code == 302
    places[0].refresh_from_db()
    assert places[0].order.office == office


def test_a_double_click_sends_one(as_coordinator, agency, places, office):
    data = filled(as_coordinator.get(form_of(agency)), office=office.pk)
    first, second = (press(as_coordinator, form_of(agency), **data) for _ in range(2))
    assert (
        (first.status_code, first.url) == (second.status_code, second.url) == (302, f"/platser/?myndighet={agency.pk}")
    )
    assert MatchingOrder.objects.count() == 1


# What is refused


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"placements": []}, "placements", "Välj något av alternativen."),
        ({"office": ""}, "office", "Välj något av alternativen."),
        ({"duties": ""}, "duties", "Fyll i det här."),
        ({"duties": f"Hjälper {IDENTITY}"}, "duties", "personnummer"),
        ({"prepared": f"Hjälper {IDENTITY}"}, "prepared", "personnummer"),
        ({"occupation": "å" * 101}, "occupation", "101 tecken"),
        ({"expects": "å" * 2001}, "expects", "2001 tecken"),
        ({"sent_on": "2019-01-01"}, "sent_on", "Dagen har inte varit än."),
        ({"sent_on": "2018-12-02"}, "__all__", "Ordern 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        ({"answer_by": "2018-12-30"}, "__all__", "Svaret kan inte väntas före dagen då ordern skickas."),
        ({"answer_by": ""}, "answer_by", "Fyll i det här."),
    ],
)
def test_a_rule_that_is_broken_is_told_and_typing_kept(as_coordinator, agency, places, office, typed, field, words):
    before = rows()
    kept = {"office": str(office.pk), "hours": "heltid"}
    response = order(as_coordinator, agency, **kept | typed)
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    for name, value in (kept | typed).items():
        assert opened(response).get(name, []) == (value if isinstance(value, list) else [value]), name
    assert rows() == before


def test_what_is_not_offered_is_not_taken(as_coordinator, agency, places, office):
    forged = {"licence": "boat", "swedish": "\0", "computer": "", "tutor": "0"}
    response = order(as_coordinator, agency, office=office.pk, **forged)
    assert sorted(errors(response)) == sorted(forged)
    assert not MatchingOrder.objects.exists()


def test_places_of_another_agency_or_that_have_started_cannot_be_chosen(
    as_coordinator, coordinator, agency, places, office
):
    others = [agreed(coordinator)[0], ongoing_place(agency=agency), withdrawn_place(agency=agency)]
    before = rows()
    for other in others:
        response = order(as_coordinator, agency, office=office.pk, placements=[places[0].pk, other.pk])
        assert list(errors(response)) == ["placements"]
    for forged in ("0", "9" * 30, "²", "\0"):
        assert list(errors(order(as_coordinator, agency, office=office.pk, placements=[forged]))) == ["placements"]
    assert rows() == before


def test_a_place_that_was_withdrawn_meanwhile_is_told(as_coordinator, coordinator, agency, places, office):
    data = filled(as_coordinator.get(form_of(agency)), office=office.pk, duties="Ordna arkivet")
    lifecycle.withdraw(places[0], by=coordinator, on=date(2018, 12, 31), reason="Ny chef")
    response = press(as_coordinator, form_of(agency), **data)
    assert list(errors(response)) == ["placements"]
    assert opened(response)["duties"] == ["Ordna arkivet"]
    assert not MatchingOrder.objects.exists()


def test_nothing_is_ordered_for_an_archived_agency(as_coordinator, agency, today):
    agencies.archive(agency, on=today)
    response = as_coordinator.get(form_of(agency))
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Trafikverket är arkiverad. Återställ myndigheten först."]


def test_it_costs_the_same_however_many_places_there_are(as_coordinator, coordinator, agency, office):
    costs = []
    for number in (1, 2):
        agreed(coordinator, number, agency=agency, municipality=MunicipalityFactory())
        costs.append(cost(as_coordinator, form_of(agency)))
    assert costs[0] == costs[1], costs
