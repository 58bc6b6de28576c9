"""Ending a place: the last day, what came after, and whether an employment is subsidised."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements import lifecycle
from placements.choices import EMPLOYMENTS, Outcome
from tests.agencies.browsing import errors, opened
from tests.placements.lives import rows
from tests.placements.pages import begun, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def place(coordinator, agency):
    """A PIS from 2018-09-03, planned until 2019-02-28."""
    return begun(coordinator, agency=agency)


def end(browser, place, **typed):
    return send(browser, f"/platser/{place.pk}/avsluta/", **{"outcome": Outcome.STUDIES} | typed)


@pytest.mark.parametrize("outcome", [each for each in Outcome if each not in EMPLOYMENTS])
def test_an_outcome_that_is_no_employment_says_nothing_of_subsidies(as_coordinator, place, outcome):
    assert end(as_coordinator, place, outcome=outcome, subsidised="ja").status_code == 302
    place.refresh_from_db()
    assert (place.ended_on, place.outcome, place.subsidised) == (date(2018, 12, 31), outcome, None)


@pytest.mark.parametrize("outcome", EMPLOYMENTS)
@pytest.mark.parametrize(("word", "told"), [("ja", True), ("nej", False)])
def test_an_employment_says_whether_it_is_subsidised(as_coordinator, place, outcome, word, told):
    before = rows()
    response = end(as_coordinator, place, outcome=outcome)
    assert errors(response) == {"subsidised": ["Välj ja eller nej: det är en anställning."]}
    assert opened(response)["outcome"] == [outcome]
    assert rows() == before
    assert end(as_coordinator, place, outcome=outcome, subsidised=word).status_code == 302
    place.refresh_from_db()
    assert (place.outcome, place.subsidised) == (outcome, told)


def test_until_when_the_agency_employed_is_told(as_coordinator, place):
    typed = {"outcome": Outcome.SAME_AGENCY, "subsidised": "nej", "employed_until": "2019-06-30"}
    assert end(as_coordinator, place, **typed).status_code == 302
    place.refresh_from_db()
    assert place.employed_until == date(2019, 6, 30)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ended_on": "2018-09-02"}, "Slutet 2018-09-02 kan inte vara före starten 2018-09-03."),
        (
            {"employed_until": "2019-06-30"},
            "Anställd till och med anges bara för en anställning på samma myndighet.",
        ),
        (
            {"outcome": Outcome.ELSEWHERE, "subsidised": "ja", "employed_until": "2019-06-30"},
            "Anställd till och med anges bara för en anställning på samma myndighet.",
        ),
        (
            {"outcome": Outcome.SAME_AGENCY, "subsidised": "ja", "employed_until": "2018-12-30"},
            "Anställningens slut 2018-12-30 kan inte vara före platsens slut 2018-12-31.",
        ),
    ],
)
def test_a_rule_that_is_broken_is_told_and_typing_kept(as_coordinator, place, typed, words):
    before = rows()
    response = end(as_coordinator, place, **typed)
    [*_, broken] = typed
    assert errors(response) == {broken: [words]}
    assertContains(response, words)
    for name, value in typed.items():
        assert opened(response)[name] == [value], name
    assert rows() == before


def test_no_end_before_an_extension_was_decided(as_coordinator, coordinator, agency, mbj):
    place = begun(coordinator, agency=agency, programme=mbj)
    lifecycle.extend(place, by=coordinator, decided_on=date(2018, 12, 10), new_end=date(2019, 8, 30), reason="")
    response = end(as_coordinator, place, ended_on="2018-12-09")
    assert errors(response) == {
        "ended_on": ["Slutet 2018-12-09 kan inte vara före beslutet om förlängning 2018-12-10."]
    }


@pytest.mark.parametrize(("planned", "proposed"), [("2018-11-30", "2018-11-30"), ("2019-02-28", "2018-12-31")])
def test_the_planned_end_is_proposed_or_today_if_it_has_not_come(as_coordinator, place, planned, proposed):
    type(place).objects.filter(pk=place.pk).update(planned_end=planned)
    assert opened(as_coordinator.get(f"/platser/{place.pk}/avsluta/"))["ended_on"] == [proposed]


@pytest.mark.parametrize("outcome", ["", "fired", "\0", "STUDIES"])
def test_an_outcome_is_one_of_those_shown(as_coordinator, place, outcome):
    assert list(errors(end(as_coordinator, place, outcome=outcome))) == ["outcome"]


def test_whether_it_is_subsidised_is_yes_or_no(as_coordinator, place):
    response = end(as_coordinator, place, outcome=Outcome.SAME_AGENCY, subsidised="kanske")
    assert list(errors(response)) == ["subsidised"]
