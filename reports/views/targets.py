"""Targets: what has been decided, and deciding."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from placements.views.doing import do
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of
from reports.forms import TargetForm
from reports.models import Target
from reports.permissions import AIM


@require_GET
@requires(AIM)
def target_list(request: Request) -> HttpResponse:
    """Every decision on a target, the latest first, those that hold marked."""
    rows = Target.objects.with_standing().select_related("programme", "agency")
    rows = rows.order_by("-year", "programme__position", "programme__code", "agency__name", "-decided_on")
    return render(request, "reports/target_list.html", {"page": page_of(request, rows)})


@require_http_methods(["GET", "POST"])
@requires(AIM)
def target_new(request: Request) -> HttpResponse:
    """Decide on a target; the address may propose what it is about."""
    proposed = {name: request.GET[key] for name, key in _PROPOSED.items() if request.GET.get(key, "").isdigit()}
    form = TargetForm(typed(request), by=request.user, initial=proposed)
    return do(
        request,
        form,
        form.act,
        template="reports/target_form.html",
        context={},
        told=lambda answer: f"Målet är satt: {Target.objects.select_related('programme', 'agency').get(**answer)}.",
        back=reverse("reports:target-list"),
    )


_PROPOSED = {"year": "ar", "programme": "insats", "agency": "myndighet", "number": "mal"}
