"""What became of those who started: longer, ended, and asked once more ninety days after."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from placements.choices import BROKEN_OFF, EMPLOYMENTS, FollowUp, Outcome
from placements.validators import FOLLOWED_UP_AFTER, last_day_of
from praktik.demo.diary import working_day_from
from praktik.demo.dice import dice
from praktik.demo.phrases.places import EXTENDED
from praktik.demo.places.cue import MBJ, PIS, Ending
from praktik.demo.places.life import (
    LAST_WORKED,
    Deal,
    End,
    Later,
    Life,
    Longer,
    Start,
    at,
    day_in_place_to,
    working_day_to,
)

# What came of the places whose end the tables leave open. They are exactly as many: zip(strict=True) holds that.
OUTCOMES: dict[str, dict[Outcome, int]] = {
    PIS: {
        Outcome.SAME_AGENCY: 4,
        Outcome.ELSEWHERE: 6,
        Outcome.STUDIES: 6,
        Outcome.BACK_TO_AF: 14,
        Outcome.BROKEN_BY_PERSON: 3,
        Outcome.BROKEN_BY_AGENCY: 1,
        Outcome.ILLNESS: 2,
        Outcome.OTHER: 1,
    },
    MBJ: {
        Outcome.SAME_AGENCY: 3,
        Outcome.ELSEWHERE: 5,
        Outcome.STUDIES: 2,
        Outcome.BACK_TO_AF: 6,
        Outcome.BROKEN_BY_PERSON: 1,
        Outcome.ILLNESS: 1,
    },
}
_BEFORE_THE_END = (*BROKEN_OFF, Outcome.ILLNESS)
# What one finds ninety days after, by what came after the place: chances of work, studies, neither, not known.
_FOUND = {
    Outcome.SAME_AGENCY: (92, 0, 5, 3),
    Outcome.ELSEWHERE: (82, 3, 10, 5),
    Outcome.STUDIES: (6, 85, 4, 5),
    Outcome.NEXT_PROGRAMME: (100, 0, 0, 0),
    Outcome.BACK_TO_AF: (22, 18, 45, 15),
}
_FOUND_ELSE = (15, 10, 35, 40)
_LAST_END = date(2018, 12, 20)
_FOLLOWED_UP = date(2018, 9, 20)


def decide(deals: Sequence[Deal]) -> None:
    """Decide it for every place of the story that started."""
    started = [(deal, life, life.start) for deal in deals for life in deal.lives if life.start]
    for deal, life, start in started:
        if deal.cue.more:
            life.longer = _longer(deal, life, start)
    for programme, outcomes in OUTCOMES.items():
        ours = [each for each in started if each[0].cue.programme == programme and not each[0].cue.ending]
        over = [each for each in ours if _until(*each[1:]) <= _LAST_END and not each[0].cue.left_open]
        rng = dice(f"outcomes {programme}")
        deck = [outcome for outcome, number in outcomes.items() for _ in range(number)]
        rng.shuffle(deck)
        for (_, life, start), outcome in zip(over, deck, strict=True):
            _end(life, start, _ending(programme, _until(life, start), outcome, rng), rng)
    rng = dice("ends of the tables")
    for deal, life, start in started:
        if deal.cue.ending:
            _end(life, start, deal.cue.ending, rng)


def _longer(deal: Deal, life: Life, start: Start) -> Longer:
    """The extension, decided some weeks before the planned end."""
    rng = dice(f"length of place {life.number}")
    decided = working_day_to(start.planned_end - timedelta(days=rng.randint(16, 40)))
    new_end = last_day_of(start.planned_end + timedelta(days=1), deal.cue.more)
    return Longer(at(decided, 10, life.number), new_end, rng.choice(EXTENDED))


def _until(life: Life, start: Start) -> date:
    """The last day as it is planned in the end."""
    return life.longer.new_end if life.longer else start.planned_end


def _ending(programme: str, until: date, outcome: Outcome, rng: Random) -> Ending:
    subsidised = rng.random() < 0.45 if outcome in EMPLOYMENTS else None
    months = rng.choice((6, 9, 12, 14))
    hired = outcome == Outcome.SAME_AGENCY and programme == PIS
    return Ending(outcome, subsidised, _month_end(until, months).isoformat() if hired else "")


def _end(life: Life, start: Start, ending: Ending, rng: Random) -> None:
    """The last day: as planned, if people work then; or earlier, for what breaks off."""
    until = _until(life, start)
    on = date.fromisoformat(ending.on) if ending.on else day_in_place_to(until)
    if ending.outcome in _BEFORE_THE_END:
        first = (life.longer.when if life.longer else start.when).date()
        on = day_in_place_to(first + (until - first) * rng.uniform(0.3, 0.8))
    told = min(working_day_from(on + timedelta(days=rng.randrange(4))), LAST_WORKED)
    hired = date.fromisoformat(ending.employed_until) if ending.employed_until else None
    life.end = End(at(told, 16, life.number), on, ending.outcome, ending.subsidised, hired)
    if on <= _FOLLOWED_UP and rng.random() < 0.93:
        _follow_up(life, life.end, rng)


def _follow_up(life: Life, end: End, rng: Random) -> None:
    found = rng.choices(tuple(FollowUp), _FOUND.get(end.outcome, _FOUND_ELSE))[0]
    subsidised = None
    if found == FollowUp.WORK:
        subsidised = end.subsidised if end.outcome in EMPLOYMENTS else rng.random() < 0.5
        subsidised = True if end.outcome == Outcome.NEXT_PROGRAMME else subsidised
    asked = working_day_from(max(end.on + FOLLOWED_UP_AFTER, end.when.date()) + timedelta(days=rng.randrange(12)))
    life.later = Later(at(min(asked, LAST_WORKED), 11, life.number), found, subsidised)


def _month_end(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
