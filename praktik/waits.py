"""The number of what waits for a reader, as the menu of every page tells it.

Counting takes a few queries, so the number is kept in a cookie of the reader's own for a minute, and dropped as soon as
the reader does something; the start page and the rows that answer where they stand always count. The cookie names whose
number it is and of which day: another person at the same computer never gets it.
"""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from praktik import clock
from praktik.worklist import Worklist

COOKIE = "vantar"
KEPT = 60
"""Seconds."""


def counted(request: HttpRequest, worklist: Worklist) -> Worklist:
    """Note what the page itself has counted, so that the menu tells the same figure."""
    request.waits = worklist.total  # type: ignore[attr-defined]  # read below, in the same request
    return worklist


def waits(request: HttpRequest, user: Any) -> int:
    """How much waits for the reader of a page: as the page has counted it, as kept, or counted now."""
    told = getattr(request, "waits", None)
    if told is not None:
        return int(told)
    kept = _kept(request, user)
    return kept if kept is not None else counted(request, Worklist(user, on=clock.today())).total


def _whose(user: Any) -> str:
    return f"{user.pk}.{clock.today().isoformat()}."


def _kept(request: HttpRequest, user: Any) -> int | None:
    try:
        value = request.get_signed_cookie(COOKIE, default="", max_age=KEPT) or ""
    except BadSignature:
        return None
    whose, number = value[: len(_whose(user))], value[len(_whose(user)) :]
    return int(number) if whose == _whose(user) and number.isdecimal() else None


def keep_number(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, with what was counted for it; what is done may change the number, so an answer to that drops it."""
    user = getattr(request, "user", None)
    told = getattr(request, "waits", None)
    if told is not None and user is not None and user.is_authenticated:
        secure, httponly = settings.SESSION_COOKIE_SECURE, True
        value = f"{_whose(user)}{told}"
        response.set_signed_cookie(COOKIE, value, max_age=KEPT, secure=secure, httponly=httponly, samesite="Lax")
    elif request.method not in ("GET", "HEAD", "OPTIONS") and COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
