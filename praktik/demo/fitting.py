"""Which sentences suit an agency: a court has no HR department, and nine people no units."""

import re
from functools import lru_cache

from agencies.choices import ContactRole
from praktik.demo.cast import Profile
from praktik.demo.hindrances import HINDRANCES

# Fewer employees in the county than this are not divided into units.
_SMALL = 60
_WORDS_OF_UNITS = r"\b([Ee]nhet\w*|chefer|chefsmöte\w*|[Ll]edningsgrupp\w*|intranät\w*|[Ff]acke\w*)\b"
_WORDS_OF_HR = r"\bHR\b"
_WORDS_OF_SUPERIORS = r"\b([Cc]hef|[Cc]hefen|[Ll]edning\w*|[Hh]uvudkontor\w*)\b"


def is_willing(profile: Profile) -> bool:
    """Whether the agency takes somebody on; the others are held back by something."""
    return profile.name not in HINDRANCES


@lru_cache(maxsize=5_000)
def fitting(stock: tuple[str, ...], profile: Profile) -> tuple[str, ...]:
    """The sentences of a stock that suit the agency, without their marks (see `praktik.demo.phrases`)."""
    other = "-" if is_willing(profile) else "+"
    unfit = _unfit(profile)
    plain = (sentence.lstrip("+- ") for sentence in stock if not sentence.startswith(other))
    return tuple(sentence for sentence in plain if not (unfit and re.search(unfit, sentence)))


def _unfit(profile: Profile) -> str:
    roles = {seat.role for seat in profile.seats}
    words = []
    if profile.employees < _SMALL:
        words.append(_WORDS_OF_UNITS)
    if ContactRole.HR not in roles:
        words.append(_WORDS_OF_HR)
    if ContactRole.HEAD in roles or profile.is_whole:
        words.append(_WORDS_OF_SUPERIORS)
    return "|".join(words)
