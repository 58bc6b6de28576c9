"""What a background worker does for the reports' room: it sends letters."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult, get_date_max

from reports.models import Delivery
from reports.sending import send_due

_AFTER_TROUBLE = timedelta(minutes=1)


@task()
def send_letters() -> None:
    """Send what is due, and see to it that somebody comes back for the rest."""
    again: datetime | None = timezone.now() + _AFTER_TROUBLE
    try:
        again = send_due()
    finally:
        if again:
            _come_back(again)


def _come_back(at: datetime) -> None:
    """Put the sending in the queue for a moment, unless it stands there for then or sooner."""
    soon_enough = Q(run_after__lte=at) | Q(run_after=get_date_max())
    waiting = DBTaskResult.objects.filter(soon_enough, task_path=send_letters.module_path, status="READY")
    if not waiting.exists():
        send_letters.using(run_after=at).enqueue()


def resume() -> bool:
    """Put the sending in the queue when something is left to send: a killed worker leaves its task undone."""
    left = Delivery.objects.queued().exists()
    if left:
        _come_back(timezone.now())
    return left
