"""Places that have lived through the verbs, and what is asked of all that the room stores."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from placements import lifecycle
from placements.choices import Outcome, Sex, State, Verb
from placements.lifecycle import LifecycleError
from placements.models import Deed, Placement
from praktik.accounts.models import User
from tests.factories import AgencyFactory, programme

# Seconds within which the other thread has read too, unless a lock keeps it out; then they are lost in each test.
LONG_ENOUGH = 0.25
IDENTITY = "19811218-9876"  # its check digit is right


def lived(state: State, *, by: User, **facts: Any) -> Placement:
    """A place that the verbs have brought into a state: agreed in May, from June until the end of August 2018."""
    facts = {
        "agency": facts.get("agency") or AgencyFactory(),
        "programme": facts.get("programme") or programme("PIS"),
        "agreed_on": date(2018, 5, 14),
        "planned_start": date(2018, 6, 4),
    } | facts
    [place] = lifecycle.agree(by=by, **facts)
    if state is State.WITHDRAWN:
        return lifecycle.withdraw(place, by=by, on=date(2018, 5, 31), reason="Ny chef")
    if state in (State.ONGOING, State.ENDED):
        group = place.target_groups.first()
        days = {"started_on": date(2018, 6, 4), "planned_end": date(2018, 11, 30)}
        place = lifecycle.start(place, by=by, target_group=group, sex=Sex.WOMAN, **days)
    if state is State.ENDED:
        place = lifecycle.end(place, by=by, ended_on=date(2018, 8, 31), outcome=Outcome.STUDIES)
    return place


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """All that the room has stored, histories and to-many choices too."""
    stored = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("placements").get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            stored[model._meta.db_table] = sorted(cursor.fetchall(), key=repr)
    return stored


@contextmanager
def refused(*words: str, error: type[LifecycleError] = LifecycleError) -> Iterator[None]:
    """The block is refused, in these words among others, and leaves everything as it was."""
    before = rows()
    with pytest.raises(error) as told:
        yield
    for each in words:
        assert re.search(re.escape(each), str(told.value)), f"{told.value} does not say: {each}"
    assert rows() == before


def as_stored(place: Placement) -> dict[str, Any]:
    """Every field of a place's row, and its to-many choices."""
    [row] = Placement.objects.filter(pk=place.pk).values()
    return row | {"target_groups": sorted(place.target_groups.values_list("pk", flat=True))}


def step_of(place: Placement) -> tuple[str, date | None]:
    """The next step that is stored, and its day."""
    return Placement.objects.values_list("next_step", "next_on").get(pk=place.pk)


def deeds_of(place: Placement) -> list[tuple[str, date, User]]:
    """The steps that stand, the first first: verb, day and who."""
    deeds = Deed.objects.standing().filter(placement=place).select_related("by")
    return [(Verb(each.verb), each.on, each.by) for each in deeds]


def _waiting_once(all_have_read: threading.Barrier, after: tuple[str, ...]) -> Callable[..., Any]:
    waited = False
    asked = tuple(f'FROM "{table}"' for table in after)

    def executed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal waited
        result = execute(sql, params, many, context)
        if not waited and sql.startswith("SELECT") and any(each in sql for each in asked):
            waited = True
            with suppress(threading.BrokenBarrierError):
                all_have_read.wait(LONG_ENOUGH)
        return result

    return executed


def together(*calls: Callable[[], Any], after: tuple[str, ...] = ("placements_placement",)) -> list[Any]:
    """Make the calls at once, each on a connection of its own; what each answered, or the LifecycleError it raised.

    Each waits, once it has read one of the tables `after`, until the others have too, or for as long as it takes to see
    that a lock keeps them out. The test needs `django_db(transaction=True)`.
    """
    all_are_ready = threading.Barrier(len(calls), timeout=20)
    all_have_read = threading.Barrier(len(calls))
    answers: dict[int, Any] = {}

    def call(number: int) -> None:
        try:
            connection.ensure_connection()
            all_are_ready.wait()
            with connection.execute_wrapper(_waiting_once(all_have_read, after)):
                answers[number] = calls[number]()
        except Exception as refusal:
            answers[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(len(calls))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    told = [answers[number] for number in range(len(calls))]
    for each in told:
        if isinstance(each, Exception) and not isinstance(each, LifecycleError):
            raise each
    return told
