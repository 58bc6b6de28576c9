"""Which orders are reminded of, on which day, and who is written to."""

from datetime import date, timedelta

import pytest

from agencies.models import Office
from placements import lifecycle
from placements.choices import AnswerKind
from placements.models import MatchingOrder, Placement
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from reports.choices import ReminderLevel
from reports.models import Delivery, Notice, Reminder
from reports.reminders import due_reminders, remind_all
from tests.factories import OfficeFactory, OrderAnswerFactory, UserFactory
from tests.reports.reminders.conftest import COORDINATOR, EVERYBODY, OFFICE, SENT

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = timedelta(days=1)


def written_to() -> list[list[str]]:
    """The addresses of each message, in the order of the messages."""
    return [list(each.deliveries.values_list("address", flat=True)) for each in Notice.objects.all()]


def levels(order: MatchingOrder) -> list[int]:
    return list(Reminder.objects.filter(order=order).values_list("level", flat=True))


@pytest.fixture
def colleague(office: Office) -> User:
    """Another officer of the office."""
    made = UserFactory(name="Arne Aldrig", role=Role.CASE_OFFICER)
    office.officers.add(made)
    return made


@pytest.mark.parametrize(
    ("on", "level"),
    [
        (OFFICE, ReminderLevel.OFFICE),
        (date(2018, 12, 21), ReminderLevel.OFFICE),
        (EVERYBODY, ReminderLevel.EVERYBODY),
        (date(2019, 1, 4), ReminderLevel.EVERYBODY),
        (COORDINATOR, ReminderLevel.COORDINATOR),
    ],
)
def test_an_order_is_due_after_so_many_working_days(waiting, on, level):
    order = waiting()
    assert [(each.order, each.level) for each in due_reminders(on=on)] == [(order, level)]


def test_before_that_nobody_is_reminded(waiting):
    waiting()
    assert due_reminders(on=OFFICE - DAY) == []


def test_first_the_office_then_everybody_there_and_then_the_coordinator(waiting, office, own_officer, colleague):
    Office.objects.filter(pk=office.pk).update(letter_email="Kontoret@example.se")
    order = waiting()
    day = SENT
    while day < COORDINATOR + 14 * DAY:
        with clock.on_day(day):
            remind_all(on=day)
        day += DAY
    assert levels(order) == [ReminderLevel.OFFICE, ReminderLevel.EVERYBODY, ReminderLevel.COORDINATOR]
    assert list(order.reminders.values_list("on", flat=True)) == [OFFICE, EVERYBODY, COORDINATOR]
    assert written_to() == [
        ["kontoret@example.se"],
        ["kontoret@example.se", colleague.email, own_officer.email],
        [order.by.email],
    ]


def test_an_office_without_an_address_is_reminded_by_its_officers(waiting, own_officer, colleague):
    UserFactory(role=Role.CASE_OFFICER)
    waiting()
    remind_all(on=OFFICE)
    assert written_to() == [[colleague.email, own_officer.email]]


def test_nobody_is_written_to_twice_where_the_office_has_its_officer_s_address(waiting, office, own_officer):
    Office.objects.filter(pk=office.pk).update(letter_email=own_officer.email.upper())
    waiting()
    remind_all(on=EVERYBODY)
    assert written_to() == [[own_officer.email]]


def test_only_the_highest_is_sent_when_the_worker_has_been_away(waiting, coordinator):
    order = waiting()
    remind_all(on=COORDINATOR)
    remind_all(on=COORDINATOR + DAY)
    assert levels(order) == [ReminderLevel.COORDINATOR]
    assert written_to() == [[coordinator.email]]


def test_nobody_is_reminded_twice_on_a_day(waiting):
    waiting()
    assert [remind_all(on=OFFICE), remind_all(on=OFFICE)] == [1, 0]
    assert Delivery.objects.count() == 1


def test_an_office_that_has_asked_is_reminded_anew_after_the_reply(waiting, own_officer, coordinator):
    order = waiting()
    remind_all(on=OFFICE)
    asked = OrderAnswerFactory(order=order, on=OFFICE, kind=AnswerKind.MORE_INFORMATION, text="När?", by=own_officer)
    assert due_reminders(on=COORDINATOR) == []
    with clock.on_day(date(2018, 12, 20)):
        lifecycle.reply(asked, by=coordinator, on=date(2018, 12, 20), text="Klockan åtta.")
    # Five working days later: 21, 27 and 28 December, 2 and 3 January.
    assert due_reminders(on=date(2019, 1, 2)) == []
    remind_all(on=date(2019, 1, 3))
    assert list(order.reminders.values_list("level", "since")) == [
        (ReminderLevel.OFFICE, SENT),
        (ReminderLevel.OFFICE, date(2018, 12, 20)),
    ]


@pytest.mark.parametrize("kind", [AnswerKind.CANDIDATE, AnswerKind.NONE_NOW])
def test_an_answered_order_is_let_be(waiting, own_officer, kind):
    OrderAnswerFactory(order=waiting(), kind=kind, by=own_officer, on=SENT)
    assert due_reminders(on=COORDINATOR) == []


def test_an_order_is_let_be_that_is_recalled_or_whose_places_wait_no_more(waiting):
    recalled, started = waiting(), waiting()
    MatchingOrder.objects.filter(pk=recalled.pk).update(recalled_on=date(2018, 12, 20))
    Placement.objects.filter(order=started).update(
        withdrawn_on=date(2018, 12, 20), reason="Nej", next_step="", next_on=None
    )
    assert due_reminders(on=COORDINATOR) == []


# Where nobody is there.


def test_an_order_to_a_closed_office_is_the_coordinator_s_at_once_and_once(waiting, office, coordinator):
    order = waiting()
    Office.objects.filter(pk=office.pk).update(closed_on=date(2018, 12, 12))
    for day in (OFFICE, EVERYBODY, COORDINATOR):
        remind_all(on=day)
    assert levels(order) == [ReminderLevel.COORDINATOR]
    assert written_to() == [[coordinator.email]]


def test_so_is_one_to_an_office_where_nobody_reads(waiting, coordinator):
    waiting(office=OfficeFactory())
    remind_all(on=OFFICE)
    assert written_to() == [[coordinator.email]]


def test_where_the_coordinator_has_left_all_the_others_are_told(waiting, coordinator):
    other = UserFactory(name="Berit Ek")
    UserFactory(name="Borta", is_active=False)
    orders = [waiting(by=UserFactory(name="Gunnar Gått", is_active=False)) for _ in range(2)]
    waiting(by=other)
    remind_all(on=COORDINATOR)
    assert sorted(written_to()) == sorted([[other.email, coordinator.email], [other.email]])
    assert Reminder.objects.filter(order__in=orders).values("notice").distinct().count() == 1


# Several at once.


def test_an_office_gets_one_message_for_all_its_orders(waiting, own_officer, colleague):
    early, late = waiting(), waiting(sent_on=date(2018, 12, 18))
    elsewhere = waiting(office=OfficeFactory(letter_email="ange@example.se"))
    # To the whole office, since one of its orders has waited for ten working days.
    assert remind_all(on=date(2018, 12, 28)) == 2
    assert written_to() == [[colleague.email, own_officer.email], ["ange@example.se"]]
    assert [levels(each) for each in (early, late, elsewhere)] == [[10], [5], [10]]
    assert Reminder.objects.filter(order__in=[early, late]).values("notice").distinct().count() == 1
