"""Results as one reads them: no fault in any width, charts that are seen, and a month published by keyboard alone."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from placements.models import Placement
from reports import lifecycle
from reports.models import MonthlyReport
from tests.browser.conftest import PHONE, County, Places
from tests.browser.test_every_page import faults_in_both
from tests.factories import TargetFactory

READ = [
    "/",
    "/resultat/",
    "/resultat/2018/",
    "/resultat/2018/?dag=2018-09-30&ar=matar",
    "/resultat/2015/?dag=2031-01-01",
    "/resultat/2018/fordelning/",
    "/resultat/2018/statskontoret/",
    "/manadsrapporter/",
    "/manadsrapporter/2018-10/",
    "/manadsrapporter/2018-09/",
]
WRITTEN = [
    "/resultat/mal/",
    "/resultat/mal/nytt/",
    "/manadsrapporter/2018-12/utkast/",
    "/manadsrapporter/2018-10/dra-tillbaka/",
]


@pytest.fixture
def told(county: County, places: Places) -> None:
    """Targets, a published month that has been corrected since, one that was withdrawn, and a draft."""
    by = county.coordinator
    TargetFactory()
    words = "## Läget\n\nTre saker:\n\n- *ett*\n- **två**\n- [tre](https://example.se/en/mycket/lang/adress)"
    lifecycle.publish(date(2018, 10, 1), by=by, words=words)
    Placement.objects.filter(pk=places.ended.pk).update(municipality=None)
    gone = lifecycle.publish(date(2018, 9, 1), by=by, words="")
    lifecycle.withdraw(gone, by=by, reason="Fel siffror")
    lifecycle.write(date(2018, 12, 1), by=by, words="Utkast")


@pytest.mark.parametrize("role", ["coordinator", "steering"])
def test_no_page_of_results_has_a_fault(
    role: str, county: County, told: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(getattr(county, role))
    addresses = READ + (WRITTEN if role == "coordinator" else [])
    # The pages are the same for both but for links: once is enough for the rules of accessibility.
    accessible_at = (PHONE,) if role == "coordinator" else ()

    found = [fault for address in addresses for fault in faults_in_both(page, address, accessible_at)]

    assert not found, "\n".join(found)


def test_charts_are_seen_and_told(county: County, told: None, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.steering)
    for address in ("/resultat/2018/", "/"):
        page.goto(address, wait_until="networkidle")
        images = page.locator(".picture img")
        expect(images).to_have_count(2)
        for image in images.all():
            assert image.evaluate("image => image.naturalWidth") > 100
            assert "månad för månad" in str(image.get_attribute("alt"))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_month_is_published_by_keyboard_alone(
    scripts: bool, county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator, scripts=scripts)
    page.goto("/manadsrapporter/2018-11/utkast/")

    page.get_by_label("Koordinatorns ord").focus()
    page.keyboard.type("Takten håller.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Publicera för styrgruppen")).to_be_focused()
    page.keyboard.press("Enter")

    # The draft's own heading begins with the same words.
    expect(page).to_have_url(re.compile(r"/manadsrapporter/2018-11/$"))
    expect(page.get_by_role("heading", name="Månadsrapport november 2018")).to_be_visible()
    assert MonthlyReport.objects.get().words == "Takten håller."


def test_paper_leaves_out_what_one_clicks(county: County, told: None, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.steering)
    page.goto("/resultat/2018/")
    page.emulate_media(media="print")

    for seen in ("h1", ".bullets", "#summary"):
        expect(page.locator(seen).first).to_be_visible()
    for unseen in (".top", ".filters", ".take", ".foot"):
        expect(page.locator(unseen).first).to_be_hidden()


def test_a_figure_leads_the_coordinator_to_its_places(
    county: County, told: None, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto("/resultat/2018/")
    figure = page.locator("#summary tbody tr").first.get_by_role("link").first
    number = figure.inner_text()

    figure.click()

    expect(page.get_by_text(f"{number} platser")).to_be_visible()
    expect(page.get_by_role("heading", name="Platser")).to_be_visible()
