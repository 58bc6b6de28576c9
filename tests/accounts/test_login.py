"""Logging in by e-mail address, being locked out, being logged out, and the password that opens nothing."""

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.test import RequestFactory

from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.factories import PASSWORD, NextStepFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN = "/logga-in/"


@pytest.fixture
def eva():
    return UserFactory(email="eva.ek@example.se", name="Eva Ek")


def attempt(client, email="eva.ek@example.se", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": email, "password": password, **more})


def is_in(client):
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    "email", ["eva.ek@example.se", "EVA.EK@EXAMPLE.SE", "Eva.Ek@example.se", "  eva.ek@example.se "]
)
def test_one_logs_in_by_the_address_whatever_its_case(client, eva, email):
    answer = attempt(client, email)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").wsgi_request.user == eva


@pytest.mark.parametrize("email", [" EVA.EK@Example.se", "eva.ek@example.se"])
def test_an_address_is_kept_in_lower_case_so_that_one_person_is_one_user(email):
    assert User.objects.create_user(email, PASSWORD, name="Eva Ek", role=Role.COORDINATOR).email == "eva.ek@example.se"
    assert User.objects.get_by_natural_key("EVA.EK@EXAMPLE.SE ").email == "eva.ek@example.se"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("eva.ek@example.se", PASSWORD.upper()),
        ("eva.ek@example.se", f"{PASSWORD} "),
        ("eva.ek@example.se", ""),
        ("nobody@example.se", PASSWORD),
        ("", ""),
        ("eva.ek@example.se\x00", PASSWORD),
        ("eva.ek@example.se", f"{PASSWORD}\x00"),
    ],
)
def test_what_does_not_fit_together_is_said_without_saying_which(client, eva, email, password):
    answer = attempt(client, email, password)
    assert answer.status_code == 200
    assert "E-postadressen och lösenordet stämmer inte ihop. Försök igen." in answer.content.decode()
    assert not is_in(client)
    # The address need not be typed once more; the password must.
    assert answer.context["form"]["username"].value() == email
    assert f'value="{PASSWORD}"' not in answer.content.decode()


def test_somebody_who_has_stopped_working_here_does_not_come_in(client, eva):
    eva.is_active = False
    eva.save()
    answer = attempt(client)
    assert "stämmer inte ihop" in answer.content.decode()
    assert not is_in(client)


def test_somebody_who_stops_working_here_is_out_at_once(client, eva):
    attempt(client)
    eva.is_active = False
    eva.save()
    assert client.get("/")["Location"].startswith(LOGIN)


def test_somebody_without_a_password_does_not_come_in_with_an_empty_one(client):
    UserFactory(email="ny@example.se", password=None)
    for password in ("", "None", "!"):
        assert attempt(client, "ny@example.se", password).status_code == 200
        assert not is_in(client)


def test_logging_in_is_noted_and_is_no_change_of_the_user(client, eva):
    with time_machine.travel("2018-12-31T12:00+01:00", tick=False):
        attempt(client)
    eva.refresh_from_db()
    assert eva.last_login.isoformat() == "2018-12-31T11:00:00+00:00"
    assert eva.history.count() == 1


# Locked out.


def lock(client, email="eva.ek@example.se"):
    return [attempt(client, email, "fel").status_code for _ in range(5)]


def test_five_wrong_passwords_lock_the_login_for_a_quarter_of_an_hour(client, eva):
    with time_machine.travel("2018-12-31T12:00+01:00", tick=False) as clock:
        assert lock(client) == [200, 200, 200, 200, 429]
        answer = attempt(client)
        assert answer.status_code == 429
        assert "Inloggningen är låst en kvart" in answer.content.decode()
        assert not is_in(client)
        clock.move_to("2018-12-31T12:16+01:00")
        assert attempt(client).status_code == 302
        assert is_in(client)


def test_the_lock_holds_through_the_quarter(client, eva):
    with time_machine.travel("2018-12-31T12:00+01:00", tick=False) as clock:
        lock(client)
        clock.move_to("2018-12-31T12:14+01:00")
        assert attempt(client).status_code == 429


@pytest.mark.parametrize("variant", ["EVA.EK@EXAMPLE.SE", " eva.ek@example.se", "Eva.Ek@Example.se "])
def test_another_spelling_of_the_address_is_the_same_lock(client, eva, variant):
    lock(client)
    assert attempt(client, variant).status_code == 429
    for _ in range(5):
        answer = attempt(client, variant, "fel")
    assert answer.status_code == 429


def test_the_lock_is_one_persons_and_not_the_offices_whole_network(client, eva):
    UserFactory(email="olle@example.se")
    lock(client)
    assert attempt(client, "olle@example.se").status_code == 302


def test_the_lock_is_the_same_from_anywhere(client, eva):
    lock(client)
    answer = client.post(LOGIN, {"username": eva.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 429


def test_logging_in_forgets_the_wrong_passwords_before(client, eva):
    for _ in range(2):
        assert [attempt(client, password="fel").status_code for _ in range(4)] == [200] * 4
        assert attempt(client).status_code == 302
        client.post("/logga-ut/")


def test_an_address_that_nobody_has_locks_in_the_same_way(client):
    assert lock(client, "nobody@example.se") == [200, 200, 200, 200, 429]


# Where one comes after it.


@pytest.mark.parametrize("wanted", ["/kontor/", "/myndigheter/?q=%C3%A5nge", "http://testserver/kontor/"])
def test_one_comes_to_the_page_one_asked_for(client, eva, wanted):
    assert client.get(LOGIN, {"next": wanted}).context["next"] == wanted
    assert attempt(client, next=wanted)["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example", ""],
)
def test_one_never_comes_to_somebody_elses_page(client, eva, wanted):
    assert client.get(LOGIN, {"next": wanted}).context["next"] == ""
    assert attempt(client, next=wanted)["Location"] == "/"


def test_somebody_who_is_in_has_no_need_of_the_login_page(client, eva):
    attempt(client)
    assert client.get(LOGIN)["Location"] == "/"
    assert client.get(LOGIN, {"next": "/kontor/"})["Location"] == "/kontor/"


def test_logging_in_begins_a_new_session(client, eva):
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    attempt(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


# Logged out.


def test_logging_out_leaves_nothing_behind(client, eva):
    attempt(client)
    answer = client.post("/logga-ut/")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not is_in(client)
    assert not Session.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_a_link_or_a_picture_logs_nobody_out(client, eva, method):
    attempt(client)
    assert getattr(client, method)("/logga-ut/").status_code == 405
    assert is_in(client)


@pytest.mark.parametrize(("moment", "still_in"), [("15:59", True), ("16:01", False)])
def test_an_idle_session_ends_after_eight_hours(client, eva, moment, still_in):
    with time_machine.travel("2018-12-31T08:00+01:00", tick=False) as clock:
        attempt(client)
        assert is_in(client)
        clock.move_to(f"2018-12-31T{moment}+01:00")
        assert is_in(client) == still_in


def test_a_session_does_not_end_while_one_works(client, eva):
    with time_machine.travel("2018-12-31T06:00+01:00", tick=False) as clock:
        attempt(client)
        for hour in range(7, 24):
            clock.move_to(f"2018-12-31T{hour:02d}:00+01:00")
            assert is_in(client)


def test_the_browser_keeps_the_session_as_long_as_the_site_does(client, eva):
    with time_machine.travel("2018-12-31T08:00+01:00", tick=False) as clock:
        attempt(client)
        client.get("/")
        clock.move_to("2018-12-31T10:00+01:00")
        cookie = client.get("/").cookies["sessionid"]
        assert cookie["max-age"] == 8 * 60 * 60
        assert cookie["expires"].startswith("Mon, 31 Dec 2018 17:00")


def test_a_session_is_not_written_at_every_page(client, eva):
    with time_machine.travel("2018-12-31T08:00+01:00", tick=False) as clock:
        attempt(client)
        client.get("/kontor/")
        clock.move_to("2018-12-31T08:04+01:00")
        assert "sessionid" not in client.get("/kontor/").cookies
        clock.move_to("2018-12-31T08:06+01:00")
        assert "sessionid" in client.get("/kontor/").cookies


def test_a_button_pressed_in_an_ended_session_does_nothing(client, eva):
    step = NextStepFactory()
    with time_machine.travel("2018-12-31T08:00+01:00", tick=False) as clock:
        attempt(client)
        clock.move_to("2018-12-31T20:00+01:00")
        assert client.post(f"/nasta-steg/{step.pk}/klart/")["Location"].startswith(LOGIN)
    step.refresh_from_db()
    assert step.done_on is None


# The demonstration's password.


@pytest.fixture
def demonstrator(settings):
    return UserFactory(email="koordinator@example.se", password=settings.DEMONSTRATION_PASSWORD)


def test_the_demonstrations_password_opens_nothing_outside_it(client, demonstrator, settings):
    assert check_password(settings.DEMONSTRATION_PASSWORD, demonstrator.password)
    assert attempt(client, demonstrator.email, settings.DEMONSTRATION_PASSWORD).status_code == 200
    assert not is_in(client)
    request = RequestFactory().get("/")
    credentials = {"username": demonstrator.email, "password": settings.DEMONSTRATION_PASSWORD}
    assert authenticate(request, **credentials) is None


def test_the_demonstrations_password_opens_the_demonstration(client, demonstrator, settings):
    settings.DEMONSTRATION = True
    assert attempt(client, demonstrator.email, settings.DEMONSTRATION_PASSWORD).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize(("demonstration", "accepted"), [(False, False), (True, True)])
def test_nobody_chooses_the_demonstrations_password_outside_it(client, eva, settings, demonstration, accepted):
    attempt(client)
    settings.DEMONSTRATION = demonstration
    new = settings.DEMONSTRATION_PASSWORD
    answer = client.post("/konto/losenord/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert (answer.status_code == 302) == accepted
    eva.refresh_from_db()
    assert eva.check_password(new) == accepted
    if not accepted:
        assert "demonstrationens lösenord" in answer.context["form"].errors["new_password2"][0]
