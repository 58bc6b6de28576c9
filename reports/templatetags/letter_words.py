"""Letters in templates: the coordinator's Markdown, with its headings on the level that the place has."""

from django import template
from django.utils.safestring import SafeString

from reports.words import as_html

register = template.Library()


@register.filter
def letter_html(text: str, highest: int) -> SafeString:
    """Markdown as HTML, whose first headings are of the level `highest`."""
    return as_html(text, highest)
