"""Places: by state on a day, by whom they concern, and with what a list tells of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from placements.choices import AnswerKind, State
from placements.querysets.orders import candidates, latest_said
from placements.querysets.states import STATES, state_is, taken_by_hired, taken_by_job
from placements.validators import FOLLOWED_UP_AFTER
from praktik.accounts.roles import Role
from praktik.swedish import Joined, contains_word


def _concerns(offices: Iterable[int]) -> Q:
    from placements.models import Handover

    mine = list(offices)
    offered = Handover.objects.filter(placement=OuterRef("pk"), office__in=mine).waiting()
    return Q(office__in=mine) | Q(order__office__in=mine) | Q(Exists(offered))


class PlacementQuerySet(QuerySet[Any, Any]):
    """Places. Where one stands on a day follows from its dates; facts dated later are not yet known."""

    def withdrawn(self, *, on: date) -> "PlacementQuerySet":
        """Withdrawn before anything started."""
        return self.filter(state_is(State.WITHDRAWN, on))

    def ended(self, *, on: date) -> "PlacementQuerySet":
        """Ended: the last day in place is behind."""
        return self.filter(state_is(State.ENDED, on))

    def ongoing(self, *, on: date) -> "PlacementQuerySet":
        """Somebody is in place; the last day still counts."""
        return self.filter(state_is(State.ONGOING, on))

    def agreed(self, *, on: date) -> "PlacementQuerySet":
        """Agreed, and neither started nor withdrawn."""
        return self.filter(state_is(State.AGREED, on))

    def in_state(self, state: State, *, on: date) -> "PlacementQuerySet":
        """Those in one state on a day."""
        return self.filter(state_is(state, on))

    def existing(self, *, on: date) -> "PlacementQuerySet":
        """Those agreed by that day, whatever became of them."""
        return self.filter(agreed_on__lte=on)

    def open(self, *, on: date) -> "PlacementQuerySet":
        """The processes that are under way: agreed or ongoing."""
        return self.filter(state_is(State.AGREED, on) | state_is(State.ONGOING, on))

    def with_state(self, *, on: date) -> "PlacementQuerySet":
        """`state_on`: where each stands on that day; empty before it was agreed."""
        cases = [When(rule(on), then=Value(state.value)) for state, rule in STATES.items()]
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

    def taken(self, *, on: date) -> "PlacementQuerySet":
        """Those whose person the agency employed: the place is taken for anybody else (domain: "place taken")."""
        return self.filter(taken_by_hired(on) | taken_by_job(on))

    def to_follow_up(self, *, on: date) -> "PlacementQuerySet":
        """Those that ended ninety days ago or more, and have not been followed up."""
        asked_later = Q(followed_up_on__isnull=True) | Q(followed_up_on__gt=on)
        return self.filter(asked_later, ended_on__lte=on - FOLLOWED_UP_AFTER)

    def extended(self, *, on: date) -> "PlacementQuerySet":
        """With at least one extension decided by that day."""
        from placements.models import Extension

        return self.filter(Exists(Extension.objects.filter(placement=OuterRef("pk"), decided_on__lte=on)))

    def owned_by_offices(self, offices: Iterable[int]) -> "PlacementQuerySet":
        """Those that one of the offices has in hand."""
        return self.filter(office__in=offices)

    def overdue(self, *, on: date) -> "PlacementQuerySet":
        """Open places whose next step should have been taken by that day."""
        return self.unfinished(on=on).filter(next_on__lte=on)

    def unfinished(self, *, on: date) -> "PlacementQuerySet":
        """Open places whose last day that day is not: those with something left to do."""
        return self.open(on=on).exclude(ended_on=on)

    def concerning(self, offices: Iterable[int]) -> "PlacementQuerySet":
        """Those that the offices own, have an order for, or are offered."""
        return self.filter(_concerns(offices))

    def falling(self, *, on: date) -> "PlacementQuerySet":
        """Open processes between two chairs: without an owner who is there, without a next step, or without a day.

        One whose last day is known is in nobody's hands any more, also on that day itself.
        """
        from agencies.models import Office

        manned = Office.objects.open(on=on).filter(officers__is_active=True, officers__role=Role.CASE_OFFICER)
        alone = Q(office__isnull=True) & (Q(coordinator__is_active=False) | ~Q(coordinator__role=Role.COORDINATOR))
        nobody = Q(office__isnull=False) & ~Q(office__in=manned.values("pk"))
        return self.unfinished(on=on).filter(alone | nobody | Q(next_step="") | Q(next_on__isnull=True))

    def search(self, text: str) -> "PlacementQuerySet":
        """Every word is found in the duties, the unit or the agency's name."""
        found = self
        for word in text.split():
            found = found.filter(contains_word(word, "duties", "unit", "agency__name"))
        return found

    def with_row(self, *, on: date) -> "PlacementQuerySet":
        """What a list tells of each: its state, whom it is for, how its order and its handover stand.

        `end_then` is the planned end as it was known on the day; owner, order and handover are those of now.
        """
        from placements.models import Extension, Handover, TargetGroup

        groups = TargetGroup.objects.filter(accepted_by=OuterRef("pk")).order_by()
        joined = groups.values("accepted_by").annotate(all=Joined("name")).values("all")
        waiting = Handover.objects.filter(placement=OuterRef("pk")).waiting()
        extensions = Extension.objects.filter(placement=OuterRef("pk"))
        later = extensions.filter(decided_on__gt=on).order_by("new_end").values("previous_end")
        related = ("agency", "programme", "municipality", "office", "coordinator", "order__office", "contact")
        return (
            self.select_related(*related)
            .with_state(on=on)
            .with_order_stage()
            .annotate(
                groups=Coalesce(Subquery(joined), Value("")),
                handed_to=Subquery(waiting.values("office__name")[:1]),
                handed_pk=Subquery(waiting.values("pk")[:1]),
                handed_office=Subquery(waiting.values("office")[:1]),
                handed_on=Subquery(waiting.values("handed_on")[:1]),
                is_extended=Exists(extensions.filter(decided_on__lte=on)),
                end_then=Coalesce(Subquery(later[:1]), F("planned_end")),
            )
        )

    def with_nearness(self, offices: Iterable[int]) -> "PlacementQuerySet":
        """`nearness`: 0 for what the offices own, have an order for or are offered, 1 in their towns, else 2."""
        from agencies.models import Municipality

        served = Municipality.objects.filter(offices__in=list(offices))
        return self.annotate(
            nearness=Case(
                When(_concerns(offices), then=Value(0)),
                When(municipality__in=served.values("pk"), then=Value(1)),
                default=Value(2),
            )
        )

    def with_order_stage(self) -> "PlacementQuerySet":
        """`order_stage`: empty without an order, else the order's; `found_at`: the office that proposes somebody."""
        from placements.models import OrderAnswer

        found = candidates(OrderAnswer.objects.filter(order=OuterRef("order")))
        return self.annotate(order_stage=_stage(found), found_at=Subquery(found.values("office__name")[:1]))


def _stage(found: Any) -> Case:
    """How a place's order stands."""
    from placements.models import OrderAnswer

    own = OrderAnswer.objects.filter(order=OuterRef("order"), office=OuterRef("order__office"))
    return Case(
        When(order__isnull=True, then=Value("")),
        When(Exists(found), then=Value(AnswerKind.CANDIDATE)),
        default=latest_said(own),
        output_field=CharField(),
    )
