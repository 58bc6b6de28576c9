"""Who takes part: the county's agencies with made-up people, sizes and how much was said with each.

Over the whole cast there are 110 people and 600 talks; the tests hold these sums.
"""

from praktik.demo.cast.administration import ADMINISTRATION
from praktik.demo.cast.field import FIELD
from praktik.demo.cast.justice import JUSTICE
from praktik.demo.cast.profile import Profile, Seat

__all__ = ["PROFILES", "Profile", "Seat"]

PROFILES: tuple[Profile, ...] = tuple(sorted((*ADMINISTRATION, *FIELD, *JUSTICE), key=lambda each: each.name))
