"""To come."""

from typing import Any

from django.http import HttpResponse


def verb_page(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def take_back(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def undo(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()
