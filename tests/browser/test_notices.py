"""Mail that is sent by itself has no fault; the days for it are chosen, and an office reminded, by keyboard alone."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from praktik.digest import message_of
from reports.mail import parts_of
from reports.models import Notice
from reports.reminders import remind_all
from tests.browser.conftest import PHONE, WIDE, County, Places
from tests.browser.test_every_page import OWN_LEVELS, faults_in_both, violations


@pytest.fixture
def mails(county: County, places: Places) -> dict[str, str]:
    """A coordinator's digest, and a reminder to an office."""
    remind_all(on=date(2018, 12, 28))
    reminder = Notice.objects.get(deliveries__office=county.office)
    return {"digest": message_of(county.coordinator, on=date(2018, 12, 28)), "reminder": reminder.message}


def test_the_mails_have_no_fault(mails: dict[str, str], open_browser: Callable[..., Page]) -> None:
    page = open_browser(None)
    for message in mails.values():
        for width in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            page.set_content(parts_of(message)[1])
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page, OWN_LEVELS) == []


def test_the_days_are_chosen_by_keyboard_alone(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto("/konto/")
    for day in ("måndag", "fredag"):
        page.get_by_label(day).press("Space")
    page.get_by_role("button", name="Spara dagar").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Du får mejl måndag och fredag")
    expect(page.get_by_label("måndag")).to_be_checked()
    county.coordinator.refresh_from_db()
    assert county.coordinator.digest_days == "15"


def test_an_office_is_reminded_and_the_page_tells_of_it_without_a_fault(
    county: County, places: Places, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto(places.hard.get_absolute_url())
    page.get_by_role("button", name="Påminn").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kontoret är påmint.")
    expect(page.get_by_role("heading", name="Påminnelser")).to_be_visible()
    assert not faults_in_both(page, places.hard.get_absolute_url(), (PHONE,))
