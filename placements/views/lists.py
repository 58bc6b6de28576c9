"""Lists of places and orders: all of them, those that wait for somebody, those under way, those to confirm."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.models import Agency
from placements import worklist
from placements.filters import OVERDUE, OpenFilter, OrderFilter, PlacementFilter
from placements.models import MatchingOrder, Placement
from placements.permissions import Reach
from placements.querysets import WAITING
from placements.views.doing import HAND_OVER
from placements.views.rows import rows_of
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.navigation import page_of

_VIEW = "placements.view_placement"


def _page(request: Request, rows: Any, reach: Reach, count: int | None = None) -> dict[str, Any]:
    page = page_of(request, rows, count=count)
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
        **_page(request, chosen.qs, reach),
    }
    return render(request, "placements/placement_list.html" + ("#found" if request.htmx else ""), context)


def _own_first(rows: Any, reach: Reach) -> Any:
    """The own offices' places first, then those in the municipalities they serve, then the others."""
    return rows.with_nearness(reach.offices).order_by("nearness", "planned_start", "pk")


@require_GET
@requires(_VIEW)
def open_places(request: Request) -> HttpResponse:
    """Everything agreed and not started in the county, the own office's first, with what to do with each."""
    today, reach = clock.today(), Reach(request.user)
    chosen = OpenFilter(request.GET, queryset=Placement.objects.with_row(on=today).agreed(on=today), reach=reach)
    rows = _own_first(chosen.qs, reach)
    numbers = rows.order_by().aggregate(
        all=Count("pk"),
        own=Count("pk", filter=Q(nearness=0)),
        waiting=Count("pk", filter=Q(order_stage=WAITING, order__office__in=reach.offices)),
    )
    context = {"filter": chosen, "numbers": numbers, "offices": reach.offices}
    context |= _page(request, rows, reach, numbers["all"])
    return render(request, "placements/open_places.html" + ("#found" if request.htmx else ""), context)


@require_GET
@requires(_VIEW)
def ongoing_places(request: Request) -> HttpResponse:
    """Places where somebody is, the soonest planned end first."""
    today, reach = clock.today(), Reach(request.user)
    rows = Placement.objects.with_row(on=today).ongoing(on=today)
    only = "mina" in request.GET and bool(reach.offices)
    soon = "slutar" in request.GET
    rows = rows.owned_by_offices(reach.offices) if only else rows
    rows = rows.unfinished(on=today).filter(planned_end__lte=today + worklist.ENDING_SOON) if soon else rows
    context = {"offices": reach.offices, "only": only, "soon": soon}
    context |= _page(request, rows.order_by("planned_end", "pk"), reach)
    return render(request, "placements/ongoing_places.html", context)


@require_GET
@requires(HAND_OVER)
def to_confirm(request: Request) -> HttpResponse:
    """Agreements that rest on a contact who has gone."""
    today = clock.today()
    rows = worklist.to_confirm(on=today).with_row(on=today).select_related("contact__successor")
    return render(request, "placements/to_confirm.html", _page(request, rows, Reach(request.user)))


@require_GET
@requires(_VIEW)
def order_list(request: Request) -> HttpResponse:
    """Orders by how they stand."""
    today, reach = clock.today(), Reach(request.user)
    rows = MatchingOrder.objects.with_stage().with_places(on=today).select_related("office", "agency")
    chosen = OrderFilter(request.GET, queryset=rows, reach=reach)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "offices": reach.offices,
        "proposed": worklist.orders_proposed_hard(on=today).count() if request.user.has_perm(HAND_OVER) else 0,
    }
    return render(request, "placements/order_list.html" + ("#found" if request.htmx else ""), context)
