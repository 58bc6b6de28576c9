"""The forms of an order: what is asked for, and what is answered."""

from datetime import date
from typing import Any

from django import forms

from agencies.forms.fields import RowsField, past_day, propose, reachable_day
from agencies.models import Agency, Office
from placements import lifecycle
from placements.choices import AnswerKind, Requirement
from placements.forms.verbs import text_field
from placements.lifecycle.orders import profile_of
from placements.models import MatchingOrder, OrderAnswer, Placement
from placements.validators import ANSWERED_WITHIN
from praktik import clock
from praktik.accounts.editing import RecordForm, TokenForm, field_of
from praktik.identity import refuse_identity_numbers

_PROFILE = [
    "duties",
    "occupation",
    "hours",
    "swedish",
    "licence",
    "computer",
    "citizenship",
    "vetting",
    "tutor",
    "start_on",
    "prepared",
    "expects",
]


def told_if_unmanned(office: Any) -> str:
    """An office's name, and that nobody reads there what is sent to it, where that is so."""
    return str(office) if office.is_manned else f"{office} (ingen handläggare i Praktik)"


class PlacesField(RowsField):
    """Several places, each told by what it is."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Placement) -> str:
        """What it is, where, from when, and which office has an order for it already."""
        told = [str(obj), str(obj.municipality or ""), f"start {obj.planned_start}"]
        if obj.order:
            told.append(f"har order hos {obj.order.office}")
        return ", ".join(filter(None, told))


class ProfileForm(RecordForm):
    """What an order says of the work; changed afterwards, for instance after a question."""

    instance: MatchingOrder

    class Meta:
        model = MatchingOrder
        fields = [*_PROFILE, "answer_by"]
        widgets = {
            "duties": forms.Textarea(attrs={"rows": 3}),
            "prepared": forms.Textarea(attrs={"rows": 2}),
            "expects": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        tutor = field_of(self, "tutor")
        tutor.queryset = agency.contacts.current(on=clock.today())
        if self.instance.tutor_id:
            tutor.queryset = tutor.queryset | agency.contacts.filter(pk=self.instance.tutor_id)
        tutor.empty_label = "Inte utsedd än"

    def store(self) -> dict[str, Any]:
        """Change the order through its verb."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        lifecycle.supplement(self.instance, by=self.by, **told)
        return {"pk": self.instance.pk}


class OrderForm(ProfileForm):
    """A new order over agreed places of one agency."""

    placements = PlacesField(Placement.objects.none(), label="Platser")

    class Meta(ProfileForm.Meta):
        fields = ["office", *_PROFILE, "sent_on", "answer_by"]

    def __init__(self, *args: Any, chosen: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        places = self.agency.placements.agreed(on=today).select_related("programme", "municipality", "order__office")
        waiting = list(places.order_by("planned_start", "pk"))
        picked = [place for place in waiting if place.pk in chosen]
        picked = picked or [place for place in waiting if place.order_id is None]
        field_of(self, "placements").queryset = places.order_by("planned_start", "pk")
        office = field_of(self, "office")
        office.queryset = Office.objects.open(on=today).with_manned()
        office.empty_label = "Välj kontor"
        office.label_from_instance = told_if_unmanned
        propose(self, placements=[place.pk for place in picked], sent_on=today, answer_by=today + ANSWERED_WITHIN)
        if picked:
            told = profile_of(picked)
            self.initial.update(told, tutor=told["tutor"] and told["tutor"].pk, office=_office(picked[0]))
        self.fields["sent_on"].widget.attrs["max"] = today.isoformat()

    def clean_sent_on(self) -> Any:
        """Sent today or before."""
        return past_day(self.cleaned_data["sent_on"])

    def send(self) -> dict[str, Any]:
        """Call the verb; tells the order's key."""
        sent = lifecycle.order(
            self.cleaned_data["placements"],
            by=self.by,
            office=self.cleaned_data["office"],
            sent_on=self.cleaned_data["sent_on"],
            answer_by=self.cleaned_data["answer_by"],
            profile={name: self.cleaned_data[name] for name in _PROFILE},
        )
        return {"pk": sent.pk}


def _office(place: Placement) -> int | None:
    """The office that has the place, or the first that serves its municipality."""
    if place.office_id:
        return int(place.office_id)
    serving = Office.objects.open(on=clock.today()).filter(municipalities=place.municipality_id)
    return serving.values_list("pk", flat=True).first()


class AnswerForm(TokenForm):
    """An office's answer. The office is chosen where the user could answer for several."""

    office = forms.ModelChoiceField(Office.objects.none(), label="Kontor", empty_label=None)
    kind = forms.ChoiceField(label="Svar", choices=AnswerKind.choices, widget=forms.RadioSelect)
    text = text_field(
        "Med ord", required=False, help_text="Om matchningen, inget om någon person. En fråga behöver ord."
    )

    def __init__(self, *args: Any, order: MatchingOrder, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        office = field_of(self, "office")
        office.queryset = offices
        self.answering = list(offices)
        if len(self.answering) == 1:
            office.widget = forms.HiddenInput()
        keys = [each.pk for each in self.answering]
        propose(self, office=order.office_id if order.office_id in keys else next(iter(keys), None))

    def clean(self) -> dict[str, Any]:
        """A question has words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == AnswerKind.MORE_INFORMATION and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Skriv vad ni behöver veta.")
        return cleaned

    def act(self) -> dict[str, Any]:
        """Answer; tells the answer's key."""
        given = lifecycle.answer(self.order, by=self.by, on=clock.today(), **self._said())
        return {"pk": given.pk}

    def _said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("office", "kind", "text")}


class ReplyForm(TokenForm):
    """The coordinator's reply to an office's question."""

    text = text_field("Svar till kontoret", rows=4)
    answer_by = forms.DateField(label="Kontoret svarar senast")

    def __init__(self, *args: Any, given: OrderAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = given
        propose(self, answer_by=max(given.order.answer_by, clock.today() + ANSWERED_WITHIN))

    def clean_answer_by(self) -> date | None:
        """Today or later, and within reach."""
        return reachable_day(self.cleaned_data["answer_by"])

    def act(self) -> dict[str, Any]:
        """Reply."""
        told = {name: self.cleaned_data[name] for name in ("text", "answer_by")}
        lifecycle.reply(self.given, by=self.by, on=clock.today(), **told)
        return {}


class FlagForm(TokenForm):
    """What makes the order hard to match."""

    requirement = forms.ChoiceField(label="Det som hindrar", choices=Requirement.choices, widget=forms.RadioSelect)
    words = forms.CharField(label="Med ord", required=False, max_length=200, validators=[refuse_identity_numbers])

    def __init__(self, *args: Any, order: MatchingOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        if order.blocked_by:
            propose(self, requirement=order.blocked_by, words=order.blocked_words)

    def clean(self) -> dict[str, Any]:
        """Something else is told in words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("requirement") == Requirement.OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "Skriv vad det är som hindrar.")
        return cleaned

    def act(self) -> dict[str, Any]:
        """Flag."""
        lifecycle.flag_hard(
            self.order,
            by=self.by,
            on=clock.today(),
            requirement=self.cleaned_data["requirement"],
            words_on_it=self.cleaned_data["words"],
        )
        return {}
