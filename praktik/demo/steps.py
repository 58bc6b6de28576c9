"""Which next steps came of the talks: 56 that were done, and 14 still open on the last day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from praktik.demo.cast import PROFILES
from praktik.demo.diary import is_working_day, moment, working_day_from
from praktik.demo.dice import dice
from praktik.demo.fitting import fitting
from praktik.demo.phrases.steps import DONE, OPEN
from praktik.demo.story import Talk

_DONE = 56
_PROFILES = {profile.name: profile for profile in PROFILES}
# Every so many of them were thought of later, at the desk.
_AT_THE_DESK = 9
# Done by then, since those still open stand in a list of their own.
_LAST_DONE = date(2018, 12, 21)


@dataclass
class Step:
    """One next step of the story."""

    agency: str
    talk: Talk
    """The talk it came of."""
    what: str
    due_on: date
    planned: datetime | None = None
    """When it was planned, if not in the talk itself."""
    done: datetime | None = None


def latest_talks() -> dict[str, date]:
    """Where a step is open, the agency's last talk was held before it was due: {agency: day at the latest}."""
    return {agency: due_on - timedelta(days=5) for agency, _, due_on in OPEN if due_on.year == 2018}


def open_steps(talks: Mapping[str, Sequence[Talk]]) -> list[Step]:
    """Those not done on the last day, each from its agency's last talk."""
    return [Step(agency, talks[agency][-1], what, due_on) for agency, what, due_on in OPEN]


def done_steps(talks: Mapping[str, Sequence[Talk]]) -> list[Step]:
    """Those done, drawn from all talks but the agencies' last and the gatherings."""
    rng = dice("next steps")
    candidates = [
        (agency, talk, held[number + 1].day)
        for agency, held in talks.items()
        for number, talk in enumerate(held[:-1])
        if not talk.gathering and talk.day < _LAST_DONE - timedelta(days=30)
    ]
    chosen = sorted(rng.sample(candidates, _DONE), key=lambda each: each[1].when)
    said: Counter[str] = Counter()
    steps: list[Step] = []
    for number, (agency, talk, next_day) in enumerate(chosen):
        fit = fitting(DONE[talk.phase], _PROFILES[agency])
        what = _what(fit, talk.progress, said, {step.what for step in steps if step.agency == agency}, rng)
        said[what] += 1
        steps.append(_done(agency, talk, next_day, what, number % _AT_THE_DESK == 4, rng))
    return steps


def _what(fit: Sequence[str], progress: float, said: Mapping[str, int], before: set[str], rng: Random) -> str:
    """Something that belongs about here in the phase, new to the agency and not worn out with others."""
    places = [place for place, each in enumerate(fit) if each not in before]
    place = min(places, key=lambda each: said[fit[each]] / 4 + abs(each / len(fit) - progress) + rng.uniform(0, 0.3))
    return fit[place]


def _done(agency: str, talk: Talk, next_day: date, what: str, at_the_desk: bool, rng: Random) -> Step:
    """Most are done by the day, some a few days late; the next talk is a good day when it is near."""
    due_on = working_day_from(talk.day + timedelta(days=rng.randint(5, 28)))
    done_on = next_day if abs((next_day - due_on).days) <= 6 else _working_day_near(due_on, rng)
    planned = None
    if at_the_desk:
        planned = moment(working_day_from(talk.day + timedelta(days=1)), rng)
    # Done late in the day, after any talk and any planning of that day.
    done = moment(min(done_on, _LAST_DONE), rng, 17, 17)
    return Step(agency, talk, what, due_on, planned, done)


def _working_day_near(day: date, rng: Random) -> date:
    near = day + timedelta(days=rng.randint(-3, 4))
    return near if is_working_day(near) else day
