"""The user guide, a page for each role, and the accessibility statement: open to anybody, linked from every page."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from pytest_django.asserts import assertContains, assertRedirects

import agencies.waiting
import placements.waiting.rules
import reports.waiting
from praktik.accounts.roles import Role
from praktik.views.guide import PAGES
from praktik.waiting import Kind
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FILES = sorted(settings.GUIDE_DIR.glob("*.md"))
PICTURES = sorted((settings.GUIDE_DIR / "bilder").iterdir())


def kinds(module) -> set[str]:
    return {each.label for each in vars(module).values() if isinstance(each, Kind)}


@pytest.mark.parametrize("role", Role)
def test_each_role_is_led_to_its_own_page(log_in, role):
    browser = log_in(UserFactory(role=role))
    response = browser.get("/hjalp/")
    assertRedirects(response, f"/hjalp/{PAGES[role]}/")
    page = browser.get(response.url)
    assertContains(page, f"<h1>Så använder du Praktik: {role.label}</h1>", html=True)


@pytest.mark.parametrize("page", PAGES.values())
def test_it_is_open_to_who_has_not_logged_in(client, page):
    response = client.get(f"/hjalp/{page}/")
    assert response.status_code == 200
    for picture in re.findall(r'<img src="/static/([^"]+)" alt="([^"]+)"', response.content.decode()):
        assert finders.find(picture[0]), picture
        assert len(picture[1]) > 20


def test_somebody_who_has_not_logged_in_begins_with_the_first(client):
    assertRedirects(client.get("/hjalp/"), "/hjalp/koordinator/")


@pytest.mark.parametrize("page", ["okand", "../base", "koordinator.md", "å"])
def test_there_are_no_other_pages(client, page):
    assert client.get(f"/hjalp/{page}/").status_code == 404


def test_there_is_a_file_for_each_role_and_a_picture_for_each_that_is_told_of():
    assert {file.stem for file in FILES} == set(PAGES.values())
    told = {name for file in FILES for name in re.findall(r"\(bilder/([a-z-]+\.png)\)", file.read_text())}
    assert told == {picture.name for picture in PICTURES}


def test_every_picture_is_shown_where_it_stands_in_the_text(client):
    shown = sum(client.get(f"/hjalp/{page}/").content.decode().count("<img") for page in PAGES.values())
    assert shown == sum(file.read_text().count("](bilder/") for file in FILES)


def test_the_coordinator_s_page_tells_of_everything_that_can_wait():
    guide = (settings.GUIDE_DIR / "koordinator.md").read_text()
    officers = {placements.waiting.rules.HARD.label, placements.waiting.rules.COMING.label}
    every = kinds(agencies.waiting) | kinds(placements.waiting.rules) | kinds(reports.waiting)
    for label in every - officers - {reports.waiting.NEWS.label}:
        assert label in guide, label


def test_the_officer_s_page_tells_of_what_only_officers_have():
    guide = (settings.GUIDE_DIR / "handlaggare.md").read_text()
    for kind in (placements.waiting.rules.HARD, placements.waiting.rules.COMING, placements.waiting.rules.ORDERS):
        assert kind.label in guide, kind


def test_every_page_leads_to_both(client, as_coordinator):
    for response in (client.get("/logga-in/"), as_coordinator.get("/")):
        assertContains(response, '<a href="/hjalp/">Så använder du Praktik</a>', html=True)
        assertContains(response, '<a href="/tillganglighet/">Tillgänglighet</a>', html=True)


# What the law asks of the statement (MDFFS 2019:2; Digg's page "Skapa en tillgänglighetsredogörelse").


def test_the_statement_says_what_it_has_to(client, settings):
    settings.ORGANISATION, settings.ACCESSIBILITY_EMAIL = "Länsstyrelsen Prov", "tillganglig@example.se"
    settings.ACCESSIBILITY_PHONE = "0611-555 01"
    page = client.get("/tillganglighet/").content.decode()
    for said in (
        "Länsstyrelsen Prov",
        "<strong>delvis förenligt</strong>",
        "<h2>Innehåll som inte är tillgängligt</h2>",
        "<h2>Hur vi har prövat</h2>",
        'href="mailto:tillganglig@example.se?subject=',
        'href="tel:0611-55501"',
        'href="https://www.digg.se/tdosanmalan"',
        "oskäligt betungande",
        "uppdaterades senast",
    ):
        assert said in page, said


def test_a_fault_is_told_of_the_page_one_came_from_without_what_was_searched_for(client):
    page = client.get("/tillganglighet/", HTTP_REFERER="http://testserver/sok/?q=hemligt")
    assertContains(page, "&amp;body=http%3A%2F%2Ftestserver%2Fsok%2F")
    elsewhere = client.get("/tillganglighet/", HTTP_REFERER='http://ond.example.com/"><script>')
    assert "body=" not in elsewhere.content.decode()


def test_without_a_telephone_none_is_told(client):
    assert 'href="tel:' not in client.get("/tillganglighet/").content.decode()


def test_the_guide_s_page_is_there():
    assert get_template("guide.html")
