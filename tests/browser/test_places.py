"""Places by hand: an officer on a phone, a coordinator by keyboard alone, and anybody without scripts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from placements.models import Handover, MatchingOrder, Placement
from tests.browser.conftest import PHONE, County
from tests.placements.pages import agreed, ordered, owned, waiting


@pytest.fixture
def each_for_itself(settings: Any) -> None:
    """A verb about many places reads and writes each by itself; the server runs in a thread of its own."""
    settings.ZEAL_ALLOWLIST = [{"model": "placements.Placement", "field": "target_groups"}]


def test_an_officer_on_a_phone_answers_accepts_starts_and_takes_it_back(
    county: County, open_browser: Callable[..., Page]
) -> None:
    by, here = county.coordinator, {"agency": county.agency, "municipality": county.town}
    order = ordered(agreed(by, **here, duties="Röjning"), by, county.office)
    waiting(agreed(by, **here, duties="Växel")[0], by, county.office)
    place = owned(agreed(by, **here, duties="Arkiv")[0], by, county.officer)
    page = open_browser(county.officer, PHONE)

    page.goto("/")
    page.get_by_role("link", name="Svara … Order på 1 plats, svar senast 2018-12-24 (Skogsstyrelsen)").click()
    page.get_by_label("Vi föreslår någon").check()
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Svaret är sparat.")
    assert order.answers.get().kind == "candidate"

    page.goto("/overlamningar/")
    page.get_by_role("button", name="Ta emot PIS Växel hos Skogsstyrelsen").click()
    expect(page.get_by_role("status")).to_contain_text("har nu hand om PIS Växel")
    assert Handover.objects.get(placement__duties="Växel").accepted_on == date(2018, 12, 31)

    page.goto("/platser/oppna/")
    page.get_by_role("link", name="Starta … PIS Arkiv hos Skogsstyrelsen").click()
    page.get_by_label("nyanlända").check()
    page.get_by_label("kvinna").check()
    save(page)
    expect(page.get_by_role("status")).to_contain_text("PIS Arkiv har startat.")
    place.refresh_from_db()
    assert place.started_on == date(2018, 12, 31)
    assert page.url.endswith("/platser/oppna/")

    page.get_by_role("status").get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("status")).to_contain_text("Ångrat: start")
    place.refresh_from_db()
    assert place.started_on is None
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def save(page: Page) -> None:
    """Press the form's own button, whatever it is called."""
    page.locator("main form.form-page .btn.primary").click()


class Keyboard:
    """A keyboard, and how many times it was used: a word typed counts once, and so does a walk by Tab to a field."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def go_to(self, field: str) -> None:
        """Tab until the thing with this label, or with these words on it, has the focus."""
        self.actions += 1
        for _ in range(80):
            if self._reached(field):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{field} is not reached by Tab")

    def _reached(self, field: str) -> bool:
        return bool(
            self.page.evaluate(
                """field => {
                    const at = document.activeElement;
                    if (!at.closest("main")) return false;
                    const words = [...(at.labels || [])].map(label => label.textContent);
                    const own = at.getAttribute("aria-label") || at.textContent;
                    if (["A", "BUTTON"].includes(at.tagName)) words.push(own);
                    return words.some(each => each.replace(/\\*/g, "").trim() === field);
                }""",
                field,
            )
        )

    def press(self, key: str) -> None:
        """Press a key, or several together."""
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a word or a number, in place of what stood there."""
        self.actions += 1
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def type_day(self, day: str) -> None:
        """Type a day into a date field, in whatever order the browser's language has its parts."""
        self.actions += 1
        year, month, date_ = day.split("-")
        for order in (f"{year}{month}{date_}", f"{month}{date_}{year}", f"{date_}{month}{year}"):
            self.page.keyboard.type(order)
            if self.page.evaluate("document.activeElement.value") == day:
                return
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"The date field does not take {day}")


@pytest.mark.usefixtures("each_for_itself")
def test_three_places_are_agreed_and_ordered_by_keyboard_alone_in_fifteen_actions(
    county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    keys = Keyboard(page)

    keys.go_to("Avtala platser")
    keys.press("Enter")
    page.wait_for_url("**/platser/nya/")
    keys.go_to("Insats")
    keys.type("P")
    keys.go_to("Antal platser")
    keys.type("3")
    keys.go_to("Planerad start")
    keys.type_day("2019-02-04")
    keys.go_to("Arbetsuppgifter")
    keys.type("Arkiv och registrering")
    keys.press("Control+Enter")
    page.wait_for_url("**/platser/?myndighet=*")
    expect(page.get_by_role("status")).to_contain_text("3 platser är avtalade.")
    keys.go_to("Beställ matchning …")
    keys.press("Enter")
    page.wait_for_url("**/order/ny/*")
    # Places, office, profile and days are proposed.
    keys.go_to("Arbetsuppgifter")
    keys.press("Control+Enter")

    expect(page.get_by_role("status")).to_contain_text("Ordern är skickad.")
    places = Placement.objects.all()
    assert [(place.planned_start, place.duties) for place in places] == [
        (date(2019, 2, 4), "Arkiv och registrering")
    ] * 3
    order = MatchingOrder.objects.get()
    assert order.office == county.office
    assert order.placements.count() == 3
    assert keys.actions == 15, keys.actions


@pytest.mark.parametrize("scripts", [True, False])
def test_open_places_are_filtered_with_and_without_scripts(
    scripts: bool, county: County, open_browser: Callable[..., Page]
) -> None:
    here = {"agency": county.agency, "municipality": county.town}
    agreed(county.coordinator, **here, duties="Utan krav")
    agreed(county.coordinator, **here, duties="Med krav", citizenship=True)
    page = open_browser(county.officer, scripts=scripts)
    page.goto("/platser/oppna/")
    rows = page.get_by_role("table", name="Lediga platser").locator("tbody tr")
    expect(rows).to_have_count(2)

    page.get_by_label("Utan krav på medborgarskap").check()
    if not scripts:
        page.get_by_role("button", name="Visa").click()

    expect(rows).to_have_count(1)
    assert "medborgarskap=on" in page.url
    page.get_by_role("link", name="Utan krav").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Utan krav")
    page.go_back()
    expect(rows).to_have_count(1)
    expect(page.get_by_label("Utan krav på medborgarskap")).to_be_checked()
