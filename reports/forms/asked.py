"""What is asked of the results: as of which day, and by which year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from placements.filters.all_places import known_day
from praktik import clock
from praktik.accounts.editing import DayInput
from reports.choices import Basis

MEASURING = "matar"


class AskedForm(forms.Form):
    """The day the figures are of, and the kind of year. What cannot be understood is told, and today is shown."""

    dag = forms.DateField(label="Läget per", required=False, validators=[known_day])
    ar = forms.ChoiceField(
        label="Räkna per", required=False, choices=[("", "Kalenderår"), (MEASURING, "Statskontorets mätår")]
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {"dag": clock.today().isoformat()} | {key: value for key, value in (data or {}).items() if value}
        )
        self.fields["dag"].widget = DayInput({"max": clock.today().isoformat(), "class": "form-control"})
        self.fields["ar"].widget.attrs["class"] = "form-select"
        self.is_valid()

    @property
    def day(self) -> date:
        """The day asked for; today when none was, or one of which there can be no facts."""
        asked: date | None = self.cleaned_data.get("dag")
        return asked or clock.today()

    @property
    def basis(self) -> Basis:
        """The kind of year asked for."""
        return Basis.MEASURING if self.cleaned_data.get("ar") == MEASURING else Basis.CALENDAR
