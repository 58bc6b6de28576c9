"""Orders to the offices, and how they stand."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from agencies.querysets import count_of
from placements.choices import AnswerKind
from placements.validators import HARD_AFTER

# How an order stands with the office it was sent to, besides the kinds of answer.
WAITING, ASKED = "waiting", "asked"


def latest_said(answers: Any) -> Coalesce:
    """What the latest of an order's own answers says; of two on one day, the one that was written last."""
    said = answers.order_by("-pk").annotate(said=_SAID).values("said")[:1]
    return Coalesce(Subquery(said), Value(WAITING), output_field=CharField())


# A question that has been replied to leaves the office to answer again.
_SAID = Case(
    When(kind=AnswerKind.MORE_INFORMATION, replied_on__isnull=False, then=Value(WAITING)),
    When(kind=AnswerKind.MORE_INFORMATION, then=Value(ASKED)),
    default=F("kind"),
    output_field=CharField(),
)


class MatchingOrderQuerySet(QuerySet[Any, Any]):
    """Orders to the offices."""

    def open(self, *, on: date) -> "MatchingOrderQuerySet":
        """Not recalled, and with a place that is still agreed."""
        from placements.models import Placement

        agreed = Placement.objects.filter(order=OuterRef("pk")).agreed(on=on)
        return self.filter(Exists(agreed), Q(recalled_on__isnull=True) | Q(recalled_on__gt=on), sent_on__lte=on)

    def hard(self, *, on: date) -> "MatchingOrderQuerySet":
        """Flagged as hard to match: open to every office of the county."""
        return self.filter(hard_since__lte=on)

    def proposed_hard(self, *, on: date) -> "MatchingOrderQuerySet":
        """Without a start for so long that the flag is proposed."""
        return self.open(on=on).filter(hard_since__isnull=True, sent_on__lte=on - HARD_AFTER)

    def with_stage(self) -> "MatchingOrderQuerySet":
        """`stage`: `waiting`, `asked`, or the kind of the office's own answer."""
        from placements.models import OrderAnswer

        own = OrderAnswer.objects.filter(order=OuterRef("pk"), office=OuterRef("office"))
        return self.annotate(stage=latest_said(own))

    def with_places(self, *, on: date) -> "MatchingOrderQuerySet":
        """`places`: how many of its places are still agreed; `answer_count`: how many answers there are."""
        from placements.models import OrderAnswer, Placement

        agreed = Placement.objects.filter(order=OuterRef("pk")).agreed(on=on)
        answers = OrderAnswer.objects.filter(order=OuterRef("pk"))
        return self.annotate(places=count_of(agreed, "order"), answer_count=count_of(answers, "order"))

    def unanswered(self) -> "MatchingOrderQuerySet":
        """Those that wait for their office's answer, a first or, after a reply to its question, another."""
        return self.with_stage().filter(stage=WAITING)

    def asked(self) -> "MatchingOrderQuerySet":
        """Those whose office needs to know more, and waits for the coordinator."""
        return self.with_stage().filter(stage=ASKED)
