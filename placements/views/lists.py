"""To come."""

from typing import Any

from django.http import HttpResponse


def placement_list(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def open_places(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def ongoing_places(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def to_confirm(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_list(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()
