"""The form of a target."""

from datetime import date
from typing import Any

from django import forms

from agencies.forms.fields import past_day, propose
from agencies.models import Agency
from placements.models import Programme
from praktik import clock
from praktik.accounts.editing import TokenForm
from reports.lifecycle import set_target
from reports.validators import target_number, target_year


class TargetForm(TokenForm):
    """A decision on a target."""

    year = forms.IntegerField(label="År", validators=target_year)
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Insats", empty_label="Välj")
    number = forms.IntegerField(
        label="Mål",
        required=False,
        validators=target_number,
        help_text="Antal platser som ska starta under året. Lämna tomt om det inte ska finnas något mål.",
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Myndighet", required=False, empty_label="Hela länet", help_text="Valfritt."
    )
    decided_on = forms.DateField(
        label="Beslutat", help_text="Målet gäller i resultaten från den dagen. En dag före visar det som gällde då."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.active().order_by("name")  # type: ignore[attr-defined]  # a choice of rows
        propose(self, year=clock.today().year, decided_on=clock.today())

    def clean_decided_on(self) -> date | None:
        """Decided today or before."""
        return past_day(self.cleaned_data["decided_on"])

    def act(self) -> dict[str, Any]:
        """Set the target."""
        fields = ("year", "programme", "number", "agency", "decided_on")
        return {"pk": set_target(by=self.by, **{name: self.cleaned_data[name] for name in fields}).pk}
