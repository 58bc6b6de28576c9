"""What waits among the agencies, told for one reader."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce
from django.utils.http import urlencode

from agencies import shown, worklist
from agencies.models import NextStep, Obstacle
from agencies.validators import FIRST_DAY
from praktik.addresses import address
from praktik.navigation import BACK
from praktik.templatetags.swedish_words import ago, due
from praktik.waiting import Act, How, Item, Kind, Line, Reader

STEPS = Kind("steg", "Nästa steg")
SILENT = Kind("tyst", "Tysta myndigheter")
OBSTACLES = Kind("hinder", "Gamla hinder")


def lines(reader: Reader) -> Iterator[Line]:
    """What waits for whoever may see next steps: steps, silent agencies and old obstacles."""
    if not reader.user.has_perm("agencies.view_nextstep"):
        return
    yield from _steps(reader)
    on = reader.on
    never = Coalesce("last_dialogue_on", Value(FIRST_DAY, DateField()))
    silent, depends = partial(worklist.silent_agencies, on=on), (on, settings.SILENT_DAYS)
    tell = partial(_silent, back=reader.back)
    yield Line("silent", SILENT, silent, depends, never, shown.waiting_agencies, tell, look="calm")
    old = partial(worklist.old_obstacles, on=on)
    yield Line("obstacles", OBSTACLES, old, on, "looked_on", shown.waiting_obstacles, _obstacle, look="calm")


def _steps(reader: Reader) -> Iterator[Line]:
    own, others = (
        partial(worklist.due_steps, reader.user, on=reader.on),
        partial(worklist.others_waiting, reader.user, on=reader.on),
    )
    late, depends = Q(due_on__lt=reader.on), (reader.user.pk, reader.user.role, reader.on)
    yield Line("steps", STEPS, own, depends, "due_on", shown.waiting_steps, _step, late)
    theirs = shown.waiting_steps
    yield Line("others", STEPS, others, depends, "due_on", theirs, lambda row: _step(row, row.owner.name), late)


def _step(step: NextStep, whose: str = "") -> Item:
    return Item(
        key=step.pk,
        what=f"{step.what} ({whose})" if whose else step.what,
        url=step.get_absolute_url(),
        where=str(step.agency),
        where_url=step.agency.get_absolute_url(),
        said=due(step.due_on).words,
        acts=(Act("Klart", address("agencies:step-done", step.pk), How.DO),),
        more="agencies/step_more.html",
        row=step,
    )


def _silent(agency: Any, back: str) -> Item:
    latest: date | None = agency.last_dialogue_on
    query = urlencode({BACK: back})
    return Item(
        key=agency.pk,
        what=str(agency),
        url=agency.get_absolute_url(),
        said=f"Senaste dialog {ago(latest)}" if latest else "Aldrig kontaktad",
        acts=(
            Act("Logga dialog", f"{address('agencies:dialogue-new', agency.pk)}?{query}"),
            Act("Planera …", f"{address('agencies:step-new', agency.pk)}?{query}"),
        ),
    )


def _obstacle(obstacle: Obstacle) -> Item:
    return Item(
        key=obstacle.pk,
        what=str(obstacle),
        url=obstacle.get_absolute_url(),
        where=str(obstacle.agency),
        where_url=obstacle.agency.get_absolute_url(),
        said=f"Gällde än {ago(obstacle.stood_on)}" if obstacle.stood_on else f"Noterat {ago(obstacle.noted_on)}",
        acts=(
            Act("Löst", address("agencies:obstacle-resolve", obstacle.pk), How.DO),
            Act("Gäller än", address("agencies:obstacle-stands", obstacle.pk), How.DO),
        ),
    )
