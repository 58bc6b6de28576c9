"""To come."""

from typing import Any

from django.http import HttpResponse


def order_new(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_page(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_edit(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_answer(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_flag(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_unflag(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def order_recall(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def answer_reply(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()


def answer_undo(request: Any, **kwargs: Any) -> HttpResponse:
    """To come."""
    return HttpResponse()
