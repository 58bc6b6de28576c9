"""Search by words in Swedish: what was typed, the words of tables, groups of hits, and how a hit is shown.

The text is kept word by word as it was written, without signs and in small letters. What is typed is stemmed
(Snowball's Swedish) and asked for as the beginning of words. Since Snowball makes a Swedish word shorter and nothing
else, that finds all that stemming both would find; and the same stems decide on PostgreSQL, on SQLite and in what is
marked.
"""

from praktik.search.groups import Group, Hit, Known, Result, find
from praktik.search.index import Found, Index, OneOf, Rank
from praktik.search.typed import Asked, Word, parse
from praktik.search.words import marked, searchable, snippet

__all__ = [
    "Asked",
    "Found",
    "Group",
    "Hit",
    "Index",
    "Known",
    "OneOf",
    "Rank",
    "Result",
    "Word",
    "find",
    "marked",
    "parse",
    "searchable",
    "snippet",
]
