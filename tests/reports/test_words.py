"""The coordinator's words are safe on the page, in a letter and on paper, and nothing that was typed vanishes."""

import json
import re

import pytest
from django.utils.safestring import SafeString

from reports.validators import LONGEST_WORDS
from reports.words import as_blocks, as_html, as_plain, cleaned

pytestmark = pytest.mark.once

EVERYTHING = """# Till våren

Sju platser är **upptagna** av dem som fick *anställning*.
Läs [mer](https://example.se/om?a=1&b=2)  
eller `fråga`.

- en
  - i den
- två

3. tre
4. fyra

> Vi tar gärna fler.

---
"""  # noqa: W291  # two spaces break a line

TYPED = [
    "<script>alert(1)</script>",
    "<b onclick=alert(1)>fet</b>",
    '<img src=x onerror="alert(1)">',
    "[läs](javascript:alert(1))",
    "[läs](JaVaScRiPt:alert(1))",
    "[läs](data:text/html;base64,PHN2Zz4=)",
    "[läs](vbscript:x)",
    "[läs](file:/etc/passwd)",
    "[läs](//elsewhere.example)",
    "[läs](/admin/)",
    "[läs](http:elsewhere)",
    "<javascript:alert(1)>",
    "[OBS]: https://example.se",
    '#import "x": *',
    '#read("/etc/passwd")',
    "$x^2$ <!-- kommentar -->",
    "<![CDATA[x]]> &",
    "**oavslutat",
    "`oavslutat",
    "[oavslutat](https://example.se",
    "~~inte~~ | tabell |",
]

DEEP = [
    ">" * LONGEST_WORDS,
    "- " * (LONGEST_WORDS // 2) + "x",
    "1. " * (LONGEST_WORDS // 3) + "x",
    "> - " * (LONGEST_WORDS // 4) + "x",
    "\n".join("  " * deep + "- x" for deep in range(90)),
    "*" * (LONGEST_WORDS // 2) + "a" + "*" * (LONGEST_WORDS // 2),
    "*_" * 2_000 + "a" + "_*" * 2_000,
    "[" * LONGEST_WORDS,
    "[a](" * (LONGEST_WORDS // 4),
    "![" * (LONGEST_WORDS // 2),
    "`" * LONGEST_WORDS,
    "\0" * LONGEST_WORDS,
]


def runs(text: str) -> list[dict]:
    """What stands in the only paragraph."""
    (block,) = as_blocks(text)
    assert block["kind"] == "paragraph"
    return block["inline"]


def said(*blocks: dict) -> str:
    """All text of a tree, in order."""
    return "".join(re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(blocks, ensure_ascii=False)))


def depth(html: str) -> int:
    """How deep the deepest tag lies."""
    deepest = here = 0
    for close in re.findall(r"<(/?)(?!br|hr)\w+[^>]*>", html):
        here += -1 if close else 1
        deepest = max(deepest, here)
    return deepest


def test_words_are_shown_as_html():
    html = as_html(EVERYTHING)
    assert isinstance(html, SafeString)
    assert html.split("\n") == [
        "<h3>Till våren</h3>",
        "<p>Sju platser är <strong>upptagna</strong> av dem som fick <em>anställning</em>.",
        'Läs <a href="https://example.se/om?a=1&amp;b=2" rel="noopener noreferrer">mer</a><br>',
        "eller <code>fråga</code>.</p>",
        *["<ul>", "<li>en", "<ul>", "<li>i den</li>", "</ul>", "</li>", "<li>två</li>", "</ul>"],
        *['<ol start="3">', "<li>tre</li>", "<li>fyra</li>", "</ol>"],
        *["<blockquote>", "<p>Vi tar gärna fler.</p>", "</blockquote>"],
        "<hr>",
    ]


def test_words_are_told_in_plain_text():
    assert as_plain(EVERYTHING).split("\n") == [
        *["Till våren", ""],
        "Sju platser är upptagna av dem som fick anställning. Läs mer (https://example.se/om?a=1&b=2)",
        *["eller fråga.", ""],
        *["- en", "  - i den", "- två", ""],
        *["3. tre", "4. fyra", ""],
        *["> Vi tar gärna fler.", ""],
        "---",
    ]


def test_words_are_a_tree_that_json_can_hold():
    tree = as_blocks(EVERYTHING)
    assert json.loads(json.dumps(tree)) == tree
    heading, paragraph, points, numbered, quote, rule = tree
    assert heading == {"kind": "heading", "level": 3, "inline": [{"kind": "text", "text": "Till våren"}]}
    assert paragraph["inline"][1] == {"kind": "strong", "inline": [{"kind": "text", "text": "upptagna"}]}
    assert paragraph["inline"][3] == {"kind": "emph", "inline": [{"kind": "text", "text": "anställning"}]}
    assert [run["kind"] for run in paragraph["inline"][4:]] == ["text", "text", "text", "link", "break", *["text"] * 3]
    assert not points["ordered"]
    assert [[block["kind"] for block in item] for item in points["items"]] == [["paragraph", "list"], ["paragraph"]]
    assert (numbered["ordered"], numbered["start"], len(numbered["items"])) == (True, 3, 2)
    assert [block["kind"] for block in quote["blocks"]] == ["paragraph"]
    assert rule == {"kind": "rule"}


def test_no_words_are_nothing():
    for empty in ("", " \n\t\n"):
        assert (as_html(empty), as_plain(empty), as_blocks(empty)) == ("", "", [])


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_no_markdown_stands_as_it_was_typed(typed):
    shown = re.sub(r"</?p>", "", as_html(typed))
    assert "<" not in shown
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == typed
    assert as_plain(typed) == typed
    assert said(*as_blocks(typed)).replace(r"\"", '"') == typed


def test_a_backslash_is_a_backslash_before_a_letter():
    assert as_plain(r"C:\kansli \* \\") == r"C:\kansli * " + "\\"


@pytest.mark.parametrize("address", ["https://example.se/å", "http://example.se", "mailto:k@example.se"])
def test_links_lead_to_pages_and_letters(address):
    (link,) = runs(f"[mer]({address})")
    assert as_html(f"[mer]({address})") == f'<p><a href="{link["address"]}" rel="noopener noreferrer">mer</a></p>'
    assert link["address"] == address.replace("å", "%C3%A5")
    assert as_plain(f"[mer]({address})") == f"mer ({link['address'].removeprefix('mailto:')})"


@pytest.mark.parametrize("address", ["https://example.se/å", "k@example.se"])
def test_a_link_whose_words_are_its_address_is_told_once(address):
    (link,) = runs(f"<{address}>")
    assert link["told"] == ""
    assert as_plain(f"<{address}>") == address
    assert as_html(f"<{address}>").count(">" + address + "<") == 1


def test_the_kind_of_an_address_may_be_in_capitals():
    assert runs("[mer](HTTPS://example.se)")[0]["kind"] == "link"


def test_a_link_without_words_has_its_address_for_words():
    for typed in (
        "[](https://example.se)",
        "[ ](https://example.se)",
        "[![bild](https://x.se/b.png)](https://example.se)",
    ):
        assert ">https://example.se</a>" in as_html(typed).replace("> ", ">")
        assert as_plain(typed).strip() == "https://example.se"


def test_an_address_too_long_for_any_reader_is_no_link():
    typed = f"[mer](https://example.se/{'a' * 3_000})"
    assert "<a" not in as_html(typed)
    assert as_plain(typed) == typed


@pytest.mark.parametrize("address", ["https://x.se/b.png", "data:image/png;base64,AAAA", "/b.png", "javascript:x"])
def test_pictures_are_left_out(address):
    assert as_html(f"Före ![alt *text*]({address} 'titel') efter") == "<p>Före  efter</p>"
    assert as_plain(f"Före ![alt]({address}) efter") == "Före  efter"
    assert as_html(f"![alt]({address})") == ""
    assert as_blocks(f"# ![alt]({address})") == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# a", [3]),
        ("## a", [3]),
        ("###### a", [3]),
        ("# a\n## b", [3, 4]),
        ("# a\n### b\n# c", [3, 4, 3]),
        ("# a\n## b\n### c\n#### d\n##### e", [3, 4, 5, 6, 6]),
        ("- # a\n- ## b", [3, 4]),
        ("a\n===\n\nb\n---", [3, 4]),
        ("#\n## \n### a", [3]),
    ],
)
def test_headings_follow_those_of_the_page_and_skip_none(typed, shown):
    assert [int(level) for level in re.findall(r"<h(\d)>", as_html(typed))] == shown
    assert [int(level) for level in re.findall(r'"level": (\d)', json.dumps(as_blocks(typed)))] == shown


def test_code_is_plain_text():
    typed = '```python\n#read("x")\n\n  in\n```'
    assert as_plain(typed) == '#read("x")\n\n  in'
    assert [run["kind"] for run in runs(typed)] == ["text", "break", "break", "text"]
    assert as_html(typed) == '<pre><code>#read("x")\n\n  in\n</code></pre>'


def test_words_set_in_by_hand_are_no_code():
    assert as_html("    Indraget") == "<p>Indraget</p>"


def test_a_quote_is_told_line_by_line():
    assert as_plain("> ett\n>\n> två\n>> tre") == "> ett\n>\n> två\n>\n> > tre"


def test_a_tree_has_no_empty_pieces():
    assert runs("***a***") == [{"kind": "emph", "inline": [{"kind": "strong", "inline": runs("a")}]}]


def test_strong_in_strong_is_strong():
    assert as_html("**a **b** *c* d**") == "<p><strong>a b <em>c</em> d</strong></p>"
    assert as_html("**a** *b*") == "<p><strong>a</strong> <em>b</em></p>"


@pytest.mark.parametrize("typed", DEEP, ids=range(len(DEEP)))
def test_words_nested_by_the_thousand_are_not_deep(typed):
    assert depth(as_html(typed)) <= 25
    assert depth(re.sub(r"[^{}]", "", json.dumps(as_blocks(typed))).replace("{", "<p>").replace("}", "</p>")) <= 25
    assert isinstance(as_plain(typed), str)


def test_html_is_cleaned_whatever_the_parser_lets_through():
    hostile = '<p onclick="x" style="color:red">a<script>b</script><img src="https://x.se"><a href="javascript:x">c</a>'
    assert cleaned(hostile + '<a href="/d" target="_top">d</a><svg onload=x></svg><iframe src="x"></iframe>') == (
        '<p>a<a rel="noopener noreferrer">c</a><a rel="noopener noreferrer">d</a></p>'
    )
