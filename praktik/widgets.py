"""The parts of a form that are typed or chosen in, as HTML without templates.

Django's own way is a template for each part, and two for each choice of a list: the list of a county's municipalities
took longer than the rows it chose among. What is written here is what those templates write, from the same context; a
widget with any other template is written by that.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.safestring import SafeData, SafeString, mark_safe

Widget = Mapping[str, Any]
_TEMPLATES = "django/forms/widgets/"


def escaped(value: Any) -> str:
    """What stands for a value in HTML; what is safe already stays as it is.

    The same as Django's `conditional_escape`, without the wrapper that lets lazy texts stay lazy.
    """
    told = value if isinstance(value, str) else str(value)
    return told if isinstance(told, SafeData) else escape(told)


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes of a tag: True stands without a value, and False not at all."""
    return mark_safe("".join(_attributes(attrs)))


def _attributes(attrs: Mapping[str, Any]) -> Iterator[str]:
    for name, value in attrs.items():
        if value is True:
            yield f" {escaped(name)}"
        elif value is not False:
            yield f' {escaped(name)}="{escaped(value)}"'


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    said = "" if value is None else f' value="{escaped(value)}"'
    kind, name = escaped(widget["type"]), escaped(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{said}{attributes(widget["attrs"])}>')


def _textarea(widget: Widget) -> SafeString:
    name, value = escaped(widget["name"]), escaped(widget["value"] or "")
    # A browser takes the first line end away.
    return mark_safe(f'<textarea name="{name}"{attributes(widget["attrs"])}>\n{value}</textarea>')


def _select(widget: Widget) -> SafeString:
    parts = [f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        told = "".join([_option(option) for option in options])
        parts.append(f'\n<optgroup label="{_shown(group)}">{told}\n</optgroup>' if group else told)
    return mark_safe("".join([*parts, "\n</select>"]))


def _option(option: Widget) -> SafeString:
    value = escaped(option["value"])
    return mark_safe(f'\n<option value="{value}"{attributes(option["attrs"])}>{_shown(option["label"])}</option>')


def _shown(value: Any) -> str:
    return escaped(value if isinstance(value, str) else localize(value))


_WRITERS: dict[str, Callable[[Widget], SafeString]] = {
    f"{_TEMPLATES}textarea.html": _textarea,
    f"{_TEMPLATES}select.html": _select,
    **dict.fromkeys(
        [
            f"{_TEMPLATES}{kind}.html"
            for kind in ("input", "text", "hidden", "date", "number", "email", "search", "tel", "password", "checkbox")
        ],
        _input,
    ),
}


class Renderer(TemplatesSetting):
    """Writes the widgets that pages are full of, and leaves the others to their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The widget as HTML."""
        write = _WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)
