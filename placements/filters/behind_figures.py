"""What a figure of the results leads to: the same list of places, narrowed to those that the figure counts."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms

from agencies.models import Municipality
from placements.choices import Outcome, Sex
from placements.filters.filtered import Filtered, offices
from placements.models import Extension, TargetGroup
from placements.stages import FOR_OFFICE, waits
from praktik.accounts.roles import Role

NONE = "ingen"
_PERIODS = {"startad": "Startade", "avslutad": "Sista dag", "forlangd": "Förlängning beslutad"}
_ABOUT_PERSONS = ("malgrupp", "kon", "utfall")


def _day(name: str, label: str) -> filters.DateFilter:
    return filters.DateFilter(label=label, method=name, widget=forms.HiddenInput)


def _one_of(label: str, method: str) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, method=method, choices=[], null_label=None, widget=forms.HiddenInput)


class BehindFigures(Filtered):
    """Filters without a field of their own on the page: an address brings them, and the list tells of them."""

    startad_fran = _day("started", "Startade från")
    startad_till = _day("started", "Startade till")
    avslutad_fran = _day("ended", "Sista dag från")
    avslutad_till = _day("ended", "Sista dag till")
    forlangd_fran = _day("extended", "Förlängning från")
    forlangd_till = _day("extended", "Förlängning till")
    kommun = _one_of("Kommun", "at_place")
    orderkontor = _one_of("Order hos", "at_place")
    vantar_pa = _one_of("Väntar på", "waiting_for")
    malgrupp = _one_of("Målgrupp", "about_person")
    kon = _one_of("Kön", "about_person")
    utfall = _one_of("Utfall", "about_person")

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """The choices of those that the address names; the others cost no query."""
        choices = {
            "kommun": lambda: [(NONE, "ingen kommun"), *_rows(Municipality.objects.values_list("pk", "name"))],
            "orderkontor": lambda: [(NONE, "inget kontor"), *offices()],
            "vantar_pa": offices,
            "malgrupp": lambda: [(group.code, group.name) for group in TargetGroup.objects.all()],
            "kon": lambda: [(str(value), str(label)) for value, label in Sex.choices],
            "utfall": lambda: [(str(value), str(label)) for value, label in Outcome.choices],
        }
        return super().offered() | {name: read() for name, read in choices.items() if self.data.get(name)}

    def about_person(self, rows: Any, name: str, value: str) -> Any:
        """Target group, sex or outcome: for the coordinator only, who reads them of every place."""
        if self.reach.role != Role.COORDINATOR:
            return rows
        fields = {"malgrupp": "target_group__code", "kon": "sex", "utfall": "outcome"}
        return rows.filter(**{fields[name]: value})

    def at_place(self, rows: Any, name: str, value: str) -> Any:
        """The municipality, or the office that the order was sent to."""
        field = {"kommun": "municipality", "orderkontor": "order__office"}[name]
        return rows.filter(**({f"{field}__isnull": True} if value == NONE else {field: int(value)}))

    def waiting_for(self, rows: Any, name: str, value: str) -> Any:
        """Waiting on the day for one office to answer an order or a handover."""
        return rows.filter(waits(FOR_OFFICE, on=self.day, office=int(value)))

    def started(self, rows: Any, name: str, value: Any) -> Any:
        """In place from the day, or until it."""
        return rows.filter(**{f"started_on__{'gte' if name.endswith('fran') else 'lte'}": value})

    def ended(self, rows: Any, name: str, value: Any) -> Any:
        """With their last day from the day, or until it."""
        return rows.filter(**{f"ended_on__{'gte' if name.endswith('fran') else 'lte'}": value})

    def extended(self, rows: Any, name: str, value: Any) -> Any:
        """With an extension decided in the period; asked once for both its ends."""
        first, last = self.chosen("forlangd_fran"), self.chosen("forlangd_till")
        decided = Extension.objects.filter(decided_on__lte=self.day)
        decided = decided.filter(decided_on__gte=first) if first else decided
        decided = decided.filter(decided_on__lte=last) if last else decided
        return rows.filter(pk__in=decided.values("placement"))

    @property
    def day(self) -> date:
        """The day that the list is told for."""
        raise NotImplementedError

    def as_known(self, rows: Any) -> Any:
        """What the periods ask for is only what was known on the day of the list."""
        if self.chosen("startad_fran") or self.chosen("startad_till"):
            rows = rows.filter(started_on__lte=self.day)
        if self.chosen("avslutad_fran") or self.chosen("avslutad_till") or self._asks_person("utfall"):
            rows = rows.ended(on=self.day)
        if self._asks_person("malgrupp") or self._asks_person("kon"):
            rows = rows.filter(started_on__lte=self.day)
        return rows

    def _asks_person(self, name: str) -> bool:
        return self.reach.role == Role.COORDINATOR and bool(self.chosen(name))

    def told(self) -> list[str]:
        """In words, what the list has been narrowed to."""
        words = []
        for name, label in _PERIODS.items():
            first, last = self.chosen(f"{name}_fran"), self.chosen(f"{name}_till")
            if first or last:
                words.append(f"{label} {first or ''}–{last or ''}")
        for name in ("kommun", "orderkontor", "vantar_pa", *_ABOUT_PERSONS):
            value = self.chosen(name)
            if value and (name not in _ABOUT_PERSONS or self._asks_person(name)):
                shown = dict(self.filters[name].extra["choices"])[value]
                words.append(f"{self.filters[name].label}: {shown}")
        return words


def _rows(pairs: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in pairs]
