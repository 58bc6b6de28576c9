"""A coordinator reminds an office herself."""

from datetime import date

from django.db import transaction

from agencies.lifecycle.guards import refuse
from agencies.readers import everybody_at
from placements.models import MatchingOrder
from placements.permissions import NotYours
from placements.waiting_orders import waiting_orders
from praktik.accounts.models import User
from reports.choices import NoticeKind, ReminderLevel
from reports.models import Reminder
from reports.notices import post
from reports.permissions import REMIND
from reports.reminders.due import Bundle, Due, locked
from reports.reminders.message import message_of
from reports.tasks import send_letters


@transaction.atomic
def remind(order: MatchingOrder, *, by: User, on: date) -> Reminder:
    """Remind everybody at an order's office, now, and tell the worker.

    Raises LifecycleError for an order that does not wait for its office, an office where nobody would read it, and one
    that has been reminded of the order on that day.
    """
    if not by.has_perm(REMIND):
        raise NotYours("Det här gör bara en koordinator.")
    locked([order.pk])
    waiting = waiting_orders(on=on).filter(pk=order.pk).first()
    refuse("" if waiting else "Ordern väntar inte på svar från kontoret.")
    reminded = Reminder.objects.filter(order=order, on=on).exclude(level=ReminderLevel.COORDINATOR)
    refuse("Kontoret är redan påmint om ordern i dag." if reminded.exists() else "")
    office = waiting.office
    if office.has_closed(on=on):
        refuse(f"{office} är stängt sedan {office.closed_on}. Återta ordern och skicka den till ett annat kontor.")
    to = everybody_at(office)
    refuse("" if to else f"Ingen läser mejl hos {office}. Ring kontoret i stället.")
    bundle = Bundle(tuple(to), office, (Due(waiting, ReminderLevel.BY_HAND),))
    message = message_of(bundle, on=on, by=by)
    notice = post(message, kind=NoticeKind.REMINDER, to=to, on=on, office=office)
    reminder = Reminder.objects.create(
        order=waiting, level=ReminderLevel.BY_HAND, since=waiting.waits_since, on=on, by=by, notice=notice
    )
    send_letters.enqueue()
    return reminder
