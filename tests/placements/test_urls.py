"""Every address of the room: who may open it, by which method, and what the others are told."""

from collections.abc import Callable
from datetime import date

import pytest

from placements import lifecycle
from placements.choices import AnswerKind, Outcome, Requirement, Sex
from placements.models import Deed
from placements.urls import urlpatterns
from praktik.accounts.roles import PERMISSIONS, Role
from tests.factories import OfficeFactory, UserFactory
from tests.placements.lives import rows
from tests.placements.pages import (
    ONLY_COORDINATOR,
    ONLY_OFFICER,
    OTHER_OFFICE,
    SENT,
    agreed,
    begun,
    forbidden,
    ordered,
    owned,
    waiting,
)
from tests.walk import BOTH, GET, POST, Room, looking_writes_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.once]

METHODS = {
    "placement-list": GET,
    "open-places": GET,
    "ongoing-places": GET,
    "waits": GET,
    "to-confirm": GET,
    "placement": GET,
    "placement-edit": BOTH,
    "placement-plan": BOTH,
    "placement-confirm": BOTH,
    "placement-withdraw": BOTH,
    "placement-start": BOTH,
    "placement-extend": BOTH,
    "placement-end": BOTH,
    "placement-follow-up": BOTH,
    "placement-take-back": POST,
    "placement-undo": POST,
    "undo-act": POST,
    "agree": BOTH,
    "order-new": BOTH,
    "order-list": GET,
    "order": GET,
    "order-edit": BOTH,
    "order-answer": BOTH,
    "order-flag": BOTH,
    "order-unflag": POST,
    "order-recall": POST,
    "answer-reply": BOTH,
    "answer-undo": POST,
    "handover-list": GET,
    "handover-new": BOTH,
    "handover-accept": POST,
    "handover-return": BOTH,
    "handover-ask": BOTH,
}
ROOM = Room(urlpatterns, METHODS)
# What belongs to one office: another's officer is told so.
OTHERS = {
    "placement-plan",
    "placement-start",
    "placement-extend",
    "placement-end",
    "placement-follow-up",
    "placement-undo",
    "undo-act",
    "order-answer",
    "order-flag",
    "order-unflag",
    "answer-undo",
    "handover-accept",
    "handover-return",
    "handover-ask",
}
# Of verbs that share their view with an officer's, and are nobody's but one role's.
COORDINATOR_S = {"placement-confirm", "placement-withdraw"}
OFFICER_S = {"handover-accept", "handover-return"}


def test_every_address_of_the_room_is_walked_here():
    ROOM.is_whole()


def test_every_view_says_which_permission_it_takes():
    for name in METHODS:
        ROOM.says_its_permission(name)


def test_what_an_officer_may_do_is_an_office_s_or_open_to_all():
    work = {name for name in METHODS if ROOM.permission(name) == "placements.work_placement"}
    assert work == OTHERS | COORDINATOR_S | {"handover-list"}


@pytest.fixture
def there(coordinator, office, own_officer) -> Callable[[str], str]:
    """A place in every state in one office's hands, an order and a handover: from an address's name to one of them."""
    made = agreed(coordinator, 3)
    first, second, third = (owned(place, coordinator, own_officer) for place in made)
    order = ordered([second], coordinator, office)
    lifecycle.flag_hard(order, by=coordinator, on=SENT, requirement=Requirement.LICENCE)
    said = {"by": own_officer, "office": office, "on": SENT}
    question = lifecycle.answer(order, kind=AnswerKind.MORE_INFORMATION, text="När?", **said)
    started = owned(agreed(coordinator)[0], coordinator, own_officer)
    group = started.target_groups.first()
    days = {"started_on": SENT, "planned_end": date(2019, 3, 1)}
    lifecycle.start(started, by=own_officer, target_group=group, sex=Sex.MAN, **days)
    ended = begun(coordinator, agreed_on=date(2017, 6, 1), planned_start=date(2017, 9, 1))
    ended = owned(ended, coordinator, own_officer, on=date(2018, 9, 3))
    lifecycle.end(ended, by=own_officer, ended_on=date(2018, 9, 28), outcome=Outcome.STUDIES)
    offer = waiting(third, coordinator, OfficeFactory(officers=[own_officer]))
    other = dict.fromkeys(("placement-extend", "placement-end", "placement-undo"), started)
    other["placement-follow-up"] = ended
    keys = {
        "agree": first.agency_id,
        "order-new": first.agency_id,
        "answer-reply": question.pk,
        "answer-undo": question.pk,
        "undo-act": Deed.objects.filter(placement=started, verb="start").get().act,
    }

    def address(name: str) -> str:
        rest = offer.pk if name.startswith("handover") else order.pk
        key = keys.get(name) or (other.get(name, first).pk if name.startswith("placement") else rest)
        route = str(ROOM.views[name].pattern)
        return "/" + route.replace("<int:pk>", str(key)).replace("<uuid:act>", str(key))

    return address


def not_theirs(name: str, role: Role) -> bool:
    return name in (COORDINATOR_S if role is Role.CASE_OFFICER else OFFICER_S if role is Role.COORDINATOR else ())


@pytest.mark.parametrize("role", Role)
def test_a_view_answers_the_roles_that_hold_its_permission_and_no_other(log_in, there, own_officer, role):
    user = own_officer if role is Role.CASE_OFFICER else UserFactory(role=role)
    for name in METHODS:
        if not not_theirs(name, role):
            ROOM.answers_who_may(name, there(name), log_in, {role: user})


@pytest.mark.parametrize(
    ("client", "theirs", "words"),
    [("coordinator", OFFICER_S, ONLY_OFFICER), ("own_officer", COORDINATOR_S, ONLY_COORDINATOR)],
)
def test_what_only_the_other_role_does_says_so(log_in, there, request, client, theirs, words):
    browser = log_in(request.getfixturevalue(client))
    before = rows()
    for name in theirs:
        for method in METHODS[name]:
            forbidden(getattr(browser, method.lower())(there(name)), words)
    assert rows() == before


def test_an_officer_of_another_office_is_told_that_it_is_not_theirs(log_in, there, coordinator):
    stranger = UserFactory(role=Role.CASE_OFFICER)
    elsewhere = OfficeFactory(officers=[stranger])
    owned(agreed(coordinator)[0], coordinator, stranger)
    waiting(agreed(coordinator)[0], coordinator, elsewhere)
    browser = log_in(stranger)
    lifecycle.unflag(Deed.objects.filter(verb="order").get().order, by=coordinator)
    before = rows()
    for name in OTHERS:
        for method in METHODS[name]:
            forbidden(getattr(browser, method.lower())(there(name)), OTHER_OFFICE)
    assert rows() == before


def test_a_view_refuses_other_methods_than_its_own(as_coordinator, there):
    for name in METHODS:
        ROOM.refuses_other_methods(name, there(name), as_coordinator)


@pytest.mark.parametrize("client", ["coordinator", "own_officer"])
def test_looking_writes_nothing(log_in, request, there, client):
    user = request.getfixturevalue(client)
    browser, role = log_in(user), Role(user.role)
    for name in ROOM.with_method("GET"):
        if ROOM.permission(name) in PERMISSIONS[role] and not not_theirs(name, role):
            looking_writes_nothing(browser, there(name))


def test_a_form_sent_from_another_site_is_refused(as_coordinator, there):
    before = rows()
    for name in ROOM.with_method("POST"):
        ROOM.refuses_another_site(name, there(name), as_coordinator)
    assert rows() == before


@pytest.mark.parametrize("key", ["0", "9" * 19, "9" * 30])
def test_what_is_not_there_is_not_found(as_coordinator, key):
    for name, methods in METHODS.items():
        route = str(ROOM.views[name].pattern)
        if "<int:pk>" in route:
            ask = as_coordinator.get if "GET" in methods else as_coordinator.post
            assert ask("/" + route.replace("<int:pk>", key)).status_code == 404, name
    for act in ("00000000-0000-4000-8000-000000000000", "1", "inget"):
        assert as_coordinator.post(f"/platser/angra/{act}/").status_code == 404
