"""Counts of places as they stand on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, Value

from placements.querysets import state_is, taken_by_hired, taken_by_job
from praktik.prepared import Texts, first

_STANDING = Texts()


@dataclass(frozen=True)
class Standing:
    """How many places stand where on a day."""

    agreed: int
    ongoing: int
    ended: int
    withdrawn: int
    unordered: int
    """Agreed places without an order."""
    to_confirm: int
    taken_until: date | None
    """The last day on which a place is taken by somebody employed after an internship, as far as it is known."""
    taken: int
    """Places taken so."""

    @property
    def all(self) -> int:
        """Every place there has been."""
        return self.agreed + self.ongoing + self.ended + self.withdrawn


def standing(about: Any, *, on: date) -> Standing:
    """How the places of an agency or an office stand on a day; one query.

    A place is taken when the agency employed the person after an internship (domain description, obstacle "place still
    taken by a person hired earlier"): until the employment ends, or until the end of a subsidised job that followed.
    """
    kind = type(about)

    def build(pk: int) -> Any:
        rows = kind(pk=pk).placements.with_promise(on=on).order_by().annotate(every=Value(1)).values("every")
        return rows.annotate(**_counts(on)).values(*_counts(on))

    return _standing(first(_STANDING.about(about.pk, (kind, on), build)) or _nothing(on))


def _nothing(on: date) -> dict[str, Any]:
    """What is counted where there is no place."""
    return {name: 0 if isinstance(each, Count) else None for name, each in _counts(on).items()}


def _counts(on: date) -> dict[str, Any]:
    hired, followed = taken_by_hired(on), taken_by_job(on)
    return {
        "agreed": Count("pk", filter=state_is("agreed", on)),
        "ongoing": Count("pk", filter=state_is("ongoing", on)),
        "ended": Count("pk", filter=state_is("ended", on)),
        "unordered": Count("pk", filter=state_is("agreed", on) & Q(order__isnull=True)),
        "withdrawn": Count("pk", filter=state_is("withdrawn", on)),
        "to_confirm": Count("pk", filter=state_is("agreed", on) & Q(promise_left_on__lte=on)),
        "taken": Count("pk", filter=hired | followed),
        "hired_until": Max("employed_until", filter=hired),
        "job_until": Max("planned_end", filter=followed),
        "open_ended": Count("pk", filter=hired & Q(employed_until__isnull=True)),
    }


def _standing(numbers: dict[str, Any]) -> Standing:
    until = [day for day in (numbers.pop("hired_until"), numbers.pop("job_until")) if day]
    known = not numbers.pop("open_ended")
    return Standing(**numbers, taken_until=max(until) if until and known else None)
