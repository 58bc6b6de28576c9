"""From a line of the tables to an agreement: its day among the talks, the people it rests on, the starts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from agencies import reference
from agencies.choices import ContactRole
from placements.choices import Sex
from placements.validators import last_day_of
from praktik.demo.cast import PROFILES, Profile
from praktik.demo.diary import STOCKHOLM, is_working_day, working_day_from
from praktik.demo.dice import dice
from praktik.demo.phrases.places import HARD, NO_ORDER_YET, TO_CONFIRM
from praktik.demo.places import fates, handing, matching
from praktik.demo.places.cue import MBJ, PIS, Cue
from praktik.demo.places.life import LAST_WORKED, Deal, Life, Start, at
from praktik.demo.places.posts import POSTS
from praktik.demo.places.spring import SPRING, WITHDRAWN
from praktik.demo.places.started import STARTED
from praktik.demo.story import Talk

Talks = Mapping[str, Sequence[Talk]]
_PROFILES = {profile.name: profile for profile in PROFILES}
# A start that was written down after its month had been published, which then had to be told as corrected.
_TOLD_LATE = {date(2018, 5, 30): datetime(2018, 6, 14, 10, 40, tzinfo=STOCKHOLM)}
_GROUPS = {PIS: ("newly_arrived", "disability"), MBJ: ("newly_arrived", "long_term_unemployed")}
# What is agreed in haste is agreed so many days before the start.
_LEAST_NOTICE = timedelta(days=8)


def all_places(talks: Talks) -> list[Deal]:
    """Every agreement of the story with its places, in the order of the tables."""
    planner = Planner(talks)
    deals = [planner.deal(cue) for cue in (*STARTED, *SPRING, *WITHDRAWN)]
    fates.decide(deals)
    for deal in deals:
        matching.plan(deal)
        planner.after(deal)
    handing.plan(deals)
    return deals


class Planner:
    """Finds days and people for one agreement after the other."""

    def __init__(self, talks: Talks) -> None:
        towns = {row["code"]: row["name"] for row in reference.rows("municipalities")}
        self._talks = talks
        self._first_towns = {
            row["name"]: towns[row["municipalities"].split(";")[0]] for row in reference.rows("agencies")
        }
        self._offices = {
            towns[code]: row["name"] for row in reference.rows("offices") for code in row["municipalities"].split(";")
        }
        self._met = {
            (agency, seat): talk.day for agency, held in talks.items() for talk in held for seat in talk.newcomers
        }
        self._named: dict[str, Life] = {}
        self._deals = self._lives = 0

    def deal(self, cue: Cue) -> Deal:
        """The agreement of one line, with its starts."""
        rng = _rng(cue)
        profile, post = _PROFILES[cue.agency], POSTS[cue.agency][cue.post]
        planned_start = _planned_start(cue, rng)
        agreed = self._agreed(cue, planned_start, rng)
        manager = self._manager(profile, post.seat, agreed.date())
        town = post.town_of(profile.seats, self._first_towns[cue.agency])
        deal = Deal(
            number=self._deals,
            cue=cue,
            post=post,
            unit=post.unit_of(profile.seats),
            town=town,
            office=self._offices[town],
            agreed=agreed,
            planned_start=planned_start,
            contact=cue.contact if cue.contact is not None else self._promiser(profile, manager, agreed.date()),
            manager=manager,
            tutor=post.tutor if self._present(profile, post.tutor, agreed.date()) else None,
            percent=rng.choices((100, 75, 50), (72, 14, 14))[0],
            groups=_accepted(cue, rng),
            follows=self._named[cue.follows] if cue.follows else None,
        )
        self._deals += 1
        self._live(deal, rng)
        return deal

    def after(self, deal: Deal) -> None:
        """What is done with the agreement later: confirmed by somebody else, withdrawn, or planned for."""
        rng = _rng(deal.cue, "later")
        day, _ = deal.cue.withdrawn
        if day:
            deal.withdrawn = at(date.fromisoformat(day), 16, deal.number)
        left = _PROFILES[deal.cue.agency].seats[deal.contact].left
        if left and not deal.cue.unconfirmed:
            self._confirm(deal, left, rng)
        waits = deal.cue in SPRING
        if waits and left and deal.cue.unconfirmed:
            asked = at(working_day_from(left + timedelta(days=14)), 11, deal.number)
            deal.next_step = (asked, TO_CONFIRM, date(2018, 12, 14) + timedelta(days=7 * rng.randrange(5)))
        elif waits and deal.order is None:
            due_on = max(deal.planned_start - timedelta(days=75), date(2019, 1, 7) + timedelta(days=deal.number % 11))
            deal.next_step = (deal.agreed + timedelta(minutes=5), rng.choice(NO_ORDER_YET), working_day_from(due_on))
        elif waits and deal.order and deal.order.hard:
            noted = deal.order.hard.when + timedelta(minutes=5)
            deal.next_step = (noted, rng.choice(HARD), date(2019, 1, 8) + timedelta(days=deal.number % 9))

    def _live(self, deal: Deal, rng: Random) -> None:
        for number in range(deal.cue.places):
            life = Life(number=self._lives)
            self._lives += 1
            deal.lives.append(life)
            if deal.planned_start <= LAST_WORKED and not deal.cue.withdrawn[0]:
                life.start = _start(deal, at(_first_day(deal, number, rng), 9, life.number), rng)
            if deal.cue.name:
                self._named[deal.cue.name] = life

    def _agreed(self, cue: Cue, planned_start: date, rng: Random) -> datetime:
        """The moment of the agreement: at a talk, or some days after."""
        held = [talk for talk in self._talks[cue.agency] if not talk.gathering]
        moments = {talk.day: self._moment_after(cue.agency, talk) for talk in held}
        if cue.by:
            return moments[max(day for day in moments if day <= date.fromisoformat(cue.by))]
        in_time = [moment for moment in moments.values() if moment.date() <= planned_start - _LEAST_NOTICE]
        wanted = planned_start - timedelta(days=rng.randint(30, 45) if cue.follows else rng.randint(25, 120))
        return max((moment for moment in in_time if moment.date() <= wanted), default=min(in_time))

    def _moment_after(self, agency: str, talk: Talk) -> datetime:
        """When an agreement that came of a talk is made: one moment for each talk, and before the next talk."""
        rng = dice(f"agreement after talk {agency} {talk.day}")
        day = working_day_from(talk.day + timedelta(days=rng.choice((0, 0, 0, 1, 2, 3, 5, 7))))
        later = [each.day for each in self._talks[agency] if each.day > talk.day]
        if day == talk.day or day >= min(later, default=LAST_WORKED):
            return talk.when + timedelta(minutes=50)
        return at(day, 10, day.day)

    def _present(self, profile: Profile, seat: int | None, day: date) -> bool:
        if seat is None or self._met[profile.name, seat] > day:
            return False
        left = profile.seats[seat].left
        return left is None or left > day

    def _manager(self, profile: Profile, seat: int | None, day: date) -> int | None:
        """The manager of a post, or whoever was it before."""
        before = (number for number, each in enumerate(profile.seats) if seat is not None and each.successor == seat)
        return next((each for each in (*before, seat) if self._present(profile, each, day)), None)

    def _promiser(self, profile: Profile, manager: int | None, day: date) -> int:
        if manager is not None:
            return manager
        here = [number for number in range(len(profile.seats)) if self._present(profile, number, day)]
        return min(here, key=lambda number: (profile.seats[number].role == ContactRole.TUTOR, number))

    def _confirm(self, deal: Deal, left: date, rng: Random) -> None:
        """Somebody who is still there confirms the agreement before the start."""
        profile = _PROFILES[deal.cue.agency]
        successor = profile.seats[deal.contact].successor
        known = max(left, self._met[profile.name, successor]) if successor is not None else left
        day = working_day_from(known + timedelta(days=rng.randint(4, 18)))
        here = [number for number in range(len(profile.seats)) if self._present(profile, number, day)]
        closed = deal.withdrawn.date() if deal.withdrawn else deal.first_start
        if day <= min(closed or LAST_WORKED, LAST_WORKED):
            deal.confirmed = (at(day, 8, deal.number), successor if successor in here else here[0])


def _rng(cue: Cue, purpose: str = "") -> Random:
    return dice(f"agreement {cue.agency} {cue.programme} {cue.start} {cue.post} {purpose}")


def _planned_start(cue: Cue, rng: Random) -> date:
    """The day itself, or a working day among the first twenty of the month, most often a Monday."""
    if len(cue.start) > len("2017-09"):
        return date.fromisoformat(cue.start)
    days = [date.fromisoformat(f"{cue.start}-{day:02d}") for day in range(1, 21)]
    return rng.choice([day for day in days if is_working_day(day) for _ in range(1 if day.weekday() else 4)])


def _accepted(cue: Cue, rng: Random) -> tuple[str, ...]:
    """Some agreements are for one target group only; those of a chain are for all."""
    only = rng.choices(_GROUPS[cue.programme], (60, 40))[0]
    return (only,) if rng.random() < 0.15 and not cue.name and not cue.follows else ()


def _start(deal: Deal, when: datetime, rng: Random) -> Start:
    """The start of one place; in a chain it is the same person's, of the group that both programmes are for."""
    group = rng.choices(deal.groups or _GROUPS[deal.cue.programme], (60, 40)[: len(deal.groups) or 2])[0]
    sex = rng.choices((Sex.WOMAN, Sex.MAN, Sex.NOT_GIVEN), (47, 49, 4))[0]
    before = deal.follows and deal.follows.start
    return Start(
        when=when,
        planned_end=last_day_of(when.date(), deal.cue.months),
        group="newly_arrived" if deal.cue.name or before else group,
        sex=before.sex if before else sex,
        told=_TOLD_LATE.get(when.date()),
    )


def _first_day(deal: Deal, number: int, rng: Random) -> date:
    """As planned, or a week or two late; those of one agreement seldom all at once."""
    exact = len(deal.cue.start) > len("2017-09") or deal.cue.name
    weeks = rng.choices((0, 1, 2), (65, 20, 15) if number == 0 else (40, 35, 25))[0]
    late = working_day_from(deal.planned_start + timedelta(weeks=0 if exact else weeks))
    return late if late.year == deal.planned_start.year else deal.planned_start
