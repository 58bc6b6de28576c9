"""Whatever places live through, the counts of a day are those that one makes by hand, and never change afterwards.

Random lives, stored as rows. The hand knows nothing of SQL: it reads the lives as they were drawn.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.models import Contact
from placements import stages
from placements.choices import AnswerKind, FollowUp, Outcome, Sex, Verb, Waits
from placements.models import Confirmation, Deed, Extension, Handover, MatchingOrder, OrderAnswer, Placement
from placements.spreads import Spread
from reports import results
from reports.choices import Basis
from reports.models import Target
from reports.periods import Period, year_of
from reports.results import Stage, breakdowns
from reports.results.statskontoret import NOBODY, SEVERAL
from tests.factories import AgencyFactory, MunicipalityFactory, OfficeFactory, UserFactory, programme

pytestmark = pytest.mark.django_db

NEVER, AT_THE_END = date(2100, 1, 1), date(2020, 6, 30)
LEFT_ON = (None, date(2018, 1, 1), date(2018, 9, 10))
"""The days when the contacts left."""
DECIDED = [("PIS", 40, date(2017, 12, 15)), ("PIS", None, date(2018, 6, 1)), ("PIS", 18, date(2018, 9, 3))]
"""The targets for 2018."""
GAPS = st.integers(0, 120).map(timedelta)
Moves = list[tuple[Verb, date, date | None, date | None]]


@dataclass(frozen=True)
class Life:
    """One place: what is of it, and the days of what came to pass; None or missing where nothing did."""

    code: str
    agency: int
    town: int
    group: int
    takes_both: bool
    sex: str
    outcome: str
    agreed_on: date
    planned_start: date
    first_contact_on: date | None
    started_on: date | None
    ended_on: date | None
    followed_up_on: date | None
    withdrawn_on: date | None
    promised_by: int
    confirmed_on: date | None
    extended_on: tuple[date, ...]
    moves: Moves
    """Orders and recalls, each order with the days when it was answered, and when the coordinator replied."""
    handovers: list[tuple[date, str, date | None]]

    def known(self, on: date) -> "Life | None":
        """The same life as far as it was known on a day; None before it was agreed."""
        if self.agreed_on > on:
            return None
        names = ("started_on", "ended_on", "followed_up_on", "withdrawn_on", "confirmed_on")
        days = {name: past(getattr(self, name), on) for name in names}
        return replace(
            self,
            extended_on=tuple(day for day in self.extended_on if day <= on),
            moves=[(verb, day, *(past(each, on) for each in later)) for verb, day, *later in self.moves if day <= on],
            handovers=[(day, end, past(ended, on)) for day, end, ended in self.handovers if day <= on],
            **days,
        )


def past(day: date | None, on: date) -> date | None:
    return day if day and day <= on else None


@st.composite
def moves_from(draw: Any, first: date, last: date) -> Moves:
    """Orders and recalls in a row, until the place starts or comes to nothing."""
    moves: Moves = []
    later = st.none() | GAPS
    for gap, recalled, answered, replied in draw(st.lists(st.tuples(GAPS, st.booleans(), later, later), max_size=3)):
        first += gap
        if first > last:
            continue
        if moves and moves[-1][0] is Verb.ORDER and recalled:
            moves.append((Verb.RECALL, first, None, None))
            continue
        answered_on = None if answered is None else first + answered
        replied_on = None if answered_on is None or replied is None else answered_on + replied
        moves.append((Verb.ORDER, first, answered_on, replied_on))
    return moves


@st.composite
def handovers_from(draw: Any, first: date, last: date) -> list[tuple[date, str, date | None]]:
    """Handovers one after the other, of which only the last may wait for ever."""
    offered = []
    ends = st.sampled_from(["accepted_on", "returned_on", "recalled_on"])
    for gap, end, after in draw(st.lists(st.tuples(GAPS, ends, GAPS), max_size=2)):
        handed, first = first + gap, first + gap + after
        if handed <= last:
            offered.append((handed, end, first if first <= last else None))
    return offered


@st.composite
def lives(draw: Any) -> Life:
    """A place that was agreed in 2017 or 2018, and what became of it."""
    agreed_on = draw(st.dates(date(2017, 1, 1), date(2018, 12, 31)))
    contact, confirmed = draw(st.none() | GAPS), draw(st.none() | GAPS)
    fate, wait, stay = (
        draw(st.sampled_from(["agreed", "withdrawn", "started", "ended", "ended"])),
        draw(GAPS),
        draw(GAPS),
    )
    then = agreed_on + wait
    started_on = then if fate in ("started", "ended") else None
    ended_on = then + stay if fate == "ended" else None
    asked = draw(st.none() | GAPS)
    closed = ended_on or (then if fate == "withdrawn" else NEVER)
    return Life(
        code=draw(st.sampled_from(["PIS", "MBJ"])),
        agency=draw(st.integers(0, 1)),
        town=draw(st.integers(0, 2)),
        group=draw(st.integers(0, 1)),
        takes_both=draw(st.booleans()),
        sex=draw(st.sampled_from(Sex.values)),
        outcome=draw(st.sampled_from([Outcome.STUDIES, Outcome.BACK_TO_AF, Outcome.BROKEN_BY_AGENCY])),
        agreed_on=agreed_on,
        planned_start=agreed_on + draw(GAPS),
        first_contact_on=agreed_on - contact if contact is not None else None,
        started_on=started_on,
        ended_on=ended_on,
        followed_up_on=ended_on + timedelta(days=90) + asked if ended_on and asked is not None else None,
        withdrawn_on=then if fate == "withdrawn" else None,
        promised_by=draw(st.integers(0, 2)),
        confirmed_on=agreed_on + confirmed if confirmed is not None else None,
        extended_on=tuple(started_on + gap for gap in draw(st.lists(GAPS, max_size=2))) if started_on else (),
        moves=draw(moves_from(agreed_on, min(started_on or NEVER, closed))),
        handovers=draw(handovers_from(agreed_on, closed)),
    )


COUNTIES = st.lists(lives(), min_size=4, max_size=7)
BASES = st.sampled_from(list(Basis))


def days_of(county: list[Life]) -> list[date]:
    """Every day on which something happened."""
    found = {day for life in county for day in vars(life).values() if isinstance(day, date)}
    found |= {day for life in county for day in life.extended_on}
    found |= {day for life in county for _, *days in life.moves for day in days if day}
    found |= {day for life in county for handed, _, end in life.handovers for day in (handed, end) if day}
    return sorted(found | {day for day in LEFT_ON if day})


# By hand


def state(life: Life, on: date) -> str:
    if life.withdrawn_on and life.withdrawn_on <= on:
        return "withdrawn"
    if life.ended_on and life.ended_on < on:
        return "ended"
    if life.started_on and life.started_on <= on:
        return "ongoing"
    return "agreed" if life.agreed_on <= on else ""


def started_in(county: list[Life], period: Period, on: date) -> list[Life]:
    return [life for life in county if life.started_on and period.first <= life.started_on <= min(period.last, on)]


def ended_in(county: list[Life], period: Period, on: date) -> list[Life]:
    gone = [life for life in county if state(life, on) == "ended"]
    return [life for life in gone if life.ended_on and period.first <= life.ended_on <= period.last]


def rests_on_gone(life: Life, on: date) -> bool:
    left_on = LEFT_ON[0 if past(life.confirmed_on, on) else life.promised_by]
    return left_on is not None and left_on <= on


def year_by_hand(county: list[Life], period: Period, on: date) -> dict[str, Any]:
    """What `ProgrammeYear` tells but for the target; of one programme's lives."""
    agreed = [life for life in county if state(life, on) == "agreed"]
    decided = [[day for day in life.extended_on if period.first <= day <= min(period.last, on)] for life in county]
    return {
        "started": len(started_in(county, period, on)),
        "extensions": sum(map(len, decided)),
        "extended_places": sum(map(bool, decided)),
        "agreed": len(agreed),
        "to_confirm": sum(rests_on_gone(life, on) for life in agreed),
        "ended": dict(Counter(life.outcome for life in ended_in(county, period, on))),
    }


def spread(days: list[timedelta]) -> Spread:
    told = sorted(each.days for each in days)
    if not told:
        return Spread(0, None, None, None)
    return Spread(len(told), median(told), told[(len(told) * 9 - 1) // 10], told[-1])


def lead_times_by_hand(county: list[Life], period: Period, on: date) -> dict[Stage, Spread]:
    took: dict[Stage, list[timedelta]] = {stage: [] for stage in Stage}
    for life in started_in(county, period, on):
        ordered_on = next((day for verb, day, *_ in life.moves if verb is Verb.ORDER), None)
        if life.first_contact_on:
            took[Stage.ALL].append(life.started_on - life.first_contact_on)
            took[Stage.AGREEING].append(life.agreed_on - life.first_contact_on)
        if ordered_on:
            took[Stage.ORDERING].append(ordered_on - life.agreed_on)
            took[Stage.MATCHING].append(life.started_on - ordered_on)
    return {stage: spread(days) for stage, days in took.items()}


def waits_by_hand(life: Life, on: date) -> tuple[Waits, date] | None:
    """Where a place waits on a day, and since when."""
    known = life.known(on)
    if known is None or state(life, on) not in ("agreed", "ongoing") or known.ended_on == on:
        return None
    offered = [handed for handed, _, end in known.handovers if end is None]
    if offered:
        return Waits.NOT_ACCEPTED, offered[0]
    if state(life, on) == "ongoing":
        return None
    if not known.moves:
        return Waits.NO_ORDER, life.agreed_on
    verb, day, answered_on, replied_on = known.moves[-1]
    if verb is Verb.RECALL:
        return Waits.NO_ORDER, day
    if answered_on and not replied_on:
        return Waits.NO_START, answered_on
    return Waits.NO_ANSWER, replied_on or day


def waiting_by_hand(county: list[Life], on: date) -> dict[Waits, Spread]:
    found = [told for life in county if (told := waits_by_hand(life, on))]
    return {stage: spread([on - since for where, since in found if where is stage]) for stage in Waits}


# As rows


def stored(world: Any, county: list[Life], until: date = NEVER) -> None:
    """The lives as rows; of contacts and targets, what was known on a day."""
    contacts = Contact.objects.bulk_create(
        Contact(agency=world.agencies[0], name=f"Kontakt {number}", left_on=past(left_on, until))
        for number, left_on in enumerate(LEFT_ON)
    )
    Target.objects.bulk_create(
        Target(year=2018, programme=world.programmes[code], number=number, decided_on=decided_on)
        for code, number, decided_on in DECIDED
        if decided_on <= until
    )
    places = Placement.objects.bulk_create(row_of(world, life, contacts) for life in county)
    accepted = Placement.target_groups.through
    accepted.objects.bulk_create(
        accepted(placement=place, targetgroup=group)
        for place, life in zip(places, county, strict=True)
        for number, group in enumerate(world.groups[life.code])
        if life.takes_both or number == life.group
    )
    for place, life in zip(places, county, strict=True):
        store_steps(world, place, life)
        if life.confirmed_on:
            before, after = contacts[life.promised_by], contacts[0]
            Confirmation.objects.bulk_create(
                [Confirmation(placement=place, on=life.confirmed_on, contact=after, previous=before)]
            )


def row_of(world: Any, life: Life, contacts: list[Contact]) -> Placement:
    closed = life.ended_on or life.withdrawn_on
    whose = {"target_group": world.groups[life.code][life.group], "sex": life.sex} if life.started_on else {}
    return Placement(
        agency=world.agencies[life.agency],
        programme=world.programmes[life.code],
        coordinator=world.by,
        municipality=world.towns[life.town],
        contact=contacts[0 if life.confirmed_on else life.promised_by],
        planned_months=6,
        planned_end=life.started_on and life.started_on + timedelta(days=200),
        next_step="" if closed else "Ring",
        next_on=None if closed else life.agreed_on,
        outcome=life.outcome if life.ended_on else "",
        reason="Ny chef" if life.withdrawn_on else "",
        follow_up=FollowUp.STUDIES if life.followed_up_on else "",
        **{name: getattr(life, name) for name in DAYS},
        **whose,
    )


DAYS = (
    "agreed_on",
    "planned_start",
    "first_contact_on",
    "started_on",
    "ended_on",
    "followed_up_on",
    "withdrawn_on",
)


def store_steps(world: Any, place: Placement, life: Life) -> None:
    """Extensions, orders with their answers, and handovers."""
    at = {"placement": place, "by": world.by}
    until = [life.agreed_on + timedelta(days=1000 + number) for number in range(3)]
    Extension.objects.bulk_create(
        Extension(placement=place, decided_on=day, previous_end=until[number], new_end=until[number + 1])
        for number, day in enumerate(life.extended_on)
    )
    Handover.objects.bulk_create(
        Handover(
            **at,
            office=world.office,
            handed_on=handed,
            reason="Ord" if end == "returned_on" and day else "",
            **{end: day},
        )
        for handed, end, day in life.handovers
    )
    for verb, day, *answered in life.moves:
        if verb is Verb.ORDER:
            place.order = ordered(world, place, day, *answered)
        Deed.objects.bulk_create([Deed(**at, verb=verb, on=day, act=uuid4(), order=place.order)])
    if life.moves and life.moves[-1][0] is Verb.ORDER:
        Placement.objects.filter(pk=place.pk).update(order=place.order)


def ordered(
    world: Any, place: Placement, day: date, answered_on: date | None, replied_on: date | None
) -> MatchingOrder:
    """An order for the place, with the office's question, or answer, when there is one."""
    [order] = MatchingOrder.objects.bulk_create(
        [
            MatchingOrder(
                agency=place.agency, office=world.office, sent_on=day, answer_by=day, by=world.by, duties="Arkiv"
            )
        ]
    )
    if answered_on:
        said = {"text": "Deltid?", "reply": "Ja" if replied_on else "", "replied_on": replied_on}
        kind = AnswerKind.MORE_INFORMATION
        OrderAnswer.objects.bulk_create(
            [OrderAnswer(order=order, office=world.office, on=answered_on, kind=kind, by=world.by, **said)]
        )
    return order


# By the database


class Counting(TestCase):
    """Hypothesis gives each example a database of its own, rolled back after it."""

    @classmethod
    def setUpTestData(cls) -> None:
        """What all lives share."""
        cls.world = SimpleNamespace(
            by=UserFactory(),
            agencies=[AgencyFactory(), AgencyFactory()],
            towns=[MunicipalityFactory(), MunicipalityFactory(), None],
            office=OfficeFactory(),
            programmes={code: programme(code) for code in ("PIS", "MBJ")},
        )
        cls.world.groups = {
            code: list(each.target_groups.order_by("pk")) for code, each in cls.world.programmes.items()
        }

    @settings(max_examples=15)
    @given(county=COUNTIES, which=st.integers(0, 60), basis=BASES, back=st.integers(0, 1))
    def test_what_is_counted_is_what_one_counts_by_hand(self, county, which, basis, back):
        on = drawn_day(county, which)
        year = on.year - back
        period = year_of(year, basis)
        stored(self.world, county)
        yearly = results.yearly(year, on=on, basis=basis)
        for each in yearly:
            mine = [life for life in county if life.code == each.programme.code]
            told = {name: getattr(each, name) for name in year_by_hand([], period, on)}
            assert told == year_by_hand(mine, period, on)
            months_add_up(each, mine, results.monthly(year, each.programme, on=on, basis=basis), period, on)
        parts_add_up(yearly, period, on)
        assert results.lead_times(period, on=on) == lead_times_by_hand(county, period, on)
        assert results.waiting(on=on) == waiting_by_hand(county, on)
        lists_hold_what_waits(on)
        measured = results.statskontoret(year, on=on)
        for code, each in self.world.programmes.items():
            mine = [life for life in county if life.code == code]
            counts_are(self.world, measured[each.pk], mine, year_of(year, Basis.MEASURING), on)
        every = results.every_year(2015, 2020, on=on, basis=basis)
        assert every[year] == [replace(each, ended={}) for each in yearly]

    @settings(max_examples=15)
    @given(county=COUNTIES, which=st.integers(0, 60), basis=BASES)
    def test_what_happens_later_changes_nothing_of_a_day(self, county, which, basis):
        """Counted with all that was known on the day, and with all that came afterwards."""
        on = drawn_day(county, which)
        with transaction.atomic():
            stored(self.world, [known for life in county if (known := life.known(on))], until=on)
            then = everything(on, basis)
            transaction.set_rollback(True)
        stored(self.world, county)
        assert everything(on, basis) == then


def lists_hold_what_waits(on: date) -> None:
    """The page of what waits tells what the results do, and its lists hold as many places as it says."""
    told, standing = results.waiting(on=on), stages.standing(on=on)
    assert {stage: each.spread for stage, each in standing.items()} == told
    for stage, each in standing.items():
        assert Placement.objects.filter(stages.waits([stage], on=on)).count() == each.spread.number
        assert sum(behind.number for behind in each.behind) == each.spread.number
    assert sum(each.number for each in told.values()) == Placement.objects.filter(stages.waits(Waits, on=on)).count()
    # Whatever is agreed waits somewhere; whatever waits is open.
    agreed, there = Placement.objects.agreed(on=on), stages.waits(Waits, on=on)
    assert not agreed.exclude(there).exists()
    assert Placement.objects.open(on=on).filter(there).count() == Placement.objects.filter(there).count()


def drawn_day(county: list[Life], which: int) -> date:
    """One of the days on which something happened, or the day after; or at the end of everything."""
    days = [*days_of(county), AT_THE_END]
    return days[which // 2 % len(days)] + timedelta(days=which % 2)


def everything(on: date, basis: str) -> dict[str, Any]:
    """All counts of the day's year."""
    year = on.year if year_of(on.year, basis).first <= on else on.year - 1
    period = year_of(year, basis)
    return {
        "year": results.yearly(year, on=on, basis=basis),
        "years": results.every_year(2016, 2020, on=on, basis=basis),
        "months": [results.monthly(year, programme(code), on=on, basis=basis) for code in ("PIS", "MBJ")],
        "groups": breakdowns.by_group_and_sex(period, on=on),
        "towns": breakdowns.by_municipality(period, on=on),
        "agencies": breakdowns.by_agency(period, on=on),
        "offices": breakdowns.by_office(period, on=on),
        "measured": results.statskontoret(year, on=on),
        "times": results.lead_times(period, on=on),
        "waits": results.waiting(on=on),
    }


def months_add_up(each: Any, mine: list[Life], months: list[Any], period: Period, on: date) -> None:
    """The months come to the year, and what is ahead to what is agreed for it."""
    assert sum(month.started or 0 for month in months) == each.started
    assert [month.started is None for month in months] == [month.first > on for month in months]
    planned = [max(life.planned_start, on) for life in mine if state(life, on) == "agreed"]
    ahead = sum(period.first <= day <= period.last for day in planned)
    assert sum(month.ahead for month in months) == ahead
    if on <= period.last:
        assert months[-1].expected == each.started + ahead


def parts_add_up(yearly: list[Any], period: Period, on: date) -> None:
    """However it is parted, every place that started is in one part."""
    crossed, offices = breakdowns.by_group_and_sex(period, on=on), breakdowns.by_office(period, on=on)
    towns, agencies = breakdowns.by_municipality(period, on=on), breakdowns.by_agency(period, on=on)
    for each in yearly:
        pk = each.programme.pk
        assert crossed[pk].total() == sum(number for *_, number in offices.get(pk, [])) == each.started
        for parts in (towns.get(pk, []), agencies.get(pk, [])):
            assert sum(part.started for part in parts) == each.started
            assert len({part.pk for part in parts}) == len(parts)
            assert all(part.groups.total() == part.started for part in parts)
            assert sum((part.sexes for part in parts), Counter()) == sum_of_sexes(crossed[pk])


def sum_of_sexes(crossed: "Counter[tuple[int, str]]") -> "Counter[str]":
    found: Counter[str] = Counter()
    for (_, sex), number in crossed.items():
        found[sex] += number
    return found


def counts_are(world: Any, told: Any, mine: list[Life], period: Period, on: date) -> None:
    """Statskontoret's counts of a measuring year, against the lives of one programme."""
    offered, started, completed = Counter(), Counter(), Counter()
    for life in mine:
        group = world.groups[life.code][life.group].pk
        if period.first <= life.agreed_on <= min(period.last, on):
            unknown = (SEVERAL if life.takes_both else group, NOBODY)
            offered[(group, life.sex) if past(life.started_on, on) else unknown] += 1
        started[group, life.sex] += len(started_in([life], period, on))
        if life.outcome != Outcome.BROKEN_BY_AGENCY:
            completed[group, life.sex] += len(ended_in([life], period, on))
    assert (told.offered, told.started, told.completed) == (offered, started, completed)
    over = [life for life in ended_in(mine, period, on) if life.ended_on + timedelta(days=90) <= on]
    assert told.followed_up == Counter(
        (FollowUp.STUDIES if past(life.followed_up_on, on) else "", None) for life in over
    )
