"""Groups of hits: what each kind of thing is found by, and finding it without reading more than needed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Model, Q, QuerySet

from praktik import clock
from praktik.prepared import Texts
from praktik.search.index import Found, Index, Rank
from praktik.search.typed import Asked, Word

_TOLD = Texts()
MOST = 200  # hits of a group that are ranked, the newest; of more it is told only that there are more
# Rows that a search of a long table looks at first, the newest. Words that are common there are answered at once; the
# others are so rare that the index's answer is short, whatever the length of the table.
NEAR = 6_000


@dataclass(frozen=True)
class Hit:
    """One thing that was found, ready to be shown; what may have marks in it is HTML."""

    title: str
    url: str
    line: str = ""
    """Where it belongs, in a few words."""
    text: str = ""
    """What was found in it, cut."""
    code: str = ""
    """A programme's code, which stands before the title."""
    tag: str = ""
    """A word or two that stand out: "arkiverad"."""
    look: str = "calm"
    """How the tag looks, a class of the style sheet."""


class Group:
    """One kind of thing that is searched. A room makes one for each, and says what may be found by whom."""

    name: str
    """The value in the address."""
    label: str
    """The heading, in the plural."""
    permission: str
    """For whoever lacks it there is no such group."""
    index: Index
    order: tuple[Any, ...] = ("-pk",)
    """The order of hits that answer equally well."""
    is_long = False
    """Whether there may be hundreds of thousands of rows."""

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """What there is to be found."""
        raise NotImplementedError

    def reads(self, user: Any) -> bool:
        """Whether the reader may read the index's columns; for others the words in them do not exist."""
        return True

    def besides(self, word: Word, known: "Known") -> list[Q]:
        """Other ways to find a row by a word than its own words: each a condition on the table, with an index."""
        return []

    def told(self, rows: QuerySet[Any, Any], user: Any) -> QuerySet[Any, Any]:
        """The rows with what a hit tells of them."""
        return rows

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """How one row reads."""
        raise NotImplementedError

    def either(self, word: Word, user: Any, known: "Known") -> Q:
        """Every way in which this reader finds a row by a word; without any, nothing is found."""
        either = Q(pk__in=[])
        for way in [*([Q(Found(self.index, word))] if self.reads(user) else []), *self.besides(word, known)]:
            either |= way
        return either


class Known:
    """What a search has found out on its way, for the groups that come after: keys by word, asked for once."""

    def __init__(self, asked: Asked) -> None:
        self.words = asked.words
        self.above = 0
        """Keys of a long table up to this one are not asked for now."""
        self._kept: dict[Callable[..., Any], dict[Word, list[int]]] = {}

    def keys(self, ask: Callable[[tuple[Word, ...]], dict[Word, list[int]]], word: Word) -> list[int]:
        """The keys that `ask` gives for a word; it is asked for all words of the search at once."""
        if ask not in self._kept:
            self._kept[ask] = ask(self.words)
        return self._kept[ask][word]


@dataclass(frozen=True)
class Result:
    """What one reader finds of one group: the keys, the best first."""

    group: Group
    asked: Asked
    user: Any
    keys: tuple[int, ...]
    more: bool
    """Whether there are more than those."""

    def hits(self, start: int, stop: int) -> list[Hit]:
        """Some of them, ready to be shown; one query."""
        wanted = self.keys[start:stop]
        group, user = self.group, self.user
        depends = (group.name, user.pk, user.role, user.permissions, clock.today())
        rows = _TOLD.of(wanted, depends, lambda: group.told(group.rows(user), user))
        return [group.hit(row, self.asked.words) for row in rows]


def _newest(rows: QuerySet[Any, Any], by: Any) -> QuerySet[Any, Any]:
    return rows.order_by(by).values("pk")[: MOST + 1]


def _rows(group: Group, user: Any, known: Known) -> QuerySet[Any, Any]:
    rows = group.rows(user)
    for word in known.words:
        rows = rows.filter(group.either(word, user, known))
    return rows


def find(group: Group, user: Any, asked: Asked, known: Known) -> Result:
    """What the reader finds, best first: of the newest MOST the rank decides, and then the group's order.

    One query; of a long table one more, and one more again when it has grown past NEAR rows.
    """
    if not asked:
        return Result(group, asked, user, (), False)
    keys: list[int] = []
    newest = (
        group.rows(user).model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0 if group.is_long else None
    )
    if newest is not None:
        known.above = max(0, newest - NEAR)
        near = _rows(group, user, known).filter(pk__gt=known.above)
        keys = _ranked(group, asked, user, _newest(near, F("pk").desc()))
        known.above = 0
    if newest is None or (len(keys) <= MOST and newest > NEAR):
        # By an expression, so that nobody reads the whole table in its order to find the few that there are.
        keys = _ranked(group, asked, user, _newest(_rows(group, user, known), (F("pk") + 0).desc()))
    return Result(group, asked, user, tuple(keys[:MOST]), len(keys) > MOST)


def _ranked(group: Group, asked: Asked, user: Any, newest: QuerySet[Any, Any]) -> list[int]:
    model: type[Model] = newest.model
    found = model._default_manager.filter(pk__in=newest)
    if group.reads(user):
        return list(found.order_by(Rank(group.index, asked.words).desc(), *group.order).values_list("pk", flat=True))
    return list(found.order_by(*group.order).values_list("pk", flat=True))
