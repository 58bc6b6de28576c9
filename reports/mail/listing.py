"""A mail that is a list of things to do, each a link: its shape, and the two forms in which it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill

from django.conf import settings
from django.template.loader import render_to_string

from reports.mail.html import inlined
from reports.mail.plain import WIDTH
from reports.shape import NBSP


@dataclass(frozen=True)
class Row:
    """One thing to do. `url` is a path of this house."""

    what: str
    url: str
    said: str = ""
    """How long it has waited."""
    where: str = ""
    late: bool = False


@dataclass(frozen=True)
class Group:
    """Things of one kind; `more` says how many there are besides them, and leads there."""

    heading: str
    rows: tuple[Row, ...]
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Listing:
    """The whole mail. `why` says why one gets it, and `way` leads on from there."""

    title: str
    lead: tuple[str, ...]
    groups: tuple[Group, ...]
    why: str
    way: str = ""
    way_url: str = ""
    sender: tuple[str, ...] = ()


def as_listing_html(listing: Listing) -> str:
    """The document, in the same dress as a letter; its links lead to the site of the settings."""
    context = {"listing": listing, "site": settings.SITE, "organisation": settings.ORGANISATION}
    return inlined(render_to_string("reports/mail/listing.html", context))


def as_listing_text(listing: Listing) -> str:
    """The same in plain text: each link stands alone on its line, so that it can be clicked."""
    blocks = [
        fill(listing.title.upper(), WIDTH),
        *(fill(words, WIDTH) for words in listing.lead),
        *(block for group in listing.groups for block in _group(group)),
        "\n".join(["-- ", *listing.sender, settings.ORGANISATION]) if listing.sender else "",
        "\n".join([fill(listing.why, WIDTH), *_way(listing.way, listing.way_url)]),
    ]
    return "\n\n".join(filter(None, blocks)).replace(NBSP, " ") + "\n"


def _group(group: Group) -> Iterator[str]:
    if group.heading:
        heading = fill(group.heading.upper(), WIDTH)
        yield f"{heading}\n{'-' * max(map(len, heading.split(chr(10))))}"
    for row in group.rows:
        told = ". ".join(filter(None, [row.what, row.said, row.where]))
        yield f"{fill(f'- {told}', WIDTH, subsequent_indent='  ')}\n  {settings.SITE}{row.url}"
    yield "\n".join(_way(group.more, group.more_url))


def _way(words: str, url: str) -> list[str]:
    return [fill(words, WIDTH), f"{settings.SITE}{url}"] if words else []
