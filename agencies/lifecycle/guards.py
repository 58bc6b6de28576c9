"""What several verbs refuse, in words."""

from collections.abc import Callable

from agencies.models import Agency
from agencies.permissions import may_own_steps
from praktik.accounts.models import User
from praktik.records import LifecycleError

# Other rooms say here what keeps an agency in use: each answers with the rule in words, or nothing.
keeps_in_use: list[Callable[[Agency], str]] = []


def refuse(why: str, field: str = "") -> None:
    """Raise LifecycleError with the rule, unless there is none that stands in the way. `field` is what broke it."""
    if why:
        raise LifecycleError(why, field=field)


def refuse_owner(user: User) -> None:
    """Raise LifecycleError unless the user may own next steps."""
    if not may_own_steps(user):
        raise LifecycleError(f"{user} kan inte ha hand om steg.")


def agency_in_use(pk: int, before: str, field: str = "") -> Agency:
    """The agency, locked; LifecycleError when it is archived. `before` says what was to be done: "loggar en dialog"."""
    agency: Agency = Agency.objects.select_for_update().get(pk=pk)
    if agency.archived_on:
        raise LifecycleError(f"{agency} är arkiverad. Återställ myndigheten innan du {before}.", field=field)
    return agency
