"""The dialogue's form, and what may come of a dialogue in the same breath."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from agencies.choices import Channel, ObstacleKind, Phase
from agencies.forms.contacts import NewContacts
from agencies.forms.fields import PeopleField, RowsField, past_day, propose, reachable_day
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from praktik import clock
from praktik.accounts.editing import RecordForm, field_of
from praktik.identity import refuse_identity_numbers


class DialogueForm(RecordForm):
    """A held dialogue: what is said when it is changed afterwards."""

    instance: Dialogue

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
        people = field_of(self, "contacts")
        people.queryset = agency.contacts.current(on=clock.today())
        if self.instance.pk:
            people.queryset = people.queryset | self.instance.contacts.all()
            people.queryset = people.queryset.distinct()
        people.agency = agency
        field_of(self, "channel").choices = Channel.choices
        field_of(self, "phase").choices = Phase.choices
        self.fields["held_on"].widget.attrs["max"] = clock.today().isoformat()

    def clean_held_on(self) -> date | None:
        """A dialogue that was held has its day behind it."""
        return past_day(self.cleaned_data["held_on"])


class LogDialogueForm(DialogueForm):
    """The call that just ended, with what came of it: obstacles met and the next step."""

    obstacles = forms.MultipleChoiceField(
        label="Hinder som kom fram", choices=ObstacleKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    obstacle_words = forms.CharField(
        label="Hindret med ord",
        required=False,
        max_length=300,
        validators=[refuse_identity_numbers],
        help_text="Hör till Annat, eller till det första hindret du har kryssat i.",
    )
    steps_done = RowsField(
        NextStep.objects.none(), label="Klart i och med det här", required=False, widget=forms.CheckboxSelectMultiple
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
        field_of(self, "obstacles").choices = [
            (kind, label) for kind, label in ObstacleKind.choices if kind == ObstacleKind.OTHER or kind not in standing
        ]

        field_of(self, "steps_done").queryset = self.agency.next_steps.open()
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
            self.add_error(None, "Uppgifterna om den nya kontakten behöver rättas.")
        if cleaned.get("step_what") and not cleaned.get("step_due_on") and "step_due_on" not in self.errors:
            self.add_error("step_due_on", "Välj en dag: ett nästa steg utan dag glöms bort.")
        if cleaned.get("step_due_on") and not cleaned.get("step_what") and "step_what" not in self.errors:
            self.add_error("step_what", "Skriv vad som ska göras den dagen, eller ta bort dagen.")
        chosen = cleaned.get("obstacles") or []
        if ObstacleKind.OTHER in chosen and not cleaned.get("obstacle_words"):
            self.add_error("obstacle_words", "Skriv vilket hinder det är när du väljer Annat.")
        if cleaned.get("obstacle_words") and not chosen and "obstacles" not in self.errors:
            self.add_error("obstacles", "Välj vilket slags hinder det är.")
        if not self.errors and not self._says_anything(cleaned):
            self.add_error("notes", "Skriv vad som sades, eller välj vem du talade med.")
        return cleaned

    def _says_anything(self, cleaned: dict[str, Any]) -> bool:
        told = any(cleaned.get(name) for name in ("contacts", "notes", "obstacles", "step_what", "steps_done"))
        return told or (self.people.is_bound and any(each.has_changed() for each in self.people))

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
