"""The rules of `placements.worklist` as lines of one reader's list."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q

from placements import worklist
from placements.models import Handover, MatchingOrder, Placement
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

    def _places(self, keys: Iterable[int]) -> Any:
        related = ("agency", "programme", "office", "coordinator", "contact", "order")
        return Placement.objects.filter(pk__in=keys).select_related(*related)

    def _orders(self, keys: Iterable[int]) -> Any:
        rows = MatchingOrder.objects.filter(pk__in=keys).with_stage().with_places(on=self.on).with_question()
        return rows.with_found().with_waiting().select_related("office", "agency")

    def _handovers(self, keys: Iterable[int]) -> Any:
        related = ("office", "placement__agency", "placement__programme")
        return Handover.objects.filter(pk__in=keys).select_related(*related)

    def _own(self) -> Iterator[Line]:
        """What is alike for both, of places that are one's own to look after."""
        on, reach, tell = self.on, self.reach, self.tell
        ended = Q(planned_end__lt=on)
        yield Line("ending", ENDS, worklist.ending(reach, on=on), "planned_end", self._places, tell.ending, ended)
        late = Q(next_on__lt=on)
        other = worklist.overdue_otherwise(reach, on=on)
        yield Line("place-steps", STEPS, other, "next_on", self._places, tell.step, late)
        past = worklist.to_follow_up(reach, on=on)
        yield Line("follow-ups", FOLLOW_UPS, past, "ended_on", self._places, tell.follow_up, look="calm")

    def _unanswered(self) -> Line:
        rows = worklist.orders_to_answer(self.reach, on=self.on)
        late = Q(answer_by__lt=self.on)
        return Line("orders", ORDERS, rows, "waits_since", self._orders, self.tell.unanswered, late)

    def _handed(self) -> Line:
        rows = worklist.handovers_to_accept(self.reach, on=self.on)
        late = Q(handed_on__lt=self.on - HANDED_LONG)
        return Line("handovers", HANDOVERS, rows, "handed_on", self._handovers, self.tell.handover, late)

    def for_coordinator(self) -> Iterator[Line]:
        """Everything of the county that somebody has to see to."""
        on, reach, tell, places, orders = self.on, self.reach, self.tell, self._places, self._orders
        every = Q(pk__isnull=False)
        yield Line("falling", FALLING, worklist.falling(on=on), "next_on", places, tell.falling, every)
        late = worklist.late_starts(on=on)
        yield Line("late-starts", STARTS, late, "planned_start", places, tell.late_start, every)
        yield Line("to-confirm", CONFIRM, worklist.to_confirm(on=on), "contact__left_on", places, tell.to_confirm)
        yield self._unanswered()
        asked = worklist.orders_with_question(on=on).with_question()
        yield Line("questions", QUESTIONS, asked, "asked_on", orders, tell.question)
        handed = Handover.objects.asked()
        yield Line("handover-questions", QUESTIONS, handed, "handed_on", self._handovers, tell.asked)
        found = worklist.hard_orders_found(on=on)
        yield Line("hard-found", FOUND, found, "found_on", orders, tell.hard_found)
        yield self._handed()
        back = worklist.handovers_returned(reach)
        yield Line("returned", HANDOVERS, back, "returned_on", self._handovers, tell.returned)
        yield from self._own()
        hard = worklist.orders_proposed_hard(on=on)
        yield Line("proposed-hard", PROPOSED, hard, "sent_on", orders, tell.proposed_hard, look="calm")

    def for_officer(self) -> Iterator[Line]:
        """What the own offices have to see to, and what others cannot match."""
        on, reach, tell = self.on, self.reach, self.tell
        yield self._unanswered()
        yield self._handed()
        starts = worklist.to_start(reach, on=on)
        passed = Q(planned_start__lt=on)
        yield Line("starts", COMING, starts, "planned_start", self._places, tell.late_start, passed)
        yield from self._own()
        if reach.offices:
            hard = worklist.hard_orders_of_others(reach, on=on, since=self.seen)
            yield Line("hard", HARD, hard, "hard_since", self._orders, tell.hard_of_others, look="calm")
