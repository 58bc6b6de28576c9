"""The filter of orders."""

from typing import Any

import django_filters as filters
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from placements import worklist
from placements.filters.filtered import MINE, Filtered, choice, offices
from placements.models import MatchingOrder
from praktik import clock
from praktik.accounts.editing import field_of

_UNANSWERED = "osvarade"


class OrderFilter(Filtered):
    """Orders by how they stand."""

    lage = filters.ChoiceFilter(
        label="Läge",
        method="by_stage",
        empty_label="Öppna",
        null_label=None,
        choices=[
            ("vantar", "Väntar på svar"),
            ("fraga", "Obesvarad fråga"),
            ("kandidat", "Någon är föreslagen"),
            ("ingen", "Ingen just nu"),
            ("svar", "Svårmatchade"),
            (_UNANSWERED, "Svårmatchade, ditt kontor har inte svarat"),
            ("foreslas", "Föreslås som svårmatchade"),
            ("stangda", "Stängda"),
        ],
    )
    kontor = choice("Kontor", "Alla kontor", "by_office")

    class Meta:
        model = MatchingOrder
        fields: list[str] = []

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Offices."""
        return {"kontor": self.with_own(offices())}

    @property
    def qs(self) -> QuerySet[Any, Any]:
        """The orders asked for: open ones unless the closed are; those that wait longest first."""
        rows = super().qs
        if self.chosen("lage") == "stangda":
            still = MatchingOrder.objects.open(on=clock.today()).filter(pk=OuterRef("pk"))
            return rows.filter(~Exists(still)).order_by("-sent_on", "-pk")
        # Without an office it would be a constant, and PostgreSQL sorts by the column of that number.
        mine = self.reach.offices
        own = [Case(When(office__in=mine, then=Value(0)), default=Value(1))] if mine else []
        return rows.open(on=clock.today()).order_by(*own, "sent_on", "pk")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.reach.offices:
            field_of(self.form, "lage").choices = [
                choice for choice in field_of(self.form, "lage").choices if choice[0] != _UNANSWERED
            ]

    def by_office(self, rows: Any, name: str, value: str) -> Any:
        """Sent to one office, or to the reader's own."""
        return rows.filter(office__in=self.reach.offices if value == MINE else [int(value)])

    def by_stage(self, rows: Any, name: str, value: str) -> Any:
        """What the office, or any office, has said last; or that somebody flagged it."""
        today = clock.today()
        stages = {"vantar": "waiting", "kandidat": "candidate", "ingen": "none_now"}
        if value in stages:
            return rows.with_stage().filter(stage=stages[value])
        if value == "fraga":
            return rows.asked()
        if value == "svar":
            return rows.hard(on=today)
        if value == _UNANSWERED:
            return rows.filter(pk__in=worklist.hard_orders_of_others(self.reach, on=today).values("pk"))
        return rows.proposed_hard(on=today) if value == "foreslas" else rows
