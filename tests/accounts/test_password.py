"""Choosing a password: by oneself when logged in, or by a link in a mail that a worker sends."""

import re
import signal
import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from praktik.accounts.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "ett-annat-långt-lösenord"
FORGOTTEN, SENT = "/glomt-losenord/", "/glomt-losenord/skickat/"


class Mailbox(Controller):
    """A real mail server on a free port; keeps what it is sent."""

    def __init__(self):
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.mails = []

    def _trigger_server(self):
        # The port that the system chose, before the server calls itself to see whether it is there.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return "250 OK"

    def link(self):
        """The path of the link in the one mail there is."""
        ((_, _, mail),) = self.mails
        (found,) = re.findall(r"http://testserver(/\S+)", mail.get_content())
        return found


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = box.hostname, box.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield box
    box.stop()


@pytest.fixture
def eva():
    return UserFactory(email="eva.ek@example.se", name="Eva Öst")


def log_in(email="eva.ek@example.se", password=PASSWORD):
    """A browser in which somebody has tried to log in, and whether they came in."""
    browser = Client()
    answer = browser.post("/logga-in/", {"username": email, "password": password})
    return browser, answer.status_code == 302


def choose(browser, link, password=NEW, again=None):
    """Open a link from a mail and choose a password there."""
    page = browser.get(link, follow=True)
    if page.context.get("form") is None:
        return page
    where = page.redirect_chain[-1][0]
    return browser.post(where, {"new_password1": password, "new_password2": again or password})


# By oneself.


def change(browser, old=PASSWORD, new=NEW, again=None):
    return browser.post("/konto/losenord/", {"old_password": old, "new_password1": new, "new_password2": again or new})


def test_one_changes_ones_password_and_stays_logged_in_here_but_nowhere_else(eva, settings):
    # Django reads the session of elsewhere once more to end it.
    settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]
    here, elsewhere = log_in()[0], log_in()[0]
    answer = change(here)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/")
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert not log_in()[1]
    assert log_in(password=NEW)[1]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "fel"}, "old_password"),
        ({"again": "ett-tredje-långt-lösenord"}, "new_password2"),
        ({"new": "elvatecken1"}, "new_password2"),
        ({"new": "eva.ek@example.se"}, "new_password2"),
        ({"new": "qwerty123456"}, "new_password2"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(eva, typed, field):
    browser, _ = log_in()
    answer = change(browser, **typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    eva.refresh_from_db()
    assert eva.check_password(PASSWORD)


def test_nobody_changes_a_password_without_being_logged_in(client):
    assert client.get("/konto/losenord/")["Location"] == "/logga-in/?next=/konto/losenord/"


# By a link.


def test_a_link_to_a_new_password_comes_by_mail(client, eva, mailbox, settings):
    settings.DEFAULT_FROM_EMAIL = "praktik@lansstyrelsen.example.se"
    answer = client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    assert "Titta i din e-post" in client.get(SENT).content.decode()
    ((sender, receivers, mail),) = mailbox.mails
    assert (sender, receivers) == ("praktik@lansstyrelsen.example.se", ["eva.ek@example.se"])
    assert mail["Subject"] == "Nytt lösenord till Praktik"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().startswith("Hej Eva Öst!")
    assert "inom tre timmar" in mail.get_content()


def test_the_link_leads_to_a_new_password_that_opens_the_site(client, eva, mailbox):
    client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    answer = choose(client, mailbox.link())
    assert (answer.status_code, answer["Location"]) == (302, "/logga-in/")
    assert not log_in()[1]
    assert log_in(password=NEW)[1]


def test_the_secret_of_the_link_does_not_stay_in_the_address(client, eva, mailbox):
    client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    link = mailbox.link()
    page = client.get(link, follow=True)
    secret = link.strip("/").split("/")[-1]
    assert secret not in page.redirect_chain[-1][0]
    assert "no-store" in page["Cache-Control"]


def test_the_link_works_once(client, eva, mailbox):
    client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    choose(client, mailbox.link())
    for browser in (client, Client()):
        page = choose(browser, mailbox.link(), "ett-tredje-långt-lösenord")
        assert "Länken gäller inte längre" in page.content.decode()
    assert log_in(password=NEW)[1]


@pytest.mark.parametrize(("moment", "works"), [("14:59", True), ("15:01", False)])
def test_the_link_works_for_three_hours(client, eva, mailbox, moment, works):
    with time_machine.travel("2018-12-31T12:00+01:00", tick=False) as clock:
        client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
        clock.move_to(f"2018-12-31T{moment}+01:00")
        answer = choose(client, mailbox.link())
    assert (answer.status_code == 302) == works
    assert log_in(password=NEW)[1] == works


def test_only_the_latest_state_of_a_user_has_a_working_link(client, eva, mailbox):
    client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    log_in()  # The password was remembered after all.
    assert "Länken gäller inte längre" in choose(client, mailbox.link()).content.decode()


@pytest.mark.parametrize(
    "broken", ["/nytt-losenord/MQ/x-y/", "/nytt-losenord/!!/x-y/", "/nytt-losenord/MQ/set-password/"]
)
def test_a_made_up_link_leads_to_a_new_one(client, eva, broken):
    page = client.get(broken, follow=True)
    assert page.status_code == 200
    assert "Be om en ny länk" in page.content.decode()


@pytest.mark.parametrize("new", ["kort", "eva.ek@example.se", "praktik-i-staten"])
def test_a_password_that_will_not_do_is_refused_by_the_link_too(client, eva, mailbox, new):
    client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    answer = choose(client, mailbox.link(), new)
    assert answer.context["form"].errors["new_password2"]
    assert choose(client, mailbox.link()).status_code == 302


@pytest.mark.parametrize("email", ["nobody@example.se", "slutat@example.se", "eva.ek@example.se.evil.example"])
def test_an_address_that_may_not_log_in_gets_the_same_answer_and_no_mail(client, eva, mailbox, email):
    UserFactory(email="slutat@example.se", is_active=False)
    known = client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    unknown = client.post(FORGOTTEN, {"email": email})
    assert (unknown.status_code, unknown["Location"], unknown.content) == (302, known["Location"], known.content)
    assert [receivers for _, receivers, _ in mailbox.mails] == [["eva.ek@example.se"]]


@pytest.mark.parametrize("email", ["EVA.EK@EXAMPLE.SE", "  eva.ek@example.se  "])
def test_the_address_is_known_whatever_its_case(client, eva, mailbox, email):
    client.post(FORGOTTEN, {"email": email})
    assert [receivers for _, receivers, _ in mailbox.mails] == [["eva.ek@example.se"]]


@pytest.mark.parametrize("email", ["", "eva", "eva@example.se, olle@example.se", "eva@example.se\nBcc: x@example.se"])
def test_what_is_no_address_is_said_to_be_none(client, mailbox, email):
    answer = client.post(FORGOTTEN, {"email": email})
    assert answer.context["form"].errors["email"]
    assert mailbox.mails == []


def test_a_new_user_without_a_password_comes_in_by_the_link(client, mailbox, as_administrator):
    answer = as_administrator.post(
        "/admin/accounts/user/add/",
        {"email": "Ny@example.se", "name": "Ny Användare", "role": "coordinator", "is_active": "on"},
    )
    assert answer.status_code == 302
    assert not User.objects.get(email="ny@example.se").has_usable_password()
    client.post(FORGOTTEN, {"email": "ny@example.se"})
    choose(client, mailbox.link())
    assert log_in("ny@example.se", NEW)[1]


def test_a_new_password_opens_the_lock_that_wrong_ones_closed(client, eva, mailbox):
    for _ in range(5):
        log_in(password="fel")
    assert not log_in()[1]
    client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
    choose(client, mailbox.link())
    assert log_in(password=NEW)[1]


def test_asking_again_at_once_fills_nobodys_post(client, eva, mailbox):
    UserFactory(email="olle@example.se")
    with time_machine.travel("2018-12-31T12:00+01:00", tick=False) as clock:
        answers = [client.post(FORGOTTEN, {"email": "eva.ek@example.se"}) for _ in range(3)]
        assert {(each.status_code, each["Location"]) for each in answers} == {(302, SENT)}
        assert len(mailbox.mails) == 1
        client.post(FORGOTTEN, {"email": "olle@example.se"})
        assert len(mailbox.mails) == 2
        clock.move_to("2018-12-31T12:03+01:00")
        client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
        assert len(mailbox.mails) == 3


# By a worker.


@pytest.fixture
def queue(settings):
    """The tasks wait in the database, as on a server; a function that lets a worker do all of them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield lambda: call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_a_page_has_asked_for(client, eva, mailbox, queue):
    assert client.post(FORGOTTEN, {"email": "eva.ek@example.se"}).status_code == 302
    assert mailbox.mails == []
    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.READY
    # The link opens an account: it is made when it is sent, and never rests in the queue.
    assert "nytt-losenord" not in str(task.args_kwargs)

    queue()

    assert choose(client, mailbox.link()).status_code == 302
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_fails_the_task_and_not_the_page(client, eva, mailbox, queue, settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = silent.getsockname()[1]
        asked = client.post(FORGOTTEN, {"email": "eva.ek@example.se"})
        queue()
    assert asked["Location"] == SENT
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_asked_again_at_once_no_second_letter_is_sent(client, coordinator):
    for _ in range(3):
        client.post(reverse("password-forgotten"), {"email": coordinator.email})
    assert len(mail.outbox) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        client.post(reverse("password-forgotten"), {"email": coordinator.email})
    assert len(mail.outbox) == 2
