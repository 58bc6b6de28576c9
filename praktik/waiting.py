"""What waits for a person: the shape in which every room tells it.

A room's `worklist.py` says which rows wait, by one named function each; its `waiting.py` tells them for one reader, as
`Line`s. All lines together become one list (`praktik.worklist`).
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Q, QuerySet

LOOKS = ("late", "wait", "calm")
"""How urgent something is, the most urgent first; also the class of its tag."""


@dataclass(frozen=True)
class Kind:
    """What sort of thing waits. `code` stands in the address of the filtered list, `label` on its button."""

    code: str
    label: str


class How(Enum):
    """What happens where one is, when an action is chosen."""

    DO = "do"
    """It is done by the one click."""
    OPEN = "open"
    """Its form opens in the row."""
    GO = "go"
    """It is so much work that it has a page of its own."""


@dataclass(frozen=True)
class Act:
    """Something to do about what waits. `label` is the button's words, `url` where it is done."""

    label: str
    url: str
    how: How = How.OPEN


@dataclass(frozen=True)
class Item:
    """One thing that waits, ready to be shown: what, where, since when, and what to do about it."""

    key: int
    what: str
    url: str
    said: str
    """How long it has waited, or by when it has to be done."""
    where: str = ""
    where_url: str = ""
    acts: tuple[Act, ...] = ()
    more: str = ""
    """A template with what else can be done; it gets the row as `row`."""
    row: Any = None
    kind: Kind = Kind("", "")
    line: str = ""
    look: str = "calm"

    @property
    def anchor(self) -> str:
        """What it is called in the page."""
        return f"{self.line}-{self.key}"

    @property
    def name(self) -> str:
        """What it is called in a button's full name."""
        return f"{self.what} ({self.where})" if self.where else self.what


@dataclass(frozen=True)
class Line:
    """One rule of what waits: its rows for one reader, how urgent they are, and how one of them is told."""

    name: str
    kind: Kind
    rows: Callable[[], QuerySet[Any, Any]]
    depends: Hashable
    """All that the text of the rows' query depends on, besides the line's name (`praktik.prepared`)."""
    since: Any
    """A field or an expression of the rows': the day they have waited since, or by which it has to be done."""
    fetch: Callable[[Iterable[int]], Iterable[Any]]
    """The rows with what is told of them, by their keys; lines that share it are fetched in one query."""
    tell: Callable[[Any], Item | None]
    """None for a row that somebody has done something with meanwhile."""
    late: Q | None = None
    """Which of them are late; None for a rule whose rows never are."""
    look: str = "wait"
    """How urgent those look that are not late."""


@dataclass(frozen=True)
class Reader:
    """For whom a list is made."""

    user: Any
    on: date
    back: str
    """The address of the list: where a form that is opened from it leads back to."""
    seen: date | None = None
    """The day of the reader's last visit before this one: what came since then is new. None before the second visit."""
