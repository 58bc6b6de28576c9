"""The call that just ended, logged as a coordinator does it: by mouse, by keyboard alone, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from agencies.models import Contact, Dialogue, NextStep
from tests.browser.conftest import PHONE, WIDE, County

MOST_ACTIONS = 9


class Hands:
    """Does things on a page, one at a time, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, *, label: str = "", button: str = "", link: str = "") -> None:
        """Click a thing by the word on it."""
        self.actions += 1
        if label:
            self.page.get_by_label(label, exact=True).check()
        else:
            self.page.get_by_role("button" if button else "link", name=button or link, exact=True).click()

    def fill(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.actions += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def press(self, key: str) -> None:
        """Press a key chord."""
        self.actions += 1
        self.page.keyboard.press(key)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_two_contacts_a_note_and_a_next_step_take_at_most_nine_actions(
    width: int, county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator, width)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    hands = Hands(page)

    hands.click(link="Logga dialog")
    hands.click(label="Anna Lind, HR-chef")
    hands.click(label="Per Öberg, Distriktschef")
    hands.fill("Vad sades", "Vill ta två till i vår.")
    hands.fill("Nästa steg", "Skicka profil")
    hands.fill("Senast", "2019-01-11")
    hands.click(button="Spara")

    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    expect(page).to_have_url(f"{page.url.split('/myndigheter')[0]}/myndigheter/{county.agency.pk}/")
    expect(page.get_by_text("Vill ta två till i vår.")).to_be_visible()
    dialogue = Dialogue.objects.latest("pk")
    assert set(dialogue.contacts.all()) == {county.anna, county.per}
    assert dialogue.channel == "phone"
    assert NextStep.objects.latest("pk").what == "Skicka profil"
    assert hands.actions <= MOST_ACTIONS


def test_the_whole_of_it_works_by_keyboard_alone(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto("/kontor/")
    keys = page.keyboard

    keys.press("n")
    page.wait_for_url("**/dialoger/ny/**")
    keys.type("skog")
    expect(page.get_by_role("list", name="Myndigheter").get_by_role("listitem")).to_have_count(1)
    keys.press("Enter")
    page.wait_for_url(f"**/myndigheter/{county.agency.pk}/dialoger/ny/**")
    tab_to(page, "Anna Lind, HR-chef")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    tab_to(page, "Vad sades")
    keys.type("Ringde om våren.")
    keys.press("Tab")
    keys.type("Boka besök")
    keys.press("Tab")
    type_day(page, "Senast", "2019-01-14")
    keys.press("Control+Enter")

    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    assert page.url.endswith("/kontor/")
    dialogue = Dialogue.objects.latest("pk")
    assert dialogue.notes == "Ringde om våren."
    assert set(dialogue.contacts.all()) == {county.anna, county.per}
    assert NextStep.objects.latest("pk").due_on.isoformat() == "2019-01-14"


def tab_to(page: Page, label: str, most: int = 30) -> None:
    """Press Tab until the field with this label has the focus."""
    target = page.get_by_label(label, exact=True)
    for _ in range(most):
        if target.evaluate("field => field === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label} is not reached by Tab")


def type_day(page: Page, label: str, day: str) -> None:
    """Type a day into the date field that has the focus, in whatever order the browser's language has its parts."""
    year, month, date = day.split("-")
    field = page.get_by_label(label)
    for order in (f"{year}{month}{date}", f"{month}{date}{year}", f"{date}{month}{year}"):
        page.keyboard.type(order)
        if field.input_value() == day:
            return
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
    raise AssertionError(f"{label} does not take {day} from the keyboard")


def test_a_new_contact_and_an_obstacle_without_leaving_the_form(
    county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")

    page.keyboard.press("n")
    form = page.get_by_role("form", name="Logga dialog med Skogsstyrelsen")
    form.get_by_text("Ny kontakt …", exact=True).click()
    form.get_by_label("Namn").first.fill("Olle Sundin")
    form.get_by_label("E-postadress").first.fill(county.anna.email)
    page.keyboard.press("Tab")
    expect(form.get_by_text("Anna Lind, HR-chef, Skogsstyrelsen, har redan den adressen.")).to_be_visible()
    form.get_by_label("E-postadress").first.fill("olle.sundin@example.se")
    page.keyboard.press("Tab")
    # What stands below moves up when the warning goes.
    expect(form.get_by_text("har redan den adressen")).to_be_hidden()
    form.get_by_text("Hinder som kom fram …").click()
    form.get_by_label("Saknar lämpliga arbetsuppgifter").check()
    form.get_by_role("button", name="Spara").click()

    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    olle = Contact.objects.get(name="Olle Sundin")
    dialogue = Dialogue.objects.latest("pk")
    assert list(dialogue.contacts.all()) == [olle]
    assert [obstacle.kind for obstacle in dialogue.obstacles.all()] == ["no_tasks"]


def test_an_error_keeps_what_was_typed_and_says_what_to_do(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.get_by_role("link", name="Logga dialog", exact=True).click()
    page.get_by_label("Vad sades").fill("En lång anteckning")
    page.get_by_label("Nästa steg").fill("Ring")
    page.get_by_role("button", name="Spara").click()

    wrong = page.get_by_role("alert")
    expect(wrong).to_be_focused()
    expect(page).to_have_title("Fel: Logga dialog med Skogsstyrelsen – Praktik")
    wrong.get_by_role("link", name="Senast").click()
    expect(page.get_by_label("Senast")).to_be_in_viewport()
    expect(page.get_by_label("Vad sades")).to_have_value("En lång anteckning")
    page.get_by_label("Senast").fill("2019-01-11")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    assert page.url.endswith(f"/myndigheter/{county.agency.pk}/")


def test_two_quick_clicks_save_one_dialogue(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    before = Dialogue.objects.count()
    page.goto(f"/myndigheter/{county.agency.pk}/dialoger/ny/")
    page.get_by_label("Vad sades").fill("Dubbelklick")

    page.get_by_role("button", name="Spara").dblclick()

    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    assert Dialogue.objects.count() == before + 1


def test_opening_the_form_again_does_not_throw_away_what_is_typed(
    county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.keyboard.press("n")
    page.get_by_label("Vad sades").fill("Halvvägs")

    page.get_by_role("link", name="Logga dialog", exact=True).click()

    expect(page.get_by_label("Anna Lind, HR-chef")).to_be_focused()
    expect(page.get_by_label("Vad sades")).to_have_value("Halvvägs")


def test_it_works_without_scripts(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator, scripts=False)
    page.goto("/")

    page.get_by_role("link", name="Logga dialog", exact=True).click()
    page.get_by_label("Vilken myndighet var det?").fill("skog")
    page.keyboard.press("Enter")
    page.get_by_label("Anna Lind, HR-chef").check()
    page.get_by_label("Vad sades").fill("Utan skript")
    page.get_by_role("button", name="Spara").click()

    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    assert Dialogue.objects.latest("pk").notes == "Utan skript"
    assert page.url.endswith("/")


def test_what_was_typed_when_the_session_ended_is_there_after_login(
    county: County, open_browser: Callable[..., Page]
) -> None:
    county.coordinator.set_password("ett-mycket-långt-lösenord")
    county.coordinator.save()
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.keyboard.press("n")
    page.get_by_label("Anna Lind, HR-chef").check()
    page.get_by_label("Vad sades").fill("Skrivet medan tiden gick ut")
    page.context.clear_cookies(name="sessionid")
    before = Dialogue.objects.count()

    page.get_by_role("button", name="Spara").click()
    page.get_by_label("E-postadress").fill(county.coordinator.email)
    page.get_by_label("Lösenord").fill("ett-mycket-långt-lösenord")
    page.get_by_role("button", name="Logga in").click()

    expect(page.get_by_text("Du hann bli utloggad.")).to_be_visible()
    expect(page.get_by_label("Vad sades")).to_have_value("Skrivet medan tiden gick ut")
    expect(page.get_by_label("Anna Lind, HR-chef")).to_be_checked()
    assert Dialogue.objects.count() == before
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    assert Dialogue.objects.count() == before + 1


def test_enter_in_a_row_of_choices_saves_nothing(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    before = Dialogue.objects.count()
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.keyboard.press("n")
    expect(page.get_by_label("Anna Lind, HR-chef")).to_be_focused()

    page.keyboard.press("Enter")
    page.get_by_label("Vad sades").fill("Kvar")

    expect(page.get_by_label("Vad sades")).to_have_value("Kvar")
    assert Dialogue.objects.count() == before


def test_a_dialogue_logged_by_mistake_is_taken_back_from_the_message(
    county: County, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/dialoger/ny/")
    expect(page.get_by_label("Anna Lind, HR-chef")).to_be_focused()
    page.get_by_label("Vad sades").fill("Fel myndighet")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".timeline").get_by_text("Fel myndighet")).to_be_visible()

    page.get_by_role("status").get_by_role("button", name="Ångra").click()

    expect(page.get_by_text("Dialogen är borttagen och räknas inte.")).to_be_visible()
    expect(page.locator(".timeline").get_by_text("Fel myndighet")).to_have_count(0)
    assert not Dialogue.objects.held().filter(notes="Fel myndighet").exists()


def test_the_call_closes_the_step_that_asked_for_it(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.keyboard.press("n")
    page.get_by_role("checkbox", name="Ring HR-chefen om våren").check()
    page.get_by_role("button", name="Spara").click()

    expect(page.get_by_text("Dialogen med Skogsstyrelsen är sparad.")).to_be_visible()
    assert NextStep.objects.get(what="Ring HR-chefen om våren").done_on is not None


def test_leaving_typed_text_asks_first(county: County, open_browser: Callable[..., Page]) -> None:
    page = open_browser(county.coordinator)
    page.goto(f"/myndigheter/{county.agency.pk}/")
    page.keyboard.press("n")
    page.get_by_label("Vad sades").press_sequentially("Halvvägs")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.get_by_role("link", name="Kontor", exact=True).click(no_wait_after=True)
    page.get_by_role("link", name="Avbryt").click()

    expect(page.get_by_label("Vad sades")).to_have_value("Halvvägs")
    assert asked == ["beforeunload", "confirm"]
