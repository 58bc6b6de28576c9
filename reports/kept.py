"""Figures are kept until a fact changes: the same question to the same facts has the same answer.

What is kept is what was counted, for one kind of reader; never a page. Each process keeps its own.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection

from agencies.models import Agency, Contact, Dialogue, Municipality, Obstacle, Office
from placements.models import (
    Confirmation,
    Extension,
    Handover,
    MatchingOrder,
    OrderAnswer,
    Placement,
    Programme,
    TargetGroup,
)
from praktik import clock
from reports.models import Target

T = TypeVar("T")

# Everything that is counted is a record: whatever changes it writes an entry into its history.
_COUNTED: tuple[Any, ...] = (
    Placement,
    Extension,
    Confirmation,
    MatchingOrder,
    OrderAnswer,
    Handover,
    Programme,
    TargetGroup,
    Agency,
    Contact,
    Dialogue,
    Obstacle,
    Municipality,
    Office,
    Target,
)
# Of two who save at once, the one with the lower number may be seen after the other: with how many of the latest
# numbers there are, the facts have another stamp then too.
_LATEST = 1_000
_AN_HOUR = 60 * 60


def facts() -> str:
    """A stamp of everything that is counted: another one whenever any of it has changed; one query."""
    parts = []
    for model in _COUNTED:
        table = connection.ops.quote_name(model.history.model._meta.db_table)
        last = f"(SELECT MAX(history_id) FROM {table})"  # noqa: S608  # the names are Django's own
        parts.append(last)
        parts.append(f"(SELECT COUNT(*) FROM {table} WHERE history_id > {last} - {_LATEST})")  # noqa: S608  # as above
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}")  # as above
        return "-".join(str(number or 0) for number in cursor.fetchone())


def kept(count: Callable[..., T], *asked: Any, **how: Any) -> T:
    """What `count` answers, from memory when nothing has changed since it was asked the same thing."""
    question = (count.__name__, asked, sorted(how.items()), clock.today())
    key = f"figures:{_short(question)}:{_short(facts())}"
    found: T | None = cache.get(key)
    if found is None:
        found = count(*asked, **how)
        cache.set(key, found, _AN_HOUR)
    return found


def _short(thing: object) -> str:
    """A short name for a question: keys of a cache hold few signs."""
    return blake2b(repr(thing).encode(), digest_size=16).hexdigest()
