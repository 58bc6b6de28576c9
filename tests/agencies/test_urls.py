"""Every address of the project: who may open it, by which method, and what the others are told."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern, RoutePattern
from pytest_django.asserts import assertContains

from agencies.urls import urlpatterns as agencies_urls
from praktik.accounts.roles import PERMISSIONS, Role
from praktik.urls import OPEN
from praktik.views.history import KINDS
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# What stands in the changing part of an address.
PARTS = {"kind": "myndighet", "uidb64": "MQ", "token": "set-password", "app_label": "agencies", "url": "nowhere"}


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """One address for every pattern there is, also those of the admin site."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + written_out(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, path)
        else:
            assert isinstance(each, URLPattern)
            yield path


def written_out(pattern: RoutePattern | RegexPattern) -> str:
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: PARTS.get(found[1], "1"), str(pattern))
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: PARTS.get(found[1], "1"), str(pattern))
    return plain.strip("^$").replace(r"\Z", "")


EVERYWHERE = sorted(set(addresses()))


def test_the_walk_finds_the_way():
    assert len(EVERYWHERE) > 70
    for address in ("/", "/myndigheter/1/dialoger/ny/", "/konto/", "/admin/agencies/office/1/change/", "/halsa/"):
        assert address in EVERYWHERE
    for address in EVERYWHERE:
        resolve(address)


def is_open(address: str) -> bool:
    return resolve(address).view_name in OPEN


@pytest.mark.parametrize("address", [each for each in EVERYWHERE if not is_open(each)])
def test_who_is_not_logged_in_is_led_to_the_login(client, address):
    for method in (client.get, client.post):
        response = method(address)
        assert response.status_code == 302, method
        # The admin site leads to its own login first, which leads on.
        assert response.url.startswith(("/logga-in/", "/admin/login/?next=/admin/")), response.url
        response = method(address, headers=HTMX)
        assert response.status_code == 401, method
        assert response.content == b""


@pytest.mark.parametrize("address", [each for each in EVERYWHERE if is_open(each)])
def test_what_is_open_leads_nobody_to_the_login(client, address):
    response = client.get(address)
    if address == "/admin/login/":
        assert response.url == "/logga-in/?next=%2Fadmin%2F"
    else:
        assert response.status_code == 200


def test_every_open_address_is_there():
    assert {resolve(each).view_name for each in EVERYWHERE if is_open(each)} == OPEN


# The agencies' room: role by role, address by address

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
METHODS = {
    "agency-list": GET,
    "agency-new": BOTH,
    "agency": GET,
    "agency-edit": BOTH,
    "agency-archive": POST,
    "agency-restore": POST,
    "dialogue-new": BOTH,
    "contact-new": BOTH,
    "obstacle-new": BOTH,
    "step-new": BOTH,
    "dialogue-choose": GET,
    "dialogue": GET,
    "dialogue-edit": BOTH,
    "dialogue-withdraw": POST,
    "dialogue-restore": POST,
    "contact-address": GET,
    "contact": GET,
    "contact-edit": BOTH,
    "contact-gone": BOTH,
    "contact-back": POST,
    "obstacle": GET,
    "obstacle-edit": BOTH,
    "obstacle-resolve": POST,
    "obstacle-reopen": POST,
    "step": GET,
    "step-edit": BOTH,
    "step-done": POST,
    "step-reopen": POST,
    "step-take-back": POST,
    "step-move": POST,
    "step-hand": POST,
    "office-list": GET,
    "office": GET,
}
VIEWS = {each.name: each for each in agencies_urls}


def test_every_address_of_the_room_is_walked_here():
    assert set(VIEWS) == set(METHODS)
    assert len(VIEWS) == len(agencies_urls)


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_says_which_permission_it_takes(name):
    permission = getattr(VIEWS[name].callback, "permission", "")
    app, codename = permission.split(".")
    assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists(), permission
    assert permission in PERMISSIONS[Role.COORDINATOR]


@pytest.fixture
def county():
    """A row of everything; name in the address -> primary key."""
    agency = AgencyFactory(name="Trafikverket")
    contact = ContactFactory(agency=agency)
    dialogue = DialogueFactory(agency=agency, contacts=[contact])
    step = NextStepFactory(agency=agency, dialogue=dialogue)
    obstacle = ObstacleFactory(agency=agency, dialogue=dialogue)
    office = OfficeFactory(municipalities=agency.municipalities.all())
    return {
        "myndigheter": agency.pk,
        "kontakter": contact.pk,
        "dialoger": dialogue.pk,
        "nasta-steg": step.pk,
        "hinder": obstacle.pk,
        "kontor": office.pk,
    }


def there(name: str, county: dict[str, int]) -> str:
    route = str(VIEWS[name].pattern)
    return "/" + route.replace("<int:pk>", str(county[route.split("/")[0]]))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", METHODS)
def test_a_view_answers_the_roles_that_hold_its_permission_and_no_other(log_in, county, name, role):
    permission = VIEWS[name].callback.permission
    browser = log_in(UserFactory(role=role))
    allowed = permission in PERMISSIONS[role]
    for method in METHODS[name]:
        response = getattr(browser, method.lower())(there(name, county))
        if allowed:
            assert response.status_code == (302 if METHODS[name] == POST else 200), method
        else:
            assertContains(response, "Den visas för koordinator", status_code=403)
            assert browser.get(there(name, county), headers=HTMX).status_code in (403, 405)


@pytest.mark.parametrize("name", [name for name, methods in METHODS.items() if methods != BOTH])
def test_a_view_refuses_the_other_method(as_coordinator, county, name):
    other = "get" if METHODS[name] == POST else "post"
    before = history_of_everything()
    assert getattr(as_coordinator, other)(there(name, county)).status_code == 405
    assert history_of_everything() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("name", METHODS)
def test_no_view_answers_other_methods(as_coordinator, county, name, method):
    assert getattr(as_coordinator, method)(there(name, county)).status_code == 405


def history_of_everything() -> int:
    return sum(model.history.count() for model, _ in KINDS.values())


@pytest.mark.parametrize("name", [name for name, methods in METHODS.items() if "GET" in methods])
def test_looking_writes_nothing(as_coordinator, county, name):
    as_coordinator.get("/konto/")  # The session's end is moved on at the first request, and then rarely.
    with CaptureQueriesContext(connection) as queries:
        as_coordinator.get(there(name, county))
    assert [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.parametrize("name", [name for name, methods in METHODS.items() if "POST" in methods])
def test_a_form_sent_from_another_site_is_refused(coordinator, county, name):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator, backend="praktik.accounts.backends.PasswordBackend")
    before = history_of_everything()
    assert browser.post(there(name, county), {"dagar": "7"}).status_code == 403
    assert history_of_everything() == before


# History, kind by kind


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", KINDS)
def test_the_history_of_a_record_is_read_by_who_may_read_all_of_it(log_in, county, kind, role):
    model, permission = KINDS[kind]
    MunicipalityFactory()
    user = UserFactory(role=role)
    response = log_in(user).get(f"/historik/{kind}/{model.objects.first().pk}/")
    assert response.status_code == (200 if permission in PERMISSIONS[role] else 403)


@pytest.mark.parametrize("path", ["okant/1", "myndighet/0", f"myndighet/{9 * 10**30}", "kontakt/0"])
def test_a_history_that_is_not_there_is_not_found(as_coordinator, path):
    assert as_coordinator.get(f"/historik/{path}/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_start_page_and_an_account(log_in, county, role):
    browser = log_in(UserFactory(role=role))
    for address in ("/", "/konto/", "/tillganglighet/"):
        assert browser.get(address).status_code == 200
