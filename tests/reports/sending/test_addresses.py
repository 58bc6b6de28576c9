"""Addresses that no form would have let in: they are told, and harm nobody."""

import pytest

from reports.choices import DeliveryState
from reports.models import Delivery
from reports.sending import send_due

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRONG = {
    "a line break and a header": "anna@example.se\nBcc: spion@example.se",
    "a line break as on the wire": "anna@example.se\r\nBcc: spion@example.se",
    "a line break in the name": "anna\nBcc: spion@example.se",
    "two addresses": "anna@example.se, spion@example.se",
    "a command": "anna@example.se>\r\nRCPT TO:<spion@example.se",
    "no address": "anna",
    "nothing": "",
    "a name of a host that is too long": f"anna@{'é' * 70}.se",
    "Swedish letters in the name": "åsa@example.se",
}


@pytest.mark.parametrize("address", WRONG.values(), ids=WRONG)
def test_an_address_that_is_none_is_told_and_the_others_get_theirs(letter, post_office, address):
    first, second, third = letter(3).deliveries.all()
    Delivery.objects.filter(pk=second.pk).update(address=address)
    told = send_due()
    second.refresh_from_db()
    assert (second.state, second.tries, second.next_at) == (DeliveryState.QUEUED, 1, told)
    assert second.answer.startswith("Meddelandet kunde inte skapas: ")
    assert post_office.receivers == [first.address, third.address]
    assert post_office.connections == 1
    assert not [each for each in post_office.handed if b"spion" in each.raw or each.mail["Bcc"]]
