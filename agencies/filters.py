"""Filtered lists: which rows the address asks for."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from agencies.choices import ObstacleKind
from agencies.models import Agency, Municipality, NextStep, Obstacle
from praktik import clock
from praktik.accounts.roles import Role

ORDERS = {
    "namn": ("Namn", [F("name").asc()]),
    "dialog": ("Längst sedan dialog", [F("last_dialogue_on").asc(nulls_first=True), F("name").asc()]),
    "-dialog": ("Senaste dialog först", [F("last_dialogue_on").desc(nulls_last=True), F("name").asc()]),
    "steg": ("Nästa steg", [F("next_step_on").asc(nulls_last=True), F("name").asc()]),
    "-hinder": ("Flest hinder", [F("obstacle_count").desc(), F("name").asc()]),
    "-kontakter": ("Flest kontakter", [F("contact_count").desc(), F("name").asc()]),
}
_LOOKS = {"TextInput": "form-control", "NumberInput": "form-control", "CheckboxInput": "form-check-input"}
_COORDINATORS_ONLY = {"steg", "-hinder"}


class AgencyFilter(filters.FilterSet):
    """The list of agencies. A reader is offered only filters over what the reader may see."""

    q = filters.CharFilter(label="Sök", method="search", max_length=100)
    kommun = filters.ModelChoiceFilter(
        label="Kommun",
        field_name="municipalities",
        queryset=Municipality.objects.all(),
        to_field_name="code",
        empty_label="Alla kommuner",
    )
    hinder = filters.ChoiceFilter(
        label="Hinder",
        method="by_obstacle",
        choices=[("alla", "Något olöst hinder"), *ObstacleKind.choices],
        empty_label="Med och utan",
    )
    steg = filters.ChoiceFilter(
        label="Nästa steg",
        method="by_step",
        empty_label="Med och utan",
        choices=[("har", "Har nästa steg"), ("forsenat", "Försenat"), ("saknas", "Saknas")],
    )
    ordning = filters.ChoiceFilter(
        label="Ordna efter",
        method="order",
        choices=[(key, label) for key, (label, _) in ORDERS.items()],
        empty_label=None,
        null_label=None,
    )
    tyst = filters.NumberFilter(label="Tyst i minst (dagar)", method="silent", min_value=1, max_value=5000)
    aldrig = filters.BooleanFilter(label="Aldrig kontaktad", method="never", widget=forms.CheckboxInput)
    mina = filters.BooleanFilter(label="I mina kommuner", method="own", widget=forms.CheckboxInput)
    arkiv = filters.BooleanFilter(label="Arkiverade", method="archived", widget=forms.CheckboxInput)

    class Meta:
        model = Agency
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.role != Role.CASE_OFFICER:
            del self.filters["mina"]
        if not user.has_perm("agencies.view_obstacle"):
            del self.filters["hinder"], self.filters["steg"]
            allowed = [(key, label) for key, (label, _) in ORDERS.items() if key not in _COORDINATORS_ONLY]
            self.filters["ordning"].extra["choices"] = allowed
        for field in self.form.fields.values():
            field.widget.attrs["class"] = _LOOKS.get(type(field.widget).__name__, "form-select")

    @property
    def qs(self) -> QuerySet[Any, Any]:
        """The rows asked for; without `arkiv`, only agencies in use; in name order unless asked otherwise."""
        rows = super().qs
        cleaned = getattr(self.form, "cleaned_data", {})
        if not cleaned.get("arkiv"):
            rows = rows.active()
        order = cleaned.get("ordning") or "namn"
        if order != "namn":
            rows = rows.with_overview(on=clock.today())
        return rows.order_by(*ORDERS[order][1])

    def search(self, rows: Any, name: str, value: str) -> Any:
        """Words in names, numbers and addresses."""
        return rows.search(value)

    def by_obstacle(self, rows: Any, name: str, value: str) -> Any:
        """An unresolved obstacle, of one kind or of any."""
        found = Obstacle.objects.filter(agency=OuterRef("pk")).unresolved(on=clock.today())
        wanted = Q(Exists(found if value == "alla" else found.filter(kind=value)))
        # A taken place is known from the places too; it need not be noted.
        if value == ObstacleKind.PLACE_TAKEN:
            return rows.with_overview(on=clock.today()).filter(wanted | Q(is_taken=True))
        return rows.filter(wanted)

    def by_step(self, rows: Any, name: str, value: str) -> Any:
        """With an open next step, with an overdue one, or without any."""
        steps = NextStep.objects.filter(agency=OuterRef("pk")).open()
        if value == "forsenat":
            return rows.filter(Exists(steps.filter(due_on__lt=clock.today())))
        return rows.filter(Exists(steps) if value == "har" else ~Exists(steps))

    def silent(self, rows: Any, name: str, value: Any) -> Any:
        """No dialogue in so many days, never contacted included."""
        return rows.silent_for(int(value), on=clock.today())

    def never(self, rows: Any, name: str, value: bool) -> Any:
        """Never contacted."""
        return rows.never_contacted() if value else rows

    def own(self, rows: Any, name: str, value: bool) -> Any:
        """In the municipalities that the reader's offices serve."""
        served = Municipality.objects.filter(offices__officers=self.user)
        return rows.filter(pk__in=Agency.objects.filter(municipalities__in=served).values("pk")) if value else rows

    def archived(self, rows: Any, name: str, value: bool) -> Any:
        """Only the archived ones."""
        return rows.filter(archived_on__isnull=False) if value else rows

    def order(self, rows: Any, name: str, value: str) -> Any:
        """The order is put on in `qs`, after all filters."""
        return rows
