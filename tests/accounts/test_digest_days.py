"""The mail of what waits is switched on and off on one's own page."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from praktik.accounts.roles import Role
from tests.agencies.browsing import told
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "/konto/mejl/"


def ticked(browser):
    return browser.get("/konto/").context["digest_form"]["days"].value()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER, Role.STEERING_GROUP])
def test_everybody_for_whom_something_can_wait_chooses_days(log_in, role):
    user = UserFactory(role=role)
    browser = log_in(user)
    assert ticked(browser) == []
    answer = browser.post(ADDRESS, {"days": ["5", "1"]})
    assertRedirects(answer, "/konto/#mejl", fetch_redirect_response=False)
    assert told(answer) == ["Du får mejl måndag och fredag när något väntar på dig."]
    user.refresh_from_db()
    assert user.digest_days == "15"
    assert ticked(browser) == ["1", "5"]


def test_no_day_switches_it_off(as_coordinator, coordinator):
    as_coordinator.post(ADDRESS, {"days": ["1", "2", "3", "4", "5"]})
    answer = as_coordinator.post(ADDRESS, {})
    assert told(answer)[-1] == "Du får inga mejl om det som väntar."
    coordinator.refresh_from_db()
    assert coordinator.digest_days == ""


def test_a_change_is_in_the_history(as_coordinator, coordinator):
    as_coordinator.post(ADDRESS, {"days": ["3"]})
    latest = coordinator.history.latest()
    assert (latest.digest_days, latest.history_user) == ("3", coordinator)


@pytest.mark.parametrize("days", [["6"], ["måndag"], ["12"], ["1", "x"]])
def test_what_is_no_working_day_is_refused(as_coordinator, coordinator, days):
    answer = as_coordinator.post(ADDRESS, {"days": days})
    assert told(answer) == ["Välj bland veckans arbetsdagar."]
    coordinator.refresh_from_db()
    assert coordinator.digest_days == ""


def test_the_other_choices_stay(log_in):
    user = UserFactory(phone="0611-555 01")
    browser = log_in(user)
    browser.post(ADDRESS, {"days": ["2"]})
    browser.post("/konto/", {"phone": "0611-555 02"})
    user.refresh_from_db()
    assert (user.phone, user.digest_days) == ("0611-555 02", "2")


def test_an_administrator_has_nothing_to_choose(as_administrator):
    assertNotContains(as_administrator.get("/konto/"), ADDRESS)
    assert as_administrator.post(ADDRESS, {"days": ["1"]}).status_code == 404


def test_whoever_comes_from_the_mail_or_a_login_finds_the_section(as_coordinator):
    assertRedirects(as_coordinator.get(ADDRESS), "/konto/#mejl", fetch_redirect_response=False)
    assertContains(as_coordinator.get("/konto/"), 'id="mejl"')
