"""Letters in templates: the coordinator's Markdown, with its headings on the level that the place has."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports.shape import Column, Table
from reports.templatetags.results_words import is_day
from reports.words import as_html

register = template.Library()


@register.filter
def letter_html(text: str, highest: int) -> SafeString:
    """Markdown as HTML, whose first headings are of the level `highest`."""
    return as_html(text, highest)


@register.filter
def stacks(table: Table) -> bool:
    """Whether a table is too wide for a phone, where its cells then stand under each other."""
    return len(table.columns) > 2 and all(column.kind == "text" for column in table.columns)


@register.filter
def looks(said: str, column: Column) -> str:
    """How a cell is set, as attributes of its tag: figures to the right, a day in one piece.

    The old attributes, and not styles: a letter has many cells, and there is a limit to its weight.
    """
    if column.kind != "text":
        return mark_safe(' align="right"')
    return mark_safe(" nowrap") if is_day(said) else ""
