"""Arbetsförmedlingen's offices, to look up; they are kept in the admin site."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from agencies import asides, lifecycle
from agencies.forms import LetterAddressForm
from agencies.models import Agency, Office
from agencies.readers import readers_among
from praktik import clock
from praktik.accounts.editing import saved
from praktik.accounts.models import User
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of, way_back


@require_GET
@requires("agencies.view_office")
def office_list(request: Request) -> HttpResponse:
    """All offices, those closed last."""
    staff = Prefetch("officers", User.objects.filter(is_active=True))
    offices = Office.objects.prefetch_related("municipalities", staff)
    today = clock.today()
    context = {
        "offices": [each for each in offices if not each.has_closed(on=today)],
        "closed": [each for each in offices if each.has_closed(on=today)],
    }
    return render(request, "agencies/office_list.html", context)


@require_GET
@requires("agencies.view_office")
def office_page(request: Request, pk: int) -> HttpResponse:
    """One office: whom to reach, and the agencies in the municipalities it serves."""
    office = get_object_or_404(Office.objects.prefetch_related("municipalities"), pk=pk)
    shown = request.user.has_perm("agencies.view_agency")
    agencies = Agency.objects.active().filter(municipalities__in=office.municipalities.all()).distinct()
    officers = list(office.officers.filter(is_active=True).order_by("name", "pk"))
    context = {
        "office": office,
        "has_closed": office.has_closed(on=clock.today()),
        "officers": officers,
        "readers": readers_among(office, officers),
        "page": page_of(request, agencies.with_municipality_names().order_by("name")) if shown else None,
        "latest": office.latest_entry(),
        "asides": asides.beside(office, request.user),
    }
    return render(request, "agencies/office_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("agencies.address_office")
def office_address(request: Request, pk: int) -> HttpResponse:
    """Where an office's letters go."""
    office = get_object_or_404(Office, pk=pk)
    form = LetterAddressForm(typed(request), by=request.user, initial={"email": office.letter_email})
    back = way_back(request, office.get_absolute_url())

    def save() -> dict[str, Any]:
        lifecycle.address_letters(office, by=request.user, email=form.cleaned_data["email"])
        return {}

    if saved(request, form, save) is None:
        return render(request, "agencies/office_address.html", {"form": form, "office": office, "back": back})
    messages.success(request, f"Adressen för brev till {office} är sparad.")
    return redirect(back)
