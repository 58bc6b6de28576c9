"""Every address of the room: who may open it, by which method, and what the others are told."""

from collections.abc import Callable
from datetime import date

import pytest

from praktik.accounts.roles import Role
from reports import lifecycle
from reports.models import MonthlyReport
from reports.urls import urlpatterns
from tests.factories import DeliveryFactory, LetterFactory, MatchingOrderFactory, OfficeFactory, UserFactory
from tests.walk import BOTH, GET, POST, Room, looking_writes_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.once]

METHODS = {
    "results": GET,
    "results-file": GET,
    "target-list": GET,
    "target-new": BOTH,
    "year": GET,
    "parts": GET,
    "measuring": GET,
    "year-chart": GET,
    "year-file": GET,
    "month-list": GET,
    "month": GET,
    "month-draft": BOTH,
    "month-withdraw": BOTH,
    "month-chart": GET,
    "month-file": GET,
    "withdrawn-month": GET,
    "letter-list": GET,
    "letter": GET,
    "letter-file": GET,
    "letter-frame": GET,
    "letter-new": BOTH,
    "letter-draft": BOTH,
    "letter-discard": BOTH,
    "letter-recipients": BOTH,
    "letter-review": BOTH,
    "letter-deliveries": GET,
    "letter-again": POST,
    "delivery-file": GET,
    "letter-register": BOTH,
    "order-remind": POST,
    "letter-interval": BOTH,
}
ROOM = Room(urlpatterns, METHODS, frozenset({"letter-register", "letter-discard", "letter-recipients"}))
FIGURES = {name for name in METHODS if not name.startswith(("letter", "delivery"))}
WRITES = {"order-remind", "target-list", "target-new", "month-draft", "month-withdraw", "withdrawn-month"}
READ_BY_OFFICERS = {"letter-list", "letter", "letter-file", "letter-frame"}
UNSENT = {"letter-draft", "letter-discard", "letter-recipients", "letter-review"}
MAY = date(2018, 5, 1)
PARTS = {
    "<year:year>": "2018",
    "<path:code>": "PIS",
    "<slug:what>": "resultat",
    "<slug:form>": "csv",
    "<slug:kind>": "nyhetsbrev",
}


@pytest.fixture
def address(coordinator) -> Callable[[str], str]:
    """From an address's name to one with something behind it: May is published, April was, and June is a draft."""
    withdrawn = lifecycle.publish(date(2018, 4, 1), by=coordinator, words="")
    lifecycle.withdraw(withdrawn, by=coordinator, reason="Fel månad")
    lifecycle.publish(MAY, by=coordinator, words="Takten håller.")
    lifecycle.write(date(2018, 6, 1), by=coordinator, words="Halva året.")
    OfficeFactory(letter_email="ange@example.se")
    order = MatchingOrderFactory()
    draft, failed = LetterFactory(), DeliveryFactory(next_at=None, tries=4, answer="550 no such mailbox")

    def made(name: str) -> str:
        route = "/" + str(ROOM.views[name].pattern)
        if name == "order-remind":
            return route.replace("<int:pk>", str(order.pk))
        if name not in FIGURES:
            letter = draft if name in UNSENT else failed.letter
            route = route.replace("<int:pk>", str(letter.pk)).replace("<int:delivery>", str(failed.pk))
            route = route.replace("<slug:form>", "eml")
        for part, value in PARTS.items():
            route = route.replace(part, value)
        month = "2018-06" if name == "month-draft" else "2018-05"
        return route.replace("<month:month>", month).replace("<int:pk>", str(withdrawn.pk))

    return made


def test_every_address_of_the_room_is_walked_here():
    ROOM.is_whole()


def test_every_view_says_which_permission_it_takes():
    for name in METHODS:
        ROOM.says_its_permission(name)
        if name in FIGURES:
            assert (ROOM.permission(name) != "reports.read_results") == (name in WRITES), name
        else:
            assert (ROOM.permission(name) == "reports.view_letter") == (name in READ_BY_OFFICERS), name


def test_who_may_gets_the_page_and_the_others_are_told_who_may(address, log_in):
    people = {role: UserFactory(role=role) for role in Role}
    for name in METHODS:
        ROOM.answers_who_may(name, address(name), log_in, people)


def test_looking_writes_nothing_and_other_methods_are_refused(address, as_coordinator, log_in, coordinator):
    for name in METHODS:
        if "GET" in METHODS[name]:
            looking_writes_nothing(as_coordinator, address(name))
        ROOM.refuses_other_methods(name, address(name), as_coordinator)
    for name in ROOM.with_method("POST"):
        ROOM.refuses_another_site(name, address(name), log_in(coordinator), reason="x", words="x")


@pytest.mark.parametrize(
    "wrong",
    [
        "/resultat/0000/",
        "/resultat/9999/",
        "/resultat/20180/",
        "/resultat/2018/diagram/ABC.svg",
        "/resultat/2018/resultat.exe",
        "/resultat/2018/annat.csv",
        "/resultat/2018/resultat.csv?tabell=finns-inte",
        "/resultat/ar-for-ar.docx",
        "/manadsrapporter/2018-13/",
        "/manadsrapporter/2018-00/",
        "/manadsrapporter/2017-09/",
        "/manadsrapporter/2017-09/rapport.pdf",
        "/manadsrapporter/2018-05/rapport.txt",
        "/manadsrapporter/2018-05/diagram/ABC.svg",
        "/manadsrapporter/2019-01/utkast/",
        "/manadsrapporter/2015-12/utkast/",
        "/manadsrapporter/tillbakadragen/999999/",
        "/resultat/2018/statskontoret/?myndighet=999999",
        "/resultat/2018/statskontoret/?myndighet=%00",
    ],
)
def test_what_is_no_page_is_not_found(address, as_coordinator, wrong):
    assert as_coordinator.get(wrong).status_code == 404


def test_a_member_of_the_steering_group_reaches_no_draft_place_or_contact(address, as_steering, coordinator):
    for wrong in (
        "/manadsrapporter/2018-06/utkast/",
        "/manadsrapporter/2018-05/dra-tillbaka/",
        "/resultat/mal/",
        "/resultat/mal/nytt/",
        "/platser/",
        "/platser/1/",
        "/platser/?ar=2018&kon=woman",
        "/kontakter/1/",
        "/myndigheter/",
        "/myndigheter/1/",
        "/historik/manadsrapport/1/",
    ):
        assert as_steering.get(wrong).status_code == 403, wrong
    # A month of which there is only a draft is no page at all.
    assert as_steering.get("/manadsrapporter/2018-06/").status_code == 404
    assert "juni 2018" not in as_steering.get("/manadsrapporter/").content.decode()


def test_a_withdrawn_month_says_so_and_shows_no_figures(address, as_steering):
    gone = as_steering.get("/manadsrapporter/2018-04/")
    assert gone.status_code == 200
    assert "Fel månad" in gone.content.decode()
    assert "sheet" not in gone.context
    report = MonthlyReport.objects.get(month=date(2018, 4, 1))
    assert as_steering.get(f"/manadsrapporter/tillbakadragen/{report.pk}/").status_code == 403
    for form in ("csv", "xlsx", "pdf"):
        assert as_steering.get(f"/manadsrapporter/2018-04/rapport.{form}").status_code == 404


def test_a_forged_agency_gives_the_steering_group_nothing_of_one_agency(as_steering):
    answer = as_steering.get("/resultat/2018/statskontoret/?myndighet=1")
    assert answer.context["agency"] is None
    assert list(answer.context["choosable"]) == []
