"""What the reports' room has for a person's calendar."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from praktik.accounts.models import User
from praktik.events import LOOKING_BACK, Event
from reports.letters.rhythm import turns
from reports.models import LetterInterval
from reports.permissions import WRITE_LETTERS


def events(user: User, *, on: date) -> Iterator[Event]:
    """The days on which letters are to go, for whoever writes them; three queries."""
    if not user.has_perm(WRITE_LETTERS):
        return
    # How often a letter goes moves its day: each such decision is a version of the event.
    decisions = dict(LetterInterval.history.order_by("history_id").values_list("kind", "history_id"))
    for turn in turns():
        if turn.due_on is None or turn.last is None or turn.last.sent_at is None or turn.due_on < on - LOOKING_BACK:
            continue
        yield Event(
            uid=f"brev-{turn.kind.value}-{turn.last.pk}",
            day=turn.due_on,
            summary=f"{turn.kind.label.capitalize()}et ska gå ut",
            path=f"{reverse('reports:letter-list')}?slag={turn.kind.value}",
            changed=turn.last.sent_at,
            version=decisions.get(turn.kind.value, 0),
        )
