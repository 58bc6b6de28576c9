"""To come."""

from typing import Any

from django.http import HttpResponse


def placement_page(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def placement_edit(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()
