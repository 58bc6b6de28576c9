"""Targets: decided, and decided anew."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.lifecycle.guards import agency_in_use, refuse
from agencies.models import Agency
from agencies.validators import not_yet
from placements.models import Programme
from praktik.accounts.models import User
from praktik.records import LifecycleError
from reports.models import Target


@transaction.atomic
def set_target(
    *, by: User, year: int, programme: Programme, number: int | None, decided_on: date, agency: Agency | None = None
) -> Target:
    """Decide how many places of a programme are to start in a year, in the county or at one agency; None: no target.

    A decision of the same day about the same thing is corrected; an earlier one holds for the days before.
    Raises LifecycleError for a year before 2016, a number that nobody can mean, or a day to come.
    """
    refuse(not_yet(decided_on), "decided_on")
    if agency is not None:
        agency = agency_in_use(agency.pk, "sätter ett mål", "agency")
    rows = Target.objects.select_for_update(of=("self",))
    same = rows.filter(year=year, programme=programme, agency=agency, decided_on=decided_on).first()
    target = same or Target(year=year, programme=programme, agency=agency, decided_on=decided_on)
    target.number = number
    try:
        target.clean_fields(exclude=["programme", "agency"])
    except ValidationError as wrong:
        name, said = next(iter(wrong.message_dict.items()))
        raise LifecycleError(said[0], field=name) from wrong
    target.signed_by(by).save_record()
    return target
