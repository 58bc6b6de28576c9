"""Mail servers that refuse, hang or break: what was in the way is told and tried again, and the others get theirs."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from praktik.records import LifecycleError
from reports.choices import DeliveryState
from reports.lifecycle import try_again
from reports.models import Delivery
from reports.sending import WAITS, send_due
from tests.placements.lives import IDENTITY
from tests.reports.sending.post import DROP, HANG

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BUSY, GONE, CLOSING = "450 Vänta en stund", "550 Brevlådan finns inte", "421 Stänger nu"


def state_of(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.tries, delivery.answer


def run():
    """A run, and for a delivery how long after it the next try is, as the least and the most that can be."""
    before = timezone.now()
    told = send_due()
    after = timezone.now()
    return told, lambda delivery: (delivery.next_at - after, delivery.next_at - before)


def time_has_come():
    """What waits is due."""
    Delivery.objects.queued().update(next_at=timezone.now())


# One address.


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_what_is_refused_for_now_is_sent_a_minute_later(letter, post_office, at):
    delivery = letter(1).deliveries.get()
    post_office.answers(BUSY, at=at, to=delivery.address)
    told, wait = run()
    assert state_of(delivery) == (DeliveryState.QUEUED, 1, BUSY)
    least, most = wait(delivery)
    assert least <= WAITS[0] <= most
    assert told == delivery.next_at
    assert post_office.taken == []

    time_has_come()
    assert send_due() is None
    assert state_of(delivery) == (DeliveryState.SENT, 2, "")
    assert [each.mail["Message-ID"] for each in post_office.handed] == [delivery.message_id] * len(post_office.handed)
    assert post_office.receivers == [delivery.address]


def test_each_wait_is_longer_and_after_the_last_it_has_failed(letter, post_office):
    delivery = letter(1).deliveries.get()
    post_office.answers(*[GONE] * 9, at="RCPT", to=delivery.address)
    for tries, expected in enumerate(WAITS, 1):
        told, wait = run()
        assert state_of(delivery) == (DeliveryState.QUEUED, tries, GONE)
        least, most = wait(delivery)
        assert least <= expected <= most
        assert told == delivery.next_at
        time_has_come()
    assert send_due() is None
    assert state_of(delivery) == (DeliveryState.FAILED, 1 + len(WAITS), GONE)
    made = post_office.connections
    time_has_come()
    assert send_due() is None
    assert post_office.connections == made


def test_the_waits_grow():
    assert list(WAITS) == sorted(set(WAITS))


@pytest.mark.django_db(transaction=True)
def test_what_has_failed_is_tried_again_when_somebody_says_so(letter, post_office, queue):
    arrived, failed = (sent := letter(2)).deliveries.all()
    post_office.answers(*[GONE] * (1 + len(WAITS)), at="RCPT", to=failed.address)
    for _ in range(1 + len(WAITS)):
        time_has_come()
        send_due()
    assert state_of(failed)[0] == DeliveryState.FAILED
    assert try_again(sent) == 1
    assert state_of(failed)[:2] == (DeliveryState.QUEUED, 0)
    assert failed.next_at <= timezone.now()
    queue()
    assert state_of(failed) == (DeliveryState.SENT, 1, "")
    assert post_office.receivers == [arrived.address, failed.address]
    with pytest.raises(LifecycleError):
        try_again(sent)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550-Brevlådan är full.\r\n550 Töm den", "550 Brevlådan är full. Töm den"),
        (f"550 {'nej ' * 200}", f"550 {'nej ' * 200}"[:500]),
        (f"550 Ingen {IDENTITY} här", "550 Ingen … här"),
    ],
    ids=["several lines", "many words", "an identity number"],
)
def test_the_servers_words_are_kept_short_on_one_line_and_without_identities(letter, post_office, said, kept):
    delivery = letter(1).deliveries.get()
    post_office.answers(said, at="RCPT", to=delivery.address)
    send_due()
    assert state_of(delivery)[2] == kept


# One among others.


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
@pytest.mark.parametrize("said", [BUSY, GONE])
def test_one_who_is_refused_does_not_stop_the_others(letter, post_office, at, said):
    first, second, third = letter(3).deliveries.all()
    post_office.answers(said, at=at, to=second.address)
    send_due()
    assert post_office.receivers == [first.address, third.address]
    assert post_office.connections == 1
    assert [state_of(each)[0] for each in (first, second, third)] == [
        DeliveryState.SENT,
        DeliveryState.QUEUED,
        DeliveryState.SENT,
    ]


BREAKS = [
    ("RCPT", DROP, "Mejlservern bröt förbindelsen"),
    ("DATA", DROP, "Mejlservern bröt förbindelsen"),
    ("RCPT", CLOSING, CLOSING),
    ("DATA", CLOSING, CLOSING),
    ("DATA", HANG, "Mejlservern svarade inte i tid"),
]


@pytest.mark.parametrize(("at", "said", "words"), BREAKS)
def test_after_a_break_the_others_go_over_a_new_connection(letter, post_office, settings, at, said, words):
    # Enough for a server that answers, however busy the machine is.
    settings.EMAIL_ANSWER_TIMEOUT = 1.5 if said == HANG else 20
    first, second, third = letter(3).deliveries.all()
    post_office.answers(said, at=at, to=second.address)
    told = send_due()
    assert post_office.receivers == [first.address, third.address]
    assert [each.connection for each in post_office.taken] == [1, 2]
    state, tries, answer = state_of(second)
    assert (state, tries) == (DeliveryState.QUEUED, 1)
    assert answer.startswith(words)
    assert told == second.next_at

    time_has_come()
    assert send_due() is None
    assert post_office.receivers == [first.address, third.address, second.address]
    assert post_office.taken[-1].mail["Message-ID"] == second.message_id


def test_two_breaks_in_a_row_leave_the_rest_for_later(letter, post_office):
    rows = list(letter(4).deliveries.all())
    for each in rows[:2]:
        post_office.answers(DROP, at="RCPT", to=each.address)
    _, wait = run()
    assert post_office.handed == []
    assert post_office.connections == 2
    for each, tried, words in zip(rows, (1, 1, 0, 0), ["Mejlservern bröt"] * 2 + ["Utskicket bröts"] * 2, strict=True):
        state, tries, answer = state_of(each)
        assert (state, tries) == (DeliveryState.QUEUED, tried)
        assert answer.startswith(words)
        least, most = wait(each)
        assert least <= WAITS[0] <= most


def test_the_untried_come_before_those_that_broke_the_connection(letter, post_office):
    rows = list(letter(4).deliveries.all())
    for each in rows[:2]:
        post_office.answers(*[DROP] * 4, at="RCPT", to=each.address)
    send_due()
    time_has_come()
    send_due()
    assert post_office.receivers == [each.address for each in rows[2:]]


def test_a_run_that_has_gone_on_for_long_leaves_the_rest_for_the_next(letter, post_office):
    letter(3)
    before = timezone.now()
    again = send_due(longest=timedelta(0))
    assert post_office.connections == 0
    assert again is not None
    assert again <= before
    assert send_due() is None
    assert len(post_office.receivers) == 3


def test_breaks_with_success_between_them_stop_nobody(letter, post_office):
    rows = list(letter(5).deliveries.all())
    for each in (rows[0], rows[2]):
        post_office.answers(DROP, at="RCPT", to=each.address)
    send_due()
    assert post_office.receivers == [rows[place].address for place in (1, 3, 4)]


def test_what_is_postponed_with_others_keeps_its_own_count(letter, post_office, settings):
    often, last, new = letter(3).deliveries.all()
    Delivery.objects.filter(pk=often.pk).update(tries=1)
    Delivery.objects.filter(pk=last.pk).update(tries=len(WAITS))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        _, wait = run()
    assert [state_of(each)[:2] for each in (often, last, new)] == [
        (DeliveryState.QUEUED, 2),
        (DeliveryState.FAILED, 1 + len(WAITS)),
        (DeliveryState.QUEUED, 1),
    ]
    for each, expected in ((often, WAITS[1]), (new, WAITS[0])):
        least, most = wait(each)
        assert least <= expected <= most


# A server that lets nobody in.


def test_a_server_that_is_down_postpones_all(letter, settings, post_office):
    rows = letter(3).deliveries
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        told, wait = run()
    assert {state_of(each) for each in rows.all()} == {
        (DeliveryState.QUEUED, 1, "Mejlservern tar inte emot förbindelser just nu.")
    }
    least, most = wait(rows.first())
    assert least <= WAITS[0] <= most
    assert told == rows.order_by("next_at").first().next_at

    settings.EMAIL_PORT = post_office.port
    time_has_come()
    assert send_due() is None
    assert len(post_office.receivers) == 3


def test_a_server_that_never_greets_is_given_up_once(letter, settings, post_office):
    settings.EMAIL_TIMEOUT = 0.5
    rows = letter(3).deliveries
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        send_due()
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()
    for each in rows.all():
        assert state_of(each)[:2] == (DeliveryState.QUEUED, 1)
        assert each.answer.startswith("Mejlservern svarade inte i tid")


def test_a_login_that_the_server_does_not_take_postpones_all(letter, settings, post_office):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "praktik", "made-up"
    rows = letter(2).deliveries
    send_due()
    for each in rows.all():
        assert state_of(each)[:2] == (DeliveryState.QUEUED, 1)
        assert "AUTH" in each.answer
    assert post_office.connections == 1
    assert post_office.handed == []


def test_a_sender_who_is_refused_is_told_of_each(letter, post_office):
    rows = letter(2).deliveries
    post_office.answers(GONE, GONE, at="MAIL")
    send_due()
    assert {state_of(each) for each in rows.all()} == {(DeliveryState.QUEUED, 1, GONE)}
    assert post_office.connections == 1


@pytest.mark.parametrize("said", [DROP, CLOSING, f"221 {'adjö ' * 2000}"], ids=["drops", "closes", "chatters"])
def test_a_server_without_manners_at_the_end_changes_nothing(letter, post_office, said):
    rows = letter(2).deliveries
    post_office.answers(said, at="QUIT")
    assert send_due() is None
    assert {state_of(each) for each in rows.all()} == {(DeliveryState.SENT, 1, "")}


def test_the_first_moment_is_told_of_several(letter, post_office):
    rows = list(letter(2).deliveries.all())
    Delivery.objects.filter(pk=rows[0].pk).update(tries=2)
    for each in rows:
        post_office.answers(BUSY, at="RCPT", to=each.address)
    told = send_due()
    state_of(rows[1])
    assert told == rows[1].next_at
    assert told < timezone.now() + timedelta(minutes=2)
