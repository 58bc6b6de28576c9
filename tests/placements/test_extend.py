"""A place goes on past its planned end: never a new result, and never longer than the programme allows."""

from datetime import date, timedelta

import pytest

from placements import lifecycle
from placements.choices import State, Verb
from placements.models import Extension, Placement
from praktik import clock
from tests.factories import PlacementFactory, ProgrammeFactory, ended_place, ongoing_place, programme, withdrawn_place
from tests.placements.lives import IDENTITY, deeds_of, refused, step_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DECIDED = date(2018, 6, 1)
REASON = "Det går bra."


def employed(started="2017-09-01", until="2018-08-31", **fields):
    """An MBJ with somebody in place between two days."""
    started, until = date.fromisoformat(started), date.fromisoformat(until)
    given = {"programme": programme("MBJ"), "agreed_on": date(2017, 1, 2), "planned_start": started}
    return ongoing_place(**given | {"started_on": started, "planned_end": until, "next_on": until} | fields)


@pytest.fixture
def extend(coordinator):
    """Extend with plausible arguments, and with what a test says instead."""

    def extended(place, new_end="2019-02-28", **said):
        given = {"by": coordinator, "decided_on": DECIDED, "reason": REASON}
        return lifecycle.extend(place, new_end=date.fromisoformat(new_end), **given | said)

    return extended


def test_it_goes_on_until_the_new_end(extend, coordinator):
    place = employed()
    before = Placement.objects.values().get()
    extension = Extension.objects.get(pk=extend(place, reason=" Det går bra. ").pk)
    after = Placement.objects.values().get()
    until = date(2019, 2, 28)
    assert {name: value for name, value in after.items() if before[name] != value} == {
        "planned_end": until,
        "next_on": until,
    }
    assert step_of(place) == ("Avsluta eller förläng", until)
    assert (extension.placement, extension.decided_on, extension.reason) == (place, DECIDED, REASON)
    assert (extension.previous_end, extension.new_end) == (date(2018, 8, 31), until)
    assert extension.history.get().history_user == coordinator
    assert place.history.first().history_user == coordinator
    assert deeds_of(place) == [(Verb.EXTEND, DECIDED, coordinator)]
    assert place.deeds.get().extension == extension


def test_the_office_that_owns_it_extends_it(extend, office, own_officer):
    extension = extend(employed(office=office), by=own_officer)
    assert extension.history.get().history_user == own_officer


def test_it_is_no_new_result(extend):
    place = employed()
    extend(place)
    year = Placement.objects.started_between(date(2018, 1, 1), date(2018, 12, 31), on=date(2018, 12, 31))
    assert not year.exists()
    assert Placement.objects.get().started_on == date(2017, 9, 1)


def test_no_reason_is_needed(extend):
    assert extend(employed(), reason="").reason == ""


def test_it_is_extended_again_and_again(extend):
    place = employed()
    for decided, new_end in (("2018-06-01", "2018-12-31"), ("2018-06-01", "2019-02-28"), ("2018-12-01", "2019-08-31")):
        extend(place, new_end, decided_on=date.fromisoformat(decided))
    ends = [(each.previous_end.isoformat(), each.new_end.isoformat()) for each in place.extensions.all()]
    assert ends == [("2018-08-31", "2018-12-31"), ("2018-12-31", "2019-02-28"), ("2019-02-28", "2019-08-31")]


def test_an_internship_of_less_than_six_months_is_extended_to_six(extend, today):
    place = ongoing_place()
    with refused("PIS är högst 6 månader sammanlagt. Räknat från 2018-09-03 är sista möjliga dag 2019-03-02."):
        extend(place, "2019-03-03", decided_on=today)
    assert extend(place, "2019-03-02", decided_on=today).new_end == date(2019, 3, 2)


# The new end


def test_one_day_more_is_the_shortest_extension(extend):
    place = employed()
    for end in ("2018-08-31", "2018-08-30", "2017-08-01"):
        with refused("Platsen går redan till 2018-08-31. En förlängning slutar senare."):
            extend(place, end)
    assert extend(place, "2018-09-01").new_end == date(2018, 9, 1)


# Started, until, the last day that is allowed, and the rule of the day after.
PER_DECISION = "MBJ är högst 12 månader per beslut."
IN_ALL = "MBJ är högst 24 månader sammanlagt."
LIMITS = [
    ("2017-09-01", "2018-02-28", "2019-02-28", PER_DECISION),
    ("2017-03-01", "2017-08-31", "2018-08-31", PER_DECISION),
    ("2017-03-01", "2018-02-27", "2019-02-27", PER_DECISION),
    ("2017-09-01", "2018-08-31", "2019-08-31", IN_ALL),
    ("2017-03-01", "2018-06-30", "2019-02-28", IN_ALL),
    ("2018-03-01", "2019-02-28", "2020-02-29", IN_ALL),
    ("2018-01-31", "2019-01-30", "2020-01-30", IN_ALL),
]


@pytest.mark.parametrize(("started", "until", "last", "rule"), LIMITS)
def test_the_last_day_that_the_programme_allows(extend, started, until, last, rule):
    place = employed(started, until)
    day_after = date.fromisoformat(last) + timedelta(days=1)
    with refused(rule, f"sista möjliga dag {last}."):
        extend(place, day_after.isoformat())
    assert extend(place, last).new_end == date.fromisoformat(last)


def test_what_has_all_its_months_goes_no_further(extend):
    place = employed("2017-01-09", "2019-01-08")
    with refused(IN_ALL, "2019-01-08"):
        extend(place, "2019-01-09", decided_on=date(2018, 12, 1))


def test_nobody_extends_more_than_three_years_ahead(extend):
    long = ProgrammeFactory(months_per_decision=60, months_in_all=60)
    place = employed("2018-06-01", "2021-11-30", programme=long)
    with refused("Det nya slutet 2021-12-31 ligger mer än tre år fram."):
        extend(place, "2021-12-31")
    assert extend(place, "2021-12-30").new_end == date(2021, 12, 30)


# The day of the decision


@pytest.mark.parametrize("day", [date(2017, 9, 1), date(2018, 12, 31)])
def test_the_first_and_the_last_day(extend, day):
    assert extend(employed(), decided_on=day).decided_on == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2017, 8, 31), "Beslutet 2017-08-31 kan inte vara före starten 2017-09-01."),
        (date(2019, 1, 1), "Beslutet kan inte dateras 2019-01-01: dagen har inte varit än."),
    ],
)
def test_another_day_is_refused(extend, day, words):
    place = employed()
    with refused(words):
        extend(place, decided_on=day)


def test_a_decision_before_the_previous_one_is_refused(extend):
    place = employed()
    extend(place, "2018-12-31")
    with refused("Beslutet 2018-05-31 kan inte vara före den förra förlängningen 2018-06-01."):
        extend(place, decided_on=date(2018, 5, 31))


def test_nothing_is_decided_after_the_programme_s_last_day(extend):
    place = employed()
    with clock.on_day(date(2019, 1, 2)):
        with refused("En förlängning 2019-01-01 går inte: sista dag för nya beslut i MBJ är 2018-12-31."):
            extend(place, decided_on=date(2019, 1, 1))
        # What was decided in time may be written down later, and reaches past the programme's last day.
        assert extend(place, decided_on=date(2018, 12, 31)).new_end == date(2019, 2, 28)


# Words, and where it stands


@pytest.mark.parametrize(
    ("reason", "words"), [(f"{IDENTITY} trivs", "personnummer"), ("å" * 2001, "Skälet är 2001 tecken. Högst 2000")]
)
def test_a_reason_that_does_not_do_is_refused(extend, reason, words):
    place = employed()
    with refused(words):
        extend(place, reason=reason)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (PlacementFactory, "Platsen har inte startat än."),
        (ended_place, "Platsen är avslutad sedan 2018-08-31."),
        (withdrawn_place, "Platsen drogs tillbaka 2018-12-20."),
    ],
)
def test_what_is_not_ongoing_is_not_extended(extend, make, words):
    place = make()
    with refused(words):
        extend(place)


def test_who_read_the_place_before_a_colleague_extended_it_is_told(extend):
    place = employed()
    as_it_was = Placement.objects.get(pk=place.pk)
    extend(place)
    with refused("Platsen går redan till 2019-02-28."):
        extend(as_it_was)


def test_a_place_past_its_planned_end_is_still_ongoing_and_may_be_extended(extend, today):
    place = employed("2017-09-01", "2018-08-31")
    assert place.state(on=today) is State.ONGOING
    assert extend(place, decided_on=today).previous_end == date(2018, 8, 31)
