"""Agencies: the list, the page with its timeline, and keeping them in order."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import asides, lifecycle, shown, worklist
from agencies.filters import AgencyFilter
from agencies.forms import AgencyForm
from agencies.models import Agency, Contact
from agencies.timeline import Timeline
from agencies.views.keeping import keep, tell
from praktik import clock
from praktik.accounts.editing import saved
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of, way_back


@require_GET
@requires("agencies.view_agency")
def agency_list(request: Request) -> HttpResponse:
    """All agencies, searched, filtered and sorted by the address."""
    chosen = AgencyFilter(request.GET, queryset=Agency.objects.all(), user=request.user)
    template = "agencies/agency_list.html" + ("#found" if request.htmx else "")
    page = page_of(request, chosen.qs, told=partial(shown.agencies, on=clock.today()))
    words = chosen.form.cleaned_data.get("q", "").split()
    if words and request.user.has_perm("agencies.view_contact"):
        hits = Contact.objects.current(on=clock.today()).named(words)
        prefetch_related_objects(list(page.object_list), Prefetch("contacts", hits, to_attr="hits"))
    context = {"filter": chosen, "page": page, "order": chosen.form.cleaned_data.get("ordning") or "namn"}
    return render(request, template, context)


def _timeline(request: Request, agency: Agency) -> dict[str, Any]:
    told = Timeline(agency, request.user)
    counts = told.counts()
    kind = request.GET.get("visa", "")
    kind = kind if kind in counts else ""
    total = counts[kind][1] if kind else sum(number for _, number in counts.values())
    return {"page": page_of(request, told.story(kind, total)), "counts": counts, "kind": kind}


@require_GET
@requires("agencies.view_agency")
def agency_page(request: Request, pk: int) -> HttpResponse:
    """Everything about one agency."""
    agency = shown.agency(pk)
    if agency is None:
        raise Http404
    context: dict[str, Any] = {"agency": agency, **_timeline(request, agency)}
    if request.htmx:
        return render(request, "agencies/agency_page.html#timeline", context)
    today = clock.today()
    contacts = list(agency.contacts.all()) if request.user.has_perm("agencies.view_contact") else []
    context |= {
        "contacts": [each for each in contacts if not each.has_left(on=today)],
        "gone": [each for each in contacts if each.has_left(on=today)],
        "latest": agency.latest_entry(),
        "asides": asides.beside(agency, request.user),
    }
    if request.user.has_perm("agencies.view_nextstep"):
        context["steps"] = agency.next_steps.open().select_related("owner")
        context["coordinators"] = worklist.coordinators()
    if request.user.has_perm("agencies.view_obstacle"):
        context["obstacles"] = agency.obstacles.unresolved(on=today)
    return render(request, "agencies/agency_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("agencies.add_agency")
def agency_new(request: Request) -> HttpResponse:
    """A new agency."""
    form = AgencyForm(typed(request), by=request.user)
    answer = saved(request, form, form.store)
    if answer is None:
        back = way_back(request, reverse("agencies:agency-list"))
        return render(request, "agencies/record_form.html", {"form": form, "title": "Ny myndighet", "back": back})
    messages.success(request, "Myndigheten är sparad.")
    return redirect("agencies:agency", answer["pk"])


@require_http_methods(["GET", "POST"])
@requires("agencies.change_agency")
def agency_edit(request: Request, pk: int) -> HttpResponse:
    """Change an agency's facts."""
    agency = get_object_or_404(Agency, pk=pk)
    form = AgencyForm(typed(request), by=request.user, instance=agency)
    back = agency.get_absolute_url()
    return keep(request, form, title="Ändra myndighet", agency=agency, back=back, told="Ändringen är sparad.")


@require_POST
@requires("agencies.archive_agency")
def agency_archive(request: Request, pk: int) -> HttpResponse:
    """Put an agency away."""
    agency = get_object_or_404(Agency, pk=pk)
    verb = partial(lifecycle.archive, agency, on=clock.today())
    return tell(request, verb, f"{agency} är arkiverad.", back=agency.get_absolute_url())


@require_POST
@requires("agencies.archive_agency")
def agency_restore(request: Request, pk: int) -> HttpResponse:
    """Take an agency out of the archive."""
    agency = get_object_or_404(Agency, pk=pk)
    verb = partial(lifecycle.restore, agency)
    return tell(request, verb, f"{agency} är återställd.", back=agency.get_absolute_url())
