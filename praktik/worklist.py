"""What now? Everything that waits for one person, in every room, as one list: the most urgent first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.utils import timezone

import agencies.waiting
import placements.waiting
import reports.waiting
from praktik.accounts.models import User
from praktik.navigation import Fetched
from praktik.waiting import LOOKS, Item, Kind, Line, Reader

_PARTS = (agencies.waiting.lines, placements.waiting.lines, reports.waiting.lines)


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


class Worklist:
    """One person's list on a day. `back` is the address that the forms in its rows lead back to.

    What is new since a visit is new since `seen`: left out, the person's last visit before this one.
    """

    def __init__(self, user: User, *, on: date, back: str = "/", seen: datetime | None = None) -> None:
        reader = Reader(user, on, back, _day(seen or user.visited_before))
        self.lines: list[Line] = [line for part in _PARTS for line in part(reader)]

    @cached_property
    def _numbers(self) -> dict[int, tuple[int, int]]:
        """By the line's place: how many rows it has, and how many of them are late; one query."""
        counted = [
            line.rows.order_by()
            .annotate(w_line=Value(place))
            .values("w_line")
            .annotate(w_number=Count("pk"), w_late=Count("pk", filter=line.late) if line.late else Value(0))
            .values_list("w_line", "w_number", "w_late")
            for place, line in enumerate(self.lines)
        ]
        return {place: (number, late) for place, number, late in _together(counted)}

    @property
    def total(self) -> int:
        """How many things wait."""
        return sum(number for number, _ in self._numbers.values())

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(late for _, late in self._numbers.values())

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """The kinds of which something waits, with how many."""
        numbers: dict[Kind, int] = {}
        for place, line in enumerate(self.lines):
            numbers[line.kind] = numbers.get(line.kind, 0) + self._numbers.get(place, (0, 0))[0]
        return [(kind, number) for kind, number in numbers.items() if number]

    def number(self, kind: str = "") -> int:
        """How many things of one kind wait, or of all."""
        return sum(number for each, number in self.kinds if kind in ("", each.code))

    def items(self, kind: str = "", *, start: int = 0, most: int = 25) -> list[Item]:
        """What waits, of one kind or of all: the most urgent first, and of these the earliest."""
        keys = [
            line.rows.order_by()
            .annotate(w_line=Value(place), w_level=_level(line), w_since=_since(line))
            .values_list("w_line", "pk", "w_level", "w_since")
            for place, line in enumerate(self.lines)
            if kind in ("", line.kind.code) and place in self._numbers
        ]
        if not keys:
            return []
        found = keys[0].union(*keys[1:], all=True).order_by("w_level", "w_since", "w_line", "pk")
        chosen = [(self.lines[place], key, LOOKS[level]) for place, key, level, _ in found[start : start + most]]
        return list(self._told(chosen))

    def _told(self, chosen: Sequence[tuple[Line, int, str]]) -> Iterator[Item]:
        wanted = defaultdict(set)
        for line, key, _ in chosen:
            wanted[line.fetch].add(key)
        rows = {fetch: {row.pk: row for row in fetch(keys)} for fetch, keys in wanted.items()}
        for line, key, look in chosen:
            # What somebody did something with between the two queries waits no more.
            item = line.tell(rows[line.fetch][key]) if key in rows[line.fetch] else None
            if item:
                yield replace(item, kind=line.kind, line=line.name, look=look)

    def story(self, kind: str) -> Fetched:
        """The list of one kind, or of all, to be read page by page."""
        return Fetched(self.number(kind), partial(self.items, kind))


def _since(line: Line) -> Any:
    return F(line.since) if isinstance(line.since, str) else line.since


def _level(line: Line) -> Any:
    calm = Value(LOOKS.index(line.look))
    return Case(When(line.late, then=Value(0)), default=calm) if line.late else calm


def _together(parts: list[QuerySet[Any, Any]]) -> Any:
    return parts[0].union(*parts[1:], all=True) if parts else []
