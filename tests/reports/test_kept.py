"""Figures are kept while the facts are the same, and counted again when any of them has changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from agencies import figures
from placements import lifecycle
from placements.choices import AnswerKind, Outcome, Sex, Waits
from placements.models import Confirmation
from praktik import clock
from reports import results
from reports.kept import facts, kept
from reports.models import Target
from reports.periods import year_of
from reports.results import Stage, breakdowns
from tests.factories import (
    ContactFactory,
    DialogueFactory,
    HandoverFactory,
    MunicipalityFactory,
    ObstacleFactory,
    OfficeFactory,
    OrderAnswerFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2018, 12, 31)
DAY = date(2018, 12, 17)


@pytest.fixture(autouse=True)
def _memory(settings):
    """A memory of one's own, and an empty one: the suite has none."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": __name__}}
    cache.clear()
    yield
    cache.clear()


def year():
    return kept(results.yearly, 2018, on=TODAY)[0]


@pytest.fixture
def counted() -> Callable[..., Any]:
    """A count that tells how many times it was made."""
    times = []

    def answer(*asked: Any, **how: Any) -> int:
        times.append(asked)
        return len(times)

    return answer


def test_the_second_question_costs_one_query_and_has_the_same_answer(started, django_assert_num_queries):
    started(date(2018, 9, 3))
    first = year()
    with django_assert_num_queries(1):
        assert year() == first
    assert first.started == 1


def test_every_count_can_be_kept(started, agreed, django_assert_num_queries):
    """What comes back from memory is what was counted."""
    started(date(2018, 9, 3), ended_on=date(2018, 9, 28))
    agreed()
    period = year_of(2018)
    for count, asked in (
        (results.yearly, (2018,)),
        (results.every_year, (2016, 2018)),
        (results.statskontoret, (2018,)),
        (results.lead_times, (period,)),
        (results.waiting, ()),
        (breakdowns.by_group_and_sex, (period,)),
        (breakdowns.by_municipality, (period,)),
        (breakdowns.by_agency, (period,)),
        (breakdowns.by_office, (period,)),
    ):
        told = kept(count, *asked, on=TODAY)
        with django_assert_num_queries(1):
            assert kept(count, *asked, on=TODAY) == told
        assert count(*asked, on=TODAY) == told


def test_another_question_has_another_answer(counted):
    assert kept(counted, 2018, on=TODAY, small=True) == 1
    for number, (asked, how) in enumerate(
        (
            ((2018,), {"on": TODAY, "small": False}),  # another reader
            ((2018,), {"on": date(2018, 12, 30), "small": True}),  # another day
            ((2017,), {"on": TODAY, "small": True}),
            ((2018,), {"on": TODAY}),
            ((2018, True), {"on": TODAY}),
            (("2018",), {"on": TODAY, "small": True}),
        ),
        start=2,
    ):
        assert kept(counted, *asked, **how) == number
    with clock.on_day(date(2018, 12, 30)):
        assert kept(counted, 2018, on=TODAY, small=True) == 8
    assert kept(counted, 2018, small=True, on=TODAY) == 1


def test_another_count_asked_the_same_is_another_question(counted, started):
    started(date(2018, 9, 3))
    assert kept(counted, 2018, on=TODAY) == 1
    assert year().started == 1
    assert kept(results.statskontoret, 2018, on=TODAY) != kept(results.yearly, 2018, on=TODAY)


def test_no_two_rows_changed_one_after_the_other_leave_the_same_stamp(agreed, agency):
    seen = [facts()]
    place, other = agreed(), agreed()
    for change in (
        place.save,
        other.save,
        agency.save,
        place.save,
        lambda: other.signed_by(place.coordinator).delete(),
        agreed,
    ):
        seen.append(facts())
        change()
    seen.append(facts())
    assert len(set(seen)) == len(seen)


def test_what_was_saved_at_once_and_is_seen_after_what_has_a_higher_number_leaves_another_stamp(agreed):
    """Of two who save at the same moment, the one with the lower number may be the last to be seen."""
    place = agreed()
    place.save()
    seen = facts()
    place.history.order_by("history_id").first().delete()
    assert facts() != seen


# Each counted fact


def test_a_place_that_is_agreed_started_changed_ended_and_undone(agreed, coordinator):
    [place] = lifecycle.agree(
        agency=agreed().agency, programme=agreed().programme, by=coordinator, agreed_on=DAY, planned_start=TODAY
    )
    told = [(year().agreed, year().started, year().ended)]
    lifecycle.start(
        place,
        by=coordinator,
        started_on=DAY,
        planned_end=TODAY,
        target_group=place.target_groups.first(),
        sex=Sex.MAN,
    )
    told.append((year().agreed, year().started, year().ended))
    lifecycle.end(place, by=coordinator, ended_on=DAY, outcome=Outcome.STUDIES)
    told.append((year().agreed, year().started, year().ended))
    for _ in range(3):
        lifecycle.undo(place, by=coordinator)
        told.append((year().agreed, year().started, year().ended))
    assert told == [(3, 0, {}), (2, 1, {}), (2, 1, {Outcome.STUDIES: 1}), (2, 1, {}), (3, 0, {}), (2, 0, {})]


def test_an_extension_and_its_undoing(started, coordinator):
    place = started(DAY)
    assert year().extensions == 0
    lifecycle.extend(place, by=coordinator, decided_on=DAY, new_end=date(2019, 6, 16), reason="")
    assert (year().extensions, year().extended_places) == (1, 1)
    lifecycle.undo(place, by=coordinator)
    assert year().extensions == 0


def test_a_contact_who_leaves_and_another_who_confirms(agreed, agency, coordinator):
    contact = ContactFactory(agency=agency)
    place = agreed(contact=contact)
    assert year().to_confirm == 0
    contact.left_on = TODAY
    contact.save()
    assert year().to_confirm == 1
    lifecycle.confirm(place, by=coordinator, on=TODAY, contact=ContactFactory(agency=agency))
    assert year().to_confirm == 0


def test_a_target_that_is_set_and_corrected():
    assert year().target is None
    target = TargetFactory(number=40)
    assert year().target == 40
    target.number = 30
    target.save()
    assert year().target == 30
    Target.objects.get().delete()
    assert year().target is None


def waits():
    return {stage: each.number for stage, each in kept(results.waiting, on=TODAY).items() if each.number}


def test_an_order_its_answer_its_recall_and_a_handover(agreed, office, own_officer, coordinator):
    place = agreed(agreed_on=date(2018, 12, 3))
    seen = [waits()]
    order = lifecycle.order([place], by=coordinator, office=office, sent_on=DAY, profile="Arkiv")
    seen.append(waits())
    given = lifecycle.answer(order, by=own_officer, office=office, on=DAY, kind=AnswerKind.CANDIDATE, text="")
    seen.append(waits())
    lifecycle.take_back_answer(given, by=own_officer, on=DAY)
    seen.append(waits())
    lifecycle.recall(order, by=coordinator, on=DAY)
    seen.append(waits())
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=DAY, note="")
    seen.append(waits())
    lifecycle.return_handover(handover, by=own_officer, on=TODAY, reason="För långt bort")
    seen.append(waits())
    stages = [Waits.NO_ORDER, Waits.NO_ANSWER, Waits.NO_START, Waits.NO_ANSWER]
    assert seen == [{stage: 1} for stage in (*stages, Waits.NO_ORDER, Waits.NOT_ACCEPTED, Waits.NO_ORDER)]


def test_the_first_order_of_a_lead_time(agreed, office, coordinator):
    """A step that is undone changes only the place and the order's rows, and yet the count."""
    place = agreed(agreed_on=date(2018, 12, 3))
    ask = {"by": coordinator, "office": office, "profile": "Arkiv"}
    lifecycle.order([place], sent_on=date(2018, 12, 4), **ask)
    lifecycle.undo(place, by=coordinator)
    lifecycle.order([place], sent_on=date(2018, 12, 10), **ask)
    group = place.target_groups.first()
    lifecycle.start(place, by=coordinator, started_on=DAY, planned_end=TODAY, target_group=group, sex=Sex.MAN)

    def ordering():
        return kept(results.lead_times, year_of(2018), on=TODAY)[Stage.ORDERING].longest

    seen = [ordering()]
    for _ in range(2):
        lifecycle.undo(place, by=coordinator)
    lifecycle.start(place, by=coordinator, started_on=DAY, planned_end=TODAY, target_group=group, sex=Sex.MAN)
    assert [*seen, ordering()] == [7, None]


def test_an_obstacle_that_is_noted_and_resolved_a_dialogue_and_an_archived_agency(agency):
    def held_back():
        told = kept(figures.held_back, since=date(2018, 12, 1), on=TODAY)
        return told.in_dialogue, told.held_back

    seen = [held_back()]
    dialogue = DialogueFactory(agency=agency)
    seen.append(held_back())
    obstacle = ObstacleFactory(agency=agency, noted_on=date(2018, 11, 1))
    seen.append(held_back())
    obstacle.resolved_on = date(2018, 11, 15)
    obstacle.save()
    seen.append(held_back())
    agency.archived_on = DAY
    agency.save()
    seen.append(held_back())
    agency.archived_on = None
    agency.save()
    dialogue.withdrawn_on, dialogue.reason = DAY, "Fel myndighet"
    dialogue.save()
    assert [*seen, held_back()] == [(0, 0), (1, 0), (1, 1), (1, 0), (0, 0), (0, 0)]


def test_each_record_that_is_counted_or_named_is_enough_by_itself(counted, started, extended, agency, pis):
    """Saved alone, and nothing else with it."""
    place, contact, answer = started(DAY), ContactFactory(agency=agency), OrderAnswerFactory()
    confirmation = Confirmation(placement=place, on=DAY, contact=contact, previous=None)
    confirmation.save_record()
    rows = [
        place,
        extended(place, DAY),
        confirmation,
        answer.order,
        answer,
        HandoverFactory(),
        pis,
        pis.target_groups.first(),
        agency,
        contact,
        DialogueFactory(),
        ObstacleFactory(),
        MunicipalityFactory(),
        OfficeFactory(),
        TargetFactory(),
    ]
    times = kept(counted)
    for row in rows:
        row.save()
        assert (kept(counted), kept(counted)) == (times + 1, times + 1), type(row)
        times += 1
    assert times == 1 + len(rows)
