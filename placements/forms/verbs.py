"""The forms of what can be done with one place: one per verb, each with what is most likely filled in."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from agencies.forms.fields import past_day, propose, reachable_day
from agencies.models import Contact
from placements import lifecycle
from placements.choices import EMPLOYMENTS, FollowUp, Outcome, Sex
from placements.models import Placement, TargetGroup
from placements.validators import FOLLOWED_UP_AFTER, LONGEST_TEXT, last_day_of
from praktik import clock
from praktik.accounts.editing import TokenForm, field_of
from praktik.identity import refuse_identity_numbers
from praktik.templatetags.swedish_words import number_of

_SUBSIDISED = (("ja", "Ja"), ("nej", "Nej"))


def text_field(label: str, *, required: bool = True, help_text: str = "", rows: int = 3) -> forms.CharField:
    """A text in words, as every verb takes it."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        validators=[refuse_identity_numbers],
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class VerbForm(TokenForm):
    """Something to be done with one place."""

    days: ClassVar[tuple[str, ...]] = ()
    """The fields that hold a day which has been."""

    def __init__(self, *args: Any, place: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for name in self.days:
            propose(self, **{name: clock.today()})
            self.fields[name].widget.attrs["max"] = clock.today().isoformat()

    def clean(self) -> dict[str, Any]:
        """Days that tell of what has happened have been."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.days:
            try:
                past_day(cleaned.get(name))
            except ValidationError as wrong:
                self.add_error(name, wrong)
        return cleaned

    def act(self) -> dict[str, Any]:
        """Call the verb; what it answers is kept with the form."""
        raise NotImplementedError


class ConfirmForm(VerbForm):
    """The agreement still holds: who says so, and when."""

    days = ("on",)
    contact = forms.ModelChoiceField(Contact.objects.none(), label="Bekräftat av", empty_label="Välj kontakt")
    on = forms.DateField(label="Datum")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.place.agency.contacts.current(on=clock.today())
        field_of(self, "contact").queryset = people
        gone = self.place.contact
        if gone is not None and gone.successor_id:
            propose(self, contact=gone.successor_id)

    def act(self) -> dict[str, Any]:
        """Confirm."""
        lifecycle.confirm(self.place, by=self.by, on=self.cleaned_data["on"], contact=self.cleaned_data["contact"])
        return {}


class WithdrawForm(VerbForm):
    """The agreement comes to nothing."""

    days = ("on",)
    on = forms.DateField(label="Datum")
    reason = text_field("Varför", help_text="Om myndigheten och arbetet, inget om någon person.")

    def act(self) -> dict[str, Any]:
        """Withdraw."""
        lifecycle.withdraw(self.place, by=self.by, on=self.cleaned_data["on"], reason=self.cleaned_data["reason"])
        return {}


class PlanForm(VerbForm):
    """Another next step, or another day for it."""

    what = forms.CharField(label="Nästa steg", max_length=150, validators=[refuse_identity_numbers])
    due_on = forms.DateField(label="Senast")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose(self, what=self.place.next_step, due_on=max(self.place.next_on or clock.today(), clock.today()))
        self.fields["due_on"].widget.attrs["min"] = clock.today().isoformat()

    def clean_due_on(self) -> date | None:
        """Today or later, and within reach."""
        return reachable_day(self.cleaned_data["due_on"])

    def act(self) -> dict[str, Any]:
        """Plan."""
        lifecycle.plan(self.place, by=self.by, what=self.cleaned_data["what"], due_on=self.cleaned_data["due_on"])
        return {}


class StartForm(VerbForm):
    """Somebody is in place: only figures about who."""

    days = ("started_on",)
    started_on = forms.DateField(label="Första dag")
    planned_end = forms.DateField(label="Planerad sista dag", required=False)
    target_group = forms.ModelChoiceField(
        TargetGroup.objects.none(), label="Målgrupp", widget=forms.RadioSelect, empty_label=None
    )
    sex = forms.ChoiceField(label="Kön", choices=Sex.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.place.programme
        groups = self.place.target_groups.filter(programmes=programme)
        field_of(self, "target_group").queryset = groups
        planned = number_of(self.place.planned_months, "månad,månader")
        self.fields["planned_end"].help_text = (
            f"Tomt: {planned} från första dagen, som planerat. {programme.code} är högst "
            f"{number_of(programme.months_per_decision, 'månad,månader')} per beslut."
        )
        only = list(groups[:2])
        if len(only) == 1:
            propose(self, target_group=only[0].pk)

    def act(self) -> dict[str, Any]:
        """Start; without a planned end, for as long as the agreement says."""
        told = {name: self.cleaned_data[name] for name in ("started_on", "planned_end", "target_group", "sex")}
        told["planned_end"] = told["planned_end"] or last_day_of(told["started_on"], self.place.planned_months)
        lifecycle.start(self.place, by=self.by, **told)
        return {}


class ExtendForm(VerbForm):
    """The place goes on."""

    days = ("decided_on",)
    decided_on = forms.DateField(label="Beslutad")
    new_end = forms.DateField(label="Ny sista dag")
    reason = text_field("Varför", required=False, help_text="Om arbetet, inget om personen.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.place.planned_end
        if until:
            most = self.place.latest_end()
            attrs = {"min": (until + timedelta(days=1)).isoformat(), "max": most.isoformat()}
            self.fields["new_end"].widget.attrs |= attrs if most > until else {}
            code = self.place.programme.code
            self.fields["new_end"].help_text = (
                f"Slutar nu {until}. Senast {most} enligt reglerna för {code}."
                if most > until
                else f"Slutar {until} och kan inte förlängas mer enligt reglerna för {code}."
            )

    def act(self) -> dict[str, Any]:
        """Extend."""
        names = ("decided_on", "new_end", "reason")
        lifecycle.extend(self.place, by=self.by, **{name: self.cleaned_data[name] for name in names})
        return {}


def _told(value: str) -> bool | None:
    return {"ja": True, "nej": False}.get(value)


class EndForm(VerbForm):
    """The last day, and what came after."""

    days = ("ended_on",)
    ended_on = forms.DateField(label="Sista dag på platsen")
    outcome = forms.ChoiceField(label="Vad kom sedan?", choices=Outcome.choices, widget=forms.RadioSelect)
    subsidised = forms.ChoiceField(
        label="Anställning med subvention?",
        choices=_SUBSIDISED,
        required=False,
        widget=forms.RadioSelect,
        help_text="Bara för en anställning.",
    )
    employed_until = forms.DateField(
        label="Anställd till och med",
        required=False,
        help_text="Om samma myndighet anställde för en viss tid: så länge är platsen upptagen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.place.planned_end and not self.is_bound:
            self.initial["ended_on"] = min(self.place.planned_end, clock.today())

    def clean(self) -> dict[str, Any]:
        """An employment says whether it is subsidised, nothing else does."""
        cleaned = super().clean()
        if cleaned.get("outcome") in EMPLOYMENTS and not cleaned.get("subsidised") and "subsidised" not in self.errors:
            self.add_error("subsidised", "Välj ja eller nej: det är en anställning.")
        if cleaned.get("outcome") and cleaned["outcome"] not in EMPLOYMENTS:
            cleaned["subsidised"] = ""
        return cleaned

    def act(self) -> dict[str, Any]:
        """End."""
        cleaned = self.cleaned_data
        lifecycle.end(
            self.place,
            by=self.by,
            ended_on=cleaned["ended_on"],
            outcome=cleaned["outcome"],
            subsidised=_told(cleaned["subsidised"]),
            employed_until=cleaned["employed_until"],
        )
        return {}


class FollowUpForm(VerbForm):
    """Ninety days later."""

    days = ("on",)
    on = forms.DateField(label="Datum")
    outcome = forms.ChoiceField(label="Vad gör personen nu?", choices=FollowUp.choices, widget=forms.RadioSelect)
    subsidised = forms.ChoiceField(
        label="Arbete med subvention?",
        choices=_SUBSIDISED,
        required=False,
        widget=forms.RadioSelect,
        help_text="Bara för den som är i arbete.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.place.ended_on:
            self.fields["on"].help_text = f"Tidigast {self.place.ended_on + FOLLOWED_UP_AFTER}, 90 dagar efter slutet."

    def clean(self) -> dict[str, Any]:
        """Work says whether it is subsidised, nothing else does."""
        cleaned = super().clean()
        if cleaned.get("outcome") == FollowUp.WORK and not cleaned.get("subsidised"):
            self.add_error("subsidised", "Välj ja eller nej: personen är i arbete.")
        if cleaned.get("outcome") and cleaned["outcome"] != FollowUp.WORK:
            cleaned["subsidised"] = ""
        return cleaned

    def act(self) -> dict[str, Any]:
        """Follow up."""
        lifecycle.follow_up(
            self.place,
            by=self.by,
            on=self.cleaned_data["on"],
            outcome=self.cleaned_data["outcome"],
            subsidised=_told(self.cleaned_data["subsidised"]),
        )
        return {}
