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
