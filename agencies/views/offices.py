"""Arbetsförmedlingen's offices, to look up; they are kept in the admin site."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agencies import asides
from agencies.models import Agency, Office
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.permissions import Request, requires
from praktik.navigation import page_of


@require_GET
@requires("agencies.view_office")
def office_list(request: Request) -> HttpResponse:
    """All offices, those closed last."""
    staff = Prefetch("officers", User.objects.filter(is_active=True))
    offices = Office.objects.prefetch_related("municipalities", staff)
    today = clock.today()
    context = {
        "offices": [each for each in offices if each.closed_on is None or each.closed_on > today],
        "closed": [each for each in offices if each.closed_on is not None and each.closed_on <= today],
    }
    return render(request, "agencies/office_list.html", context)


@require_GET
@requires("agencies.view_office")
def office_page(request: Request, pk: int) -> HttpResponse:
    """One office: whom to reach, and the agencies in the municipalities it serves."""
    office = get_object_or_404(Office.objects.prefetch_related("municipalities"), pk=pk)
    shown = request.user.has_perm("agencies.view_agency")
    agencies = Agency.objects.active().filter(municipalities__in=office.municipalities.all()).distinct()
    context = {
        "office": office,
        "officers": office.officers.filter(is_active=True),
        "page": page_of(request, agencies.with_municipality_names().order_by("name")) if shown else None,
        "latest": office.latest_entry(),
        "asides": asides.beside(office, request.user),
    }
    return render(request, "agencies/office_page.html", context)
