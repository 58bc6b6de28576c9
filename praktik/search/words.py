"""Text as words, and found words marked in it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from praktik.search.typed import Word

LENGTH = 200  # characters of what is shown around a hit
_BEFORE = 60  # characters of them before it
_LETTER = r"[^\W_]"


def searchable(text: str | None) -> str:
    """The words of a text in small letters with blanks between: letters and digits, and nothing that is a sign."""
    small = unicodedata.normalize("NFC", text or "").lower()
    kept = (each if unicodedata.category(each) in _KEPT else " " for each in small)
    return " ".join("".join(kept).split())


_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"})


@lru_cache(maxsize=500)
def _finder(words: "tuple[Word, ...]", inside: bool) -> re.Pattern[str]:
    begun = "|".join(f"{word.stem}(?!{_LETTER})" if word.whole else f"{word.stem}{_LETTER}*" for word in words)
    within = "".join(f"|{word.typed}" for word in words if not word.whole) if inside else ""
    return re.compile(f"(?<!{_LETTER})(?:{begun}){within}", re.IGNORECASE)


def _with_marks(text: str, finder: re.Pattern[str]) -> SafeString:
    parts, at = [], 0
    for hit in finder.finditer(text):
        parts += [escape(text[at : hit.start()]), f"<mark>{escape(hit.group())}</mark>"]
        at = hit.end()
    return mark_safe("".join([*parts, escape(text[at:])]))


def marked(text: str, words: "Iterable[Word]", *, inside: bool = False) -> SafeString:
    """A text as HTML with the found words marked; `inside` marks what was typed also in the middle of a word."""
    words = tuple(words)
    text = unicodedata.normalize("NFC", text)
    return _with_marks(text, _finder(words, inside)) if words else escape(text)


def snippet(text: str, words: "Iterable[Word]") -> SafeString:
    """Some LENGTH characters of a text around its first hit, as HTML with the found words marked.

    A text without a hit is shown from its beginning.
    """
    words = tuple(words)
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    hit = _finder(words, False).search(text) if words else None
    begin = max(0, hit.start() - _BEFORE) if hit and hit.end() > LENGTH else 0
    if begin and hit:
        begin = text.find(" ", begin, hit.start()) + 1 or begin
    end = begin + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", begin, end), hit.end() if hit else 0, begin + LENGTH // 2)
    cut = f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"
    return marked(cut, words)
