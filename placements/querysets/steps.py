"""Programmes, handovers, and the steps in the lives of places."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from placements.choices import Verb
from praktik.accounts.roles import Role


class ProgrammeQuerySet(QuerySet[Any, Any]):
    """Programmes."""

    def startable(self, *, on: date) -> "ProgrammeQuerySet":
        """Those in which something can still start on that day or later."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=on))


class HandoverQuerySet(QuerySet[Any, Any]):
    """Handovers."""

    def waiting(self) -> "HandoverQuerySet":
        """Neither accepted, returned nor taken back, and of a place that is still open."""
        return self.filter(
            accepted_on__isnull=True,
            returned_on__isnull=True,
            recalled_on__isnull=True,
            placement__ended_on__isnull=True,
            placement__withdrawn_on__isnull=True,
        )

    def asked(self) -> "HandoverQuerySet":
        """Those where the office had the last word: a question that waits for the coordinator."""
        from placements.models import HandoverWord

        words = HandoverWord.objects.filter(handover=OuterRef("pk")).order_by("-pk")
        return (
            self.waiting()
            .annotate(last_word_by=Subquery(words.values("by__role")[:1]))
            .filter(last_word_by=Role.CASE_OFFICER)
        )


class DeedQuerySet(QuerySet[Any, Any]):
    """Steps in the lives of places."""

    def standing(self) -> "DeedQuerySet":
        """Those that have not been undone."""
        return self.filter(undone_on__isnull=True)

    def told_once(self) -> "DeedQuerySet":
        """Of the deeds of one call, the first with each agency: ten places agreed at once are one thing to tell of."""
        return self.standing().filter(~Exists(self.alike().filter(pk__lt=OuterRef("pk"))))

    def alike(self) -> "DeedQuerySet":
        """Those of the same call as an outer deed, with the same agency, itself among them."""
        same = {name: OuterRef(name) for name in ("act", "verb", "placement__agency")}
        alike: DeedQuerySet = self.model.objects.standing().filter(**same)
        return alike

    def of(self, verb: Verb) -> "DeedQuerySet":
        """Those of one verb."""
        return self.filter(verb=verb)
