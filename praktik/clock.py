"""The only source of today. Everything that asks what day it is asks here, so that a day can be set."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day it is for the user: the calendar's day in Sweden, or the day the settings name."""
    if settings.PRAKTIK_TODAY:
        return date.fromisoformat(settings.PRAKTIK_TODAY)
    return timezone.localdate()


def now() -> datetime:
    """This moment, aware; on a named day, the same time of day on that day.

    What is written into the history carries it, so that a demonstration reads as one story.
    """
    moment = timezone.localtime()
    if settings.PRAKTIK_TODAY:
        return datetime.combine(today(), moment.time(), moment.tzinfo)
    return moment
