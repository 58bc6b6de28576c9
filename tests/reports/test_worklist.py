"""What is to be written and sent, and what is new to those who read: each rule by example and by its boundary days."""

from datetime import date, timedelta

import pytest

from praktik import clock
from praktik.worklist import Worklist
from reports import lifecycle, worklist
from reports.choices import LetterKind
from reports.letters.rhythm import turns
from reports.models import Target
from tests.factories import AgencyFactory, MonthlyReportFactory, TargetFactory
from tests.reports.letters.written import drafted, letter_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = date(2018, 12, 17)
"""Two weeks before the tests' today, as long as there is between two weekly letters."""
VISIT = date(2018, 12, 17)


@pytest.fixture
def published(coordinator):
    """A function that has a month published, and withdrawn when that is said."""

    def publish(month: date, on: date | None = None, withdrawn_on: date | None = None):
        gone = {"withdrawn_on": withdrawn_on, "withdrawn_by": coordinator, "reason": "Fel siffror"}
        facts = {
            "published_on": on or month + 30 * DAY,
            "published_by": coordinator,
            "figures": {"lead": "", "tables": []},
        } | (gone if withdrawn_on else {})
        return MonthlyReportFactory(month=month, **facts)

    return publish


def items(user, on, kind) -> list[tuple[str, str, list[str], str]]:
    """(what, said, the actions' words, how urgent) of each row of a kind."""
    told = Worklist(user, on=on).items(kind)
    return [(item.what, item.said, [act.label for act in item.acts], item.look) for item in told]


# Letters


def test_a_letter_waits_from_the_day_it_is_due(coordinator, office, today):
    assert worklist.letters_due(turns(), on=today) == []
    sent = letter_of(MONDAY, coordinator)
    found = {days: worklist.letters_due(turns(), on=today + days * DAY) for days in (-1, 0, 1)}
    assert {days: [turn.last for turn in rows] for days, rows in found.items()} == {-1: [], 0: [sent], 1: [sent]}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-1, []),
        (0, [("Veckobrevet ska gå ut", "I dag", ["Skriv"], "wait")]),
        (1, [("Veckobrevet ska gå ut", "Försenat 1 dag", ["Skriv"], "wait")]),
    ],
)
def test_a_letter_that_is_due_is_told_of(coordinator, office, today, days, told):
    letter_of(MONDAY, coordinator)
    with clock.on_day(today + days * DAY):
        assert items(coordinator, clock.today(), "brev") == told


def test_a_letter_that_is_begun_is_gone_on_with_and_one_that_is_sent_waits_no_more(coordinator, office, today):
    letter_of(MONDAY, coordinator)
    begun = drafted(coordinator)
    [item] = Worklist(coordinator, on=today).items("brev")
    [act] = item.acts
    assert (act.label, act.url, item.where) == ("Fortsätt skriva", begun.get_absolute_url(), str(begun))
    lifecycle.discard(begun, by=coordinator)
    letter_of(today, coordinator)
    assert items(coordinator, today, "brev") == []


def test_both_kinds_of_letter_may_be_due(coordinator, office, today):
    letter_of(MONDAY, coordinator)
    with clock.on_day(date(2018, 11, 1)):
        news = drafted(coordinator, LetterKind.NEWSLETTER, week=date(2018, 10, 29))
    type(news).objects.filter(pk=news.pk).update(sent_at=clock.now() - 43 * DAY, sent_by=coordinator)
    assert [what for what, *_ in items(coordinator, today, "brev")] == [
        "Nyhetsbrevet ska gå ut",
        "Veckobrevet ska gå ut",
    ]


# Months


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2018, 11, 30), False),
        (date(2018, 12, 1), False),
        (date(2018, 12, 30), False),
        (date(2018, 12, 31), True),
        (date(2019, 1, 1), True),
        (date(2019, 1, 31), True),
    ],
)
def test_a_month_is_due_from_its_last_day(published, day, due):
    published(date(2018, 10, 1))
    latest = published(date(2018, 11, 1))
    assert list(worklist.months_due(on=day)) == ([latest] if due else [])


def test_in_february_too(published):
    latest = published(date(2019, 1, 1))
    assert not worklist.months_due(on=date(2019, 2, 27)).exists()
    assert list(worklist.months_due(on=date(2019, 2, 28))) == [latest]


def test_no_month_is_due_before_the_first_or_after_the_latest(published, today):
    assert not worklist.months_due(on=today).exists()
    MonthlyReportFactory(month=date(2018, 11, 1))  # a draft
    assert not worklist.months_due(on=today).exists()
    published(date(2018, 12, 1))
    assert not worklist.months_due(on=today).exists()


def test_a_month_that_was_withdrawn_is_due_again(published, coordinator, today):
    published(date(2018, 10, 1))
    published(date(2018, 11, 1), withdrawn_on=date(2018, 12, 3))
    expected = ("Månadsrapporten för november 2018 ska publiceras", "Månaden slutade för 31 dagar sedan", ["Skriv"])
    assert items(coordinator, today, "manad") == [(*expected, "wait")]
    [item] = Worklist(coordinator, on=today).items("manad")
    assert item.acts[0].url == "/manadsrapporter/2018-11/utkast/"


# News


def test_what_was_published_on_the_day_of_a_visit_is_new(published):
    months = [published(date(2018, month, 1), on=VISIT + days * DAY) for month, days in ((9, -1), (10, 0), (11, 1))]
    assert list(worklist.new_months(since=VISIT)) == [months[2], months[1]]
    assert not worklist.new_months(since=None).exists()


def test_a_month_that_was_withdrawn_is_news_until_it_is_published_anew(published):
    published(date(2018, 8, 1), withdrawn_on=VISIT - DAY)
    told = [published(date(2018, month, 1), on=VISIT - 9 * DAY, withdrawn_on=VISIT + DAY) for month in (9, 10)]
    same_day = published(date(2018, 11, 1), withdrawn_on=VISIT)
    assert list(worklist.withdrawn_months(since=VISIT)) == [same_day, told[1], told[0]]
    assert not worklist.new_months(since=VISIT).exists()
    assert not worklist.withdrawn_months(since=None).exists()
    anew = published(date(2018, 10, 1), on=VISIT + DAY)
    assert list(worklist.withdrawn_months(since=VISIT)) == [same_day, told[0]]
    assert list(worklist.new_months(since=VISIT)) == [anew]


def test_a_target_is_new_from_the_day_it_was_decided(today):
    decided = {days: TargetFactory(year=2019 + days, decided_on=VISIT + days * DAY) for days in (-1, 0, 1)}
    TargetFactory(year=2030, decided_on=today + DAY)
    TargetFactory(year=2031, decided_on=today, agency=AgencyFactory())
    assert list(worklist.new_targets(since=VISIT, on=today)) == [decided[0], decided[1]]
    assert list(worklist.new_targets(since=VISIT, on=VISIT)) == [decided[0]]
    assert not worklist.new_targets(since=None, on=today).exists()


def test_news_is_the_steering_group_s(published, steering, coordinator, officer, administrator, today):
    published(date(2018, 11, 1), on=VISIT)
    published(date(2018, 10, 1), withdrawn_on=VISIT)
    TargetFactory(decided_on=VISIT)
    seen = clock.now() - 14 * DAY
    told = Worklist(steering, on=today, seen=seen)
    assert [(item.line, item.what) for item in told.items()] == [
        ("new-months", "Månadsrapport november 2018"),
        ("withdrawn-months", "Månadsrapport oktober 2018"),
        ("new-targets", f"Nytt mål, {Target.objects.get()}"),
    ]
    for other in (coordinator, officer, administrator):
        assert Worklist(other, on=today, seen=seen).number("nytt") == 0
