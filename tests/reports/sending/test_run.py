"""A run: everybody who is due gets one message, over one connection, and the rows say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from praktik import clock
from reports.choices import DeliveryState, LetterKind
from reports.models import Delivery
from reports.sending import send_due
from tests.factories import DeliveryFactory, LetterCopyFactory

pytestmark = pytest.mark.django_db


def test_everybody_gets_one_message_over_one_connection(letter, post_office):
    deliveries = letter(30).deliveries
    assert send_due() is None
    assert post_office.receivers == list(deliveries.values_list("address", flat=True))
    assert post_office.connections == 1


def test_what_is_sent_is_marked(letter, post_office):
    deliveries = letter(3).deliveries
    before = clock.now()
    send_due()
    for each in deliveries.all():
        assert (each.state, each.next_at, each.tries, each.answer) == (DeliveryState.SENT, None, 1, "")
        assert before <= each.sent_at <= clock.now()


def test_what_is_sent_is_not_sent_again(letter, post_office):
    letter(2)
    send_due()
    assert send_due() is None
    assert len(post_office.handed) == 2
    assert post_office.connections == 1


@pytest.mark.once
def test_what_is_not_due_waits_and_its_moment_is_told(letter, post_office):
    later = timezone.now() + timedelta(minutes=5)
    first, second = letter(2).deliveries.all()
    Delivery.objects.filter(pk=first.pk).update(next_at=later)
    assert send_due() == later
    assert post_office.receivers == [second.address]


@pytest.mark.once
def test_what_has_failed_is_not_tried(letter, post_office):
    letter(1).deliveries.update(next_at=None, tries=4, answer="550 Finns inte")
    assert send_due() is None
    assert post_office.connections == 0


@pytest.mark.once
def test_deliveries_of_two_letters_that_lie_among_each_other_get_their_own(post_office):
    weekly, newsletter = LetterCopyFactory().letter, LetterCopyFactory(letter__kind=LetterKind.NEWSLETTER).letter
    told = {DeliveryFactory(letter=each).address: each for each in (weekly, newsletter, weekly, newsletter)}
    send_due()
    subjects = {each.to[0]: each.mail["Subject"] for each in post_office.taken}
    assert {to: subject.split(":")[0] for to, subject in subjects.items()} == {to: str(of) for to, of in told.items()}
    assert post_office.connections == 1
