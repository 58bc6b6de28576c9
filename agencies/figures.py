"""Counts of agencies and dialogues as they stand on a day: what the steering group reads of this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from agencies.choices import ObstacleKind
from agencies.models import Agency, Contact, Dialogue, Obstacle


@dataclass(frozen=True)
class CountyFigures:
    """The county on a day. The obstacle share is of the agencies in dialogue (domain: obstacle share)."""

    agencies: int
    in_dialogue: int
    contacts_met: int
    dialogues: int
    dialogues_this_year: int
    held_back: int
    kinds: Sequence[tuple[str, int]]
    """Kind of obstacle in words, and the agencies that have had it during the period; the most common first."""

    @property
    def held_back_share(self) -> float | None:
        """Agencies held back, as a share of those in dialogue; None before the first dialogue."""
        return self.held_back / self.in_dialogue if self.in_dialogue else None


def county(*, since: date, on: date) -> CountyFigures:
    """The figures as known on a day; obstacles are those unresolved on any day from `since`."""
    agencies = Agency.objects.active(on=on)
    in_dialogue = agencies.in_dialogue(on=on)
    dialogues = Dialogue.objects.held().filter(held_on__lte=on)
    kinds = (
        Obstacle.objects.unresolved_during(since, on)
        .filter(agency__in=in_dialogue)
        .values_list("kind")
        .annotate(number=Count("agency", distinct=True))
        .order_by("-number", "kind")
    )
    return CountyFigures(
        agencies=agencies.count(),
        in_dialogue=in_dialogue.count(),
        contacts_met=Contact.objects.met(on=on).count(),
        dialogues=dialogues.count(),
        dialogues_this_year=dialogues.filter(held_on__year=on.year).count(),
        held_back=in_dialogue.held_back(since=since, on=on).count(),
        kinds=[(str(ObstacleKind(kind).label), number) for kind, number in kinds],
    )
