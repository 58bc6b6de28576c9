"""Clean input: which day is asked for, a target, a month's words, a letter."""

from reports.forms.asked import AskedForm
from reports.forms.letters import (
    ArchiveForm,
    DiscardForm,
    IntervalForm,
    LetterForm,
    NewLetterForm,
    ReadersForm,
    RegisterForm,
    RolesForm,
    SendForm,
)
from reports.forms.months import WithdrawMonthForm, WordsForm
from reports.forms.targets import TargetForm

__all__ = [
    "ArchiveForm",
    "AskedForm",
    "DiscardForm",
    "IntervalForm",
    "LetterForm",
    "NewLetterForm",
    "ReadersForm",
    "RegisterForm",
    "RolesForm",
    "SendForm",
    "TargetForm",
    "WithdrawMonthForm",
    "WordsForm",
]
