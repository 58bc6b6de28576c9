"""A coordinator reminds an office, from the order's page or from the list of what waits."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies.models import Office
from placements import lifecycle
from placements.choices import AnswerKind
from placements.permissions import NotYours
from praktik import clock
from praktik.records import LifecycleError
from reports.choices import ReminderLevel
from reports.models import Delivery, Notice, Reminder
from reports.reminders import due_reminders, remind, remind_all
from tests.agencies.browsing import told
from tests.factories import OfficeFactory, OrderAnswerFactory, UserFactory
from tests.reports.reminders.conftest import EVERYBODY, SENT

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def order(waiting):
    """An order that has waited for ten working days."""
    return waiting()


def address(order):
    return f"/order/{order.pk}/paminn/"


def test_everybody_at_the_office_is_written_to_at_once(order, office, coordinator, own_officer, today, mailoutbox):
    Office.objects.filter(pk=office.pk).update(letter_email="kontoret@example.se")
    reminder = remind(order, by=coordinator, on=today)
    assert (reminder.level, reminder.since, reminder.by) == (ReminderLevel.BY_HAND, SENT, coordinator)
    assert [mail.to for mail in mailoutbox] == [["kontoret@example.se"], [own_officer.email]]
    assert {each.office for each in reminder.notice.deliveries.all()} == {office}


def test_once_a_day(order, coordinator, today):
    remind(order, by=coordinator, on=today)
    with pytest.raises(LifecycleError, match="redan påmint om ordern i dag"):
        remind(order, by=UserFactory(), on=today)
    with clock.on_day(today + timedelta(days=2)):
        remind(order, by=coordinator, on=today + timedelta(days=2))
    assert Notice.objects.count() == 2


def test_and_not_where_it_went_by_itself_the_same_day(order, coordinator):
    remind_all(on=EVERYBODY)
    with pytest.raises(LifecycleError, match="redan påmint"):
        remind(order, by=coordinator, on=EVERYBODY)


def test_what_was_asked_for_does_not_go_by_itself_the_same_day_but_on_the_next(order, coordinator):
    remind(order, by=coordinator, on=EVERYBODY)
    assert due_reminders(on=EVERYBODY) == []
    assert [each.level for each in due_reminders(on=EVERYBODY + timedelta(days=1))] == [ReminderLevel.EVERYBODY]


def test_only_an_order_that_waits(waiting, coordinator, own_officer, today):
    answered, recalled = waiting(), waiting()
    OrderAnswerFactory(order=answered, by=own_officer, kind=AnswerKind.NONE_NOW)
    lifecycle.recall(recalled, by=coordinator, on=today)
    for order in (answered, recalled):
        with pytest.raises(LifecycleError, match="väntar inte på svar"):
            remind(order, by=coordinator, on=today)
    assert not Notice.objects.exists()


def test_not_a_closed_office_and_not_one_where_nobody_reads(waiting, office, coordinator, today):
    closed, unread = waiting(), waiting(office=OfficeFactory())
    Office.objects.filter(pk=office.pk).update(closed_on=date(2018, 12, 12))
    with pytest.raises(LifecycleError, match="är stängt sedan 2018-12-12"):
        remind(closed, by=coordinator, on=today)
    with pytest.raises(LifecycleError, match="Ingen läser mejl"):
        remind(unread, by=coordinator, on=today)


def test_only_a_coordinator(order, own_officer, today):
    with pytest.raises(NotYours):
        remind(order, by=own_officer, on=today)


# On the pages.


def test_the_button_says_what_it_did_and_leads_back(order, as_coordinator):
    page = as_coordinator.get(order.get_absolute_url())
    assertContains(page, f'action="{address(order)}"')
    answer = as_coordinator.post(address(order), {"tillbaka": "/order/?kontor=1"})
    assertRedirects(answer, "/order/?kontor=1", fetch_redirect_response=False)
    answer = as_coordinator.post(address(order), follow=True)
    assertRedirects(answer, order.get_absolute_url())
    assert told(answer) == ["Kontoret är påmint.", "Kontoret är redan påmint om ordern i dag."]


def test_an_order_that_does_not_wait_has_no_button(order, own_officer, as_coordinator, log_in):
    assertNotContains(log_in(own_officer).get(order.get_absolute_url()), address(order))
    OrderAnswerFactory(order=order, by=own_officer, kind=AnswerKind.NONE_NOW)
    assertNotContains(as_coordinator.get(order.get_absolute_url()), address(order))


def test_the_order_s_page_tells_of_every_reminder(order, as_coordinator, own_officer, log_in, coordinator, today):
    assertNotContains(as_coordinator.get(order.get_absolute_url()), "Påminnelser")
    remind_all(on=EVERYBODY)
    remind(order, by=coordinator, on=today)
    Delivery.objects.update(sent_at=None, next_at=None, tries=4, answer="550 No such mailbox")
    for browser in (as_coordinator, log_in(own_officer)):
        page = browser.get(order.get_absolute_url())
        assertContains(page, "Påminnelse till alla på kontoret 2018-12-27")
        assertContains(page, "Påminnelse till hela kontoret 2018-12-31")
    assertContains(as_coordinator.get(order.get_absolute_url()), "550 No such mailbox", count=2)
    assertNotContains(page, "550 No such mailbox")


def test_an_order_that_never_was_takes_its_reminders_with_it(order, coordinator, today):
    remind(order, by=coordinator, on=today)
    order.placements.update(order=None)
    order.delete()
    assert not Reminder.objects.exists()
    assert Notice.objects.exists()
