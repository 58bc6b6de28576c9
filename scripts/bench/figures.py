"""From seconds to figures, and which of them are within their limits."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.pages import AFTERS, FLOORS, READS, ROWS, SAVING, WRITES

SMALL, LARGE = 1, 200
"""The scales that the limits are about."""
RATIO, RATIO_AT_MOST = 5.0, 8.0
"""Times the floor, at scale 1 and one at a time: what every page keeps within, and what none may pass."""
SAVING_RATIO = 4.0
MEMORY = 120.0
"""MiB of each process at scale 200."""
HTML = 60_000
"""Bytes of a page before it is packed."""


def percentile(values: Iterable[float], share: float) -> float:
    """The value that so large a share (0–1) of them do not pass, between two neighbours when it falls there."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below, above = math.floor(place), math.ceil(place)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def figures(
    samples: Mapping[tuple[str, int, int], list[float]], floors: Mapping[tuple[int, int], float]
) -> list[dict[str, Any]]:
    """One row for each page, scale and concurrency; `floors` are those of `floors_of`."""
    rows = []
    for (page, scale, concurrency), seconds in samples.items():
        middle, floor = percentile(seconds, 0.5), floors.get((scale, concurrency))
        rows.append(
            {
                "page": page,
                "scale": scale,
                "concurrency": concurrency,
                "n": len(seconds),
                "p50_ms": round(middle * 1000, 2),
                "p95_ms": round(percentile(seconds, 0.95) * 1000, 2),
                # Each of those who ask has one question out at a time.
                "per_second": round(concurrency * len(seconds) / sum(seconds), 1),
                "ratio": round(middle / floor, 2) if floor else None,
            }
        )
    return rows


def floors_of(samples: Mapping[tuple[str, int, int], list[float]]) -> dict[tuple[int, int], float]:
    """The floor's middle seconds by scale and concurrency."""
    return {key[1:]: percentile(seconds, 0.5) for key, seconds in samples.items() if key[0] == ROWS.name}


def row_of(rows: Iterable[Mapping[str, Any]], page: str, scale: int, concurrency: int = 1) -> Mapping[str, Any] | None:
    """The row of a page, or None when it was not measured so."""
    wanted = (page, scale, concurrency)
    return next((row for row in rows if (row["page"], row["scale"], row["concurrency"]) == wanted), None)


def growth(rows: Iterable[Mapping[str, Any]], page: str, concurrency: int = 1) -> float | None:
    """Times that a page takes in the large county what it takes in the small one."""
    rows = list(rows)
    small, large = (row_of(rows, page, scale, concurrency) for scale in (SMALL, LARGE))
    return round(large["p50_ms"] / small["p50_ms"], 2) if small and large else None


@dataclass(frozen=True)
class Judged:
    """A figure beside its limit."""

    what: str
    figure: float
    limit: float

    @property
    def met(self) -> bool:
        """Whether it is within."""
        return self.figure <= self.limit


def judged(result: Mapping[str, Any]) -> list[Judged]:
    """Every figure of one kind of database that has a limit."""
    return [*_ratios(result["rows"]), *_growths(result["rows"]), *_sizes(result["looks"]), *_memory(result["memory"])]


def _ratios(rows: list[Mapping[str, Any]]) -> Iterator[Judged]:
    for page in READS:
        row = row_of(rows, page.name, SMALL)
        if row and row["ratio"] is not None:
            beyond = row["ratio"] > RATIO_AT_MOST
            words = f"{page.name}: times the floor{' (and none above 8)' if beyond else ''}"
            yield Judged(words, row["ratio"], RATIO)
    saving = row_of(rows, SAVING.name, SMALL)
    if saving and saving["ratio"] is not None:
        yield Judged(f"{SAVING.name}: times the floor", saving["ratio"], SAVING_RATIO)


def _growths(rows: list[Mapping[str, Any]]) -> Iterator[Judged]:
    for page in READS:
        grown = growth(rows, page.name)
        if page.growth is not None and grown is not None:
            yield Judged(f"{page.name}: growth", grown, page.growth)


def _sizes(looks: list[Mapping[str, Any]]) -> Iterator[Judged]:
    apart = {page.name for page in (*FLOORS, *WRITES, *AFTERS)}
    for each in looks:
        if each["page"] not in apart:
            yield Judged(f"{each['page']}, scale {each['scale']}: bytes of HTML", each["html_bytes"], HTML)


def _memory(processes: list[Mapping[str, Any]]) -> Iterator[Judged]:
    for each in processes:
        for name, words in (("now_mib", "MiB after the run"), ("peak_mib", "MiB at most")):
            if each["scale"] == LARGE and each[name] is not None:
                yield Judged(f"process {each['worker']}, scale {LARGE}: {words}", each[name], MEMORY)
