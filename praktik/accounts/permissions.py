"""The guard of a view, and the answer to who may see a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from praktik.accounts.models import User


class MayNot(PermissionDenied):
    """The user's role does not hold the permission; the 403 page says which roles do.

    Where the role holds it and the thing is somebody else's, `words` say whose.
    """

    def __init__(self, permission: str, words: str = "") -> None:
        super().__init__(permission)
        self.permission = permission
        self.words = words


class Request(HttpRequest):
    """A request as views get it, in words for the type checker: somebody is logged in, and `htmx` says what asks."""

    user: User
    htmx: HtmxDetails


def require(user: User, permission: str) -> None:
    """Raise MayNot unless the user's role holds the permission."""
    if not user.has_perm(permission):
        raise MayNot(permission)


def requires(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that needs a permission: `@requires("agencies.view_agency")`."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the tests that walk every page
        return guarded

    return guard
