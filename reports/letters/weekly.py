"""The weekly letter's tables: places and orders as they stand on a day.

A letter is read in minutes and has to arrive whole, so every table has a most number of rows and says how many more
there are. Nothing here tells of the person in a place: no sex, no target group, no outcome.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from agencies.models import in_short
from placements.choices import AnswerKind
from placements.models import MatchingOrder, Placement
from placements.querysets import ASKED, WAITING
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.templatetags.swedish_words import number_of
from reports.choices import LetterPart
from reports.letters.content import Part
from reports.letters.rows import MOST, PLACE, and_the_rest, cut, line, places, said, short, table_of, text_column
from reports.shape import Cell, Row, row_of

MOST_OF_ALL = 5 * MOST
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
        cut(f"ongoing-{number}", name, columns, (_place_row(place, [_ends(place, on)]) for place in places), together)
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
        .with_promise(on=on)
        .annotate(together=Window(Count("pk")), shaken=Window(Count("pk", filter=Q(promise_left_on__lte=on))))
        .order_by("planned_start", "pk")
    )
    first = list(rows[: 2 * MOST])
    table = table_of(
        "coming",
        "Avtalade platser",
        [text_column("place", "Plats"), text_column("start", "Planerad start"), text_column("order", "Läge")],
        first,
        lambda place: _place_row(place, [place.planned_start, _stands(place, on)]),
    )
    shaken = first[0].shaken if first else 0
    words = f"Av de avtalade ska {shaken} bekräftas på nytt, eftersom kontaktpersonen har slutat." if shaken else ""
    return Part(LetterPart.COMING, words=words, tables=table, nothing="Ingen plats är på väg just nu.")


def hard(*, on: date, sender: User) -> Part:
    """Hard-to-match orders that the whole county can help with: what blocks, how long, whom to call; one query.

    Whom to call is the coordinator who sent the order, or the letter's `sender` where that one works here no more.
    """
    places = Placement.objects.filter(order=OuterRef("pk")).agreed(on=on).order_by("pk")
    rows = (
        MatchingOrder.objects.open(on=on)
        .hard(on=on)
        .select_related("agency", "by")
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
    table = table_of("hard", "Öppna för alla kontor", columns, rows, lambda order: _hard_row(order, on, sender))
    return Part(LetterPart.HARD, tables=table, nothing="Ingen order är svårmatchad just nu.")


def _hard_row(order: Any, on: date, sender: User) -> Row:
    what = f"{order.programmes} {order.work or short(order.duties)}"
    number = places(order.places) if order.places > 1 else ""
    told = line(what, number, str(order.agency), order.towns)
    whom = order.by if order.by.is_active and order.by.role == Role.COORDINATOR else sender
    reached = line(whom.name, whom.phone or whom.email)
    return row_of(
        f"order-{order.pk}",
        [
            Cell(told, order.get_absolute_url()),
            order.obstacle,
            number_of((on - order.sent_on).days, "dag,dagar"),
            reached,
        ],
    )


def _place_row(place: Placement, rest: Sequence[Any]) -> Row:
    cells = [str(each) if isinstance(each, date) else each for each in rest]
    return row_of(f"place-{place.pk}", [Cell(said(place), place.get_absolute_url()), *cells])


def _ends(place: Any, on: date) -> str:
    """A day that has been is told as such: somebody has to end the place, or extend it."""
    return f"skulle ha slutat {place.planned_end}" if place.planned_end < on else str(place.planned_end)


def _stands(place: Any, on: date) -> str:
    """What a place that is agreed waits for."""
    if place.promise_left_on and place.promise_left_on <= on:
        return "avtalet ska bekräftas på nytt"
    return _order_stands(place)


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
