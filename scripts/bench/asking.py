"""Asking pages by turns, in small slices, so that what else the machine does hits all of them alike."""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench.client import Answer, Browser, PageError, checked
from bench.counting import ASKED, SQL, WORKER
from bench.pages import FLOORS, WRITES, Page
from bench.server import Server, as_in_image
from bench.writing import window, write

SLICE = 0.25
"""Seconds that one page is asked before it is another's turn."""
_SEEN = 2  # times that each process has answered before anything is timed
_CONNECTIONS = 60  # after so many it is told that a process does not answer
_COUNTED = 3  # answers whose queries are counted


@dataclass(frozen=True)
class Look:
    """What one page is: its queries, their milliseconds, and its size in bytes, unpacked and as sent."""

    queries: int
    sql_ms: float
    html_bytes: int
    sent_bytes: int


Key = tuple[str, int, int]
"""Page, scale, concurrency."""
Samples = dict[Key, list[float]]


def ask(browser: Browser, server: Server, page: Page, turn: int, **more: str) -> Answer:
    """Ask once, for a page or for something to be written."""
    if page in WRITES:
        return write(browser, server, page, turn, **more)
    return checked(browser.get(page.at(server.found), **more), f"{page.name}, scale {server.scale}")


def look(server: Server, page: Page) -> Look:
    """Ask until every process has answered often enough; then see what the page takes of the database."""
    seen: Counter[int] = Counter()
    expected = int(as_in_image()["GRANIAN_WORKERS"])
    counted: list[Answer] = []
    while len(seen) < expected or min(seen.values()) < _SEEN or len(counted) < _COUNTED:
        if sum(seen.values()) >= _CONNECTIONS:
            raise PageError(f"{page.name}: only {len(seen)} of {expected} processes answer")
        with Browser(server.port, server.jars[page.role]) as browser:
            answer = ask(browser, server, page, seen.total(), **{ASKED: "1"})
        seen[int(answer.headers[WORKER])] += 1
        counted.append(answer)
    server.workers |= set(seen)
    last = counted[-_COUNTED:]
    if page not in WRITES:
        _is_it(last[-1].html, page)
    return Look(
        queries=int(median(int(each.headers[ASKED]) for each in last)),
        sql_ms=round(median(float(each.headers[SQL]) for each in last) * 1000, 2),
        html_bytes=0 if page in WRITES else len(last[-1].html.encode()),
        sent_bytes=len(last[-1].body),
    )


def _is_it(html: str, page: Page) -> None:
    """A page of the house has a heading and a way out for whoever is logged in; a search has found something."""
    wanted = ["<h1"] + ([] if page in FLOORS else ["/logga-ut/"])
    wanted += ["<mark>"] if page.name.startswith("search") else []
    for each in wanted:
        if each not in html:
            raise PageError(f"{page.name}: there is no {each} in it")


def one_slice(server: Server, page: Page, concurrency: int, seconds: float = SLICE) -> list[float]:
    """The seconds of every answer that so many at once get within the time, each at least one."""
    taken: list[float] = []
    failed: list[BaseException] = []
    ready = threading.Barrier(concurrency)

    def go(number: int) -> None:
        try:
            jar = window(server, page) if page in WRITES else server.jars[page.role]
            with Browser(server.port, jar) as browser:
                ready.wait()
                until, turn = time.perf_counter() + seconds, number
                while turn == number or time.perf_counter() < until:
                    taken.append(ask(browser, server, page, turn).seconds)
                    # Nobody writes to what another one writes to at the same time.
                    turn += concurrency
        except BaseException as error:  # told by the thread that waits
            ready.abort()
            failed.append(error)

    _at_once(go, concurrency)
    if failed:
        raise next((each for each in failed if not isinstance(each, threading.BrokenBarrierError)), failed[0])
    return taken


def _at_once(go: Callable[[int], None], concurrency: int) -> None:
    threads = [threading.Thread(target=go, args=(number,), daemon=True) for number in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def by_turns(
    servers: list[Server], pages: list[Page], concurrencies: list[int], seconds: float, tell: Callable[[int, int], None]
) -> Samples:
    """Ask every page on every server in rounds of slices, for so many seconds each in all."""
    samples: Samples = defaultdict(list)
    rounds = max(1, round(seconds / SLICE))
    for number in range(rounds):
        tell(number + 1, rounds)
        for page in pages:
            for concurrency in concurrencies:
                for server in servers:
                    samples[page.name, server.scale, concurrency] += one_slice(server, page, concurrency)
    return samples


def warm(servers: list[Server], pages: list[Page]) -> dict[tuple[str, int], Look]:
    """Every page seen by every process, and what each takes."""
    return {(page.name, server.scale): look(server, page) for page in pages for server in servers}
