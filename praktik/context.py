"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from praktik import clock
from praktik.menu import Shown, menu
from praktik.waits import waits


def _menu(request: HttpRequest, at: str) -> list[Shown]:
    user = getattr(request, "user", None)
    return menu(user, at, waits(request, user)) if user is not None and user.is_authenticated else []


def house(request: HttpRequest) -> dict[str, Any]:
    """Today's day, whether this is the demonstration, and whose installation it is."""
    at = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "today": clock.today(),
        "demonstration": settings.DEMONSTRATION,
        "organisation": settings.ORGANISATION,
        "typed_before_login": hasattr(request, "typed_before_login"),
        "here": request.get_full_path(),
        "at": at,
        "menu": SimpleLazyObject(lambda: _menu(request, at)),
    }
