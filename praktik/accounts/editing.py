"""Forms that lose nothing: each carries its token, and an edit is stopped when the record changed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from praktik import history
from praktik.accounts.models import User
from praktik.accounts.submissions import FIELD, SavedBefore, fingerprint, new_token, save_once
from praktik.records import Dated, LifecycleError, Record


@dataclass(frozen=True)
class Meanwhile:
    """A field that somebody else changed while the form was open."""

    label: str
    now: str
    typed: str
    taken_in: bool
    """True when the user had not touched the field: the form then holds the other's value already."""


class DayInput(forms.DateInput):
    """The browser's own date field, which shows and reads years, months and days in Swedish order."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # Without a last day the browser waits for six digits of year.
        super().__init__({"max": "2099-12-31"} | (attrs or {}), format="%Y-%m-%d")


class NoteInput(forms.Textarea):
    """A text of several lines, kept with the line ends that texts from elsewhere have; browsers send longer ones."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The text as typed, with one sign for each line end."""
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


# Django's own Swedish is stiff in these.
_PLAIN = {
    "required": "Fyll i det här.",
    "max_length": "Texten är %(show_value)d tecken. Högst %(limit_value)d får plats.",
    "min_value": "Talet är för litet. Minst %(limit_value)s.",
    "max_value": "Talet är för stort. Högst %(limit_value)s.",
    "invalid_choice": "Valet finns inte. Välj något av det som visas.",
}


def ease(form: forms.BaseForm) -> None:
    """Make a form's fields kind to the one who types: real date fields, and nothing cut off on pasting."""
    for field in form.fields.values():
        if isinstance(field, forms.DateField):
            field.widget = DayInput(field.widget.attrs)
        if isinstance(field.widget, forms.Textarea):
            field.widget = NoteInput(field.widget.attrs)
        field.widget.attrs.pop("maxlength", None)
        field.error_messages = {**field.error_messages, **_PLAIN}
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            field.error_messages["required"] = "Välj något av alternativen."


def field_of(form: forms.BaseForm, name: str) -> Any:
    """A form's field, whatever kind it is: the types know no choices or rows of a plain field."""
    return form.fields[name]


class TokenForm(forms.Form):
    """A form that is saved once and survives a lost session (see `praktik.accounts.submissions`)."""

    data: MultiValueDict[str, Any]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        ease(self)
        self.fields[FIELD] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=lambda: new_token(self.by)
        )

    @property
    def token(self) -> str:
        """The token as sent."""
        return str(self.data.get(self.add_prefix(FIELD), ""))

    def renew(self) -> None:
        """Give the form a token for one more saving."""
        self.data = self.data.copy()
        self.data[self.add_prefix(FIELD)] = new_token(self.by)


class StopsIfChanged(forms.ModelForm):
    """An edit that is stopped when the record has changed since the form was opened; nothing typed is lost."""

    instance: Dated
    data: MultiValueDict[str, Any]
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: list[Meanwhile] = []
        self.meanwhile_by = self.meanwhile_how = ""
        if self.instance.pk:
            self.initial["version"] = self.instance.version()

    def clean(self) -> dict[str, Any]:
        """Stop the save when what is stored is no longer what the form was opened on."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("version") != self.instance.version():
            self._compare_with_stored(cleaned)
        if self.meanwhile:
            raise ValidationError(
                f"{self.meanwhile_how} medan du skrev. Inget är sparat än. "
                "Jämför nedan, ändra om det behövs och spara igen.",
                code="changed_meanwhile",
            )
        return cleaned

    def _compare_with_stored(self, cleaned: dict[str, Any]) -> None:
        versions: Any = self.instance.history
        stored = versions.select_related("history_user").order_by("-history_id").first()
        opened = versions.filter(history_id=cleaned.get("version") or 0).first()
        model = type(self.instance)
        now, *before = history.values_of([row for row in (stored, opened) if row], model)
        self.meanwhile_by = str(stored.history_user or "systemet")
        own = stored.history_user_id is not None and stored.history_user_id == getattr(self, "by", User()).pk
        self.meanwhile_how = f"{'Du själv' if own else 'Någon annan'} har ändrat uppgifterna"
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stored.history_id
        changed = []
        for field in history.tracked_fields(model):
            if field.name not in self.fields:
                continue
            # What could not be understood was typed, so it is neither what stood there nor what stands there now.
            typed = _unclear if field.name in self.errors else _raw(field, cleaned.get(field.name))
            base = before[0][field.name] if before else now[field.name]
            moved = now[field.name] != (base if before else typed)
            if moved and typed != now[field.name]:
                changed.append((field, now[field.name], typed, bool(before) and typed == base))
        words = history.in_words(
            (field, value) for field, one, other, _ in changed for value in (one, other) if value is not _unclear
        )
        for field, stored_value, typed, untouched in changed:
            label = str(self.fields[field.name].label or field.verbose_name)
            mine = str(self[field.name].value()) if typed is _unclear else words[field.name, typed]
            self.meanwhile.append(Meanwhile(label, words[field.name, stored_value], mine, untouched))
            if untouched:
                self._take_in(field, stored_value)

    def _take_in(self, field: "models.Field[Any, Any]", value: Any) -> None:
        name = self.add_prefix(field.name)
        if field.many_to_many:
            self.data.setlist(name, [str(pk) for pk in value])
        else:
            self.data[name] = "" if value is None else str(value)


class RecordForm(TokenForm, StopsIfChanged):
    """Creates or edits a record on a page of ours."""

    instance: Record

    def store(self) -> dict[str, Any]:
        """Save the record with its to-many choices, as one entry in its history; tells its key."""
        record = self.save(commit=False)
        names = [name for name in getattr(record, "_history_m2m_fields", []) if name in self.cleaned_data]
        record.save_record(**{name: self.cleaned_data[name] for name in names})
        return {"pk": record.pk}


_unclear: Any = object()


def _raw(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A cleaned value in the shape the history keeps it in."""
    if field.many_to_many:
        return tuple(sorted(each.pk for each in value or []))
    if isinstance(value, models.Model):
        return value.pk
    return value


_SAVED_BEFORE = (
    "Det här har du redan sparat en gång. Det du har ändrat här sedan dess är inte sparat. Öppna det som är sparat "
    "och ändra där, eller spara igen om du vill spara en till."
)


def saved(request: HttpRequest, form: TokenForm, save: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """Save a sent form, once; the answer of `save`, or None when the form is to be shown (again).

    The record that is edited is locked before the form is checked, so that of two who save at the same
    moment one is stopped. What a verb refuses becomes an error of the form.
    """
    if request.method != "POST":
        return None
    record: Any = getattr(form, "instance", None)
    editing = record is not None and record.pk is not None
    sent = fingerprint(form.data)

    def checked() -> dict[str, Any] | None:
        if editing:
            if not type(record)._base_manager.select_for_update().filter(pk=record.pk).exists():
                raise LifecycleError("Det du ändrar har tagits bort sedan sidan öppnades.")
            record.refresh_from_db()
        return save() if form.is_valid() else None

    try:
        try:
            return save_once(form.by, form.token, sent, checked)
        except SavedBefore:
            form.renew()
            if editing:
                # Changed once more: compared with what is stored, as always.
                return save_once(form.by, form.token, sent, checked)
            form.add_error(None, _SAVED_BEFORE)
    except LifecycleError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    except IntegrityError:
        form.add_error(None, "Någon annan hann spara samma sak. Inget är sparat. Läs om sidan och jämför.")
    return None
