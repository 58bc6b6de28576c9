"""What may be said? Clean input and nothing more; the verbs stand in `lifecycle.py`."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.urls import reverse_lazy
from stdnum.se import orgnr

from agencies.choices import Channel, ObstacleKind, Phase
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle, refuse_wrong_organisation_number
from praktik import clock
from praktik.accounts.editing import RecordForm, TokenForm, ease
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.identity import refuse_identity_numbers


def coordinators() -> Any:
    """Those who can own a next step."""
    return User.objects.filter(role=Role.COORDINATOR, is_active=True)


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


class AgencyForm(RecordForm):
    """An agency's facts."""

    class Meta:
        model = Agency
        fields = ["name", "organisation_number", "municipalities", "employees", "note"]
        field_classes = {"municipalities": RowsField}
        widgets = {
            "municipalities": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_organisation_number(self) -> str:
        """Written with a hyphen after the sixth digit, however it was typed; what is no number is not guessed at."""
        number = unicodedata.normalize("NFKC", self.cleaned_data["organisation_number"])
        if number:
            refuse_wrong_organisation_number(number)
        digits = orgnr.compact(number)
        return f"{digits[:6]}-{digits[6:]}" if digits else ""


# Asked when the field is left; the answer is put into the note after it.
_ASK_ABOUT_ADDRESS = {
    "hx-get": reverse_lazy("agencies:contact-address"),
    "hx-trigger": "change",
    "hx-target": "next .address-note",
    "autocomplete": "off",
}


class AddressWarning(forms.Form):
    """Points out that another contact has the same e-mail address; the user may save all the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.update(_ASK_ABOUT_ADDRESS)
        self.fields["same_address"] = forms.BooleanField(
            label="Adressen är rätt ändå", required=False, widget=forms.HiddenInput
        )

    def clean(self) -> dict[str, Any]:
        """Ask once more when somebody else has the address."""
        cleaned = super().clean() or self.cleaned_data
        others = Contact.objects.with_address(cleaned.get("email") or "").select_related("agency")
        instance = getattr(self, "instance", None)
        if instance is not None and instance.pk:
            others = others.exclude(pk=instance.pk)
        if not cleaned.get("same_address"):
            for other in others[:1]:
                self.fields["same_address"].widget = forms.CheckboxInput()
                self.add_error("email", f"{same_address(other)} Stämmer det, kryssa i att adressen är rätt och spara.")
        return cleaned


def same_address(other: Contact) -> str:
    """The sentence that tells who has an address already."""
    gone = f", slutade {other.left_on}" if other.left_on else ""
    return f"{other}, {other.agency}{gone}, har redan den adressen."


class ContactForm(AddressWarning, RecordForm):
    """A contact person."""

    class Meta:
        model = Contact
        fields = ["name", "title", "role", "unit", "email", "phone", "municipality"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].empty_label = "Ingen särskild"  # type: ignore[attr-defined]


class NewContactForm(AddressWarning, forms.ModelForm):
    """A contact met for the first time, added in the dialogue's own form."""

    class Meta:
        model = Contact
        fields = ["name", "title", "role", "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ease(self)


NewContacts: type[BaseFormSet[NewContactForm]] = forms.formset_factory(
    NewContactForm, extra=3, max_num=3, absolute_max=3
)


class GoneForm(TokenForm):
    """A contact leaves."""

    left_on = forms.DateField(label="Slutade", help_text="Första dagen då personen inte nås.")
    successor = forms.ModelChoiceField(
        Contact.objects.none(), label="Efterträdare", required=False, empty_label="Ingen eller okänd"
    )

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose(self, left_on=clock.today())
        colleagues = contact.agency.contacts.current(on=clock.today()).exclude(pk=contact.pk)
        self.fields["successor"].queryset = colleagues  # type: ignore[attr-defined]

    def clean_left_on(self) -> date:
        """From 2016 to a year ahead: somebody may say in good time that they will leave."""
        left_on: date = self.cleaned_data["left_on"]
        if left_on > clock.today() + timedelta(days=366):
            raise ValidationError("Datumet ligger mer än ett år fram.")
        if left_on.year < 2016:
            raise ValidationError("Datumet kan inte vara före 2016-01-01.")
        return left_on


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


class DialogueForm(RecordForm):
    """A held dialogue: what is said when it is changed afterwards."""

    class Meta:
        model = Dialogue
        fields = ["held_on", "channel", "contacts", "notes", "phase"]
        field_classes = {"contacts": PeopleField}
        widgets = {
            "channel": forms.RadioSelect,
            "phase": forms.RadioSelect,
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        people = self.fields["contacts"]
        people.queryset = agency.contacts.current(on=clock.today())  # type: ignore[attr-defined]
        if self.instance.pk:
            people.queryset = people.queryset | self.instance.contacts.all()  # type: ignore[attr-defined]
            people.queryset = people.queryset.distinct()  # type: ignore[attr-defined]
        people.agency = agency  # type: ignore[attr-defined]
        self.fields["channel"].choices = Channel.choices  # type: ignore[attr-defined]  # no empty choice
        self.fields["phase"].choices = Phase.choices  # type: ignore[attr-defined]
        self.fields["held_on"].widget.attrs["max"] = clock.today().isoformat()

    def clean_held_on(self) -> date:
        """A dialogue that was held has its day behind it."""
        held_on: date = self.cleaned_data["held_on"]
        if held_on > clock.today():
            raise ValidationError(
                "En dialog som hållits kan inte ha ett datum i framtiden. Planera ett nästa steg i stället."
            )
        return held_on


class LogDialogueForm(DialogueForm):
    """The call that just ended, with what came of it: obstacles met and the next step."""

    obstacles = forms.MultipleChoiceField(
        label="Hinder som kom fram", choices=ObstacleKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    obstacle_words = forms.CharField(
        label="Hindret med ord", required=False, max_length=300, validators=[refuse_identity_numbers]
    )
    step_what = forms.CharField(
        label="Nästa steg",
        required=False,
        max_length=200,
        validators=[refuse_identity_numbers],
        widget=forms.TextInput(attrs={"placeholder": "t.ex. skicka profil"}),
    )
    step_due_on = forms.DateField(label="Senast", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose(self, held_on=clock.today())
        self.fields["step_due_on"].widget.attrs["min"] = clock.today().isoformat()
        # An obstacle that stands unresolved is on the agency's page already and is not noted twice.
        standing = set(self.agency.obstacles.filter(resolved_on__isnull=True).values_list("kind", flat=True))
        self.fields["obstacles"].choices = [  # type: ignore[attr-defined]
            (kind, label) for kind, label in ObstacleKind.choices if kind == ObstacleKind.OTHER or kind not in standing
        ]

        sent = self.data if "new-TOTAL_FORMS" in self.data else None
        self.people = NewContacts(sent, prefix="new")

    def new_contacts(self) -> list[Contact]:
        """The contacts met for the first time, not yet saved."""
        return [each.save(commit=False) for each in self.people if each.is_bound and each.has_changed()]

    def clean_step_due_on(self) -> date | None:
        """Today or later, and within reach."""
        return reachable_day(self.cleaned_data["step_due_on"])

    def clean(self) -> dict[str, Any]:
        """Every new contact is right; a next step has both words and a day; another kind of obstacle has words."""
        cleaned = super().clean()
        if self.people.is_bound and not self.people.is_valid():
            self.add_error(
                None, "Inget är sparat än. Rätta uppgifterna om den nya kontakten nedan; allt du skrev är kvar."
            )
        if cleaned.get("step_what") and not cleaned.get("step_due_on") and "step_due_on" not in self.errors:
            self.add_error("step_due_on", "Välj en dag: ett nästa steg utan dag glöms bort.")
        if cleaned.get("step_due_on") and not cleaned.get("step_what") and "step_what" not in self.errors:
            self.add_error("step_what", "Skriv vad som ska göras den dagen, eller ta bort dagen.")
        chosen = cleaned.get("obstacles") or []
        if ObstacleKind.OTHER in chosen and not cleaned.get("obstacle_words"):
            self.add_error("obstacle_words", "Skriv vilket hinder det är när du väljer Annat.")
        if cleaned.get("obstacle_words") and not chosen and "obstacles" not in self.errors:
            self.add_error("obstacles", "Välj vilket slags hinder det är.")
        return cleaned

    def met_obstacles(self) -> Iterator[Obstacle]:
        """The obstacles to note. The words go with `Annat` when it is among them, otherwise with the first."""
        kinds = self.cleaned_data["obstacles"]
        worded = ObstacleKind.OTHER if ObstacleKind.OTHER in kinds else kinds[:1] and kinds[0]
        for kind in kinds:
            yield Obstacle(kind=kind, words=self.cleaned_data["obstacle_words"] if kind == worded else "")

    def planned_step(self) -> NextStep | None:
        """The next step, owned by whoever logs."""
        if not self.cleaned_data["step_what"]:
            return None
        return NextStep(what=self.cleaned_data["step_what"], due_on=self.cleaned_data["step_due_on"], owner=self.by)


def reachable_day(day: date | None) -> date | None:
    """A day to do something on: today at the earliest, three years ahead at the latest."""
    if day and day < clock.today():
        raise ValidationError("Dagen har redan varit. Välj i dag eller senare.")
    if day and day > clock.today() + timedelta(days=3 * 365):
        raise ValidationError("Dagen ligger mer än tre år fram.")
    return day


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


class ObstacleForm(RecordForm):
    """A noted obstacle."""

    instance: Obstacle

    class Meta:
        model = Obstacle
        fields = ["kind", "words", "noted_on", "resolved_on"]

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        self.fields["kind"].choices = [("", "Välj"), *ObstacleKind.choices]  # type: ignore[attr-defined]
        propose(self, noted_on=clock.today())
        if not self.instance.pk:
            del self.fields["resolved_on"]

    def _get_validation_exclusions(self) -> set[str]:
        # Not always fields of the form, but the rule that an obstacle stands only once at an agency needs them.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # the stubs do not know it
        return left_out - {"agency", "resolved_on"}

    def clean_noted_on(self) -> date:
        """Noted today or before."""
        return _held(self.cleaned_data["noted_on"])

    def clean_resolved_on(self) -> date | None:
        """Resolved today or before, or not yet."""
        day: date | None = self.cleaned_data["resolved_on"]
        return _held(day) if day else None


def _held(day: date) -> date:
    if day > clock.today():
        raise ValidationError("Datumet kan inte ligga i framtiden.")
    return day
