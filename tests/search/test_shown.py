"""What was found is marked in the text, and nothing in the text is taken for HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praktik.search import marked, parse, snippet
from praktik.search.words import LENGTH

pytestmark = pytest.mark.once


def test_found_words_are_marked_in_every_form():
    assert marked("Arkivet, arkivering och ARKIV.", parse("arkiv").words) == (
        "<mark>Arkivet</mark>, <mark>arkivering</mark> och <mark>ARKIV</mark>."
    )


def test_a_word_is_marked_from_its_beginning_and_in_the_middle_only_when_asked():
    asked = parse("verket").words
    assert marked("Skatteverket", asked) == "Skatteverket"
    assert marked("Skatteverket", asked, inside=True) == "Skatte<mark>verket</mark>"


def test_letters_are_told_apart_and_cases_are_not():
    assert marked("Åre och are", parse("åre").words) == "<mark>Åre</mark> och are"
    assert marked("A\u030are", parse("åre").words) == "<mark>Åre</mark>"


def test_a_short_word_is_marked_as_a_whole():
    assert marked("HR och hrm", parse("hr").words) == "<mark>HR</mark> och hrm"


def test_the_text_is_escaped_inside_and_outside_the_marks():
    asked = parse("<b>arkiv</b>").words
    assert marked('<b>arkiv</b> & "post"', asked) == (
        "&lt;<mark>b</mark>&gt;<mark>arkiv</mark>&lt;/<mark>b</mark>&gt; &amp; &quot;post&quot;"
    )
    assert snippet("<script>arkiv</script>", parse("arkiv").words) == "&lt;script&gt;<mark>arkiv</mark>&lt;/script&gt;"


def test_a_long_text_is_cut_around_its_first_hit():
    text = "lång text " * 100 + "här står arkivet som söks " + "mera text " * 100
    shown = snippet(text, parse("arkiv").words)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "här står <mark>arkivet</mark> som söks" in shown
    assert LENGTH - 20 < len(re.sub("<.*?>", "", shown)) <= LENGTH + 4


def test_a_text_without_a_hit_is_shown_from_its_beginning():
    assert snippet("Kort text.", parse("arkiv").words) == "Kort text."
    assert snippet("a b " * 200, parse("arkiv").words).startswith("a b a b")
    assert snippet("", parse("arkiv").words) == ""
    assert snippet("Kort <text>", ()) == "Kort &lt;text&gt;"


@given(st.text(max_size=600), st.text(max_size=60))
def test_whatever_stands_there_the_only_tags_are_ours(text, typed):
    shown = snippet(text, parse(typed).words)
    assert re.sub(r"</?mark>", "", shown).count("<") == 0
    assert shown.count("<mark>") == shown.count("</mark>")
