"""Agencies: put away and taken out again."""

from datetime import date

from django.db import transaction

from agencies.lifecycle.guards import keeps_in_use, refuse
from agencies.models import Agency
from praktik.records import LifecycleError


@transaction.atomic
def archive(agency: Agency, *, on: date) -> Agency:
    """Put an agency away: out of lists and pickers, with all its history. Refused while something is open there."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.next_steps.open().exists():
        raise LifecycleError("Myndigheten har öppna nästa steg. Gör klart eller flytta dem först.")
    for why_not in keeps_in_use:
        refuse(why_not(agency))
    agency.archived_on = agency.archived_on or on
    agency.save()
    return agency


@transaction.atomic
def restore(agency: Agency) -> Agency:
    """Take an agency out of the archive."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    agency.archived_on = None
    agency.save()
    return agency
