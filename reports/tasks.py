"""What a background worker does for the reports' room: it sends letters."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

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
            send_letters.using(run_after=again).enqueue()


def resume() -> bool:
    """Put the sending in the queue when something is left to send: a killed worker leaves its task undone."""
    left = Delivery.objects.queued().exists()
    if left:
        send_letters.enqueue()
    return left
