"""Names and sentences for the copies, so that a word can be rare, common, or in one note of a hundred."""

from collections.abc import Iterator
from itertools import islice
from random import Random

from django.db import connection

from praktik.demo.people import names

HOW_MANY = 2_003
"""A prime, so that neither rows nor copies fall into step with it."""

_STEMS = ("arkiv", "post", "bil", "dator", "papper", "skog", "väg", "kund", "data", "drift", "plan", "stöd", "vård")
_LINKS = ("", "s")
_ENDS = ("hantering", "rum", "system", "ansvarig", "plan", "grupp", "arbete", "rutin", "lista", "register")
# Share of the sentences, and the words.
_SOMETIMES = (
    (0.5, "Handledare finns."),
    (0.1, "Alla anmäler sig i receptionen."),
    (0.01, "Truckkort krävs."),
    (0.0005, "Hällristningarna ska skötas."),
)


def _sentences(chance: Random) -> Iterator[str]:
    compounds = [f"{stem}{link}{end}" for stem in _STEMS for link in _LINKS for end in _ENDS]
    while True:
        about, besides = chance.sample(compounds, 2)
        parts = [f"Vi talade om {about} och {besides}."]
        parts += [words for share, words in _SOMETIMES if chance.random() < share]
        yield " ".join(parts)


def store(chance: Random) -> None:
    """Make the table `bulk_words` of this connection: a number, a name and a sentence in each row."""
    rows = zip(range(HOW_MANY), names(chance), islice(_sentences(chance), HOW_MANY), strict=False)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bulk_words (n integer PRIMARY KEY, name text, sentence text)")
        cursor.executemany("INSERT INTO bulk_words VALUES (%s, %s, %s)", list(rows))
