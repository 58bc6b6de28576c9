"""The rules of `placements.worklist` as lines of one reader's list."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from placements import shown, worklist
from placements.models import Handover
from placements.permissions import Reach
from placements.waiting.telling import Telling
from praktik.accounts.roles import Role
from praktik.waiting import Kind, Line, Reader

ORDERS = Kind("order", "Order utan svar")
QUESTIONS = Kind("fraga", "Frågor")
FOUND = Kind("forslag", "Svårmatchade med förslag")
PROPOSED = Kind("svarmatchad", "Blir svårmatchade")
HARD = Kind("svarmatchad", "Svårmatchade hos andra")
STARTS = Kind("start", "Skulle ha startat")
COMING = Kind("start", "Startar")
ENDS = Kind("slut", "Slutar")
CONFIRM = Kind("bekrafta", "Avtal att bekräfta")
HANDOVERS = Kind("overlamning", "Överlämningar")
FALLING = Kind("stolar", "Mellan stolarna")
STEPS = Kind("plats", "Platsernas steg")
FOLLOW_UPS = Kind("uppfoljning", "Uppföljningar")

HANDED_LONG = timedelta(days=7)
"""A handover is late when nobody has accepted it after a week."""


def lines(reader: Reader) -> Iterator[Line]:
    """What waits for a coordinator, or for the offices of a case officer."""
    if not reader.user.has_perm("placements.work_placement"):
        return
    reach = Reach(reader.user)
    rooms = _Lines(reader, reach)
    yield from rooms.for_coordinator() if reach.role == Role.COORDINATOR else rooms.for_officer()


class _Lines:
    def __init__(self, reader: Reader, reach: Reach) -> None:
        self.reach, self.on, self.seen = reach, reader.on, reader.seen
        self.tell = Telling(reader, reach)
        # One function for all its lines: what shares it is fetched in one query.
        self._orders = partial(shown.waiting_orders, on=reader.on)

    def _line(self, name: str, kind: Kind, rows: Callable[[], Any], *told: Any, **look: Any) -> Line:
        return Line(name, kind, rows, (self.reach.role, self.reach.offices, self.on, self.seen), *told, **look)

    def _own(self) -> Iterator[Line]:
        """What is alike for both, of places that are one's own to look after."""
        on, reach, tell = self.on, self.reach, self.tell
        ended = Q(planned_end__lt=on)
        yield self._line(
            "ending",
            ENDS,
            partial(worklist.ending, reach, on=on),
            "planned_end",
            shown.waiting_places,
            tell.ending,
            ended,
        )
        late = Q(next_on__lt=on)
        other = partial(worklist.overdue_otherwise, reach, on=on)
        yield self._line("place-steps", STEPS, other, "next_on", shown.waiting_places, tell.step, late)
        past = partial(worklist.to_follow_up, reach, on=on)
        yield self._line("follow-ups", FOLLOW_UPS, past, "ended_on", shown.waiting_places, tell.follow_up, look="calm")

    def _unanswered(self) -> Line:
        rows = partial(worklist.orders_to_answer, self.reach, on=self.on)
        late = Q(answer_by__lt=self.on)
        return self._line("orders", ORDERS, rows, "waits_since", self._orders, self.tell.unanswered, late)

    def _handed(self) -> Line:
        rows = partial(worklist.handovers_to_accept, self.reach, on=self.on)
        late = Q(handed_on__lt=self.on - HANDED_LONG)
        return self._line("handovers", HANDOVERS, rows, "handed_on", shown.waiting_handovers, self.tell.handover, late)

    def _asked(self) -> Any:
        return worklist.orders_with_question(on=self.on).with_question()

    def for_coordinator(self) -> Iterator[Line]:
        """Everything of the county that somebody has to see to."""
        on, reach, tell, places, orders = self.on, self.reach, self.tell, shown.waiting_places, self._orders
        every = Q(pk__isnull=False)
        yield self._line("falling", FALLING, partial(worklist.falling, on=on), "next_on", places, tell.falling, every)
        late = partial(worklist.late_starts, on=on)
        yield self._line("late-starts", STARTS, late, "planned_start", places, tell.late_start, every)
        left = partial(worklist.to_confirm, on=on)
        yield self._line("to-confirm", CONFIRM, left, "contact__left_on", places, tell.to_confirm)
        yield self._unanswered()
        yield self._line(
            "questions",
            QUESTIONS,
            lambda: worklist.orders_with_question(on=on).with_question(),
            "asked_on",
            orders,
            tell.question,
        )
        yield self._line(
            "handover-questions", QUESTIONS, Handover.objects.asked, "handed_on", shown.waiting_handovers, tell.asked
        )
        found = partial(worklist.hard_orders_found, on=on)
        yield self._line("hard-found", FOUND, found, "found_on", orders, tell.hard_found)
        yield self._handed()
        back = partial(worklist.handovers_returned, reach)
        yield self._line("returned", HANDOVERS, back, "returned_on", shown.waiting_handovers, tell.returned)
        yield from self._own()
        hard = partial(worklist.orders_proposed_hard, on=on)
        yield self._line("proposed-hard", PROPOSED, hard, "sent_on", orders, tell.proposed_hard, look="calm")

    def for_officer(self) -> Iterator[Line]:
        """What the own offices have to see to, and what others cannot match."""
        on, reach, tell = self.on, self.reach, self.tell
        yield self._unanswered()
        yield self._handed()
        starts = partial(worklist.to_start, reach, on=on)
        passed = Q(planned_start__lt=on)
        yield self._line("starts", COMING, starts, "planned_start", shown.waiting_places, tell.late_start, passed)
        yield from self._own()
        if reach.offices:
            hard = partial(worklist.hard_orders_of_others, reach, on=on, since=self.seen)
            yield self._line("hard", HARD, hard, "hard_since", self._orders, tell.hard_of_others, look="calm")
