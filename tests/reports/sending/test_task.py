"""The task of the worker: it sends, and sees to it that somebody comes back for the rest."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.models import Delivery
from reports.sending import WAITS
from reports.tasks import resume, send_letters
from tests.factories import LetterFactory

# A worker looks after its connections: in a transaction it could not.
pytestmark = pytest.mark.django_db(transaction=True)

BUSY = "450 Vänta en stund"


@contextmanager
def broken_database():
    """A table is missing."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_lettercopy RENAME TO elsewhere")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO reports_lettercopy")


def waiting():
    """The tasks that nobody has done yet."""
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.READY))


def test_when_all_is_sent_nothing_more_is_in_the_queue(letter, post_office, queue):
    letter(2)
    send_letters.enqueue()
    queue()
    assert len(post_office.receivers) == 2
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


def test_for_what_is_to_be_tried_again_one_task_waits_until_its_moment(letter, post_office, queue):
    first, second, _ = letter(3).deliveries.all()
    Delivery.objects.filter(pk=first.pk).update(tries=1)
    for each in (first, second):
        post_office.answers(BUSY, at="RCPT", to=each.address)
    queue()
    [task] = waiting()
    moments = list(Delivery.objects.queued().order_by("next_at").values_list("pk", "next_at"))
    assert [pk for pk, _ in moments] == [second.pk, first.pk]
    assert task.run_after == moments[0][1]

    queue_at(moments[0][1])
    queue()
    second.refresh_from_db()
    assert second.sent_at
    assert moments[1][1] in {each.run_after for each in waiting()}


def queue_at(moment):
    """It is that moment: what was to wait until then is due."""
    Delivery.objects.filter(next_at=moment).update(next_at=timezone.now())
    DBTaskResult.objects.filter(run_after=moment).update(run_after=timezone.now())


def test_a_run_that_breaks_down_leaves_a_task_for_later(letter, post_office, queue):
    letter(1)
    before = timezone.now()
    with broken_database():
        queue()
    assert DBTaskResult.objects.exclude(status=TaskResultStatus.READY).get().status == TaskResultStatus.FAILED
    [task] = waiting()
    assert before + WAITS[0] <= task.run_after <= timezone.now() + WAITS[0]
    assert post_office.handed == []

    queue_at(task.run_after)
    queue()
    assert len(post_office.receivers) == 1


def test_a_run_that_breaks_down_keeps_nobody_else_waiting(letter, post_office, queue):
    letter(1)
    with broken_database(), pytest.raises(DatabaseError):
        send_letters.call()

    def send():
        send_letters.call()
        connections.close_all()

    another = threading.Thread(target=send, daemon=True)
    another.start()
    another.join(20)
    assert len(post_office.receivers) == 1


# Taking up what a killed worker left.


@pytest.mark.once
@pytest.mark.parametrize("wait", [timedelta(0), timedelta(hours=1)])
def test_what_is_left_to_send_is_taken_up(letter, queue, wait):
    letter(1).deliveries.update(next_at=timezone.now() + wait)
    assert resume()
    [task] = waiting()
    assert task.task_path == "reports.tasks.send_letters"


@pytest.mark.once
def test_where_nothing_is_left_nothing_is_taken_up(letter, queue):
    LetterFactory()
    sent, failed = letter(2).deliveries.all()
    Delivery.objects.filter(pk=sent.pk).update(next_at=None, sent_at=timezone.now())
    Delivery.objects.filter(pk=failed.pk).update(next_at=None, tries=4)
    assert not resume()
    assert waiting() == []
