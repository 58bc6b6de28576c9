"""Weekly letters and newsletters as happenings, through the verbs of the reports' room; nothing of it is mailed."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from praktik import clock
from praktik.demo.cast import PROFILES
from praktik.demo.diary import STOCKHOLM, is_working_day, moment
from praktik.demo.dice import dice
from praktik.demo.phrases.gatherings import GATHERINGS
from praktik.demo.phrases.letters import DRAFT, DRAFT_WEEK, WEEKLY
from praktik.demo.phrases.newsletters import INVITED, MEETINGS, NEWSLETTERS, News
from praktik.demo.stage import Happening, Stage
from reports import lifecycle
from reports.choices import LetterKind
from reports.models import Delivery
from reports.sending import WAITS

# Where `manage.py demo` answers when nothing else is said: what the links in the letters lead to.
_SITE = "http://localhost:8000"
_THURSDAY, _FRIDAY = timedelta(days=3), timedelta(days=4)
# The year's last letter went on the Monday, to be read before the holidays: so the next is due on the story's last day.
_EARLY = {date(2018, 12, 17): timedelta()}
_REGISTERED_UNTIL = date(2018, 6, 30)  # later letters wait for it
_NEVER_REGISTERED = 7  # in each run of so many letters, the last was forgotten
_ANNOUNCED = timedelta(days=100)  # how long before a gathering it is told of
# A mailbox was closed so long before its owner's last day: by then nobody had told the coordinator.
_CLOSED_DAYS_BEFORE = range(5, 15)
_CLOSED = "550 5.1.1 mailbox unavailable"
# Once an office's mail server was slow, and took the letter at the second try.
_SECOND_TRY = (date(2018, 2, 12), "Arbetsförmedlingen Sollefteå")


def weekly_letters() -> Iterator[Happening]:
    """The letters to the employment offices, every second week, and the one that is begun."""
    words = {_monday(key): {"intro": each.intro, "notices": each.notices} for key, each in WEEKLY.items()}
    yield from _sent(LetterKind.WEEKLY, words, _THURSDAY)
    begun = partial(
        _write, kind=LetterKind.WEEKLY, week=_monday(DRAFT_WEEK), words={"intro": DRAFT.intro, "notices": DRAFT.notices}
    )
    yield Happening(datetime.combine(date(2018, 12, 28), time(15, 10), STOCKHOLM), begun)


def newsletters() -> Iterator[Happening]:
    """The letters to the agencies, about every sixth week."""
    words = {_monday(key): _news(each, _monday(key) + _FRIDAY) for key, each in NEWSLETTERS.items()}
    yield from _sent(LetterKind.NEWSLETTER, words, _FRIDAY)


def _sent(kind: LetterKind, words: Mapping[date, Mapping[str, str]], weekday: timedelta) -> Iterator[Happening]:
    """Each letter written the afternoon before, sent in the morning, and most of them registered after that."""
    rng = dice(f"letters {kind}")
    for number, (week, said) in enumerate(words.items(), start=1):
        day = _working_day_until(week + _EARLY.get(week, weekday))
        before = _working_day_until(day - timedelta(days=1))
        yield Happening(moment(before, rng, 13, 15), partial(_write, kind=kind, week=week, words=said))
        sent = moment(day, rng, 8, 9)
        yield Happening(sent, partial(_send, kind=kind, week=week))
        if day <= _REGISTERED_UNTIL and number % _NEVER_REGISTERED:
            noted = partial(_register, kind=kind, week=week, number=_register_number(day, rng))
            yield Happening(sent + timedelta(minutes=rng.randint(5, 40)), noted)


def _monday(week: str) -> date:
    year, number = map(int, week.split("-"))
    return date.fromisocalendar(year, number, 1)


def _working_day_until(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _register_number(day: date, rng: Random) -> str:
    """A made-up number, higher the later in the year."""
    return f"100-{day.timetuple().tm_yday * 24 + rng.randrange(24)}-{day.year}"


def _news(said: News, day: date) -> dict[str, str]:
    """The words of a newsletter, with the gatherings that come after its day."""
    coming = [MEETINGS[each.on] for each in GATHERINGS if day < each.on <= day + _ANNOUNCED]
    told = "\n".join(f"- {each}" for each in coming)
    return {**said._asdict(), "meetings": f"{told}\n\n{INVITED}" if told else ""}


def _write(stage: Stage, *, kind: LetterKind, week: date, words: Mapping[str, Any]) -> None:
    letter = lifecycle.draft(kind, week, by=stage.by)
    stage.letters[kind, week] = lifecycle.write_letter(letter, by=stage.by, **words)


def _send(stage: Stage, *, kind: LetterKind, week: date) -> None:
    """Freeze it as it is and note that it has arrived: a worker would mail it again."""
    letter = lifecycle.freeze(stage.letters[kind, week], by=stage.by, site=_SITE, seen=None)
    sent, deliveries = clock.now(), Delivery.objects.filter(letter=letter)
    deliveries.update(tries=1, next_at=None, sent_at=sent + timedelta(seconds=20))
    closed = [stage.contacts[seat] for seat, left in _leavers() if (left - stage.day).days in _CLOSED_DAYS_BEFORE]
    deliveries.filter(contact__in=closed).update(tries=len(WAITS) + 1, sent_at=None, answer=_CLOSED)
    slow_week, office = _SECOND_TRY
    if kind == LetterKind.WEEKLY and week == slow_week:
        deliveries.filter(office=stage.offices[office]).update(tries=2, sent_at=sent + WAITS[0])


def _leavers() -> Iterator[tuple[tuple[str, int], date]]:
    """Agency and seat of everybody who leaves in the course of the story, and when."""
    for profile in PROFILES:
        for place, seat in enumerate(profile.seats):
            if seat.left:
                yield (profile.name, place), seat.left


def _register(stage: Stage, *, kind: LetterKind, week: date, number: str) -> None:
    lifecycle.register(stage.letters[kind, week], by=stage.by, number=number)
