"""What is said of each agency and of each person in the cast."""

from dataclasses import dataclass
from datetime import date

from agencies.choices import ContactRole


@dataclass(frozen=True)
class Seat:
    """A person at an agency, before anybody has given them a name."""

    role: ContactRole
    title: str
    unit: str = ""
    town: str = ""
    """The municipality's name; empty for the agency's first."""
    left: date | None = None
    """First day without the person."""
    successor: int | None = None
    """Place of the successor among the agency's seats; that person is met about when this one leaves."""


@dataclass(frozen=True)
class Profile:
    """An agency's part in the story. The name is that of the reference data."""

    name: str
    employees: int
    """In the county; made up."""
    talks: int
    """Dialogues over the whole story."""
    tasks: tuple[str, ...]
    """Work that somebody new could do there, as it stands after a colon."""
    seats: tuple[Seat, ...]
    note: str = ""
    first: date | None = None
    """Day of the first dialogue, where the story needs one."""
    silent_since: date | None = None
    """No dialogue from that day on."""
    is_whole: bool = False
    """The head office is here; agencies with a head among their seats need not say so."""
    turns: tuple[date, date] | None = None
    """First days of the second and the third phase, where the story needs them."""


def head(title: str, unit: str = "", town: str = "") -> Seat:
    """A head of an agency."""
    return Seat(ContactRole.HEAD, title, unit, town)


def hr(title: str, unit: str = "HR", town: str = "", left: date | None = None, successor: int | None = None) -> Seat:
    """Somebody in HR."""
    return Seat(ContactRole.HR, title, unit, town, left, successor)


def manager(title: str, unit: str = "", town: str = "", left: date | None = None, successor: int | None = None) -> Seat:
    """A manager of a unit."""
    return Seat(ContactRole.MANAGER, title, unit, town, left, successor)


def tutor(title: str, unit: str = "", town: str = "") -> Seat:
    """Somebody who would guide the one in place."""
    return Seat(ContactRole.TUTOR, title, unit, town)
