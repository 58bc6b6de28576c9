"""The administrator's lists: offices and municipalities. No workflow here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple

from agencies.models import Municipality, Office
from agencies.readers import UNDELIVERABLE, is_deliverable, readers_among, readers_of
from praktik import clock
from praktik.accounts.admin import RecordAdmin, RecordAdminForm
from praktik.accounts.models import User

_UNREAD = "Kontoret har då ingen som läser brev. Ange en adress för brev eller en handläggare till."


class OfficeForm(RecordAdminForm):
    """An office; its last reader of letters is not taken away."""

    def clean_letter_email(self) -> str:
        """An address that letters can be sent to, or none."""
        address: str = self.cleaned_data["letter_email"]
        if address and not is_deliverable(address):
            raise ValidationError(UNDELIVERABLE)
        return address

    def clean(self) -> dict[str, Any]:
        """Refuse to leave an open office without a reader; one that had none before may be saved."""
        cleaned = super().clean()
        if self.instance.pk and not self.errors:
            stored = Office.objects.select_for_update().get(pk=self.instance.pk)
            wanted = Office(letter_email=cleaned["letter_email"], closed_on=cleaned["closed_on"])
            # As they are now that the office is locked: somebody may have been switched off meanwhile.
            officers = User.objects.filter(pk__in=[each.pk for each in cleaned["officers"]])
            kept = wanted.has_closed(on=clock.today()) or readers_among(wanted, officers)
            if not kept and readers_of(stored):
                had_address = is_deliverable(stored.letter_email)
                self.add_error("letter_email" if had_address else "officers", _UNREAD)
        return cleaned


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    """Offices: the municipalities they serve, their officers, their address for letters, their closing day."""

    list_display = ["name", "letter_email", "closed_on"]
    search_fields = ["name"]
    history_kind = "kontor"
    form = OfficeForm
    formfield_overrides: ClassVar = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


@admin.register(Municipality)
class MunicipalityAdmin(RecordAdmin):
    """Municipalities, by Statistics Sweden's code."""

    history_kind = "kommun"
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
