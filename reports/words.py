"""The coordinator's words: Markdown (CommonMark) in, made safe for a page, for a letter in plain text and for paper."""

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import unquote

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

Block = dict[str, Any]
"""A paragraph, heading, list, quote or rule, by its `kind`; see `as_blocks`."""
Run = dict[str, Any]
"""A piece of a line, by its `kind`; see `as_blocks`."""

HIGHEST = 3  # the level of the words' first headings where nobody says otherwise: the page's own are h1 and h2
LOWEST = 6
ADDRESSES = ("http://", "https://", "mailto:")
LONGEST_ADDRESS = 2_000  # characters; browsers and PDF readers differ above that
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
ALLOWED = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "pre", "code", "hr"} | _HEADINGS


@lru_cache(maxsize=200)  # words that were published never change, and are read again and again
def as_html(text: str, highest: int = HIGHEST) -> SafeString:
    """The words for a page, whose first headings are of the level `highest`.

    Tags in them stand as they were typed; pictures are left out.

    Headings never skip a level; links lead to http, https and mailto only, what else looks like
    a link stands as typed. What is nested deeper than twenty levels is left out, here as in the other two.
    """
    return cleaned(_markdown(highest).render(text))


def cleaned(html: str) -> SafeString:
    """HTML with only the tags, attributes and addresses that words may have: whatever the parser lets through."""
    kept = nh3.clean(
        html,
        tags=ALLOWED,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={address.partition(":")[0] for address in ADDRESSES},
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
    return mark_safe(kept.strip())


def as_plain(text: str) -> str:
    """The words as plain text: a link is told as `text (address)`, a list with dashes or numbers."""
    return "\n\n".join(_said(block) for block in as_blocks(text))


def as_blocks(text: str) -> list[Block]:
    """The words as a tree of what JSON can hold, the same words as on a page.

    Blocks: `paragraph` and `heading` (`level` 3–6) with `inline`; `list` with `ordered`, `start` and `items`, each a
    list of blocks; `quote` with `blocks`; `rule`. Inline: `text` with `text`; `strong`, `emph` and `link` with
    `inline`; `break`. A link has its `address`, and as `told` what is to stand beside its words where nobody can click:
    nothing, where the words are the address. Code is plain text.
    """
    return _blocks(SyntaxTreeNode(_markdown().parse(text)).children)


def _markdown(highest: int = HIGHEST) -> MarkdownIt:
    """A parser without tags, references and code by indentation: nothing that is typed may vanish or surprise."""
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["reference", "code"])
    # Whether an address is allowed is asked in `_tidy`, which can show what was typed.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # meant to be replaced
    markdown.core.ruler.push("tidy", partial(_tidy, highest=highest))
    return markdown


def _tidy(state: StateCore, *, highest: int) -> None:
    """Leave out pictures and what is empty, show links that lead astray as typed, and keep the headings' outline."""
    kept: list[Token] = []
    opened = highest - 1
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type not in ("paragraph_open", "heading_open"):
            kept.append(token)
            continue
        inline, close = next(tokens), next(tokens)
        inline.children = list(_shallow(_with_addresses(_readable(inline.children or []))))
        if not _visible(inline.children):
            continue
        if token.type == "heading_open":
            opened = min(int(token.tag[1:]) + highest - 1, opened + 1, LOWEST)
            token.tag = close.tag = f"h{opened}"
        kept += [token, inline, close]
    state.tokens = kept


def _readable(tokens: Sequence[Token]) -> Iterator[Token]:
    """The pieces of a line without pictures, and with the links that are not allowed as they were typed."""
    typed: list[tuple[str, str] | None] = []
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            allowed = address.lower().startswith(ADDRESSES) and len(address) <= LONGEST_ADDRESS
            around = ("<", ">") if token.markup == "autolink" else ("[", f"]({address})")
            typed.append(None if allowed else around)
            yield token if allowed else _text(around[0])
        elif token.type == "link_close":
            shown = typed.pop()
            yield _text(shown[1]) if shown else token
        elif token.type != "image":
            yield token


def _with_addresses(tokens: Iterator[Token]) -> Iterator[Token]:
    """The pieces of a line, where a link without words has its address for words."""
    link: Token | None = None
    inside: list[Token] = []
    for token in tokens:
        if token.type == "link_open":
            link, inside = token, []
        elif token.type == "link_close" and link:
            if not _visible(inside):
                yield _text(_bare(str(link.attrs["href"])))
            link = None
        inside.append(token)
        yield token


def _shallow(tokens: Iterator[Token]) -> Iterator[Token]:
    """The pieces of a line without strong in strong and emphasis in emphasis, however deep somebody nests them."""
    depth = {"strong": 0, "em": 0}
    for token in tokens:
        if token.tag in depth:
            outermost = depth[token.tag] == (0 if token.nesting > 0 else 1)
            depth[token.tag] += token.nesting
            if not outermost:
                continue
        yield token


def _visible(tokens: Sequence[Token]) -> bool:
    return any(token.content.strip() for token in tokens)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _bare(address: str) -> str:
    return address.removeprefix("mailto:")


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
    return [_block(node) for node in nodes]


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "paragraph":
            return {"kind": "paragraph", "inline": _line(node.children[0].children)}
        case "heading":
            return {"kind": "heading", "level": int(node.tag[1:]), "inline": _line(node.children[0].children)}
        case "bullet_list" | "ordered_list":
            return {
                "kind": "list",
                "ordered": node.type == "ordered_list",
                "start": int(node.attrs.get("start", 1)),
                "items": [_blocks(item.children) for item in node.children],
            }
        case "blockquote":
            return {"kind": "quote", "blocks": _blocks(node.children)}
        case "hr":
            return {"kind": "rule"}
        case _:  # a code block
            return {"kind": "paragraph", "inline": _lines_of_code(node.content)}


def _line(nodes: Sequence[SyntaxTreeNode]) -> list[Run]:
    return [run for run in map(_run, nodes) if run.get("text") != ""]


def _run(node: SyntaxTreeNode) -> Run:
    match node.type:
        case "strong":
            return {"kind": "strong", "inline": _line(node.children)}
        case "em":
            return {"kind": "emph", "inline": _line(node.children)}
        case "link":
            inline, address = _line(node.children), str(node.attrs["href"])
            known = "".join(map(_spoken, inline)).strip() in (_bare(address), unquote(_bare(address)))
            return {"kind": "link", "address": address, "told": "" if known else _bare(address), "inline": inline}
        case "hardbreak":
            return {"kind": "break"}
        case "softbreak":
            return {"kind": "text", "text": " "}
        case _:  # text, or code within a line
            return {"kind": "text", "text": node.content}


def _lines_of_code(code: str) -> list[Run]:
    runs: list[Run] = []
    for line in code.removesuffix("\n").split("\n"):
        runs += [{"kind": "break"}, *([{"kind": "text", "text": line}] if line else [])]
    return runs[1:]


def _said(block: Block) -> str:
    match block["kind"]:
        case "list":
            return "\n".join(_item(block, number) for number in range(len(block["items"])))
        case "quote":
            return _indented("\n\n".join(map(_said, block["blocks"])), "> ", "> ")
        case "rule":
            return "---"
        case _:
            return "".join(map(_spoken, block["inline"]))


def _item(block: Block, number: int) -> str:
    mark = f"{block['start'] + number}. " if block["ordered"] else "- "
    return _indented("\n".join(map(_said, block["items"][number])), mark, " " * len(mark))


def _indented(text: str, first: str, following: str) -> str:
    lines = enumerate(text.split("\n"))
    return "\n".join(((following if place else first) + line).rstrip() for place, line in lines)


def _spoken(run: Run) -> str:
    match run["kind"]:
        case "text":
            return str(run["text"])
        case "break":
            return "\n"
        case "link":
            text = "".join(map(_spoken, run["inline"]))
            return f"{text} ({run['told']})" if run["told"] else text
        case _:
            return "".join(map(_spoken, run["inline"]))
