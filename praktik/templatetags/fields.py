"""A field of a form with its label, its help and what is wrong with it.

As crispy-forms' templates for Bootstrap 5 write it, with the same ids and classes, in a tenth of the time.
"""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from praktik.widgets import attributes, escaped

register = template.Library()


@register.filter(name="field")
def whole_field(bound: BoundField) -> SafeString:
    """The field as it stands in a form; a hidden one is itself alone."""
    if bound.is_hidden:
        return mark_safe(str(bound))
    widget = bound.field.widget
    place = f'id="div_{escaped(bound.auto_id)}" class='
    more = f" {css}" if (css := escaped(bound.css_classes())) else ""
    if isinstance(widget, forms.CheckboxInput):
        inner = f"{_typed(bound, 'form-check-input')}\n{_label(bound, 'label', 'form-check-label')}\n{_below(bound)}"
        return mark_safe(f'<div class="mb-3"><div {place}"form-check{more}">\n{inner}\n</div></div>')
    choices = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    if choices:
        inner = f"{_choices(bound)}{_help(bound)}{_errors_of_group(bound)}"
    else:
        look = "form-select" if isinstance(widget, forms.Select) else "form-control"
        inner = f"{_typed(bound, look)}\n{_below(bound)}"
    return mark_safe(f'<div {place}"mb-3{more}">\n{_labelled(bound, mark_safe(inner))}\n</div>')


def _labelled(bound: BoundField, inner: SafeString) -> SafeString:
    """With the label; several things to choose from share one, and are a set of fields."""
    if not bound.label:
        return inner
    if not bound.use_fieldset:
        return mark_safe(f"{_label(bound, 'label', 'form-label')}\n{inner}")
    told = bound.aria_describedby
    by = f' aria-describedby="{escaped(told)}"' if told else ""
    return mark_safe(f"<fieldset{by}>{_label(bound, 'legend', 'form-label', ' fs-6')}\n{inner}\n</fieldset>")


def _label(bound: BoundField, tag: str, look: str, last: str = "") -> SafeString:
    """The label, with a star for what has to be filled in."""
    label_for = escaped(bound.id_for_label)
    whose = f' for="{label_for}"' if label_for else ""
    required = bound.field.required
    star = '<span class="asteriskField">*</span>' if required else ""
    classes = f"{look}{' requiredField' if required else ''}{last}"
    return mark_safe(f'<{tag}{whose} class="{classes}">{escaped(bound.label)}{star}</{tag}>')


def _typed(bound: BoundField, look: str) -> SafeString:
    """What is typed in, chosen from or ticked, with its classes."""
    widget = bound.field.widget
    own = widget.attrs.get("class", "")
    kind = type(widget).__name__.lower()
    classes = [*own.split(), *([] if kind in own else [kind]), *look.split()]
    classes += ["is-invalid"] if bound.errors else []
    widget.attrs["class"] = " ".join(dict.fromkeys(classes))
    return mark_safe(str(bound))


def _choices(bound: BoundField) -> SafeString:
    """Each choice with its label."""
    widget: Any = bound.field.widget
    own = widget.attrs.get("id") or bound.auto_id
    attrs = bound.build_widget_attrs({"id": own} if own else {})
    wrong = " is-invalid" if bound.errors else ""
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()), attrs)
    parts = ["<div>"]
    for group, options, _ in groups:
        parts += [f"\n<strong>{escaped(group)}</strong>"] if group else []
        parts += [_choice(bound.html_name, option, wrong) for option in options]
    return mark_safe("".join([*parts, "\n</div>\n"]))


def _choice(name: str, option: dict[str, Any], wrong: str) -> SafeString:
    value, label = escaped(option["value"]), escaped(option["label"])
    typed = f'type="{escaped(option["type"])}" class="form-check-input{wrong}" name="{escaped(name)}" value="{value}"'
    whose = escaped(option["attrs"].get("id", ""))
    return mark_safe(
        f'\n<div class="form-check">\n<input {typed} {attributes(option["attrs"])}>\n'
        f'<label for="{whose}" class="form-check-label">{label}</label>\n</div>'
    )


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return mark_safe("")
    whose = f'id="{escaped(bound.auto_id)}_helptext" ' if bound.auto_id else ""
    return mark_safe(f'<div {whose}class="form-text">{escaped(bound.help_text)}</div>\n')


def _below(bound: BoundField) -> SafeString:
    """What is wrong, and under it the help."""
    wrong: Any = bound.errors  # the types know no `field_id`
    if not wrong:
        return _help(bound)
    told = _told(bound, wrong, "<p id={}><strong>{}</strong></p>")
    return mark_safe(f'<div id="{escaped(wrong.field_id)}_error" class="invalid-feedback">{told}</div>\n{_help(bound)}')


def _errors_of_group(bound: BoundField) -> SafeString:
    """What is wrong with several choices together: below all of them."""
    wrong: Any = bound.errors
    if not wrong:
        return mark_safe("")
    told = _told(bound, wrong, '<p id={} class="mb-0">{}</p>')
    return mark_safe(f'<div id="{escaped(wrong.field_id)}_error" class="group-error">{told}</div>')


def _told(bound: BoundField, wrong: Iterable[str], shape: str) -> SafeString:
    own = escaped(bound.auto_id)
    told = [shape.format(f'"error_{number}_{own}"', escaped(error)) for number, error in enumerate(wrong, start=1)]
    return mark_safe("".join(told))
