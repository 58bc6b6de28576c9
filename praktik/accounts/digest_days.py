"""The weekdays on which somebody wants a mail of what waits."""

from typing import Any

from django import forms

from praktik.accounts.editing import ease
from praktik.accounts.models import User
from praktik.accounts.roles import Role

_DAYS = (("1", "måndag"), ("2", "tisdag"), ("3", "onsdag"), ("4", "torsdag"), ("5", "fredag"))


def gets_digests(user: Any) -> bool:
    """Whether there is a list of what waits for the user, and so something to write of."""
    return user.role != Role.ADMINISTRATOR


class DigestDaysForm(forms.ModelForm):
    """Ticks for the weekdays; none at all switches the mail off."""

    days = forms.MultipleChoiceField(label="Dagar", choices=_DAYS, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["days"] = list(self.instance.digest_days)
        ease(self)

    def save(self, commit: bool = True) -> User:
        """Keep the days; the change is in the user's history."""
        self.instance.digest_days = "".join(sorted(set(self.cleaned_data["days"])))
        user: User = super().save(commit)
        return user

    @property
    def told(self) -> str:
        """What the person is told of the choice."""
        names = [name for day, name in _DAYS if day in self.instance.digest_days]
        if not names:
            return "Du får inga mejl om det som väntar."
        return f"Du får mejl {' och '.join(filter(None, [', '.join(names[:-1]), names[-1]]))} när något väntar på dig."
