"""The weekly letter's tables: places and orders as they stand on a day.

A letter is read in minutes and has to arrive whole, so every table has a most number of rows and says how many more
there are. Nothing here tells of the person in a place: no sex, no target group, no outcome.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from agencies.models import in_short
from placements.choices import AnswerKind
from placements.models import MatchingOrder, Placement
from placements.querysets import ASKED, WAITING
from reports.choices import LetterPart
from reports.letters.content import Part
from reports.letters.rows import MOST, PLACE, and_the_rest, cut, line, places, said, short, table_of, text_column
from reports.shape import Cell, Row, row_of

MOST_OF_ALL = 4 * MOST
"""Rows of ongoing places, all offices together."""

_WITHOUT_OFFICE = "Hos koordinatorn"


def ongoing(*, on: date) -> Part:
    """Ongoing places by office, each with its planned end; one query."""
    owner = Coalesce("office__name", "order__office__name")
    rows = (
        Placement.objects.ongoing(on=on)
        .select_related(*PLACE)
        .annotate(
            held_by=owner,
            place_in=Window(RowNumber(), partition_by=[owner], order_by=["planned_end", "pk"]),
            together=Window(Count("pk"), partition_by=[owner]),
        )
        .filter(place_in__lte=MOST)
        .order_by(F("held_by").asc(nulls_last=True), "planned_end", "pk")[: MOST_OF_ALL + 1]
    )
    found = list(rows)
    offices: dict[str, list[Any]] = {}
    for place in found[:MOST_OF_ALL]:
        offices.setdefault(place.held_by or _WITHOUT_OFFICE, []).append(place)
    columns = (text_column("place", "Plats"), text_column("end", "Planerat slut"))
    tables = [
        cut(f"ongoing-{number}", name, columns, (_place_row(place, [place.planned_end]) for place in places), together)
        for number, (name, places) in enumerate(offices.items())
        for together in [places[0].together]
    ]
    if len(found) > MOST_OF_ALL and found[-1].held_by != found[-2].held_by:
        tables[-1] = and_the_rest(tables[-1])
    return Part(LetterPart.ONGOING, tables=tuple(tables), nothing="Ingen plats pågår just nu.")


def coming(*, on: date) -> Part:
    """Agreed places by planned start, with how their order stands; one query."""
    rows = (
        Placement.objects.agreed(on=on)
        .select_related(*PLACE, "order__office")
        .with_order_stage()
        .annotate(together=Window(Count("pk")))
        .order_by("planned_start", "pk")
    )
    table = table_of(
        "coming",
        "Avtalade platser",
        [text_column("place", "Plats"), text_column("start", "Planerad start"), text_column("order", "Ordern")],
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
        text_column("order", "Order"),
        text_column("blocked", "Hindras av"),
        text_column("days", "Öppen"),
        text_column("call", "Kontakta"),
    ]
    table = table_of(
        "hard", "Kandidater från alla kontor är välkomna", columns, rows, lambda order: _hard_row(order, on)
    )
    return Part(LetterPart.HARD, tables=table, nothing="Ingen order är svårmatchad just nu.")


def _hard_row(order: Any, on: date) -> Row:
    what = f"{order.programmes} {order.work or short(order.duties)}"
    number = places(order.places) if order.places > 1 else ""
    told = line(what, number, str(order.agency), order.towns)
    reached = line(order.by.name, order.by.phone or order.by.email)
    return row_of(
        f"order-{order.pk}",
        [Cell(told, order.get_absolute_url()), order.obstacle, _days((on - order.sent_on).days), reached],
    )


def _place_row(place: Placement, rest: Sequence[Any]) -> Row:
    cells = [str(each) if isinstance(each, date) else each for each in rest]
    return row_of(f"place-{place.pk}", [Cell(said(place), place.get_absolute_url()), *cells])


def _days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagar'}"


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
