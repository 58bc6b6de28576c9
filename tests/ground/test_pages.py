"""The house's own pages: up or not, open or not, what each role begins with, and what every answer carries."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.test import Client
from django.urls import path

from agencies.choices import ObstacleKind
from praktik import urls
from praktik.accounts.roles import Role
from tests.conftest import BACKEND
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    UserFactory,
)


@login_not_required
def broken(request):
    raise RuntimeError("Broken on purpose.")


# The house's addresses and one page that breaks, for the tests that ask for it.
urlpatterns = [path("trasig/", broken), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


# Is it up?


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_site_says_that_it_is_up(client, method, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = getattr(client, method)("/halsa/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content == (b"" if method == "head" else b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.fixture
def another_connection(db):
    """A function that puts another connection in the place of the pages' own, until the test is over."""
    own = connections["default"]

    def put(**differences):
        connections["default"] = type(own)({**own.settings_dict, **differences}, "default")
        return connections["default"]

    yield put
    if connections["default"] is not own:
        connections["default"].close()
    connections["default"] = own


def test_the_site_says_when_its_database_cannot_be_reached(client, another_connection):
    another_connection(NAME="/nowhere/praktik", HOST="/nowhere")
    answer = client.get("/halsa/")
    assert (answer.status_code, answer.content.decode()) == (503, "databasen svarar inte\n")


def test_the_site_says_when_its_database_has_hung_up(client, another_connection):
    lost = another_connection()
    lost.ensure_connection()
    lost.connection.close()
    assert client.get("/halsa/").status_code == 503
    lost.close()
    assert client.get("/halsa/").status_code == 200


def test_nothing_is_sent_to_the_page_that_says_whether_the_site_is_up(client):
    assert client.post("/halsa/").status_code == 405


# Open or not.


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role])
def test_anybody_reads_how_accessible_the_site_is(client, log_in, role, settings):
    settings.ACCESSIBILITY_EMAIL = "tillganglighet@example.se"
    browser = log_in(UserFactory(role=role)) if role else client
    answer = browser.get("/tillganglighet/")
    assert answer.status_code == 200
    assert "mailto:tillganglighet@example.se" in answer.content.decode()
    assert settings.ORGANISATION in answer.content.decode()


@pytest.mark.django_db
def test_a_page_of_another_role_says_whose_it_is(as_steering):
    answer = as_steering.get("/myndigheter/")
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Den visas för koordinator och handläggare. Du är inloggad som styrgrupp." in text
    assert 'href="/"' in text


@pytest.mark.django_db
@pytest.mark.parametrize("logged_in", [True, False])
@pytest.mark.parametrize("address", ["/finns-inte/", "/myndigheter/x/", "/historik/platser/1/", "/%00/"])
def test_an_address_that_leads_nowhere_says_so(client, as_coordinator, address, logged_in):
    browser = as_coordinator if logged_in else client
    if not logged_in and address.startswith("/historik/"):
        assert browser.get(address).status_code == 302
        return
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_page_that_breaks_says_whom_to_tell_and_needs_no_database(settings):
    # Without a mark for it, a test that asks the database fails.
    browser = Client(raise_request_exception=False)
    answer = browser.get("/trasig/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert f"säg till {settings.ORGANISATION}" in text
    assert "Broken on purpose" not in text


ADMIN = ["/admin/", "/admin/accounts/user/", "/admin/agencies/office/add/", "/admin/login/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADMIN)
def test_the_admin_site_has_our_login(client, administrator, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    assert answer.templates[0].name == "accounts/login.html"
    leads_to = "/admin/" if address == "/admin/login/" else address
    assert answer.context["next"] == leads_to
    there = client.post("/logga-in/", {"username": administrator.email, "password": PASSWORD, "next": leads_to})
    assert (there.status_code, there["Location"]) == (302, leads_to)
    assert client.get(leads_to).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER, Role.STEERING_GROUP])
@pytest.mark.parametrize("address", ADMIN)
def test_the_admin_site_is_the_administrators(log_in, role, address):
    answer = log_in(UserFactory(role=role)).get(address, follow=True)
    assert answer.status_code == 403
    assert f"Den visas för administratör. Du är inloggad som {role.label}." in answer.content.decode()


@pytest.mark.django_db
def test_an_administrator_who_asks_for_the_login_of_the_admin_site_is_let_in(as_administrator):
    answer = as_administrator.get("/admin/login/?next=/admin/accounts/user/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


# What each role begins with.


def for_coordinator(user, rows):
    """Own steps that are late, near and far, colleagues' late ones, and agencies that are silent."""
    colleague = UserFactory()
    for number in range(rows):
        NextStepFactory(owner=user, due_on=date(2018, 12, 1) + timedelta(days=number))
        NextStepFactory(owner=user, due_on=date(2019, 6, 1))
        NextStepFactory(owner=colleague, due_on=date(2018, 12, 1))
        AgencyFactory()
        DialogueFactory(agency=AgencyFactory(), held_on=date(2018, 1, 1), by=user)


def for_case_officer(user, rows):
    """Offices in several municipalities with an agency each."""
    for _ in range(rows):
        towns = [MunicipalityFactory(), MunicipalityFactory()]
        OfficeFactory(municipalities=towns, officers=[user])
        DialogueFactory(agency=AgencyFactory(municipalities=towns), by=user)


def for_steering_group(user, rows):
    """Agencies in dialogue, with contacts and obstacles."""
    kinds = [kind for kind in ObstacleKind if kind != ObstacleKind.OTHER]
    for number in range(rows):
        agency = AgencyFactory()
        DialogueFactory(agency=agency, contacts=[ContactFactory(agency=agency)])
        ObstacleFactory(agency=agency, kind=kinds[number % len(kinds)])


def for_administrator(user, rows):
    """Users who have never logged in, and offices without an officer."""
    for _ in range(rows):
        UserFactory()
        OfficeFactory()


START = {
    Role.COORDINATOR: ("start/coordinator.html", for_coordinator),
    Role.CASE_OFFICER: ("start/case_officer.html", for_case_officer),
    Role.STEERING_GROUP: ("start/steering_group.html", for_steering_group),
    Role.ADMINISTRATOR: ("start/administrator.html", for_administrator),
}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_each_role_begins_the_day_with_its_own_page_which_costs_no_more_however_much_there_is(
    role, log_in, django_assert_max_num_queries
):
    template, fill = START[role]
    user = UserFactory(role=role)
    browser = log_in(user)
    browser.get("/")  # which also notes in the session that somebody is there
    costs = []
    for rows in (1, 59):
        fill(user, rows)
        with django_assert_max_num_queries(15) as asked:
            answer = browser.get("/")
        assert (answer.status_code, answer.templates[0].name) == (200, template)
        costs.append(len(asked))
    # A page of what is most urgent may have fewer kinds of rows to fetch.
    assert costs[1] <= costs[0]


NOTHING = {
    Role.COORDINATOR: "Ingenting väntar på dig.",
    Role.CASE_OFFICER: "Du hör inte till något kontor än.",
    Role.STEERING_GROUP: "Ingen månad är publicerad än.",
    Role.ADMINISTRATOR: "1 person kan logga in.",
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_first_page_of_a_new_installation_says_that_nothing_waits(role, log_in):
    answer = log_in(UserFactory(role=role)).get("/")
    assert answer.status_code == 200
    assert answer.templates[0].name == START[role][0]
    assert NOTHING[role] in answer.content.decode()


# The demonstration says so.

BANNER = "Demonstration. Dagens datum är"


def every_kind_of_page(user):
    """(description, answer) of one page of each kind, from login to error."""
    browser, stranger = Client(raise_request_exception=False), Client(raise_request_exception=False)
    browser.force_login(user, backend=BACKEND)
    agency = AgencyFactory()
    yield "login", stranger.get("/logga-in/")
    yield "failed login", stranger.post("/logga-in/", {"username": "x@example.se", "password": "x"})
    yield "forgotten password", stranger.get("/glomt-losenord/")
    yield "link sent", stranger.get("/glomt-losenord/skickat/")
    yield "used link", stranger.get("/nytt-losenord/MQ/set-password/")
    yield "accessibility", stranger.get("/tillganglighet/")
    yield "not found, logged out", stranger.get("/finns-inte/")
    yield "start", browser.get("/")
    yield "list", browser.get("/myndigheter/")
    yield "agency", browser.get(agency.get_absolute_url())
    yield "form", browser.get(f"/myndigheter/{agency.pk}/dialoger/ny/")
    yield "refused form", browser.post("/myndigheter/ny/", {})
    yield "history", browser.get(f"/historik/myndighet/{agency.pk}/")
    yield "account", browser.get("/konto/")
    yield "not found", browser.get("/finns-inte/")
    yield "not for the role", browser.get("/historik/kommun/1/")
    strict = Client(enforce_csrf_checks=True)
    yield "forged", strict.post("/logga-in/", {})


@pytest.mark.once
@pytest.mark.django_db
def test_the_demonstration_says_so_and_what_day_it_is_on_every_page(settings, coordinator):
    settings.DEMONSTRATION = True
    for kind, answer in every_kind_of_page(coordinator):
        assert BANNER in answer.content.decode(), kind
        assert "2018-12-31" in answer.content.decode(), kind


@pytest.mark.once
@pytest.mark.django_db
def test_nothing_but_the_demonstration_says_that_it_is_one(settings, coordinator):
    assert settings.DEMONSTRATION is False
    for kind, answer in every_kind_of_page(coordinator):
        assert "Demonstration" not in answer.content.decode(), kind


@pytest.mark.django_db
def test_the_admin_site_of_the_demonstration_says_so(settings, as_administrator):
    for address in ("/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/"):
        assert BANNER not in as_administrator.get(address).content.decode()
        settings.DEMONSTRATION = True
        assert BANNER in as_administrator.get(address).content.decode()
        settings.DEMONSTRATION = False


@pytest.mark.urls(__name__)
def test_a_page_that_breaks_in_the_demonstration_says_that_it_is_one(settings):
    settings.DEMONSTRATION = True
    assert BANNER in Client(raise_request_exception=False).get("/trasig/").content.decode()


# What every answer carries.


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_every_page_allows_nothing_inline_no_frame_and_no_guessing(coordinator):
    stranger = Client(raise_request_exception=False)
    pages = [
        *every_kind_of_page(coordinator),
        ("broken", stranger.get("/trasig/")),
        ("health", stranger.get("/halsa/")),
        ("to login", stranger.get("/myndigheter/")),
        ("fragment without a session", stranger.get("/myndigheter/", headers={"HX-Request": "true"})),
    ]
    for kind, answer in pages:
        policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
        for directive in ("default-src", "script-src", "style-src", "form-action"):
            assert policy[directive] == "'self'", kind
        for directive in ("object-src", "base-uri", "frame-ancestors"):
            assert policy[directive] == "'none'", kind
        assert "unsafe" not in answer["Content-Security-Policy"], kind
        assert answer["X-Frame-Options"] == "DENY", kind
        assert answer["X-Content-Type-Options"] == "nosniff", kind
        assert answer["Referrer-Policy"] == "same-origin", kind
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", kind


@pytest.mark.once
@pytest.mark.django_db
def test_every_page_is_asked_for_anew_and_no_fragment_is_taken_for_it(coordinator):
    for kind, answer in every_kind_of_page(coordinator):
        cached = {part.strip() for part in answer["Cache-Control"].split(",")}
        assert "private" in cached, kind
        assert "no-cache" in cached, kind
        assert {"HX-Request", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}, kind


@pytest.mark.django_db
def test_what_one_types_is_found_again_by_going_back(as_coordinator):
    # A browser forgets a page that says no-store.
    assert "no-store" not in as_coordinator.get("/myndigheter/ny/")["Cache-Control"]


@pytest.mark.django_db
def test_no_script_reads_the_session_and_no_other_site_sends_it(client, coordinator):
    client.get("/logga-in/")
    answer = client.post("/logga-in/", {"username": coordinator.email, "password": PASSWORD})
    session = answer.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert session["max-age"] == 8 * 60 * 60
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
