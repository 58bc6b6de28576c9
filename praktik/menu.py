"""The main menu: one list of where each role goes, and which of its entries a page belongs to."""

from dataclasses import dataclass
from typing import Any

from praktik.addresses import address


@dataclass(frozen=True)
class Entry:
    """One word of the menu."""

    label: str
    name: str
    """The address it leads to."""
    permission: str = ""
    """Whoever lacks it does not see the word; without one, everybody does."""
    unless: str = ""
    """Whoever holds this permission goes elsewhere."""
    pages: tuple[str, ...] = ()
    """Beginnings of the names of the addresses that belong to it, its own besides."""


_STEPS, _PLACES = "agencies.view_nextstep", "placements.hand_over_placement"
MENU = (
    Entry("Att göra", "start", _STEPS),
    Entry("Start", "start", unless=_STEPS),
    Entry("Platser", "placements:open-places", "placements.view_placement", _PLACES, pages=("placements:",)),
    Entry("Myndigheter", "agencies:agency-list", "agencies.view_agency", pages=("agencies:",)),
    Entry("Platser", "placements:placement-list", _PLACES, pages=("placements:",)),
    Entry(
        "Order", "placements:order-list", "placements.view_placement", pages=("placements:order", "placements:answer")
    ),
    Entry("Överlämningar", "placements:handover-list", "placements.work_placement", pages=("placements:handover",)),
    Entry("Kontor", "agencies:office-list", "agencies.view_office", pages=("agencies:office",)),
    Entry("Brev", "reports:letter-list", "reports.view_letter", pages=("reports:letter", "reports:delivery")),
    Entry("Resultat", "reports:results", "reports.read_results", pages=("reports:",)),
    Entry("Månadsrapporter", "reports:month-list", "reports.read_results", _PLACES, pages=("reports:month",)),
    Entry("Administration", "admin:index", "accounts.view_user", pages=("admin:",)),
)


@dataclass(frozen=True)
class Shown:
    """One word as the reader gets it; `current` is `page`, `true` for a page below it, or empty."""

    label: str
    url: str
    current: str
    number: int = 0
    """How much waits there."""


def _belongs(entry: Entry, at: str) -> int:
    """How closely a page belongs to an entry: the length of what their names share, 0 for not at all."""
    return max((len(start) for start in (entry.name, *entry.pages) if at.startswith(start)), default=0)


def menu(user: Any, at: str, waits: int = 0) -> list[Shown]:
    """The menu of one reader on the page whose address has the name `at`; `waits` is how much waits at the start."""
    mine = [
        entry
        for entry in MENU
        if (not entry.permission or user.has_perm(entry.permission))
        and not (entry.unless and user.has_perm(entry.unless))
    ]
    closest = max(mine, key=lambda entry: _belongs(entry, at), default=None)
    shown = []
    for entry in mine:
        here = entry is closest and _belongs(entry, at) > 0
        current = ("page" if at == entry.name else "true") if here else ""
        shown.append(Shown(entry.label, address(entry.name), current, waits if entry.name == "start" else 0))
    return shown
