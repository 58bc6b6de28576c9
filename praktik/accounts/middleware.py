"""Idle sessions end; what was typed in them does not."""

import time
from collections.abc import Callable

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.submissions import keep_typed

_STAMP_EVERY = 5 * 60  # seconds: the end of the session moves on this often, not at every request


def stamp(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """The session begins with the login."""
    request.session["seen"] = int(time.time())


def note_visit(sender: object, user: User, **kwargs: object) -> None:
    """Keep when somebody came, and when they came before that."""
    User.objects.filter(pk=user.pk).update(visited_before=F("visited_at"), visited_at=clock.now())


class IdleSessionMiddleware:
    """Moves the session's end on while somebody works, so that it comes after eight idle hours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp the session of a logged-in user now and then."""
        if request.user.is_authenticated and time.time() - request.session.get("seen", 0) > _STAMP_EVERY:
            stamp(self, request)
        return self.get_response(request)


class FreshPagesMiddleware:
    """A page is asked for anew each time, and a fragment is never taken for the page at the same address.

    Not `no-store`: "back" must find what was typed. Logging out empties the browser's cache instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say so in the headers, unless the view has said something else."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["HX-Request"])
        return response


class KeepTypedTextMiddleware:
    """A form sent after the session ended is kept, and shown again once its author has logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer what an anonymous visitor sends to a page that needs a login."""
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.headers.get("HX-Request") == "true":
            # A login page swapped into a fragment helps nobody; the page's script says what to do.
            return HttpResponse(status=401)
        if request.method != "POST":
            return None
        if keep_typed(request):
            return _to_login(request.get_full_path(), typed=True)
        came_from = request.headers.get("Referer", "")
        if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
            return _to_login(came_from)
        return _to_login(reverse("start"))


def _to_login(next_page: str, typed: bool = False) -> HttpResponse:
    query = {"next": next_page} | ({"sparat": "1"} if typed else {})
    return redirect(f"{reverse('login')}?{urlencode(query)}")
