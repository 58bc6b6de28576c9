"""Obstacles: noting, resolving, noting again."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import lifecycle
from agencies.forms import ObstacleForm
from agencies.models import Agency, Obstacle
from agencies.views.keeping import keep, put_away, tell
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import way_back


@require_GET
@requires("agencies.view_obstacle")
def obstacle_page(request: Request, pk: int) -> HttpResponse:
    """One obstacle and what became of it."""
    obstacle = get_object_or_404(Obstacle.objects.select_related("agency", "dialogue"), pk=pk)
    latest = obstacle.latest_entry()
    context = {"obstacle": obstacle, "agency": obstacle.agency, "latest": latest}
    return render(request, "agencies/obstacle_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("agencies.add_obstacle")
def obstacle_new(request: Request, pk: int) -> HttpResponse:
    """Note an obstacle at an agency."""
    agency = get_object_or_404(Agency, pk=pk)
    if put_away(request, agency):
        return redirect(agency)
    again = agency.obstacles.filter(kind=request.GET.get("slag", "").replace("\0", "")).first()
    known = {"kind": again.kind, "words": again.words} if again else None
    form = ObstacleForm(typed(request), by=request.user, agency=agency, initial=known)
    back = way_back(request, agency.get_absolute_url())

    def save() -> dict[str, Any]:
        lifecycle.note_obstacle(form.save(commit=False))
        return {}

    return keep(request, form, title="Notera hinder", agency=agency, back=back, told="Hindret är noterat.", save=save)


@require_http_methods(["GET", "POST"])
@requires("agencies.change_obstacle")
def obstacle_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was noted."""
    obstacle = get_object_or_404(Obstacle.objects.select_related("agency"), pk=pk)
    agency = obstacle.agency
    form = ObstacleForm(typed(request), by=request.user, agency=agency, instance=obstacle)
    back = way_back(request, agency.get_absolute_url())
    return keep(request, form, title="Ändra hinder", agency=agency, back=back, told="Ändringen är sparad.")


@require_POST
@requires("agencies.change_obstacle")
def obstacle_resolve(request: Request, pk: int) -> HttpResponse:
    """Resolved, today."""
    obstacle = get_object_or_404(Obstacle, pk=pk)
    verb = partial(lifecycle.resolve_obstacle, obstacle, on=clock.today())
    undo = reverse("agencies:obstacle-reopen", args=[pk])
    return tell(request, verb, f"Löst: {obstacle}", back=obstacle.agency.get_absolute_url(), undo=undo)


@require_POST
@requires("agencies.change_obstacle")
def obstacle_stands(request: Request, pk: int) -> HttpResponse:
    """Looked at today, and still there."""
    obstacle = get_object_or_404(Obstacle, pk=pk)
    verb = partial(lifecycle.obstacle_stands, obstacle, on=clock.today())
    return tell(request, verb, f"Gäller än: {obstacle}", back=obstacle.agency.get_absolute_url())


@require_POST
@requires("agencies.change_obstacle")
def obstacle_reopen(request: Request, pk: int) -> HttpResponse:
    """Not resolved after all."""
    obstacle = get_object_or_404(Obstacle, pk=pk)
    verb = partial(lifecycle.reopen_obstacle, obstacle)
    return tell(request, verb, f"Olöst igen: {obstacle}", back=obstacle.agency.get_absolute_url())
