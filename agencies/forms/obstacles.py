"""An obstacle's form."""

from datetime import date
from typing import Any

from agencies.choices import ObstacleKind
from agencies.forms.fields import past_day, propose
from agencies.models import Agency, Obstacle
from praktik import clock
from praktik.accounts.editing import RecordForm, field_of


class ObstacleForm(RecordForm):
    """A noted obstacle."""

    instance: Obstacle

    class Meta:
        model = Obstacle
        fields = ["kind", "words", "noted_on", "resolved_on"]

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        field_of(self, "kind").choices = [("", "Välj"), *ObstacleKind.choices]
        propose(self, noted_on=clock.today())
        if not self.instance.pk:
            del self.fields["resolved_on"]

    def _get_validation_exclusions(self) -> set[str]:
        # Not always fields of the form, but the rule that an obstacle stands only once at an agency needs them.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # the stubs do not know it
        return left_out - {"agency", "resolved_on"}

    def clean_noted_on(self) -> date | None:
        """Noted today or before."""
        return past_day(self.cleaned_data["noted_on"])

    def clean_resolved_on(self) -> date | None:
        """Resolved today or before, or not yet."""
        return past_day(self.cleaned_data["resolved_on"])
