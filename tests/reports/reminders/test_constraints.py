"""What the database itself refuses of notices and reminders."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from reports.choices import NoticeKind, ReminderLevel
from reports.models import Notice, Reminder
from tests.factories import DeliveryFactory, LetterCopyFactory, MatchingOrderFactory
from tests.reports.reminders.conftest import OFFICE, SENT

pytestmark = pytest.mark.django_db


def refused(make: Callable[[], object], constraint: str) -> None:
    """The constraint is broken; SQLite tells a unique one by its columns."""
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE constraint failed"), transaction.atomic():
        make()


def notice(**fields):
    return Notice.objects.create(**{"kind": NoticeKind.REMINDER, "made_on": OFFICE, "message": "Hej"} | fields)


def test_a_delivery_is_of_a_letter_or_of_a_notice(coordinator):
    made, letter = notice(), LetterCopyFactory().letter
    DeliveryFactory(letter=None, notice=made, address="anna@example.se")
    refused(lambda: DeliveryFactory(letter=None), "delivery_of_letter_or_notice")
    refused(lambda: DeliveryFactory(letter=letter, notice=made), "delivery_of_letter_or_notice")
    refused(lambda: DeliveryFactory(letter=None, notice=made, address="anna@example.se"), "delivery_of_notice_once")


def test_a_digest_is_somebody_s_and_one_a_day(coordinator):
    digest = {"kind": NoticeKind.DIGEST, "user": coordinator}
    notice(**digest)
    notice(**digest | {"made_on": SENT})
    refused(lambda: notice(**digest), "notice_one_digest_a_day")
    refused(lambda: notice(user=coordinator), "notice_digest_is_somebodys")
    refused(lambda: notice(kind=NoticeKind.DIGEST), "notice_digest_is_somebodys")
    refused(lambda: notice(kind="letter"), "notice_digest_is_somebodys")


def test_a_reminder_is_sent_once_for_each_time_that_an_order_waits(coordinator):
    order, by_hand = MatchingOrderFactory(), {"level": ReminderLevel.BY_HAND, "by": coordinator}

    def remind(**fields):
        given = {"order": order, "level": ReminderLevel.OFFICE, "since": SENT, "on": OFFICE}
        return Reminder.objects.create(**given | fields)

    remind()
    remind(level=ReminderLevel.EVERYBODY)
    remind(since=date(2018, 12, 14))
    remind(**by_hand)
    remind(**by_hand, on=date(2018, 12, 18))
    refused(lambda: remind(on=date(2018, 12, 18)), "reminder_each_level_once")
    refused(lambda: remind(**by_hand), "reminder_by_hand_once_a_day")
    refused(lambda: remind(level=7), "reminder_level_known")
    refused(lambda: remind(level=ReminderLevel.BY_HAND), "reminder_by_hand_is_somebodys")
    refused(lambda: remind(level=ReminderLevel.COORDINATOR, by=coordinator), "reminder_by_hand_is_somebodys")
