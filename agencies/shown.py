"""Agencies with all that is shown of them, by their keys: what lists and pages fetch when they know which."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from agencies.models import Agency
from praktik.prepared import Texts

_LISTED, _PAGE = Texts(), Texts()


def agencies(keys: Iterable[int], *, on: date) -> list[Any]:
    """Agencies as their list tells them."""
    return _LISTED.of(keys, on, lambda: Agency.objects.with_overview(on=on))


def agency(pk: int) -> Any:
    """One agency with what its page tells, or None."""
    found = _PAGE.of([pk], None, lambda: Agency.objects.with_municipality_names().with_latest_dialogue())
    return found[0] if found else None
