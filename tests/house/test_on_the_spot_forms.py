"""Forms that open in rows of the list of what waits; rows without scripts, and with what no browser sends."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from placements.choices import AnswerKind
from placements.models import Handover, MatchingOrder
from praktik.waiting import How
from praktik.worklist import Worklist
from tests.agencies.browsing import opened
from tests.house.waiting import (
    TODAY,
    on_the_spot,
    pressed,
    row_of,
    steps,
    swapped,
    the_row_is_done,
    the_row_stays,
    undo_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# Forms


def form_at(browser: Client, line: str, number: int = 0, **typed):
    """(row, address, what is sent) of a form that is opened in a row and filled in."""
    item = row_of(browser, line)
    act = item.acts[number]
    assert act.how is How.OPEN
    page = browser.get(act.url, headers=on_the_spot(item))
    assertContains(page, "data-spot")
    return item, act.url, opened(page) | typed


@pytest.mark.parametrize(
    "line", ["silent", "late-starts", "to-confirm", "orders", "questions", "ending", "place-steps"]
)
def test_every_form_of_the_list_opens_in_its_row(as_coordinator, county, line):
    item = row_of(as_coordinator, line)
    for act in item.acts:
        if act.how is How.OPEN:
            answer = as_coordinator.get(act.url, headers=on_the_spot(item))
            assertContains(answer, "data-spot", count=1)
            assert opened(answer)["form_token"]


def test_a_form_that_is_saved_in_a_row_is_answered_there_and_undone(as_own, office, at_office):
    item, address, sent = form_at(as_own, "handovers", 1, reason="För långt bort")
    answer = as_own.post(address, sent, headers=on_the_spot(item))
    the_row_is_done(answer, item)
    assertContains(answer, "Överlämningen är tillbaka hos koordinatorn.")
    assert Handover.objects.get(pk=item.key).returned_on == TODAY
    undo, fields = undo_in(answer)
    assertRedirects(as_own.post(undo, fields), "/", fetch_redirect_response=False)
    assert Handover.objects.get(pk=item.key).returned_on is None


def test_a_form_with_errors_comes_back_with_what_was_typed(as_own, at_office):
    item, address, sent = form_at(as_own, "orders", kind=AnswerKind.MORE_INFORMATION, text="")
    answer = as_own.post(address, sent, headers=on_the_spot(item))
    assert answer.status_code == 200
    assert "HX-Retarget" not in answer.headers
    assertContains(answer, "data-spot")
    assertContains(answer, "data-errors")
    assert opened(answer)["kind"] == [AnswerKind.MORE_INFORMATION]
    assert row_of(as_own, "orders") == item


def test_a_form_that_is_opened_too_late_says_why_in_its_row(as_own, office, at_office):
    item = row_of(as_own, "orders")
    MatchingOrder.objects.update(recalled_on=TODAY)
    answer = as_own.get(item.acts[0].url, headers=on_the_spot(item))
    the_row_stays(answer, "Ordern är stängd: ingen av platserna väntar längre på någon.")


def test_looking_is_never_told_as_done(as_coordinator):
    # A page that leads on to another without a word.
    answer = as_coordinator.get("/manadsrapporter/", {"manad": "2018-05"}, headers=on_the_spot("spot-months-1"))
    assert answer.status_code == 200
    assert "HX-Retarget" not in answer.headers
    assertContains(answer, "<div data-spot></div>")


def test_a_form_that_is_sent_twice_is_saved_once_and_answered_twice(as_own, at_office):
    item, address, sent = form_at(as_own, "orders", kind=AnswerKind.NONE_NOW)
    for _ in range(2):
        the_row_is_done(as_own.post(address, sent, headers=on_the_spot(item)), item)
    assert MatchingOrder.objects.get(pk=item.key).answers.count() == 1


# Without scripts, and with what no browser sends


def test_without_scripts_it_leads_back_with_the_message(as_coordinator, coordinator):
    [step] = steps(coordinator, 1)
    item = row_of(as_coordinator, "steps")
    answer = as_coordinator.post(item.acts[0].url, {"tillbaka": "/?slag=steg"})
    assertRedirects(answer, "/?slag=steg", fetch_redirect_response=False)
    page = as_coordinator.get(answer.url)
    assertContains(page, "Klart: Ring 0")
    assertContains(page, f'action="/nasta-steg/{step.pk}/angra/?version={step.version()}"')


@pytest.mark.parametrize(
    "target",
    [
        "spot-",
        "spot-steps",
        "spot-steps-",
        "spot-steps-1']<script>",
        "spot-steps-1' onload=alert(1)",
        'spot-steps-1"><script>alert(1)</script>',
        "spot-<b>-1",
        "spot-STEPS-1",
        "spot-steps-²",
        "spot-" + "a" * 5000 + "-1",
        "spot-steps-" + "9" * 5000,
        "spot-steps-1\0",
        "other-steps-1",
    ],
)
def test_a_target_that_is_no_row_is_not_answered_as_one(as_coordinator, coordinator, target):
    [step] = steps(coordinator, 1)
    answer = as_coordinator.post(f"/nasta-steg/{step.pk}/klart/", headers=on_the_spot(target))
    assert answer.status_code == 200
    assert "HX-Retarget" not in answer.headers
    assertContains(answer, f'id="step-{step.pk}"')
    assertNotContains(answer, "alert(1)")


def test_a_target_that_the_browser_has_encoded_is_no_way_around_it(as_coordinator, coordinator):
    [step] = steps(coordinator, 1)
    headers = on_the_spot("spot-steps-1%0d%0aX-Evil: 1") | {"HX-Target-URI-AutoEncoded": "true"}
    answer = as_coordinator.post(f"/nasta-steg/{step.pk}/klart/", headers=headers)
    assert answer.status_code == 200
    assert not {"X-Evil", "HX-Retarget"} & set(answer.headers)


@pytest.mark.parametrize(
    "at", ["", "http://[", "https://elak.example/?slag=steg", "//elak.example", "javascript:alert(1)", "/" + "å" * 3000]
)
def test_a_page_that_is_not_ours_is_not_led_back_to(as_coordinator, coordinator, at):
    steps(coordinator, 1)
    item = row_of(as_coordinator, "steps")
    answer = as_coordinator.post(item.acts[0].url, headers=on_the_spot(item, at=at))
    the_row_is_done(answer, item)
    assert undo_in(answer)[1]["tillbaka"] == ["/"]


def test_whatever_is_asked_of_the_page_is_escaped(as_coordinator, coordinator):
    steps(coordinator, 1)
    item = row_of(as_coordinator, "steps")
    at = 'http://testserver/?slag=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&x="><script>'
    answer = as_coordinator.post(item.acts[0].url, headers=on_the_spot(item, at=at))
    the_row_is_done(answer, item)
    assertNotContains(answer, "<script>")


def test_a_row_is_answered_with_the_same_figures_as_the_page(as_coordinator, coordinator, county):
    answer = pressed(as_coordinator, row_of(as_coordinator, "steps"))
    assert swapped(answer)["waits"] == f"{Worklist(coordinator, on=TODAY).total} väntar"
