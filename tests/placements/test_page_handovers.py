"""The ledger of handovers: what waits on either side and how long, what came back, and what nobody has in hand."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from placements import lifecycle
from placements.models import Handover, Placement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.agencies.browsing import errors, opened, told
from tests.factories import OfficeFactory, UserFactory
from tests.placements.lives import IDENTITY, as_stored, rows
from tests.placements.pages import (
    ONLY_OFFICER,
    OTHER_OFFICE,
    agreed,
    begun,
    cost,
    forbidden,
    owned,
    press,
    send,
    undo_address,
    waiting,
    ways,
)

pytestmark = pytest.mark.django_db

LEDGER = "/overlamningar/"


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def stranger(coordinator):
    """The officer of another office, to which a place of its own is offered."""
    officer = UserFactory(name="Sven Främmande", role=Role.CASE_OFFICER)
    office = OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[officer])
    waiting(agreed(coordinator, duties="Främmande")[0], coordinator, office, on=date(2018, 12, 17))
    return officer


@pytest.fixture
def place(coordinator, agency):
    return agreed(coordinator, agency=agency)[0]


@pytest.fixture
def handover(place, coordinator, office):
    return waiting(place, coordinator, office)


def offered(browser) -> list[str]:
    return [each.placement.duties for each in browser.get(LEDGER).context["page"]]


# What waits


@pytest.mark.once
def test_both_sides_see_what_waits_with_its_age_and_words(as_coordinator, as_own, own_officer, handover, stranger):
    lifecycle.ask_about(handover, by=own_officer, on=date(2018, 12, 12), text="Går det buss?")
    assert offered(as_coordinator) == ["Arkiv", "Främmande"]
    assert offered(as_own) == ["Arkiv"]
    for browser, heading in ((as_coordinator, "Väntar på kontoren"), (as_own, "Väntar på ditt kontor")):
        response = browser.get(LEDGER)
        assertTemplateUsed(response, "placements/handover_list.html")
        for words in (
            heading,
            "Trafikverket",
            "2018-12-10",
            "för 21 dagar sedan",
            "Ni känner dem.",
            "2018-12-12 Olga Officer:",
            "Går det buss?",
        ):
            assertContains(response, words)
    assertNotContains(as_own.get(LEDGER), "Främmande")


@pytest.mark.once
def test_what_each_side_does(as_coordinator, as_own, handover):
    def words(browser):
        return [words for words, way in ways(browser.get(LEDGER)) if f"{LEDGER}{handover.pk}/" in way]

    assert words(as_own) == ["Ta emot", "Lämna tillbaka …", "Fråga …"]
    assert words(as_coordinator) == ["Skriv …"]
    [back] = [way for words, way in ways(as_coordinator.get(LEDGER)) if words == "Ta tillbaka"]
    assert back == f"/platser/{handover.placement_id}/ta-over/"
    assert "Ta tillbaka" not in [words for words, _ in ways(as_own.get(LEDGER))]
    assert ("Lämna över …", f"{LEDGER}nya/") in ways(as_coordinator.get(LEDGER))
    assert ("Lämna över …", f"{LEDGER}nya/") not in ways(as_own.get(LEDGER))


def test_an_officer_of_no_office_sees_none(as_officer, handover):
    assert offered(as_officer) == []
    assertContains(as_officer.get(LEDGER), "Ingen överlämning väntar.")


# Accepted


def accept(browser, handover):
    return press(browser, f"{LEDGER}{handover.pk}/ta-emot/", tillbaka=LEDGER)


def test_the_office_accepts_and_is_then_the_owner(as_own, own_officer, office, place, handover):
    assert place.office is None
    response = accept(as_own, handover)
    assertRedirects(response, LEDGER, fetch_redirect_response=False)
    assert told(response) == ["Arbetsförmedlingen Sollefteå har nu hand om PIS Arkiv hos Trafikverket."]
    place.refresh_from_db()
    assert place.office == office
    assert offered(as_own) == []


def test_accepting_is_taken_back_from_the_message(as_own, place, handover):
    before = as_stored(place)
    press(as_own, undo_address(accept(as_own, handover)))
    assert as_stored(place) == before
    assert offered(as_own) == ["Arkiv"]


def test_accepting_twice_is_told(as_own, handover):
    accept(as_own, handover)
    before = rows()
    assert told(accept(as_own, handover))[-1] == "Arbetsförmedlingen Sollefteå tog emot överlämningen 2018-12-31."
    assert rows() == before


# Returned


def give_back(browser, handover, **typed):
    return send(browser, f"{LEDGER}{handover.pk}/lamna-tillbaka/", **{"reason": "För långt bort."} | typed)


@pytest.mark.once
def test_the_office_returns_with_words_and_the_owner_stays(as_coordinator, as_own, place, handover):
    response = give_back(as_own, handover)
    assertRedirects(response, LEDGER, fetch_redirect_response=False)
    assert told(response) == ["Överlämningen är tillbaka hos koordinatorn."]
    place.refresh_from_db()
    assert place.office is None
    for browser in (as_coordinator, as_own):
        assert offered(browser) == []
        assertContains(browser.get(LEDGER), "Tillbakalämnade")
        assertContains(browser.get(LEDGER), "För långt bort.")
    [again] = [way for words, way in ways(as_coordinator.get(LEDGER)) if words == "Lämna över igen …"]
    assert again.startswith(f"{LEDGER}nya/?plats={place.pk}&")
    assert "Lämna över igen …" not in [words for words, _ in ways(as_own.get(LEDGER))]


def test_a_return_is_taken_back_from_the_message(as_own, place, handover):
    before = as_stored(place)
    press(as_own, undo_address(give_back(as_own, handover)))
    assert as_stored(place) == before
    assert offered(as_own) == ["Arkiv"]


def test_what_came_back_and_was_offered_again_is_no_longer_told_of(
    as_coordinator, as_own, coordinator, handover, place
):
    give_back(as_own, handover)
    waiting(place, coordinator, OfficeFactory(), on=date(2018, 12, 31))
    assertNotContains(as_coordinator.get(LEDGER), "Tillbakalämnade")


# Asked about


@pytest.mark.once
def test_office_and_coordinator_write_in_turn(as_coordinator, as_own, handover):
    address = f"{LEDGER}{handover.pk}/fraga/"
    assert told(send(as_own, address, text="Går det buss?")) == ["Frågan är skickad."]
    assertContains(as_own.get(LEDGER), "Frågan väntar på koordinatorn")
    assertContains(as_coordinator.get(LEDGER), "Frågan väntar på dig")
    form = as_coordinator.get(address)
    for words in ("Ni känner dem.", "Går det buss?"):
        assertContains(form, words)
    assert told(send(as_coordinator, address, text="Varje timme."))[-1] == "Svaret är skickat."
    assertNotContains(as_coordinator.get(LEDGER), "Frågan väntar")
    assert [str(word) for word in handover.words.all()] == [
        "Olga Officer: Går det buss?",
        "Karin Koordinator: Varje timme.",
    ]
    assert offered(as_own) == ["Arkiv"]


@pytest.mark.parametrize(("path", "field"), [("fraga", "text"), ("lamna-tillbaka", "reason")])
@pytest.mark.parametrize(
    ("text", "words"), [("", "Fyll i"), ("  ", "Fyll i"), (f"Om {IDENTITY}", "personnummer"), ("å" * 2001, "2001")]
)
def test_words_that_cannot_be_kept_stay_in_the_form(as_own, handover, path, field, text, words):
    before = rows()
    response = send(as_own, f"{LEDGER}{handover.pk}/{path}/", **{field: text})
    assert words in errors(response)[field][0]
    assert opened(response)[field] == [text]
    assert rows() == before


@pytest.mark.parametrize("path", ["fraga", "lamna-tillbaka"])
def test_a_double_click_says_it_once(as_own, handover, path):
    field = {"fraga": "text", "lamna-tillbaka": "reason"}[path]
    address = f"{LEDGER}{handover.pk}/{path}/"
    data = opened(as_own.get(address)) | {field: "Ord"}
    first, after, second = press(as_own, address, **data), rows(), press(as_own, address, **data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert rows() == after


# Meanwhile, and by others


def test_what_is_decided_already_leads_back_in_words(as_own, own_officer, handover):
    forms = {path: opened(as_own.get(f"{LEDGER}{handover.pk}/{path}/")) for path in ("fraga", "lamna-tillbaka")}
    lifecycle.accept_handover(handover, by=own_officer, on=date(2018, 12, 28))
    words = "Överlämningen av PIS Arkiv hos Trafikverket väntar inte längre på svar."
    rule = "Arbetsförmedlingen Sollefteå tog emot överlämningen 2018-12-28."
    for path, form in forms.items():
        address = f"{LEDGER}{handover.pk}/{path}/"
        response = as_own.get(address)
        assertRedirects(response, LEDGER, fetch_redirect_response=False)
        assert told(response)[-1] == words
        response = press(as_own, address, **form | {"text": "Ord", "reason": "Ord"})
        assert errors(response) == {"__all__": [rule]}


@pytest.mark.once
def test_the_coordinator_takes_back_what_nobody_has_accepted(as_coordinator, as_own, handover, place):
    before = as_stored(place)
    forms = {path: opened(as_own.get(f"{LEDGER}{handover.pk}/{path}/")) for path in ("fraga", "lamna-tillbaka")}
    response = press(as_coordinator, f"/platser/{place.pk}/ta-over/", tillbaka=LEDGER)
    assertRedirects(response, LEDGER, fetch_redirect_response=False)
    for browser in (as_coordinator, as_own):
        assert offered(browser) == []
    for path, form in forms.items():
        refused = press(as_own, f"{LEDGER}{handover.pk}/{path}/", **form | {"text": "Ord", "reason": "Ord"})
        assert errors(refused) == {"__all__": ["Koordinatorn tog tillbaka överlämningen 2018-12-31."]}
    press(as_coordinator, undo_address(response))
    assert as_stored(place) == before
    assert offered(as_own) == ["Arkiv"]


def test_a_handover_of_a_place_that_came_to_nothing_is_not_decided(as_own, coordinator, handover, place):
    lifecycle.withdraw(place, by=coordinator, on=date(2018, 12, 28), reason="Ny chef")
    assert offered(as_own) == []
    assert told(accept(as_own, handover))[-1] == "Platsen drogs tillbaka 2018-12-28."
    place.refresh_from_db()
    assert place.office is None


def test_a_forged_key_of_another_office_s_handover_is_refused_and_changes_nothing(log_in, handover, stranger):
    browser = log_in(stranger)
    own = opened(browser.get(f"{LEDGER}{Handover.objects.exclude(pk=handover.pk).get().pk}/fraga/"))
    before = rows()
    for path, data in (("ta-emot", {}), ("lamna-tillbaka", {"reason": "Nej"}), ("fraga", {"text": "Hej"})):
        response = press(browser, f"{LEDGER}{handover.pk}/{path}/", **own | data)
        forbidden(response, OTHER_OFFICE)
        assertNotContains(response, "Arkiv", status_code=403)
    assert rows() == before


def test_the_coordinator_neither_accepts_nor_returns_for_the_office(as_coordinator, handover):
    before = rows()
    forbidden(accept(as_coordinator, handover), ONLY_OFFICER)
    forbidden(as_coordinator.get(f"{LEDGER}{handover.pk}/lamna-tillbaka/"), ONLY_OFFICER)
    assert rows() == before


# What nobody has in hand

NONE_FALLS = "Inget ligger mellan stolarna."


@pytest.fixture
def falling(coordinator, office):
    """Two places between two chairs: a coordinator who has gone, and an office where nobody is left."""
    colleague = UserFactory(name="Gunnar Gått")
    officer = UserFactory(role=Role.CASE_OFFICER)
    OfficeFactory(name="Arbetsförmedlingen Tomt", officers=[officer])
    agreed(colleague, duties="Utan koordinator")
    owned(agreed(coordinator, duties="Utan handläggare")[0], coordinator, officer)
    agreed(coordinator, duties="I goda händer")
    User.objects.filter(pk__in=[colleague.pk, officer.pk]).update(is_active=False)


def test_what_nobody_has_in_hand_is_counted_and_listed(as_coordinator, as_own, falling):
    for browser in (as_coordinator, as_own):
        response = browser.get(LEDGER)
        assert response.context["falling_count"] == 2
        assertContains(response, "öppna processer saknar ägare, nästa steg eller datum.")
        assert [place.duties for place in response.context["falling"]] == ["Utan koordinator", "Utan handläggare"]
    for words in ("Gunnar Gått", "inte längre koordinator", "stängt, eller ingen handläggare"):
        assertContains(as_coordinator.get(LEDGER), words)


@pytest.mark.once
def test_it_can_be_brought_to_nought_and_seen_to_be(as_coordinator, as_own, falling, office):
    taken, handed = as_coordinator.get(LEDGER).context["falling"]
    [take] = [way for words, way in ways(as_coordinator.get(LEDGER)) if words == "Ta över" and f"/{taken.pk}/" in way]
    response = press(as_coordinator, take, tillbaka=LEDGER)
    assertRedirects(response, LEDGER, fetch_redirect_response=False)
    assert told(response) == [f"Du har nu hand om PIS Utan koordinator hos {taken.agency}."]
    page = as_coordinator.get(LEDGER)
    assert page.context["falling_count"] == 1
    assertContains(page, "öppen process saknar ägare, nästa steg eller datum.")
    [hand] = [way for words, way in ways(page) if words == "Lämna över …" and f"plats={handed.pk}" in way]
    assert send(as_coordinator, hand, office=office.pk).url == LEDGER
    # Offered is not in hand: it counts until somebody has accepted it.
    page = as_coordinator.get(LEDGER)
    assert page.context["falling_count"] == 1
    assertContains(page, "överlämnas till Arbetsförmedlingen Sollefteå")
    accept(as_own, Handover.objects.get(accepted_on=None))
    for browser in (as_coordinator, as_own):
        page = browser.get(LEDGER)
        assert page.context["falling_count"] == 0
        assertContains(page, '<span class="tag ok">0</span>')
        assertContains(page, NONE_FALLS)


def test_an_officer_is_not_offered_to_take_over(as_own, falling):
    assert not [words for words, _ in ways(as_own.get(LEDGER)) if words in ("Ta över", "Lämna över …")]


def test_what_is_closed_falls_between_no_chairs(as_coordinator, coordinator):
    lifecycle.withdraw(agreed(coordinator)[0], by=coordinator, on=date(2018, 12, 20), reason="Ny chef")
    User.objects.filter(pk=coordinator.pk).update(role=Role.COORDINATOR)
    Placement.objects.update(coordinator=UserFactory(is_active=False))
    assertContains(as_coordinator.get(LEDGER), NONE_FALLS)


def test_many_that_fall_are_counted_all_and_shown_in_part(as_coordinator, coordinator):
    agreed(coordinator, 30)
    Placement.objects.update(coordinator=UserFactory(is_active=False))
    response = as_coordinator.get(LEDGER)
    assert response.context["falling_count"] == 30
    assertContains(response, "10 av 30 visas.")


def test_many_that_wait_are_shown_a_page_at_a_time(as_coordinator, coordinator, office):
    places = agreed(coordinator, 26)
    lifecycle.hand_over(places, by=coordinator, office=office, on=date(2018, 12, 10), note="")
    assertContains(as_coordinator.get(LEDGER), "1–25 av 26")
    assert len(as_coordinator.get(f"{LEDGER}?sida=2").context["page"]) == 1


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_costs_the_same_however_much_there_is(request, client, coordinator, own_officer, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 2):
        for _ in range(number):
            handover = waiting(begun(coordinator), coordinator, office)
            lifecycle.ask_about(handover, by=own_officer, on=date(2018, 12, 12), text="Går det buss?")
            back = waiting(agreed(coordinator)[0], coordinator, office)
            lifecycle.return_handover(back, by=own_officer, on=date(2018, 12, 12), reason="Nej")
            fallen = agreed(UserFactory())[0]
            User.objects.filter(pk=fallen.coordinator_id).update(is_active=False)
        costs.append(cost(browser, LEDGER))
    assert costs[0] == costs[1] <= 16, costs
