"""What has happened since the last letter, by when it was told, whatever its day: each thing is in one letter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db.models import Count, Q, Window

from agencies.models import in_short
from agencies.querysets import count_of
from placements.choices import Verb
from placements.models import Deed
from reports.choices import LetterPart
from reports.letters.content import Content, Part
from reports.letters.rows import PLACE, cut, places, said, table_of, text_column
from reports.models import Letter, LetterCopy
from reports.shape import Cell, Row, Table, row_of

_DEED = "deed-"

_CHANGES: tuple[tuple[Verb, str, str, Callable[[Any], date | None]], ...] = (
    (Verb.START, "Startade", "Startdag", lambda deed: deed.placement.started_on),
    (Verb.EXTEND, "Förlängda", "Nytt slut", lambda deed: deed.extension and deed.extension.new_end),
    (Verb.END, "Avslutade", "Sista dag", lambda deed: deed.placement.ended_on),
)


def changes(letter: Letter, *, on: date, weeks: int) -> Part:
    """What has been told since the last letter, whatever day it happened; six queries.

    Before the first letter: what has happened in the last `weeks`.
    """
    last = latest_copy(letter)
    new = Deed.objects.standing()
    if last:
        new = new.filter(Q(pk__gt=last.deeds_until) | Q(pk__in=last.deeds_unseen))
    else:
        new = new.filter(on__gt=on - timedelta(weeks=weeks))
    tables = [table for verb in _CHANGES for table in _changed(new, *verb)]
    tables += _ordered(new)
    if last:
        tables += _taken_back(last)
    return Part(LetterPart.CHANGES, tables=tuple(tables), nothing="Inget har ändrats sedan sist.")


def _changed(new: Any, verb: Verb, title: str, heading: str, when: Callable[[Any], Any]) -> Sequence[Table]:
    rows = (
        new.of(verb)
        .select_related("extension", *(f"placement__{name}" for name in PLACE))
        .annotate(together=Window(Count("pk")))
        .order_by("placement__agency__name", "pk")
    )
    columns = [text_column("place", "Plats"), text_column("when", heading)]
    return table_of(f"changes-{verb}", title, columns, rows, lambda deed: _deed_row(deed, when(deed)))


def _ordered(new: Any) -> Sequence[Table]:
    """New orders: an order of several places is one thing to tell of."""
    rows = (
        new.of(Verb.ORDER)
        .told_once()
        .select_related("order__office", *(f"placement__{name}" for name in PLACE))
        .annotate(places=count_of(Deed.objects.alike(), "act"), together=Window(Count("pk")))
        .order_by("placement__agency__name", "pk")
    )
    columns = [text_column("place", "Order"), text_column("when", "Till")]
    return table_of("changes-order", "Nya order", columns, rows, _order_row)


def _order_row(deed: Any) -> Row:
    told = said(deed.placement) if deed.places == 1 else f"{said(deed.placement)} ({places(deed.places)})"
    to = in_short(str(deed.order.office)) if deed.order else ""
    return row_of(f"{_DEED}{deed.pk}", [Cell(told, deed.order.get_absolute_url() if deed.order else ""), to])


def _taken_back(last: LetterCopy) -> Sequence[Table]:
    """What the last letter told and was undone after it, in that letter's words: the place itself may be gone."""
    told = {row.key: (table.title.partition(":")[0], row) for table, row in _told(last)}
    numbers = {key: [int(each.removeprefix(_DEED)) for each in key.split("+")] for key in told}
    standing = set(
        Deed.objects.standing().filter(pk__in=chain.from_iterable(numbers.values())).values_list("pk", flat=True)
    )
    rows = []
    for key, (title, row) in told.items():
        gone = len(set(numbers[key]) - standing)
        if gone:
            part = "" if gone == len(numbers[key]) else f" ({gone} av dem)"
            rows.append(row_of(f"undone-{key}", [f"{row.cells[0].value}{part}", title]))
    columns = [text_column("place", "Plats"), text_column("when", "Stod under")]
    return [cut("changes-undone", "Stod i förra brevet, men har ångrats", columns, rows, len(rows))] if rows else []


def _told(last: LetterCopy) -> Iterator[tuple[Table, Row]]:
    """The rows of the last letter that told of deeds, each with its table."""
    for part in Content.from_json(last.content).parts:
        for table in part.tables if part.key == LetterPart.CHANGES else ():
            yield from ((table, row) for row in table.rows if row.key.startswith(_DEED))


@dataclass(frozen=True)
class Known:
    """Which deeds are known at a moment: up to a number, but for some below it that cannot be seen."""

    until: int
    unseen: list[int]


_STILL_BEING_STORED = 1_000
"""So many numbers back a deed may be that somebody has begun to store and not ended."""


def known_deeds() -> Known:
    """The deeds that are known now; one query."""
    latest = Deed.objects.order_by("-pk").values_list("pk", flat=True)
    seen = set(latest[:_STILL_BEING_STORED])
    until = max(seen, default=0)
    return Known(
        until, [number for number in range(max(until - _STILL_BEING_STORED, 0) + 1, until) if number not in seen]
    )


def _deed_row(deed: Deed, when: Any) -> Row:
    place = deed.placement
    return row_of(f"{_DEED}{deed.pk}", [Cell(said(place), place.get_absolute_url()), str(when or "")])


def latest_copy(letter: Letter) -> LetterCopy | None:
    """The letter of the same kind that was sent last."""
    copies = LetterCopy.objects.filter(letter__kind=letter.kind).order_by("-letter__sent_at", "-pk")
    found: LetterCopy | None = copies.first()
    return found


def told_until(letter: Letter, *, shows_changes: bool) -> Known:
    """The deeds that the next letter need not tell: where this one hides what is new, those of the one before."""
    last = None if shows_changes else latest_copy(letter)
    return Known(last.deeds_until, last.deeds_unseen) if last else known_deeds()
