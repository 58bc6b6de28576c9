"""Chance that falls the same way every time."""

from random import Random


def dice(purpose: str) -> Random:
    """A generator of its own for each purpose: what one chapter draws changes nothing in another."""
    return Random(purpose)  # noqa: S311  (a story, not a secret)
