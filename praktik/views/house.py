"""Open to anybody: is it up, and how accessible is it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from praktik.accounts.permissions import require


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the site and its database answer, 503 when the database does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("databasen svarar inte\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Lag 2018:1937 om tillgänglighet till digital offentlig service)."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    context = {
        "contact_email": settings.ACCESSIBILITY_EMAIL,
        "contact_phone": settings.ACCESSIBILITY_PHONE,
        # The page that somebody came from is likely the one they want to tell of; what was searched for stays out.
        "page": urlsplit(came_from)._replace(query="", fragment="").geturl() if ours else "",
    }
    return render(request, "accessibility.html", context)


@login_not_required
def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin site has no login of its own."""
    if request.user.is_authenticated:
        require(request.user, "accounts.view_user")
        return redirect("admin:index")
    return redirect(f"/logga-in/?{urlencode({'next': request.GET.get('next', '/admin/')})}")
