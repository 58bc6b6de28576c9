"""Orders to the offices, and how they stand."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from agencies.querysets import count_of
from placements.choices import AnswerKind
from placements.validators import HARD_AFTER
from praktik.swedish import Joined

# How an order stands with the office it was sent to, besides the kinds of answer.
WAITING, ASKED = "waiting", "asked"


def latest_said(answers: Any) -> Coalesce:
    """What the latest of an order's own answers says; of two on one day, the one that was written last."""
    said = answers.order_by("-pk").annotate(said=_SAID).values("said")[:1]
    return Coalesce(Subquery(said), Value(WAITING), output_field=CharField())


def _standing(answers: Any) -> Any:
    """Of each office, the answer it has not gone past itself."""
    from placements.models import OrderAnswer

    later = OrderAnswer.objects.filter(order=OuterRef("order"), office=OuterRef("office"), pk__gt=OuterRef("pk"))
    return answers.filter(~Exists(later))


def candidates(answers: Any) -> Any:
    """The answers by which some office still proposes somebody, the latest first."""
    return _standing(answers.filter(kind=AnswerKind.CANDIDATE)).order_by("-pk")


def _questions() -> Any:
    """Questions about an outer order that nobody has replied to."""
    from placements.models import OrderAnswer

    asked = OrderAnswer.objects.filter(order=OuterRef("pk"), kind=AnswerKind.MORE_INFORMATION)
    return _standing(asked).filter(replied_on__isnull=True)


# A question that has been replied to leaves the office to answer again.
_SAID = Case(
    When(kind=AnswerKind.MORE_INFORMATION, replied_on__isnull=False, then=Value(WAITING)),
    When(kind=AnswerKind.MORE_INFORMATION, then=Value(ASKED)),
    default=F("kind"),
    output_field=CharField(),
)


def _named(rows: Any, name: str) -> Coalesce:
    """The names of rows that an outer order's places have, in one text."""
    from placements.models import Placement

    field = rows.model._meta.model_name
    held = Placement.objects.filter(order=OuterRef(OuterRef("pk"))).values(field)
    named = rows.filter(pk__in=held).order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(named.annotate(all=Joined(name)).values("all")), Value(""))


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
        """Without a start for so long that the flag is proposed, unless the office has found somebody."""
        waiting = self.open(on=on).filter(hard_since__isnull=True, sent_on__lte=on - HARD_AFTER)
        return waiting.with_stage().exclude(stage=AnswerKind.CANDIDATE)

    def with_stage(self) -> "MatchingOrderQuerySet":
        """`stage`: `waiting`, `asked`, or the kind of the own office's answer; `candidate` when any office has one."""
        from placements.models import OrderAnswer

        own = OrderAnswer.objects.filter(order=OuterRef("pk"), office=OuterRef("office"))
        found = candidates(OrderAnswer.objects.filter(order=OuterRef("pk")))
        return self.annotate(
            stage=Case(When(Exists(found), then=Value(AnswerKind.CANDIDATE)), default=latest_said(own)),
            found_at=Subquery(found.values("office__name")[:1]),
        )

    def with_places(self, *, on: date) -> "MatchingOrderQuerySet":
        """`places`: how many of its places are still agreed; `is_asked`: whether some office waits for a reply.

        `programmes` and `towns` are those of its places, in one text each.
        """
        from agencies.models import Municipality
        from placements.models import Placement, Programme

        agreed = Placement.objects.filter(order=OuterRef("pk")).agreed(on=on)
        return self.annotate(
            places=count_of(agreed, "order"),
            is_asked=Exists(_questions()),
            programmes=_named(Programme.objects.all(), "code"),
            towns=_named(Municipality.objects.all(), "name"),
        )

    def with_question(self) -> "MatchingOrderQuerySet":
        """`asked_pk`, `asked_on`, `asked_by`: the oldest question without a reply, and its office; or None."""
        oldest = _questions().order_by("on", "pk")
        return self.annotate(
            asked_pk=Subquery(oldest.values("pk")[:1]),
            asked_on=Subquery(oldest.values("on")[:1]),
            asked_by=Subquery(oldest.values("office__name")[:1]),
        )

    def with_found(self) -> "MatchingOrderQuerySet":
        """`found_on`: the day on which somebody who is still proposed was proposed last, or None."""
        from placements.models import OrderAnswer

        found = candidates(OrderAnswer.objects.filter(order=OuterRef("pk")))
        return self.annotate(found_on=Subquery(found.values("on")[:1]))

    def with_waiting(self) -> "MatchingOrderQuerySet":
        """`waits_since`: from when an unanswered order waits: sent, or its question replied to."""
        from placements.models import OrderAnswer

        replied = OrderAnswer.objects.filter(order=OuterRef("pk"), office=OuterRef("office"), replied_on__isnull=False)
        latest = Subquery(replied.order_by("-pk").values("replied_on")[:1])
        return self.annotate(waits_since=Coalesce(latest, F("sent_on")))

    def unanswered(self) -> "MatchingOrderQuerySet":
        """Those that wait for their office's answer, a first or, after a reply to its question, another."""
        return self.with_stage().filter(stage=WAITING)

    def waiting(self, *, on: date) -> "MatchingOrderQuerySet":
        """Open ones that wait for their office on that day, with `waits_since`."""
        return self.open(on=on).unanswered().with_waiting()

    def asked(self) -> "MatchingOrderQuerySet":
        """Those where an office, the order's own or another, needs to know more and waits for the coordinator."""
        return self.filter(Exists(_questions()))
