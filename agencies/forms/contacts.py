"""Contact persons: who they are, whose address it is, and when they leave."""

import json
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.urls import reverse_lazy

from agencies.forms.fields import propose
from agencies.models import Contact
from praktik import clock
from praktik.accounts.editing import RecordForm, TokenForm, ease, field_of

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
                self.warn_about_address(same_address(other))
        return cleaned

    def warn_about_address(self, sentence: str) -> None:
        """Stop the save, once, and ask."""
        self.fields["same_address"].widget = forms.CheckboxInput()
        self.add_error("email", f"{sentence} Stämmer det, kryssa i att adressen är rätt och spara.")


def same_address(other: Contact) -> str:
    """The sentence that tells who has an address already."""
    gone = f", slutade {other.left_on}" if other.left_on else ""
    return f"{other}, {other.agency}{gone}, har redan den adressen."


class ContactForm(AddressWarning, RecordForm):
    """A contact person."""

    class Meta:
        model = Contact
        fields = ["name", "title", "role", "unit", "email", "phone", "municipality", "newsletter"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "municipality").empty_label = "Ingen särskild"
        self.order_fields(
            ["name", "title", "role", "unit", "email", "same_address", "newsletter", "phone", "municipality"]
        )
        if self.instance.pk:
            self.fields["email"].widget.attrs["hx-vals"] = json.dumps({"utom": str(self.instance.pk)})


class NewContactForm(AddressWarning, forms.ModelForm):
    """A contact met for the first time, added in the dialogue's own form."""

    class Meta:
        model = Contact
        fields = ["name", "title", "role", "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ease(self)


class _NewContacts(BaseFormSet):
    def clean(self) -> None:
        """Two of the new contacts do not share an address unnoticed."""
        seen: set[str] = set()
        for form in self.forms:
            address = form.cleaned_data.get("email", "").casefold() if form.is_valid() else ""
            if address in seen and not form.cleaned_data.get("same_address"):
                form.warn_about_address("Adressen står också hos en annan av de nya kontakterna.")
            seen.update(filter(None, [address]))


NewContacts = forms.formset_factory(NewContactForm, formset=_NewContacts, extra=3, max_num=3, absolute_max=3)


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
        field_of(self, "successor").queryset = colleagues

    def clean_left_on(self) -> date:
        """From 2016 to a year ahead: somebody may say in good time that they will leave."""
        left_on: date = self.cleaned_data["left_on"]
        if left_on > clock.today() + timedelta(days=366):
            raise ValidationError("Datumet ligger mer än ett år fram.")
        if left_on.year < 2016:
            raise ValidationError("Datumet kan inte vara före 2016-01-01.")
        return left_on
