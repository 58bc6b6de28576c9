"""Rows with all that is shown of them, by their keys: what lists, pages and the worklist fetch when they know which."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from agencies.models import Agency, NextStep, Obstacle
from praktik.prepared import Texts, first

_LISTED, _PAGE = Texts(), Texts()
_STEPS, _SILENT, _OBSTACLES = Texts(), Texts(), Texts()


def agencies(keys: Iterable[int], *, on: date) -> list[Any]:
    """Agencies as their list tells them."""
    return _LISTED.of(keys, on, lambda: Agency.objects.with_overview(on=on))


def agency(pk: int) -> Any:
    """One agency with what its page tells, or None."""
    return first(_PAGE.of([pk], None, lambda: Agency.objects.with_municipality_names().with_latest_dialogue()))


def waiting_steps(keys: Iterable[int]) -> list[Any]:
    """Next steps as the worklist tells them."""
    return _STEPS.of(keys, None, lambda: NextStep.objects.select_related("agency", "owner"))


def waiting_agencies(keys: Iterable[int]) -> list[Any]:
    """Agencies as the worklist tells them."""
    return _SILENT.of(keys, None, Agency.objects.with_latest_dialogue)


def waiting_obstacles(keys: Iterable[int]) -> list[Any]:
    """Obstacles as the worklist tells them."""
    return _OBSTACLES.of(keys, None, lambda: Obstacle.objects.select_related("agency"))
