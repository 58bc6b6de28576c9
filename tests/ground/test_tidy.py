"""`manage.py tidy`: what nobody needs any longer goes, and nothing else."""

import uuid
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from praktik.accounts.models import Submission
from reports.choices import ReminderLevel
from reports.models import Delivery, Notice, Reminder
from tests.factories import DeliveryFactory, MatchingOrderFactory


@pytest.mark.django_db
def test_what_is_old_goes_and_what_is_not_stays(coordinator, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    ended, going = SessionStore(), SessionStore()
    ended.set_expiry(-1)
    for session in (ended, going):
        session.create()
    old, new = (Submission.objects.create(key=uuid.uuid4(), user=coordinator) for _ in range(2))
    Submission.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=91))
    tried = [
        AccessAttempt.objects.create(username=f"x{number}@example.se", failures_since_start=1) for number in (1, 2)
    ]
    AccessAttempt.objects.filter(pk=tried[0].pk).update(attempt_time=timezone.now() - timedelta(days=91))

    call_command("tidy")

    assert list(Submission.objects.all()) == [new]
    assert list(AccessAttempt.objects.all()) == [tried[1]]
    assert list(Session.objects.values_list("pk", flat=True)) == [going.session_key]


@pytest.mark.django_db
@pytest.mark.once
def test_old_notices_go_with_their_deliveries_and_what_was_reminded_of_stays_known(coordinator, settings, today):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    order, letters = MatchingOrderFactory(), DeliveryFactory()
    days = [today - timedelta(days=number) for number in (91, 90)]
    old, kept = (Notice.objects.create(kind="reminder", made_on=day, message="Hej") for day in days)
    for notice, level in ((old, ReminderLevel.OFFICE), (kept, ReminderLevel.EVERYBODY)):
        DeliveryFactory(letter=None, notice=notice)
        since, on = order.sent_on, notice.made_on
        Reminder.objects.create(order=order, level=level, since=since, on=on, notice=notice)
    call_command("tidy")
    assert list(Notice.objects.all()) == [kept]
    assert list(Delivery.objects.order_by("pk")) == [letters, kept.deliveries.get()]
    assert list(Reminder.objects.values_list("level", "notice")) == [(5, None), (10, kept.pk)]
