"""Questions that pages ask again and again: put together once in a process, and planned once on a connection.

What a page asks of its rows can hold dozens of subqueries. Django then takes longer to put it together than PostgreSQL
to answer it, and so does PostgreSQL's planning. Only the text of the question is kept, never an answer.

    _ROWS = Texts()
    _ROWS.all((day, office), lambda: ...)       what the queryset finds
    _ROWS.of(keys, day, lambda: ...)            those of its rows, in the order of the keys
    _ROWS.about(agency.pk, role, lambda pk: …)  what the queryset for one key finds

What comes before the function has to name all that the text depends on: the day, a list of offices, a setting.
PostgreSQL plans a text when it is asked for the second time on a connection: what is asked once costs no more than
before.
"""

import copy
import itertools
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

_KEPT = 200
"""Texts of each question, in a process."""
_PLANNED = 500
"""Plans on a connection."""
_MANY = "the keys that are asked for"
_ONE = 987_654_321_987_654
"""Stand among the parameters for keys, while a text is made."""

_TOO_LARGE = 2**63
"""No row has such a key, and an address may."""

_numbers = itertools.count(1)
_plans: WeakKeyDictionary[Any, dict[int, bool]] = WeakKeyDictionary()


class _Among(Func):
    """Whether a key is one of those asked for."""

    output_field = BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # one text, whatever Func's options
        """As one array, so that the text is the same for any number of keys."""
        column, _ = compiler.compile(self.source_expressions[0])
        among = "= ANY (%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {among}", [_MANY]


class _Statement:
    """A text with its parameters, planned on each connection that asks it again."""

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        self.number, self.sql, self.params = next(_numbers), sql, tuple(params)
        # One key is asked for by its number, and many as one array.
        self.kind = "bigint[]" if _MANY in self.params else "bigint" if _ONE in self.params else ""

    def said(self, connection: Any, keys: list[int] | None) -> tuple[str, tuple[Any, ...]]:
        """The statement for a connection, and its parameters."""
        key: Any = keys[0] if keys and self.kind == "bigint" else None
        if self.kind == "bigint[]":
            array = ",".join(map(str, keys or ()))
            key = f"{{{array}}}" if connection.vendor == "postgresql" else f"[{array}]"
        if connection.vendor != "postgresql" or not self._is_planned(connection):
            return self.sql, self._with(key)
        return f"EXECUTE praktik_{self.number}{' (%s)' if self.kind else ''}", (key,) if self.kind else ()

    def _with(self, key: Any) -> tuple[Any, ...]:
        return tuple(key if each in (_MANY, _ONE) else each for each in self.params)

    def _is_planned(self, connection: Any) -> bool:
        """Whether the connection has a plan of it; it gets one on the second asking."""
        connection.ensure_connection()
        plans = _plans.setdefault(connection.connection, {})
        if self.number not in plans:
            plans[self.number] = False
        elif not plans[self.number]:
            self._plan(connection, plans)
        return plans[self.number]

    def _plan(self, connection: Any, plans: dict[int, bool]) -> None:
        # It asks nothing: past the wrappers that count and tell what a page asks.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            if sum(plans.values()) >= _PLANNED:
                cursor.execute("DEALLOCATE ALL")
                plans.clear()
            kind = f" ({self.kind})" if self.kind else ""
            cursor.execute(
                f"PREPARE praktik_{self.number}{kind} AS {self.sql}",
                self._with(connection.Database.extensions.AsIs("$1")),
            )
        plans[self.number] = True


class _Text:
    """The text of one question, and what Django needs to read its answer."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self.queryset = queryset
        self.compiler: SQLCompiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self.statement = _Statement(*self.compiler.as_sql())
        except EmptyResultSet:
            self.statement = _Statement("", ())

    def rows(self, keys: list[int] | None) -> list[Any]:
        """What it finds now."""
        if not self.statement.sql:
            return []
        asked: Any = self.queryset
        again = type(asked)(asked.model, _Query(self, keys), asked.db, asked._hints)
        for name in ("_iterable_class", "_fields", "_prefetch_related_lookups", "_known_related_objects"):
            setattr(again, name, getattr(asked, name))
        return list(again)


class _Query:
    """In place of a queryset's query: answers with the text that is there."""

    def __init__(self, text: _Text, keys: list[int] | None) -> None:
        self._text, self._keys = text, keys
        if text.statement.kind == "bigint[]" and len(keys or ()) == 1:
            self.low_mark, self.high_mark = 0, 1  # one row at most

    def __getattr__(self, name: str) -> Any:
        return getattr(self._text.queryset.query, name)

    def get_compiler(self, using: str, **how: Any) -> SQLCompiler:
        """The compiler that has made the text, on the connection of whoever asks."""
        compiler = copy.copy(self._text.compiler)
        connection = connections[using]
        said = self._text.statement.said(connection, self._keys)
        compiler.connection, compiler.using = connection, using
        compiler.as_sql = lambda *args, **kwargs: said  # type: ignore[method-assign]  # it is made already
        return compiler


@cache
def _stated(sql: str) -> _Statement:
    return _Statement(sql, ())


def row_of(sql: str) -> tuple[Any, ...]:
    """The one row that a text without parameters finds."""
    with connection.cursor() as cursor:
        cursor.execute(*_stated(sql).said(connection, None))
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def first(rows: list[Any]) -> Any:
    """The one row that was asked for, or None."""
    return rows[0] if rows else None


class Texts:
    """The texts of one question, by what they depend on."""

    def __init__(self) -> None:
        self._texts: OrderedDict[Hashable, _Text] = OrderedDict()
        self._lock = Lock()

    def all(self, depends: Hashable, build: Callable[[], QuerySet[Any]]) -> list[Any]:
        """What it finds."""
        return self._text(("all", depends), build).rows(None)

    def of(self, keys: Iterable[int], depends: Hashable, build: Callable[[], QuerySet[Any]]) -> list[Any]:
        """The rows with those keys, in that order; a key that is not there any more is left out."""
        asked = [key for key in keys if abs(key) < _TOO_LARGE]
        if not asked:
            return []
        text = self._text(("of", depends), lambda: build().filter(_Among(F("pk"))).order_by())
        found = {row.pk: row for row in text.rows(asked)}
        return [found[key] for key in asked if key in found]

    def about(self, key: int, depends: Hashable, build: Callable[[int], QuerySet[Any]]) -> list[Any]:
        """What it finds for one key, which `build` puts where it belongs."""
        return self._text(("about", depends), lambda: build(_ONE)).rows([key]) if abs(key) < _TOO_LARGE else []

    def forget(self) -> None:
        """Put all together anew: what they were made of is another now."""
        with self._lock:
            self._texts.clear()

    def _text(self, depends: Hashable, build: Callable[[], QuerySet[Any]]) -> _Text:
        with self._lock:
            text = self._texts.get(depends)
            if text is not None:
                self._texts.move_to_end(depends)
                return text
        text = _Text(build())
        with self._lock:
            self._texts[depends] = text
            while len(self._texts) > _KEPT:
                self._texts.popitem(last=False)
        return text
