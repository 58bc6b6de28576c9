"""How many places stand where on a day, and until when a place is taken."""

from datetime import date

import pytest

from placements import figures, lifecycle
from placements.choices import Outcome
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    MatchingOrderFactory,
    PlacementFactory,
    ended_place,
    ongoing_place,
    programme,
    withdrawn_place,
)

pytestmark = pytest.mark.django_db


def standing(agency, on=date(2018, 12, 31)):
    return figures.standing(agency, on=on)


def counts(told):
    return (told.agreed, told.ongoing, told.ended, told.withdrawn)


def test_without_places_there_is_nothing(agency):
    told = standing(agency)
    assert (*counts(told), told.to_confirm, told.taken, told.all) == (0, 0, 0, 0, 0, 0, 0)
    assert told.taken_until is None


def test_places_are_counted_where_they_stand(agency, django_assert_num_queries):
    for make, number in ((PlacementFactory, 4), (ongoing_place, 3), (ended_place, 2), (withdrawn_place, 1)):
        for _ in range(number):
            make(agency=agency)
            make(agency=AgencyFactory())
    with django_assert_num_queries(1):
        told = standing(agency)
    assert counts(told) == (4, 3, 2, 1)
    assert told.all == 10


def test_on_an_earlier_day_they_stood_elsewhere(agency):
    PlacementFactory(agency=agency)
    ongoing_place(agency=agency)
    ended_place(agency=agency)
    withdrawn_place(agency=agency)
    assert counts(standing(agency, date(2018, 1, 14))) == (0, 0, 0, 0)
    assert counts(standing(agency, date(2018, 1, 15))) == (1, 0, 0, 0)
    assert counts(standing(agency, date(2018, 8, 31))) == (1, 1, 0, 0)
    assert counts(standing(agency, date(2018, 9, 3))) == (0, 1, 1, 0)
    assert counts(standing(agency, date(2018, 12, 19))) == (2, 1, 1, 0)
    assert counts(standing(agency, date(2018, 12, 20))) == (1, 1, 1, 1)


def test_many_groups_contacts_and_confirmations_multiply_nothing(agency, coordinator):
    place = PlacementFactory(agency=agency)
    for _ in range(2):
        lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 20), contact=ContactFactory(agency=agency))
    assert counts(standing(agency)) == (1, 0, 0, 0)


def test_those_to_be_confirmed_are_counted_apart(agency, coordinator):
    gone = ContactFactory(agency=agency, left_on=date(2018, 12, 15))
    place = PlacementFactory(agency=agency, contact=gone)
    PlacementFactory(agency=agency, contact=ContactFactory(agency=agency))
    ongoing_place(agency=agency, contact=gone)
    told = standing(agency)
    assert (told.agreed, told.to_confirm, told.unordered) == (2, 1, 2)
    MatchingOrderFactory(places=[place])
    assert standing(agency).unordered == 1
    lifecycle.confirm(place, by=coordinator, on=date(2018, 12, 28), contact=ContactFactory(agency=agency))
    assert standing(agency).to_confirm == 0
    assert standing(agency, date(2018, 12, 27)).to_confirm == 1


# A place that is taken


def hired(agency, until=None, **fields):
    given = {"outcome": Outcome.SAME_AGENCY, "subsidised": False, "employed_until": until}
    return ended_place(agency=agency, **given | fields)


def taken(agency, on=date(2018, 12, 31)):
    told = standing(agency, on)
    return told.taken, told.taken_until


def test_an_employment_after_an_internship_takes_the_place_until_it_ends(agency):
    hired(agency, date(2019, 6, 30))
    assert taken(agency) == (1, date(2019, 6, 30))
    assert taken(agency, date(2019, 6, 30)) == (1, date(2019, 6, 30))
    assert taken(agency, date(2019, 7, 1)) == (0, None)


def test_it_is_not_known_before_the_internship_has_ended(agency):
    hired(agency, date(2019, 6, 30))
    assert taken(agency, date(2018, 8, 31)) == (0, None)
    assert taken(agency, date(2018, 9, 1)) == (1, date(2019, 6, 30))


def test_an_employment_without_an_end_takes_it_for_good(agency):
    hired(agency)
    hired(agency, date(2019, 6, 30))
    assert taken(agency) == (2, None)


def test_of_several_the_last_day_is_told(agency):
    for until in (date(2019, 6, 30), date(2019, 9, 30), date(2018, 10, 31)):
        hired(agency, until)
    assert taken(agency) == (2, date(2019, 9, 30))


def test_a_subsidised_job_that_follows_an_internship_takes_it_too(agency):
    before = ended_place(agency=agency, outcome=Outcome.NEXT_PROGRAMME)
    job = ongoing_place(agency=agency, programme=programme("MBJ"), follows=before)
    assert taken(agency) == (1, job.planned_end)
    assert taken(agency, date(2018, 9, 2)) == (0, None)


def test_whoever_goes_on_from_the_job_to_an_employment_takes_it_still(agency):
    before = ended_place(agency=agency, outcome=Outcome.NEXT_PROGRAMME)
    job = hired(agency, date(2019, 6, 30), programme=programme("MBJ"), follows=before)
    assert taken(agency) == (1, date(2019, 6, 30))
    assert taken(agency, job.ended_on) == (1, job.planned_end)


def test_one_person_takes_one_place(agency):
    """Employed after the internship, in a subsidised job that is itself a place: one, not two."""
    job = ongoing_place(agency=agency, programme=programme("MBJ"), follows=hired(agency))
    assert taken(agency) == (1, job.planned_end)


@pytest.mark.parametrize(("found", "number"), [("none", 0), ("studies", 0), ("work", 1), ("unknown", 1)])
def test_what_was_found_ninety_days_later_frees_it(agency, found, number):
    subsidised = True if found == "work" else None
    hired(agency, followed_up_on=date(2018, 12, 3), follow_up=found, follow_up_subsidised=subsidised)
    assert taken(agency) == (number, None)


@pytest.mark.parametrize(
    "make",
    [
        lambda agency: ended_place(agency=agency, outcome=Outcome.ELSEWHERE, subsidised=True),
        lambda agency: ended_place(agency=agency),
        # What ended was a job, not an internship.
        lambda agency: hired(agency, programme=programme("MBJ")),
        # It follows a job, or nothing.
        lambda agency: ongoing_place(agency=agency, programme=programme("MBJ")),
        lambda agency: ongoing_place(
            agency=agency, programme=programme("MBJ"), follows=ended_place(programme=programme("MBJ"))
        ),
        # An internship that follows an internship is no job.
        lambda agency: ongoing_place(agency=agency, follows=ended_place()),
        # The job has not begun.
        lambda agency: PlacementFactory(agency=agency, programme=programme("MBJ"), follows=ended_place()),
        lambda agency: hired(AgencyFactory()),
    ],
)
def test_nothing_else_takes_it(agency, make):
    make(agency)
    assert taken(agency) == (0, None)
