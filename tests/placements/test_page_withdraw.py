"""Withdrawing a place: the agreement comes to nothing, for a reason."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements.choices import State
from tests.agencies.browsing import errors, opened
from tests.placements.pages import agreed, names, send, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def place(coordinator, agency):
    return agreed(coordinator, agency=agency)[0]


def withdraw(browser, place, **typed):
    return send(browser, f"/platser/{place.pk}/dra-tillbaka/", **{"reason": "Handledaren slutade."} | typed)


def test_the_day_and_the_reason_stand_on_its_page(as_coordinator, place):
    assert withdraw(as_coordinator, place, on="2018-12-20").status_code == 302
    place.refresh_from_db()
    assert (place.withdrawn_on, place.reason) == (date(2018, 12, 20), "Handledaren slutade.")
    response = as_coordinator.get(place.get_absolute_url())
    assert response.context["state"] is State.WITHDRAWN
    assertContains(response, "Handledaren slutade.")
    assert names(as_coordinator.get("/platser/oppna/")) == []


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_it_needs_a_reason(as_coordinator, place, reason):
    response = withdraw(as_coordinator, place, reason=reason, on="2018-12-20")
    assert errors(response) == {"reason": ["Fyll i det här."]}
    assert opened(response)["on"] == ["2018-12-20"]


def test_it_is_not_before_the_agreement(as_coordinator, place):
    response = withdraw(as_coordinator, place, on="2018-12-02")
    assert errors(response) == {"on": ["Tillbakadragandet 2018-12-02 kan inte vara före avtalet 2018-12-03."]}
    assert opened(response)["reason"] == ["Handledaren slutade."]


def test_a_handover_that_waited_is_no_longer_asked_about(
    as_coordinator, coordinator, log_in, own_officer, office, place
):
    waiting(place, coordinator, office)
    withdraw(as_coordinator, place)
    for browser in (as_coordinator, log_in(own_officer)):
        assertContains(browser.get("/overlamningar/"), "Ingen överlämning väntar.")
