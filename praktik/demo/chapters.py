"""The story as happenings: each function is one chapter, and any number of chapters can be played together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from agencies import lifecycle
from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from praktik.demo.cast import PROFILES, Profile, Seat
from praktik.demo.diary import STOCKHOLM, working_day_from
from praktik.demo.hindrances import Hindrance
from praktik.demo.stage import Happening, Stage
from praktik.demo.steps import Step
from praktik.demo.story import Talk

Talks = Mapping[str, Sequence[Talk]]
People = Mapping[tuple[str, int], Contact]
_NOT_ASKED = 4
"""Of every so many agencies that are held back, one has not been asked whether it still is."""


def talks_and_steps(talks: Talks, people: People, steps: Sequence[Step]) -> Iterator[Happening]:
    """Every talk with those met, what stood in the way and the next step; then what became of the steps.

    `people` are the contacts, not yet stored, by agency and seat.
    """
    spoken = {id(step.talk): number for number, step in enumerate(steps) if not step.planned}
    for agency, held in talks.items():
        for talk in held:
            number = spoken.get(id(talk))
            planned = None if number is None else (number, steps[number])
            yield Happening(talk.when, partial(_hold, agency=agency, talk=talk, people=people, planned=planned))
    for number, step in enumerate(steps):
        if step.planned:
            yield Happening(step.planned, partial(_plan, number=number, step=step))
        if step.done:
            yield Happening(step.done, partial(_finish, number=number, done=step.done))


def obstacles_overcome(talks: Talks) -> Iterator[Happening]:
    """Obstacles that were no longer there when the agency was talked with again."""
    for agency, held in talks.items():
        for talk in held:
            for hindrance in talk.over:
                yield Happening(
                    talk.when + timedelta(minutes=20),
                    partial(_resolve, agency=agency, hindrance=hindrance, talk=talk),
                )


def obstacles_looked_at(talks: Talks) -> Iterator[Happening]:
    """Obstacles that came up again in the last talk, and were still there. Of some agencies nobody has asked since."""
    standing = {agency: [each for talk in held[:-1] for each in talk.met] for agency, held in talks.items()}
    held_back = sorted(agency for agency, met in standing.items() if met)
    for place, agency in enumerate(held_back):
        last = talks[agency][-1]
        over = {each.kind for talk in talks[agency] for each in talk.over}
        for hindrance in standing[agency]:
            if place % _NOT_ASKED and hindrance.kind not in over:
                when = last.when + timedelta(minutes=25)
                yield Happening(when, partial(_look_at, agency=agency, hindrance=hindrance, talk=last))


def people_leaving(talks: Talks) -> Iterator[Happening]:
    """Contacts who left. It is noted on the day, or when the successor has been met, whichever is later."""
    for profile in PROFILES:
        for place, seat in enumerate(profile.seats):
            if seat.left is None:
                continue
            noted = datetime.combine(working_day_from(seat.left), time(8, 5), STOCKHOLM)
            if seat.successor is not None:
                met = next(talk.when for talk in talks[profile.name] if seat.successor in talk.people)
                noted = max(noted, met + timedelta(minutes=30))
            yield Happening(noted, partial(_leave, agency=profile.name, place=place, seat=seat, left_on=seat.left))


def facts_learnt(talks: Talks) -> Iterator[Happening]:
    """What the coordinator wrote about an agency after the first talk: its size, and what a visitor should know."""
    for profile in PROFILES:
        first = talks[profile.name][0]
        yield Happening(first.when + timedelta(minutes=40), partial(_learn, profile=profile))


def _hold(
    stage: Stage,
    *,
    agency: str,
    talk: Talk,
    people: People,
    planned: tuple[int, Step] | None,
) -> None:
    newcomers = {seat: people[agency, seat] for seat in sorted(talk.newcomers)}
    met = {each.kind: Obstacle(kind=each.kind, words=each.words) for each in talk.met}
    step = None
    if planned:
        step = stage.steps[planned[0]] = _next_step(stage, planned[1])
    lifecycle.log_dialogue(
        Dialogue(
            agency=stage.agencies[agency],
            held_on=talk.day,
            channel=talk.channel,
            phase=talk.phase,
            notes=talk.notes,
        ),
        by=stage.coordinator,
        contacts=[stage.contacts[agency, seat] for seat in talk.people if seat not in newcomers],
        new_contacts=newcomers.values(),
        obstacles=met.values(),
        step=step,
    )
    stage.contacts.update({(agency, seat): contact for seat, contact in newcomers.items()})
    stage.obstacles.update({(agency, kind): obstacle for kind, obstacle in met.items()})


def _next_step(stage: Stage, step: Step) -> NextStep:
    return NextStep(what=step.what, due_on=step.due_on, owner=stage.coordinator)


def _plan(stage: Stage, *, number: int, step: Step) -> None:
    agency: Agency = stage.agencies[step.agency]
    stage.steps[number] = lifecycle.plan_step(agency, what=step.what, due_on=step.due_on, owner=stage.coordinator)


def _finish(stage: Stage, *, number: int, done: datetime) -> None:
    lifecycle.finish_step(stage.steps[number], on=done.date())


def _resolve(stage: Stage, *, agency: str, hindrance: Hindrance, talk: Talk) -> None:
    lifecycle.resolve_obstacle(stage.obstacles[agency, hindrance.kind], on=talk.day)


def _look_at(stage: Stage, *, agency: str, hindrance: Hindrance, talk: Talk) -> None:
    lifecycle.obstacle_stands(stage.obstacles[agency, hindrance.kind], on=talk.day)


def _leave(stage: Stage, *, agency: str, place: int, seat: Seat, left_on: date) -> None:
    successor = None if seat.successor is None else stage.contacts[agency, seat.successor]
    lifecycle.mark_gone(stage.contacts[agency, place], left_on=left_on, successor=successor)


def _learn(stage: Stage, *, profile: Profile) -> None:
    agency = stage.agencies[profile.name]
    agency.employees, agency.note = profile.employees, profile.note
    agency.save_record()
