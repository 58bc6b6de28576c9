"""Days and numbers are said as one says them in Swedish."""

from datetime import date, timedelta

import pytest
from django.template import Context, Template

from praktik.templatetags.swedish_words import ago, due, number_of, percent


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "i dag"),
        (1, "i går"),
        (2, "för 2 dagar sedan"),
        (18, "för 18 dagar sedan"),
        (365, "för 365 dagar sedan"),
        (-1, "om 1 dag"),
        (-5, "om 5 dagar"),
    ],
)
def test_a_day_that_has_been_is_told_by_how_long_ago_it_was(today, days, words):
    assert ago(today - timedelta(days=days)) == words


def test_what_never_was_is_told_so():
    assert ago(None) == "aldrig"


@pytest.mark.parametrize(
    ("days", "words", "look"),
    [
        (-12, "Försenat 12 dagar", "late"),
        (-1, "Försenat 1 dag", "late"),
        (0, "I dag", "wait"),
        (1, "I morgon", "wait"),
        (2, "Om 2 dagar", "calm"),
        (14, "Om 14 dagar", "calm"),
    ],
)
def test_a_day_by_which_something_is_to_be_done_says_how_urgent_it_is(today, days, words, look):
    assert due(today + timedelta(days=days)) == (words, look)
    assert due(today + timedelta(days=days)).words == words


def test_days_are_told_from_the_day_it_is(settings):
    settings.PRAKTIK_TODAY = "2019-01-02"
    assert ago(date(2018, 12, 31)) == "för 2 dagar sedan"
    assert due(date(2018, 12, 31)).words == "Försenat 2 dagar"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "–"),
        (0, "0\N{NO-BREAK SPACE}%"),
        (0.0, "0\N{NO-BREAK SPACE}%"),
        (18 / 42, "43\N{NO-BREAK SPACE}%"),
        (1, "100\N{NO-BREAK SPACE}%"),
        (0.125, "13\N{NO-BREAK SPACE}%"),
        (0.994, "99\N{NO-BREAK SPACE}%"),
        (0.996, "100\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_share_is_told_in_whole_percent(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 kontakter"), (1, "1 kontakt"), (2, "2 kontakter"), (21, "21 kontakter")]
)
def test_a_number_goes_with_its_word(number, words):
    assert number_of(number, "kontakt,kontakter") == words


def test_templates_know_the_words(today):
    page = Template("{% load swedish_words %}{{ day|ago }}, {{ n|number_of:'hinder,hinder' }}, {{ share|percent }}")
    context = Context({"day": today, "n": 1, "share": 0.5})
    assert page.render(context) == "i dag, 1 hinder, 50\N{NO-BREAK SPACE}%"
