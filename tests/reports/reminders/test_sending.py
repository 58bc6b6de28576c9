"""Reminders on their way: over the letters' own wire, once each, also when two do it at once or one is killed."""

import threading
from collections import Counter

import pytest
from django.db import connections
from django.db.models.signals import post_save

from reports.choices import DeliveryState
from reports.models import Delivery, Notice, Reminder
from reports.reminders import remind, remind_all
from reports.sending import send_due
from tests.factories import OfficeFactory
from tests.reports.reminders.conftest import EVERYBODY, OFFICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def when_made():
    """A function that lets something happen whenever a message has been written and not yet kept."""
    heard = []

    def listen(act):
        def hear(sender, instance, **also):
            act(instance)

        heard.append(hear)
        post_save.connect(hear, sender=Notice, weak=False)

    yield listen
    for each in heard:
        post_save.disconnect(each, sender=Notice)


@pytest.fixture
def elsewhere(waiting):
    """Two orders to two offices, of which one has two readers."""
    for name in ("ange", "kramfors"):
        waiting(office=OfficeFactory(letter_email=f"{name}@example.se"))


def test_letters_and_reminders_go_over_one_connection_the_letters_first(letter, elsewhere, post_office):
    to = list(letter(2).deliveries.values_list("address", flat=True))
    remind_all(on=OFFICE)
    assert send_due() is None
    assert post_office.receivers == [*to, "ange@example.se", "kramfors@example.se"]
    assert post_office.connections == 1
    [mail] = [each.mail for each in post_office.taken if each.to == ["ange@example.se"]]
    assert mail["Subject"] == "1 order väntar på svar"
    assert mail["To"] == "ange@example.se"


def test_a_reminder_that_does_not_arrive_keeps_no_letter_waiting(letter, elsewhere, post_office):
    post_office.answers("550 No such mailbox", at="RCPT", to="ange@example.se")
    remind_all(on=OFFICE)
    made = letter(2)
    send_due()
    assert {each.state for each in made.deliveries.all()} == {DeliveryState.SENT}
    failed, sent = Delivery.objects.filter(notice__isnull=False)
    assert (failed.state, failed.answer) == (DeliveryState.QUEUED, "550 No such mailbox")
    assert sent.state == DeliveryState.SENT
    assert made.deliveries.numbers()["all"] == 2


@pytest.mark.django_db(transaction=True)
def test_whoever_is_killed_between_two_messages_leaves_the_other_to_the_next(elsewhere, when_made):
    def kill(notice):
        if Notice.objects.count() == 2 and not killed:
            killed.append(notice)
            raise SystemExit

    killed = []
    when_made(kill)
    with pytest.raises(SystemExit):
        remind_all(on=OFFICE)
    assert Reminder.objects.count() == Delivery.objects.count() == 1
    assert remind_all(on=OFFICE) == 1
    assert Counter(Delivery.objects.values_list("address", flat=True)) == {
        "ange@example.se": 1,
        "kramfors@example.se": 1,
    }


def test_one_that_cannot_be_made_keeps_no_other_waiting(elsewhere, when_made):
    def break_down(notice):
        if not broken:
            broken.append(notice)
            raise ValueError("It does not work")

    broken = []
    when_made(break_down)
    with pytest.raises(ExceptionGroup, match="1 notices"):
        remind_all(on=OFFICE)
    assert list(Delivery.objects.values_list("address", flat=True)) == ["kramfors@example.se"]
    assert remind_all(on=OFFICE) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_remind_at_once_write_to_nobody_twice(elsewhere, when_made):
    made, first_is_there, second_is_done = {}, threading.Event(), threading.Event()

    def hold_the_first(notice):
        """Until the other one has had the time to do the same."""
        if not first_is_there.is_set():
            first_is_there.set()
            second_is_done.wait(0.5)

    def work(who):
        try:
            made[who] = remind_all(on=OFFICE)
        except Exception as error:
            made[who] = error
        finally:
            connections.close_all()

    when_made(hold_the_first)
    first = threading.Thread(target=work, args=("first",), daemon=True)
    second = threading.Thread(target=work, args=("second",), daemon=True)
    first.start()
    assert first_is_there.wait(20)
    second.start()
    first.join(30)
    second.join(30)
    assert made["first"] + made["second"] == 2
    assert sorted(Delivery.objects.values_list("address", flat=True)) == ["ange@example.se", "kramfors@example.se"]
    assert Reminder.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_asks_and_what_goes_by_itself_at_once_write_once(waiting, coordinator, when_made):
    order, first_is_there, answers = waiting(), threading.Event(), {}

    def hold(notice):
        if not first_is_there.is_set():
            first_is_there.set()
            done.wait(0.5)

    def by_hand():
        try:
            answers["hand"] = remind(order, by=coordinator, on=EVERYBODY)
        finally:
            connections.close_all()

    done = threading.Event()
    when_made(hold)
    hand = threading.Thread(target=by_hand, daemon=True)
    hand.start()
    assert first_is_there.wait(20)
    assert remind_all(on=EVERYBODY) == 0
    hand.join(30)
    assert answers["hand"] == Reminder.objects.get()
