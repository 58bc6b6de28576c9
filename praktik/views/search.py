"""Search from everywhere: one box, and what it finds of each kind."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

import agencies.search
import placements.search
import reports.search
from praktik.accounts.permissions import Request, requires
from praktik.navigation import page_of
from praktik.search import Group, Hit, Known, Result, find, parse

# In the order they are shown.
GROUPS: tuple[Group, ...] = (
    *agencies.search.GROUPS[:2],
    *placements.search.GROUPS,
    *reports.search.GROUPS,
    *agencies.search.GROUPS[2:],
)
FIRST = 5  # hits of each group that are shown when all are


@dataclass(frozen=True)
class Shown:
    """A group with its first hits, or a page of them."""

    name: str
    label: str
    count: int
    more: bool
    """Whether there are more than `count`: only the newest are looked through."""
    hits: list[Hit]


@require_GET
@requires("agencies.view_agency")
def search(request: Request) -> HttpResponse:
    """What the words of `?q=` find, the first of each group; with `grupp=` all of one group, page by page."""
    asked = parse(request.GET.get("q", ""))
    readable = [group for group in GROUPS if request.user.has_perm(group.permission)]
    only = next((group for group in readable if group.name == request.GET.get("grupp")), None)
    context: dict[str, Any] = {"asked": asked, "only": only, "page": None, "shown": [], "count": 0, "more": False}
    if asked:
        known = Known(asked)
        results = [find(group, request.user, asked, known) for group in ([only] if only else readable)]
        context["page"] = page_of(request, results[0].keys) if only else None
        context["shown"] = [_shown(result, context["page"]) for result in results if result.keys]
        context["count"] = sum(len(result.keys) for result in results)
        context["more"] = any(result.more for result in results)
    return render(request, "search.html" + ("#found" if request.htmx else ""), context)


def _shown(result: Result, page: Page[int] | None) -> Shown:
    start = page.start_index() - 1 if page else 0
    hits = result.hits(start, page.end_index() if page else FIRST)
    return Shown(result.group.name, result.group.label, len(result.keys), result.more, hits)
