"""Which rows? Small named filters that chain. The day is always an argument, `on=`."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Subquery, When


class TargetQuerySet(QuerySet[Any, Any]):
    """Targets: each row is a decision."""

    def known(self, *, on: date) -> "TargetQuerySet":
        """Those decided by that day, the latest first: the first one about a thing is the one that holds."""
        return self.filter(decided_on__lte=on).order_by("-decided_on")

    def of_county(self) -> "TargetQuerySet":
        """The county's own, not a single agency's."""
        return self.filter(agency__isnull=True)

    def with_standing(self) -> "TargetQuerySet":
        """`holds`: whether no later decision has replaced it."""
        later = self.model.objects.filter(
            year=OuterRef("year"), programme=OuterRef("programme"), decided_on__gt=OuterRef("decided_on")
        )
        county = later.filter(agency__isnull=True)
        own = later.filter(agency=OuterRef("agency"))
        holds = Case(When(agency__isnull=True, then=~Exists(county)), default=~Exists(own), output_field=BooleanField())
        return self.annotate(holds=holds)

    def number(self) -> Subquery:
        """The number that holds, as a subquery; None where the latest decision was that there is no target."""
        return Subquery(self.values("number")[:1])


class MonthlyReportQuerySet(QuerySet[Any, Any]):
    """Monthly reports."""

    def drafts(self) -> "MonthlyReportQuerySet":
        """Not yet published."""
        return self.filter(published_on__isnull=True)

    def published(self) -> "MonthlyReportQuerySet":
        """Published, and not withdrawn."""
        return self.filter(published_on__isnull=False, withdrawn_on__isnull=True)

    def told(self) -> "MonthlyReportQuerySet":
        """Published at some time, whatever became of it."""
        return self.filter(published_on__isnull=False)
