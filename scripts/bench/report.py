"""The figures as a table, as JSON, and in the documentation between two marks."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.figures import growth, judged, row_of

BEGIN, END = "<!-- table -->", "<!-- /table -->"
_NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown that can be read as it stands: the first column to the left, figures to the right."""
    widths = [max(len(row[number]) for row in (head, *rows)) for number in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(cells)} |"

    rule = "|".join("-" * (width + 1) + (":" if number else "-") for number, width in enumerate(widths))
    return "\n".join([line(head), f"|{rule}|", *(line(row) for row in rows)])


def _number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:,.{digits}f}".replace(",", "\u00a0")


def _cells(result: Mapping[str, Any], page: str, scale: int) -> list[str]:
    """Middle, 95 of 100, times the floor, answers in a second at the highest concurrency, queries, SQL and size."""
    most = max(row["concurrency"] for row in result["rows"])
    row = row_of(result["rows"], page, scale) or {}
    many = row_of(result["rows"], page, scale, most) or {}
    look: Mapping[str, Any] = next(
        (each for each in result["looks"] if (each["page"], each["scale"]) == (page, scale)), {}
    )
    return [
        _number(row.get("p50_ms")),
        _number(row.get("p95_ms")),
        _number(row.get("ratio"), 2),
        _number(many.get("per_second")),
        _number(look.get("queries"), 0),
        _number(look.get("sql_ms")),
        _number(look.get("html_bytes", 0) / 1000 or None),
        _number(look.get("sent_bytes", 0) / 1000 or None),
    ]


def table(result: Mapping[str, Any]) -> str:
    """The pages of one kind of database: a table for each scale, with growth in the last."""
    scales = sorted({row["scale"] for row in result["rows"]})
    pages = list(dict.fromkeys(row["page"] for row in result["rows"]))
    most = max(row["concurrency"] for row in result["rows"])
    head = ["page", "p50 ms", "p95 ms", "× floor", f"per s, {most} at once", "queries", "SQL ms", "HTML kB", "sent kB"]
    parts = []
    for scale in scales:
        grown = scale == scales[-1] and len(scales) > 1
        rows = [
            [page, *_cells(result, page, scale)] + ([_number(growth(result["rows"], page), 2)] if grown else [])
            for page in pages
        ]
        told = f"{_NAMES[result['database']]}, scale {scale}"
        parts.append(f"{told}\n\n{_table([*head, *(['growth'] if grown else [])], rows)}")
    return "\n\n".join(parts)


def besides(result: Mapping[str, Any]) -> str:
    """What is told below the tables: filling, memory, and what it ran on."""
    lines = [
        f"- scale {each['scale']}: {each['size_mib']} MiB, {each['agencies']} agencies, {each['dialogues']} dialogues, "
        f"{each['places']} places; filled in {each['seconds']:.0f} s with at most {each['peak_mib']:.0f} MiB"
        for each in result["databases"]
    ]
    lines += [
        f"- scale {each['scale']}, process {each['worker']}: {each['now_mib']} MiB, at most {each['peak_mib']} MiB "
        f"(while checking passwords {each['login_peak_mib']} MiB)"
        for each in result["memory"]
    ]
    return "\n".join(lines)


def machine(facts: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> str:
    """One line of what it all ran on."""
    versions = [f"{_NAMES[each['database']]} {each['databases'][0]['version']}" for each in results]
    return (
        f"{facts['date']}: {facts['processor']}, {facts['cores']} cores, {facts['memory_gib']} GiB, {facts['system']};"
        f" Python {facts['python']}, Django {facts['django']}, granian {facts['granian']}, {', '.join(versions)}"
    )


def limits(result: Mapping[str, Any]) -> str:
    """Which figures are within their limits: the missed ones by name, the met ones by number."""
    found = judged(result)
    missed = [each for each in found if not each.met]
    lines = [f"{_NAMES[result['database']]}: {len(found) - len(missed)} of {len(found)} figures within their limits"]
    lines += [
        f"- missed: {each.what}: {each.figure:g} (limit {each.limit:g})"
        for each in sorted(missed, key=lambda one: -one.figure / one.limit)
    ]
    return "\n".join(lines)


def text(facts: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> str:
    """Everything, as it is printed and as it stands in the documentation."""
    parts = [machine(facts, results)]
    for result in results:
        parts += [table(result), besides(result), limits(result)]
    return "\n\n".join(parts)


def between_marks(document: str, words: str) -> str:
    """The document with the words between its two marks. ValueError when it has not both, once and in order."""
    before, begun, rest = document.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended or BEGIN in rest or END in after:
        raise ValueError(f"There has to be one {BEGIN} and, after it, one {END}.")
    return f"{before}{BEGIN}\n\n{words}\n\n{END}{after}"
