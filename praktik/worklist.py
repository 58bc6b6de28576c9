"""What now? Everything that waits for one person, in every room, as one list: the most urgent first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
from praktik.kept import Kept
from praktik.navigation import Fetched
from praktik.prepared import Texts
from praktik.waiting import LOOKS, Item, Kind, Line, Reader

_NUMBERS, _KEYS = Texts(), Texts()
_PARTS = (agencies.waiting.lines, placements.waiting.lines, reports.waiting.lines)


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


class Worklist:
    """One person's list on a day. `back` is the address that the forms in its rows lead back to.

    What is new since a visit is new since `seen`: left out, the person's last visit before this one.
    """

    def __init__(self, user: User, *, on: date, back: str = "/", seen: datetime | None = None) -> None:
        reader = Reader(user, on, back, _day(seen or user.visited_before))
        self._kept = Kept()
        self.lines: list[Line] = [line for part in _PARTS for line in part(reader)]

    @cached_property
    def _numbers(self) -> dict[int, tuple[int, int]]:
        """By the line's place: how many rows it has, and how many of them are late; one query."""
        if not self.lines:
            return {}
        depends = _depends(dict(enumerate(self.lines)))
        counted = self._kept.answer(("numbers", depends), lambda: _NUMBERS.all(depends, partial(_counted, self.lines)))
        return {place: (number, late) for place, number, late in counted}

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
        # A list of few rules is asked for in a text of its own: which they are is seldom another today than yesterday.
        lines = {
            place: line
            for place, line in enumerate(self.lines)
            if kind in ("", line.kind.code) and self._numbers.get(place, (0, 0))[0]
        }
        if not lines:
            return []
        depends = (_depends(lines), start, most)
        found = self._kept.answer(
            ("keys", depends), lambda: _KEYS.all(depends, lambda: _first(lines)[start : start + most])
        )
        return list(self._told([(self.lines[place], key, LOOKS[level]) for place, key, level, _ in found]))

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


def _depends(lines: Mapping[int, Line]) -> tuple[Any, ...]:
    return tuple((place, line.name, line.depends) for place, line in lines.items())


def _counted(lines: Sequence[Line]) -> QuerySet[Any, Any]:
    parts = [
        line.rows()
        .order_by()
        .annotate(w_line=Value(place))
        .values("w_line")
        .annotate(w_number=Count("pk"), w_late=Count("pk", filter=line.late) if line.late else Value(0))
        .values_list("w_line", "w_number", "w_late")
        for place, line in enumerate(lines)
    ]
    return parts[0].union(*parts[1:], all=True)


def _first(lines: Mapping[int, Line]) -> QuerySet[Any, Any]:
    """All rows in order of urgency: line, key, level and since when."""
    parts = [
        line.rows()
        .order_by()
        .annotate(w_line=Value(place), w_level=_level(line), w_since=_since(line))
        .values_list("w_line", "pk", "w_level", "w_since")
        for place, line in lines.items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("w_level", "w_since", "w_line", "pk")


def _since(line: Line) -> Any:
    return F(line.since) if isinstance(line.since, str) else line.since


def _level(line: Line) -> Any:
    calm = Value(LOOKS.index(line.look))
    return Case(When(line.late, then=Value(0)), default=calm) if line.late else calm
