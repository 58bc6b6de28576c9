"""A worker that is killed in the middle, and two who send at once: nobody is left out, and nobody written to twice.

The one message that a killed worker had just handed over is the exception: nobody knows whether it arrived.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.db import connection, connections
from django.utils import timezone

from reports.choices import DeliveryState
from reports.models import Delivery
from reports.sending import send_due

pytestmark = pytest.mark.django_db(transaction=True)

KILLED_AT = 80


@pytest.fixture
def worker(post_office, tmp_path):
    """A function that starts `manage.py db_worker` on the test's own database, to run until the queue is empty."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.reports.sending.worker_settings",
        "TESTED_DATABASE": str(connection.settings_dict["NAME"]),
        "TESTED_POST_OFFICE": str(post_office.port),
    }
    program = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--interval", "0.05"]
    started = []

    def start():
        log = tmp_path / f"{len(started)}.log"
        with log.open("wb") as told:
            started.append(subprocess.Popen(program, cwd=project.BASE_DIR, env=environment, stdout=told, stderr=told))
        started[-1].log = log
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()


def test_a_worker_that_is_killed_leaves_nobody_out(letter, post_office, worker):
    deliveries = letter(200).deliveries.all()

    def kill(handed):
        if len(post_office.handed) == KILLED_AT:
            killed.kill()

    post_office.before_answer = kill
    killed = worker()
    assert killed.wait(60) == -signal.SIGKILL, killed.log.read_text()
    assert len(post_office.handed) == KILLED_AT
    assert Delivery.objects.queued().count() == 200 - KILLED_AT + 1
    again = worker()
    assert again.wait(60) == 0, again.log.read_text()

    told = Counter((each.to[0], each.mail["Message-ID"]) for each in post_office.handed)
    assert set(told) == {(each.address, each.message_id) for each in deliveries}
    last = deliveries[KILLED_AT - 1]
    assert [each for each, times in told.items() if times > 1] == [(last.address, last.message_id)]
    assert told.total() == 201
    assert post_office.connections == 2
    assert {each.state for each in deliveries} == {DeliveryState.SENT}
    assert {each.tries for each in deliveries} == {1}


def test_two_who_send_at_once_write_to_nobody_twice(letter, post_office):
    letter(20)
    second_is_there, answers = threading.Event(), {}

    def hold_the_first(handed):
        """Until the other one sends too, or for as long as it takes to see that it is kept out."""
        if len(post_office.handed) == 1:
            others.start()
            second_is_there.wait(0.5)
        if handed.connection > 1:
            second_is_there.set()

    def send(who):
        try:
            answers[who] = send_due()
        except Exception as error:
            answers[who] = error
        finally:
            connections.close_all()

    post_office.before_answer = hold_the_first
    others = threading.Thread(target=send, args=("second",), daemon=True)
    first = threading.Thread(target=send, args=("first",), daemon=True)
    first.start()
    first.join(60)
    others.join(60)
    assert answers["first"] is None
    assert answers["second"] > timezone.now() - timedelta(minutes=1), "It looks again when the other may be done."
    assert Counter(post_office.receivers) == Counter(Delivery.objects.values_list("address", flat=True))
    assert post_office.connections == 1
