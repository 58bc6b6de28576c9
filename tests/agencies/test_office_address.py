"""Where an office's letters go: the coordinator gives its address, or takes it away."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle
from agencies.lifecycle import LifecycleError
from praktik.accounts.roles import Role
from tests.agencies.browsing import errors, filled, opened, told
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db

UNREAD = "Kontoret har då ingen som läser brev. Ange en adress, eller be en administratör lägga till handläggare."


def address(office) -> str:
    return f"/kontor/{office.pk}/brevadress/"


def test_the_address_is_saved_and_the_history_keeps_the_rest(as_coordinator, coordinator, office, own_officer):
    response = as_coordinator.get(office.get_absolute_url())
    assertContains(response, "Saknas. Brev går till Olga Officer.")
    assertContains(response, f'href="{address(office)}?tillbaka=%2Fkontor%2F{office.pk}%2F"')
    typed = filled(as_coordinator.get(address(office)), email=" brev@af.example.se ", tillbaka="/kontor/")
    response = as_coordinator.post(address(office), typed)
    assertRedirects(response, "/kontor/", fetch_redirect_response=False)
    assert told(response) == ["Adressen för brev till Arbetsförmedlingen Sollefteå är sparad."]
    latest, first = office.history.order_by("-history_id")
    assert (first.letter_email, latest.letter_email) == ("", "brev@af.example.se")
    assert (latest.history_type, latest.history_user) == ("~", coordinator)
    assert [each.user for each in latest.officers.all()] == [own_officer]
    assert latest.municipalities.count() == 1
    assert opened(as_coordinator.get(address(office)))["email"] == ["brev@af.example.se"]


@pytest.mark.once
def test_the_verb_signs_for_whoever_acts(office, coordinator):
    lifecycle.address_letters(office, by=coordinator, email="brev@af.example.se")
    assert office.history.first().history_user == coordinator


@pytest.mark.once
@pytest.mark.parametrize("email", ["brev", '"brev\x01"@af.example.se', f"{'a' * 60}@{'b.' * 100}example.se"])
def test_an_address_that_nothing_can_be_sent_to_is_refused(office, coordinator, email):
    with pytest.raises(LifecycleError, match="Dit går det inte att skicka brev") as refused:
        lifecycle.address_letters(office, by=coordinator, email=email)
    assert refused.value.field == "email"
    assert office.history.count() == 1


@pytest.mark.once
def test_an_open_office_is_not_left_without_a_reader(as_coordinator, today):
    office = OfficeFactory(letter_email="brev@af.example.se", closed_on=today + timedelta(days=1))
    office.officers.add(UserFactory(role=Role.CASE_OFFICER, is_active=False))
    response = as_coordinator.post(address(office), filled(as_coordinator.get(address(office)), email=""))
    assert errors(response) == {"email": [UNREAD]}
    office.refresh_from_db()
    assert office.letter_email == "brev@af.example.se"


@pytest.mark.once
@pytest.mark.parametrize("why", ["closed", "manned"])
def test_the_address_is_taken_away_where_nobody_needs_it(coordinator, officer, today, why):
    kept = {"closed": {"closed_on": today}, "manned": {"officers": [officer]}}[why]
    office = OfficeFactory(letter_email="brev@af.example.se", **kept)
    assert lifecycle.address_letters(office, by=coordinator, email="").letter_email == ""


@pytest.mark.once
def test_an_identity_number_is_no_address(as_coordinator, office):
    typed = filled(as_coordinator.get(address(office)), email="8507099805@example.se")
    assert list(errors(as_coordinator.post(address(office), typed))) == ["email"]


@pytest.mark.once
@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_gives_the_address(client, request, office):
    browser = request.getfixturevalue(client)
    for answer in (browser.get(address(office)), browser.post(address(office), {"email": "kapad@example.se"})):
        assertContains(answer, "Den visas för koordinator.", status_code=403)
    office.refresh_from_db()
    assert office.letter_email == ""
    if client != "as_steering":
        assertNotContains(browser.get(office.get_absolute_url()), address(office))


@pytest.mark.once
def test_the_office_s_page_tells_who_reads(as_coordinator, today):
    officers = [UserFactory(name=name, role=Role.CASE_OFFICER) for name in ("Bo B", "Anna A")]
    officers.append(UserFactory(name="Borta", role=Role.CASE_OFFICER, is_active=False))
    manned = OfficeFactory(officers=officers)
    assertContains(as_coordinator.get(manned.get_absolute_url()), "Saknas. Brev går till Anna A och Bo B.")
    assertContains(as_coordinator.get(OfficeFactory().get_absolute_url()), "Ingen läsare")
    closed = as_coordinator.get(OfficeFactory(closed_on=today).get_absolute_url())
    assertNotContains(closed, "Ingen läsare")
