"""The words of a table on SQLite: an FTS5 table that triggers keep true, made after every migrate.

Not by a migration: Django changes a table of SQLite by making it anew, and its triggers are gone, silently.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from praktik.search.index import Index
from praktik.search.words import searchable


def teach_sqlite(sender: object, connection: Any, **kwargs: object) -> None:
    """Give a new SQLite connection the function that the triggers call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("search_words", 1, searchable, deterministic=True)


def _words(columns: tuple[str, ...], row: str) -> str:
    text = " || ' ' || ".join(f"coalesce({row}.{column}, '')" for column in columns) or "''"
    return f"search_words({text})"


def _triggers(index: Index) -> dict[str, str]:
    table, words = index.table, index.words
    heavy, light = _words(index.heavy, "NEW"), _words(index.light, "NEW")
    columns = ", ".join(column.split()[0] for column in (*index.heavy, *index.light))
    doings = {
        "INSERT": f"INSERT INTO {words} (rowid, heavy, light) VALUES (NEW.id, {heavy}, {light})",
        f"UPDATE OF {columns}": f"UPDATE {words} SET heavy = {heavy}, light = {light} WHERE rowid = NEW.id",
        "DELETE": f"DELETE FROM {words} WHERE rowid = OLD.id",
    }
    named = {f"{words}_on_{when.split()[0].lower()}": (when, doing) for when, doing in doings.items()}
    return {
        name: f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {doing}; END"
        for name, (when, doing) in named.items()
    }


def keep_words(app: AppConfig, indexes: Iterable[Index]) -> None:
    """Called by a room when it is ready: after every migrate its words are there."""

    def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
        make_words(indexes, using)

    connection_created.connect(teach_sqlite, dispatch_uid="praktik.search")
    post_migrate.connect(after_migrate, sender=app, weak=False, dispatch_uid=f"praktik.search.{app.label}")


def make_words(indexes: Iterable[Index], using: str) -> None:
    """Make each index's table of words and its triggers where they are missing, and fill it from its table."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
        there = dict(cursor.fetchall())
        for index in indexes:
            if index.table not in there:
                cursor.execute(f"DROP TABLE IF EXISTS {index.words}")
                continue
            if index.words not in there:
                cursor.execute(f"CREATE VIRTUAL TABLE {index.words} USING fts5(heavy, light, {_AS_WRITTEN})")
            for name, trigger in _triggers(index).items():
                if there.get(name) != trigger:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    cursor.execute(trigger)
            heavy, light = _words(index.heavy, index.table), _words(index.light, index.table)
            cursor.execute(f"DELETE FROM {index.words}")
            every = f"SELECT id, {heavy}, {light} FROM {index.table}"
            cursor.execute(f"INSERT INTO {index.words} (rowid, heavy, light) {every}")


# Å and Ä are letters of their own.
_AS_WRITTEN = "tokenize = 'unicode61 remove_diacritics 0'"
