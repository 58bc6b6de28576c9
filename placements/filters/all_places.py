"""The filter of all places, as they stood on a chosen day."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet

from agencies.validators import FIRST_DAY
from placements import stages
from placements.choices import State, Waits
from placements.filters.behind_figures import BehindFigures
from placements.filters.filtered import MINE, Key, choice, offices, programmes_and_groups
from placements.models import Placement
from praktik import clock

_OPEN, _TO_FOLLOW_UP, _TO_CONFIRM, OVERDUE = "oppna", "folj-upp", "bekrafta", "forsenade"
STATES = [
    (_OPEN, "Avtalade och pågående"),
    (State.AGREED.value, "Avtalade"),
    (State.ONGOING.value, "Pågående"),
    (State.ENDED.value, "Avslutade"),
    (State.WITHDRAWN.value, "Tillbakadragna"),
    (_TO_FOLLOW_UP, "Att följa upp"),
    (_TO_CONFIRM, "Avtal att bekräfta"),
    (OVERDUE, "Steg till i dag eller försenat"),
    *Waits.choices,
]
ORDERS = {
    "avtal": ("Senast avtalade", [F("agreed_on").desc(), F("pk").desc()]),
    "start": ("Start", [F("started_on").desc(nulls_last=True), F("planned_start").asc(), F("pk").asc()]),
    "slut": ("Planerat slut", [F("planned_end").asc(nulls_last=True), F("pk").asc()]),
    "myndighet": ("Myndighet", [F("agency__name").asc(), F("pk").asc()]),
    "steg": ("Nästa steg", [F("next_on").asc(nulls_last=True), F("pk").asc()]),
}


def known_day(day: date) -> None:
    """Validator: a day of which there can be facts."""
    if not FIRST_DAY <= day <= clock.today():
        raise ValidationError(f"Välj en dag från {FIRST_DAY} till i dag.", code="unknown_day")


class PlacementFilter(BehindFigures):
    """All places, as they stood on a chosen day."""

    q = filters.CharFilter(label="Sök myndighet eller arbete", method="search", max_length=100)
    tillstand = filters.ChoiceFilter(label="Läge", method="untouched", choices=STATES, empty_label="Alla lägen")
    dag = filters.DateFilter(
        label="På dagen",
        method="untouched",
        validators=[known_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    insats = choice("Insats", "Alla insatser", field_name="programme__code")
    kontor = choice("Kontor", "Alla kontor", "by_office")
    agare = choice("Ägare", "Alla ägare", "by_owner")
    ar = choice("Startade år", "Alla år", "by_year")
    forlangd = choice("Förlängd", "Med och utan", "by_extension")
    ordning = filters.ChoiceFilter(
        label="Ordna efter",
        method="untouched",
        choices=[(key, label) for key, (label, _) in ORDERS.items()],
        empty_label=None,
        null_label=None,
    )
    myndighet = Key(field_name="agency", label="Myndighet", widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    upptagen = filters.BooleanFilter(label="Upptagen av någon anställd", method="taken", widget=forms.HiddenInput)

    class Meta:
        model = Placement
        fields: list[str] = []

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Programmes, offices, owners and years."""
        programmes, _ = programmes_and_groups()
        known = offices()
        return super().offered() | {
            "insats": programmes,
            "kontor": self.with_own(known),
            "agare": self.with_own([("koordinator", "Koordinatorn"), ("kontor", "Ett kontor"), *known]),
            "ar": [(str(year), str(year)) for year in range(clock.today().year, 2015, -1)],
            "forlangd": [("ja", "Förlängda"), ("nej", "Inte förlängda")],
        }

    @property
    def day(self) -> date:
        """The day the list is told for: today unless another one that there are facts of is asked for."""
        asked: date | None = self.chosen("dag")
        return asked or clock.today()

    @property
    def qs(self) -> QuerySet[Any, Any]:
        """The rows asked for, in the order asked for, as they stood on the day."""
        rows = self.as_known(super().qs.existing(on=self.day))
        state = self.chosen("tillstand")
        if state == _OPEN:
            rows = rows.open(on=self.day)
        elif state == _TO_FOLLOW_UP:
            rows = rows.to_follow_up(on=self.day)
        elif state == _TO_CONFIRM:
            rows = rows.to_confirm(on=self.day)
        elif state == OVERDUE:
            rows = rows.overdue(on=self.day)
        elif state in Waits.values:
            rows = rows.filter(stages.waits([Waits(state)], on=self.day))
        elif state:
            rows = rows.in_state(State(state), on=self.day)
        return rows.order_by(*ORDERS[self.chosen("ordning") or "avtal"][1])

    def search(self, rows: Any, name: str, value: str) -> Any:
        """Words in the duties, the unit or the agency's name."""
        return rows.search(value)

    def by_office(self, rows: Any, name: str, value: str) -> Any:
        """The places that an office has in hand, has an order for, or is offered."""
        return rows.concerning(self.reach.offices if value == MINE else [int(value)])

    def by_owner(self, rows: Any, name: str, value: str) -> Any:
        """In the coordinator's hands, in an office's, or in the own office's."""
        if value == MINE:
            return rows.owned_by_offices(self.reach.offices)
        if value.isdigit():
            return rows.owned_by_offices([int(value)])
        return rows.filter(office__isnull=value == "koordinator")

    def by_year(self, rows: Any, name: str, value: str) -> Any:
        """The year somebody came in place, as known on the day."""
        return rows.filter(started_on__year=int(value), started_on__lte=self.day)

    def taken(self, rows: Any, name: str, value: bool) -> Any:
        """Taken by somebody whom the agency employed after an internship."""
        return rows.taken(on=self.day) if value else rows

    def by_extension(self, rows: Any, name: str, value: str) -> Any:
        """With an extension decided by the day, or without."""
        extended = Placement.objects.extended(on=self.day).values("pk")
        return rows.filter(pk__in=extended) if value == "ja" else rows.exclude(pk__in=extended)
