"""What somebody typed in the search box, as words to look for. Nothing that is typed is an error."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from praktik.search.words import searchable

LONGEST = 100  # characters that are read
MOST = 8  # words that are looked for
_SHORTEST = 3  # letters of a stem; with fewer, half of the dictionary begins with it
# They say nothing where there are other words. PostgreSQL's own list is not used: Hans and Min stand in it.
_SAY_NOTHING = {"och", "att", "det", "som", "i", "på", "för", "med", "till", "av", "en", "ett", "den", "de", "är", "om"}
_swedish = snowballstemmer.stemmer("swedish")
_one_at_a_time = Lock()  # the stemmer keeps the word it works on


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """What all forms of a word begin with, by Snowball's Swedish stemmer, of a word in small letters.

    The stemmer is asked until it takes nothing more away: `praktikplatser` ends as `praktikplat`, and so does
    `praktikplats`; asked once, they part.
    """
    with _one_at_a_time:
        while _SHORTEST <= len(shorter := _swedish.stemWord(word)) < len(word):
            word = shorter
    return word


@dataclass(frozen=True)
class Word:
    """A word to look for."""

    typed: str
    """As it was typed, in small letters."""

    @property
    def stem(self) -> str:
        """What the words begin with that are found by it."""
        return self.typed if self.whole else stem(self.typed)

    @property
    def whole(self) -> bool:
        """Whether it is looked for as a whole word only: `hr` is not the beginning of one."""
        return len(self.typed) < _SHORTEST

    def finds(self, written: str) -> bool:
        """Whether it finds a word as `searchable` has it."""
        return written == self.stem if self.whole else written.startswith(self.stem)


@dataclass(frozen=True)
class Asked:
    """A search."""

    text: str
    """What was typed, to be shown again."""
    words: tuple[Word, ...]
    """All of them are to be found; none when nothing was typed that has letters."""
    shortened: bool = False
    """Whether more was typed than is looked for."""

    def __bool__(self) -> bool:
        return bool(self.words)


def parse(typed: str) -> Asked:
    """The words of what was typed, without signs, and without words that say nothing if there are others."""
    whole = " ".join("".join(each if each.isprintable() else " " for each in typed).split())
    text = unicodedata.normalize("NFC", whole[:LONGEST]).strip()
    every = list(dict.fromkeys(searchable(text).split()))
    words = [word for word in every if word not in _SAY_NOTHING] or every
    return Asked(text, tuple(map(Word, words[:MOST])), len(whole) > LONGEST or len(words) > MOST)
