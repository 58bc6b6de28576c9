"""Rows with all that is shown of them, by their keys: what lists, pages and the worklist fetch when they know which."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from placements.models import Handover, MatchingOrder, Placement
from praktik.prepared import Texts, first

_PLACES, _OPEN, _PLACE, _ORDERS, _HANDOVERS = Texts(), Texts(), Texts(), Texts(), Texts()
_WAITING, _WAITING_PLACES, _WAITING_ORDERS, _WAITING_HANDOVERS = Texts(), Texts(), Texts(), Texts()
_OF_A_PLACE = ("target_group", "manager", "tutor", "contact__successor", "follows__programme", "follows__agency")


def places(keys: Iterable[int], *, on: date) -> list[Any]:
    """Places `with_row`, as a list tells them."""
    return _PLACES.of(keys, on, lambda: Placement.objects.with_row(on=on).select_related("contact__successor"))


def open_places(keys: Iterable[int], *, on: date, offices: frozenset[int]) -> list[Any]:
    """Places as the list of open ones tells them: the same, and how near they are to the reader's offices."""
    return _OPEN.of(keys, (on, offices), lambda: Placement.objects.with_row(on=on).with_nearness(offices))


def place(pk: int, *, on: date) -> Any:
    """One place with what its page tells, or None."""
    related = (*_OF_A_PLACE, "followed_by__programme")
    return first(_PLACE.of([pk], on, lambda: Placement.objects.with_row(on=on).select_related(*related)))


def orders(keys: Iterable[int], *, on: date) -> list[Any]:
    """Orders as their list tells them."""
    every = MatchingOrder.objects
    return _ORDERS.of(keys, on, lambda: every.with_stage().with_places(on=on).select_related("office", "agency"))


def handovers(keys: Iterable[int]) -> list[Any]:
    """Handovers as the ledger tells them."""
    related = ("office", "by", "placement__agency", "placement__programme", "placement__municipality")
    return _HANDOVERS.of(keys, None, lambda: Handover.objects.select_related(*related).prefetch_related("words__by"))


def waiting_handover(placement: int) -> Any:
    """The handover of a place that waits for an office, with what has been said about it; or None."""
    related = ("office", "by")

    def build(pk: int) -> Any:
        rows = Handover.objects.filter(placement=pk).waiting().select_related(*related)
        return rows.prefetch_related("words__by").order_by("pk")[:1]

    return first(_WAITING.about(placement, None, build))


def waiting_places(keys: Iterable[int]) -> list[Any]:
    """Places as the worklist tells them."""
    related = ("agency", "programme", "office", "coordinator", "contact", "order")
    return _WAITING_PLACES.of(keys, None, lambda: Placement.objects.select_related(*related))


def waiting_orders(keys: Iterable[int], *, on: date) -> list[Any]:
    """Orders as the worklist tells them, with what was asked about them and whom somebody proposed."""
    every = MatchingOrder.objects
    return _WAITING_ORDERS.of(
        keys,
        on,
        lambda: (
            every.with_stage().with_places(on=on).with_question().with_found().with_waiting()
            .select_related("office", "agency")
        ),
    )  # fmt: skip


def waiting_handovers(keys: Iterable[int]) -> list[Any]:
    """Handovers as the worklist tells them."""
    related = ("office", "placement__agency", "placement__programme")
    return _WAITING_HANDOVERS.of(keys, None, lambda: Handover.objects.select_related(*related))
