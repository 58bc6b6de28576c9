"""How a letter is getting on is seen without asking; what failed stands first, and is tried again."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from praktik import clock
from reports import lifecycle
from reports.models import Delivery
from tests.agencies.browsing import HTMX, forms_of, told
from tests.factories import DeliveryFactory, LetterCopyFactory, LetterFactory
from tests.placements.pages import cost

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class _Progress(HTMLParser):
    """The attributes of the part that asks anew, and the rows below it."""

    def __init__(self, response):
        super().__init__()
        self.attrs, self.rows, self.inside = {}, [], False
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        if dict(attrs).get("id") == "progress":
            self.attrs = dict(attrs)
        if tag == "tr":
            self.rows.append("")
        self.inside = tag == "td" or (self.inside and tag in ("span", "a"))

    def handle_data(self, data):
        if self.inside and self.rows:
            self.rows[-1] += f" {data.strip()}"


@pytest.fixture
def letter(db):
    """A letter that was sent, with one delivery that arrived, one that waits and one that failed."""
    made = LetterCopyFactory().letter
    now = timezone.now()
    DeliveryFactory(letter=made, address="framme@af.example.se", sent_at=clock.now(), next_at=None)
    DeliveryFactory(letter=made, address="vantar@af.example.se", next_at=now)
    failed = {"next_at": None, "tries": 4, "answer": "550 <Okänd> brevlåda"}
    DeliveryFactory(letter=made, address="fel@af.example.se", **failed)
    return made


def progress_of(letter):
    return reverse("reports:letter-deliveries", args=[letter.pk])


def arrive(letter, **which):
    Delivery.objects.filter(letter=letter, **which).update(sent_at=clock.now(), next_at=None, answer="")


@pytest.mark.parametrize("htmx", [{}, HTMX])
def test_the_page_asks_anew_until_nothing_waits(letter, as_coordinator, htmx):
    address = progress_of(letter)
    response = as_coordinator.get(address, headers=htmx)
    attrs = _Progress(response).attrs
    assert (attrs["hx-get"], attrs["hx-swap"]) == (address, "outerHTML")
    assert re.fullmatch(r"every \d+s", attrs["hx-trigger"])
    assert ("<h1>" in response.content.decode()) != bool(htmx)
    assertContains(response, "1 av 3 skickade, 1 väntar, 1 misslyckades")
    arrive(letter, address="vantar@af.example.se")
    assert not [name for name in _Progress(as_coordinator.get(address, headers=htmx)).attrs if name.startswith("hx-")]
    arrive(letter, sent_at=None)
    assertContains(as_coordinator.get(address, headers=htmx), "Klart: 3 brev")


def test_it_asks_seldom_when_the_next_try_is_far_off(letter, as_coordinator):
    triggers = []
    for wait in (timedelta(0), timedelta(minutes=10)):
        Delivery.objects.exclude(next_at=None).update(next_at=timezone.now() + wait, tries=1)
        triggers.append(_Progress(as_coordinator.get(progress_of(letter))).attrs["hx-trigger"])
    assert triggers[0] != triggers[1]


@pytest.mark.parametrize(("seconds", "sent", "says"), [(5, 300, False), (60, 300, True), (60, 5, False)])
def test_it_says_when_nobody_sends(letter, as_coordinator, seconds, sent, says):
    """The last of a long letter have waited long for their turn: that somebody just got it is sign enough."""
    Delivery.objects.exclude(sent_at=None).update(sent_at=clock.now() - timedelta(seconds=sent))
    Delivery.objects.exclude(next_at=None).update(next_at=timezone.now() - timedelta(seconds=seconds))
    assert (b"Inget h\xc3\xa4nder just nu" in as_coordinator.get(progress_of(letter)).content) == says


def test_what_failed_stands_first_with_the_servers_words(letter, as_coordinator):
    rows = _Progress(as_coordinator.get(progress_of(letter))).rows[1:]
    assert [re.search(r"\w+@", row).group() for row in rows] == ["fel@", "vantar@", "framme@"]
    assert "550 <Okänd> brevlåda" in rows[0]


def test_what_failed_is_tried_again(letter, as_coordinator, queued):
    again = reverse("reports:letter-again", args=[letter.pk])
    assert again in [action for action, _ in forms_of(as_coordinator.get(progress_of(letter)))]
    answer = as_coordinator.post(again)
    assert (answer.url, told(answer)) == (progress_of(letter), ["2 skickas igen."])
    assert queued() == 1
    assert sorted(each.state for each in letter.deliveries.all()) == ["queued", "queued", "sent"]
    arrive(letter, sent_at=None)
    assert again not in [action for action, _ in forms_of(as_coordinator.get(progress_of(letter)))]
    answer = as_coordinator.post(again)
    assert told(answer) == ["Alla har fått brevet. Det finns inget att skicka igen."]
    assert queued() == 1


def test_a_draft_has_no_progress(as_coordinator):
    draft = LetterFactory()
    assert as_coordinator.get(progress_of(draft)).status_code == 404
    assert as_coordinator.post(reverse("reports:letter-again", args=[draft.pk])).status_code == 404


def test_the_progress_costs_the_same_however_many_deliveries(letter, as_coordinator):
    few = cost(as_coordinator, progress_of(letter))
    Delivery.objects.bulk_create(DeliveryFactory.build_batch(300, letter=letter))
    assert cost(as_coordinator, progress_of(letter)) - few in (0, 1)
    assert lifecycle.try_again(letter) == 302
