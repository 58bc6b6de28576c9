"""The plan of the places, worked out before anything is played: who, when and what."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from placements.choices import AnswerKind, FollowUp, Outcome, Requirement, Sex
from praktik.demo.diary import STOCKHOLM, is_working_day
from praktik.demo.places.cue import Cue
from praktik.demo.places.posts import Post

# The last working day of the story.
LAST_WORKED = date(2018, 12, 28)


@dataclass
class Answer:
    """What an office said to an order, and what the coordinator replied."""

    when: datetime
    office: str
    kind: AnswerKind
    text: str
    replied: datetime | None = None
    reply: str = ""


@dataclass
class Flag:
    """An order is hard to match from that moment, until the other if there is one."""

    when: datetime
    blocked_by: Requirement
    words: str = ""
    taken_down: datetime | None = None


@dataclass
class Order:
    """The request to an office for the places of one agreement."""

    when: datetime
    office: str
    answer_by: date
    profile: dict[str, Any]
    answers: list[Answer] = field(default_factory=list)
    hard: Flag | None = None


@dataclass
class Word:
    """A question about a handover, from the office, or the coordinator's answer."""

    when: datetime
    from_office: bool
    text: str


@dataclass
class Passing:
    """A place is handed over. Those of one moment, office and note are handed over at once."""

    when: datetime
    office: str
    note: str
    accepted: datetime | None = None
    returned: datetime | None = None
    reason: str = ""
    words: list[Word] = field(default_factory=list)


@dataclass
class Start:
    """Somebody is in place."""

    when: datetime
    planned_end: date
    group: str
    """Code of the target group."""
    sex: Sex
    told: datetime | None = None
    """When it was written down, where that was some day after."""


@dataclass
class Longer:
    """An extension."""

    when: datetime
    new_end: date
    reason: str


@dataclass
class End:
    """The last day in place and what came of it; told some day after."""

    when: datetime
    on: date
    outcome: Outcome
    subsidised: bool | None = None
    employed_until: date | None = None


@dataclass
class Later:
    """Ninety days after."""

    when: datetime
    found: FollowUp
    subsidised: bool | None = None


@dataclass
class Life:
    """One place."""

    number: int
    start: Start | None = None
    longer: Longer | None = None
    end: End | None = None
    later: Later | None = None
    passing: Passing | None = None

    def office_on(self, moment: datetime) -> str:
        """The office that has the place in hand at a moment; empty for the coordinator."""
        passing = self.passing
        return passing.office if passing and passing.accepted and passing.accepted < moment else ""


@dataclass
class Deal:
    """An agreement, its order and its places."""

    number: int
    cue: Cue
    post: Post
    unit: str
    town: str
    office: str
    """The office of the town."""
    agreed: datetime
    planned_start: date
    contact: int
    manager: int | None
    tutor: int | None
    percent: int
    groups: tuple[str, ...]
    """Codes of the target groups accepted; empty for all of the programme's."""
    lives: list[Life] = field(default_factory=list)
    follows: Life | None = None
    order: Order | None = None
    confirmed: tuple[datetime, int] | None = None
    """When, and by whose seat."""
    withdrawn: datetime | None = None
    next_step: tuple[datetime, str, date] | None = None
    """A step that somebody chose: when, what, and by when."""

    @property
    def first_start(self) -> date | None:
        """When the first of its places started."""
        days = [life.start.when.date() for life in self.lives if life.start]
        return min(days, default=None)


def at(day: date, hour: int, number: int) -> datetime:
    """A moment of a day; `number` spreads what happens in one hour over its minutes."""
    return datetime.combine(day, time(hour, number * 7 % 60), STOCKHOLM)


def working_day_to(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def day_in_place_to(day: date) -> date:
    """The day itself, or the last day before it on which people in place go to work, also in July."""
    while not is_working_day(day) and not (day.month in (7, 8) and day.weekday() < 5):
        day -= timedelta(days=1)
    return day
