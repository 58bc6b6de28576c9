"""Who gets a digest, and when: on the weekdays they have chosen, once, and never when nothing waits."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections
from django.db.models.signals import post_save

from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.digest import make_digests, wanted
from reports.choices import DeliveryState
from reports.models import Delivery, Notice
from reports.sending import send_due
from tests.digest.conftest import FRIDAY
from tests.factories import NextStepFactory, UserFactory

pytestmark = pytest.mark.django_db
LATE = date(2018, 12, 20)


@pytest.mark.once
def test_it_goes_on_the_chosen_weekdays(reader, steps):
    steps(LATE)
    made = {}
    for day in (FRIDAY - timedelta(days=4) + timedelta(days=number) for number in range(7)):
        with clock.on_day(day):
            made[day.isoweekday()] = make_digests(on=day)
    assert made == {1: 1, 2: 0, 3: 0, 4: 0, 5: 1, 6: 0, 7: 0}


@pytest.mark.once
def test_once_a_day_and_never_when_nothing_waits(reader, friday):
    assert make_digests(on=friday) == 0
    NextStepFactory(owner=reader, due_on=LATE)
    assert [make_digests(on=friday), make_digests(on=friday)] == [1, 0]
    assert Delivery.objects.get().address == reader.email


@pytest.mark.once
def test_who_wants_none_has_left_or_cannot_be_written_to_gets_none(steps, reader, friday):
    steps(LATE)
    days = {"digest_days": "12345"}
    UserFactory()
    UserFactory(is_active=False, **days)
    UserFactory(email='"a b"@example.se', **days)
    officer = UserFactory(role=Role.CASE_OFFICER, **days)
    User.objects.filter(pk=reader.pk).update(digest_days="1234")
    assert officer in wanted(on=friday)
    assert reader not in wanted(on=friday)
    assert make_digests(on=friday) == 0


def test_each_gets_the_own_one_over_one_connection_after_the_letters(letter, reader, steps, friday, post_office):
    steps(LATE)
    colleague = UserFactory(digest_days="5")
    NextStepFactory(owner=colleague, due_on=LATE)
    made = letter(1)
    assert make_digests(on=friday) == 2
    send_due()
    assert post_office.receivers == [made.deliveries.get().address, reader.email, colleague.email]
    assert post_office.connections == 1
    assert post_office.taken[1].mail["Subject"] == "2 saker väntar, 2 är försenade"
    assert {each.state for each in Delivery.objects.all()} == {DeliveryState.SENT}


@pytest.mark.django_db(transaction=True)
def test_two_who_make_them_at_once_make_each_once(reader, steps, friday):
    steps(LATE)
    UserFactory(digest_days="5")
    made, first_is_there, second_is_done = {}, threading.Event(), threading.Event()

    def hold_the_first(sender, instance, **also):
        """Until the other one has had the time to do the same."""
        if not first_is_there.is_set():
            first_is_there.set()
            second_is_done.wait(0.5)

    def work(who):
        try:
            made[who] = make_digests(on=friday)
        except Exception as error:
            made[who] = error
        finally:
            connections.close_all()

    post_save.connect(hold_the_first, sender=Notice)
    try:
        first = threading.Thread(target=work, args=("first",), daemon=True)
        second = threading.Thread(target=work, args=("second",), daemon=True)
        first.start()
        assert first_is_there.wait(20)
        second.start()
        first.join(30)
        second.join(30)
    finally:
        post_save.disconnect(hold_the_first, sender=Notice)
    assert made["first"] + made["second"] == Notice.objects.count() == Delivery.objects.count() == 2


@pytest.mark.once
def test_who_is_switched_off_before_it_goes_gets_none(reader, steps, friday, post_office):
    steps(LATE)
    make_digests(on=friday)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert send_due() is None
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.answer) == (
        DeliveryState.FAILED,
        0,
        "Mottagaren får inte logga in längre.",
    )
