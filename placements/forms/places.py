"""The forms of a place: agreed for the first time, and changed afterwards."""

from typing import Any

from django import forms
from django.db.models import Q

from agencies.forms.fields import RowsField, propose
from agencies.models import Agency
from placements import lifecycle
from placements.choices import State
from placements.lifecycle.agreements import proposed_first_contact
from placements.models import Placement, Programme, TargetGroup
from placements.validators import MOST_PLACES
from praktik import clock
from praktik.accounts.editing import RecordForm, field_of

_MOST_TO_FOLLOW = 50  # places that are offered as the one that a new one follows
_PEOPLE = ("contact", "manager", "tutor")
# Facts of the agreement itself: they stand as they were once somebody is in place.
_UNTIL_START = (
    "programme",
    "agreed_on",
    "planned_start",
    "planned_months",
    "target_groups",
    "first_contact_on",
    "citizenship",
    "vetting",
)


class PlaceForm(RecordForm):
    """What an agreed or ongoing place says; who promised it is changed by confirming the agreement."""

    instance: Placement

    class Meta:
        model = Placement
        fields = [
            "programme",
            "duties",
            "unit",
            "municipality",
            "manager",
            "tutor",
            "percent",
            "agreed_on",
            "planned_start",
            "planned_months",
            "target_groups",
            "citizenship",
            "vetting",
            "first_contact_on",
        ]
        field_classes = {"target_groups": RowsField}
        widgets = {"target_groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        today = clock.today()
        for name in set(_PEOPLE) & set(self.fields):
            kept = Q(pk=getattr(self.instance, f"{name}_id"))
            current = agency.contacts.current(on=today).values("pk")
            field_of(self, name).queryset = agency.contacts.filter(Q(pk__in=current) | kept)
            field_of(self, name).empty_label = "Ingen angiven"
        field_of(self, "municipality").empty_label = "Välj kommun"
        self.fields["municipality"].required = True
        self.fields["duties"].required = True
        field_of(self, "programme").empty_label = "Välj insats"
        field_of(self, "programme").queryset = Programme.objects.startable(on=today) | Programme.objects.filter(
            pk=self.instance.programme_id
        )
        field_of(self, "target_groups").queryset = TargetGroup.objects.filter(programmes__isnull=False).distinct()
        if self.instance.pk and self.instance.stands() is not State.AGREED:
            for name in _UNTIL_START:
                del self.fields[name]

    def store(self) -> dict[str, Any]:
        """Change the place through its verb."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("form_token", "version")}
        lifecycle.change(self.instance, by=self.by, **facts)
        return {"pk": self.instance.pk}


class AgreeForm(PlaceForm):
    """An agreement about one or more places, which are alike when they are made."""

    places = forms.IntegerField(label="Antal platser", min_value=1, max_value=MOST_PLACES, initial=1)
    planned_months = forms.IntegerField(
        label="Planerad längd (månader)",
        required=False,
        min_value=1,
        max_value=60,
        help_text="Tomt: så länge som ett beslut får vara.",
    )

    class Meta(PlaceForm.Meta):
        fields = [*PlaceForm.Meta.fields, "contact", "follows"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        propose(
            self,
            agreed_on=today,
            percent=100,
            programme=self._only_programme(),
            municipality=self._only_municipality(),
            contact=self._met_last(),
        )
        groups = self.fields["target_groups"]
        groups.required = False
        groups.help_text = "Inget valt: alla som insatsen är för."
        self.fields["agreed_on"].widget.attrs["max"] = today.isoformat()
        first = proposed_first_contact(self.agency, agreed_on=today)
        self.fields[
            "first_contact_on"
        ].help_text = (
            f"Tomt: den första dialogen sedan förra avtalet{f', {first}' if first else ''}. Ledtiden räknas därifrån."
        )
        started = Placement.objects.filter(agency=self.agency, started_on__isnull=False, followed_by__isnull=True)
        # Not the slice itself: what is chosen is looked for in the rows, and a slice cannot be narrowed.
        latest = started.order_by("-started_on", "-pk").values("pk")[:_MOST_TO_FOLLOW]
        offered = Placement.objects.filter(pk__in=latest).select_related("programme")
        field_of(self, "follows").queryset = offered.order_by("-started_on", "-pk")
        field_of(self, "follows").empty_label = "Ingen: det här är en ny plats"
        field_of(self, "follows").label_from_instance = lambda place: f"{place}, start {place.started_on}"

    def _only_programme(self) -> int | None:
        choices = list(field_of(self, "programme").queryset[:2])
        return choices[0].pk if len(choices) == 1 else None

    def _only_municipality(self) -> int | None:
        towns = list(self.agency.municipalities.all()[:2])
        return towns[0].pk if len(towns) == 1 else None

    def _met_last(self) -> int | None:
        """Whoever took part in the latest dialogue has most likely made the promise."""
        met = self.agency.contacts.current(on=clock.today()).filter(dialogues__withdrawn_on__isnull=True)
        latest = met.filter(dialogues__isnull=False).order_by("-dialogues__held_on", "pk").first()
        return latest.pk if latest else None

    def agree(self) -> dict[str, Any]:
        """Call the verb; tells the keys of the places made."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("form_token", "version")}
        made = lifecycle.agree(agency=self.agency, by=self.by, **facts)
        return {"made": [place.pk for place in made]}
