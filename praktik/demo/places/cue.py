"""One line of the tables: an agreement on one or more places, and what the story needs of it."""

from dataclasses import dataclass

from placements.choices import Outcome, Requirement

PIS, MBJ = "PIS", "MBJ"
CANDIDATE, NONE_NOW, ASKED, SILENT = "candidate", "none_now", "asked", "silent"


@dataclass(frozen=True)
class Ending:
    """How a place ended, where the story needs it so. Days are ISO dates."""

    outcome: Outcome
    subsidised: bool | None = None
    employed_until: str = ""
    on: str = ""
    """The last day, if not the planned one."""


@dataclass(frozen=True)
class Hard:
    """An order flagged as hard to match."""

    since: str
    blocked_by: Requirement
    words: str = ""
    others: tuple[tuple[str, str, str, str], ...] = ()
    """What other offices said: town, day, kind and words."""


@dataclass(frozen=True)
class Sent:
    """The order for places that have not started."""

    on: str
    answer: str = SILENT
    answered_on: str = ""
    answer_by: str = ""
    question: str = ""
    """What the office asks, where the question waits for the coordinator on the last day."""
    hard: Hard | None = None


@dataclass(frozen=True)
class Offered:
    """A handover to the office of the place's municipality, whose end the story needs so; accepted unless said."""

    on: str
    waits: bool = False
    returned: str = ""
    """Why, when it was returned."""
    words: tuple[str, ...] = ()
    """What office and coordinator wrote about it, in turn."""


@dataclass(frozen=True)
class Cue:
    """An agreement with an agency."""

    agency: str
    programme: str
    start: str
    """The planned start: a day, or a month in which one is found."""
    post: int
    """Which of the agency's posts."""
    places: int = 1
    months: int = 6
    """How long it is agreed for."""
    more: int = 0
    """Months added by an extension; 0 for none."""
    by: str = ""
    """The latest talk until that day led to it; by default one that suits the start."""
    contact: int | None = None
    """Seat of who made the promise, if not the manager of the post."""
    name: str = ""
    follows: str = ""
    """Name of the agreement whose place it follows."""
    ending: Ending | None = None
    left_open: bool = False
    """The planned end has passed and nobody has written down what became of it."""
    unconfirmed: bool = False
    """Whoever made the promise left, and nobody has confirmed it."""
    sent: Sent | None = None
    offered: Offered | None = None
    withdrawn: tuple[str, str] = ("", "")
    """Day and reason."""
