"""Today has one source: the day the settings name, or else the calendar's day in Sweden."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from praktik import clock

SWEDEN = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize("moment", ["2026-11-22T12:00+00:00", "2018-12-30T23:59+00:00", "1999-01-01T00:00+00:00"])
def test_the_day_that_the_settings_name_is_today_whatever_the_calendar_says(settings, moment):
    settings.PRAKTIK_TODAY = "2018-12-31"
    with time_machine.travel(moment):
        assert clock.today() == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Winter: Sweden is an hour ahead of UTC.
        ("2018-12-31T22:59:59+00:00", date(2018, 12, 31)),
        ("2018-12-31T23:00:00+00:00", date(2019, 1, 1)),
        # Summer: two hours ahead.
        ("2018-06-30T21:59:59+00:00", date(2018, 6, 30)),
        ("2018-06-30T22:00:00+00:00", date(2018, 7, 1)),
        # The nights when the hour changes.
        ("2018-03-25T00:59:59+00:00", date(2018, 3, 25)),
        ("2018-10-28T01:00:00+00:00", date(2018, 10, 28)),
    ],
)
def test_today_is_the_calendars_day_in_sweden_and_not_in_greenwich(settings, moment, day):
    settings.PRAKTIK_TODAY = None
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day


def test_now_is_this_moment_when_no_day_is_named(settings):
    settings.PRAKTIK_TODAY = None
    with time_machine.travel("2020-02-29T10:15:30+00:00", tick=False):
        assert clock.now() == datetime(2020, 2, 29, 10, 15, 30, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("moment", ["2026-07-01T23:30:00+00:00", "2026-11-22T00:15:00+00:00"])
def test_now_on_a_named_day_is_that_day_at_the_time_of_day_it_is_in_sweden(settings, moment):
    settings.PRAKTIK_TODAY = "2018-12-31"
    with time_machine.travel(moment, tick=False):
        there = datetime.fromisoformat(moment).astimezone(SWEDEN)
        assert clock.now() == datetime(2018, 12, 31, there.hour, there.minute, tzinfo=SWEDEN)
        # In winter, so that the day is the same one for whoever reads the time in Sweden.
        assert clock.now().utcoffset() == timedelta(hours=1)
        assert clock.now().astimezone(SWEDEN).date() == clock.today()


def test_a_story_is_told_on_the_days_it_happened(settings):
    settings.PRAKTIK_TODAY = "2018-12-31"
    with clock.on_day(date(2017, 3, 13)):
        assert clock.today() == date(2017, 3, 13)
        assert clock.now().date() == date(2017, 3, 13)
        with clock.on_day(date(2017, 3, 14)):
            assert clock.today() == date(2017, 3, 14)
        assert clock.today() == date(2017, 3, 13)
    assert clock.today() == date(2018, 12, 31)


def test_a_story_is_told_at_the_moments_it_happened(settings):
    settings.PRAKTIK_TODAY = "2018-12-31"
    # Half past midnight in Sweden is still the day before in Greenwich.
    moment = datetime(2017, 6, 30, 22, 30, tzinfo=UTC)
    with clock.at(moment):
        assert clock.today() == date(2017, 7, 1)
        assert clock.now() == moment
        assert clock.now().utcoffset() == timedelta(hours=2)
        with clock.on_day(date(2017, 3, 14)):
            assert clock.today() == clock.now().date() == date(2017, 3, 14)
        assert clock.now() == moment
    assert clock.today() == date(2018, 12, 31)
    with pytest.raises(ValueError, match="naive"), clock.at(datetime(2017, 7, 1)):
        pass
