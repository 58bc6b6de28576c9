"""How often the letters go, and when the next one is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Case, F, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from praktik import clock
from praktik.prepared import Texts
from reports.choices import LetterKind
from reports.models import Letter, LetterInterval
from reports.periods import every, monday_of

_INTERVALS, _LATEST = Texts(), Texts()
INTERVALS = {LetterKind.WEEKLY: 2, LetterKind.NEWSLETTER: 6}
"""Weeks between two letters until the coordinator decides otherwise: the letters go every one to four weeks, the
newsletter every sixth (domain description, "What hurts today", 6)."""


def interval(kind: LetterKind) -> int:
    """Weeks between two letters of a kind."""
    return intervals()[kind]


def intervals() -> dict[LetterKind, int]:
    """Weeks between two letters, of every kind; one query."""
    decided = dict(_INTERVALS.all(None, lambda: LetterInterval.objects.values_list("kind", "weeks")))
    return {kind: decided.get(kind, usual) for kind, usual in INTERVALS.items()}


@dataclass(frozen=True)
class Turn:
    """When a kind of letter was sent last, when the next is due, and what is written of it already."""

    kind: LetterKind
    weeks: int
    last: Letter | None
    draft: Letter | None
    due_on: date | None
    """None before the first letter."""

    @property
    def how_often(self) -> str:
        """How often it goes, in words."""
        return every(self.weeks)

    @property
    def is_due(self) -> bool:
        """Whether it is time for a letter."""
        return self.due_on is None or self.due_on <= clock.today()


def turns() -> list[Turn]:
    """How each kind of letter stands; two queries."""
    weeks, latest = intervals(), _latest()
    return [
        Turn(kind, weeks[kind], sent := latest.get((kind, False)), latest.get((kind, True)), _due(sent, weeks[kind]))
        for kind in LetterKind
    ]


def _latest() -> dict[tuple[str, bool], Letter]:
    """By kind and whether it is a draft: the letter sent last, and the draft of the latest week."""
    is_draft = Case(When(sent_at__isnull=True, then=Value(True)), default=Value(False), output_field=BooleanField())
    first = Window(RowNumber(), partition_by=["kind", is_draft], order_by=[F("sent_at").desc(), F("week").desc()])
    rows = _LATEST.all(None, lambda: Letter.objects.annotate(is_draft=is_draft, place_in=first).filter(place_in=1))
    return {(letter.kind, letter.is_draft): letter for letter in rows}


def _due(last: Letter | None, weeks: int) -> date | None:
    if last is None or last.sent_at is None:
        return None
    return timezone.localtime(last.sent_at).date() + timedelta(weeks=weeks)


def next_week(kind: LetterKind, *, on: date) -> date:
    """The Monday of the week that a new letter is proposed for: this one, or the first after the latest letter."""
    latest = Letter.objects.filter(kind=kind).order_by("-week").values_list("week", flat=True).first()
    this = monday_of(on)
    return max(this, latest + timedelta(weeks=1)) if latest else this
