"""Offices: where their letters go."""

from django import forms

from praktik.accounts.editing import TokenForm
from praktik.identity import refuse_identity_numbers


class LetterAddressForm(TokenForm):
    """The address that an office's letters go to."""

    email = forms.EmailField(
        label="Adress för brev",
        required=False,
        validators=[refuse_identity_numbers],
        help_text="Utan adress går breven till kontorets handläggare.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
