"""A letter as an HTML document that mail programs show: styles inline, no pictures, nothing fetched from anywhere."""

from functools import cache
from typing import Any

from django.template.loader import render_to_string

from reports.letters import Content
from reports.mail.reason import why


@cache
def _inliner() -> Any:
    from css_inline import CSSInliner  # by the first letter only: it is large

    # What is said of narrow screens cannot stand in a tag; it stays behind in a style element.
    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


def as_mail_html(content: Content, kind: str, *, site: str, address: str = "") -> str:
    """The document. `site` is scheme and host without a final slash, `address` where the letter is read on it."""
    context = {"content": content, "site": site, "address": address, "why": why(kind)}
    return inlined(render_to_string("reports/mail/letter.html", context))


def inlined(document: str) -> str:
    """A document with its styles written into its tags, since many mail programs read them nowhere else."""
    inlined_document: str = _inliner().inline(document)
    return inlined_document
