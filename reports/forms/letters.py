"""The forms of a letter: its week, its words and parts, its recipients, its number in the register."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms

from agencies.choices import ContactRole
from agencies.models import Office
from agencies.readers import Reader
from praktik import clock
from praktik.accounts.editing import RecordForm, TokenForm
from praktik.identity import refuse_identity_numbers
from reports import lifecycle
from reports.choices import LetterKind, LetterPart
from reports.letters import arranged
from reports.letters.recipients import Recipients
from reports.letters.rhythm import next_week
from reports.models import Letter, LetterInterval
from reports.periods import monday_of, week_in_words

_BEFORE, _AHEAD = timedelta(weeks=2), timedelta(weeks=6)


def weeks_near(*days: date) -> list[tuple[str, str]]:
    """Weeks around today as choices, and those of the given days."""
    this = monday_of(clock.today())
    near = {this - _BEFORE + timedelta(weeks=number) for number in range((_BEFORE + _AHEAD).days // 7 + 1)}
    return [(week.isoformat(), week_in_words(week)) for week in sorted(near | {monday_of(day) for day in days})]


def _week_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="Vecka", coerce=date.fromisoformat)


class NewLetterForm(TokenForm):
    """Which week a new letter is for."""

    week = _week_field()

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        proposed = next_week(kind, on=clock.today())
        self.fields["week"].choices = weeks_near(proposed)  # type: ignore[attr-defined]  # a choice
        self.fields["week"].initial = proposed.isoformat()

    @property
    def chosen(self) -> date | None:
        """The week that was chosen; None when it is none."""
        week: date | None = self.cleaned_data.get("week") if self.is_valid() else None
        return week

    def act(self) -> dict[str, Any]:
        """Make the draft."""
        return {"pk": lifecycle.draft(self.kind, self.cleaned_data["week"], by=self.by).pk}


class LetterForm(RecordForm):
    """The words of a draft, and its parts: which are shown, in which order."""

    instance: Letter
    week = _week_field()

    class Meta:
        model = Letter
        fields = ["week", "intro", "example", "quote", "quoted", "meetings", "notices"]
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 6}),
            "example": forms.Textarea(attrs={"rows": 6}),
            "quote": forms.Textarea(attrs={"rows": 2}),
            "meetings": forms.Textarea(attrs={"rows": 4}),
            "notices": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == LetterKind.WEEKLY:
            for name in ("example", "quote", "quoted", "meetings"):
                del self.fields[name]
        self.fields["week"].choices = weeks_near(self.instance.week)  # type: ignore[attr-defined]  # a choice
        self.initial["week"] = self.instance.week.isoformat()

    def clean(self) -> dict[str, Any]:
        """Stop the save when somebody else has rearranged the parts meanwhile, and this form has too."""
        cleaned = super().clean()
        if self.data.get("delar_nu", self.parts_now) != self.parts_now != _as_text(self.parts):
            self.add_error(
                None, "Någon annan har ändrat brevets delar medan du skrev. Läs om sidan och ordna dem igen."
            )
        return cleaned

    @property
    def parts_now(self) -> str:
        """The stored parts in one text: by it a form sees whether they are still those that it was opened on."""
        return _as_text(arranged(self.instance))

    @property
    def parts(self) -> list[tuple[LetterPart, bool]]:
        """The parts as they were sent, with the one moved that a button moves; as they are stored in a new form.

        Where this form has not touched them, those that somebody else has stored meanwhile stand.
        """
        stored = arranged(self.instance)
        if not self.is_bound:
            return stored
        sent = self._parts_sent(stored)
        return stored if _as_text(sent) == self.data.get("delar_nu") else sent

    def _parts_sent(self, stored: list[tuple[LetterPart, bool]]) -> list[tuple[LetterPart, bool]]:
        known = dict(stored)
        sent = [LetterPart(key) for key in dict.fromkeys(self.data.getlist("del")) if key in known]
        shown = set(self.data.getlist("visas"))
        parts = [(part, part in shown) for part in sent] + [each for each in stored if each[0] not in sent]
        return _moved(parts, *self.data.get("flytta", "").partition(":")[::2])

    @property
    def moves(self) -> bool:
        """Whether a part is to be moved: the page then stays where the parts are."""
        return "flytta" in self.data

    def store(self) -> dict[str, Any]:
        """Keep words and parts."""
        words = {name: self.cleaned_data[name] for name in self.cleaned_data if name in lifecycle.WORDS}
        letter = lifecycle.write_letter(
            self.instance, by=self.by, week=self.cleaned_data["week"], parts=self.parts, **words
        )
        return {"pk": letter.pk}


def _as_text(parts: list[tuple[LetterPart, bool]]) -> str:
    return " ".join(f"{part.value}{'+' if shown else '-'}" for part, shown in parts)


def _moved(parts: list[tuple[LetterPart, bool]], key: str, way: str) -> list[tuple[LetterPart, bool]]:
    at = next((place for place, (part, _) in enumerate(parts) if part == key), None)
    to = None if at is None else at + {"upp": -1, "ned": 1}.get(way, 0)
    if at is not None and to is not None and 0 <= to < len(parts):
        parts[at], parts[to] = parts[to], parts[at]
    return parts


class ReadersForm(TokenForm):
    """Who reads a weekly letter at each office: some can be left out this time, and an address added."""

    def __init__(self, *args: Any, letter: Letter, to: Recipients, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.to = letter, to
        for each in to.offices:
            choices = [(reader.address, _reader(reader, each.office)) for reader in each.readers]
            self.fields[f"readers-{each.office.pk}"] = forms.MultipleChoiceField(
                label=str(each.office),
                choices=choices,
                required=False,
                initial=sorted(each.chosen),
                widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
            )
            self.fields[f"added-{each.office.pk}"] = forms.CharField(
                label="Annan adress den här gången",
                required=False,
                initial=each.added,
                max_length=254,
                validators=[refuse_identity_numbers],
            )

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Each office with its two fields."""
        for each in self.to.offices:
            yield each, self[f"readers-{each.office.pk}"], self[f"added-{each.office.pk}"]

    def act(self) -> dict[str, Any]:
        """Keep the choice."""
        left_out, added = {}, {}
        for each in self.to.offices:
            chosen = self.cleaned_data[f"readers-{each.office.pk}"]
            # Whoever came to the office after the page was opened was not there to be left out.
            shown = set(self.data.getlist(f"shown-{each.office.pk}"))
            left_out[each.office] = sorted(shown - set(chosen))
            added[each.office] = self.cleaned_data[f"added-{each.office.pk}"]
        return {"pk": lifecycle.choose_readers(self.letter, by=self.by, left_out=left_out, added=added).pk}


def _reader(reader: Reader, office: Office) -> str:
    return reader.address if reader.name == office.name else f"{reader.name}, {reader.address}"


class RolesForm(TokenForm):
    """The roles that a newsletter goes to."""

    roles = forms.MultipleChoiceField(
        label="Roller", choices=ContactRole, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, letter: Letter, to: Recipients, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        self.fields["roles"].initial = letter.roles
        self.fields["roles"].choices = [(each.role, _role(each)) for each in to.roles]  # type: ignore[attr-defined]  # a choice

    def act(self) -> dict[str, Any]:
        """Keep the choice."""
        roles = map(ContactRole, self.cleaned_data["roles"])
        return {"pk": lifecycle.choose_roles(self.letter, by=self.by, roles=roles).pk}


def _role(each: Any) -> str:
    without = f", {each.without} saknar adress" if each.without else ""
    label = str(each.role.label)
    return f"{label[0].upper()}{label[1:]}: {each.number}{without}"


class SendForm(TokenForm):
    """What is sent with the button: which letter, and what of it the sender has seen."""

    def __init__(self, *args: Any, letter: Letter, site: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.site = letter, site

    def act(self) -> dict[str, Any]:
        """Send it."""
        seen = str(self.data.get("sett", ""))
        return {"pk": lifecycle.send(self.letter, by=self.by, site=self.site, seen=seen).pk}


class DiscardForm(TokenForm):
    """Throwing a draft away, asked for once more."""

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter

    def act(self) -> dict[str, Any]:
        """Throw it away."""
        lifecycle.discard(self.letter, by=self.by)
        return {}


class RegisterForm(TokenForm):
    """The number in the official register."""

    register_number = forms.CharField(
        label="Diarienummer", required=False, max_length=50, validators=[refuse_identity_numbers]
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        self.fields["register_number"].initial = letter.register_number

    def act(self) -> dict[str, Any]:
        """Keep the number."""
        number = self.cleaned_data["register_number"]
        return {"pk": lifecycle.register(self.letter, by=self.by, number=number).pk}


class IntervalForm(TokenForm):
    """How often a kind of letter goes."""

    weeks = forms.IntegerField(label="Veckor mellan breven", min_value=1, max_value=26)

    def __init__(self, *args: Any, kind: LetterKind, weeks: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["weeks"].initial = weeks

    def act(self) -> dict[str, Any]:
        """Decide."""
        decided: LetterInterval = lifecycle.set_interval(self.kind, self.cleaned_data["weeks"], by=self.by)
        return {"pk": decided.pk}


class ArchiveForm(forms.Form):
    """What is looked for among the letters."""

    sok = forms.CharField(label="Sök i breven", required=False, max_length=100)
    slag = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Alla"), *((kind.value, kind.label) for kind in LetterKind)]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["sok"].widget.attrs |= {"class": "form-control", "type": "search"}
        self.fields["slag"].widget.attrs["class"] = "form-select"
        self.is_valid()
