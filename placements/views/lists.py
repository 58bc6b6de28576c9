"""Lists of places and orders: all of them, those that wait for somebody, those under way, those to confirm."""

from functools import partial
from typing import Any

from django.db.models import Count, Q, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.models import Agency
from placements import shown, worklist
from placements.filters import OVERDUE, OpenFilter, OrderFilter, PlacementFilter
from placements.models import MatchingOrder, Placement
from placements.permissions import Reach
from placements.querysets import WAITING
from placements.views.doing import HAND_OVER
from placements.views.rows import rows_of
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.kept import Kept, text_of
from praktik.navigation import page_of

_VIEW = "placements.view_placement"


def _page(request: Request, rows: Any, reach: Reach, told: Any, **known: Any) -> dict[str, Any]:
    page = page_of(request, rows, told=told, **known)
    return {"page": page, "rows": rows_of(page, reach, back=request.get_full_path())}


@require_GET
@requires(_VIEW)
def placement_list(request: Request) -> HttpResponse:
    """All places, by state on a chosen day, programme, agency, office, owner, year of start, extended or not."""
    reach = Reach(request.user)
    chosen = PlacementFilter(request.GET, queryset=Placement.objects.all(), reach=reach)
    agency = chosen.chosen("myndighet")
    context = {
        "filter": chosen,
        "day": chosen.day,
        "late": chosen.chosen("tillstand") == OVERDUE,
        "only_agency": set(request.GET) <= {"myndighet"},
        "chosen_agency": Agency.objects.filter(pk=agency).first() if agency else None,
        **_page(request, chosen.qs, reach, partial(shown.places, on=chosen.day)),
    }
    return render(request, "placements/placement_list.html" + ("#found" if request.htmx else ""), context)


def _own_first(rows: Any, reach: Reach) -> Any:
    """The own offices' places first, then those in the municipalities they serve, then the others."""
    return rows.with_nearness(reach.offices).order_by("nearness", "planned_start", "pk")


def _numbers(rows: Any, reach: Reach) -> dict[str, int]:
    """How many open places there are, how many concern the reader's offices, and how many wait for their answer."""
    staged = rows.with_order_stage() if reach.offices else rows.annotate(order_stage=Value(""))
    numbers: dict[str, int] = staged.order_by().aggregate(
        all=Count("pk"),
        own=Count("pk", filter=Q(nearness=0)),
        waiting=Count("pk", filter=Q(order_stage=WAITING, order__office__in=reach.offices)),
    )
    return numbers


@require_GET
@requires(_VIEW)
def open_places(request: Request) -> HttpResponse:
    """Everything agreed and not started in the county, the own office's first, with what to do with each."""
    today, reach = clock.today(), Reach(request.user)
    chosen = OpenFilter(request.GET, queryset=Placement.objects.agreed(on=today), reach=reach)
    rows = _own_first(chosen.qs, reach)
    kept = Kept()
    question = ("open", reach.offices, text_of(chosen.qs.order_by().values("pk")))
    numbers = kept.answer(question, partial(_numbers, rows, reach))
    context = {"filter": chosen, "numbers": numbers, "offices": reach.offices}
    told = partial(shown.open_places, on=today, offices=reach.offices)
    context |= _page(request, rows, reach, told, count=numbers["all"], kept=kept)
    return render(request, "placements/open_places.html" + ("#found" if request.htmx else ""), context)


@require_GET
@requires(_VIEW)
def ongoing_places(request: Request) -> HttpResponse:
    """Places where somebody is, the soonest planned end first."""
    today, reach = clock.today(), Reach(request.user)
    rows = Placement.objects.ongoing(on=today)
    only = "mina" in request.GET and bool(reach.offices)
    soon = "slutar" in request.GET
    rows = rows.owned_by_offices(reach.offices) if only else rows
    rows = rows.unfinished(on=today).filter(planned_end__lte=today + worklist.ENDING_SOON) if soon else rows
    context = {"offices": reach.offices, "only": only, "soon": soon}
    context |= _page(request, rows.order_by("planned_end", "pk"), reach, partial(shown.places, on=today))
    return render(request, "placements/ongoing_places.html", context)


@require_GET
@requires(HAND_OVER)
def to_confirm(request: Request) -> HttpResponse:
    """Agreements that rest on a contact who has gone."""
    today = clock.today()
    rows = worklist.to_confirm(on=today)
    context = _page(request, rows, Reach(request.user), partial(shown.places, on=today))
    return render(request, "placements/to_confirm.html", context)


@require_GET
@requires(_VIEW)
def order_list(request: Request) -> HttpResponse:
    """Orders by how they stand."""
    today, reach = clock.today(), Reach(request.user)
    kept = Kept()
    chosen = OrderFilter(request.GET, queryset=MatchingOrder.objects.all(), reach=reach)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs, told=partial(shown.orders, on=today), kept=kept),
        "offices": reach.offices,
        "proposed": kept.answer("proposed hard", lambda: worklist.orders_proposed_hard(on=today).count())
        if request.user.has_perm(HAND_OVER)
        else 0,
    }
    return render(request, "placements/order_list.html" + ("#found" if request.htmx else ""), context)
