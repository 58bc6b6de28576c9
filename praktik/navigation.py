"""Finding one's way: back to where one was, and from page to page of a list."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from praktik.kept import Kept

BACK = "tillbaka"
ROWS = 25
SPOT = re.compile(r"spot-([a-z-]{1,50}-[0-9]{1,19})")


def way_back(request: HttpRequest, default: str) -> str:
    """Where the user came from, if it was a page of ours; otherwise the default."""
    kept = getattr(request, "typed_before_login", {})
    wanted = request.POST.get(BACK) or kept.get(BACK) or request.GET.get(BACK) or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    # A word without a slash would be taken for the name of a page.
    return wanted if ours and "/" in wanted else default


def on_the_spot(request: HttpRequest) -> str:
    """The row of a list that asks, when a form was opened or a button pressed in one: it answers where it stands.

    Empty for anything else. Such a row names itself by its target, `spot-` and what the row is called.
    """
    htmx = getattr(request, "htmx", None)
    target = (htmx.target or "") if htmx else ""
    named = SPOT.fullmatch(target)
    return named[1] if named else ""


class Fetched(Sequence[Any]):
    """Rows that are fetched a page at a time: so many, and `fetch` gives some of them by `start` and `most`."""

    def __init__(self, length: int, fetch: Callable[..., list[Any]]) -> None:
        self.length, self.fetch = length, fetch

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, wanted: Any) -> Any:
        """A slice of the rows."""
        start, stop, _ = wanted.indices(self.length)
        return self.fetch(start=start, most=stop - start)


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any, Any] | Sequence[Any],
    *,
    count: int | None = None,
    told: Callable[[list[int]], list[Any]] | None = None,
    kept: Kept | None = None,
) -> Page[Any]:
    """The page that `?sida=` asks for; a number without a page gives the last one, what is no number the first.

    `count` is the number of rows, where the view knows it already. With `told` only the keys of a page's rows are asked
    of `rows`, from memory while nothing changes (`kept`), and `told` gives the rows with what is shown of them.
    """
    if told is not None and isinstance(rows, QuerySet):
        found, show, known = rows, told, kept or Kept()
        number = count if count is not None else known.number(found)
        rows = Fetched(number, lambda start, most: show(known.keys(found[start : start + most])))
    paginator = Paginator(rows, ROWS)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("sida"))
