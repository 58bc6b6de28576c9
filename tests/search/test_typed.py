"""What is typed in the search box becomes words; nothing that is typed is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praktik.search import parse, searchable
from praktik.search.typed import LONGEST, MOST, stem

pytestmark = pytest.mark.once
HOSTILE = [
    '"',
    "'; DROP TABLE agencies_agency; --",
    "arkiv:*",
    "a & b | !c",
    "(((",
    '"NEAR" NEAR(a b, 2)',
    "heavy : arkiv*",
    "arkiv AND NOT OR",
    "\0arkiv\0",
    "\\",
    "%_%",
    "^arkiv",
    "-arkiv +post",
    "{a b} : c",
    "🗄️📎",
    "½ ² Ⅷ ٣",
    "a\u0301rk\u200div",
    "och att det",
    "x" * 5_000,
    "arkiv " * 900,
    "<script>alert(1)</script>",
    "日本語 العربية हिन्दी",
    "1e5 0x1f 3.14 -7",
]


def words(typed):
    return [word.typed for word in parse(typed).words]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Skatteverkets ARKIV", ["skatteverkets", "arkiv"]),
        ("arkiv, arkiv; Arkiv!", ["arkiv"]),
        ("arkivet på Skatteverket", ["arkivet", "skatteverket"]),
        ("och att", ["och", "att"]),
        ("202100-5448", ["202100", "5448"]),
        ("anna.berg@myndighet.example.se", ["anna", "berg", "myndighet", "example", "se"]),
        ("A\u030angermanland", ["ångermanland"]),
        ("a_b", ["a", "b"]),
        ("", []),
        ("!?*", []),
        (" \0 ", []),
    ],
)
def test_words_are_letters_and_digits(typed, found):
    assert words(typed) == found
    assert bool(parse(typed)) == bool(found)


def test_so_much_is_read_and_not_more():
    assert len(parse("x" * 5_000).words[0].typed) == LONGEST
    assert parse("x" * 5_000).shortened
    many = " ".join(f"ord{number}" for number in range(12))
    assert len(words(many)) == MOST
    assert parse(many).shortened
    assert not parse("två ord").shortened


def test_what_was_typed_is_shown_again_on_one_line():
    assert parse("  arkiv\n\0 och  <b>post</b> ").text == "arkiv och <b>post</b>"


@pytest.mark.parametrize(
    "forms",
    [
        ("praktikplats", "praktikplatser", "praktikplatsen", "praktikplatserna", "praktikplatsernas"),
        ("arkiv", "arkivet", "arkivets", "arkiven"),
        ("handledare", "handledaren", "handledarna", "handledarens"),
        ("myndighet", "myndigheten", "myndigheternas"),
        ("skatteverket", "skatteverkets"),
        ("möte", "möten", "mötet"),
    ],
)
def test_every_form_of_a_word_finds_the_others(forms):
    for asked in forms:
        for written in forms:
            assert written.startswith(stem(asked)), (asked, written)


def test_short_words_are_whole_and_no_stem_is_shorter_than_three_letters():
    assert [(word.stem, word.whole) for word in parse("hr ses åka").words] == [
        ("hr", True),
        ("ses", False),
        ("åka", False),
    ]


@given(st.text(max_size=300) | st.sampled_from(HOSTILE))
def test_what_is_looked_for_is_always_letters_and_digits(typed):
    asked = parse(typed)
    assert all(word.typed.startswith(word.stem) and word.stem for word in asked.words)
    assert all(searchable(word.stem) == word.stem for word in asked.words)
    assert "\0" not in asked.text
    assert len(asked.text) <= LONGEST
