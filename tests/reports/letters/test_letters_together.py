"""Two at the same moment, each on a connection of their own: a letter goes once, and nothing is lost between two."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction

from placements import lifecycle as places
from placements.choices import Sex
from placements.models import Placement
from praktik.records import LifecycleError
from reports import lifecycle
from reports.choices import LetterKind, LetterPart
from reports.models import Delivery, Letter, LetterCopy
from tests.factories import UserFactory
from tests.placements.lives import together
from tests.placements.pages import agreed
from tests.reports.letters.written import SITE, WEEK, drafted, frozen, part_now, told

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = ("reports_letter",)


def test_two_coordinators_send_a_letter_once(weekly, coordinator, queued):
    colleague = UserFactory(name="Kalle Kollega")

    def send(by):
        seen = lifecycle.readied(weekly, by, site=SITE).stamp
        return lambda: lifecycle.send(weekly, by=by, site=SITE, seen=seen)

    answers = together(send(coordinator), send(colleague), after=LETTERS)
    [refused] = [str(each) for each in answers if isinstance(each, LifecycleError)]
    [sent] = [each for each in answers if not isinstance(each, LifecycleError)]
    assert f"av {sent.sent_by} och kan inte ändras" in refused
    assert Letter.objects.get().sent_by == sent.sent_by
    assert LetterCopy.objects.count() == Delivery.objects.count() == queued() == 1


def test_two_who_begin_the_same_week_make_one_letter(coordinator):
    colleague = UserFactory()
    answers = together(
        *(lambda by=by: lifecycle.draft(LetterKind.WEEKLY, WEEK, by=by) for by in (coordinator, colleague)),
        after=LETTERS,
    )
    [refused] = [str(each) for each in answers if isinstance(each, LifecycleError)]
    assert "Det finns redan ett veckobrev" in refused
    assert Letter.objects.count() == 1


def test_whoever_writes_while_another_sends_changes_nothing_that_was_sent(weekly, coordinator):
    colleague = UserFactory()
    seen = lifecycle.readied(weekly, coordinator, site=SITE).stamp
    answers = together(
        lambda: lifecycle.send(weekly, by=coordinator, site=SITE, seen=seen),
        lambda: lifecycle.write_letter(weekly, by=colleague, intro="Något helt annat"),
        after=LETTERS,
    )
    assert len([each for each in answers if isinstance(each, LifecycleError)]) == 1
    letter = Letter.objects.get()
    if letter.sent_at:
        assert (letter.intro in letter.copy.message, letter.intro) == (False, "Hej **alla**!")
    else:
        assert letter.intro == "Något helt annat"


def start(place, by):
    group = Placement.objects.get(pk=place.pk).target_groups.first()
    days = {"started_on": WEEK, "planned_end": WEEK + timedelta(weeks=12)}
    places.start(place, by=by, target_group=group, sex=Sex.WOMAN, **days)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time: none is overtaken.")
def test_a_start_that_was_being_stored_while_a_letter_went_is_in_the_next(weekly, coordinator):
    """It has a lower number than another that was stored first, and was known to neither the letter nor its sender."""
    then = WEEK - timedelta(weeks=2)
    slow, quick = agreed(coordinator, 2, agreed_on=then, planned_start=then)
    written, go_on = threading.Event(), threading.Event()

    def slowly():
        try:
            with transaction.atomic():
                start(slow, coordinator)
                written.set()
                go_on.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert written.wait(20)
    start(quick, coordinator)
    frozen(weekly, coordinator)
    go_on.set()
    thread.join(20)
    following = drafted(coordinator, week=date(2019, 1, 7))
    titles = told(part_now(following, coordinator, LetterPart.CHANGES))
    assert [title.partition(":")[0] for title in titles] == ["Startade"]
