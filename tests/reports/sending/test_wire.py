"""The message as the mail server gets it."""

from email.utils import parsedate_to_datetime

import pytest
from django.urls import reverse

from reports.choices import LetterKind
from reports.mail import envelope, parts_of
from reports.sending import send_due
from tests.factories import DeliveryFactory, LetterCopyFactory, LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def sent(post_office, settings):
    """A function that sends a letter to one address: its delivery, and what the server was handed."""
    settings.DEFAULT_FROM_EMAIL = "Praktik <praktik@lansstyrelsen.example.se>"
    settings.ORGANISATION = "Länsstyrelsen Västernorrland"

    def send(address="anna@example.se", **fields):
        copy = LetterCopyFactory(**fields)
        delivery = DeliveryFactory(letter=copy.letter, address=address)
        send_due()
        [handed] = post_office.taken
        return delivery, handed

    return send


def test_the_headers_say_who_when_and_what(sent):
    delivery, handed = sent(letter__sent_by__email="karin@lansstyrelsen.example.se")
    mail = handed.mail
    assert [str(each) for each in mail["From"].addresses] == [
        "Länsstyrelsen Västernorrland <praktik@lansstyrelsen.example.se>"
    ]
    assert mail["Reply-To"] == "karin@lansstyrelsen.example.se"
    assert mail["Subject"] == f"{delivery.letter}: Ånge, Örnsköldsvik och Härnösand"
    assert parsedate_to_datetime(mail["Date"]) == delivery.letter.sent_at
    assert mail["Message-ID"] == delivery.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert {name: len(mail.get_all(name)) for name in mail} == dict.fromkeys(mail, 1)


def test_nobody_sees_who_else_got_it(letter, post_office):
    addresses = set(letter(3).deliveries.values_list("address", flat=True))
    send_due()
    for each in post_office.taken:
        assert [each.mail["To"]] == each.to
        assert {address for address in addresses if address.encode() in each.raw} == set(each.to)


@pytest.mark.parametrize(("kind", "leaves"), [(LetterKind.NEWSLETTER, True), (LetterKind.WEEKLY, False)])
def test_a_newsletter_has_a_way_out_and_the_weekly_letter_none(sent, kind, leaves):
    _, handed = sent(letter__kind=kind, letter__sent_by__email="karin@example.se")
    way_out = "<mailto:karin@example.se?subject=Inga%20fler%20nyhetsbrev>"
    assert handed.mail["List-Unsubscribe"] == (way_out if leaves else None)


def test_the_plain_text_comes_before_the_html(sent):
    delivery, handed = sent()
    assert handed.mail.get_content_type() == "multipart/alternative"
    parts = list(handed.mail.iter_parts())
    assert [(part.get_content_type(), part.get_content_charset()) for part in parts] == [
        ("text/plain", "utf-8"),
        ("text/html", "utf-8"),
    ]
    text, html = (part.get_content().replace("\r\n", "\n") for part in parts)
    assert text == delivery.letter.copy.text
    assert (text, html) == parts_of(delivery.letter.copy.message)


HARD = {
    "lines that begin with dots": ".\n..\n.en rad\nen till\n.\nslut",
    "long lines": "å" * 2000,
    "spaces and tabs at the ends of lines": "hej \nhej\t\nhej   ",
    "the word that begins a mailbox": "From mig till dig\n>From dig till mig",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_what_is_kept_is_what_was_sent_byte_for_byte(sent, text, as_coordinator):
    delivery, handed = sent(text=text)
    assert handed.raw == envelope(delivery, delivery.letter.copy.message)
    kept = as_coordinator.get(reverse("reports:delivery-file", args=[delivery.letter_id, delivery.pk]))
    assert kept.content == handed.raw
    assert parts_of(delivery.letter.copy.message)[0].rstrip("\n") == text


def test_a_domain_with_swedish_letters_is_written_as_servers_know_it(sent):
    _, handed = sent("anna@ånge.example.se")
    assert handed.to == ["anna@xn--nge-tla.example.se"]
    assert handed.mail["To"] == "anna@xn--nge-tla.example.se"


def test_the_longest_address_arrives_in_one_piece(sent):
    address = f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.se"
    _, handed = sent(address)
    assert handed.to == [address]
    assert [each.addr_spec for each in handed.mail["To"].addresses] == [address]


def test_a_draft_has_nothing_to_send(post_office):
    LetterFactory()
    assert send_due() is None
    assert post_office.connections == 0
