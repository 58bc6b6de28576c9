"""Letters as one writes, sends and reads them: no fault in any width, by keyboard alone, and followed as they go."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from praktik.accounts.models import User
from reports import lifecycle
from reports.choices import LetterKind
from reports.mail import parts_of
from reports.models import Delivery, Letter
from reports.sending import send_due
from tests.browser.conftest import PHONE, WIDE, County, Places
from tests.browser.test_every_page import OWN_LEVELS, faults_in_both, violations
from tests.factories import OfficeFactory

WORDS = (
    "## På gång\n\nTre saker:\n\n- *ett*\n- **två**\n- [tre](https://example.se/en/mycket/lang/adress)\n\n> Det går."
)
SITE = "https://praktik.example.se"
IN_THE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def sent(letter: Letter, by: User) -> Letter:
    """The letter, frozen and in the queue."""
    ready = lifecycle.readied(letter, by, site=SITE)
    return lifecycle.freeze(letter, by=by, site=SITE, seen=ready.stamp)


@pytest.fixture
def letters(county: County, places: Places) -> dict[str, Letter]:
    """A letter that was sent to all but one, one that is written, and a newsletter."""
    by = county.coordinator
    weekly = lifecycle.draft(LetterKind.WEEKLY, date(2018, 12, 17), by=by)
    weekly = sent(lifecycle.write_letter(weekly, by=by, intro=WORDS, notices=WORDS), by)
    send_due()
    first = weekly.deliveries.first()
    Delivery.objects.filter(pk=first.pk).update(sent_at=None, tries=4, answer="550 5.1.1 No such mailbox")
    draft = lifecycle.draft(LetterKind.WEEKLY, date(2018, 12, 31), by=by)
    OfficeFactory(name="Arbetsförmedlingen Utan läsare")
    newsletter = lifecycle.draft(LetterKind.NEWSLETTER, date(2018, 12, 31), by=by)
    newsletter = lifecycle.write_letter(newsletter, by=by, example=WORDS, quote="Det går bra.", meetings=WORDS)
    return {"sent": weekly, "draft": draft, "newsletter": newsletter}


def test_no_page_of_letters_has_a_fault(
    county: County, letters: dict[str, Letter], open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator)
    read, draft, newsletter = (letters[name].pk for name in ("sent", "draft", "newsletter"))
    drafts = [f"/brev/{pk}/{name}/" for pk in (draft, newsletter) for name in ("utkast", "mottagare", "granska")]
    addresses = [
        "/",
        "/brev/",
        "/brev/?sok=finns+inte",
        "/brev/nytt/veckobrev/",
        "/brev/takt/nyhetsbrev/",
        f"/brev/{read}/",
        f"/brev/{read}/utskick/",
        f"/brev/{read}/diarienummer/",
        f"/brev/{newsletter}/granska/?visa=telefon",
        f"/brev/{newsletter}/granska/?visa=text",
        *drafts,
    ]

    found = [fault for address in addresses for fault in faults_in_both(page, address, (PHONE,))]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["sent", "newsletter"])
def test_the_letter_itself_has_no_fault_as_mail(
    name: str, county: County, letters: dict[str, Letter], open_browser: Callable[..., Page]
) -> None:
    letter, page = letters[name], open_browser(None)
    letter = letter if letter.sent_at else sent(letter, county.coordinator)
    html = parts_of(letter.copy.message)[1]
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, OWN_LEVELS) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_letter_is_written_and_sent_by_keyboard_alone(
    scripts: bool, county: County, places: Places, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(county.coordinator, scripts=scripts)
    page.goto("/brev/nytt/veckobrev/")
    page.get_by_role("button", name="Skapa utkast").press("Enter")
    page.get_by_label("Inledning").fill("God jul!")
    page.get_by_role("button", name="Flytta ned: På väg").press("Enter")
    expect(page.get_by_label("Inledning")).to_have_value("God jul!")
    page.get_by_label("Notiser").first.fill("Kontoren stänger vid lunch.")
    page.get_by_role("button", name="Spara och granska").press("Enter")
    frame = page.frame_locator("iframe[title='Brevet som det kommer fram']")
    expect(frame.get_by_text("God jul!")).to_be_visible()
    page.get_by_role("button", name="Skicka till").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Klart")
    letter = Letter.objects.get()
    assert letter.sent_by == county.coordinator
    assert [part for part, _ in letter.parts][2:4] == ["ongoing", "coming"]


def test_the_progress_moves_without_a_new_page(
    county: County, places: Places, open_browser: Callable[..., Page], settings: Any
) -> None:
    settings.TASKS = IN_THE_QUEUE
    letter = sent(lifecycle.draft(LetterKind.NEWSLETTER, date(2018, 12, 31), by=county.coordinator), county.coordinator)
    page = open_browser(county.coordinator)
    page.goto(f"/brev/{letter.pk}/utskick/")
    page.evaluate("window.samePage = true")
    expect(page.locator("#progress .lead")).to_contain_text("0 av")
    send_due()
    expect(page.get_by_role("status")).to_contain_text("Klart")
    assert page.evaluate("window.samePage") is True
    assert page.locator("#progress[hx-get]").count() == 0
