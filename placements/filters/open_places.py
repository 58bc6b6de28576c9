"""The filter of the places that wait for somebody."""

from datetime import timedelta
from typing import Any

from agencies.models import Municipality
from placements.filters.filtered import Filtered, check, choice, programmes_and_groups
from placements.models import Placement
from praktik import clock
from praktik.prepared import Texts

_TOWNS = Texts()


class OpenFilter(Filtered):
    """The places that wait for somebody: what a case officer looks for."""

    insats = choice("Insats", "Alla insatser", field_name="programme__code")
    kommun = choice("Kommun", "Alla kommuner", field_name="municipality__code")
    malgrupp = choice("Målgrupp", "Alla målgrupper", field_name="target_groups__code")
    start = choice("Start", "När som helst", "by_start")
    mitt = check("Bara mitt kontor", "own")
    medborgarskap = check("Utan krav på medborgarskap", "open_to_all")
    svar = check("Svårmatchade", "hard")

    class Meta:
        model = Placement
        fields: list[str] = []

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Programmes, target groups, municipalities and spans of days."""
        programmes, groups = programmes_and_groups()
        return {
            "insats": programmes,
            "malgrupp": groups,
            "kommun": _TOWNS.all(None, lambda: Municipality.objects.values_list("code", "name")),
            "start": [
                ("30", "Inom 30 dagar"),
                ("60", "Inom 60 dagar"),
                ("90", "Inom 90 dagar"),
                ("passerad", "Skulle ha startat"),
            ],
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.reach.offices:
            del self.form.fields["mitt"]

    def own(self, rows: Any, name: str, value: bool) -> Any:
        """What concerns the reader's offices."""
        return rows.concerning(self.reach.offices) if value else rows

    def by_start(self, rows: Any, name: str, value: str) -> Any:
        """A planned start within so many days, or one that has been."""
        today = clock.today()
        if value == "passerad":
            return rows.filter(planned_start__lt=today)
        return rows.filter(planned_start__lte=today + timedelta(days=int(value)))

    def open_to_all(self, rows: Any, name: str, value: bool) -> Any:
        """Without the requirement of Swedish citizenship."""
        return rows.filter(citizenship=False) if value else rows

    def hard(self, rows: Any, name: str, value: bool) -> Any:
        """With an order that is hard to match."""
        return rows.filter(order__hard_since__isnull=False) if value else rows
