"""Every address of the project: who may open it, by which method, and what the others are told."""

import pytest
from django.urls import resolve

from agencies.urls import urlpatterns
from praktik.accounts.roles import PERMISSIONS, Role
from praktik.urls import OPEN
from praktik.views.history import KINDS
from tests.agencies.browsing import HTMX
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    HandoverFactory,
    LetterFactory,
    LetterIntervalFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    TargetFactory,
    UserFactory,
)
from tests.walk import BOTH, GET, POST, Room, addresses, looking_writes_nothing

pytestmark = pytest.mark.django_db

EVERYWHERE = sorted(set(addresses()))


def test_the_walk_finds_the_way():
    assert len(EVERYWHERE) > 100
    for address in (
        "/",
        "/myndigheter/1/dialoger/ny/",
        "/platser/1/starta/",
        "/konto/",
        "/admin/agencies/office/1/change/",
        "/halsa/",
    ):
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
    elif address == "/hjalp/":
        assert response.url == "/hjalp/koordinator/"
    else:
        # A page or a calendar of that name is not there, and says so.
        assert response.status_code == (404 if address.startswith(("/hjalp/", "/kalender/")) else 200)


def test_every_open_address_is_there():
    assert {resolve(each).view_name for each in EVERYWHERE if is_open(each)} == OPEN


# The agencies' room: role by role, address by address

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
    "obstacle-stands": POST,
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
    "office-address": BOTH,
}
ROOM = Room(urlpatterns, METHODS)


def test_every_address_of_the_room_is_walked_here():
    ROOM.is_whole()


def test_every_view_says_which_permission_it_takes():
    for name in METHODS:
        ROOM.says_its_permission(name)


@pytest.fixture
def there():
    """A row of everything: a function from an address's name to the address of one of them."""
    agency = AgencyFactory(name="Trafikverket")
    contact = ContactFactory(agency=agency)
    dialogue = DialogueFactory(agency=agency, contacts=[contact])
    step = NextStepFactory(agency=agency, dialogue=dialogue)
    obstacle = ObstacleFactory(agency=agency, dialogue=dialogue)
    office = OfficeFactory(municipalities=agency.municipalities.all())
    keys = {
        "myndigheter": agency.pk,
        "kontakter": contact.pk,
        "dialoger": dialogue.pk,
        "nasta-steg": step.pk,
        "hinder": obstacle.pk,
        "kontor": office.pk,
    }

    def address(name: str) -> str:
        route = str(ROOM.views[name].pattern)
        return "/" + route.replace("<int:pk>", str(keys[route.split("/")[0]]))

    return address


@pytest.mark.once
@pytest.mark.parametrize("name", METHODS)
def test_a_view_answers_the_roles_that_hold_its_permission_and_no_other(log_in, there, name):
    people = {role: UserFactory(role=role) for role in Role}
    ROOM.answers_who_may(name, there(name), log_in, people)


@pytest.mark.once
@pytest.mark.parametrize("name", METHODS)
def test_a_view_refuses_other_methods_than_its_own(as_coordinator, there, name):
    ROOM.refuses_other_methods(name, there(name), as_coordinator)


@pytest.mark.once
@pytest.mark.parametrize("name", ROOM.with_method("GET"))
def test_looking_writes_nothing(as_coordinator, there, name):
    looking_writes_nothing(as_coordinator, there(name))


@pytest.mark.once
@pytest.mark.parametrize("name", ROOM.with_method("POST"))
def test_a_form_sent_from_another_site_is_refused(as_coordinator, there, name):
    ROOM.refuses_another_site(name, there(name), as_coordinator, dagar="7")


# History, kind by kind


@pytest.mark.once
@pytest.mark.parametrize("kind", KINDS)
def test_the_history_of_a_record_is_read_by_who_may_read_all_of_it(log_in, there, kind):
    model, permission = KINDS[kind]
    for make in (MunicipalityFactory, TargetFactory, MonthlyReportFactory, LetterFactory, LetterIntervalFactory):
        make()
    people = {role: UserFactory(role=role) for role in Role}
    # All of a place's is read by the office that has it in hand.
    own = OfficeFactory(officers=people.values())
    HandoverFactory(placement__office=own)
    OrderAnswerFactory(order__places=[PlacementFactory(office=own)])
    address = f"/historik/{kind}/{model.objects.first().pk}/"
    answers = {role: log_in(user).get(address).status_code for role, user in people.items()}
    assert answers == {role: 200 if permission in PERMISSIONS[role] else 403 for role in Role}


@pytest.mark.parametrize("path", ["okant/1", "myndighet/0", f"myndighet/{9 * 10**30}", "kontakt/0"])
def test_a_history_that_is_not_there_is_not_found(as_coordinator, path):
    assert as_coordinator.get(f"/historik/{path}/").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_start_page_and_an_account(log_in, there, role):
    browser = log_in(UserFactory(role=role))
    for address in ("/", "/konto/", "/tillganglighet/"):
        assert browser.get(address).status_code == 200
