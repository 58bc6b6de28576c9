"""A person's days as an iCalendar feed (RFC 5545), which a calendar program asks for again and again."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

import agencies.calendar
import placements.calendar
import reports.calendar
from praktik import clock
from praktik.accounts.models import User
from praktik.events import Event
from reports.mail import own_address

_ROOMS = (agencies.calendar.events, placements.calendar.events, reports.calendar.events)
_ASK_AGAIN = timedelta(hours=1)


def feed(user: User) -> bytes:
    """The user's events.

    The same bytes as long as nothing has changed: each event keeps its UID for ever, and carries the moment and the
    number of the latest change of what it tells of, so that a calendar which has it already changes it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Praktik//Praktik//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Praktik")
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    # Not the host that was asked: the same house may have several names.
    host = own_address().rpartition("@")[2]
    for event in sorted(_events(user), key=lambda event: (event.day, event.uid)):
        calendar.add_component(_entry(event, host))
    return calendar.to_ical()


def _events(user: User) -> list[Event]:
    return [event for events in _ROOMS for event in events(user, on=clock.today())]


def _entry(event: Event, host: str) -> Entry:
    entry, changed = Entry(), event.changed.astimezone(timezone.get_fixed_timezone(0)).replace(microsecond=0)
    entry.add("uid", f"{event.uid}@{host}")
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", event.version)
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", event.summary)
    entry.add("description", f"{settings.SITE}{event.path}")
    entry.add("url", f"{settings.SITE}{event.path}")
    entry.add("transp", "TRANSPARENT")
    return entry
