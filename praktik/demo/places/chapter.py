"""The places as happenings, through the verbs of the places' room."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby

from placements import lifecycle
from placements.choices import AnswerKind
from praktik.demo.places.life import Answer, Deal, End, Flag, Later, Life, Longer, Order, Passing, Start, Word
from praktik.demo.stage import Happening, Stage


def lives_of_places(deals: Sequence[Deal]) -> Iterator[Happening]:
    """Everything that was done with the places."""
    for deal in deals:
        yield Happening(deal.agreed, partial(_agree, deal=deal))
        if deal.order:
            yield from _order_and_answers(deal, deal.order)
        yield from _agreement_later(deal)
        for life in deal.lives:
            yield from _person(life)
            if life.passing:
                yield from _answered(life, life.passing)
    yield from _handings(deals)


def _order_and_answers(deal: Deal, order: Order) -> Iterator[Happening]:
    yield Happening(order.when, partial(_send, deal=deal, order=order))
    for number, answer in enumerate(order.answers):
        key = (deal.number, number)
        yield Happening(answer.when, partial(_say, key=key, answer=answer), answer.office)
        if answer.replied:
            yield Happening(answer.replied, partial(_reply, key=key, answer=answer))
    if order.hard:
        yield Happening(order.hard.when, partial(_flag, deal=deal, hard=order.hard))
        if order.hard.taken_down:
            yield Happening(order.hard.taken_down, partial(_unflag, deal=deal))


def _agreement_later(deal: Deal) -> Iterator[Happening]:
    if deal.confirmed:
        yield Happening(deal.confirmed[0], partial(_confirm, deal=deal, seat=deal.confirmed[1]))
    if deal.next_step:
        when, what, due_on = deal.next_step
        yield Happening(when, partial(_plan, deal=deal, what=what, due_on=due_on))
    if deal.withdrawn:
        yield Happening(deal.withdrawn, partial(_withdraw, deal=deal))


def _person(life: Life) -> Iterator[Happening]:
    if life.start:
        yield _by_owner(life, life.start.told or life.start.when, partial(_start, number=life.number, start=life.start))
    if life.longer:
        yield _by_owner(life, life.longer.when, partial(_extend, number=life.number, longer=life.longer))
    if life.end:
        yield _by_owner(life, life.end.when, partial(_end, number=life.number, end=life.end))
    if life.later:
        yield _by_owner(life, life.later.when, partial(_follow_up, number=life.number, later=life.later))


def _by_owner(life: Life, when: datetime, act: Callable[[Stage], None]) -> Happening:
    return Happening(when, act, life.office_on(when))


def _handings(deals: Sequence[Deal]) -> Iterator[Happening]:
    """What was handed over at one moment, with one note, goes in one act."""
    passed = [(life.passing, deal.cue.agency, life) for deal in deals for life in deal.lives if life.passing]
    passed.sort(key=lambda each: (each[0].when, each[0].office, each[1], each[2].number))
    for _, group in groupby(passed, key=lambda each: (each[0].when, each[0].office, each[1])):
        together = list(group)
        passing = together[0][0]
        yield Happening(passing.when, partial(_hand_over, lives=[life for _, _, life in together], passing=passing))


def _answered(life: Life, passing: Passing) -> Iterator[Happening]:
    for word in passing.words:
        yield Happening(word.when, partial(_write, life=life, word=word), passing.office if word.from_office else "")
    if passing.accepted:
        yield Happening(passing.accepted, partial(_accept, life=life), passing.office)
    if passing.returned:
        yield Happening(passing.returned, partial(_return, life=life, reason=passing.reason), passing.office)


def _agree(stage: Stage, *, deal: Deal) -> None:
    cue, post = deal.cue, deal.post
    cast = {place: contact for (agency, place), contact in stage.contacts.items() if agency == cue.agency}
    made = lifecycle.agree(
        agency=stage.agencies[cue.agency],
        programme=stage.programmes[cue.programme],
        by=stage.by,
        agreed_on=deal.agreed.date(),
        planned_start=deal.planned_start,
        places=cue.places,
        target_groups=[stage.target_groups[code] for code in deal.groups],
        planned_months=cue.months,
        follows=stage.places[deal.follows.number] if deal.follows else None,
        contact=cast[deal.contact],
        manager=None if deal.manager is None else cast[deal.manager],
        tutor=None if deal.tutor is None else cast[deal.tutor],
        unit=deal.unit,
        municipality=stage.municipalities[deal.town],
        duties=post.work.line,
        percent=deal.percent,
        citizenship=post.citizenship,
        vetting=post.vetting,
    )
    stage.places.update({life.number: place for life, place in zip(deal.lives, made, strict=True)})


def _confirm(stage: Stage, *, deal: Deal, seat: int) -> None:
    contact = stage.contacts[deal.cue.agency, seat]
    for life in deal.lives:
        lifecycle.confirm(stage.places[life.number], by=stage.by, on=stage.day, contact=contact)


def _plan(stage: Stage, *, deal: Deal, what: str, due_on: date) -> None:
    for life in deal.lives:
        lifecycle.plan(stage.places[life.number], by=stage.by, what=what, due_on=due_on)


def _withdraw(stage: Stage, *, deal: Deal) -> None:
    for life in deal.lives:
        lifecycle.withdraw(stage.places[life.number], by=stage.by, on=stage.day, reason=deal.cue.withdrawn[1])


def _send(stage: Stage, *, deal: Deal, order: Order) -> None:
    stage.orders[deal.number] = lifecycle.order(
        [stage.places[life.number] for life in deal.lives],
        by=stage.by,
        office=stage.offices[order.office],
        sent_on=stage.day,
        answer_by=order.answer_by,
        profile=order.profile,
    )


def _say(stage: Stage, *, key: tuple[int, int], answer: Answer) -> None:
    stage.answers[key] = lifecycle.answer(
        stage.orders[key[0]],
        by=stage.by,
        office=stage.offices[answer.office],
        on=stage.day,
        kind=AnswerKind(answer.kind),
        text=answer.text,
    )


def _reply(stage: Stage, *, key: tuple[int, int], answer: Answer) -> None:
    lifecycle.reply(stage.answers[key], by=stage.by, on=stage.day, text=answer.reply)


def _flag(stage: Stage, *, deal: Deal, hard: Flag) -> None:
    lifecycle.flag_hard(
        stage.orders[deal.number], by=stage.by, on=stage.day, requirement=hard.blocked_by, words_on_it=hard.words
    )


def _unflag(stage: Stage, *, deal: Deal) -> None:
    lifecycle.unflag(stage.orders[deal.number], by=stage.by)


def _hand_over(stage: Stage, *, lives: Sequence[Life], passing: Passing) -> None:
    made = lifecycle.hand_over(
        [stage.places[life.number] for life in lives],
        by=stage.by,
        office=stage.offices[passing.office],
        on=stage.day,
        note=passing.note,
    )
    stage.handovers.update({life.number: handover for life, handover in zip(lives, made, strict=True)})


def _write(stage: Stage, *, life: Life, word: Word) -> None:
    lifecycle.ask_about(stage.handovers[life.number], by=stage.by, on=stage.day, text=word.text)


def _accept(stage: Stage, *, life: Life) -> None:
    lifecycle.accept_handover(stage.handovers[life.number], by=stage.by, on=stage.day)


def _return(stage: Stage, *, life: Life, reason: str) -> None:
    lifecycle.return_handover(stage.handovers[life.number], by=stage.by, on=stage.day, reason=reason)


def _start(stage: Stage, *, number: int, start: Start) -> None:
    lifecycle.start(
        stage.places[number],
        by=stage.by,
        started_on=start.when.date(),
        planned_end=start.planned_end,
        target_group=stage.target_groups[start.group],
        sex=start.sex,
    )


def _extend(stage: Stage, *, number: int, longer: Longer) -> None:
    place = stage.places[number]
    lifecycle.extend(place, by=stage.by, decided_on=stage.day, new_end=longer.new_end, reason=longer.reason)


def _end(stage: Stage, *, number: int, end: End) -> None:
    lifecycle.end(
        stage.places[number],
        by=stage.by,
        ended_on=end.on,
        outcome=end.outcome,
        subsidised=end.subsidised,
        employed_until=end.employed_until,
    )


def _follow_up(stage: Stage, *, number: int, later: Later) -> None:
    place = stage.places[number]
    lifecycle.follow_up(place, by=stage.by, on=stage.day, outcome=later.found, subsidised=later.subsidised)
