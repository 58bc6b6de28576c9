"""The number of what waits, in the menu of every page: the list's own, kept for a minute, and nobody else's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from praktik import clock
from praktik.waits import COOKIE
from praktik.worklist import Worklist
from tests.conftest import BACKEND
from tests.factories import PASSWORD
from tests.house.waiting import TODAY, for_coordinator, for_officer, steps

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FOR_COORDINATOR = ("/", "/?slag=steg", "/myndigheter/", "/platser/", "/order/", "/resultat/", "/konto/", "/brev/")
FOR_OFFICER = ("/", "/platser/oppna/", "/order/", "/overlamningar/", "/myndigheter/", "/konto/")


@pytest.fixture
def log_in(log_in):
    """A browser that keeps no number yet."""
    return lambda user: anew(log_in(user))


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


def shown(answer) -> int:
    """The number in the menu of a page; 0 where there is none."""
    told = re.search(r'<span id="waits">(?:<span class="n">(\d+)</span>)?', answer.content.decode())
    assert told, "The menu has no place for it."
    return int(told[1] or 0)


def anew(browser: Client) -> Client:
    """The same browser, without the number it keeps."""
    browser.cookies.pop(COOKIE, None)
    return browser


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "counted"])
@pytest.mark.parametrize("who", ["as_coordinator", "as_own"])
def test_it_is_the_list_s_total_on_every_page(request, who, coordinator, own_officer, office, kept):
    user, addresses = (coordinator, FOR_COORDINATOR) if who == "as_coordinator" else (own_officer, FOR_OFFICER)
    for_coordinator(coordinator, office)
    for_officer(office, office)
    browser, total = request.getfixturevalue(who), Worklist(user, on=TODAY).total
    assert total > 5
    for address in addresses:
        assert shown((browser if kept else anew(browser)).get(address)) == total, address


@pytest.mark.parametrize("client", ["as_coordinator", "as_own", "as_steering", "as_administrator"])
def test_where_nothing_waits_there_is_no_number(request, client):
    browser = request.getfixturevalue(client)
    for address in ("/", "/konto/"):
        assert shown(browser.get(address)) == 0


def test_it_is_kept_for_a_minute_and_then_counted_anew(as_coordinator, coordinator):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock_on_the_wall:
        assert shown(as_coordinator.get("/konto/")) == 0
        steps(coordinator, 2)
        for seconds, number in ((0, 0), (59, 0), (61, 2), (121, 2)):
            clock_on_the_wall.move_to(start + timedelta(seconds=seconds))
            assert shown(as_coordinator.get("/konto/")) == number, seconds


def test_what_is_kept_costs_no_questions(as_coordinator, coordinator):
    steps(coordinator, 2)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            as_coordinator.get("/konto/")
        costs.append([each["sql"] for each in queries if "UNION" in each["sql"]])
    assert [len(each) for each in costs] == [1, 0]


def test_the_list_itself_is_always_counted(as_coordinator, coordinator):
    as_coordinator.get("/konto/")
    steps(coordinator, 2)
    assert shown(as_coordinator.get("/")) == 2
    assert shown(as_coordinator.get("/konto/")) == 2


def test_it_is_dropped_by_whatever_its_reader_does(as_coordinator, coordinator):
    made = steps(coordinator, 2)
    assert shown(as_coordinator.get("/konto/")) == 2
    answer = as_coordinator.post(f"/nasta-steg/{made[0].pk}/klart/")
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert shown(as_coordinator.get("/konto/")) == 1


def test_it_is_of_its_day(as_coordinator, coordinator):
    steps(coordinator, 2, due_on=TODAY + timedelta(days=1))
    assert shown(as_coordinator.get("/konto/")) == 0
    with clock.on_day(TODAY + timedelta(days=1)):
        assert shown(as_coordinator.get("/konto/")) == 2


def test_somebody_else_at_the_same_computer_never_gets_it(client, coordinator, own_officer, office):
    steps(coordinator, 3)
    for user, number in ((coordinator, 3), (own_officer, 0), (coordinator, 3)):
        client.post("/logga-in/", {"username": user.email, "password": PASSWORD})
        for address in ("/konto/", "/order/", "/konto/"):
            assert shown(client.get(address)) == number
        client.post("/logga-ut/")


def test_not_even_when_the_cookie_outlives_the_session(client, coordinator, own_officer, office):
    steps(coordinator, 3)
    client.force_login(coordinator, backend=BACKEND)
    client.get("/konto/")
    kept = client.cookies[COOKIE].value
    client.force_login(own_officer, backend=BACKEND)
    client.cookies[COOKIE] = kept
    assert shown(client.get("/konto/")) == 0


def test_a_key_that_begins_like_another_s_is_not_taken_for_it(log_in, coordinator):
    steps(coordinator, 3)
    browser = log_in(coordinator)
    for forged in (f"{coordinator.pk}1.{TODAY}.7", f"{coordinator.pk}.{TODAY}.-7", f"{coordinator.pk}.{TODAY}.²", "7"):
        browser.cookies[COOKIE] = signing.get_cookie_signer(salt=COOKIE).sign(forged)
        assert shown(browser.get("/konto/")) == 3, forged


@pytest.mark.parametrize("change", [lambda kept: kept.replace(".3:", ".9:"), lambda kept: kept[:-1], lambda kept: "9"])
def test_one_that_was_tampered_with_is_not_believed(as_coordinator, coordinator, change):
    steps(coordinator, 3)
    as_coordinator.get("/konto/")
    kept = as_coordinator.cookies[COOKIE].value
    assert f"{coordinator.pk}.{TODAY}.3:" in kept
    assert change(kept) != kept
    as_coordinator.cookies[COOKIE] = change(kept)
    assert shown(as_coordinator.get("/konto/")) == 3


@pytest.mark.parametrize("secure", [True, False])
def test_no_script_reads_it_and_no_other_site_sends_it(as_coordinator, settings, secure):
    settings.SESSION_COOKIE_SECURE = secure
    cookie = as_coordinator.get("/konto/", secure=secure).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 60)
    assert bool(cookie["secure"]) is secure


def test_nobody_gets_one_without_logging_in(client):
    for address in ("/logga-in/", "/tillganglighet/", "/halsa/", "/finns-inte/"):
        assert COOKIE not in client.get(address).cookies
