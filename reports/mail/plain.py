"""A letter as plain text, for whoever reads it so: lines that wrap, headings underlined, tables as lists."""

from collections.abc import Iterator
from textwrap import fill

from reports.letters import Content, Part
from reports.mail.reason import why
from reports.shape import NBSP, Table
from reports.words import as_plain

WIDTH = 76
"""Letters on a line, as RFC 5322 (2.1.1) has it and a little less."""


def as_mail_text(content: Content, kind: str, *, site: str, address: str = "") -> str:
    """The letter in plain text; `site` and `address` as of the HTML."""
    blocks = [
        f"{content.title.upper()}\n{content.organisation}. Läget {content.day.isoformat()}.",
        _wrapped(as_plain(content.intro)),
        *(block for part in content.parts for block in _part(part)),
        "\n".join(["-- ", *content.sender, content.organisation]),
        _wrapped(why(kind)) + (f"\nLäs brevet i Praktik: {site}{address}" if address else ""),
    ]
    return "\n\n".join(filter(None, blocks)).replace(NBSP, " ") + "\n"


def _part(part: Part) -> Iterator[str]:
    heading = fill(part.heading.upper(), WIDTH)
    yield f"\n{heading}\n{'-' * max(map(len, heading.split(chr(10))))}"
    yield _wrapped(as_plain(part.words))
    yield from map(_table, part.tables)
    if not part.tells:
        yield part.nothing


def _table(table: Table) -> str:
    lines = [table.title]
    for _, cells in table.texts():
        first, *rest = [
            said if place == 0 else f"{column.heading}: {said}" for place, (column, _, said) in enumerate(cells)
        ]
        lines.append(_line(f"- {first}. {'. '.join(rest)}".rstrip(". ")))
    return "\n".join([*lines, *([fill(table.note, WIDTH)] if table.note else [])])


def _wrapped(text: str) -> str:
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    """One line, broken where it is long; what belongs to a list or a quotation stays under it."""
    content = line.lstrip(" ")
    indent = line[: len(line) - len(content)]
    mark = content.split(" ", 1)[0] if content[:2] in ("- ", "> ") else ""
    hanging = indent + ("> " if mark == ">" else " " * (len(mark) + 1) if mark else "")
    return fill(line, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
