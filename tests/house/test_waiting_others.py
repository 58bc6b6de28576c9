"""What waits and belongs to somebody else by now: a closed office's, another page's message, somebody else's deed."""

from datetime import date

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.test import RequestFactory

from agencies.models import Contact, Office
from placements import lifecycle
from placements.models import MatchingOrder, Placement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.worklist import Worklist
from tests.factories import NextStepFactory, TargetFactory, UserFactory
from tests.placements.pages import agreed, ordered, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2018, 12, 31)


def items(user: User, line: str):
    user = User.objects.get(pk=user.pk)
    return [item for item in Worklist(user, on=TODAY).items(most=100) if item.line == line]


def test_an_order_at_a_closed_office_is_taken_back(as_coordinator, coordinator, own_officer, office):
    order = ordered(agreed(coordinator), coordinator, office)
    waiting(agreed(coordinator)[0], coordinator, office)
    Office.objects.filter(pk=office.pk).update(closed_on=TODAY)
    assert not items(own_officer, "orders")
    assert not items(own_officer, "handovers")
    [item] = items(coordinator, "orders")
    assert [act.label for act in item.acts] == ["Återta ordern"]
    as_coordinator.post(item.acts[0].url)
    assert MatchingOrder.objects.get(pk=order.pk).recalled_on == TODAY
    assert not items(coordinator, "orders")


def test_a_handover_with_a_question_waits_for_its_answer_alone(coordinator, own_officer, office):
    handover = waiting(agreed(coordinator)[0], coordinator, office)
    assert (len(items(coordinator, "handovers")), len(items(coordinator, "handover-questions"))) == (1, 0)
    lifecycle.ask_about(handover, by=own_officer, on=TODAY, text="Går det buss?")
    assert (len(items(coordinator, "handovers")), len(items(coordinator, "handover-questions"))) == (0, 1)
    assert len(items(own_officer, "handovers")) == 1


def test_what_a_colleague_did_between_the_two_queries_is_left_out(coordinator):
    [place] = agreed(coordinator)
    Contact.objects.filter(pk=place.contact_id).update(left_on=TODAY)
    found = Worklist(coordinator, on=TODAY)
    line = next(line for line in found.lines if line.name == "to-confirm")
    rows = list(line.fetch([place.pk]))
    assert line.tell(rows[0])
    Contact.objects.filter(pk=place.contact_id).update(left_on=None)
    assert line.tell(next(iter(line.fetch([place.pk])))) is None
    Placement.objects.filter(pk=place.pk).update(contact=None)
    assert line.tell(next(iter(line.fetch([place.pk])))) is None


def test_the_steering_group_reads_what_it_is_led_to(log_in, coordinator):
    reader = UserFactory(role=Role.STEERING_GROUP)
    TargetFactory(decided_on=TODAY, year=2019)
    browser = log_in(reader)
    User.objects.filter(pk=reader.pk).update(visited_before="2018-12-30T12:00Z")
    [item] = items(reader, "new-targets")
    assert browser.get(item.url).status_code == 200


def test_what_another_page_left_untold_is_not_this_row_s(as_coordinator, coordinator):
    step = NextStepFactory(owner=coordinator, due_on=TODAY)
    request = RequestFactory().get("/")
    request.session = as_coordinator.session
    request.COOKIES = {}
    storage = messages.storage.default_storage(request)
    storage.add(messages.ERROR, "Från en annan flik.")
    response = HttpResponse()
    storage.update(response)
    as_coordinator.cookies.update(response.cookies)
    headers = {"HX-Request": "true", "HX-Target": f"spot-steps-{step.pk}"}
    answer = as_coordinator.post(f"/nasta-steg/{step.pk}/klart/", {"tillbaka": "/"}, headers=headers)
    assert answer["HX-Retarget"] == f"[id='todo-steps-{step.pk}']"
    assert "Från en annan flik." not in answer.content.decode()
    assert "Från en annan flik." in as_coordinator.get("/").content.decode()
