"""The words of a table on PostgreSQL: a stored column of lexemes with an index, made by a migration.

A migration that changes the type of a searched column undoes this before and does it again after.
"""

from typing import Any

from django.db.migrations import RunPython


def _vector(columns: tuple[str, ...], weight: str) -> str:
    """The words as `praktik.search.searchable` has them: by Unicode, whatever the locale of the database."""
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    small = f"lower(normalize({text}, NFC) COLLATE swedish)"
    return f"setweight(to_tsvector('simple', regexp_replace({small}, '[^[:alpha:][:digit:]]+', ' ', 'g')), '{weight}')"


def add_words(table: str, heavy: tuple[str, ...], light: tuple[str, ...]) -> str:
    """The SQL that gives a table its column of words."""
    vector = " || ".join(_vector(columns, weight) for columns, weight in ((heavy, "A"), (light, "B")) if columns)
    return f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({vector}) STORED"


def words_column(table: str, *, heavy: tuple[str, ...] = (), light: tuple[str, ...] = ()) -> RunPython:
    """A migration's operation that makes the column and its index; nothing on SQLite."""

    def make(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(add_words(table, heavy, light), None)
            # What waits outside the index is read through by every search.
            schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = off)")

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN words")

    return RunPython(make, drop)
