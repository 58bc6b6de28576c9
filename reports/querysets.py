"""Which rows? Small named filters that chain. The day is always an argument, `on=`."""

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, When

from praktik.swedish import contains_word


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


class LetterQuerySet(QuerySet[Any, Any]):
    """Letters."""

    def drafts(self) -> "LetterQuerySet":
        """Not yet sent."""
        return self.filter(sent_at__isnull=True)

    def sent(self) -> "LetterQuerySet":
        """Those that were sent."""
        return self.filter(sent_at__isnull=False)

    def search(self, text: str) -> "LetterQuerySet":
        """Every word is found in what was sent, or in the register number."""
        from reports.models import LetterCopy

        found = self
        for word in text.split():
            # By their keys, so that PostgreSQL finds the words by their index.
            told = Q(pk__in=LetterCopy.objects.filter(contains_word(word, "text")).values("letter"))
            found = found.filter(told | contains_word(word, "register_number"))
        return found


class DeliveryQuerySet(QuerySet[Any, Any]):
    """Deliveries: by how far they have come."""

    def queued(self) -> "DeliveryQuerySet":
        """Those that are still to be sent."""
        return self.filter(next_at__isnull=False)

    def due(self, *, at: datetime) -> "DeliveryQuerySet":
        """Those whose turn it is at a moment."""
        return self.filter(next_at__lte=at)

    def numbers(self) -> dict[str, Any]:
        """How many there are (`all`), of each state, and those that have been refused once (`tried`).

        `next` is the moment of the next try, `latest` that of the latest that was sent.
        """
        numbers: dict[str, Any] = self.aggregate(
            all=Count("pk"),
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            queued=Count("pk", filter=Q(next_at__isnull=False)),
            failed=Count("pk", filter=Q(sent_at__isnull=True, next_at__isnull=True)),
            tried=Count("pk", filter=Q(next_at__isnull=False, tries__gt=0)),
            next=Min("next_at"),
            latest=Max("sent_at"),
        )
        return numbers
