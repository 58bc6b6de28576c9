"""Addresses of pages by their names, as `reverse` gives them, for pages that have a hundred of them.

Django looks through its patterns anew for every address, and a list has several in each row. What stands around the
keys is the same in all of them, so that is asked for once.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

_PLACE = 1_234_567_890_123_456_789
"""Stands where a key is to stand; no address has it by itself."""


def address(name: str, *keys: Any) -> str:
    """The address of a page; raises NoReverseMatch when there is none of that name with such keys."""
    where = (get_script_prefix(), settings.ROOT_URLCONF)
    if len(keys) == 1 and type(keys[0]) is int and keys[0] >= 0:
        around = _around(name, *where)
        if around is not None:
            return f"{around[0]}{keys[0]}{around[1]}"
    return _whole(name, keys, *where)


@lru_cache(maxsize=1_000)
def _around(name: str, prefix: str, urls: str) -> tuple[str, str] | None:
    """What stands before and after the key in an address; None where not every number is one, as of years."""
    with suppress(NoReverseMatch):
        before, _, after = reverse(name, args=[_PLACE]).partition(str(_PLACE))
        return before, after
    return None


@lru_cache(maxsize=1_000)
def _whole(name: str, keys: tuple[Any, ...], prefix: str, urls: str) -> str:
    """An address without keys, or with others than one number."""
    return reverse(name, args=keys)
