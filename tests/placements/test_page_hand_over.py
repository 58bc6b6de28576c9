"""Handing over one place or many, and taking one over."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from placements import lifecycle
from placements.models import Handover
from tests.agencies.browsing import errors, opened, told
from tests.factories import AgencyFactory, MunicipalityFactory, OfficeFactory, UserFactory
from tests.placements.lives import IDENTITY, as_stored, rows
from tests.placements.pages import agreed, begun, cost, filled, owned, press, send, undo_address, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NEW = "/overlamningar/nya/"


@pytest.fixture
def places(coordinator, agency):
    return agreed(coordinator, 3, agency=agency)


def shown(browser, address=NEW, **asked) -> list[str]:
    return [place.duties for place in browser.get(address, asked).context["form"].fields["placements"].queryset]


def hand_over(browser, places, address=NEW, **typed):
    return send(browser, address, placements=[place.pk for place in places], **typed)


# What it offers


def test_what_a_coordinator_has_in_hand_is_offered(as_coordinator, coordinator, own_officer, agency, office):
    agreed(coordinator, agency=agency, duties="Avtalad")
    agreed(UserFactory(), agency=agency, duties="Kollegans")
    begun(coordinator, agency=agency, duties="Pågår")
    agreed(coordinator, agency=AgencyFactory(name="Arbetsmiljöverket"), duties="Annan myndighet")
    owned(agreed(coordinator, duties="Kontorets")[0], coordinator, own_officer)
    waiting(agreed(coordinator, duties="Väntar redan")[0], coordinator, office)
    lifecycle.withdraw(agreed(coordinator, duties="Dragen")[0], by=coordinator, on=date(2018, 12, 20), reason="Ny chef")
    # By agency; of one, the first to end and then the first to start.
    assert shown(as_coordinator) == ["Annan myndighet", "Pågår", "Avtalad", "Kollegans"]
    assert "placements" not in opened(as_coordinator.get(NEW))


def test_each_tells_whose_it_is_where_and_when(as_coordinator, coordinator, agency):
    town = MunicipalityFactory(name="Ånge")
    agreed(coordinator, agency=agency, municipality=town)
    begun(coordinator, agency=agency, municipality=town)
    form = as_coordinator.get(NEW)
    assertContains(form, "Trafikverket, PIS Arkiv, Ånge, start 2019-01-14")
    assertContains(form, "Trafikverket, PIS Arkiv, Ånge, slutar 2019-02-28")


def test_those_of_one_municipality(as_coordinator, coordinator):
    here = MunicipalityFactory(code="2260", name="Ånge")
    agreed(coordinator, duties="Här", municipality=here)
    agreed(coordinator, duties="Där")
    assert shown(as_coordinator, kommun="2260") == ["Här"]
    assertContains(
        as_coordinator.get(NEW, {"kommun": "2260"}), '<option value="2260" selected>Ånge</option>', html=True
    )
    MunicipalityFactory(code="2262")
    assertContains(as_coordinator.get(NEW, {"kommun": "2262"}), "ingen öppen plats där att lämna över")
    for forged in ("9999", "' OR 1=1", "9" * 30, "\0"):
        assert sorted(shown(as_coordinator, kommun=forged)) == ["Där", "Här"]


def test_the_place_one_came_from_is_chosen_with_the_office_of_its_town(as_coordinator, coordinator, office, places):
    [place] = agreed(coordinator, municipality=office.municipalities.get(), duties="Vald")
    OfficeFactory()
    form = as_coordinator.get(f"{NEW}?plats={place.pk}")
    assert opened(form)["placements"] == [str(place.pk)]
    assert opened(form)["office"] == [str(office.pk)]
    assert shown(as_coordinator, f"{NEW}?plats={place.pk}") == ["Vald"]
    assertNotContains(form, "Visa platser i")


def test_a_place_that_an_office_has_is_offered_when_it_is_named(as_coordinator, coordinator, own_officer, office):
    place = owned(agreed(coordinator)[0], coordinator, own_officer)
    assert shown(as_coordinator, plats=place.pk) == ["Arkiv"]


def test_a_hundred_are_shown_and_the_rest_by_municipality(as_coordinator, coordinator):
    for _ in range(3):
        agreed(coordinator, 34)
    response = as_coordinator.get(NEW)
    assertContains(response, "100 av 102 platser visas. Välj kommun för att se resten.")
    assert len(response.context["form"].fields["placements"].queryset) == 100


def test_when_everything_is_handed_over_it_says_so(as_coordinator):
    assertContains(as_coordinator.get(NEW), "Koordinatorn har ingen öppen plats att lämna över.")


# What it does


def test_many_are_handed_over_at_once_each_waiting_for_itself(as_coordinator, coordinator, office, places):
    begins = begun(coordinator)
    chosen = [*places[:2], begins]
    response = hand_over(as_coordinator, chosen, office=office.pk, note="Ni känner dem.")
    assertRedirects(response, "/overlamningar/", fetch_redirect_response=False)
    assert told(response) == ["3 platser väntar nu på Arbetsförmedlingen Sollefteå."]
    made = Handover.objects.waiting()
    assert {each.placement for each in made} == set(chosen)
    assert {(each.office, each.note, each.by, each.handed_on) for each in made} == {
        (office, "Ni känner dem.", coordinator, date(2018, 12, 31))
    }
    for place in chosen:
        place.refresh_from_db()
        assert place.office is None
        assert place.next_step == "Svar från Arbetsförmedlingen Sollefteå på överlämningen"


def test_a_double_click_hands_over_once(as_coordinator, office, places):
    data = filled(as_coordinator.get(NEW), placements=[places[0].pk], office=office.pk)
    assert [press(as_coordinator, NEW, **data).status_code for _ in range(2)] == [302, 302]
    assert Handover.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"placements": []}, "placements", "Välj något av alternativen."),
        ({"office": ""}, "office", "Välj något av alternativen."),
        ({"note": f"Om {IDENTITY}"}, "note", "personnummer"),
        ({"note": "å" * 2001}, "note", "2001 tecken"),
    ],
)
def test_what_is_wrong_is_told_and_typing_kept(as_coordinator, office, places, typed, field, words):
    before = rows()
    kept = {"placements": [str(place.pk) for place in places], "office": str(office.pk), "note": "Ord"}
    response = send(as_coordinator, NEW, **kept | typed)
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    for name, value in (kept | typed).items():
        assert opened(response).get(name, []) == (value if isinstance(value, list) else [value]), name
    assert rows() == before


def test_a_closed_office_and_forged_keys_are_refused(as_coordinator, office, places):
    closed = OfficeFactory(closed_on=date(2018, 12, 31))
    before = rows()
    assert list(errors(hand_over(as_coordinator, places, office=closed.pk))) == ["office"]
    for forged in ("0", "9" * 30, "²", "\0"):
        assert list(errors(send(as_coordinator, NEW, placements=[forged], office=office.pk))) == ["placements"]
    assert rows() == before


def test_a_place_that_was_handed_over_meanwhile_is_told(as_coordinator, coordinator, office, places):
    data = filled(as_coordinator.get(NEW), placements=[place.pk for place in places], office=office.pk, note="Ord")
    waiting(places[1], coordinator, office)
    response = press(as_coordinator, NEW, **data)
    assert list(errors(response)) == ["placements"]
    assert opened(response)["note"] == ["Ord"]
    assert Handover.objects.count() == 1


def test_an_office_is_not_offered_what_it_has(as_coordinator, coordinator, own_officer, office):
    place = owned(agreed(coordinator)[0], coordinator, own_officer)
    response = hand_over(as_coordinator, [place], f"{NEW}?plats={place.pk}", office=office.pk)
    [words] = errors(response)["__all__"]
    assert words.endswith("Arbetsförmedlingen Sollefteå har den redan.")


def test_it_costs_the_same_however_many_there_are(as_coordinator, coordinator):
    costs = []
    for number in (1, 2):
        for _ in range(number):
            agreed(coordinator)
        costs.append(cost(as_coordinator, NEW))
    assert costs[0] == costs[1], costs


# Taken over by the coordinator


def test_a_coordinator_takes_a_place_over_and_gives_it_back_from_the_message(
    as_coordinator, coordinator, own_officer, office
):
    place = owned(agreed(UserFactory())[0], coordinator, own_officer)
    before = as_stored(place)
    response = press(as_coordinator, f"/platser/{place.pk}/ta-over/")
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == [f"Du har nu hand om PIS Arkiv hos {place.agency}."]
    place.refresh_from_db()
    assert (place.office, place.coordinator) == (None, coordinator)
    press(as_coordinator, undo_address(response))
    assert as_stored(place) == before


def test_what_one_has_and_what_is_closed_is_not_taken_over(as_coordinator, coordinator, office):
    mine, closed = agreed(coordinator, 2)
    lifecycle.withdraw(closed, by=coordinator, on=date(2018, 12, 20), reason="Ny chef")
    before = rows()
    said = [told(press(as_coordinator, f"/platser/{place.pk}/ta-over/"))[-1] for place in (mine, closed)]
    assert said == ["Du har redan hand om platsen.", "Platsen drogs tillbaka 2018-12-20."]
    assert rows() == before
