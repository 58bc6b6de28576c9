"""Handovers: one place at a time while it was tried out, and in the autumn of 2018 all that an agency had."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from praktik.demo.cast import PROFILES
from praktik.demo.diary import working_day_from
from praktik.demo.dice import dice
from praktik.demo.phrases.places import HANDED, HANDED_TOGETHER, STARTING
from praktik.demo.places.cue import Offered
from praktik.demo.places.life import Deal, Life, Passing, Word, at
from praktik.demo.story import turns

# Nothing is handed over later but what the tables say, so that few wait on the last day.
_LAST_HANDED = date(2018, 12, 3)
# How large a share of the places that ended before the third phase was handed over, by the year they started.
_TRIED = {2017: 0.62, 2018: 0.8}


def plan(deals: Sequence[Deal]) -> None:
    """Give every place its handover, if it had one."""
    days = {profile.name: _common_day(profile.name) for profile in PROFILES}
    notes = {name: dice(f"handing over at {name}").choice(HANDED_TOGETHER) for name in days}
    for deal in deals:
        if deal.cue.offered:
            _as_told(deal, deal.cue.offered)
            continue
        for life in deal.lives:
            if life.start:
                _one(deal, life, life.start.when.date(), days[deal.cue.agency], notes[deal.cue.agency])


def _common_day(agency: str) -> date:
    """The day on which an agency's places were handed over in its third phase."""
    profile = next(profile for profile in PROFILES if profile.name == agency)
    days = dice(f"day of handing over at {agency}").randint(8, 40)
    return working_day_from(turns(profile)[1] + timedelta(days=days))


def _one(deal: Deal, life: Life, started: date, common: date, note: str) -> None:
    rng = dice(f"handover of place {life.number}")
    ended = life.end.on if life.end else date.max
    if started < common and ended > common + timedelta(days=25):
        # All of an agency and an office at one moment.
        life.passing = _passing(life, deal.office, common, note, rng, together=True)
        return
    day = working_day_from(started + timedelta(days=rng.randint(2, 21)))
    tried = started > common or rng.random() < _TRIED[started.year]
    if tried and day <= _LAST_HANDED and ended > day + timedelta(days=25):
        life.passing = _passing(life, deal.office, day, rng.choice(HANDED), rng)


def _passing(
    life: Life, office: str, day: date, note: str, rng: Random, *, together: bool = False, answered: bool = True
) -> Passing:
    passing = Passing(at(day, 15, 0 if together else life.number), office, note)
    if answered:
        passing.accepted = at(working_day_from(day + timedelta(days=rng.choice((1, 1, 2, 3, 5, 8)))), 8, life.number)
    return passing


def _as_told(deal: Deal, offered: Offered) -> None:
    """A handover whose days stand in the table; the places of one agreement go together."""
    rng, day = dice(f"handover {deal.cue.agency} {offered.on}"), date.fromisoformat(offered.on)
    note = rng.choice(HANDED if deal.first_start else STARTING)
    for life in deal.lives:
        waits = offered.waits or bool(offered.returned)
        life.passing = _passing(life, deal.office, day, note, rng, together=True, answered=not waits)
        if offered.returned:
            life.passing.returned = at(working_day_from(day + timedelta(days=6)), 14, life.number)
            life.passing.reason = offered.returned
        asked = day
        for number, text in enumerate(offered.words):
            asked = working_day_from(asked + timedelta(days=1))
            life.passing.words.append(Word(at(asked, 10 + number, life.number), number % 2 == 0, text))
