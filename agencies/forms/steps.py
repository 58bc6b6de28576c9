"""A next step's form."""

from datetime import date
from typing import Any

from agencies.forms.fields import propose, reachable_day
from agencies.models import NextStep
from agencies.worklist import coordinators
from praktik.accounts.editing import RecordForm


class StepForm(RecordForm):
    """A next step: what, when, who."""

    class Meta:
        model = NextStep
        fields = ["what", "due_on", "owner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = coordinators()  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = None  # type: ignore[attr-defined]
        propose(self, owner=self.by.pk)

    def clean_due_on(self) -> date | None:
        """A day that has been may stay as it was, but no step is moved into the past."""
        day: date = self.cleaned_data["due_on"]
        return day if day == self.initial.get("due_on") else reachable_day(day)
