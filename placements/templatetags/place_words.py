"""What a place is, how it stands and what is done with it, as cells of a list's row; and how an order stands.

A template included in every row took longer than the rest of the row.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from praktik.templatetags.swedish_words import days_since

register = template.Library()


@register.filter
def place_cell(place: Any) -> SafeString:
    """What a place is and whose."""
    unit = f", {escape(place.unit)}" if place.unit else ""
    return mark_safe(
        f'<span class="tag programme">{escape(place.programme.code)}</span> '
        f'<a href="{escape(place.get_absolute_url())}">{escape(place.duties or "Plats")}</a><br>'
        f'<span class="muted small">{escape(str(place.agency))}{unit}</span>'
    )


@register.filter
def stands(said: Iterable[Any]) -> SafeString:
    """How a place stands: a few words, each with its look."""
    tags = [f'<span class="tag wrap {escape(each.look)}">{escape(each.words)}</span>' for each in said]
    return mark_safe("<br>".join(tags))


@register.filter
def next_to_do(row: Any) -> SafeString:
    """What the reader would do next with a place: its buttons, the likeliest first."""
    whose = f"{row.place} hos {row.place.agency}" if row.actions else ""
    buttons = [
        f'<a class="btn little{" plain" if number else ""}" href="{escape(action.url)}"'
        f' aria-label="{escape(action.label)} {escape(whose)}">{escape(action.label)}</a>'
        for number, action in enumerate(row.actions)
    ]
    return mark_safe(" ".join(buttons))


_STAGES = {
    "waiting": ("wait", "Väntar på svar"),
    "asked": ("wait", "Kontoret har en fråga"),
    "candidate": ("ok", "Någon är föreslagen"),
}


def _tag(look: str, words: str) -> str:
    return f'<span class="tag {look}">{escape(words)}</span>'


@register.filter
def order_said(order: Any) -> SafeString:
    """How an order with its `stage` stands."""
    if order.recalled_on:
        return mark_safe(_tag("calm", f"Återtagen {order.recalled_on.isoformat()}"))
    told = []
    if order.hard_since:
        told.append(_tag("late wrap", f"Svårmatchad {days_since(order.hard_since)}: {order.obstacle}"))
    if getattr(order, "is_asked", False) and order.stage != "asked":
        told.append(_tag("wait", "Fråga från annat kontor"))
    told.append(_tag(*_STAGES.get(order.stage, ("calm", "Ingen just nu"))))
    return mark_safe("<br>".join(told))
