"""To come."""

from typing import Any

from django.http import HttpResponse


def agree(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()
