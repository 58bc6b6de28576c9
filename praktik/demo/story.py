"""What happened between the coordinator and one agency: its talks, in order, with who took part and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from agencies.choices import Channel, Phase
from praktik.demo.cast import Profile, Seat
from praktik.demo.diary import FIRST_DAY, LAST_DAY, Diary, moment, working_day_from
from praktik.demo.dice import dice
from praktik.demo.hindrances import HINDRANCES, Hindrance, sentence
from praktik.demo.notes import Notebook, Occasion
from praktik.demo.phrases import MEETINGS
from praktik.demo.phrases.gatherings import GATHERINGS, Gathering

_CHANNELS = {Channel.PHONE: 40, Channel.EMAIL: 25, Channel.VISIT: 20, Channel.VIDEO: 15}
# Where one drives for two hours, one rather sees each other by video.
_FAR_CHANNELS = {Channel.PHONE: 40, Channel.EMAIL: 25, Channel.VISIT: 10, Channel.VIDEO: 25}
_FAR = {"Sollefteå", "Örnsköldsvik"}
# All agencies have been met for the first time by then, and these have been heard of late in the story.
_ALL_MET = date(2017, 6, 9)
_LATE = date(2018, 11, 12)


@dataclass
class Talk:
    """One dialogue of the story."""

    when: datetime
    channel: Channel
    phase: Phase
    gathering: Gathering | None = None
    people: list[int] = field(default_factory=list)
    """Places among the agency's seats of those who took part."""
    newcomers: set[int] = field(default_factory=set)
    """Those of them met for the first time."""
    met: list[Hindrance] = field(default_factory=list)
    over: list[Hindrance] = field(default_factory=list)
    notes: str = ""
    progress: float = 0
    """How far its phase had come with the agency, 0 at its beginning and 1 at its end."""

    @property
    def day(self) -> date:
        """The day it was held."""
        return self.when.date()


def talks_with(profile: Profile, town: str, diary: Diary, latest: date | None = None) -> list[Talk]:
    """All talks with an agency, the first first; none later than `latest`.

    `town` is where the agency is. The diary is shared by all agencies; the rest depends on the profile alone.
    """
    rng = dice(f"talks with {profile.name}")
    talks = [
        Talk(moment(day, rng), Channel.EVENT if gathering else Channel.PHONE, _phase(profile, day), gathering)
        for day, gathering in _days(profile, diary, latest, rng)
    ]
    _choose_channels(talks, town, diary, rng)
    _choose_people(talks, profile.seats, rng)
    _place_hindrances(talks, HINDRANCES.get(profile.name, ()))
    _write_notes(profile, talks, Notebook(profile, town, dice(f"notes on {profile.name}")))
    return talks


def turns(profile: Profile) -> tuple[date, date]:
    """First days of an agency's second and third phase: late in 2017, and in the autumn of 2018."""
    rng = dice(f"turns of {profile.name}")
    second, third = date(2017, 9, 25), date(2018, 8, 13)
    return profile.turns or (second + timedelta(rng.randrange(80)), third + timedelta(rng.randrange(45)))


def _phase(profile: Profile, day: date) -> Phase:
    second, third = turns(profile)
    if day < second:
        return Phase.INFORMATION
    return Phase.EXAMPLES if day < third else Phase.HANDOVER


def _days(profile: Profile, diary: Diary, latest: date | None, rng: Random) -> list[tuple[date, Gathering | None]]:
    first = profile.first or working_day_from(FIRST_DAY + timedelta(rng.randrange(1, (_ALL_MET - FIRST_DAY).days)))
    last = working_day_from(_LATE + timedelta(rng.randrange((LAST_DAY - _LATE).days - 2)))
    if profile.silent_since:
        last = profile.silent_since - timedelta(days=1)
    last = min(last, latest or last)
    near = (each for each in GATHERINGS if first < each.on < last and _phase(profile, each.on) == each.phase)
    attended = {each.on: each for each in near if rng.random() < 0.4}
    while len(attended) > profile.talks // 4:
        attended.popitem()
    days = diary.book(first, last, profile.talks - len(attended), rng, besides=attended)
    return sorted([(day, None) for day in days] + list(attended.items()), key=lambda each: each[0])


def _choose_channels(talks: list[Talk], town: str, diary: Diary, rng: Random) -> None:
    odds = _FAR_CHANNELS if town in _FAR else _CHANNELS
    for number, talk in enumerate(talks):
        if talk.gathering:
            continue
        talk.channel = rng.choices(list(odds), list(odds.values()))[0]
        if number == 0 and talk.channel not in MEETINGS:
            talk.channel = Channel.VISIT
        if talk.channel == Channel.VISIT and not diary.may_visit(talk.day, town):
            talk.channel = Channel.VIDEO


def _choose_people(talks: list[Talk], seats: tuple[Seat, ...], rng: Random) -> None:
    arrivals = _arrivals(talks, seats)
    known: list[int] = []
    for number, talk in enumerate(talks):
        talk.newcomers = {seat for seat, arrival in arrivals.items() if arrival == number}
        if talk.newcomers and talk.channel == Channel.EMAIL:
            talk.channel = Channel.PHONE
        here = [seat for seat in known if not _is_gone(seats[seat], talk.day)]
        company = rng.choices((0, 1, 2), (42, 40, 18) if talk.channel in MEETINGS else (88, 12, 0))[0]
        others = company if talk.newcomers else company + 1
        most = min(others, len(here), 3 - len(talk.newcomers))
        talk.people = sorted(talk.newcomers | set(rng.sample(here, most)))
        known += sorted(talk.newcomers)


def _arrivals(talks: list[Talk], seats: tuple[Seat, ...]) -> dict[int, int]:
    """Which talk each person first takes part in: {seat: place of the talk}; the first half is enough for most."""
    successors = {seat.successor: seat.left for seat in seats if seat.successor is not None and seat.left}
    steady = [place for place in range(len(seats)) if place not in successors]
    step = max(1, len(talks) // (2 * len(steady)))
    arrivals = {seat: order * step for order, seat in enumerate(steady)}
    for seat, left in successors.items():
        near = (number for number, talk in enumerate(talks) if talk.day >= left - timedelta(days=20))
        arrivals[seat] = next(near)
    return arrivals


def _is_gone(seat: Seat, day: date) -> bool:
    return seat.left is not None and seat.left <= day


def _place_hindrances(talks: list[Talk], hindrances: Iterable[Hindrance]) -> None:
    private = [talk for talk in talks if not talk.gathering]
    for hindrance in hindrances:
        next(talk for talk in private if talk.day >= hindrance.met).met.append(hindrance)
        if hindrance.over:
            next(talk for talk in private if talk.day >= hindrance.over).over.append(hindrance)


def _write_notes(profile: Profile, talks: list[Talk], notebook: Notebook) -> None:
    for talk in talks:
        alike = [each for each in talks if each.phase == talk.phase]
        talk.progress = (alike.index(talk) + 0.5) / len(alike)
        talk.notes = notebook.write(_occasion(profile, talk, is_first=talk is talks[0]))


def _occasion(profile: Profile, talk: Talk, *, is_first: bool) -> Occasion:
    successors = {seat.successor for seat in profile.seats}
    return Occasion(
        day=talk.day,
        channel=talk.channel,
        phase=talk.phase,
        progress=talk.progress,
        is_first=is_first,
        gathering=talk.gathering,
        met=[sentence(profile.name, each.kind) for each in talk.met],
        over=[each.kind for each in talk.over],
        newcomer=next((profile.seats[seat].title for seat in sorted(talk.newcomers - successors)), ""),
        successor=next((profile.seats[seat].title for seat in sorted(talk.newcomers & successors)), ""),
    )
