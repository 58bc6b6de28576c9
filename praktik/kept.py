"""Answers that are kept until a fact changes: the same question to the same facts has the same answer.

What is kept is numbers and keys, under the question they answer: never a page, nor anything that a reader could get who
did not ask the same. Each process keeps its own. That something has changed is read from the histories, which every
record writes in the transaction that changes it.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any, TypeVar

from django.apps import apps
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from praktik import clock
from praktik.prepared import row_of

T = TypeVar("T")

# Of two who save at once, the one with the lower number may be seen after the other: with how many of the latest
# numbers there are, the facts have another stamp then too.
_LATEST = 1_000
_AN_HOUR = 60 * 60
_NOTHING = object()


@cache
def _question(models: tuple[Any, ...]) -> str:
    parts = []
    for model in models:
        table = connection.ops.quote_name(model.history.model._meta.db_table)
        last = f"(SELECT MAX(history_id) FROM {table})"  # noqa: S608  # the names are Django's own
        parts.append(last)
        parts.append(f"(SELECT COUNT(*) FROM {table} WHERE history_id > {last} - {_LATEST})")  # noqa: S608  # as above
    return f"SELECT {', '.join(parts)}"


def facts(models: Sequence[Any]) -> str:
    """A stamp of all that those records say: another one whenever any of it has changed; one query."""
    return "-".join(str(number or 0) for number in row_of(_question(tuple(models))))


@cache
def _records() -> tuple[Any, ...]:
    return tuple(model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute"))


def short(thing: object) -> str:
    """A short name for a question: keys of a cache hold few signs."""
    return blake2b(repr(thing).encode(), digest_size=16).hexdigest()


def text_of(rows: QuerySet[Any, Any]) -> Hashable:
    """What a queryset asks, in full: who asks the same gets the same answer."""
    try:
        return repr(rows.query.get_compiler(using=rows.db).as_sql())
    except EmptyResultSet:
        return ""


class Kept:
    """What is asked for one page: the facts are looked at once, when the first answer is wanted."""

    def __init__(self, models: Sequence[Any] = (), store: str = "answers") -> None:
        """What the answers rest on, all records when nothing is said, and which of the caches keeps them."""
        self._models, self._store = models, store

    @cached_property
    def _stamp(self) -> str:
        return short((facts(self._models or _records()), clock.today()))

    def number(self, rows: QuerySet[Any, Any]) -> int:
        """How many rows there are."""
        counted = rows.order_by().values("pk")
        return self.answer(("number", text_of(counted)), counted.count)

    def keys(self, rows: QuerySet[Any, Any]) -> list[int]:
        """Their keys, in their order."""
        wanted = rows.values_list("pk", flat=True)
        return self.answer(("keys", text_of(wanted)), lambda: list(wanted))

    def answer(self, question: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` answers, from memory when nothing has changed since the same was asked."""
        store = caches[self._store]
        if isinstance(store, DummyCache):
            return ask()  # nothing is kept, so it does not matter whether anything has changed
        key = f"{short(question)}:{self._stamp}"
        found: Any = store.get(key, _NOTHING)
        if found is _NOTHING:
            found = ask()
            store.set(key, found, _AN_HOUR)
        answer: T = found
        return answer
