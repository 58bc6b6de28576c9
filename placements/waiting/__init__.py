"""What waits among the places, told for one reader."""

from placements.waiting.lines import lines

__all__ = ["lines"]
