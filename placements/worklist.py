"""What now? What waits for whom among the places; one named function each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.urls import reverse

from placements.choices import Verb
from placements.models import Deed, Handover, MatchingOrder, OrderAnswer, Placement
from placements.permissions import Reach
from praktik.accounts.roles import Role
from praktik.templatetags.swedish_words import number_of

ENDING_SOON = timedelta(days=30)


def _mine(rows: Any, reach: Reach, field: str = "office") -> Any:
    """Everything for a coordinator, what belongs to the own offices for anybody else."""
    return rows if reach.role == Role.COORDINATOR else rows.filter(**{f"{field}__in": reach.offices})


def falling(*, on: date) -> Any:
    """Open processes without an owner who is there, a next step or a day."""
    return Placement.objects.with_row(on=on).falling(on=on).order_by("agreed_on", "pk")


def to_confirm(*, on: date) -> Any:
    """Agreements whose contact has left, the earliest planned start first."""
    return Placement.objects.with_row(on=on).to_confirm(on=on).order_by("planned_start", "pk")


def handovers_waiting(reach: Reach) -> Any:
    """Handovers that nobody has accepted or returned, the oldest first: all, or those to the own offices."""
    rows = Handover.objects.waiting().select_related(
        "office", "by", "placement__agency", "placement__programme", "placement__municipality"
    )
    return _mine(rows, reach).prefetch_related("words__by").order_by("handed_on", "pk")


def handovers_returned(reach: Reach) -> Any:
    """Handovers that came back, of open places that nobody has done anything with since."""
    back = Deed.objects.standing().filter(verb=Verb.RETURN, handover=OuterRef(OuterRef("pk")))
    later = Deed.objects.standing().filter(placement=OuterRef("placement"), pk__gt=Subquery(back.values("pk")[:1]))
    rows = Handover.objects.filter(
        ~Exists(later),
        returned_on__isnull=False,
        placement__ended_on__isnull=True,
        placement__withdrawn_on__isnull=True,
    )
    related = rows.select_related("office", "placement__agency", "placement__programme", "placement__municipality")
    return _mine(related, reach).order_by("returned_on", "pk")


def orders_to_answer(reach: Reach, *, on: date) -> Any:
    """Open orders that wait for the own offices (for a coordinator: for any), the earliest day for the answer first."""
    rows = MatchingOrder.objects.open(on=on).unanswered().select_related("office", "agency")
    return _mine(rows, reach).order_by("answer_by", "pk")


def orders_with_question(*, on: date) -> Any:
    """Open orders whose office needs to know more, the oldest first."""
    return MatchingOrder.objects.open(on=on).asked().select_related("office", "agency").order_by("sent_on", "pk")


def orders_proposed_hard(*, on: date) -> Any:
    """Orders without a start for so long that they are proposed as hard to match."""
    return MatchingOrder.objects.proposed_hard(on=on).select_related("office", "agency").order_by("sent_on", "pk")


def hard_orders_of_others(reach: Reach, *, on: date) -> Any:
    """Hard-to-match orders that the own offices have not answered since they were flagged, the newest first."""
    answered = OrderAnswer.objects.filter(
        order=OuterRef("pk"), office__in=reach.offices, on__gte=OuterRef("hard_since")
    )
    rows = MatchingOrder.objects.open(on=on).hard(on=on).exclude(office__in=reach.offices)
    return rows.filter(~Exists(answered)).select_related("office", "agency").order_by("-hard_since", "pk")


def late_starts(reach: Reach, *, on: date) -> Any:
    """Agreed places whose planned start has been, the latest first."""
    rows = Placement.objects.agreed(on=on).filter(planned_start__lt=on)
    return (rows if _leads(reach) else rows.concerning(reach.offices)).order_by("planned_start", "pk")


def overdue(reach: Reach, *, on: date) -> Any:
    """Open places whose next step should have been taken, by a coordinator or by the own offices."""
    rows = Placement.objects.overdue(on=on)
    own = rows.filter(office__isnull=True) if _leads(reach) else rows.owned_by_offices(reach.offices)
    return own.order_by("next_on", "pk")


def ending(reach: Reach, *, on: date) -> Any:
    """Ongoing places whose planned end has been or comes soon, the earliest first."""
    rows = Placement.objects.unfinished(on=on).filter(planned_end__lte=on + ENDING_SOON)
    return _mine(rows, reach).order_by("planned_end", "pk")


def to_follow_up(reach: Reach, *, on: date) -> Any:
    """Places that ended ninety days ago or more and have not been followed up, the oldest first."""
    return _mine(Placement.objects.to_follow_up(on=on), reach).order_by("ended_on", "pk")


@dataclass(frozen=True)
class Waiting:
    """Something that waits, in words with its number, and the list where it is dealt with."""

    words: str
    address: str
    look: str


def waiting(reach: Reach, *, on: date) -> list[Waiting]:
    """Everything above that is not empty, as one line each; one query."""
    lines = [*_for_all(reach, on), *(_for_coordinator(reach, on) if _leads(reach) else _for_officer(reach, on))]
    counted = [
        rows.order_by()
        .annotate(line=Value(place))
        .values("line")
        .annotate(number=Count("pk"))
        .values_list("line", "number")
        for place, (rows, *_) in enumerate(lines)
    ]
    numbers = dict(counted[0].union(*counted[1:], all=True))
    return [
        Waiting(number_of(numbers[place], words), f"{reverse(f'placements:{name}')}{query}", look)
        for place, (_, words, name, query, look) in enumerate(lines)
        if numbers.get(place)
    ]


# The rows, how one and how several of them are called, the list they stand in, and how urgent that looks.
Line = tuple[Any, str, str, str, str]


def _leads(reach: Reach) -> bool:
    return reach.role == Role.COORDINATOR


def _for_all(reach: Reach, on: date) -> Iterator[Line]:
    coordinator = _leads(reach)
    office, near, only = ("", "", "") if coordinator else ("&kontor=mina", "&mitt=on", "&mina")
    owner = "" if coordinator else "&agare=mina"
    answers = f"?lage=vantar{office}"
    yield orders_to_answer(reach, on=on), "order väntar på svar,order väntar på svar", "order-list", answers, "wait"
    yield late_starts(reach, on=on), _several("skulle ha startat"), "open-places", f"?start=passerad{near}", "late"
    yield ending(reach, on=on), _several("slutar inom 30 dagar"), "ongoing-places", f"?slutar{only}", "wait"
    late = f"?tillstand=forsenade&agare={'koordinator' if coordinator else 'mina'}&ordning=steg"
    yield overdue(reach, on=on), _several("med steg till i dag eller försenat"), "placement-list", late, "wait"
    yield to_follow_up(reach, on=on), _several("att följa upp"), "placement-list", f"?tillstand=folj-upp{owner}", "calm"


def _several(what: str) -> str:
    return f"plats {what},platser {what}"


def _for_coordinator(reach: Reach, on: date) -> Iterator[Line]:
    ledger = "handover-list"
    yield falling(on=on), "process mellan stolarna,processer mellan stolarna", ledger, "", "late"
    yield to_confirm(on=on), "avtal att bekräfta,avtal att bekräfta", "to-confirm", "", "late"
    yield handovers_waiting(reach), "överlämning ej mottagen,överlämningar ej mottagna", ledger, "", "wait"
    yield (
        handovers_returned(reach),
        "överlämning tillbakalämnad,överlämningar tillbakalämnade",
        ledger,
        "#tillbaka",
        "wait",
    )
    asked = "fråga om överlämning,frågor om överlämning"
    yield Handover.objects.asked(), asked, ledger, "", "wait"
    yield orders_with_question(on=on), "fråga från kontoren,frågor från kontoren", "order-list", "?lage=fraga", "wait"
    proposed = "order föreslås som svårmatchad,order föreslås som svårmatchade"
    yield orders_proposed_hard(on=on), proposed, "order-list", "?lage=foreslas", "calm"


def _for_officer(reach: Reach, on: date) -> Iterator[Line]:
    yield handovers_waiting(reach), "överlämning att ta emot,överlämningar att ta emot", "handover-list", "", "wait"
    hard = "svårmatchad order att titta på,svårmatchade order att titta på"
    yield hard_orders_of_others(reach, on=on), hard, "order-list", "?lage=osvarade", "calm"
