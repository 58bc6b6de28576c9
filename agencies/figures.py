"""Counts of agencies and dialogues as they stand on a day: what the steering group reads of this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from agencies.models import Agency, Contact, Dialogue, Obstacle


@dataclass(frozen=True)
class HeldBack:
    """How many of the agencies in dialogue have had an obstacle (domain description, "Obstacle share")."""

    in_dialogue: int
    held_back: int
    kinds: Sequence[tuple[str, int]]
    """Kind of obstacle, and the agencies that have had it during the period; the most common first."""

    @property
    def held_back_share(self) -> float | None:
        """Agencies held back, as a share of those in dialogue; None before the first dialogue."""
        return self.held_back / self.in_dialogue if self.in_dialogue else None


def held_back(*, since: date, on: date) -> HeldBack:
    """Obstacles unresolved on any day from `since`, at the agencies in dialogue by the day; two queries."""
    in_dialogue = Agency.objects.active(on=on).in_dialogue(on=on)
    met = Obstacle.objects.unresolved_during(since, on)
    kinds = (
        met.filter(agency__in=in_dialogue)
        .order_by()
        .values_list("kind")
        .annotate(number=Count("agency", distinct=True))
        .order_by("-number", "kind")
    )
    numbers = in_dialogue.aggregate(
        in_dialogue=Count("pk"), held_back=Count("pk", filter=Exists(met.filter(agency=OuterRef("pk"))))
    )
    return HeldBack(**numbers, kinds=list(kinds))


@dataclass(frozen=True)
class CountyFigures(HeldBack):
    """The county on a day."""

    agencies: int
    contacts_met: int
    dialogues: int
    dialogues_this_year: int


def county(*, since: date, on: date) -> CountyFigures:
    """The figures as known on a day; obstacles are those unresolved on any day from `since`."""
    held = Count("pk", filter=Q(held_on__year=on.year))
    dialogues = Dialogue.objects.held().filter(held_on__lte=on)
    return CountyFigures(
        **vars(held_back(since=since, on=on)),
        agencies=Agency.objects.active(on=on).count(),
        contacts_met=Contact.objects.met(on=on).count(),
        **dialogues.aggregate(dialogues=Count("pk"), dialogues_this_year=held),
    )
