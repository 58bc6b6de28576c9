"""Ninety days after the end: what the person does now, a figure on the place."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains

from placements import lifecycle
from placements.choices import FollowUp, Outcome
from tests.agencies.browsing import errors, opened, told
from tests.placements.lives import rows
from tests.placements.pages import begun, doings, names, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ended(by, agency, day):
    return lifecycle.end(begun(by, agency=agency), by=by, ended_on=day, outcome=Outcome.STUDIES)


@pytest.fixture
def place(coordinator, agency):
    """Ended exactly ninety days ago."""
    return ended(coordinator, agency, date(2018, 10, 2))


def follow_up(browser, place, **typed):
    return send(browser, f"/platser/{place.pk}/folj-upp/", **{"outcome": FollowUp.STUDIES} | typed)


@pytest.mark.parametrize("outcome", [FollowUp.STUDIES, FollowUp.NONE, FollowUp.UNKNOWN])
def test_who_does_not_work_says_nothing_of_subsidies(as_coordinator, place, outcome):
    assert follow_up(as_coordinator, place, outcome=outcome, subsidised="ja").status_code == 302
    place.refresh_from_db()
    assert (place.followed_up_on, place.follow_up, place.follow_up_subsidised) == (date(2018, 12, 31), outcome, None)


@pytest.mark.parametrize(("word", "subsidised"), [("ja", True), ("nej", False)])
def test_work_says_whether_it_is_subsidised(as_coordinator, place, word, subsidised):
    response = follow_up(as_coordinator, place, outcome=FollowUp.WORK)
    assert errors(response) == {"subsidised": ["Välj ja eller nej: personen är i arbete."]}
    assert opened(response)["outcome"] == ["work"]
    assert follow_up(as_coordinator, place, outcome=FollowUp.WORK, subsidised=word).status_code == 302
    place.refresh_from_db()
    assert (place.follow_up, place.follow_up_subsidised) == ("work", subsidised)
    assertContains(as_coordinator.get(place.get_absolute_url()), "I arbete, med" if subsidised else "I arbete, utan")


def test_it_is_offered_on_the_ninetieth_day_and_not_before(as_coordinator, coordinator, agency, place, today):
    assert doings(as_coordinator.get(place.get_absolute_url()))["folj-upp"] == "Följ upp …"
    assertContains(as_coordinator.get(f"/platser/{place.pk}/folj-upp/"), "Tidigast 2018-12-31, 90 dagar efter slutet.")
    early = ended(coordinator, agency, today - timedelta(days=89))
    assert "folj-upp" not in doings(as_coordinator.get(early.get_absolute_url()))
    before = rows()
    response = follow_up(as_coordinator, early)
    words = "Uppföljningen 2018-12-31 kan inte vara före 90 dagar efter slutet, 2019-01-01."
    assert errors(response) == {"on": [words]}
    assert rows() == before


def test_it_is_asked_once(as_coordinator, place):
    follow_up(as_coordinator, place)
    assert "folj-upp" not in doings(as_coordinator.get(place.get_absolute_url()))
    before = rows()
    assert errors(follow_up(as_coordinator, place)) == {"__all__": ["Platsen är redan uppföljd 2018-12-31."]}
    assert rows() == before


def test_the_list_of_those_to_follow_up_grows_shorter(as_coordinator, place):
    address = "/platser/?tillstand=folj-upp"
    assert names(as_coordinator.get(address)) == ["Arkiv"]
    response = send(as_coordinator, f"/platser/{place.pk}/folj-upp/?tillbaka={address}", outcome="none")
    assert response.url == address
    assert told(response) == ["PIS Arkiv är uppföljd."]
    assert names(as_coordinator.get(address)) == []


@pytest.mark.parametrize("outcome", ["", "prison", "\0"])
def test_what_the_person_does_is_one_of_those_shown(as_coordinator, place, outcome):
    assert list(errors(follow_up(as_coordinator, place, outcome=outcome))) == ["outcome"]
