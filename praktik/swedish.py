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
from django.db.models import Aggregate, CharField, Q

SWEDISH = "swedish"
# What follows is how ICU sorts Swedish (CLDR, sv), as far as names need it: a letter of its own is written as
# its place in the alphabet and its rank among those that share that place. The alphabet ends in Z Å Ä Ö;
# Ü sorts as Y, Æ as Ä and Ø as Ö (Svenska Akademiens ordlista).
_LETTERS = {
    "å": ("{a", ""),
    "ä": ("{b", ""),
    "æ": ("{b", "1"),
    "ę": ("{b", "2"),
    "ö": ("{c", ""),
    "ø": ("{c", "1"),
    "ő": ("{c", "2"),
    "œ": ("{c", "3"),
    "ô": ("{c", "4"),
    "ü": ("y", "{"),
    "ű": ("y", "|"),
    "đ": ("d", "1"),
    "ð": ("d", "2"),
    "ı": ("i~", ""),
    "ł": ("l", "1"),
    "ŋ": ("n~", ""),
    "ŧ": ("t", "1"),
    "þ": ("th", "1"),
}
# Signs stand before digits, in this order; then come other signs, by their number in Unicode.
_SIGNS = {sign: chr(place) for place, sign in enumerate(" _-–—,;:!?.…·'‘’\"“”«»()[]{}§@*/\\&#%`´^¨°+<=>|~$£€", 1)}
_ACCENTS = {mark: chr(place) for place, mark in enumerate("\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303", 65)}


def _place_and_rank(letter: str) -> tuple[str, str]:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.category(letter)[0] in "PSZ":
        return "!" + _SIGNS.get(letter, letter), ""
    parts = unicodedata.normalize("NFD", letter)
    return parts[0], "".join(_ACCENTS.get(mark, mark) for mark in parts[1:])


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> tuple[str, str, str, str]:
    """A key that puts text in Swedish order.

    First the letters count, then their accents, then small letters before capitals; invisible signs count last.
    """
    whole = unicodedata.normalize("NFC", text)
    # A no-break space is a space and a raised 2 a 2.
    folded = "".join(each if each in _SIGNS else unicodedata.normalize("NFKC", each) for each in whole).casefold()
    letters = [_place_and_rank(letter) for letter in folded if unicodedata.category(letter) not in ("Cc", "Cf")]
    # A blank stands for each letter, so that the first accent decides.
    return "".join(place for place, _ in letters), "".join(f" {rank}" for _, rank in letters), text.swapcase(), text


def _compare(one: str, other: str) -> int:
    first, second = sort_key(one), sort_key(other)
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


class _SortedJoin:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def step(self, text: str | None) -> None:
        if text is not None:
            self.texts.append(text)

    def finalize(self) -> str:
        return ", ".join(sorted(self.texts, key=sort_key))


class Joined(Aggregate):
    """The texts of a group in one, in Swedish order with `, ` between; the same on both databases."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ', ' ORDER BY %(expressions)s)"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """What is joined stands in the text twice, and so do its parameters."""
        sql, params = self.as_sql(compiler, connection, **context)
        return sql, (*params, *params)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite's own aggregate has no order; each connection is taught one that has."""
        return self.as_sql(
            compiler, connection, function="sorted_join", template="%(function)s(%(expressions)s)", **context
        )


def teach_sqlite(sender: object, connection: Any, **kwargs: object) -> None:
    """Give a new SQLite connection the Swedish collation, a sorted join, and a LIKE that folds every letter."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, _compare)
        connection.connection.create_aggregate("sorted_join", 1, _SortedJoin)
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
        found |= Q(**{f"{field}__icontains": unicodedata.normalize("NFC", word).upper()})
    return found
