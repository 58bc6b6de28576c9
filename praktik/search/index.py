"""The words of a table: where they are kept, and the question whether a row has one of them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import BooleanField, F, Func, IntegerField
from django.db.models.expressions import Col

from praktik.search.typed import Word


@dataclass(frozen=True)
class Index:
    """Which columns of a table are searched: the heavy ones name the row, the light ones tell of it.

    On PostgreSQL a migration makes them a column `words` (`praktik.search.postgres`); on SQLite they are a table
    of their own, made after every migrate (`praktik.search.sqlite`). A column may be `column ->> 'key'` of a JSON.
    """

    table: str
    heavy: tuple[str, ...] = ()
    light: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The name of SQLite's table of words."""
        return f"{self.table}_words"


class Found(Func):
    """Whether a row of an index's table has a word: a condition for `filter`, on both databases.

    `heavy` asks only the heavy columns; `exactly` for the word as it was typed and not for its other forms.
    """

    output_field = BooleanField()

    def __init__(self, index: Index, word: Word, *, heavy: bool = False, exactly: bool = False) -> None:
        super().__init__(F("pk"))
        self.index, self.word, self.heavy = index, word, heavy
        self.begins = not (exactly or word.whole)
        self.text = word.typed if exactly else word.stem

    def in_vector(self, row: str) -> tuple[str, tuple[str, ...]]:
        """PostgreSQL's condition, of a row by the name of its table."""
        signs = ("*" if self.begins else "") + ("A" if self.heavy else "")
        return f"{row}.words @@ to_tsquery('simple', %s)", (f"{self.text}:{signs}" if signs else self.text,)

    def in_table(self, key: str) -> tuple[str, tuple[str, ...]]:
        """SQLite's condition, of a row by its key: the rows of the FTS5 table have the same."""
        asked = ("heavy : " if self.heavy else "") + f'"{self.text}"' + (" *" if self.begins else "")
        table = self.index.words
        return f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", (asked,)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """A query of the column `words`, beside the row's key."""
        return self.in_vector(compiler.quote_name_unless_alias(cast(Col, self.source_expressions[0]).alias))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """A query of the FTS5 table."""
        key, _ = compiler.compile(self.source_expressions[0])
        return self.in_table(key)


class OneOf(Func):
    """Whether a column holds one of many keys: one parameter, however many they are."""

    output_field = BooleanField()

    def __init__(self, column: str, keys: Iterable[int]) -> None:
        super().__init__(F(column))
        self.keys = list(keys)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """An array."""
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"{column} = ANY(%s::bigint[])", (*parameters, self.keys)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """A list in JSON."""
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*parameters, json.dumps(self.keys))


class Rank(Func):
    """How well a row answers, the same number on both databases.

    For each word 4 if it names the row, 2 if it stands there at all, 1 if it stands there as it was typed.
    """

    output_field = IntegerField()

    def __init__(self, index: Index, words: tuple[Word, ...]) -> None:
        super().__init__(F("pk"))
        self.asked: list[tuple[int, Found]] = []
        for word in words:
            heavy, typed = Found(index, word, heavy=True), Found(index, word, exactly=True)
            self.asked += [(4, heavy), (2, Found(index, word)), (1, typed)]

    def _sum(self, ask: Callable[[Found], tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]]:
        parts = [(worth, *ask(found)) for worth, found in self.asked]
        text = " + ".join(f"CASE WHEN {condition} THEN {worth} ELSE 0 END" for worth, condition, _ in parts)
        return f"({text})", tuple(parameter for *_, parameters in parts for parameter in parameters)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Added up."""
        row = compiler.quote_name_unless_alias(cast(Col, self.source_expressions[0]).alias)
        return self._sum(lambda found: found.in_vector(row))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Added up."""
        key, _ = compiler.compile(self.source_expressions[0])
        return self._sum(lambda found: found.in_table(key))
