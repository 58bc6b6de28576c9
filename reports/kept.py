"""Figures are kept until a fact changes: the same question to the same facts has the same answer.

What is kept is what was counted, for one kind of reader; never a page. Each process keeps its own.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

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
from praktik.kept import facts as facts_of
from praktik.kept import short
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
_AN_HOUR = 60 * 60


def facts() -> str:
    """A stamp of everything that is counted: another one whenever any of it has changed; one query."""
    return facts_of(_COUNTED)


def kept(count: Callable[..., T], *asked: Any, **how: Any) -> T:
    """What `count` answers, from memory when nothing has changed since it was asked the same thing."""
    question = (count.__name__, asked, sorted(how.items()), clock.today())
    key = f"figures:{short(question)}:{short(facts())}"
    found: T | None = cache.get(key)
    if found is None:
        found = count(*asked, **how)
        cache.set(key, found, _AN_HOUR)
    return found
