"""The administrator's lists: programmes and target groups. No workflow here."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple

from placements.models import Programme, TargetGroup
from praktik.accounts.admin import RecordAdmin


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    """Programmes and their rules. A new one needs no code: lists, filters and forms take it from here."""

    history_kind = "insats"
    list_display = ["code", "name", "kind", "months_per_decision", "months_in_all", "first_day", "last_day"]
    formfield_overrides: ClassVar = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


@admin.register(TargetGroup)
class TargetGroupAdmin(RecordAdmin):
    """Target groups that programmes are for."""

    history_kind = "malgrupp"
    list_display = ["name", "code"]
