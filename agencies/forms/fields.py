"""Fields and small rules that several forms share."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agencies.models import Contact
from agencies.validators import not_yet, out_of_reach
from praktik import clock

_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


def propose(form: forms.BaseForm, **values: Any) -> None:
    """Fill in what is most likely, where nothing is known yet."""
    for name, value in values.items():
        if form.initial.get(name) is None:
            form.initial[name] = value


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table. A forged key is answered here, also one that no database could hold."""

    def clean(self, value: Any) -> Any:
        """The chosen rows; ValidationError for what is no key."""
        for key in value or []:
            if not _KEY.fullmatch(str(key)):
                shown = str(key)[:20].replace("\0", "")
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": shown}
                )
        return super().clean(value)


class PeopleField(RowsField):
    """Contacts of one agency. A forged or gone one gets an answer that says which and why."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The chosen contacts; ValidationError names the one who has left."""
        try:
            return super().clean(value)
        except ValidationError as wrong:
            gone = self._gone(value)
            if gone is None:
                raise
            raise ValidationError(
                f"{gone.name} slutade {gone.left_on} och kan inte väljas. Dina andra uppgifter är kvar.", code="gone"
            ) from wrong

    def _gone(self, value: Any) -> Contact | None:
        agency = getattr(self, "agency", None)
        keys = [key for key in value or [] if _KEY.fullmatch(str(key))]
        gone: Contact | None = (
            Contact.objects.filter(agency=agency, pk__in=keys, left_on__lte=clock.today()).first() if agency else None
        )
        return gone


def _clean(day: date | None, rule: Callable[[date], str]) -> date | None:
    why = rule(day) if day else ""
    if why:
        raise ValidationError(why)
    return day


def reachable_day(day: date | None) -> date | None:
    """A day to do something on; ValidationError when it has been or is too far ahead."""
    return _clean(day, out_of_reach)


def past_day(day: date | None) -> date | None:
    """A day on which something has happened; ValidationError when it has not come."""
    return _clean(day, not_yet)
