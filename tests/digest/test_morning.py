"""The work of the morning: when it is done, that it is done once, and that somebody comes back for the next one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db.models.signals import post_save
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from praktik.morning import arrange, morning, next_morning, work
from reports.models import Delivery, Notice, Reminder
from reports.tasks import send_letters
from tests.factories import MatchingOrderFactory, PlacementFactory

pytestmark = pytest.mark.django_db(transaction=True)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LATE = date(2018, 12, 20)


def local(*moment):
    """A moment by the clock in Sweden."""
    return datetime(*moment, tzinfo=STOCKHOLM)


def mornings():
    """When the work of a morning is to be done."""
    waiting = DBTaskResult.objects.filter(task_path=morning.module_path, status=TaskResultStatus.READY)
    return [each.run_after.astimezone(STOCKHOLM) for each in waiting]


@pytest.fixture
def order(office, reader):
    """An order that its office has not answered for ten working days, that Friday."""
    place = PlacementFactory(coordinator=reader)
    return MatchingOrderFactory(places=[place], office=office, by=reader, sent_on=date(2018, 12, 10))


def test_the_worker_reminds_makes_digests_and_sends_them(order, reader, own_officer, friday, queue, post_office):
    morning.enqueue()
    queue()
    assert post_office.receivers == [own_officer.email, reader.email]
    assert post_office.taken[0].mail["Subject"] == "1 order väntar på svar"
    [again] = mornings()
    assert again == next_morning(timezone.now())


def test_done_again_it_does_nothing_more(order, friday, queue, post_office):
    for _ in range(2):
        morning.enqueue()
        queue()
    assert len(post_office.receivers) == Notice.objects.count() == 2
    assert len(mornings()) == 1


def test_killed_in_the_middle_it_is_done_to_its_end_by_the_next_worker(
    order, reader, own_officer, friday, queue, post_office
):
    def kill(sender, instance, **also):
        if instance.user:
            raise SystemExit

    post_save.connect(kill, sender=Notice)
    try:
        with pytest.raises(SystemExit):
            work()
    finally:
        post_save.disconnect(kill, sender=Notice)
    assert Reminder.objects.get().order == order
    morning.enqueue()
    queue()
    assert post_office.receivers == [own_officer.email, reader.email]


@pytest.mark.once
@pytest.mark.parametrize("day", ["2018-12-29", "2018-12-31", "2019-01-01"])
def test_nothing_is_sent_on_a_day_when_nobody_is_at_work(order, settings, day):
    settings.PRAKTIK_TODAY = day
    work()
    assert not Delivery.objects.exists()


@pytest.mark.once
def test_what_breaks_down_keeps_the_rest_of_the_morning_going_and_is_tried_again(
    order, reader, friday, queue, post_office
):
    def break_down(sender, instance, **also):
        if not instance.user:
            raise ValueError("It does not work")

    post_save.connect(break_down, sender=Notice)
    try:
        with time_machine.travel(local(2026, 11, 23, 6, 31), tick=True):
            morning.enqueue()
            queue()
            [again] = mornings()
    finally:
        post_save.disconnect(break_down, sender=Notice)
    assert post_office.receivers == [reader.email]
    assert timedelta(minutes=60) <= again - local(2026, 11, 23, 6, 31) < timedelta(minutes=65)
    assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).get().task_path == morning.module_path


@pytest.mark.once
@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (local(2026, 11, 23, 0, 10), local(2026, 11, 23, 6, 30)),
        (local(2026, 11, 23, 6, 30), local(2026, 11, 24, 6, 30)),
        (local(2026, 11, 23, 23, 50), local(2026, 11, 24, 6, 30)),
        # The clock is put forward in the night to 2026-03-29, and back in that to 2026-10-25.
        (local(2026, 3, 28, 6, 31), local(2026, 3, 29, 6, 30)),
        (local(2026, 10, 24, 6, 31), local(2026, 10, 25, 6, 30)),
    ],
)
def test_the_next_morning_is_at_half_past_six_by_the_clock(moment, then):
    assert next_morning(moment) == then
    assert next_morning(moment).astimezone(STOCKHOLM).hour == 6


# A worker that starts.


@pytest.mark.once
@pytest.mark.parametrize(
    ("hour", "then"),
    [
        (6, local(2026, 11, 23, 6, 30)),
        (9, local(2026, 11, 23, 9)),
        # Nobody wants such mail in the evening.
        (18, local(2026, 11, 24, 6, 30)),
    ],
)
def test_a_worker_that_starts_puts_the_work_in_the_queue_where_it_is_not(queue, hour, then):
    with time_machine.travel(local(2026, 11, 23, hour), tick=False):
        arrange()
        assert mornings() == [then]
        arrange()
        assert mornings() == [then]


@pytest.mark.once
def test_a_worker_that_starts_again_does_not_do_it_again(queue, post_office):
    with time_machine.travel(local(2026, 11, 23, 9), tick=False):
        arrange()
        queue()
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).delete()
        arrange()
        assert mornings() == [local(2026, 11, 24, 6, 30)]


@pytest.mark.once
def test_one_that_was_killed_at_it_does_it_again(queue):
    with time_machine.travel(local(2026, 11, 23, 9), tick=False):
        morning.enqueue()
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
        arrange()
        assert mornings() == [local(2026, 11, 23, 9)]


@pytest.mark.once
def test_a_worker_that_stays_arranges_the_mornings_and_one_that_empties_the_queue_does_not(queue):
    queue()
    assert mornings() == []
    send_letters.enqueue()
    with time_machine.travel(local(2026, 11, 23, 3), tick=False):
        call_command("db_worker", max_tasks=1, startup_delay=False, interval=0, verbosity=0)
        assert mornings() == [local(2026, 11, 23, 6, 30)]
