"""What is written without templates is what the templates write."""

import re

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.forms.renderers import TemplatesSetting

from praktik.templatetags.fields import whole_field
from praktik.widgets import Renderer

NASTY = "\"><script>'&amp;"


class Everything(forms.Form):
    """A field of every kind that the pages have."""

    text = forms.CharField(label=NASTY, help_text=NASTY, max_length=9)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    number = forms.IntegerField(required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"class": "own", "data-x": NASTY}))
    mail = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    one = forms.ChoiceField(choices=[("", "–"), ("Gruppen <", [(1, 1000), (NASTY, NASTY)])])
    radio = forms.ChoiceField(choices=[(1, NASTY), (2, "två")], widget=forms.RadioSelect, help_text="Välj")
    many = forms.MultipleChoiceField(choices=[(1, "ett"), (2, NASTY)], widget=forms.CheckboxSelectMultiple)
    several = forms.MultipleChoiceField(choices=[(1, "ett"), (2, "två")], required=False)
    tick = forms.BooleanField(help_text="Kryssa")
    hidden = forms.CharField(widget=forms.HiddenInput)


def tight(html):
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]*>)\s*", r"\1", html)).replace(" >", ">").strip()


FILLED = {
    "text": NASTY * 2,
    "note": f"\n{NASTY}",
    "day": "x",
    "one": NASTY,
    "radio": "2",
    "many": ["2", "9"],
    "tick": "",
}


@pytest.mark.parametrize("data", [None, {}, FILLED], ids=["unbound", "empty", "filled"])
@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_a_widget_is_written_as_django_writes_it(name, data):
    ours, django = (str(Everything(data, renderer=renderer)[name]) for renderer in (Renderer(), TemplatesSetting()))
    assert tight(ours) == tight(django)


@pytest.mark.parametrize("data", [None, {}, FILLED], ids=["unbound", "empty", "filled"])
@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_a_field_is_written_as_crispy_writes_it(name, data):
    ours, crispy = whole_field(Everything(data)[name]), as_crispy_field(Everything(data)[name])
    if name == "text":  # Our help is text: crispy lets its tags through.
        assert NASTY not in ours
        crispy = crispy.replace(f">{NASTY}</div>", ">&quot;&gt;&lt;script&gt;&#x27;&amp;amp;</div>")
    assert tight(ours) == tight(crispy)
