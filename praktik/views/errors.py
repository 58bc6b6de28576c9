"""What is said when a page is not to be had."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from praktik import clock
from praktik.accounts.permissions import MayNot
from praktik.accounts.roles import roles_with
from praktik.accounts.submissions import keep_typed

_log = logging.getLogger(__name__)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says which roles may see the page, or whose it is."""
    refused = exception if isinstance(exception, MayNot) else None
    roles = [role.label for role in roles_with(refused.permission)] if refused else []
    return render(request, "403.html", {"roles": roles, "words": refused.words if refused else ""}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither database nor session."""
    context = {
        "organisation": settings.ORGANISATION,
        "demonstration": settings.DEMONSTRATION,
        "today": clock.today(),
    }
    return HttpResponse(render_to_string("500.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form opened before a new login in another tab: shown again with its text, unsaved, instead of lost."""
    _log.warning("CSRF check failed at %s: %s", request.path, reason)
    if keep_typed(request):
        messages.warning(request, "Sidan var öppnad före din senaste inloggning. Granska texten och spara igen.")
        return redirect(request.get_full_path())
    return render(request, "csrf.html", status=403)
