"""What is found of letters, and how a hit reads."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from praktik.search import Group, Hit, Index, Known, Word, marked, snippet
from praktik.swedish import contains_word
from reports.models import LetterCopy
from reports.permissions import READ_LETTERS

LETTER_WORDS = Index("reports_lettercopy", heavy=("content ->> 'title'",), light=("text",))
INDEXES = (LETTER_WORDS,)


class Letters(Group):
    """Letters as they were sent: by what stands in them, and by their number in the register. No drafts."""

    name, label, permission, index = "brev", "Brev", READ_LETTERS, LETTER_WORDS
    order = ("-letter__sent_at", "-pk")

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """What was sent."""
        return LetterCopy.objects.filter(letter__sent_at__isnull=False)

    def besides(self, word: Word, known: Known) -> list[Q]:
        """By a part of the register's number."""
        return [contains_word(word.typed, "letter__register_number")]

    def told(self, rows: Any, user: Any) -> QuerySet[Any, Any]:
        """The text and the letter."""
        return rows.select_related("letter").only(
            "text", "letter__kind", "letter__week", "letter__sent_at", "letter__register_number"
        )

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """Which letter, when it went, and what it says."""
        sent = f"skickat {timezone.localtime(row.letter.sent_at):%Y-%m-%d}"
        return Hit(
            title=marked(str(row.letter), words),
            url=row.letter.get_absolute_url(),
            line=marked(" · ".join(filter(None, [sent, row.letter.register_number])), words),
            text=snippet(row.text, words),
        )


GROUPS = (Letters(),)
