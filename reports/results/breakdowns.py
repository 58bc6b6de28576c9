"""Who and where: the places that started in a period, by target group, sex, municipality, office and agency."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F

from placements.models import Placement
from reports.periods import Period

Crossed = dict[int, "Counter[tuple[int, str]]"]
"""By programme: started places by target group (its key) and sex."""


@dataclass
class Part:
    """One municipality's or agency's share of a programme's result."""

    pk: int | None
    """None for places that are told of no municipality."""
    name: str
    groups: "Counter[int]" = field(default_factory=Counter)
    """By the key of the target group."""
    sexes: "Counter[str]" = field(default_factory=Counter)

    @property
    def started(self) -> int:
        """All of it."""
        return self.sexes.total()


def _started(period: Period, on: date) -> Any:
    return Placement.objects.started_between(period.first, period.last, on=on).order_by()


def by_group_and_sex(period: Period, *, on: date) -> Crossed:
    """Target group × sex in the whole county; one query."""
    crossed: Crossed = defaultdict(Counter)
    rows = _started(period, on).values_list("programme", "target_group", "sex").annotate(number=Count("pk"))
    for programme, group, sex, number in rows:
        crossed[programme][group, sex] = number
    return crossed


def by_municipality(period: Period, *, on: date) -> dict[int, list[Part]]:
    """By programme: the municipalities where places started, in the order of their names; one query."""
    return _parts(_started(period, on), "municipality", "municipality__name")


def by_agency(period: Period, *, on: date) -> dict[int, list[Part]]:
    """By programme: the agencies where places started, in the order of their names; one query."""
    return _parts(_started(period, on), "agency", "agency__name")


def _parts(started: Any, key: str, name: str) -> dict[int, list[Part]]:
    found: dict[int, dict[int | None, Part]] = defaultdict(dict)
    rows = started.values_list("programme", key, name, "target_group", "sex").annotate(number=Count("pk"))
    for programme, pk, words, group, sex, number in rows.order_by(F(name).asc(nulls_last=True), key):
        part = found[programme].setdefault(pk, Part(pk, words or "Ingen kommun angiven"))
        part.groups[group] += number
        part.sexes[sex] += number
    return {programme: list(parts.values()) for programme, parts in found.items()}


def by_office(period: Period, *, on: date) -> dict[int, list[tuple[int | None, str, int]]]:
    """By programme: key, name and started places of the offices that were asked to find the person; one query.

    The office is the one that the place's order was sent to when it started. The owner of a place changes with every
    handover and would move results of past days from one office to another.
    """
    found: dict[int, list[tuple[int | None, str, int]]] = defaultdict(list)
    rows = _started(period, on).values_list("programme", "order__office", "order__office__name")
    for programme, pk, name, number in rows.annotate(number=Count("pk")).order_by(
        F("order__office__name").asc(nulls_last=True)
    ):
        found[programme].append((pk, name or "Utan order", number))
    return found
