"""The county's figures on a day: who is in dialogue, who is held back, and by what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies import figures
from agencies.choices import ObstacleKind
from agencies.models import Agency, Dialogue, Obstacle
from tests.factories import AgencyFactory, ContactFactory, DialogueFactory, ObstacleFactory, UserFactory

pytestmark = pytest.mark.django_db

SINCE = date(2018, 1, 1)
UNTIL = date(2018, 12, 31)


def county(since: date = SINCE, on: date = UNTIL) -> figures.CountyFigures:
    return figures.county(since=since, on=on)


@pytest.fixture
def agency():
    """An agency in dialogue, with two earlier dialogues."""
    agency = AgencyFactory()
    anna = ContactFactory(agency=agency)
    ContactFactory(agency=agency)
    for held_on in (date(2017, 6, 1), date(2018, 2, 1)):
        DialogueFactory(agency=agency, held_on=held_on, contacts=[anna])
    return agency


def test_an_empty_county():
    empty = county()
    assert (empty.agencies, empty.in_dialogue, empty.contacts_met, empty.dialogues, empty.held_back) == (0, 0, 0, 0, 0)
    assert empty.held_back_share is None
    assert list(empty.kinds) == []


def test_agencies_dialogues_and_contacts_are_counted(agency):
    AgencyFactory()
    told = county()
    assert (told.agencies, told.in_dialogue) == (2, 1)
    assert (told.dialogues, told.dialogues_this_year) == (2, 1)
    assert told.contacts_met == 1


def test_what_has_not_happened_on_the_day_is_not_known(agency):
    told = county(on=date(2017, 12, 31))
    assert (told.dialogues, told.dialogues_this_year, told.in_dialogue) == (1, 1, 1)
    told = county(on=date(2017, 5, 31))
    assert (told.dialogues, told.contacts_met, told.in_dialogue, told.held_back_share) == (0, 0, 0, None)


@pytest.mark.parametrize(
    ("noted_on", "resolved_on", "counts"),
    [
        ("2018-06-01", None, True),
        ("2017-06-01", None, True),  # noted before the period, and still there
        ("2018-12-31", None, True),  # noted on its last day
        ("2019-01-01", None, False),  # noted after it
        ("2017-06-01", "2018-01-02", True),  # unresolved on its first day
        ("2017-06-01", "2018-01-01", False),  # resolved on its first day
        ("2017-06-01", "2017-12-31", False),
        ("2018-01-01", "2018-01-02", True),
        ("2018-06-01", "2018-06-01", False),  # resolved the same day: unresolved on none
        ("2018-12-31", "2019-03-01", True),
    ],
)
def test_an_agency_is_held_back_by_what_was_unresolved_on_any_day_of_the_period(agency, noted_on, resolved_on, counts):
    ObstacleFactory(agency=agency, noted_on=noted_on, resolved_on=resolved_on)
    told = county()
    assert told.held_back == counts
    assert told.held_back_share == counts
    assert [number for _, number in told.kinds] == [1] * counts


def test_an_agency_with_several_obstacles_is_held_back_once(agency):
    for kind in (ObstacleKind.NO_TUTOR, ObstacleKind.NO_TIME):
        ObstacleFactory(agency=agency, kind=kind)
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR, resolved_on=date(2018, 12, 20))
    told = county()
    assert told.held_back == 1
    assert sorted(told.kinds) == [(ObstacleKind.NO_TIME, 1), (ObstacleKind.NO_TUTOR, 1)]


def test_an_agency_without_any_dialogue_is_no_part_of_the_share(agency):
    ObstacleFactory()
    told = county()
    assert (told.held_back, told.in_dialogue, told.held_back_share) == (0, 1, 0)
    assert list(told.kinds) == []


def test_the_share_is_of_the_agencies_in_dialogue():
    for number in range(5):
        agency = DialogueFactory().agency
        if number < 2:
            ObstacleFactory(agency=agency)
    AgencyFactory.create_batch(5)
    assert county().held_back_share == 0.4


def test_an_archived_agency_counts_until_the_day(agency, today):
    archived = AgencyFactory(archived_on=today)
    DialogueFactory(agency=archived)
    ObstacleFactory(agency=archived, kind=ObstacleKind.VETTING)
    told = county()
    assert (told.agencies, told.in_dialogue, told.held_back) == (1, 1, 0)
    assert list(told.kinds) == []
    told = county(on=today - timedelta(days=1))
    assert (told.agencies, told.in_dialogue, told.held_back) == (2, 2, 1)
    assert list(told.kinds) == [(ObstacleKind.VETTING, 1)]


def test_a_dialogue_logged_by_mistake_is_not_counted(agency, today):
    wrong = AgencyFactory()
    DialogueFactory(agency=wrong, contacts=[ContactFactory(agency=wrong)], withdrawn_on=today)
    ObstacleFactory(agency=wrong)
    told = county()
    assert (told.agencies, told.in_dialogue, told.dialogues, told.contacts_met, told.held_back) == (2, 1, 2, 1, 0)


def test_the_most_common_kind_stands_first():
    kinds = [ObstacleKind.NO_TIME, ObstacleKind.NO_TUTOR, ObstacleKind.NO_TUTOR, ObstacleKind.VETTING]
    for kind in [*kinds, ObstacleKind.NO_TUTOR, ObstacleKind.VETTING]:
        ObstacleFactory(agency=DialogueFactory().agency, kind=kind)
    assert [number for _, number in county().kinds] == [3, 2, 1]
    assert county().kinds[0][0] == ObstacleKind.NO_TUTOR


def test_the_figures_cost_the_same_however_many_agencies(django_assert_num_queries):
    for number in (1, 9):
        for _ in range(number):
            ObstacleFactory(agency=DialogueFactory().agency)
        with django_assert_num_queries(5):
            list(county().kinds)


# Properties

DAYS = st.dates(date(2017, 12, 25), date(2018, 1, 20))
OBSTACLES = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 30)), max_size=4)
AGENCIES = st.lists(st.tuples(st.booleans(), st.lists(DAYS, max_size=2), OBSTACLES), max_size=4)


class Properties(TestCase):
    """What holds whatever is stored."""

    def filled(self, county_of: list) -> None:
        user = UserFactory()
        for number, (archived, dialogues, obstacles) in enumerate(county_of):
            agency = Agency.objects.create(name=f"Myndighet {number}", archived_on=UNTIL if archived else None)
            Dialogue.objects.bulk_create(Dialogue(agency=agency, held_on=day, by=user) for day in dialogues)
            Obstacle.objects.bulk_create(
                Obstacle(
                    agency=agency,
                    kind=ObstacleKind.OTHER,
                    words="Något",
                    noted_on=noted_on,
                    resolved_on=None if days is None else noted_on + timedelta(days=days),
                )
                for noted_on, days in obstacles
            )

    @given(AGENCIES, DAYS, DAYS)
    def test_held_back_are_among_those_in_dialogue_who_are_among_the_agencies(self, county_of, one, other):
        self.filled(county_of)
        told = county(min(one, other), max(one, other))
        assert 0 <= told.held_back <= told.in_dialogue <= told.agencies <= len(county_of)
        assert told.held_back_share is None or 0 <= told.held_back_share <= 1
        assert sum(number for _, number in told.kinds) >= told.held_back

    @given(OBSTACLES, DAYS, DAYS)
    def test_unresolved_during_a_period_is_unresolved_on_one_of_its_days(self, obstacles, one, other):
        self.filled([(False, [], obstacles)])
        since, until = min(one, other), max(one, other)
        days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
        day_by_day = {each.pk for day in days for each in Obstacle.objects.unresolved(on=day)}
        assert {each.pk for each in Obstacle.objects.unresolved_during(since, until)} == day_by_day
