"""What is done by itself every morning: orders are reminded of, and whoever wants a digest gets one."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from praktik import clock
from praktik.digest import make_digests
from praktik.working_days import is_working_day
from reports.notices import each_by_itself
from reports.reminders import remind_all
from reports.tasks import resume

BEGINS = time(6, 30)
"""By the clock in Sweden, summer and winter. Real time, also where the demonstration has its own day."""
ENDS = time(17, 0)
"""What has not been done by then waits for the next morning: nobody wants such mail in the evening."""
AFTER_TROUBLE = timedelta(hours=1)


@task()
def morning() -> None:
    """Do the morning's work, and see to it that somebody comes back for the next one's; sooner when it broke down."""
    again = timezone.now() + AFTER_TROUBLE
    try:
        work()
        again = next_morning(timezone.now())
    finally:
        if not _waiting().exists():
            _put(again if _is_time(again) else next_morning(again))


def work() -> None:
    """Remind, then make digests, and tell the sender; nothing on a day on which nobody is at work.

    Done again on the same day it does what is left: nobody is reminded, or gets a digest, twice.
    Raises ExceptionGroup, when all is done, for what broke down.
    """
    day = clock.today()
    if not is_working_day(day):
        return
    try:
        each_by_itself((remind_all, make_digests), lambda make: make(on=day))
    finally:
        resume()


def arrange() -> None:
    """See to it that the morning's work stands in the queue: the next one's, or today's when that is not done.

    A killed worker leaves its task undone, and before the first start there was none.
    """
    if _waiting().exists():
        return
    now = timezone.now()
    begun = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), BEGINS))
    done = _tasks(TaskResultStatus.SUCCESSFUL).filter(finished_at__gte=begun)
    _put(now if _is_time(now) and not done.exists() else next_morning(now))


def next_morning(moment: datetime) -> datetime:
    """The first time after a moment that a morning's work begins."""
    local = timezone.localtime(moment)
    day = local.date() if local.time() < BEGINS else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, BEGINS))


def _is_time(moment: datetime) -> bool:
    return BEGINS <= timezone.localtime(moment).time() < ENDS


def _tasks(status: TaskResultStatus) -> Any:
    return DBTaskResult.objects.filter(task_path=morning.module_path, status=status)


def _waiting() -> Any:
    return _tasks(TaskResultStatus.READY)


def _put(at: datetime) -> None:
    morning.using(run_after=at).enqueue()
