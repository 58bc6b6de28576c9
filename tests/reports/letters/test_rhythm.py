"""When the next letter is due: at the start, among the letters, and with an interval that can be decided."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from praktik import clock
from praktik.records import LifecycleError
from reports import lifecycle
from reports.choices import LetterKind
from reports.letters.rhythm import INTERVALS, interval, next_week, turns
from reports.models import LetterInterval
from tests.agencies.browsing import errors, filled
from tests.factories import LetterFactory
from tests.reports.letters.written import WEEK, drafted, letter_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY, WEEKS = timedelta(days=1), timedelta(weeks=1)
MONDAY = date(2018, 12, 17)
"""Two weeks before the tests' today."""


def turn(kind=LetterKind.WEEKLY):
    return next(each for each in turns() if each.kind == kind)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_before_the_first_letter_it_is_time_for_one(as_coordinator):
    told = turn()
    assert (told.last, told.draft, told.due_on, told.is_due) == (None, None, None, True)
    assert words(as_coordinator.get(reverse("reports:letter-list"))).count("Inget skickat än") == len(LetterKind)


@pytest.mark.parametrize(
    ("weeks", "days", "said"),
    [
        (2, 0, "Ska skickas: i dag senast skickat 2018-12-17"),
        (2, 1, "Ska skickas: försenat 1 dag senast skickat 2018-12-17"),
        (2, -1, "Nästa 2018-12-31 senast skickat 2018-12-17"),
        (1, 0, "Ska skickas: försenat 7 dagar senast skickat 2018-12-17"),
        (3, 6, "Nästa 2019-01-07 senast skickat 2018-12-17"),
        (26, 0, "Nästa 2019-06-17 senast skickat 2018-12-17"),
    ],
)
def test_the_coordinator_sees_when_the_next_is_due(as_coordinator, coordinator, office, weeks, days, said):
    letter_of(MONDAY, coordinator)
    lifecycle.set_interval(LetterKind.WEEKLY, weeks, by=coordinator)
    with clock.on_day(WEEK + days * DAY):
        assert turn().is_due == (not said.startswith("Nästa"))
        assert said in words(as_coordinator.get(reverse("reports:letter-list")))
        assert ("Veckobrevet ska gå ut" in words(as_coordinator.get("/"))) == turn().is_due


def test_what_is_due_waits_at_the_start_and_leads_to_where_it_is_written(as_coordinator, coordinator, office):
    def ways():
        return [
            act.url for item in as_coordinator.get("/", {"slag": "brev"}).context["page"] or () for act in item.acts
        ]

    assert ways() == []
    letter_of(MONDAY, coordinator)
    assert ways() == [reverse("reports:letter-new", args=["veckobrev"])]
    begun = drafted(coordinator)
    assert ways() == [begun.get_absolute_url()]


def test_a_letter_sent_at_night_is_of_its_swedish_day(coordinator, office):
    moment = clock.now().replace(year=2018, month=12, day=17, hour=0, minute=30)
    LetterFactory(sent=True, sent_at=moment, week=MONDAY)
    assert turn().due_on == WEEK


def test_a_draft_is_gone_on_with(as_coordinator, coordinator, office):
    later, first = drafted(coordinator, week=WEEK + WEEKS), drafted(coordinator)
    told = turn()
    assert told.draft == later
    assert later.get_absolute_url() in as_coordinator.get(reverse("reports:letter-list")).content.decode()
    assert first.get_absolute_url() in as_coordinator.get(reverse("reports:letter-list")).content.decode()


def test_each_kind_has_its_own_rhythm(coordinator, office):
    letter_of(MONDAY, coordinator)
    assert (turn().due_on, turn(LetterKind.NEWSLETTER).due_on) == (WEEK, None)
    assert {each.kind: each.weeks for each in turns()} == INTERVALS == {"weekly": 2, "newsletter": 6}


def test_a_new_letter_is_proposed_for_the_first_week_without_one(coordinator, today):
    def proposed(on=today):
        return next_week(LetterKind.WEEKLY, on=on)

    assert [proposed(WEEK + days * DAY) for days in (-1, 0, 6)] == [WEEK - WEEKS, WEEK, WEEK]
    drafted(coordinator, LetterKind.NEWSLETTER)
    drafted(coordinator, week=WEEK - WEEKS)
    assert proposed() == WEEK
    drafted(coordinator, week=WEEK + WEEKS)
    assert proposed() == WEEK + 2 * WEEKS


# How often


ADDRESS = "/brev/takt/nyhetsbrev/"


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ("0", "för litet. Minst 1"),
        ("-1", "för litet. Minst 1"),
        ("27", "för stort. Högst 26"),
        ("99999999999999999999", "för stort. Högst 26"),
        ("1,5", "heltal"),
        ("varannan", "heltal"),
        ("", "Fyll i"),
    ],
)
def test_a_number_of_weeks_that_cannot_be_is_refused_in_words(as_coordinator, weeks, said):
    answer = as_coordinator.post(ADDRESS, filled(as_coordinator.get(ADDRESS), weeks=weeks))
    assert said in errors(answer)["weeks"][0]
    assert interval(LetterKind.NEWSLETTER) == 6


@pytest.mark.parametrize("weeks", [1, 26])
def test_an_interval_is_decided_and_holds(as_coordinator, coordinator, weeks):
    for number in (4, weeks):
        answer = as_coordinator.post(ADDRESS, filled(as_coordinator.get(ADDRESS), weeks=number))
    assert answer.url == reverse("reports:letter-list")
    assert (interval(LetterKind.NEWSLETTER), interval(LetterKind.WEEKLY)) == (weeks, 2)
    decided = LetterInterval.objects.get()
    assert (decided.history.count(), decided.history.first().history_user) == (2, coordinator)


@pytest.mark.parametrize("weeks", [0, 27, -1])
def test_the_verb_refuses_it_too(coordinator, weeks):
    with pytest.raises(LifecycleError) as refused:
        lifecycle.set_interval(LetterKind.WEEKLY, weeks, by=coordinator)
    assert refused.value.field == "weeks"
    assert not LetterInterval.objects.exists()
