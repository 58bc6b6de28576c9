"""Whatever is done with places, in whatever order and on whatever days, some things hold.

Random lives: verbs with random arguments, right and wrong. What the database refuses would fail the test as an error
of its own, so it also tries that the verbs never lean on the constraints.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.models import Agency, Contact
from placements import lifecycle
from placements.choices import EMPLOYMENTS, AnswerKind, FollowUp, Outcome, Sex, State, Verb
from placements.figures import standing
from placements.lifecycle import LifecycleError
from placements.models import Deed, Placement, Programme
from placements.querysets import state_is
from praktik.accounts.roles import Role
from tests.factories import AgencyFactory, ContactFactory, OfficeFactory, ProgrammeFactory, UserFactory, programme
from tests.placements.lives import as_stored, rows

pytestmark = pytest.mark.once

FIRST, TODAY = date(2018, 1, 1), date(2018, 12, 31)
DAYS = st.integers(0, 365).map(lambda number: FIRST + timedelta(days=number))
# What is likely to be done next; now and then anything is tried.
COMMON = ("hand_over", "answered", "answered", "take_back", "plan", "undo")
NEXT = {
    None: ("agree",),
    State.AGREED: ("agree", "confirm", "withdraw", "order", "order", "recall", "answer", *["start"] * 6, *COMMON),
    State.ONGOING: (*["extend"] * 4, *["end"] * 4, *COMMON),
    State.ENDED: ("follow_up", "follow_up", "agree", "undo"),
    State.WITHDRAWN: ("agree", "undo"),
}
ANYTHING = sorted({verb for verbs in NEXT.values() for verb in verbs})
# Which place, which verb, whether any verb; so many days after the place's latest step; and what else is to be chosen.
ACTS = st.tuples(
    st.integers(0, 5),
    st.integers(0, 30),
    st.integers(0, 5).map(lambda number: number == 5),
    st.sampled_from([0, 0, 0, 1, 20, 60, 95, -1]),
    st.integers(0, 180),
    st.integers(0, 8),
    st.integers(1, 3),
)


class World:
    """A small county, and one way to try each verb in it."""

    def __init__(self) -> None:
        self.agency: Agency = AgencyFactory()
        self.contacts: list[Contact] = ContactFactory.create_batch(2, agency=self.agency)
        self.officer = UserFactory(role=Role.CASE_OFFICER)
        self.offices = [OfficeFactory(officers=[self.officer]) for _ in range(2)]
        self.coordinator = UserFactory()
        groups = list(programme("PIS").target_groups.all())
        long = ProgrammeFactory(months_per_decision=6, months_in_all=12, target_groups=groups)
        self.programmes: list[Programme] = [programme("PIS"), programme("MBJ"), long]

    def attempt(self, act: tuple[int, int, bool, int, int, int, int]) -> bool:
        """Do what was drawn; whether it was done. Refused, it has changed nothing."""
        which, likely, any_verb, later, more, pick, number = act
        places = list(Placement.objects.order_by("pk"))
        place = places[which % len(places)] if places else None
        verbs = ANYTHING if any_verb and place else NEXT[place and place.stands()]
        verb = verbs[likely % len(verbs)]
        day = FIRST + timedelta(days=pick * 20)
        if place is not None:
            latest = Deed.objects.standing().filter(placement=place).order_by("-on").first()
            day = latest.on + timedelta(days=later)
        before = rows()
        try:
            getattr(self, verb)(place, day, more, pick, number)
        except LifecycleError:
            assert rows() == before, f"{verb} was refused and changed something"
            return False
        return True

    def agree(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        days = {"agreed_on": day, "planned_start": day + timedelta(days=more - 5)}
        kind = self.programmes[pick % 3]
        follows = place if place is not None and pick > 5 and number == 1 else None
        made = lifecycle.agree(
            agency=self.agency,
            programme=kind,
            by=self.coordinator,
            places=number,
            contact=self.contacts[0],
            follows=follows,
            **days,
        )
        assert len(made) == number

    def confirm(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        lifecycle.confirm(place, by=self.coordinator, on=day, contact=self.contacts[pick % 2])

    def withdraw(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        lifecycle.withdraw(place, by=self.coordinator, on=day, reason="Ny chef")

    def order(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        office = self.offices[pick % 2]
        lifecycle.order([place], by=self.coordinator, office=office, sent_on=day, profile="Arkiv")

    def recall(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        if place.order is None:
            self.order(place, day, more, pick, number)
            return
        lifecycle.recall(place.order, by=self.coordinator, on=day)

    def answer(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        if place.order is None:
            self.order(place, day, more, pick, number)
            return
        kind = AnswerKind.values[pick % 3]
        lifecycle.answer(place.order, by=self.officer, office=place.order.office, on=day, kind=kind, text="Ord")

    def hand_over(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        lifecycle.hand_over([place], by=self.coordinator, office=self.offices[pick % 2], on=day, note="")

    def answered(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        handover = place.handovers.order_by("-pk").first()
        if handover is None:
            self.hand_over(place, day, more, pick, number)
        elif pick % 3:
            lifecycle.accept_handover(handover, by=self.officer, on=day)
        else:
            lifecycle.return_handover(handover, by=self.officer, on=day, reason="För långt bort")

    def take_back(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        lifecycle.take_back(place, by=self.coordinator, on=day)

    def plan(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        lifecycle.plan(place, by=self.coordinator, what="Ring", due_on=TODAY + timedelta(days=more - 5))

    def start(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        groups = list(place.programme.target_groups.order_by("pk"))
        lifecycle.start(
            place,
            by=self.coordinator,
            started_on=day,
            planned_end=day + timedelta(days=more - 1),
            target_group=groups[pick % len(groups)],
            sex=Sex.values[pick % 3],
        )

    def extend(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        until = (place.planned_end or day) + timedelta(days=more - 3)
        lifecycle.extend(place, by=self.coordinator, decided_on=day, new_end=until, reason="")

    def end(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        outcome = Outcome.values[pick % len(Outcome)]
        subsidised = bool(number % 2) if outcome in EMPLOYMENTS else None
        lifecycle.end(place, by=self.coordinator, ended_on=day, outcome=outcome, subsidised=subsidised)

    def follow_up(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        found = FollowUp.values[pick % len(FollowUp)]
        subsidised = True if found == FollowUp.WORK else None
        lifecycle.follow_up(place, by=self.coordinator, on=day, outcome=found, subsidised=subsidised)

    def undo(self, place: Any, day: date, more: int, pick: int, number: int) -> None:
        lifecycle.undo(place, by=self.officer if pick % 2 else self.coordinator)


def states_add_up(on: date) -> None:
    """On that day each place there is stands in exactly one state, and the row says the same as the database."""
    existing = {place.pk: place.state(on=on) for place in Placement.objects.existing(on=on)}
    assert None not in existing.values()
    found = {state: set(Placement.objects.in_state(state, on=on).values_list("pk", flat=True)) for state in State}
    assert {pk: state for state, keys in found.items() for pk in keys} == existing
    assert sum(map(len, found.values())) == len(existing)
    told = {row.pk: row.state_on for row in Placement.objects.with_state(on=on)}
    assert told == {pk: existing.get(pk, "") for pk in told}
    counted = Counter(existing.values())
    figures = [standing(agency, on=on) for agency in Agency.objects.all()]
    told_of = [(each.agreed, each.ongoing, each.ended, each.withdrawn) for each in figures]
    assert [sum(numbers) for numbers in zip(*told_of, strict=True)] == [
        counted[state] for state in (State.AGREED, State.ONGOING, State.ENDED, State.WITHDRAWN)
    ]
    assert sum(each.all for each in figures) == len(existing)
    open_ = {pk for pk, state in existing.items() if state in (State.AGREED, State.ONGOING)}
    assert set(Placement.objects.open(on=on).values_list("pk", flat=True)) == open_
    for one in State:
        for other in State:
            both = Placement.objects.filter(state_is(one, on) & state_is(other, on))
            assert one is other or not both.exists()


def every_place_is_whole() -> None:
    """Days stand in order, extensions reach from end to end, and whatever is open has a next step with a day."""
    for place in Placement.objects.select_related("programme"):
        days = [place.first_contact_on, place.agreed_on, place.started_on, place.ended_on]
        given = [day for day in days if day]
        assert given == sorted(given)
        assert not (place.withdrawn_on and place.started_on)
        if place.stands() in (State.AGREED, State.ONGOING):
            assert place.next_step
            assert place.next_on
        else:
            assert (place.next_step, place.next_on) == ("", None)
        extensions = list(place.extensions.order_by("new_end"))
        for earlier, later in pairwise(extensions):
            assert later.previous_end == earlier.new_end
            assert later.decided_on >= earlier.decided_on
        if extensions:
            assert extensions[-1].new_end == place.planned_end
            assert extensions[0].previous_end >= place.started_on
        if place.started_on:
            assert place.started_on <= place.planned_end <= place.programme.last_day_in_all(place.started_on)
        assert place.handovers.filter(accepted_on=None, returned_on=None, recalled_on=None).count() <= 1
    assert not Placement.objects.filter(
        Q(order__isnull=False, started_on=None, withdrawn_on=None, order__recalled_on__isnull=False)
    ).exists()


class Lives(TestCase):
    """Hypothesis gives each example a database of its own, rolled back after it."""

    @settings(max_examples=25)
    @given(acts=st.lists(ACTS, min_size=4, max_size=18), days=st.lists(DAYS, min_size=1, max_size=3))
    def test_whatever_is_done_the_states_of_a_day_add_up(self, acts, days):
        world = World()
        for act in acts:
            world.attempt(act)
        for on in (*days, FIRST - timedelta(days=1), TODAY, TODAY + timedelta(days=60)):
            states_add_up(on)
        every_place_is_whole()

    @settings(max_examples=15)
    @given(acts=st.lists(ACTS, min_size=4, max_size=12))
    def test_undoing_gives_back_the_same_row_until_nothing_is_left(self, acts):
        """Every step that was done is undone, the latest first; the row is then what it was before the step."""
        world = World()
        for act in acts:
            stored = {each.pk: as_stored(each) for each in Placement.objects.all()}
            steps = Deed.objects.standing().count()
            if not world.attempt(act):
                continue
            done = Deed.objects.standing().order_by("-pk")[: max(Deed.objects.standing().count() - steps, 0)]
            if not done:  # a step chosen, an answer, something undone: no step of its own
                continue
            for each in list(done):
                by = world.officer if each.verb in (Verb.ACCEPT, Verb.RETURN) else world.coordinator
                lifecycle.undo(each.placement, by=by, step=each.pk)
            assert {each.pk: as_stored(each) for each in Placement.objects.all()} == stored
            # And done once more, so that the story goes on.
            assert world.attempt(act)
            every_place_is_whole()
