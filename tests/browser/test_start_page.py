"""The list of what waits, by hand: soon done after login, by keyboard alone, and on a phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from agencies.models import NextStep
from placements.models import Handover, MatchingOrder
from tests.browser.conftest import PHONE, County
from tests.browser.test_every_page import OWN_LEVELS, too_wide, violations
from tests.browser.test_places import Keyboard
from tests.factories import PASSWORD
from tests.placements.pages import agreed, ordered, waiting


def log_in_by_hand(page: Page, email: str) -> None:
    """As one does, from the page one is led to."""
    page.goto("/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("list", name="Det som väntar")).to_be_visible()


class Hand:
    """A hand on a mouse, and how many times it clicked."""

    def __init__(self) -> None:
        self.actions = 0

    def clicks(self, thing: object) -> None:
        """Click something."""
        self.actions += 1
        thing.click()  # type: ignore[attr-defined]  # a locator


def test_three_actions_after_login_the_first_thing_is_resolved(
    county: County, open_browser: Callable[..., Page]
) -> None:
    by, here = county.coordinator, {"agency": county.agency, "municipality": county.town}
    order = ordered(agreed(by, **here), by, county.office)
    waiting(agreed(by, **here, duties="Växel")[0], by, county.office)
    page, hand = open_browser(county.officer, PHONE), Hand()
    page.context.clear_cookies()
    log_in_by_hand(page, county.officer.email)
    first = page.locator(".todo").first

    hand.clicks(first.get_by_role("link", name="Svara …"))
    hand.clicks(first.get_by_label("Ingen just nu"))
    hand.clicks(first.locator(".spot .btn.primary"))

    expect(page.get_by_role("status")).to_contain_text("Svaret är sparat.")
    assert MatchingOrder.objects.get(pk=order.pk).answers.get().kind == "none_now"
    assert hand.actions <= 3
    expect(page.locator("#waits")).to_have_text("1 väntar")

    hand.clicks(page.get_by_role("button", name="Ta emot"))

    expect(page.get_by_text("har nu hand om PIS Växel")).to_be_visible()
    expect(page.locator("#todo-lead")).to_have_text("Ingenting väntar på dig.")
    assert Handover.objects.get().accepted_on is not None
    assert page.url.endswith("/")


def test_a_step_is_done_by_one_action_after_login(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    log_in_by_hand(page, county.coordinator.email)
    page.locator(".todo").first.get_by_role("button", name="Klart").click()

    expect(page.get_by_role("status")).to_contain_text("Klart: Ring HR-chefen om våren")
    assert NextStep.objects.get(what="Ring HR-chefen om våren").done_on is not None


def test_a_form_in_a_row_by_keyboard_alone(county: County, open_browser: Callable[..., Page]) -> None:
    by, here = county.coordinator, {"agency": county.agency, "municipality": county.town}
    handover = waiting(agreed(by, **here, duties="Växel")[0], by, county.office)
    page = open_browser(county.officer, PHONE)
    page.goto("/")
    keys, row = Keyboard(page), page.locator(".todo")

    keys.go_to("Lämna tillbaka … Plats att ta emot (Skogsstyrelsen · PIS Växel)")
    keys.press("Enter")
    expect(row.get_by_role("textbox")).to_be_focused()
    assert too_wide(page) <= 0
    assert [each["id"] for each in violations(page, OWN_LEVELS)] == []

    row.get_by_role("textbox").evaluate("field => field.removeAttribute('required')")
    keys.press("Control+Enter")
    expect(row.locator("[data-errors]")).to_be_focused()
    assert too_wide(page) <= 0
    assert [each["id"] for each in violations(page, OWN_LEVELS)] == []
    assert page.url.endswith("/")

    row.get_by_role("textbox").focus()
    keys.type("För långt bort")
    keys.press("Control+Enter")
    expect(row.get_by_role("button", name="Ångra")).to_be_focused()
    expect(row.get_by_role("status")).to_contain_text("Överlämningen är tillbaka hos koordinatorn.")
    assert Handover.objects.get(pk=handover.pk).returned_on is not None
    assert [each["id"] for each in violations(page, OWN_LEVELS)] == []

    keys.press("Enter")
    expect(row.get_by_role("button", name="Ta emot")).to_be_visible()
    assert Handover.objects.get(pk=handover.pk).returned_on is None


def test_what_somebody_else_has_done_is_told_in_the_row(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto("/")
    NextStep.objects.filter(what="Ring HR-chefen om våren").update(done_on="2018-12-31")
    row = page.locator(".todo", has_text="Ring HR-chefen om våren")

    row.get_by_role("button", name="Klart").click()

    expect(row.get_by_role("alert")).to_have_text("Steget är redan klart sedan 2018-12-31.")
    expect(row.get_by_role("button", name="Klart")).to_be_visible()


def test_two_rows_that_are_open_are_two_forms_and_what_is_typed_outlives_the_session(
    county: County, open_browser: Callable[..., Page]
) -> None:
    by, here = county.coordinator, {"agency": county.agency, "municipality": county.town}
    for _ in range(2):
        ordered(agreed(by, **here), by, county.office)
    page = open_browser(by, expect_failures=True)
    page.goto("/?slag=order")
    rows = page.locator(".todo")
    for row in (rows.nth(0), rows.nth(1)):
        row.get_by_role("link", name="Notera svar …").click()
        expect(row.locator(".spot form")).to_be_visible()

    rows.nth(1).locator(".spot").get_by_text("Ingen just nu").click()

    expect(rows.nth(1).get_by_label("Ingen just nu")).to_be_checked()
    expect(rows.nth(0).get_by_label("Ingen just nu")).not_to_be_checked()

    rows.nth(1).locator(".spot textarea").first.fill("Vi hör av oss i januari.")
    page.context.clear_cookies(name="sessionid")
    rows.nth(1).locator(".spot .btn.primary").click()
    page.get_by_label("E-postadress").fill(by.email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()

    expect(page.get_by_text("Det du skrev är kvar men inte sparat än")).to_be_visible()
    expect(page.locator("main textarea").first).to_have_value("Vi hör av oss i januari.")
