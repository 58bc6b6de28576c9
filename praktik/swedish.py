"""Swedish order and case-blind search, the same on SQLite and on PostgreSQL.

Columns that are sorted or searched are declared with `db_collation=SWEDISH`. On PostgreSQL that is an
ICU collation (made by the first migration of `praktik.accounts`); on SQLite it is registered here on
every connection, together with a LIKE that folds all letters, since SQLite's own folds only A to Z.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Q

SWEDISH = "swedish"
# The alphabet ends in Z Å Ä Ö; Æ and Ø sort with Ä and Ö (Svenska Akademiens ordlista).
_AFTER_Z = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> tuple[str, str]:
    """A key that puts text in Swedish order; other accents count only between words otherwise alike."""
    folded = unicodedata.normalize("NFC", text).casefold()
    letters = (_AFTER_Z.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in folded)
    return "".join(letters), folded


def _compare(one: str, other: str) -> int:
    first, second = (*sort_key(one), one), (*sort_key(other), other)
    return (first > second) - (first < second)


@lru_cache(maxsize=500)
def _like_pattern(pattern: str, escape: str) -> re.Pattern[str]:
    parts, literal = [], False
    for letter in pattern.casefold():
        if literal:
            parts.append(re.escape(letter))
            literal = False
        elif letter == escape:
            literal = True
        else:
            parts.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
    return re.compile("".join(parts), re.DOTALL)


def _like(pattern: str | None, value: Any, escape: str = "") -> bool | None:
    if pattern is None or value is None:
        return None
    return _like_pattern(pattern, escape).fullmatch(str(value).casefold()) is not None


def teach_sqlite(sender: object, connection: Any, **kwargs: object) -> None:
    """Give a new SQLite connection the Swedish collation and a LIKE that folds every letter."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, _compare)
        for arguments in (2, 3):
            connection.connection.create_function("like", arguments, _like, deterministic=True)


def connect() -> None:
    """Called once, when the apps are ready."""
    connection_created.connect(teach_sqlite, dispatch_uid="praktik.swedish")


def contains_word(word: str, *fields: str) -> Q:
    """Rows where any of the fields contains the word, whatever its case.

    The word is upper-cased here since PostgreSQL folds a parameter by the database's own locale, which
    may be C; the columns are folded by their Swedish collation, for which there are trigram indexes.
    """
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word.upper()})
    return found
