"""An agency's form."""

import unicodedata

from django import forms
from stdnum.se import orgnr

from agencies.forms.fields import RowsField
from agencies.models import Agency
from agencies.validators import refuse_wrong_organisation_number
from praktik.accounts.editing import RecordForm


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
