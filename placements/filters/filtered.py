"""What the filters of this room share."""

from typing import Any

import django_filters as filters
from django import forms

from agencies.models import Office
from placements.models import Programme
from placements.permissions import Reach
from praktik.prepared import Texts

_LOOKS = {"CheckboxInput": "form-check-input", "TextInput": "form-control", "DateInput": "form-control"}
MINE = "mina"
_PAIRS, _OFFICES = Texts(), Texts()


class Filtered(filters.FilterSet):
    """A filter whose choices are read once, which knows the reader's offices, and whose fields look like the others."""

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        self.reach = reach
        super().__init__(*args, **kwargs)
        for name, choices in self.offered().items():
            self.filters[name].extra["choices"] = choices
        for field in self.form.fields.values():
            field.widget.attrs["class"] = _LOOKS.get(type(field.widget).__name__, "form-select")

    def offered(self) -> dict[str, list[tuple[str, str]]]:
        """The choices of filters that are rows of a table."""
        return {}

    def with_own(self, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The choices, with the reader's own offices first for whoever has any."""
        return [(MINE, "Mitt kontor"), *choices] if self.reach.offices else choices

    def chosen(self, name: str) -> Any:
        """What was asked for; None where nothing was, or what is no answer."""
        self.form.is_valid()  # Only a form that has been asked this knows its answers.
        return self.form.cleaned_data.get(name)

    def untouched(self, rows: Any, name: str, value: Any) -> Any:
        """A filter that `qs` puts on itself."""
        return rows


class Key(filters.Filter):
    """The key of a row, as far as a database counts."""

    field_class = forms.IntegerField


def choice(label: str, empty: str, method: str | None = None, **more: Any) -> filters.ChoiceFilter:
    """One of several, whose choices `Filtered.offered` tells."""
    return filters.ChoiceFilter(label=label, empty_label=empty, method=method, null_label=None, choices=[], **more)


def check(label: str, method: str) -> filters.BooleanFilter:
    """A box to tick."""
    return filters.BooleanFilter(label=label, method=method, widget=forms.CheckboxInput)


def programmes_and_groups() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The programmes there are and the target groups they are for, as choices; one query."""
    rows = _PAIRS.all(None, _pairs)
    programmes = {row.programme.code: str(row.programme) for row in rows}
    groups = {row.targetgroup.code: str(row.targetgroup) for row in rows}
    return list(programmes.items()), sorted(groups.items(), key=lambda pair: pair[1])


def _pairs() -> Any:
    pairs = Programme.target_groups.through.objects.select_related("programme", "targetgroup")
    return pairs.order_by("programme__position", "programme__code", "targetgroup__name")


def offices() -> list[tuple[str, str]]:
    """The offices, as choices."""
    return [(str(pk), name) for pk, name in _OFFICES.all(None, lambda: Office.objects.values_list("pk", "name"))]
