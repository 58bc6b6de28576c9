"""Who changed what and when, for any record."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agencies.models import Agency, Contact, Dialogue, Municipality, NextStep, Obstacle, Office
from placements.models import Handover, MatchingOrder, OrderAnswer, Placement, Programme, TargetGroup
from placements.permissions import Reach, reads_person
from praktik import history
from praktik.accounts.models import User
from praktik.accounts.permissions import MayNot, Request, require
from reports.models import Letter, LetterInterval, MonthlyReport, Target

# The word in the address, the model, and the permission that reading all of its fields takes.
KINDS: dict[str, tuple[type[Model], str]] = {
    "myndighet": (Agency, "agencies.view_agency"),
    "kontakt": (Contact, "agencies.view_contact"),
    "dialog": (Dialogue, "agencies.read_notes"),
    "steg": (NextStep, "agencies.view_nextstep"),
    "hinder": (Obstacle, "agencies.view_obstacle"),
    "kontor": (Office, "agencies.view_office"),
    "plats": (Placement, "placements.view_placement"),
    "order": (MatchingOrder, "placements.view_placement"),
    "svar": (OrderAnswer, "placements.view_placement"),
    "overlamning": (Handover, "placements.view_placement"),
    "insats": (Programme, "placements.view_programme"),
    "malgrupp": (TargetGroup, "placements.view_targetgroup"),
    "mal": (Target, "reports.view_target"),
    "manadsrapport": (MonthlyReport, "reports.view_monthlyreport"),
    "brev": (Letter, "reports.change_letter"),
    "brevtakt": (LetterInterval, "reports.view_letterinterval"),
    "kommun": (Municipality, "agencies.view_municipality"),
    "anvandare": (User, "accounts.view_user"),
}

# Where not everybody who may see the record may read all of it.
READABLE: dict[type[Model], Callable[[User, Any], bool]] = {
    Placement: lambda user, place: reads_person(Reach(user), place),
}


@require_GET
def record_history(request: Request, kind: str, pk: int) -> HttpResponse:
    """Every version of one record, newest first. The permission is the kind's own; some records ask for more."""
    if kind not in KINDS:
        raise Http404
    model, permission = KINDS[kind]
    require(request.user, permission)
    record = get_object_or_404(model, pk=pk)
    if not READABLE.get(model, lambda user, record: True)(request.user, record):
        raise MayNot(permission, "Ändringarna läses av koordinatorn och av kontoret som har hand om platsen.")
    page = Paginator(record.history.all(), history.VERSIONS).get_page(request.GET.get("sida"))  # type: ignore[attr-defined]  # every kind has it
    entries = history.entries(record, start=max(page.start_index() - 1, 0))
    return render(request, "history.html", {"record": record, "entries": entries, "page": page})
