"""An old obstacle that somebody has looked at, and that is still there: it waits for nobody for another ninety days."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains

from agencies import lifecycle, worklist
from agencies.lifecycle import LifecycleError
from tests.agencies.browsing import told
from tests.factories import ObstacleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def old(today):
    return ObstacleFactory(noted_on=date(2018, 2, 1))


def test_it_leaves_the_list_until_ninety_days_have_passed(as_coordinator, coordinator, old, today):
    assert list(worklist.old_obstacles(on=today)) == [old]
    response = as_coordinator.post(f"/hinder/{old.pk}/galler/")
    old.refresh_from_db()
    assert told(response) == [f"Gäller än: {old}"]
    assert (old.stood_on, old.noted_on, old.resolved_on) == (today, date(2018, 2, 1), None)
    assert old.history.first().history_user == coordinator
    assert not worklist.old_obstacles(on=today + timedelta(days=90))
    assert list(worklist.old_obstacles(on=today + timedelta(days=91))) == [old]
    assertContains(as_coordinator.get(old.get_absolute_url()), "<dt>Gällde än</dt><dd>2018-12-31</dd>", html=False)


def test_one_that_is_resolved_does_not_stand(as_coordinator, today):
    gone = ObstacleFactory(noted_on=date(2018, 2, 1), resolved_on=date(2018, 9, 1))
    assert told(as_coordinator.post(f"/hinder/{gone.pk}/galler/")) == ["Hindret är löst sedan 2018-09-01."]
    gone.refresh_from_db()
    assert gone.stood_on is None


def test_nobody_has_looked_tomorrow(old, today):
    with pytest.raises(LifecycleError):
        lifecycle.obstacle_stands(old, on=today + timedelta(days=1))
