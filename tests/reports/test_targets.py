"""Deciding on a target: for the county or for one agency, anew, and what cannot be decided."""

from datetime import date, timedelta

import pytest

from agencies.validators import FIRST_DAY
from praktik.records import LifecycleError
from reports.lifecycle import set_target
from reports.models import Target
from reports.results import yearly
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db

TODAY = date(2018, 12, 31)
DECIDED = date(2018, 6, 1)


@pytest.fixture
def decide(coordinator, pis):
    """A function that decides on the county's target for PIS in 2018, unless something else is said."""
    said = {"by": coordinator, "programme": pis, "year": 2018, "number": 40, "decided_on": DECIDED}
    return lambda **facts: set_target(**said | facts)


@pytest.fixture
def refused(decide):
    """A function that sees a decision refused for the sake of one field, and nothing changed."""

    def see(field, **facts):
        before = list(Target.objects.values()), Target.history.count()
        with pytest.raises(LifecycleError) as told:
            decide(**facts)
        assert told.value.field == field
        assert (list(Target.objects.values()), Target.history.count()) == before
        return str(told.value)

    return see


def in_force(on, year=2018):
    return yearly(year, on=on)[0].target


def entries(target):
    return [
        (entry.history_type, entry.number, entry.history_user_id) for entry in target.history.order_by("history_id")
    ]


def test_a_target_is_set_and_its_history_tells_by_whom(decide, coordinator, pis):
    target = decide()
    [row] = Target.objects.all()
    assert row == target
    assert (row.year, row.programme, row.agency, row.number, row.decided_on) == (2018, pis, None, 40, DECIDED)
    assert str(row) == "PIS 2018: 40"
    assert entries(target) == [("+", 40, coordinator.pk)]


def test_a_decision_of_the_same_day_is_corrected(decide, coordinator, administrator, agency, mbj):
    """The same thing only: another programme, another year and an agency have rows of their own."""
    target = decide()
    for other in ({"programme": mbj}, {"year": 2019}, {"agency": agency}):
        decide(**other)
    assert decide(number=4, by=administrator) == target
    assert decide(number=3, agency=agency) == decide(number=2, agency=agency)
    assert Target.objects.count() == 4
    assert in_force(DECIDED) == 4
    assert entries(target) == [("+", 40, coordinator.pk), ("~", 4, administrator.pk)]


def test_a_later_decision_holds_from_its_day_and_not_before(decide):
    """In whatever order they are written down."""
    for number, decided_on in ((30, date(2018, 9, 3)), (40, date(2017, 12, 15)), (None, TODAY)):
        decide(number=number, decided_on=decided_on)
    days = (date(2017, 12, 14), date(2017, 12, 15), date(2018, 9, 2), date(2018, 9, 3), TODAY)
    assert [in_force(on) for on in days] == [None, 40, 40, 30, None]
    assert [str(row) for row in Target.objects.all()] == ["PIS 2018: inget mål", "PIS 2018: 30", "PIS 2018: 40"]
    # And the earlier ones stand marked as replaced.
    assert [row.holds for row in Target.objects.with_standing()] == [True, False, False]


def test_what_an_agency_has_as_its_own_target_is_not_the_countys(decide, agency):
    """Neither replaces the other, nor one agency's another's."""
    decide(agency=agency, number=5)
    assert in_force(TODAY) is None
    decide()
    decide(agency=agency, number=6, decided_on=TODAY)
    decide(agency=AgencyFactory(), number=7, decided_on=date(2018, 7, 2))
    assert in_force(TODAY) == 40
    holding = Target.objects.with_standing().filter(holds=True)
    assert sorted(holding.values_list("number", flat=True)) == [6, 7, 40]
    assert str(Target.objects.get(number=6)) == "PIS 2018 hos Trafikverket: 6"


@pytest.mark.parametrize("year", [-1, 0, 18, 2015, 2100, 20_018, 10**30])
def test_a_year_without_the_assignments_is_refused(refused, year):
    assert refused("year", year=year)


@pytest.mark.parametrize("number", [-1, 10_001, 10**30])
def test_a_number_that_nobody_can_mean_is_refused(refused, decide, number):
    decide()
    assert refused("number", number=number)
    assert refused("number", number=number, decided_on=TODAY)


def test_the_bounds_are_allowed(decide):
    for year, number, decided_on in ((2016, 0, FIRST_DAY), (2099, 10_000, TODAY)):
        assert decide(year=year, number=number, decided_on=decided_on).number == number


def test_a_day_to_come_or_before_the_assignments_is_refused(refused):
    assert "inte varit" in refused("decided_on", decided_on=TODAY + timedelta(days=1))
    assert "2016-01-01" in refused("decided_on", decided_on=FIRST_DAY - timedelta(days=1))


def test_an_archived_agency_gets_no_target(refused):
    archived = AgencyFactory(name="Gamla verket", archived_on=date(2018, 12, 1))
    assert refused("agency", agency=archived) == (
        "Gamla verket är arkiverad. Återställ myndigheten innan du sätter ett mål."
    )
