"""Filtered lists: which rows the address asks for."""

from datetime import date, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet

from agencies.models import Municipality, Office
from placements import worklist
from placements.choices import State
from placements.models import MatchingOrder, Placement, Programme
from placements.permissions import Reach
from praktik import clock

_LOOKS = {"CheckboxInput": "form-check-input", "TextInput": "form-control", "DateInput": "form-control"}
_OPEN, _TO_FOLLOW_UP, _OVERDUE = "oppna", "folj-upp", "forsenade"
MINE = "mina"
STATES = [
    (_OPEN, "Avtalade och pågående"),
    (State.AGREED.value, "Avtalade"),
    (State.ONGOING.value, "Pågående"),
    (State.ENDED.value, "Avslutade"),
    (State.WITHDRAWN.value, "Tillbakadragna"),
    (_TO_FOLLOW_UP, "Att följa upp"),
    (_OVERDUE, "Nästa steg försenat"),
]
ORDERS = {
    "avtal": ("Senast avtalade", [F("agreed_on").desc(), F("pk").desc()]),
    "start": ("Start", [F("started_on").desc(nulls_last=True), F("planned_start").asc(), F("pk").asc()]),
    "slut": ("Planerat slut", [F("planned_end").asc(nulls_last=True), F("pk").asc()]),
    "myndighet": ("Myndighet", [F("agency__name").asc(), F("pk").asc()]),
    "steg": ("Nästa steg", [F("next_on").asc(nulls_last=True), F("pk").asc()]),
}


class _Filter(filters.FilterSet):
    """A filter whose choices are read once, which knows the reader's offices, and whose fields look like the others."""

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        self.reach = reach
        super().__init__(*args, **kwargs)
        for name, choices in self.offered().items():
            self.filters[name].extra["choices"] = choices
        for field in self.form.fields.values():
            field.widget.attrs["class"] = _LOOKS.get(type(field.widget).__name__, "form-select")

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """The choices of filters that are rows of a table."""
        return {}

    def with_own(self, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The choices, with the reader's own offices first for whoever has any."""
        return [(MINE, "Mitt kontor"), *choices] if self.reach.offices else choices

    def chosen(self, name: str) -> Any:
        """What was asked for; None where nothing was, or what is no answer."""
        return getattr(self.form, "cleaned_data", {}).get(name)

    def untouched(self, rows: Any, name: str, value: Any) -> Any:
        """A filter that `qs` puts on itself."""
        return rows


def _choice(label: str, empty: str, method: str | None = None, **more: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, empty_label=empty, method=method, null_label=None, choices=[], **more)


def _check(label: str, method: str) -> filters.BooleanFilter:
    return filters.BooleanFilter(label=label, method=method, widget=forms.CheckboxInput)


def programmes_and_groups() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The programmes there are and the target groups they are for, as choices; one query."""
    pairs = Programme.target_groups.through.objects.select_related("programme", "targetgroup")
    rows = pairs.order_by("programme__position", "programme__code", "targetgroup__name")
    programmes = {row.programme.code: str(row.programme) for row in rows}
    groups = {row.targetgroup.code: str(row.targetgroup) for row in rows}
    return list(programmes.items()), sorted(groups.items(), key=lambda pair: pair[1])


def _offices() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Office.objects.values_list("pk", "name")]


class PlacementFilter(_Filter):
    """All places, as they stood on a chosen day."""

    q = filters.CharFilter(label="Sök myndighet eller arbete", method="search", max_length=100)
    tillstand = filters.ChoiceFilter(label="Läge", method="untouched", choices=STATES, empty_label="Alla lägen")
    dag = filters.DateFilter(
        label="På dagen", method="untouched", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    insats = _choice("Insats", "Alla insatser", field_name="programme__code")
    kontor = _choice("Kontor", "Alla kontor", "by_office")
    agare = _choice("Ägare", "Alla ägare", "by_owner")
    ar = _choice("Startade år", "Alla år", "by_year")
    forlangd = _choice("Förlängd", "Med och utan", "by_extension")
    ordning = filters.ChoiceFilter(
        label="Ordna efter",
        method="untouched",
        choices=[(key, label) for key, (label, _) in ORDERS.items()],
        empty_label=None,
        null_label=None,
    )
    myndighet = filters.NumberFilter(field_name="agency", widget=forms.HiddenInput)

    class Meta:
        model = Placement
        fields: list[str] = []

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Programmes, offices, owners and years."""
        programmes, _ = programmes_and_groups()
        return {
            "insats": programmes,
            "kontor": self.with_own(_offices()),
            "agare": self.with_own([("koordinator", "Koordinatorn"), ("kontor", "Ett kontor")]),
            "ar": [(str(year), str(year)) for year in range(clock.today().year, 2015, -1)],
            "forlangd": [("ja", "Förlängda"), ("nej", "Inte förlängda")],
        }

    @property
    def day(self) -> date:
        """The day the list is told for: today unless another one that there are facts of is asked for."""
        asked: date | None = self.chosen("dag")
        return asked if asked and date(2016, 1, 1) <= asked <= clock.today() else clock.today()

    @property
    def qs(self) -> QuerySet[Any, Any]:
        """The rows asked for, in the order asked for, as they stood on the day."""
        rows = super().qs.existing(on=self.day).with_row(on=self.day)
        state = self.chosen("tillstand")
        if state == _OPEN:
            rows = rows.open(on=self.day)
        elif state == _TO_FOLLOW_UP:
            rows = rows.to_follow_up(on=self.day)
        elif state == _OVERDUE:
            rows = rows.overdue(on=self.day)
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
        return rows.filter(office__isnull=value == "koordinator")

    def by_year(self, rows: Any, name: str, value: str) -> Any:
        """The year somebody came in place, as known on the day."""
        return rows.filter(started_on__year=int(value), started_on__lte=self.day)

    def by_extension(self, rows: Any, name: str, value: str) -> Any:
        """With an extension decided by the day, or without."""
        extended = Placement.objects.extended(on=self.day).values("pk")
        return rows.filter(pk__in=extended) if value == "ja" else rows.exclude(pk__in=extended)


class OpenFilter(_Filter):
    """The places that wait for somebody: what a case officer looks for."""

    insats = _choice("Insats", "Alla insatser", field_name="programme__code")
    kommun = _choice("Kommun", "Alla kommuner", field_name="municipality__code")
    malgrupp = _choice("Målgrupp", "Alla målgrupper", field_name="target_groups__code")
    start = _choice("Start", "När som helst", "by_start")
    mitt = _check("Bara mitt kontor", "own")
    medborgarskap = _check("Utan krav på medborgarskap", "open_to_all")
    svar = _check("Svårmatchade", "hard")

    class Meta:
        model = Placement
        fields: list[str] = []

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Programmes, target groups, municipalities and spans of days."""
        programmes, groups = programmes_and_groups()
        return {
            "insats": programmes,
            "malgrupp": groups,
            "kommun": list(Municipality.objects.values_list("code", "name")),
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


class OrderFilter(_Filter):
    """Orders by how they stand."""

    lage = filters.ChoiceFilter(
        label="Läge",
        method="by_stage",
        empty_label="Öppna",
        null_label=None,
        choices=[
            ("vantar", "Väntar på svar"),
            ("fraga", "Kontoret har en fråga"),
            ("kandidat", "Någon är föreslagen"),
            ("ingen", "Ingen just nu"),
            ("svar", "Svårmatchade"),
            ("osvarade", "Svårmatchade, ditt kontor har inte svarat"),
            ("foreslas", "Föreslås som svårmatchade"),
            ("stangda", "Stängda"),
        ],
    )
    kontor = _choice("Kontor", "Alla kontor", "by_office")

    class Meta:
        model = MatchingOrder
        fields: list[str] = []

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """Offices."""
        return {"kontor": self.with_own(_offices())}

    @property
    def qs(self) -> QuerySet[Any, Any]:
        """The orders asked for: open ones unless the closed are; those that wait longest first."""
        rows = super().qs
        if self.chosen("lage") == "stangda":
            still = MatchingOrder.objects.open(on=clock.today()).filter(pk=OuterRef("pk"))
            return rows.filter(~Exists(still)).order_by("-sent_on", "-pk")
        return rows.open(on=clock.today()).order_by("sent_on", "pk")

    def by_office(self, rows: Any, name: str, value: str) -> Any:
        """Sent to one office, or to the reader's own."""
        return rows.filter(office__in=self.reach.offices if value == MINE else [int(value)])

    def by_stage(self, rows: Any, name: str, value: str) -> Any:
        """Needs `with_stage`."""
        today = clock.today()
        stages = {"vantar": "waiting", "fraga": "asked", "kandidat": "candidate", "ingen": "none_now"}
        if value in stages:
            return rows.filter(stage=stages[value])
        if value == "svar":
            return rows.hard(on=today)
        if value == "osvarade":
            return rows.filter(pk__in=worklist.hard_orders_of_others(self.reach, on=today).values("pk"))
        return rows.proposed_hard(on=today) if value == "foreslas" else rows
