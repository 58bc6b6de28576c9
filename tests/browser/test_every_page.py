"""Every page, in every role, wide and on a phone: no accessibility fault, no sideways scroll, nothing unsafe."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from agencies.models import Contact, NextStep, Obstacle, Office
from tests.browser.conftest import PHONE, WIDE, County, Places

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What axe calls good practice is held on our own pages; the admin site is Django's.
OWN_LEVELS = [*LEVELS, "best-practice"]
# Once is enough for the rules of accessibility: the pages are the same in both widths, and the phone is the harder.
ASKED_AT = (PHONE,)
LARGEST_PAGE = 60_000  # bytes of HTML


def coordinator_pages(county: County) -> list[str]:
    """The coordinator's pages, with those that say no."""
    agency = f"/myndigheter/{county.agency.pk}/"
    dialogue = county.agency.dialogues.first()
    step, obstacle = NextStep.objects.first(), Obstacle.objects.first()
    gone = Contact.objects.exclude(left_on=None).get()
    return [
        "/",
        "/myndigheter/",
        "/myndigheter/?q=finns+inte",
        "/myndigheter/?kommun=0000&tyst=-1&ordning=x&sida=99",
        "/myndigheter/ny/",
        agency,
        f"{agency}?visa=dialoger&antal=100",
        f"{agency}andra/",
        f"{agency}dialoger/ny/",
        f"{agency}kontakter/ny/",
        f"{agency}hinder/nytt/",
        f"{agency}nasta-steg/nytt/",
        "/dialoger/ny/",
        "/dialoger/ny/?q=skog",
        f"/dialoger/{dialogue.pk}/",
        f"/dialoger/{dialogue.pk}/andra/",
        f"/kontakter/{county.anna.pk}/",
        f"/kontakter/{gone.pk}/",
        f"/kontakter/{county.anna.pk}/andra/",
        f"/kontakter/{county.anna.pk}/slutat/",
        f"/hinder/{obstacle.pk}/",
        f"/hinder/{obstacle.pk}/andra/",
        f"/nasta-steg/{step.pk}/",
        f"/nasta-steg/{step.pk}/andra/",
        f"/historik/myndighet/{county.agency.pk}/",
        f"/historik/dialog/{dialogue.pk}/",
        "/kontor/",
        f"/kontor/{Office.objects.get().pk}/",
        "/konto/",
        "/konto/losenord/",
        "/finns-inte/",
        "/admin/",
    ]


def officer_pages(county: County) -> list[str]:
    """The case officer's."""
    agency = f"/myndigheter/{county.agency.pk}/"
    dialogue = county.agency.dialogues.first()
    pages = ["/", "/myndigheter/", agency, f"/dialoger/{dialogue.pk}/", f"/kontakter/{county.anna.pk}/", "/kontor/"]
    return [*pages, "/sok/", "/sok/?q=anna", "/sok/?q=skogs&grupp=dialoger", "/sok/?q=finns+inte"]


def steering_pages(county: County) -> list[str]:
    """The steering group's, and one that is not theirs."""
    return ["/", "/myndigheter/", "/konto/"]


def administrator_pages(county: County) -> list[str]:
    """The administrator's, in Django's admin site."""
    office = Office.objects.get().pk
    return [
        "/",
        "/konto/",
        "/admin/",
        "/admin/accounts/user/",
        "/admin/accounts/user/add/",
        f"/admin/accounts/user/{county.officer.pk}/change/",
        f"/admin/accounts/user/{county.officer.pk}/history/",
        "/admin/agencies/office/",
        f"/admin/agencies/office/{office}/change/",
        f"/admin/agencies/office/{office}/history/",
        "/admin/agencies/municipality/",
    ]


def open_pages(county: County) -> list[str]:
    """Those that need no login."""
    return [
        "/logga-in/",
        "/logga-in/?sparat=1",
        "/glomt-losenord/",
        "/glomt-losenord/skickat/",
        "/nytt-losenord/x/y/",
        "/tillganglighet/",
    ]


def coordinator_places(county: County, places: Places) -> list[str]:
    """The coordinator's pages about places, orders and handovers."""
    agency, order = f"/myndigheter/{county.agency.pk}/", f"/order/{places.order.pk}/"
    return [
        "/",
        agency,
        f"{agency}?visa=platser",
        f"{agency}platser/nya/",
        f"{agency}order/ny/",
        f"/kontakter/{county.anna.pk}/",
        f"/kontor/{county.office.pk}/",
        "/platser/",
        f"/platser/?myndighet={county.agency.pk}&tillstand=oppna&dag=2018-11-01",
        "/platser/?insats=XYZ&dag=2031-01-01&sida=99",
        "/platser/oppna/",
        "/platser/oppna/?svar=on&start=90",
        "/platser/pagaende/",
        "/platser/bekrafta/",
        *(f"/platser/{each.pk}/" for each in (places.agreed, places.ended, places.withdrawn, places.full)),
        f"/platser/{places.agreed.pk}/andra/",
        f"/platser/{places.agreed.pk}/dra-tillbaka/",
        f"/platser/{places.resting.pk}/bekrafta/",
        f"/platser/{places.full.pk}/forlang/",
        "/order/",
        "/order/?lage=foreslas",
        "/order/?lage=stangda",
        order,
        f"{order}andra/",
        f"{order}svara/",
        f"/svar/{places.question.pk}/svara/",
        f"/order/{places.hard.pk}/",
        f"/order/{places.hard.pk}/svarmatchad/",
        "/overlamningar/",
        "/overlamningar/nya/",
        f"/overlamningar/nya/?plats={places.agreed.pk}",
        f"/overlamningar/{places.handover.pk}/fraga/",
        f"/overlamningar/{places.handover.pk}/lamna-tillbaka/",
        f"/historik/plats/{places.full.pk}/",
        f"/historik/order/{places.order.pk}/",
    ]


def officer_places(county: County, places: Places) -> list[str]:
    """The case officer's: the own office's, and one that is not."""
    return [
        "/",
        f"/myndigheter/{county.agency.pk}/",
        f"/kontor/{county.office.pk}/",
        "/platser/",
        "/platser/?agare=mina",
        "/platser/oppna/",
        "/platser/oppna/?mitt=on",
        "/platser/pagaende/",
        "/platser/vantar/",
        "/platser/pagaende/?mina&slutar",
        *(f"/platser/{each.pk}/" for each in (places.agreed, places.ongoing, places.full)),
        f"/platser/{places.agreed.pk}/starta/",
        f"/platser/{places.agreed.pk}/nasta-steg/",
        f"/platser/{places.ongoing.pk}/avsluta/",
        f"/platser/{places.resting.pk}/starta/",
        "/order/",
        "/order/?lage=osvarade",
        f"/order/{places.order.pk}/",
        f"/order/{places.hard.pk}/",
        f"/order/{places.hard.pk}/svara/",
        "/overlamningar/",
        f"/overlamningar/{places.handover.pk}/fraga/",
        f"/overlamningar/{places.handover.pk}/lamna-tillbaka/",
    ]


def administrator_places(county: County, places: Places) -> list[str]:
    """The administrator's programmes and target groups."""
    programme = places.agreed.programme_id
    return [
        "/admin/placements/programme/",
        "/admin/placements/programme/add/",
        f"/admin/placements/programme/{programme}/change/",
        f"/historik/insats/{programme}/",
        "/admin/placements/targetgroup/",
    ]


def steering_places(county: County, places: Places) -> list[str]:
    """What is not the steering group's."""
    return ["/", "/platser/", "/order/"]


PLACES = {
    "coordinator": coordinator_places,
    "officer": officer_places,
    "administrator": administrator_places,
    "steering": steering_places,
}
PAGES = {
    "coordinator": coordinator_pages,
    "officer": officer_pages,
    "steering": steering_pages,
    "administrator": administrator_pages,
    "": open_pages,
}


def violations(page: Page, levels: list[str]) -> list[dict[str, Any]]:
    """What axe finds wrong with the page as it stands; what it finds right is not worked out or sent."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE_SCRIPT};null")
    # What is in a frame is a page of its own, and looked at as one.
    options = {"runOnly": levels, "preload": False, "resultTypes": ["violations"], "iframes": False}
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    return found


def too_wide(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def opened(page: Page, address: str) -> list[str]:
    """Go to a page; what is wrong with its weight and its policy."""
    answer = page.goto(address)
    assert answer is not None
    found = []
    policy = answer.headers.get("content-security-policy", "")
    if not policy or "unsafe-inline" in policy or "unsafe-eval" in policy:
        found.append(f"content security policy: {policy!r}")
    if len(answer.body()) > LARGEST_PAGE:
        found.append(f"{len(answer.body())} bytes of HTML")
    return found


def seen(page: Page, address: str, accessible: bool) -> list[str]:
    """What is wrong with the page at the width it has now; for axe too where `accessible` is asked."""
    found = []
    if (overflow := too_wide(page)) > 0:
        found.append(f"{overflow} px too wide")
    if accessible:
        for violation in violations(page, LEVELS if "/admin/" in address else OWN_LEVELS):
            places = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{violation['id']}: {violation['help']} ({places})")
    return found


def faults(page: Page, axe: object, address: str) -> list[str]:
    """What is wrong with one page; without `axe`, as far as its width, weight and policy go."""
    return [f"{address}: {fault}" for fault in (*opened(page, address), *seen(page, address, axe is not None))]


def faults_in_both(page: Page, address: str, accessible_at: tuple[int, ...]) -> list[str]:
    """What is wrong with one page on a wide screen and, by the same visit, on a phone."""
    found = opened(page, address)
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"at {width}: {fault}" for fault in seen(page, address, width in accessible_at)]
    return [f"{address}: {fault}" for fault in found]


@pytest.mark.parametrize("role", PAGES)
def test_no_page_has_a_fault(role: str, county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(getattr(county, role) if role else None)

    found = [fault for address in PAGES[role](county) for fault in faults_in_both(page, address, ASKED_AT)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", PLACES)
def test_no_page_about_places_has_a_fault(
    role: str, county: County, places: Places, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(getattr(county, role))
    found = [fault for address in PLACES[role](county, places) for fault in faults_in_both(page, address, ASKED_AT)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_what_opens_on_a_page_has_no_fault_either(
    width: int, county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator, width)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.get_by_role("link", name="Logga dialog", exact=True).click()
    form = page.get_by_role("form", name="Logga dialog med Skogsstyrelsen")
    form.get_by_text("Ny kontakt …", exact=True).click()
    form.get_by_text("Hinder som kom fram …").click()
    page.get_by_text("1 som slutat").click()
    page.locator(".step").first.get_by_text("Mer").click()

    assert too_wide(page) <= 0
    assert [each["id"] for each in violations(page, OWN_LEVELS)] == []


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_form_with_errors_has_no_fault(width: int, county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator, width)
    page.goto(f"/myndigheter/{county.agency.pk}/dialoger/ny/")
    page.get_by_label("Nästa steg").fill("Ring")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("alert").get_by_text("Välj en dag: ett nästa steg utan dag glöms bort.").wait_for()

    assert [each["id"] for each in violations(page, OWN_LEVELS)] == []


def test_a_fault_is_found_where_there_is_one(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/logga-in/")
    assert seen(page, "/logga-in/", accessible=True) == []

    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('main').style.minWidth = '3000px'")

    wide, nameless = seen(page, "/logga-in/", accessible=True)
    assert "px too wide" in wide
    assert nameless.startswith("html-has-lang")
