"""The forms of a month: its words, and taking it back."""

from typing import Any

from django import forms

from placements.forms.verbs import text_field
from praktik.accounts.editing import RecordForm, TokenForm
from reports.lifecycle import publish, withdraw, write
from reports.models import MonthlyReport


class WordsForm(RecordForm):
    """The words of a month's draft; sent with `publicera`, the month is published too."""

    instance: MonthlyReport

    class Meta:
        model = MonthlyReport
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 8})}

    @property
    def publishes(self) -> bool:
        """Whether the button was the one that publishes."""
        return "publicera" in self.data

    def store(self) -> dict[str, Any]:
        """Keep the words, or publish them with the figures."""
        verb = publish if self.publishes else write
        return {"pk": verb(self.instance.month, by=self.by, words=self.cleaned_data["words"]).pk}


class WithdrawMonthForm(TokenForm):
    """Why a publication is taken back."""

    reason = text_field("Skäl", help_text="Styrgruppen ser att månaden drogs tillbaka, och varför.")

    def __init__(self, *args: Any, report: MonthlyReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report

    def act(self) -> dict[str, Any]:
        """Take it back."""
        return {"pk": withdraw(self.report, by=self.by, reason=self.cleaned_data["reason"]).pk}
