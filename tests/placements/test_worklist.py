"""What waits for whom among the places: each rule by example and by the days around its boundary."""

from datetime import timedelta

import pytest

from placements import lifecycle, worklist
from placements.choices import AnswerKind, Requirement
from placements.models import MatchingOrder, Placement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.factories import (
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def duties(rows) -> list[str]:
    return [row.duties for row in rows]


def named(days: int) -> dict[str, str]:
    return {"duties": f"{days:+d}"}


# Starts


def test_a_start_is_late_on_the_day_after_it_was_planned_for(today):
    for days in (-20, -1, 0, 1):
        PlacementFactory(planned_start=today + days * DAY, **named(days))
    assert duties(worklist.late_starts(on=today)) == ["-20", "-1"]
    assert duties(worklist.late_starts(on=today + DAY)) == ["-20", "-1", "+0"]


def test_only_what_is_agreed_is_late_to_start(today):
    ongoing_place()
    ended_place()
    withdrawn_place(planned_start=today - DAY)
    PlacementFactory(agreed_on=today + DAY, planned_start=today + DAY)
    assert not worklist.late_starts(on=today).exists()


def test_an_office_is_told_of_a_start_from_a_week_before(own, nowhere, county, office, elsewhere, today):
    for days in (-20, -1, 0, 1, 7, 8):
        PlacementFactory(planned_start=today + days * DAY, office=office, **named(days))
    PlacementFactory(planned_start=today, office=elsewhere)
    PlacementFactory(planned_start=today)
    assert duties(worklist.to_start(own, on=today)) == ["-20", "-1", "+0", "+1", "+7"]
    assert not worklist.to_start(nowhere, on=today).exists()
    assert not worklist.to_start(county, on=today).exists()


# Ends


def test_an_end_is_told_of_from_thirty_days_before(county, today):
    for days in (-60, -1, 0, 30, 31):
        ongoing_place(planned_end=today + days * DAY, next_on=today, **named(days))
    assert duties(worklist.ending(county, on=today)) == ["-60", "-1", "+0", "+30"]
    assert duties(worklist.ending(county, on=today + DAY)) == ["-60", "-1", "+0", "+30", "+31"]


def test_an_office_is_told_of_the_ends_of_its_own_places(own, nowhere, office, elsewhere, today):
    for whose in (office, elsewhere, None):
        ongoing_place(planned_end=today, office=whose, duties=str(whose))
    assert duties(worklist.ending(own, on=today)) == [str(office)]
    assert not worklist.ending(nowhere, on=today).exists()


def test_what_has_ended_or_not_started_does_not_end_soon(county, today):
    ended_place(planned_end=today)
    ended_place(ended_on=today, planned_end=today)  # its last day is today, and known
    PlacementFactory(planned_start=today)
    assert not worklist.ending(county, on=today).exists()


def test_a_place_is_followed_up_ninety_days_after_its_last_day(county, own, office, today):
    for days in (-200, -90, -89):
        ended_place(ended_on=today + days * DAY, planned_end=today, office=office, **named(days))
    ended_place(duties="Andras")
    done = {"follow_up": "none", "followed_up_on": today}
    ended_place(duties="Uppföljd", **done)
    assert duties(worklist.to_follow_up(own, on=today)) == ["-200", "-90"]
    assert duties(worklist.to_follow_up(county, on=today)) == ["-200", "Andras", "-90"]


# Agreements


@pytest.mark.parametrize(("days", "waits"), [(-1, True), (0, True), (1, False)])
def test_an_agreement_is_confirmed_from_the_first_day_without_its_contact(today, days, waits):
    contact = ContactFactory(left_on=today + days * DAY)
    PlacementFactory(agency=contact.agency, contact=contact)
    ongoing_place(agency=contact.agency, contact=contact)
    PlacementFactory(contact=ContactFactory())
    assert worklist.to_confirm(on=today).count() == waits


def test_agreements_that_start_first_are_confirmed_first(today):
    contact = ContactFactory(left_on=today)
    for days in (20, 10, 15):
        start = today + days * DAY
        PlacementFactory(agency=contact.agency, contact=contact, planned_start=start, **named(days))
    assert duties(worklist.to_confirm(on=today)) == ["+10", "+15", "+20"]


def test_a_process_falls_when_nobody_has_it_in_hand(office, own_officer, today):
    PlacementFactory(duties="Hos koordinator")
    PlacementFactory(duties="Hos kontor", office=office)
    PlacementFactory(duties="Utan koordinator", coordinator=UserFactory(is_active=False))
    PlacementFactory(duties="Bytt roll", coordinator=UserFactory(role=Role.ADMINISTRATOR))
    PlacementFactory(duties="Obemannat", office=OfficeFactory())
    withdrawn_place(office=OfficeFactory())
    assert set(duties(worklist.falling(on=today))) == {"Utan koordinator", "Bytt roll", "Obemannat"}
    for days, falls in ((1, False), (0, True)):
        type(office).objects.filter(pk=office.pk).update(closed_on=today + days * DAY)
        assert ("Hos kontor" in duties(worklist.falling(on=today))) is falls
    type(office).objects.filter(pk=office.pk).update(closed_on=None)
    User.objects.filter(pk=own_officer.pk).update(is_active=False)
    assert "Hos kontor" in duties(worklist.falling(on=today))


# Steps


def test_a_place_s_step_waits_from_its_day(county, own, nowhere, office, elsewhere, today):
    for days in (-30, 0, 1):
        PlacementFactory(next_on=today + days * DAY, **named(days))
        PlacementFactory(next_on=today + days * DAY, office=office, duties=f"Kontorets {days:+d}")
    PlacementFactory(next_on=today, office=elsewhere, duties="Andras")
    withdrawn_place()
    assert duties(worklist.overdue(county, on=today)) == ["-30", "+0"]
    assert duties(worklist.overdue(own, on=today)) == ["Kontorets -30", "Kontorets +0"]
    assert not worklist.overdue(nowhere, on=today).exists()


def told_elsewhere(whose, office, today) -> dict[str, Placement]:
    """Overdue places, in the hands of `whose`, each of which another rule tells of."""
    facts = {"office": whose, "next_on": today}
    gone = ContactFactory(left_on=today)
    places = {
        "to confirm": PlacementFactory(agency=gone.agency, contact=gone, **facts),
        "late": PlacementFactory(planned_start=today - DAY, **facts),
        "ending": ongoing_place(planned_end=today + 30 * DAY, **facts),
        "ordered": PlacementFactory(**facts),
        "asked": PlacementFactory(**facts),
        "handed": PlacementFactory(**facts),
    }
    if whose:
        places["starts today"] = PlacementFactory(planned_start=today, **facts)
    else:
        places["falling"] = PlacementFactory(coordinator=UserFactory(is_active=False), **facts)
    for name in ("ordered", "asked"):
        MatchingOrderFactory(places=[places[name]], office=office)
    OrderAnswerFactory(order=places["asked"].order, kind=AnswerKind.MORE_INFORMATION)
    Placement.objects.filter(pk__in=[places["ordered"].pk, places["asked"].pk]).update(next_on=today)
    HandoverFactory(placement=places["handed"], office=office)
    return places


@pytest.mark.parametrize("who", ["county", "own"])
def test_a_place_that_another_rule_tells_of_is_not_told_of_twice(request, who, office, elsewhere, today):
    reach = request.getfixturevalue(who)
    whose = office if who == "own" else None
    places = told_elsewhere(whose, elsewhere, today)
    only = [
        PlacementFactory(office=whose, next_on=today, duties="Inget annat"),
        ongoing_place(office=whose, next_on=today, planned_end=today + 31 * DAY),
    ]
    assert {place.pk for place in worklist.overdue(reach, on=today)} >= {place.pk for place in places.values()}
    told = set(worklist.overdue_otherwise(reach, on=today))
    assert [name for name, place in places.items() if place in told] == []
    assert told == set(only)


def test_a_place_that_came_back_is_told_of_as_that(county, coordinator, own_officer, office, today):
    place = PlacementFactory(coordinator=coordinator)
    [handover] = lifecycle.hand_over([place], by=coordinator, office=office, on=today, note="")
    lifecycle.return_handover(handover, by=own_officer, on=today, reason="För långt bort")
    Placement.objects.filter(pk=place.pk).update(next_on=today)
    assert list(worklist.handovers_returned(county)) == [handover]
    assert list(worklist.overdue(county, on=today)) == [place]
    assert not worklist.overdue_otherwise(county, on=today).exists()


def test_a_place_whose_order_is_answered_waits_for_its_own_step(county, today):
    place = PlacementFactory()
    order = MatchingOrderFactory(places=[place])
    Placement.objects.update(next_on=today)
    assert not worklist.overdue_otherwise(county, on=today).exists()
    OrderAnswerFactory(order=order, kind=AnswerKind.NONE_NOW)
    assert list(worklist.overdue_otherwise(county, on=today)) == [place]
    MatchingOrder.objects.update(hard_since=today, blocked_by=Requirement.LICENCE)
    assert list(worklist.overdue_otherwise(county, on=today)) == [place]
