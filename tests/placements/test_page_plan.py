"""Planning: another next step for an open place, or another day."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements.models import Placement
from tests.agencies.browsing import errors, opened
from tests.placements.lives import rows, step_of
from tests.placements.pages import agreed, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def place(coordinator, agency):
    return agreed(coordinator, agency=agency)[0]


def plan(browser, place, **typed):
    return send(browser, f"/platser/{place.pk}/nasta-steg/", **typed)


def test_another_step_with_its_day_stands_on_the_page(as_coordinator, place):
    assert plan(as_coordinator, place, what="Ring chefen", due_on="2019-01-09").status_code == 302
    assert step_of(place) == ("Ring chefen", date(2019, 1, 9))
    assertContains(as_coordinator.get(place.get_absolute_url()), "Ring chefen")


@pytest.mark.parametrize(("stored", "proposed"), [("2019-02-01", "2019-02-01"), ("2018-12-20", "2018-12-31")])
def test_what_is_planned_is_proposed_but_no_day_that_has_been(as_coordinator, place, stored, proposed):
    Placement.objects.filter(pk=place.pk).update(next_on=stored)
    form = opened(as_coordinator.get(f"/platser/{place.pk}/nasta-steg/"))
    assert (form["what"], form["due_on"]) == (["Beställ matchning"], [proposed])


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"due_on": "2018-12-30"}, "due_on", "Dagen har redan varit. Välj i dag eller senare."),
        ({"due_on": "2021-12-31"}, "due_on", "Dagen ligger mer än tre år fram."),
        ({"due_on": ""}, "due_on", "Fyll i det här."),
        ({"what": "  "}, "what", "Fyll i det här."),
        ({"what": "å" * 151}, "what", "Texten är 151 tecken. Högst 150 får plats."),
    ],
)
def test_a_step_has_words_and_a_day_to_come(as_coordinator, place, typed, field, words):
    before = rows()
    response = plan(as_coordinator, place, **{"what": "Ring chefen", "due_on": "2019-01-09"} | typed)
    assert errors(response) == {field: [words]}
    other = {"what": "due_on", "due_on": "what"}[field]
    assert opened(response)[other] == [{"what": "Ring chefen", "due_on": "2019-01-09"}[other]]
    assert rows() == before
