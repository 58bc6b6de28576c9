"""Which rows? Small named filters that chain. The day is always an argument, `on=`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from agencies.querysets import count_of
from placements.choices import AnswerKind, State, Verb
from placements.validators import FOLLOWED_UP_AFTER, HARD_AFTER
from praktik.accounts.roles import Role
from praktik.swedish import Joined, contains_word

# How an order stands with the office it was sent to.
WAITING, ASKED = "waiting", "asked"


def _withdrawn(on: date) -> Q:
    return Q(withdrawn_on__lte=on)


def _ended(on: date) -> Q:
    return Q(ended_on__lt=on)


def _ongoing(on: date) -> Q:
    return Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))


def _agreed(on: date) -> Q:
    not_started = Q(started_on__isnull=True) | Q(started_on__gt=on)
    return Q(agreed_on__lte=on) & not_started & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def state_is(state: str, on: date) -> Q:
    """The rule of a state on a day, where a filter of rows is not enough: in counts of several states at once."""
    return _STATES[State(state)](on)


_STATES = {State.WITHDRAWN: _withdrawn, State.ENDED: _ended, State.ONGOING: _ongoing, State.AGREED: _agreed}


class ProgrammeQuerySet(QuerySet[Any, Any]):
    """Programmes."""

    def startable(self, *, on: date) -> "ProgrammeQuerySet":
        """Those in which something can still start on that day or later."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=on))


class PlacementQuerySet(QuerySet[Any, Any]):
    """Places. Where one stands on a day follows from its dates; facts dated later are not yet known."""

    def withdrawn(self, *, on: date) -> "PlacementQuerySet":
        """Withdrawn before anything started."""
        return self.filter(_withdrawn(on))

    def ended(self, *, on: date) -> "PlacementQuerySet":
        """Ended: the last day in place is behind."""
        return self.filter(_ended(on))

    def ongoing(self, *, on: date) -> "PlacementQuerySet":
        """Somebody is in place; the last day still counts."""
        return self.filter(_ongoing(on))

    def agreed(self, *, on: date) -> "PlacementQuerySet":
        """Agreed, and neither started nor withdrawn."""
        return self.filter(_agreed(on))

    def in_state(self, state: State, *, on: date) -> "PlacementQuerySet":
        """Those in one state on a day."""
        return self.filter(_STATES[state](on))

    def existing(self, *, on: date) -> "PlacementQuerySet":
        """Those agreed by that day, whatever became of them."""
        return self.filter(agreed_on__lte=on)

    def open(self, *, on: date) -> "PlacementQuerySet":
        """The processes that are under way: agreed or ongoing."""
        return self.filter(_agreed(on) | _ongoing(on))

    def with_state(self, *, on: date) -> "PlacementQuerySet":
        """`state_on`: where each stands on that day; empty before it was agreed."""
        cases = [When(rule(on), then=Value(state.value)) for state, rule in _STATES.items()]
        return self.annotate(state_on=Case(*cases, default=Value(""), output_field=CharField()))

    def started_between(self, first: date, last: date, *, on: date) -> "PlacementQuerySet":
        """The result of a period as known on a day (domain description, "Result of a year")."""
        return self.filter(started_on__gte=first, started_on__lte=min(last, on))

    def with_promise(self, *, on: date) -> "PlacementQuerySet":
        """`promise_left_on`: when whom it rested on that day left, or None; who confirmed it later is not yet known."""
        from placements.models import Confirmation

        later = Confirmation.objects.filter(placement=OuterRef("pk"), on__gt=on).order_by("on", "pk")
        then = Subquery(later.values("previous__left_on")[:1])
        return self.annotate(
            promise_left_on=Case(
                When(Exists(later), then=then), default=F("contact__left_on"), output_field=DateField()
            )
        )

    def to_confirm(self, *, on: date) -> "PlacementQuerySet":
        """Agreements that have to be confirmed again, since whoever made them has left."""
        return self.agreed(on=on).with_promise(on=on).filter(promise_left_on__lte=on)

    def to_follow_up(self, *, on: date) -> "PlacementQuerySet":
        """Those that ended ninety days ago or more, and have not been followed up."""
        return self.filter(ended_on__lte=on - FOLLOWED_UP_AFTER, followed_up_on__isnull=True)

    def extended(self, *, on: date) -> "PlacementQuerySet":
        """With at least one extension decided by that day."""
        from placements.models import Extension

        return self.filter(Exists(Extension.objects.filter(placement=OuterRef("pk"), decided_on__lte=on)))

    def owned_by_offices(self, offices: Iterable[int]) -> "PlacementQuerySet":
        """Those that one of the offices has in hand."""
        return self.filter(office__in=offices)

    def falling(self, *, on: date) -> "PlacementQuerySet":
        """Open processes between two chairs: without an owner who is there, without a next step, or without a day."""
        from agencies.models import Office

        manned = Office.objects.open(on=on).filter(officers__is_active=True)
        alone = Q(office__isnull=True) & (Q(coordinator__is_active=False) | ~Q(coordinator__role=Role.COORDINATOR))
        nobody = Q(office__isnull=False) & ~Q(office__in=manned.values("pk"))
        return self.open(on=on).filter(alone | nobody | Q(next_step="") | Q(next_on__isnull=True))

    def search(self, text: str) -> "PlacementQuerySet":
        """Every word is found in the duties, the unit or the agency's name."""
        found = self
        for word in text.split():
            found = found.filter(contains_word(word, "duties", "unit", "agency__name"))
        return found

    def with_row(self, *, on: date) -> "PlacementQuerySet":
        """What a list tells of each: its state, whom it is for, how its order and its handover stand."""
        from placements.models import Extension, Handover, TargetGroup

        groups = TargetGroup.objects.filter(accepted_by=OuterRef("pk")).order_by()
        joined = groups.values("accepted_by").annotate(all=Joined("name")).values("all")
        waiting = Handover.objects.filter(placement=OuterRef("pk")).waiting()
        extensions = Extension.objects.filter(placement=OuterRef("pk"), decided_on__lte=on)
        related = ("agency", "programme", "municipality", "office", "coordinator", "order__office", "contact")
        return (
            self.select_related(*related)
            .with_state(on=on)
            .with_order_stage()
            .annotate(
                groups=Coalesce(Subquery(joined), Value("")),
                handed_to=Subquery(waiting.values("office__name")[:1]),
                handed_office=Subquery(waiting.values("office")[:1]),
                handed_on=Subquery(waiting.values("handed_on")[:1]),
                is_extended=Exists(extensions),
            )
        )

    def with_nearness(self, offices: Iterable[int]) -> "PlacementQuerySet":
        """`nearness`: 0 for what the offices own, have an order for or are offered, 1 in their towns, else 2."""
        from agencies.models import Municipality
        from placements.models import Handover

        mine = list(offices)
        offered = Handover.objects.filter(placement=OuterRef("pk"), office__in=mine).waiting()
        served = Municipality.objects.filter(offices__in=mine)
        return self.annotate(
            nearness=Case(
                When(Q(office__in=mine) | Q(order__office__in=mine) | Q(Exists(offered)), then=Value(0)),
                When(municipality__in=served.values("pk"), then=Value(1)),
                default=Value(2),
            )
        )

    def with_order_stage(self) -> "PlacementQuerySet":
        """`order_stage`: empty without an order, `waiting`, `asked`, or the kind of the office's answer."""
        return self.annotate(order_stage=_stage())


def _stage() -> Case:
    """How a place's order stands."""
    from placements.models import OrderAnswer

    own = OrderAnswer.objects.filter(order=OuterRef("order"), office=OuterRef("order__office"))
    return Case(When(order__isnull=True, then=Value("")), default=_latest_said(own), output_field=CharField())


def _latest_said(answers: Any) -> Coalesce:
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
        return self.annotate(stage=_latest_said(own))

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


class HandoverQuerySet(QuerySet[Any, Any]):
    """Handovers."""

    def waiting(self) -> "HandoverQuerySet":
        """Neither accepted nor returned, and of a place that is still open."""
        return self.filter(
            accepted_on__isnull=True,
            returned_on__isnull=True,
            placement__ended_on__isnull=True,
            placement__withdrawn_on__isnull=True,
        )


class DeedQuerySet(QuerySet[Any, Any]):
    """Steps in the lives of places."""

    def standing(self) -> "DeedQuerySet":
        """Those that have not been undone."""
        return self.filter(undone_on__isnull=True)

    def told_once(self) -> "DeedQuerySet":
        """Of the deeds of one call, the first: ten places agreed at once are one thing to tell of."""
        earlier = self.model.objects.standing().filter(
            act=OuterRef("act"), verb=OuterRef("verb"), pk__lt=OuterRef("pk")
        )
        return self.standing().filter(~Exists(earlier))

    def of(self, verb: Verb) -> "DeedQuerySet":
        """Those of one verb."""
        return self.filter(verb=verb)
