"""Rows of the list of what waits answer where they stand: what was done, why it was not, and the new numbers."""

from collections.abc import Callable

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle as agencies
from agencies.models import NextStep, Obstacle
from placements import lifecycle
from placements.models import Handover, MatchingOrder
from praktik.waiting import How
from tests.factories import (
    HandoverFactory,
    PlacementFactory,
    UserFactory,
)
from tests.house.waiting import (
    TODAY,
    listed,
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


# Done


DONE_BY_COORDINATOR = [
    ("steps", 0, "Klart: Skicka profil"),
    ("others", 0, "Klart: Skicka profil"),
    ("obstacles", 0, "Löst: Saknar handledare"),
    ("falling", 0, "Du har nu hand om PIS Arkiv och registrering"),
    ("handovers", 0, "Du har nu hand om PIS Arkiv och registrering"),
]


@pytest.mark.parametrize(("line", "number", "words"), DONE_BY_COORDINATOR)
def test_what_is_done_by_one_click_is_answered_in_its_row_and_undone_from_it(
    as_coordinator, coordinator, county, line, number, words
):
    item, before = row_of(as_coordinator, line), len(listed(as_coordinator))
    assert item.acts[number].how is How.DO
    answer = pressed(as_coordinator, item, number)
    the_row_is_done(answer, item)
    assertContains(answer, words)
    assertNotContains(as_coordinator.get("/konto/"), words)
    after = listed(as_coordinator)
    assert item.anchor not in {each.anchor for each in after}
    numbers = swapped(answer)
    assert set(numbers) == {"todo-lead", "todo-kinds", "waits"}
    assert numbers["todo-lead"].startswith(f"{len(after)} saker väntar")
    assert numbers["todo-kinds"].startswith(f"Allt {len(after)} ")
    assert numbers["waits"] == f"{len(after)} väntar"

    address, fields = undo_in(answer)
    assert fields["tillbaka"] == ["/"]
    assertRedirects(as_coordinator.post(address, fields), "/", fetch_redirect_response=False)
    assert item.anchor in {each.anchor for each in listed(as_coordinator)}
    assert len(listed(as_coordinator)) == before


def test_every_button_of_the_list_that_does_it_at_once_was_tried(as_coordinator, as_own, county, at_office):
    tried = {line for line, *_ in DONE_BY_COORDINATOR} | {"hard-found", "orders"}
    for browser, lines in ((as_coordinator, tried), (as_own, {"handovers"})):
        at_once = {item.line for item in listed(browser) if any(act.how is How.DO for act in item.acts)}
        assert at_once == lines


def test_an_order_that_is_not_hard_any_more_leaves_the_list(as_coordinator, county):
    item = row_of(as_coordinator, "hard-found")
    the_row_is_done(pressed(as_coordinator, item), item)
    assert MatchingOrder.objects.get(pk=item.key).hard_since is None
    assert "hard-found" not in {each.line for each in listed(as_coordinator)}


def test_an_officer_accepts_a_handover_in_its_row(as_own, own_officer, office, at_office):
    item = row_of(as_own, "handovers")
    answer = pressed(as_own, item)
    the_row_is_done(answer, item)
    assertContains(answer, "Arbetsförmedlingen Sollefteå har nu hand om")
    assert Handover.objects.get(pk=item.key).accepted_on == TODAY
    address, fields = undo_in(answer)
    as_own.post(address, fields)
    assert Handover.objects.get(pk=item.key).accepted_on is None


@pytest.mark.parametrize(("verb", "sent"), [("flytta", {"dagar": "7"}), ("lamna", {"till": "colleague"})])
def test_what_else_is_done_with_a_step_is_answered_in_its_row(as_coordinator, coordinator, verb, sent):
    [step] = steps(coordinator, 1)
    sent = {name: UserFactory().pk if value == "colleague" else value for name, value in sent.items()}
    item = row_of(as_coordinator, "steps")
    answer = as_coordinator.post(f"/nasta-steg/{step.pk}/{verb}/", sent, headers=on_the_spot(item))
    the_row_is_done(answer, item)
    address, _ = undo_in(answer)
    as_coordinator.post(address)
    assert NextStep.objects.values_list("due_on", "owner").get() == (TODAY, coordinator.pk)


def test_the_numbers_are_of_the_kind_that_is_shown_and_the_way_back_leads_there(as_coordinator, coordinator):
    steps(coordinator, 2)
    item = listed(as_coordinator, slag="steg")[0]
    headers = on_the_spot(item, at="http://testserver/?slag=steg&sida=1")
    answer = as_coordinator.post(item.acts[0].url, headers=headers)
    assertContains(answer, '<a href="/?slag=steg" aria-current="page">Nästa steg <span class="n">1</span></a>')
    assert undo_in(answer)[1]["tillbaka"] == ["/?slag=steg&sida=1"]


def test_the_last_one_leaves_an_empty_list(as_coordinator, coordinator):
    steps(coordinator, 1)
    numbers = swapped(pressed(as_coordinator, row_of(as_coordinator, "steps")))
    assert numbers == {"todo-lead": "Ingenting väntar på dig.", "todo-kinds": "Allt 0", "waits": ""}


# Refused


def done_by_somebody_else(item) -> None:
    agencies.finish_step(NextStep.objects.get(pk=item.key), on=TODAY)


def resolved_by_somebody_else(item) -> None:
    agencies.resolve_obstacle(Obstacle.objects.get(pk=item.key), on=TODAY)


@pytest.mark.parametrize(
    ("line", "meanwhile", "words"),
    [
        ("steps", done_by_somebody_else, "Steget är redan klart sedan 2018-12-31."),
        ("obstacles", resolved_by_somebody_else, "Hindret är redan löst sedan 2018-12-31."),
    ],
)
def test_what_somebody_else_has_done_is_told_in_the_row_which_stays(
    as_coordinator, county, line: str, meanwhile: Callable, words: str
):
    item = row_of(as_coordinator, line)
    meanwhile(item)
    answer = pressed(as_coordinator, item)
    the_row_stays(answer, words)
    assertNotContains(as_coordinator.get("/konto/"), words)


def test_a_day_that_cannot_be_is_told_in_the_row(as_coordinator, coordinator):
    [step] = steps(coordinator, 1)
    headers = on_the_spot(row_of(as_coordinator, "steps"))
    answer = as_coordinator.post(f"/nasta-steg/{step.pk}/flytta/", {"dag": "2018-12-30"}, headers=headers)
    the_row_stays(answer, "Dagen har redan varit. Välj i dag eller senare.")
    assert NextStep.objects.get().due_on == TODAY


def test_a_handover_that_was_taken_back_is_not_accepted(as_own, coordinator, office):
    place = PlacementFactory(coordinator=coordinator)
    lifecycle.hand_over([place], by=coordinator, office=office, on=TODAY, note="")
    item = row_of(as_own, "handovers")
    lifecycle.take_back(place, by=coordinator, on=TODAY)
    the_row_stays(pressed(as_own, item), "tog tillbaka")
    assert Handover.objects.get().accepted_on is None


def test_another_office_s_row_is_refused_wherever_it_stands(as_own, office, elsewhere):
    theirs = HandoverFactory(office=elsewhere)
    for path in ("ta-emot", "lamna-tillbaka"):
        headers = on_the_spot(f"spot-handovers-{theirs.pk}")
        answer = as_own.post(f"/overlamningar/{theirs.pk}/{path}/", {"reason": "Nej"}, headers=headers)
        assert answer.status_code == 403
    theirs.refresh_from_db()
    assert theirs.waits


def test_whoever_is_logged_out_is_told_so_and_nothing_is_done(as_coordinator, coordinator):
    [step] = steps(coordinator, 1)
    item = row_of(as_coordinator, "steps")
    as_coordinator.logout()
    for method in (as_coordinator.post, as_coordinator.get):
        assert method(item.acts[0].url, headers=on_the_spot(item)).status_code == 401
    assert NextStep.objects.get(pk=step.pk).done_on is None
