"""Figures are kept until a fact changes: the same question to the same facts has the same answer.

What is kept is what was counted, for one kind of reader; never a page. Each process keeps its own.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

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
from praktik.kept import Kept
from praktik.kept import facts as facts_of
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


def facts() -> str:
    """A stamp of everything that is counted: another one whenever any of it has changed; one query."""
    return facts_of(_COUNTED)


def kept(count: Callable[..., T], *asked: Any, **how: Any) -> T:
    """What `count` answers, from memory when nothing has changed since it was asked the same thing."""
    question = (count.__name__, asked, tuple(sorted(how.items())))
    return Kept(_COUNTED, "default").answer(question, partial(count, *asked, **how))
