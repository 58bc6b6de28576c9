"""What waits among the places, told for one reader."""

from placements.waiting.rules import lines

__all__ = ["lines"]
