"""What has changed since the last letter: each thing once, by when it was told and not by when it happened."""

import random
from datetime import date, timedelta

import pytest

from placements import lifecycle as places
from placements.choices import Outcome, Sex, Verb
from placements.models import Deed, Placement
from praktik import clock
from reports import lifecycle
from reports.choices import LetterKind, LetterPart
from tests.factories import programme
from tests.placements.pages import agreed, begun, ordered
from tests.reports.letters.written import drafted, letter_of, part_now, part_of, sent_content, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST, SECOND, THIRD = date(2018, 12, 3), date(2018, 12, 17), date(2018, 12, 31)
DAY, WEEKS = timedelta(days=1), timedelta(weeks=1)
OF = {Verb.START: "Startade", Verb.EXTEND: "Förlängda", Verb.END: "Avslutade", Verb.ORDER: "Nya order"}


def since(part):
    """{kind of change: its rows}, without the numbers in the titles."""
    return {title.partition(":")[0]: rows for title, rows in told(part).items()}


def changes_of(letter):
    return since(part_of(sent_content(letter), LetterPart.CHANGES))


def changes_now(by):
    """What the next letter would tell today."""
    with clock.on_day(THIRD):
        return since(part_now(drafted(by), by, LetterPart.CHANGES))


def started(place, by, day):
    group = place.target_groups.first()
    days = {"started_on": day, "planned_end": day + 12 * WEEKS}
    return places.start(place, by=by, target_group=group, sex=Sex.WOMAN, **days)


def known_place(by, day, **facts):
    """A place that was agreed a fortnight before a day."""
    then = day - 2 * WEEKS
    return agreed(by, agreed_on=then, planned_start=then, **facts)[0]


def test_starts_extensions_ends_and_orders_are_told(coordinator, office):
    letter_of(FIRST, coordinator)
    with clock.on_day(SECOND):
        started(known_place(coordinator, SECOND, duties="Växel"), coordinator, SECOND - DAY)
        going = begun(coordinator, programme=programme("MBJ"), duties="Arkiv")
        places.extend(going, by=coordinator, decided_on=SECOND, new_end=date(2019, 5, 31), reason="")
        ended = begun(coordinator, duties="Reception")
        places.end(ended, by=coordinator, ended_on=SECOND - DAY, outcome=Outcome.STUDIES)
        ordered(agreed(coordinator, 2, duties="Post"), coordinator, office)
    told_of = changes_now(coordinator)
    rows = {kind: [(row[0].split(",")[0], row[1]) for row in rows] for kind, rows in told_of.items()}
    assert ("PIS Växel", "2018-12-16") in rows["Startade"]
    assert rows["Förlängda"] == [("MBJ Arkiv", "2019-05-31")]
    assert rows["Avslutade"] == [("PIS Reception", "2018-12-16")]
    assert [(what, to.split()[-1]) for what, to in rows["Nya order"]] == [("PIS Post", "Sollefteå")]
    assert "2 platser" in told_of["Nya order"][0][0]


def test_a_start_told_late_is_in_the_next_letter_and_in_no_other(coordinator, office):
    with clock.on_day(FIRST):
        place = known_place(coordinator, FIRST - WEEKS)
    letter_of(FIRST, coordinator)
    with clock.on_day(SECOND):
        started(place, coordinator, FIRST - WEEKS)
    second = letter_of(SECOND, coordinator)
    assert [row[1] for row in changes_of(second)["Startade"]] == ["2018-11-26"]
    assert changes_now(coordinator) == {}


@pytest.mark.parametrize("days_before", [13, 14])
def test_without_an_earlier_letter_the_last_weeks_are_told(coordinator, days_before):
    started(known_place(coordinator, THIRD), coordinator, THIRD - timedelta(days=days_before))
    assert list(changes_now(coordinator)) == (["Startade"] if days_before < 14 else [])


def test_without_an_earlier_letter_the_weeks_are_those_decided(coordinator):
    lifecycle.set_interval(LetterKind.WEEKLY, 3, by=coordinator)
    started(known_place(coordinator, THIRD), coordinator, THIRD - 2 * WEEKS)
    assert list(changes_now(coordinator)) == ["Startade"]


def test_a_newsletter_in_between_takes_nothing_from_the_weekly_letter(coordinator, office):
    letter_of(FIRST, coordinator)
    with clock.on_day(SECOND):
        started(known_place(coordinator, SECOND), coordinator, SECOND)
        news = drafted(coordinator, LetterKind.NEWSLETTER, SECOND, intro="Hej!")
        agreed(coordinator)  # with a contact who gets it
        lifecycle.freeze(news, by=coordinator, site="", seen=lifecycle.readied(news, coordinator, site="").stamp)
    assert list(changes_now(coordinator)) == ["Startade"]


def test_what_the_last_letter_told_and_was_undone_stands_as_taken_back(coordinator, office):
    with clock.on_day(SECOND):
        made = [known_place(coordinator, SECOND, duties="Växel") for _ in range(2)]
        for place in made:
            started(place, coordinator, SECOND)
    letter_of(SECOND, coordinator)
    places.undo(made[0], by=coordinator)
    told_of = changes_now(coordinator)
    [(title, [[what, stood_as]])] = told_of.items()
    assert "ångrats" in title
    assert what.startswith("PIS Växel")
    assert stood_as == "Startade"


def test_one_of_several_that_stood_as_one_row_is_taken_back(coordinator, office):
    with clock.on_day(SECOND):
        then = SECOND - 2 * WEEKS
        made = agreed(coordinator, 3, duties="Växel", agreed_on=then, planned_start=then)
        for place in made:
            started(place, coordinator, SECOND)
    second = letter_of(SECOND, coordinator)
    assert len(changes_of(second)["Startade"]) == 1
    places.undo(made[2], by=coordinator)
    [[[what, _]]] = changes_now(coordinator).values()
    assert what.endswith("3 platser (1 av dem)")


def test_a_start_is_taken_back_also_when_its_place_was_undone_too(coordinator, office):
    """An undone agreement takes the place with it; what the letter told of it was as wrong."""
    with clock.on_day(SECOND):
        place = known_place(coordinator, SECOND, duties="Växel")
        started(place, coordinator, SECOND)
    letter_of(SECOND, coordinator)
    for _ in range(2):
        places.undo(place, by=coordinator)
    assert not Placement.objects.exists()
    [(title, [[what, _]])] = changes_now(coordinator).items()
    assert "ångrats" in title
    assert what.startswith("PIS Växel")


def test_what_is_undone_before_a_letter_was_never_told(coordinator, office):
    letter_of(FIRST, coordinator)
    with clock.on_day(SECOND):
        place = known_place(coordinator, SECOND)
        started(place, coordinator, SECOND)
        places.undo(place, by=coordinator)
    assert changes_now(coordinator) == {}


def test_what_is_taken_back_is_told_once(coordinator, office):
    with clock.on_day(FIRST):
        place = known_place(coordinator, FIRST)
        started(place, coordinator, FIRST)
    letter_of(FIRST, coordinator)
    with clock.on_day(SECOND):
        places.undo(place, by=coordinator)
    second = letter_of(SECOND, coordinator)
    assert len(changes_of(second)) == 1
    assert changes_now(coordinator) == {}


def lives(by, office):
    """What can be told, each of a place of its own, dated in the weeks before it is told."""
    today = clock.today()

    def start():
        started(known_place(by, today - 4 * WEEKS), by, today - 3 * WEEKS)

    def extend():
        going = begun(by, programme=programme("MBJ"))
        places.extend(going, by=by, decided_on=today, new_end=date(2019, 5, 31), reason="")

    def end():
        places.end(begun(by), by=by, ended_on=today - DAY, outcome=Outcome.OTHER)

    def order():
        places.order(agreed(by, 2, agreed_on=today), by=by, office=office, sent_on=today, profile="Arkiv")

    return [start, extend, end, order]


@pytest.mark.parametrize("seed", range(2))
def test_nothing_is_in_two_letters_and_nothing_in_none(coordinator, office, seed):
    """Told in any order between three letters; the first of an order's deeds tells of it."""
    chance = random.Random(seed)
    letters = [letter_of(FIRST - 2 * WEEKS, coordinator)]
    for day in (FIRST, SECOND, THIRD):
        with clock.on_day(day):
            for live in chance.choices(lives(coordinator, office), k=5):
                live()
        letters.append(letter_of(day, coordinator))
    parts = [part_of(sent_content(letter), LetterPart.CHANGES) for letter in letters]
    keys = [key for part in parts for table in part.tables for row in table.rows for key in row.key.split("+")]
    due = [*Deed.objects.exclude(verb=Verb.ORDER), *Deed.objects.of(Verb.ORDER).told_once()]
    assert sorted(keys) == sorted(f"deed-{deed.pk}" for deed in due if deed.verb in OF)
