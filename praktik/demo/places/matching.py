"""The orders: sent after the agreement, answered, asked about, now and then hard to match."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from placements.choices import AnswerKind, Requirement
from placements.validators import ANSWERED_WITHIN, HARD_AFTER
from praktik.demo.diary import working_day_from
from praktik.demo.dice import dice
from praktik.demo.phrases import places as said
from praktik.demo.places.cue import ASKED, CANDIDATE, NONE_NOW, SILENT, Hard, Sent
from praktik.demo.places.life import Answer, Deal, Flag, Order, at, working_day_to

_KINDS = {
    CANDIDATE: AnswerKind.CANDIDATE,
    NONE_NOW: AnswerKind.NONE_NOW,
    ASKED: AnswerKind.MORE_INFORMATION,
}
# With less time than this before the start, the office finds somebody without an order.
_TOO_SHORT = 12
_OFFICE = "Arbetsförmedlingen {}"


def plan(deal: Deal) -> None:
    """Give the agreement its order, if it had one: none for a place whose person is there already."""
    rng = dice(f"order {deal.cue.agency} {deal.cue.programme} {deal.cue.start} {deal.cue.post}")
    if deal.cue.sent:
        _as_told(deal, deal.cue.sent, rng)
    elif deal.first_start and not deal.follows and (deal.first_start - deal.agreed.date()).days >= _TOO_SHORT:
        _until_start(deal, deal.first_start, rng)


def _order(deal: Deal, day: date, rng: Random, answer_by: str = "") -> Order:
    deal.order = Order(
        when=at(day, 13, deal.number),
        office=deal.office,
        answer_by=date.fromisoformat(answer_by) if answer_by else day + ANSWERED_WITHIN,
        profile=_profile(deal, rng),
    )
    return deal.order


def _profile(deal: Deal, rng: Random) -> dict[str, object]:
    work = deal.post.work
    return {
        "duties": work.told,
        "occupation": work.occupation,
        "hours": rng.choice(said.HOURS[deal.percent]),
        "swedish": work.swedish,
        "licence": work.licence,
        "computer": work.computer,
        "prepared": rng.choice(said.PREPARED[work.setting]),
        "expects": rng.choice(said.EXPECTS[work.setting]),
    }


def _as_told(deal: Deal, sent: Sent, rng: Random) -> None:
    """An order whose days stand in the table."""
    order = _order(deal, date.fromisoformat(sent.on), rng, sent.answer_by)
    if sent.answer == SILENT:
        return
    day = date.fromisoformat(sent.answered_on)
    if sent.answer == CANDIDATE and (day - order.when.date()).days > 9 and rng.random() < 0.4:
        _ask(deal, order, working_day_from(order.when.date() + timedelta(days=2)), rng)
    if sent.question:
        order.answers.append(Answer(at(day, 14, deal.number), order.office, AnswerKind.MORE_INFORMATION, sent.question))
    elif sent.answer == ASKED:
        _ask(deal, order, day, rng)
    else:
        _answer(deal, order, _KINDS[sent.answer], day, rng)
    if sent.hard:
        _flag(deal, order, sent.hard)


def _flag(deal: Deal, order: Order, hard: Hard) -> None:
    order.hard = Flag(at(date.fromisoformat(hard.since), 15, deal.number), hard.blocked_by, hard.words)
    for town, day, kind, text in hard.others:
        when = at(date.fromisoformat(day), 14, deal.number)
        order.answers.append(Answer(when, _OFFICE.format(town), _KINDS[kind], text))


def _until_start(deal: Deal, start: date, rng: Random) -> None:
    """An order that led to a start: somebody proposed, at once or after a while."""
    gap = (start - deal.agreed.date()).days
    sent = working_day_from(deal.agreed.date() + timedelta(days=rng.randint(1, max(1, min(30, gap // 2 - 3)))))
    latest = working_day_to(start - timedelta(days=2))
    if sent >= latest:
        return
    order, room = _order(deal, sent, rng), (latest - sent).days
    way = rng.random()
    if room >= 30 and way < 0.25:
        _answer(deal, order, AnswerKind.NONE_NOW, working_day_from(sent + timedelta(days=rng.randint(7, 13))), rng)
        found = _between(sent, latest, room - rng.randrange(8))
        if found - sent > HARD_AFTER + timedelta(days=8) and rng.random() < 0.35:
            hard = working_day_from(sent + HARD_AFTER + timedelta(days=rng.randint(1, 6)))
            order.hard = Flag(at(hard, 15, deal.number), _blocked_by(deal), taken_down=at(found, 15, deal.number))
    elif room >= 16 and way < 0.5:
        _ask(deal, order, working_day_from(sent + timedelta(days=rng.randint(2, 5))), rng)
        found = _between(sent, latest, rng.randint(12, min(24, room)))
    else:
        found = _between(sent, latest, rng.randint(min(6, room), min(21, room)))
    _answer(deal, order, AnswerKind.CANDIDATE, found, rng)


def _between(sent: date, latest: date, days: int) -> date:
    return min(working_day_from(sent + timedelta(days=days)), latest)


def _blocked_by(deal: Deal) -> Requirement:
    if deal.post.vetting:
        return Requirement.VETTING
    if deal.percent < 100:
        return Requirement.HOURS
    return Requirement.SWEDISH if deal.order and deal.order.profile["swedish"] == "write" else Requirement.TRAVEL


def _answer(deal: Deal, order: Order, kind: AnswerKind, day: date, rng: Random) -> None:
    stock: Sequence[str] = said.NONE_NOW
    if kind == AnswerKind.CANDIDATE:
        stock = said.ONE_PROPOSED if len(deal.lives) == 1 else said.MORE_PROPOSED
    order.answers.append(Answer(_after(order, at(day, 14, deal.number)), order.office, kind, rng.choice(stock)))


def _ask(deal: Deal, order: Order, day: date, rng: Random) -> None:
    """The office asks, and the coordinator replies within a day or two."""
    question, reply = rng.choice(said.ASKED)
    replied = at(working_day_from(day + timedelta(days=rng.randint(0, 2))), 16, deal.number)
    when = at(day, 14, deal.number)
    order.answers.append(Answer(when, order.office, AnswerKind.MORE_INFORMATION, question, replied, reply))


def _after(order: Order, moment: datetime) -> datetime:
    """The moment, or one after what was said before."""
    before = [each.replied or each.when for each in order.answers]
    return max([moment, *(each + timedelta(minutes=10) for each in before)])
