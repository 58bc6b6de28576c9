"""Statskontoret's counts of a measuring year: what an agency or a county is asked to hand in.

Source: Statskontoret's follow-ups of the two assignments (domain description, "Statskontoret's three counts").
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from agencies.models import Agency
from agencies.querysets import count_of
from placements.choices import BROKEN_OFF
from placements.models import Placement, TargetGroup
from placements.validators import FOLLOWED_UP_AFTER
from reports.choices import Basis
from reports.periods import Period, year_of

SEVERAL = 0
"""In the place of a target group's key: nobody is in place, and the place takes several groups."""
NOBODY = ""
"""In the place of a sex: nobody is in place."""


@dataclass
class Counts:
    """One programme's counts, by target group (key) and sex."""

    offered: "Counter[tuple[int, str]]" = field(default_factory=Counter)
    """Places agreed in the period. Of one where nobody has started, the group it takes, or SEVERAL, and NOBODY."""
    started: "Counter[tuple[int, str]]" = field(default_factory=Counter)
    completed: "Counter[tuple[int, str]]" = field(default_factory=Counter)
    """Ended in the period, and not broken off."""
    followed_up: "Counter[tuple[str, bool | None]]" = field(default_factory=Counter)
    """Ended in the period ninety days ago or more, by what the person did then and whether that was subsidised.

    An empty answer: nobody has asked yet.
    """


def statskontoret(year: int, *, on: date, agency: Agency | None = None) -> dict[int, Counts]:
    """The counts of a measuring year as known on a day, by programme; of one agency, or of all. Four queries.

    Raises ValueError for a year that nobody can mean.
    """
    period = year_of(year, Basis.MEASURING)
    places = Placement.objects.filter(agency=agency) if agency else Placement.objects.all()
    found: dict[int, Counts] = defaultdict(Counts)
    ended = places.ended(on=on).filter(ended_on__gte=period.first, ended_on__lte=period.last)
    for name, rows in (
        ("offered", _offered(places, period, on)),
        ("started", _in_place(places.started_between(period.first, period.last, on=on))),
        ("completed", _in_place(ended.exclude(outcome__in=BROKEN_OFF))),
    ):
        for programme, group, sex, number in rows:
            getattr(found[programme], name)[group, sex] += number
    for programme, answer, subsidised, number in _answers(ended, on):
        found[programme].followed_up[answer, subsidised] += number
    return found


def _in_place(places: QuerySet[Any, Any]) -> Any:
    return places.order_by().values_list("programme", "target_group", "sex").annotate(number=Count("pk"))


def _offered(places: Any, period: Period, on: date) -> Any:
    """Places agreed in the period. Who came in place later than the day is not yet known."""
    begun = Q(started_on__lte=on)
    taken = TargetGroup.objects.filter(accepted_by=OuterRef("pk")).order_by()
    only = Case(
        When(taken_groups=1, then=Subquery(taken.values("accepted_by").annotate(one=Min("pk")).values("one"))),
        default=Value(SEVERAL),
    )
    rows = places.existing(on=on).filter(agreed_on__gte=period.first, agreed_on__lte=period.last)
    return (
        rows.order_by()
        .annotate(taken_groups=count_of(taken, "accepted_by"))
        .annotate(
            group=Case(When(begun, then=F("target_group")), default=only),
            whose=Case(When(begun, then=F("sex")), default=Value(NOBODY), output_field=CharField()),
        )
        .values_list("programme", "group", "whose")
        .annotate(number=Count("pk"))
    )


def _answers(ended: Any, on: date) -> Any:
    """What became of those who ended ninety days ago or more, as far as it was asked by the day."""
    asked = Q(followed_up_on__lte=on)
    rows = ended.filter(ended_on__lte=on - FOLLOWED_UP_AFTER).order_by()
    return (
        rows.annotate(
            answer=Case(When(asked, then=F("follow_up")), default=Value(""), output_field=CharField()),
            paid=Case(When(asked, then=F("follow_up_subsidised")), default=None),
        )
        .values_list("programme", "answer", "paid")
        .annotate(number=Count("pk"))
    )
