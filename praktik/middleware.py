"""What the house does around every page: rows of a list that answer where they stand, and the number in the menu."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlparse

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from praktik import clock
from praktik.navigation import on_the_spot
from praktik.waits import counted, keep_number
from praktik.worklist import Worklist

Answer = Callable[[HttpRequest], HttpResponse]


class OnTheSpotMiddleware:
    """A form that was opened in a row of the worklist, or a button pressed in one, is answered in that row.

    The views know nothing of it: each tells what it did by a message and leads back. Here the message, with its way to
    undo, becomes the row, and the page's numbers follow. What was refused is told in the row, which stays.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn the way back into the row's answer."""
        response = self.get_response(request)
        row = on_the_spot(request)
        if not row or response.status_code != 302 or not request.user.is_authenticated:
            return response
        return _answer(request, row)


def _page(request: HttpRequest) -> str:
    """The page of ours that the row stands in, or the start page."""
    # The header says what the browser likes to say, and what is no address at all is not refused before here.
    with suppress(ValueError):
        return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]  # on the spot is htmx
    return "/"


def _answer(request: HttpRequest, row: str) -> HttpResponse:
    # Of this request only: what another page left unread is told there.
    storage: Any = get_messages(request)
    told, storage._queued_messages = list(storage._queued_messages), []
    refused = request.method == "GET" or any(message.level_tag in ("error", "warning") for message in told)
    back = _page(request)
    asked = QueryDict(urlparse(back).query).get("slag", "")
    context: dict[str, Any] = {"row": row, "told": told, "refused": refused, "back": back, "asked": asked}
    if not refused:
        user: Any = request.user
        context["list"] = counted(request, Worklist(user, on=clock.today()))
    answer = render(request, "start/answer.html", context)
    if not refused:
        answer["HX-Retarget"] = f"[id='todo-{row}']"
        answer["HX-Reswap"] = "outerHTML"
        answer["HX-Reselect"] = "li"
    return answer


class WaitingNumberMiddleware:
    """Keeps the number of what waits beside the page for a minute, until its reader does something."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set what was counted, or drop what may be wrong by now."""
        return keep_number(request, self.get_response(request))
