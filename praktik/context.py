"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from praktik import clock
from praktik.menu import menu


def house(request: HttpRequest) -> dict[str, Any]:
    """Today's day, whether this is the demonstration, and whose installation it is."""
    at = request.resolver_match.view_name if request.resolver_match else ""
    user = getattr(request, "user", None)
    return {
        "today": clock.today(),
        "demonstration": settings.DEMONSTRATION,
        "organisation": settings.ORGANISATION,
        "typed_before_login": hasattr(request, "typed_before_login"),
        "here": request.get_full_path(),
        "at": at,
        "menu": menu(user, at) if user is not None and user.is_authenticated else [],
    }
