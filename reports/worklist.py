"""What now? The letters that are due."""

from collections.abc import Iterable

from django.urls import reverse

from placements.worklist import Waiting
from reports.letters.rhythm import Turn


def letters_due(turns: Iterable[Turn]) -> list[Waiting]:
    """A line for each kind of letter whose turn it is, which leads to where it is written; none before the first."""
    return [
        Waiting(
            f"{turn.kind.label.capitalize()}et ska skickas",
            turn.draft.get_absolute_url() if turn.draft else reverse("reports:letter-new", args=[turn.kind.label]),
            "wait",
        )
        for turn in turns
        if turn.last and turn.is_due
    ]
