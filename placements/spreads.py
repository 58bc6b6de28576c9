"""Of several numbers of days: how many there are, the middle, and the longest.

The days come as a histogram, from which the median and the 90th percentile are read exactly.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Of several numbers of days."""

    number: int
    median: float | None
    most: int | None
    """The 90th percentile: nine of ten took so many days or fewer."""
    longest: int | None


def spread(days: dict[int, int]) -> Spread:
    """The median, the 90th percentile (nearest rank) and the longest of a histogram: days → how many."""
    number = sum(days.values())
    if not number:
        return Spread(0, None, None, None)
    middle = (_ranked(days, (number + 1) // 2) + _ranked(days, number // 2 + 1)) / 2
    return Spread(number, middle, _ranked(days, -(-number * 9 // 10)), max(days))


def _ranked(days: dict[int, int], rank: int) -> int:
    """The number of days that stands at a rank, the shortest first."""
    seen = 0
    for length in sorted(days):
        seen += days[length]
        if seen >= rank:
            return length
    raise ValueError(f"No rank {rank} among {seen}")
