"""One's own page: who one is here, and what one decides about the pages."""

import pytest

from praktik.accounts.roles import Role
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("role", Role)
def test_everybody_sees_who_they_are(log_in, role):
    user = UserFactory(name="Eva Ek", email="eva@example.se", role=role)
    answer = log_in(user).get("/konto/")
    assert answer.status_code == 200
    for words in ("Eva Ek", "eva@example.se", role.label):
        assert words in answer.content.decode()


def body(answer):
    (found,) = [line for line in answer.content.decode().splitlines() if line.startswith("<body")]
    return found


def test_one_key_shortcuts_are_on_until_one_switches_them_off(as_coordinator, coordinator):
    assert 'data-shortcuts="on"' in body(as_coordinator.get("/"))
    answer = as_coordinator.post("/konto/", {}, follow=True)
    assert answer.redirect_chain == [("/konto/", 302)]
    assert "Dina val är sparade." in answer.content.decode()
    coordinator.refresh_from_db()
    assert coordinator.key_shortcuts is False
    for address in ("/", "/myndigheter/", "/konto/"):
        answer = as_coordinator.get(address)
        assert 'data-shortcuts="off"' in body(answer)
        assert "<kbd>" not in answer.content.decode()


def test_one_key_shortcuts_are_switched_on_again(log_in):
    user = UserFactory(key_shortcuts=False)
    browser = log_in(user)
    assert not browser.get("/konto/").context["form"]["key_shortcuts"].value()
    browser.post("/konto/", {"key_shortcuts": "on"})
    assert 'data-shortcuts="on"' in body(browser.get("/"))
    assert "<kbd>n</kbd>" in browser.get("/").content.decode()


def test_somebody_who_is_not_logged_in_has_no_shortcuts(client):
    assert 'data-shortcuts="off"' in body(client.get("/logga-in/"))


def test_nobody_gives_themselves_another_role_or_name(as_coordinator, coordinator):
    typed = {"role": "administrator", "name": "Kungen", "email": "kungen@example.se", "is_active": ""}
    as_coordinator.post("/konto/", typed)
    coordinator.refresh_from_db()
    assert (coordinator.role, coordinator.name) == (Role.COORDINATOR, "Karin Koordinator")
    assert coordinator.is_active


def test_ones_own_choices_are_ones_own(as_coordinator):
    other = UserFactory()
    as_coordinator.post("/konto/", {})
    other.refresh_from_db()
    assert other.key_shortcuts is True


def test_a_change_of_ones_own_choices_is_in_the_history(as_coordinator, coordinator):
    as_coordinator.post("/konto/", {})
    latest = coordinator.history.latest()
    assert (latest.key_shortcuts, latest.history_user) == (False, coordinator)


def test_one_gives_one_s_own_telephone_number(as_coordinator, coordinator):
    as_coordinator.post("/konto/", {"phone": "0611-555 01", "key_shortcuts": "on"})
    coordinator.refresh_from_db()
    assert (coordinator.phone, coordinator.key_shortcuts) == ("0611-555 01", True)
    assert coordinator.history.latest().phone == "0611-555 01"
    assert 'value="0611-555 01"' in as_coordinator.get("/konto/").content.decode()


@pytest.mark.parametrize("phone", ["ring mig", "0103058202", "0" * 31])
def test_what_is_no_telephone_number_is_refused_and_still_there(as_coordinator, coordinator, phone):
    answer = as_coordinator.post("/konto/", {"phone": phone})
    assert list(answer.context["form"].errors) == ["phone"]
    assert f'value="{phone}"' in answer.content.decode()
    coordinator.refresh_from_db()
    assert (coordinator.phone, coordinator.key_shortcuts) == ("", True)
