"""A person's worklist as a mail: the most urgent first, under the headings of its kinds, each line a link."""

from collections import defaultdict
from datetime import date

from django.urls import reverse

from praktik.accounts.models import User
from praktik.templatetags.swedish_words import number_of
from praktik.waiting import Item, Kind
from praktik.worklist import Worklist
from reports.mail import Group, Listing, Row
from reports.notices import composed

MOST = 40
"""So many things are told one by one; of the others only how many they are."""


def message_of(user: User, *, on: date) -> str:
    """The composed message; empty when nothing waits.

    New is what came since the person's last visit: the mail is for those who have not been here.
    """
    found = Worklist(user, on=on, seen=user.visited_at)
    if not found.total:
        return ""
    title = in_short(found.total, found.late)
    listing = Listing(
        title=title,
        lead=(f"Det här väntar på dig {on.isoformat()}, det mest brådskande först.",),
        groups=tuple(_groups(found)),
        why="Du får mejlet för att du har valt det på din kontosida.",
        way="Ändra dagar eller stäng av mejlet",
        way_url=f"{reverse('account')}#mejl",
    )
    return composed(listing, subject=title)


def in_short(number: int, late: int) -> str:
    """`7 saker väntar, 2 är försenade`."""
    waits = f"{number_of(number, 'sak,saker')} väntar"
    return f"{waits}, {number_of(late, 'är försenad,är försenade')}" if late else waits


def _groups(found: Worklist) -> list[Group]:
    shown: dict[Kind, list[Item]] = defaultdict(list)
    for item in found.items(most=MOST):
        shown[item.kind].append(item)
    numbers = dict(found.kinds)
    # First the kinds in the order of urgency of what they have, then those that found no room.
    kinds = [*shown, *(kind for kind in numbers if kind not in shown)]
    return [_group(kind, shown.get(kind, []), numbers.get(kind, 0)) for kind in kinds]


def _group(kind: Kind, items: list[Item], number: int) -> Group:
    left = number - len(items)
    more = (f"och {left} till" if items else f"Visa {left}") if left > 0 else ""
    return Group(
        heading=f"{kind.label} ({number})",
        rows=tuple(map(_row, items)),
        more=more,
        more_url=f"{reverse('start')}?slag={kind.code}",
    )


def _row(item: Item) -> Row:
    return Row(what=item.what, url=item.url, said=item.said, where=item.where, late=item.look == "late")
