"""The administrator's lists: offices and municipalities. No workflow here."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from agencies.models import Municipality, Office


@admin.register(Office)
class OfficeAdmin(SimpleHistoryAdmin):
    """Offices: the municipalities they serve, their officers, their address for letters, their closing day."""

    list_display = ["name", "letter_email", "closed_on"]
    search_fields = ["name"]
    filter_horizontal = ["municipalities", "officers"]


@admin.register(Municipality)
class MunicipalityAdmin(SimpleHistoryAdmin):
    """Municipalities, by Statistics Sweden's code."""

    list_display = ["name", "code"]
    search_fields = ["name", "code"]
