"""The first contact that is proposed: the first dialogue with the agency since its previous agreement."""

from datetime import date

import pytest

from agencies import lifecycle as agencies
from placements import lifecycle
from placements.lifecycle.agreements import proposed_first_contact
from tests.factories import DialogueFactory, PlacementFactory, withdrawn_place

pytestmark = pytest.mark.django_db

AGREED = date(2018, 12, 10)


@pytest.fixture
def talks(agency):
    """Hold a dialogue with the agency on each day."""

    def held(*days):
        return [DialogueFactory(agency=agency, held_on=each) for each in days]

    return held


def test_without_any_dialogue_there_is_none(agency):
    DialogueFactory(held_on=date(2018, 11, 1))
    assert proposed_first_contact(agency, agreed_on=AGREED) is None


def test_it_is_the_first_of_all_dialogues_before_any_agreement(agency, talks):
    talks(date(2018, 11, 5), date(2017, 3, 14), date(2018, 12, 1))
    assert proposed_first_contact(agency, agreed_on=AGREED) == date(2017, 3, 14)


def test_a_dialogue_on_the_day_of_the_agreement_counts_and_a_later_one_does_not(agency, talks):
    talks(date(2018, 12, 11))
    assert proposed_first_contact(agency, agreed_on=AGREED) is None
    talks(AGREED)
    assert proposed_first_contact(agency, agreed_on=AGREED) == AGREED


def test_dialogues_until_the_previous_agreement_led_to_that_one(agency, talks):
    PlacementFactory(agency=agency, agreed_on=date(2018, 10, 1))
    talks(date(2018, 9, 1), date(2018, 10, 1))
    assert proposed_first_contact(agency, agreed_on=AGREED) is None
    talks(date(2018, 10, 2), date(2018, 11, 1))
    assert proposed_first_contact(agency, agreed_on=AGREED) == date(2018, 10, 2)


def test_the_latest_of_several_agreements_is_the_previous_one(agency, talks):
    for day in (date(2017, 5, 1), date(2018, 11, 1), date(2018, 2, 1)):
        PlacementFactory(agency=agency, agreed_on=day)
    talks(date(2017, 6, 1), date(2018, 3, 1), date(2018, 11, 15))
    assert proposed_first_contact(agency, agreed_on=AGREED) == date(2018, 11, 15)


def test_an_agreement_that_came_to_nothing_was_one_all_the_same(agency, talks):
    withdrawn_place(agency=agency, agreed_on=date(2018, 10, 1))
    talks(date(2018, 9, 1))
    assert proposed_first_contact(agency, agreed_on=AGREED) is None


def test_agreements_of_the_same_day_come_from_the_same_dialogues(agency, talks, pis, coordinator):
    talks(date(2018, 11, 5))
    days = {"agreed_on": AGREED, "planned_start": date(2019, 1, 14)}
    for _ in range(2):
        [place] = lifecycle.agree(agency=agency, programme=pis, by=coordinator, **days)
        assert place.first_contact_on == date(2018, 11, 5)


def test_an_agreement_of_another_agency_says_nothing(agency, talks):
    PlacementFactory(agreed_on=date(2018, 12, 1))
    talks(date(2018, 11, 5))
    assert proposed_first_contact(agency, agreed_on=AGREED) == date(2018, 11, 5)


def test_an_agreement_written_down_late_is_not_the_previous_of_an_earlier_one(agency, talks):
    PlacementFactory(agency=agency, agreed_on=date(2018, 12, 20))
    talks(date(2018, 11, 5))
    assert proposed_first_contact(agency, agreed_on=AGREED) == date(2018, 11, 5)


def test_a_dialogue_logged_by_mistake_is_none(agency, talks, coordinator):
    [mistake, _] = talks(date(2018, 10, 5), date(2018, 11, 5))
    agencies.withdraw_dialogue(mistake, on=date(2018, 12, 1))
    assert proposed_first_contact(agency, agreed_on=AGREED) == date(2018, 11, 5)
