"""The command line: what is measured, in which order, and where it is told."""

import argparse
import json
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from private_postgres import NoPostgres, leave_in_order

from bench import report
from bench.asking import Samples, by_turns, look, warm
from bench.client import PageError
from bench.databases import POSTGRESQL, ROOT, SQLITE, FillError, filled
from bench.figures import figures, floors_of
from bench.machine import facts, forget_peak, memory
from bench.pages import AFTERS, BARE, FLOORS, READS, ROWS, WRITES, Page, chosen
from bench.server import Server, serving
from bench.writing import first_after_change
from praktik.demo.running import RunningError

_AFTER_TIMES = 5


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def options(arguments: list[str] | None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser("make bench", description="How fast every page is, in a small and a large county.")
    parser.add_argument("--only", choices=[POSTGRESQL, SQLITE], help="one kind of database")
    parser.add_argument("--scales", type=_numbers, default=[1, 200], help="times a county (1,200)")
    parser.add_argument("--seconds", type=float, default=2, help="for each page, scale and concurrency (%(default)s)")
    parser.add_argument("--concurrency", type=_numbers, default=[1, 4], help="how many ask at once (1,4)")
    parser.add_argument(
        "--pages",
        type=lambda text: text.split(","),
        default=[],
        help="those with one of these words in their names",
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the filled databases there, and use them again")
    parser.add_argument("--hold", action="store_true", help="measure nothing: tell the addresses, wait for Ctrl-C")
    parser.add_argument("--document", action="store_true", help="write the tables into docs/performance.md too")
    return parser.parse_args(arguments)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _hold(servers: list[Server], password: str) -> None:
    for each in servers:
        _say(f"scale {each.scale}: http://127.0.0.1:{each.port}/ on {each.database.url}")
    _say(f"Everybody's password is {password}. Ctrl-C ends it.")
    while True:
        time.sleep(60)


def _measured(servers: list[Server], asked: argparse.Namespace) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of figures, and what each page is."""
    reads, writes = list(chosen(READS, asked.pages)), list(chosen(WRITES, asked.pages))
    rows: list[dict[str, Any]] = []
    looks: list[dict[str, Any]] = []
    # The floor is asked again beside the writes: what is compared is measured side by side.
    for name, pages in (("reading", [*FLOORS, *reads]), ("writing", [ROWS, *writes])):
        if pages == [ROWS]:
            continue
        _say(f"{name}: warming up")
        seen = warm(servers, pages)
        samples = by_turns(
            servers, pages, asked.concurrency, asked.seconds,
            lambda number, of, name=name: _say(f"{name}: round {number} of {of}"),  # type: ignore[misc]  # called at once
        )  # fmt: skip
        again = ROWS.name if name == "writing" else None
        rows += [row for row in figures(samples, floors_of(samples)) if row["page"] != again]
        looks += [
            {"page": page, "scale": scale, **asdict(each)} for (page, scale), each in seen.items() if page != again
        ]
    afters = chosen(AFTERS, asked.pages)
    if afters:
        rows += figures(_after_changes(servers, afters), {})
    return rows, looks


def _after_changes(servers: list[Server], pages: tuple[Page, ...]) -> Samples:
    _say("after a change")
    return {
        (page.name, each.scale, 1): first_after_change(each, page.at(each.found), page.name, _AFTER_TIMES)
        for page in pages
        for each in servers
    }


def measure(vendor: str, asked: argparse.Namespace, work: Path) -> dict[str, Any]:
    """Everything about one kind of database."""
    secret, password = secrets.token_urlsafe(60), secrets.token_urlsafe(18)
    var = work / f"var-{vendor}"
    var.mkdir()
    with (
        filled(vendor, asked.scales, asked.keep.resolve() if asked.keep else work / vendor, var) as databases,
        serving(databases, var, secret, password) as servers,
    ):
        if asked.hold:
            _hold(servers, password)
        logins = _peaks_of_logins(servers)
        rows, looks = _measured(servers, asked)
        return {
            "database": vendor,
            "rows": rows,
            "looks": looks,
            "memory": [
                {"scale": each.scale, "worker": number, **memory(process), "login_peak_mib": logins[process]}
                for each in servers
                for number, process in enumerate(sorted(each.workers), 1)
            ],
            "databases": [_told(each) for each in servers],
        }


def _peaks_of_logins(servers: list[Server]) -> dict[int, float | None]:
    """What each process has held so far: checking a password takes more than any page, on purpose; it is told apart."""
    for each in servers:
        look(each, BARE)
    peaks = {process: memory(process)["peak_mib"] for each in servers for process in each.workers}
    for process in peaks:
        forget_peak(process)
    return peaks


def _told(server: Server) -> dict[str, Any]:
    told = {name: value for name, value in asdict(server.database).items() if name != "url"}
    return {**told, **server.found["database"]}


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for as long as it lasts, which PostgreSQL's own user may pass through too."""
    folder = Path(tempfile.mkdtemp(prefix="praktik-bench-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tell(results: list[dict[str, Any]], document: bool) -> None:
    known = facts()
    words = report.text(known, results)
    print(words)
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    (var / "bench.json").write_text(json.dumps({"facts": known, "results": results}, indent=1) + "\n", "utf-8")
    if document:
        page = ROOT / "docs" / "performance.md"
        page.write_text(report.between_marks(page.read_text("utf-8"), words), "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure and tell; 0 also when figures are missed, 1 when a page or a program fails."""
    asked = options(arguments)
    leave_in_order()
    vendors = [asked.only] if asked.only else [POSTGRESQL, SQLITE]
    try:
        with _folder() as work:
            _tell([measure(vendor, asked, work) for vendor in vendors], asked.document)
    except (PageError, FillError, RunningError, NoPostgres, LookupError, subprocess.SubprocessError) as wrong:
        _say(f"Measuring stopped: {wrong}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0
