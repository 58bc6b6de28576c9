"""What the agencies' room has for a person's calendar."""

from collections.abc import Iterator
from datetime import date

from agencies import worklist
from agencies.permissions import OWNS_STEPS
from praktik.accounts.models import User
from praktik.events import LOOKING_BACK, Event, event_of, with_version


def events(user: User, *, on: date) -> Iterator[Event]:
    """The user's own open next steps; one query."""
    if not user.has_perm(OWNS_STEPS):
        return
    for step in with_version(worklist.next_steps(user).filter(due_on__gte=on - LOOKING_BACK)):
        yield event_of("steg", step, step.due_on, f"Nästa steg: {step.what} ({step.agency})")
