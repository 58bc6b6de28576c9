"""The administrator's lists: offices and municipalities. No workflow here."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple

from agencies.models import Municipality, Office
from praktik.accounts.admin import RecordAdmin


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    """Offices: the municipalities they serve, their officers, their address for letters, their closing day."""

    list_display = ["name", "letter_email", "closed_on"]
    search_fields = ["name"]
    history_kind = "kontor"
    formfield_overrides: ClassVar = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


@admin.register(Municipality)
class MunicipalityAdmin(RecordAdmin):
    """Municipalities, by Statistics Sweden's code."""

    history_kind = "kommun"
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
