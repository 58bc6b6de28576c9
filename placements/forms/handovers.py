"""The forms of a handover: offered, returned, asked about."""

from typing import Any

from django import forms

from agencies.forms.fields import propose
from agencies.models import Office
from placements import lifecycle
from placements.forms.orders import PlacesField, told_if_unmanned
from placements.forms.verbs import text_field
from placements.models import Handover, Placement
from praktik import clock
from praktik.accounts.editing import TokenForm, field_of
from praktik.accounts.roles import Role


class OwnPlacesField(PlacesField):
    """Places of several agencies."""

    def label_from_instance(self, obj: Placement) -> str:
        """The agency first, then what it is and its day."""
        when = f"slutar {obj.planned_end}" if obj.planned_end else f"start {obj.planned_start}"
        return ", ".join(filter(None, [str(obj.agency), str(obj), str(obj.municipality or ""), when]))


class HandOverForm(TokenForm):
    """Places offered to one office."""

    placements = OwnPlacesField(Placement.objects.none(), label="Platser")
    office = forms.ModelChoiceField(Office.objects.none(), label="Till kontor", empty_label="Välj kontor")
    note = text_field(
        "Med ord", required=False, help_text="Vad kontoret behöver veta för att ta vid. Inget om någon person."
    )

    def __init__(self, *args: Any, places: Any, chosen: set[int], office: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "placements").queryset = places
        field_of(self, "office").queryset = Office.objects.open(on=clock.today()).with_manned()
        field_of(self, "office").label_from_instance = told_if_unmanned
        propose(self, placements=sorted(chosen), office=office)

    def act(self) -> dict[str, Any]:
        """Hand over; tells how many."""
        made = lifecycle.hand_over(
            self.cleaned_data["placements"],
            by=self.by,
            office=self.cleaned_data["office"],
            on=clock.today(),
            note=self.cleaned_data["note"],
        )
        return {"pk": made[0].pk, "number": len(made), "office": str(self.cleaned_data["office"])}


class _HandoverForm(TokenForm):
    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handover = handover


class ReturnForm(_HandoverForm):
    """The office does not take the place."""

    reason = text_field("Varför", help_text="Så att koordinatorn vet vad som behövs. Inget om någon person.")

    def act(self) -> dict[str, Any]:
        """Return."""
        lifecycle.return_handover(self.handover, by=self.by, on=clock.today(), reason=self.cleaned_data["reason"])
        return {}


class AskForm(_HandoverForm):
    """A question about a handover, or the answer to one."""

    text = text_field("Fråga till koordinatorn")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by.role == Role.COORDINATOR:
            self.fields["text"].label = "Svar till kontoret"

    def act(self) -> dict[str, Any]:
        """Ask."""
        lifecycle.ask_about(self.handover, by=self.by, on=clock.today(), text=self.cleaned_data["text"])
        return {}
