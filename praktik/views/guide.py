"""The user guide: a page for each role, open to anybody, from the Markdown files that the project's docs hold."""

import re
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt

from praktik.accounts.roles import Role

PAGES = {
    Role.COORDINATOR: "koordinator",
    Role.CASE_OFFICER: "handlaggare",
    Role.STEERING_GROUP: "styrgrupp",
    Role.ADMINISTRATOR: "administrator",
}
"""Each role's page: the name of its file, and of its address."""
_PICTURE = re.compile(r'<img src="bilder/([a-z-]+\.png)" alt="([^"]*)" />')


@login_not_required
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """The page of the reader's own role; for somebody who has not logged in, the first one."""
    role = Role(request.user.role) if request.user.is_authenticated else Role.COORDINATOR
    return redirect("guide-page", PAGES[role])


@login_not_required
@require_GET
def guide_page(request: HttpRequest, page: str) -> HttpResponse:
    """How one role uses the house."""
    if page not in PAGES.values():
        raise Http404
    others = [(role.label, name) for role, name in PAGES.items()]
    title, text = _read(page)
    return render(request, "guide.html", {"text": text, "heading": title, "page": page, "pages": others})


@cache
def _read(page: str) -> tuple[str, SafeString]:
    """The page's title and its HTML. The files are the project's own, so what they say is shown as it is."""
    words = (settings.GUIDE_DIR / f"{page}.md").read_text(encoding="utf-8")
    title = words.partition("\n")[0].removeprefix("# ")
    html = MarkdownIt("commonmark").enable("table").render(words)
    return title, mark_safe(_PICTURE.sub(_picture, html))


def _picture(found: re.Match[str]) -> str:
    address = static(f"guide/{found[1]}")
    return f'<a href="{address}"><img src="{address}" alt="{found[2]}" loading="lazy"></a>'
