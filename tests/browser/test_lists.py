"""Lists and the small verbs in them: filters in the address, next steps with one action, keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from agencies.models import NextStep
from tests.browser.conftest import PHONE, WIDE, County


def test_a_filter_shows_at_once_lives_in_the_address_and_survives_back(
    county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto("/myndigheter/")
    rows = page.get_by_role("table", name="Myndigheter").locator("tbody tr")
    expect(rows).to_have_count(2)

    page.get_by_label("Kommun").select_option(label="Ånge")
    expect(rows).to_have_count(1)
    assert "kommun=" in page.url
    page.get_by_role("link", name="Åklagarmyndigheten").click()
    expect(page.get_by_role("heading", name="Åklagarmyndigheten")).to_be_visible()
    page.go_back()

    expect(rows).to_have_count(1)
    expect(page.get_by_label("Kommun").locator("option:checked")).to_have_text("Ånge")
    expect(page.get_by_role("heading", name="Myndigheter")).to_be_visible()
    page.go_back()
    expect(rows).to_have_count(2)


def test_searching_shows_as_one_types(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto("/myndigheter/")

    page.get_by_label("Sök", exact=True).press_sequentially("ÅKLAGAR")

    expect(page.get_by_role("table", name="Myndigheter").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_label("Sök", exact=True)).to_be_focused()


def test_the_filters_work_without_scripts(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator, scripts=False)
    page.goto("/myndigheter/")

    page.get_by_label("Aldrig kontaktad").check()
    page.get_by_role("button", name="Visa").click()

    expect(page.get_by_role("table", name="Myndigheter").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="Åklagarmyndigheten")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_step_is_done_with_one_click_and_taken_back_with_another(
    width: int, scripts: bool, county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator, width, scripts=scripts)
    page.goto("/")
    step = NextStep.objects.get(what="Ring HR-chefen om våren")

    page.get_by_role("button", name="Klart: Ring HR-chefen om våren").click()
    undo = page.get_by_role("button", name="Ångra")
    expect(undo).to_be_visible()
    step.refresh_from_db()
    assert step.done_on is not None
    if scripts:
        expect(undo).to_be_focused()
    undo.click()

    expect(page.get_by_role("button", name="Klart: Ring HR-chefen om våren")).to_be_visible()
    step.refresh_from_db()
    assert step.done_on is None


def test_a_step_moves_a_week_with_one_click_and_back_with_another(
    county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto("/")
    expect(page.get_by_text("3 saker väntar, 2 är försenade.")).to_be_visible()
    page.get_by_role("button", name="Skjut upp en vecka: Ring HR-chefen om våren").click()

    row = page.locator(".step", has_text="Ring HR-chefen om våren")
    expect(row.get_by_text("Flyttat till 2019-01-07")).to_be_visible()
    expect(page.get_by_text("2 saker väntar, 1 är försenad.")).to_be_visible()
    assert NextStep.objects.get(what="Ring HR-chefen om våren").due_on.isoformat() == "2019-01-07"
    expect(row.get_by_role("button", name="Ångra")).to_be_focused()
    row.get_by_role("button", name="Ångra").click()
    expect(row.get_by_text("Försenat 12 dagar")).to_be_visible()
    expect(page.get_by_text("3 saker väntar, 2 är försenade.")).to_be_visible()


def test_a_network_that_fails_is_told_and_nothing_is_lost(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator, PHONE, expect_failures=True)
    page.goto("/")
    page.context.set_offline(True)

    page.get_by_role("button", name="Klart: Ring HR-chefen om våren").click()

    expect(page.get_by_role("alert")).to_have_text("Servern svarar inte. Kontrollera uppkopplingen och försök igen.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Klart: Ring HR-chefen om våren").click()
    expect(
        page.locator(".step", has_text="Ring HR-chefen om våren").get_by_role("button", name="Ångra")
    ).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_step_is_handed_to_a_colleague_from_its_row(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    row = page.locator(".step", has_text="Ring HR-chefen om våren")

    row.get_by_text("Mer").click()
    row.get_by_role("button", name="Lämna till Berit Ek").click()

    expect(row.get_by_text("· Berit Ek")).to_be_visible()
    assert NextStep.objects.get(what="Ring HR-chefen om våren").owner == county.colleague


def test_the_keys_work_until_they_are_switched_off(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto("/kontor/")
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Sök överallt")
    expect(search).to_be_focused()
    page.keyboard.type("n/")
    expect(search).to_have_value("n/")

    page.goto("/konto/")
    page.get_by_label("Kortkommandon").uncheck()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Dina val är sparade.")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Sök överallt")).not_to_be_focused()
    assert page.url.endswith("/konto/")


def test_everything_is_found_from_anywhere_by_the_keys_alone(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto("/kontor/")
    page.keyboard.press("/")
    page.keyboard.type("anna")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kontaktpersoner 1")).to_be_visible()
    expect(page.locator("#told")).to_be_focused()

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Sök överallt")).to_be_focused()
    page.keyboard.type("öberg")
    expect(page.get_by_role("heading", name="Kontaktpersoner 1")).to_be_visible()
    expect(page.locator(".hits mark").first).to_have_text("Öberg")
    expect(page.get_by_role("searchbox", name="Sök överallt")).to_be_focused()
    assert "q=%C3%B6berg" in page.url
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Per Öberg")).to_be_visible()


def test_the_second_of_two_who_edit_is_told_and_loses_nothing(
    county: County, open_browser: Callable[..., Page]
) -> None:
    mine, theirs = open_browser(county.coordinator), open_browser(county.colleague)
    for page in (mine, theirs):
        page.goto(f"/kontakter/{county.anna.pk}/andra/")
    theirs.get_by_label("Titel").fill("Personaldirektör")
    theirs.get_by_label("Telefon").fill("0611-555 77")
    theirs.get_by_role("button", name="Spara").click()
    expect(theirs.get_by_text("Ändringen är sparad.")).to_be_visible()

    mine.get_by_label("Titel").fill("HR-direktör")
    mine.get_by_role("button", name="Spara").click()

    expect(mine.get_by_text("Någon annan har ändrat uppgifterna medan du skrev.")).to_be_visible()
    told = mine.get_by_role("table", name="Ändrat medan du skrev, av Berit Ek")
    expect(told.get_by_role("cell", name="Personaldirektör")).to_be_visible()
    expect(mine.get_by_label("Titel")).to_have_value("HR-direktör")
    expect(mine.get_by_label("Telefon")).to_have_value("0611-555 77")
    mine.get_by_role("button", name="Spara").click()
    expect(mine.get_by_text("Ändringen är sparad.")).to_be_visible()
    county.anna.refresh_from_db()
    assert (county.anna.title, county.anna.phone) == ("HR-direktör", "0611-555 77")


def test_the_story_is_told_by_kind_and_further_back(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    story = page.locator(".timeline > li")
    expect(story).to_have_count(25)

    page.get_by_role("link", name="nästa", exact=True).click()
    expect(story).to_have_count(10)
    hinder = page.get_by_role("link", name="Hinder 3")
    hinder.click()

    expect(story).to_have_count(3)
    expect(hinder).to_be_focused()
    assert "visa=hinder" in page.url
