"""Puts a talk into a note of one to three sentences, never the same sentence twice until all have been used."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from agencies.choices import Channel, ObstacleKind, Phase
from praktik.demo import phrases
from praktik.demo.cast import Profile
from praktik.demo.diary import is_working_day
from praktik.demo.fitting import fitting
from praktik.demo.phrases import information, obstacles
from praktik.demo.phrases.gatherings import REMARKS, Gathering

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


@dataclass
class Occasion:
    """What a note is to tell of."""

    day: date
    channel: Channel
    phase: Phase
    progress: float = 0
    """How far the phase had come, 0 at its beginning and 1 at its end."""
    is_first: bool = False
    gathering: Gathering | None = None
    met: Sequence[str] = ()
    """How each obstacle sounded."""
    over: Sequence[ObstacleKind] = ()
    newcomer: str = ""
    """Title of somebody met for the first time."""
    successor: str = ""
    """Title of somebody who takes over."""


@dataclass
class Notebook:
    """Writes the notes of one agency's talks, in order of time."""

    profile: Profile
    town: str
    rng: Random
    _used: set[str] = field(default_factory=set)

    def write(self, told: Occasion) -> str:
        """The note of one talk."""
        news = self._news(told)
        parts = [self._opening(told), *news]
        if _too_long(parts):
            parts = news
        if not news and self.rng.random() < _ANSWER_ODDS[told.channel]:
            self._add(parts, self._answer(told))
        if told.channel != Channel.EVENT and self.rng.random() < 0.25:
            self._add(parts, self._draw(phrases.endings(told.phase), told.progress))
        return self._fill(" ".join(parts), told)

    def _add(self, parts: list[str], part: str) -> None:
        if not _too_long([*parts, part]):
            parts.append(part)

    def _opening(self, told: Occasion) -> str:
        if told.gathering:
            return self._draw(told.gathering.about)
        if told.is_first:
            return self._draw(information.FIRST)
        return self._draw(phrases.openings(told.phase, told.channel), told.progress)

    def _news(self, told: Occasion) -> list[str]:
        news = []
        if told.successor:
            news.append(self._draw(obstacles.SUCCESSOR).replace("{titel}", told.successor))
        elif told.newcomer and not told.is_first:
            news.append(self._draw(obstacles.NEWCOMER).replace("{titel}", told.newcomer))
        return news + [obstacles.OVER[kind] for kind in told.over] + list(told.met)

    def _answer(self, told: Occasion) -> str:
        if told.gathering:
            return self._draw(REMARKS[told.phase])
        return self._draw(phrases.answers(told.phase), told.progress)

    def _draw(self, stock: tuple[str, ...], progress: float | None = None) -> str:
        """A sentence not used before, from about the place in the stock that the progress points at."""
        said = fitting(stock, self.profile)
        if self._used.issuperset(said):
            self._used.difference_update(said)
        places = [place for place, sentence in enumerate(said) if sentence not in self._used]
        wanted = self.rng.random() if progress is None else progress
        place = min(places, key=lambda each: abs(each / len(said) - wanted) + self.rng.uniform(0, _DRIFT))
        self._used.add(said[place])
        return said[place]

    def _fill(self, text: str, told: Occasion) -> str:
        some = self.rng.sample(self.profile.tasks, 2)
        # To the employment service itself, its office is just one of the house's own.
        own_office = self.profile.name == "Arbetsförmedlingen"
        office = f"kontoret i {self.town}" if own_office else f"Arbetsförmedlingen {self.town}"
        return (
            text.replace("{uppgifter}", " och ".join(some))
            .replace("{uppgift}", some[0])
            .replace("{ort}", self.town)
            .replace("{kontor}", office)
            .replace("{när}", _weeks_after(told.day, self.rng))
            .replace("{sedan}", _months_after(told.day))
        )


# How far from its place a sentence may be said, as a share of its stock.
_DRIFT = 0.4
_ANSWER_ODDS = {Channel.VISIT: 0.85, Channel.VIDEO: 0.8, Channel.PHONE: 0.5, Channel.EMAIL: 0.3, Channel.EVENT: 0.8}


def _too_long(parts: Sequence[str]) -> bool:
    """More than three sentences."""
    return sum(part.count(".") for part in parts) > 3


def _months_after(day: date) -> str:
    """What is some months off, as one says it on that day: "till hösten"."""
    if day.month in (1, 2, 3):
        return "före sommaren"
    return "till hösten" if day.month < 8 else "till våren"


def _weeks_after(day: date, rng: Random) -> str:
    """What is some weeks off, as one says it on that day: "i maj", "nästa vecka", "efter sommaren"."""
    next_week = day + timedelta(days=7)
    if rng.random() < 0.35 and is_working_day(next_week):
        return "nästa vecka"
    if day.month in (5, 6, 7):
        return "efter sommaren"
    if day.month == 12:
        return "efter årsskiftet"
    return f"i {_MONTHS[day.month]}"
