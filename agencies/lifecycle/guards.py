"""What several verbs refuse, in words."""

from collections.abc import Callable

from agencies.models import Agency, Office
from agencies.permissions import may_own_steps
from agencies.readers import is_reading_officer, readers_among
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.records import LifecycleError
from praktik.swedish import sort_key

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


def last_reader(user: User) -> dict[str, str]:
    """What keeps a user as they are: letters of an open office that nobody else reads. The rule, by field.

    Asked about the user as they are to be saved; locks the offices, so that of two last readers one stays.
    """
    if is_reading_officer(user):
        return {}
    offices = Office.objects.open(on=clock.today()).filter(officers=user.pk).prefetch_related("officers")
    unread = []
    for office in offices.select_for_update(of=("self",)).order_by("pk"):
        officers = office.officers.all()
        others = [each for each in officers if each.pk != user.pk]
        if readers_among(office, officers) and not readers_among(office, others):
            unread.append(office.name)
    if not unread:
        return {}
    field = "is_active" if not user.is_active else "role" if user.role != Role.CASE_OFFICER else "email"
    names = ", ".join(sorted(unread, key=sort_key))
    return {field: f"Då läser ingen breven till {names}. Ange först en adress för brev eller en handläggare till där."}
