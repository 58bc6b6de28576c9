"""When somebody was here last, and what is new to them since."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from placements.choices import Requirement
from placements.models import MatchingOrder
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from reports import lifecycle
from reports.models import MonthlyReport
from tests.factories import PASSWORD, MatchingOrderFactory, OfficeFactory, PlacementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def elsewhere(db):
    return OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[UserFactory(role=Role.CASE_OFFICER)])


def visit(user: User) -> Client:
    """Log in as one does."""
    browser = Client()
    answer = browser.post("/logga-in/", {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_each_login_notes_the_visit_and_the_one_before_it(coordinator):
    moments = []
    for day in (1, 5, 9):
        with clock.at(timezone.make_aware(datetime(2018, 12, day, 8, 30))):
            visit(coordinator)
            moments.append(clock.now())
        coordinator.refresh_from_db()
        before = moments[-2] if len(moments) > 1 else None
        assert (coordinator.visited_before, coordinator.visited_at) == (before, moments[-1])
    history = coordinator.history.count()
    visit(coordinator)
    assert coordinator.history.count() == history


def test_a_login_that_fails_is_no_visit(coordinator, client):
    client.post("/logga-in/", {"username": coordinator.email, "password": "fel"})
    coordinator.refresh_from_db()
    assert (coordinator.visited_before, coordinator.visited_at) == (None, None)


def test_an_officer_sees_others_hard_orders_that_are_new_since_the_last_visit(own_officer, office, elsewhere):
    sent = date(2018, 12, 3)
    for day in (9, 10, 11):
        hard = {"hard_since": date(2018, 12, day), "blocked_by": Requirement.LICENCE}
        MatchingOrderFactory(places=[PlacementFactory()], office=elsewhere, duties=f"{day}", sent_on=sent, **hard)
    told = {}
    for day in (10, 20, 31):
        with clock.at(timezone.make_aware(datetime(2018, 12, day, 12))):
            page = visit(own_officer).get("/").context["page"]
        told[day] = {MatchingOrder.objects.get(pk=item.key).duties for item in page or ()}
    # All at the first visit; at the next what came on the day of the one before it or later.
    assert told == {10: {"9", "10"}, 20: {"10", "11"}, 31: set()}


def test_the_steering_group_reads_the_latest_month_and_what_is_new(steering, coordinator):
    for month, day in ((8, 3), (9, 12), (10, 14)):
        with clock.on_day(date(2018, 12, day)):
            lifecycle.publish(date(2018, month, 1), by=coordinator, words=f"Ord om {month}")
    first = visit(steering).get("/")
    assertContains(first, "Månadsrapport oktober 2018")
    assertNotContains(first, "Nytt sedan ditt förra besök")
    User.objects.filter(pk=steering.pk).update(visited_at=timezone.make_aware(datetime(2018, 12, 12, 17)))
    answer = visit(steering).get("/")
    assertContains(answer, "Nytt sedan ditt förra besök")
    assert [item.what for item in answer.context["page"]] == [
        "Månadsrapport september 2018",
        "Månadsrapport oktober 2018",
    ]
    assert answer.context["report"] == MonthlyReport.objects.get(month=date(2018, 10, 1))
    User.objects.filter(pk=steering.pk).update(visited_at=timezone.make_aware(datetime(2018, 12, 15, 8)))
    assertNotContains(visit(steering).get("/"), "Nytt sedan ditt förra besök")
