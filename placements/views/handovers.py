"""To come."""

from typing import Any

from django.http import HttpResponse


def handover_list(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def handover_new(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def handover_accept(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def handover_return(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def handover_ask(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()
