"""The weekly letter's tables: places and orders as they stand on a day, and what has happened since the last letter.

A letter is read in minutes and has to arrive whole, so every table has a most number of rows and says how many more
there are. Nothing here tells of the person in a place: no sex, no target group, no outcome.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from agencies.models import in_short
from agencies.querysets import count_of
from placements.choices import AnswerKind, Verb
from placements.models import Deed, MatchingOrder, Placement
from placements.querysets import ASKED, WAITING
from reports.choices import LetterPart
from reports.letters.content import Part
from reports.models import Letter, LetterCopy
from reports.shape import Cell, Column, Row, Table, row_of

MOST = 15
"""Rows of a table: as many as one reads."""
MOST_OF_ALL = 80
"""Rows of ongoing places, all offices together."""

_WITHOUT_OFFICE = "Hos koordinatorn"
_PLACE = ("agency", "programme", "municipality")


def ongoing(*, on: date) -> Part:
    """Ongoing places by office, each with its planned end; one query."""
    owner = Coalesce("office__name", "order__office__name")
    rows = (
        Placement.objects.ongoing(on=on)
        .select_related(*_PLACE)
        .annotate(
            held_by=owner,
            place_in=Window(RowNumber(), partition_by=[owner], order_by=["planned_end", "pk"]),
            together=Window(Count("pk"), partition_by=[owner]),
        )
        .filter(place_in__lte=MOST)
        .order_by("held_by", "planned_end", "pk")[: MOST_OF_ALL + 1]
    )
    found = list(rows)
    offices: dict[str, list[Any]] = {}
    for place in found[:MOST_OF_ALL]:
        offices.setdefault(place.held_by or _WITHOUT_OFFICE, []).append(place)
    columns = (_text("place", "Plats"), _text("end", "Planerat slut"))
    tables = [
        _cut(f"ongoing-{number}", name, columns, (_place_row(place, [place.planned_end]) for place in places), together)
        for number, (name, places) in enumerate(offices.items())
        for together in [places[0].together]
    ]
    if len(found) > MOST_OF_ALL:
        rest = "De övriga kontorens platser finns i Praktik."
        tables[-1] = replace(tables[-1], note=f"{tables[-1].note} {rest}".strip())
    return Part(LetterPart.ONGOING, tables=tuple(tables), nothing="Ingen plats pågår just nu.")


def coming(*, on: date) -> Part:
    """Agreed places by planned start, with how their order stands; one query."""
    rows = (
        Placement.objects.agreed(on=on)
        .select_related(*_PLACE, "order__office")
        .with_order_stage()
        .annotate(together=Window(Count("pk")))
        .order_by("planned_start", "pk")
    )
    table = _table(
        "coming",
        "Avtalade platser",
        [_text("place", "Plats"), _text("start", "Planerad start"), _text("order", "Ordern")],
        rows,
        lambda place: _place_row(place, [place.planned_start, _order_stands(place)]),
    )
    return Part(LetterPart.COMING, tables=table, nothing="Ingen plats är på väg just nu.")


def hard(*, on: date) -> Part:
    """Hard-to-match orders that the whole county can help with: what blocks, how long, whom to call; one query."""
    places = Placement.objects.filter(order=OuterRef("pk")).agreed(on=on).order_by("pk")
    rows = (
        MatchingOrder.objects.open(on=on)
        .hard(on=on)
        .select_related("agency", "office", "by")
        .with_places(on=on)
        .annotate(work=Subquery(places.values("duties")[:1]), together=Window(Count("pk")))
        .order_by("sent_on", "pk")
    )
    columns = [
        _text("order", "Order"),
        _text("blocked", "Hindras av"),
        _text("days", "Öppen"),
        _text("call", "Kontakta"),
    ]
    table = _table("hard", "Kandidater från alla kontor är välkomna", columns, rows, lambda order: _hard_row(order, on))
    return Part(LetterPart.HARD, tables=table, nothing="Ingen order är svårmatchad just nu.")


def _hard_row(order: Any, on: date) -> Row:
    what = f"{order.programmes} {order.work or _short(order.duties)}"
    number = _places(order.places) if order.places > 1 else ""
    told = _line(what, number, str(order.agency), order.towns)
    reached = _line(order.by.name, order.by.phone or order.by.email)
    return row_of(
        f"order-{order.pk}",
        [Cell(told, order.get_absolute_url()), order.obstacle, _days((on - order.sent_on).days), reached],
    )


_CHANGES: tuple[tuple[Verb, str, str, Callable[[Any], date | None]], ...] = (
    (Verb.START, "Startade", "Startdag", lambda deed: deed.placement.started_on),
    (Verb.EXTEND, "Förlängda", "Nytt slut", lambda deed: deed.extension and deed.extension.new_end),
    (Verb.END, "Avslutade", "Sista dag", lambda deed: deed.placement.ended_on),
)


def changes(letter: Letter, *, on: date, weeks: int) -> Part:
    """What has been told since the last letter, whatever day it happened; six queries.

    Before the first letter: what has happened in the last `weeks`.
    """
    last = LetterCopy.objects.filter(letter__kind=letter.kind).order_by("-deeds_until", "-pk").first()
    new = Deed.objects.standing()
    new = new.filter(pk__gt=last.deeds_until) if last else new.filter(on__gt=on - timedelta(weeks=weeks))
    tables = [table for verb in _CHANGES for table in _changed(new, *verb)]
    tables += _ordered(new)
    if last:
        tables += _taken_back(last)
    return Part(LetterPart.CHANGES, tables=tuple(tables), nothing="Inget har ändrats sedan sist.")


def _changed(new: Any, verb: Verb, title: str, heading: str, when: Callable[[Any], Any]) -> Sequence[Table]:
    rows = (
        new.of(verb)
        .select_related("extension", "order__office", *(f"placement__{name}" for name in _PLACE))
        .annotate(together=Window(Count("pk")))
        .order_by("placement__agency__name", "pk")
    )
    columns = [_text("place", "Plats"), _text("when", heading)]
    return _table(f"changes-{verb}", title, columns, rows, lambda deed: _deed_row(deed, when(deed)))


def _ordered(new: Any) -> Sequence[Table]:
    """New orders: an order of several places is one thing to tell of."""
    rows = (
        new.of(Verb.ORDER)
        .told_once()
        .select_related("order__office", *(f"placement__{name}" for name in _PLACE))
        .annotate(places=count_of(Deed.objects.alike(), "act"), together=Window(Count("pk")))
        .order_by("placement__agency__name", "pk")
    )
    columns = [_text("place", "Order"), _text("when", "Till")]
    return _table("changes-order", "Nya order", columns, rows, _order_row)


def _order_row(deed: Any) -> Row:
    told = _said(deed.placement) if deed.places == 1 else f"{_said(deed.placement)} ({_places(deed.places)})"
    to = in_short(str(deed.order.office)) if deed.order else ""
    return row_of(f"deed-{deed.pk}", [Cell(told, deed.order.get_absolute_url() if deed.order else ""), to])


def _taken_back(last: LetterCopy) -> Sequence[Table]:
    """What the last letter told and was undone after it."""
    told = [
        int(key.removeprefix("deed-"))
        for part in last.content["parts"]
        if part["key"] == LetterPart.CHANGES
        for table in part["tables"]
        for row in table["rows"]
        for key in row[0].split("+")
        if key.startswith("deed-")
    ]
    rows = (
        Deed.objects.filter(pk__in=told, undone_on__isnull=False)
        .select_related(*(f"placement__{name}" for name in _PLACE))
        .annotate(together=Window(Count("pk")))
        .order_by("pk")
    )
    columns = [_text("place", "Plats"), _text("when", "Stod som")]
    return _table(
        "changes-undone",
        "Stod i förra brevet, men har ångrats",
        columns,
        rows,
        lambda deed: row_of(f"undone-{deed.pk}", [_said(deed.placement), deed.get_verb_display()]),
    )


def latest_deed() -> int:
    """The number of the latest deed there is; 0 before the first."""
    return int(Deed.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def _table(
    key: str, title: str, columns: Iterable[Column], rows: QuerySet[Any, Any], told: Callable[[Any], Row]
) -> tuple[Table, ...]:
    """The first rows as a table that says how many there are (`together` counts them); none without rows."""
    first = list(rows[: 2 * MOST])
    return (_cut(key, title, columns, map(told, first), first[0].together),) if first else ()


def _cut(key: str, title: str, columns: Iterable[Column], rows: Iterable[Row], together: int) -> Table:
    """A table of at most MOST rows; what reads the same is one row, which says how many it stands for."""
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(tuple(cell.value for cell in row.cells), []).append(row)
    kept = list(alike.values())[:MOST]
    return Table(
        key,
        f"{title}: {together}",
        tuple(columns),
        tuple(map(_as_one, kept)),
        note=_more(together - sum(map(len, kept))),
    )


def _as_one(rows: Sequence[Row]) -> Row:
    first = rows[0]
    if len(rows) == 1:
        return first
    told = replace(first.cells[0], value=f"{first.cells[0].value}, {_places(len(rows))}")
    return Row("+".join(row.key for row in rows), (told, *first.cells[1:]))


def _text(key: str, heading: str) -> Column:
    return Column(key, heading, "text")


def _place_row(place: Placement, rest: Sequence[Any]) -> Row:
    cells = [str(each) if isinstance(each, date) else each for each in rest]
    return row_of(f"place-{place.pk}", [Cell(_said(place), place.get_absolute_url()), *cells])


def _deed_row(deed: Deed, when: Any) -> Row:
    place = deed.placement
    return row_of(f"deed-{deed.pk}", [Cell(_said(place), place.get_absolute_url()), str(when or "")])


def _said(place: Placement) -> str:
    town = place.municipality.name if place.municipality else ""
    return _line(str(place), str(place.agency), town)


def _line(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _short(text: str) -> str:
    """The first line, cut where it is long."""
    line = text.strip().split("\n")[0]
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


def _places(number: int) -> str:
    return f"{number} {'plats' if number == 1 else 'platser'}"


def _days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagar'}"


def _more(number: int) -> str:
    return f"Och {number} till. Alla finns i Praktik." if number > 0 else ""


def _order_stands(place: Any) -> str:
    if not place.order_stage:
        return "inte beställd än"
    office = in_short(str(place.order.office))
    return {
        WAITING: f"väntar på svar från {office}",
        ASKED: f"{office} behöver veta mer",
        AnswerKind.CANDIDATE: f"{in_short(place.found_at or office)} föreslår någon",
        AnswerKind.NONE_NOW: f"{office} har ingen just nu",
    }[place.order_stage]
