"""Clean input: which day is asked for, a target, a month's words."""

from reports.forms.asked import AskedForm
from reports.forms.months import WithdrawMonthForm, WordsForm
from reports.forms.targets import TargetForm

__all__ = ["AskedForm", "TargetForm", "WithdrawMonthForm", "WordsForm"]
