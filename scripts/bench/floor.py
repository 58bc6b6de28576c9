"""The two plain pages: the least that a page of this size takes on this machine, with and without a reader.

They share everything with the other pages that comes before a view, and nothing that comes after it.
"""

from random import Random

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from agencies.models import Agency

SIZE = 20_000
"""Bytes of the page without rows."""
ROWS = 25
_WORDS = """
myndigheten kontoret platsen praktik handledare arbete vecka möte samtal svar fråga månad länet
kommun avtal chef uppgift start slut dag och i på med för till av om som ett en den det har är kan
ska inte när vid från efter under många några nya första senaste gemensamma öppna lediga planerade
""".split()  # noqa: SIM905  (as a list it would be a page long)
_HEAD = (
    '<!doctype html>\n<html lang="sv">\n<head><meta charset="utf-8"><title>Mätning</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n<body>\n<main>\n<h1>Mätning</h1>\n'
)
_FOOT = "</main>\n</body>\n</html>\n"
_TABLE = (
    "<p>{{ user.name }}</p>\n<table>\n{% for agency in agencies %}"
    "<tr><td>{{ agency.name }}</td><td>{{ agency.organisation_number }}</td></tr>\n{% endfor %}</table>\n"
)


def _text() -> str:
    """Static HTML, as varied as a page's, so that compressing it takes as long."""
    chance = Random(20)
    parts: list[str] = []
    room = SIZE - len((_HEAD + _FOOT).encode())
    while True:
        words = " ".join(chance.choices(_WORDS, k=chance.randint(5, 18)))
        link = f'<a class="row-link" href="/matning/{chance.randrange(10_000)}/">{chance.choice(_WORDS)}</a>'
        part = f'<div class="item"><p class="text-body">{words.capitalize()}. {link}</p></div>\n'
        room -= len(part.encode())
        if room < 0:
            return "".join(parts)
        parts.append(part)


_TEXT = _text()
_BARE = Template(_HEAD + _TEXT + _FOOT)
_ROWS = Template(_HEAD + _TABLE + _TEXT + _FOOT)


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """A page that asks nothing of anybody."""
    return HttpResponse(_BARE.render(Context()))


def rows(request: HttpRequest) -> HttpResponse:
    """The same page for somebody who is logged in, with the first agencies: one query of ROWS rows."""
    agencies = Agency.objects.order_by("name")[:ROWS]
    return HttpResponse(_ROWS.render(Context({"user": request.user, "agencies": agencies})))
