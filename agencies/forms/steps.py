"""A next step's form."""

from datetime import date
from typing import Any

from agencies.forms.fields import propose, reachable_day
from agencies.models import NextStep
from agencies.worklist import coordinators
from praktik.accounts.editing import RecordForm, field_of


class StepForm(RecordForm):
    """A next step: what, when, who."""

    class Meta:
        model = NextStep
        fields = ["what", "due_on", "owner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "owner").queryset = coordinators()
        field_of(self, "owner").empty_label = None
        propose(self, owner=self.by.pk)

    def clean_due_on(self) -> date | None:
        """A day that has been may stay as it was, but no step is moved into the past."""
        day: date = self.cleaned_data["due_on"]
        return day if day == self.initial.get("due_on") else reachable_day(day)
