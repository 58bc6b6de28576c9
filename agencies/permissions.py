"""Who may? Named predicates over a user and an object."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from praktik.accounts.models import User


OWNS_STEPS = "agencies.change_nextstep"


def may_read_notes(user: "User") -> bool:
    """Notes of dialogues are the coordinator's: a case officer sees that a dialogue was held, not what was said."""
    return user.has_perm("agencies.read_notes")


def may_own_steps(user: "User") -> bool:
    """Who can be the owner of a next step: whoever may change it."""
    return user.is_active and user.has_perm(OWNS_STEPS)
