"""The reminders of a morning: each message is made in a transaction of its own; a killed worker leaves the rest due.

What is due is looked up once more when the orders are held, so that two who do it at once remind nobody twice; the
database's constraints say the same.
"""

from datetime import date
from functools import partial

from django.db import transaction

from reports.choices import NoticeKind
from reports.models import Reminder
from reports.notices import each_by_itself, post
from reports.reminders.due import Bundle, bundles, due_reminders, locked
from reports.reminders.message import message_of


def remind_all(*, on: date) -> int:
    """Put every reminder in the queue that is due on a day; how many messages that makes.

    Raises ExceptionGroup, when all is done, for those that could not be made.
    """
    return each_by_itself(bundles(due_reminders(on=on)), partial(_remind, on=on))


@transaction.atomic
def _remind(bundle: Bundle, *, on: date) -> int:
    locked(bundle.keys)
    still = bundles(due_reminders(on=on, among=bundle.keys))
    for each in still:
        _post(each, on=on)
    return len(still)


def _post(bundle: Bundle, *, on: date) -> None:
    message = message_of(bundle, on=on)
    notice = post(message, kind=NoticeKind.REMINDER, to=bundle.to, on=on, office=bundle.office)
    Reminder.objects.bulk_create(
        Reminder(order=each.order, level=each.level, since=each.order.waits_since, on=on, notice=notice)
        for each in bundle.due
    )
