"""What a digest says: everything that waits for its reader, each thing a link."""

import re
from datetime import date, timedelta
from email import message_from_string, policy

import pytest

from praktik.digest import message_of
from praktik.digest.message import MOST
from praktik.worklist import Worklist
from reports import lifecycle
from reports.mail import HEAVIEST, parts_of
from tests.digest.conftest import FRIDAY
from tests.factories import AgencyFactory, MatchingOrderFactory, PlacementFactory
from tests.reports.letters.test_mail import Page, harmless

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATE, TODAY = date(2018, 12, 20), FRIDAY


@pytest.fixture(autouse=True)
def _on_friday(friday):
    pass


def both(message: str) -> tuple[str, str, str]:
    """Subject, plain text and HTML."""
    subject = str(message_from_string(message, policy=policy.default)["Subject"])
    return subject, *parts_of(message)


def links(html: str) -> list[str]:
    return [attrs["href"] for tag, attrs in Page(html).tags if tag == "a"]


def test_when_nothing_waits_there_is_none(reader):
    assert message_of(reader, on=FRIDAY) == ""


def test_the_subject_says_how_much(reader, steps):
    steps(LATE, LATE, TODAY)
    found = Worklist(reader, on=FRIDAY)
    assert (found.total, found.late) == (3, 2)
    assert both(message_of(reader, on=FRIDAY))[0] == "3 saker väntar, 2 är försenade"


@pytest.mark.parametrize(("late", "said"), [(False, "1 sak väntar"), (True, "1 sak väntar, 1 är försenad")])
def test_the_subject_counts_as_one_says_it(reader, steps, late, said):
    steps(LATE if late else TODAY)
    assert both(message_of(reader, on=FRIDAY))[0] == said


def test_everything_stands_under_its_kind_the_most_urgent_first_and_leads_there(reader, steps):
    on_time, late = steps(TODAY, LATE)
    place = PlacementFactory(coordinator=reader, agency=on_time.agency)
    order = MatchingOrderFactory(places=[place], by=reader, sent_on=date(2018, 12, 10), answer_by=date(2018, 12, 24))
    _, text, html = both(message_of(reader, on=FRIDAY))
    found = Worklist(reader, on=FRIDAY)
    for item in found.items():
        assert f"http://testserver{item.url}" in links(html)
        assert f"\n  http://testserver{item.url}\n" in text
        for words in (item.what, item.said):
            assert words in Page(html).words
    assert links(html).index(f"http://testserver{late.get_absolute_url()}") < links(html).index(
        f"http://testserver{on_time.get_absolute_url()}"
    )
    assert f"http://testserver{order.get_absolute_url()}" in links(html)
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", html)
    assert sorted(headings) == sorted(f"{kind.label} ({number})" for kind, number in found.kinds)
    assert re.search(r"<strong[^>]*>Försenat 8 dagar</strong>", html)


def test_the_last_lines_say_how_to_switch_it_off(reader, steps):
    steps(TODAY)
    _, text, html = both(message_of(reader, on=FRIDAY))
    assert links(html)[-1] == text.strip().split("\n")[-1] == "http://testserver/konto/#mejl"
    assert "stäng av" in text


def test_of_very_much_the_most_urgent_is_told_and_of_the_rest_how_much(reader, steps):
    days = [FRIDAY - timedelta(days=number) for number in range(MOST + 5)]
    made = steps(*days)
    AgencyFactory()
    message = message_of(reader, on=FRIDAY)
    _, text, html = both(message)
    told = [step for step in made if f"http://testserver{step.get_absolute_url()}" in links(html)]
    assert told == made[5:]
    for words in (text, Page(html).words):
        assert "och 5 till" in words
        assert "Visa 1" in words
    assert {"http://testserver/?slag=steg", "http://testserver/?slag=tyst"} <= set(links(html))
    assert len(message) < HEAVIEST


def test_it_does_no_harm_and_can_go_over_any_wire(reader, steps):
    [step] = steps(LATE)
    step.what, step.agency.name = '<img src="https://elak.example/x.png"> ring', "<script>alert(1)</script>"
    step.save()
    step.agency.save()
    message = message_of(reader, on=FRIDAY)
    _, text, html = both(message)
    harmless(html)
    assert step.what in Page(html).words
    assert max(map(len, text.split("\n"))) <= 78
    assert all(len(line) <= 998 for line in message.split("\r\n"))


# Each role has its own.


def test_an_officer_is_told_of_what_waits_for_the_own_offices(own_officer, office, coordinator):
    own = MatchingOrderFactory(places=[PlacementFactory()], office=office, sent_on=date(2018, 12, 17))
    other = MatchingOrderFactory(places=[PlacementFactory()], sent_on=date(2018, 12, 17))
    subject, _, html = both(message_of(own_officer, on=FRIDAY))
    assert subject == "1 sak väntar"
    assert f"http://testserver{own.get_absolute_url()}" in links(html)
    assert f"http://testserver{other.get_absolute_url()}" not in links(html)


def test_the_steering_group_is_told_of_what_is_new_since_the_last_visit(steering, coordinator, friday):
    lifecycle.publish(date(2018, 11, 1), by=coordinator, words="Takten håller.")
    steering.visited_at = "2018-12-20T09:00:00+01:00"
    steering.save()
    steering.refresh_from_db()
    subject, _, html = both(message_of(steering, on=friday))
    assert subject == "1 sak väntar"
    assert "http://testserver/manadsrapporter/2018-11/" in links(html)
    steering.visited_at = None
    assert message_of(steering, on=friday) == ""


def test_an_administrator_has_no_such_list(administrator, steps):
    steps(LATE)
    assert message_of(administrator, on=FRIDAY) == ""
