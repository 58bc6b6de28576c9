"""What the tests of the list of what waits share: rows of every kind, and a row that is answered where it stands."""

import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from agencies.models import Agency, NextStep, Obstacle
from placements.choices import AnswerKind, Requirement
from placements.models import Handover, MatchingOrder, OrderAnswer, Placement
from praktik.accounts.models import User
from praktik.waiting import Item
from tests.agencies.browsing import HTMX, forms_of
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    HandoverFactory,
    MatchingOrderFactory,
    NextStepFactory,
    ObstacleFactory,
    OrderAnswerFactory,
    PlacementFactory,
    UserFactory,
    ended_place,
    ongoing_place,
)

TODAY, DAY = date(2018, 12, 31), timedelta(days=1)


def for_coordinator(user: User, office: Any) -> None:
    """One row of each of the coordinator's rules but letters and months, with one agency and a silent one."""
    agency = AgencyFactory()
    here = {"agency": agency, "coordinator": user}
    NextStepFactory(agency=agency, owner=user, due_on=TODAY)
    NextStepFactory(agency=agency, owner=UserFactory(), due_on=TODAY - DAY)
    AgencyFactory()
    ObstacleFactory(agency=agency, noted_on=date(2018, 2, 1))
    PlacementFactory(agency=agency, coordinator=UserFactory(is_active=False))
    PlacementFactory(**here, planned_start=TODAY - DAY)
    PlacementFactory(**here, contact=ContactFactory(agency=agency, left_on=TODAY))
    ongoing_place(**here, planned_end=TODAY + DAY)
    PlacementFactory(**here, next_on=TODAY)
    ended_place(**here)
    HandoverFactory(placement=PlacementFactory(**here), office=office)
    of = {"office": office, "by": user, "agency": agency}
    MatchingOrderFactory(places=[PlacementFactory(**here)], **of)
    asked = MatchingOrderFactory(places=[PlacementFactory(**here)], **of)
    OrderAnswerFactory(order=asked, kind=AnswerKind.MORE_INFORMATION, text="När?")
    marks = {"hard_since": TODAY - 9 * DAY, "blocked_by": Requirement.LICENCE}
    OrderAnswerFactory(order=MatchingOrderFactory(places=[PlacementFactory(**here)], **of, **marks), on=TODAY)
    long_ago = {"agreed_on": date(2018, 11, 1)}
    old = MatchingOrderFactory(places=[PlacementFactory(**here, **long_ago)], sent_on=date(2018, 11, 5), **of)
    OrderAnswerFactory(order=old, kind=AnswerKind.NONE_NOW)


def for_officer(office: Any, other: Any) -> None:
    """One row of each of an officer's rules."""
    here = {"agency": AgencyFactory(), "office": office}
    MatchingOrderFactory(places=[PlacementFactory()], office=office)
    HandoverFactory(office=office)
    PlacementFactory(**here, planned_start=TODAY)
    ongoing_place(**here, planned_end=TODAY)
    PlacementFactory(**here, next_on=TODAY)
    ended_place(**here)
    marks = {"hard_since": TODAY, "blocked_by": Requirement.LICENCE}
    MatchingOrderFactory(places=[PlacementFactory()], office=other, **marks)


def listed(browser: Client, **asked: str) -> list[Item]:
    """The rows of one page of the list."""
    page = browser.get("/", asked).context["page"]
    return list(page) if page else []


def row_of(browser: Client, line: str) -> Item:
    """The one row of a rule."""
    [item] = [item for item in listed(browser) if item.line == line]
    return item


def on_the_spot(item: Item | str, *, at: str = "http://testserver/") -> dict[str, str]:
    """The headers that htmx sends from a row."""
    name = item if isinstance(item, str) else f"spot-{item.anchor}"
    return {**HTMX, "HX-Target": name, "HX-Current-URL": at}


def pressed(browser: Client, item: Item, number: int = 0, **sent: Any) -> HttpResponse:
    """Press one of a row's buttons where it stands."""
    return browser.post(item.acts[number].url, {"tillbaka": "/", **sent}, headers=on_the_spot(item))


def steps(user: User, number: int, *, due_on: date = TODAY) -> list[NextStep]:
    """So many next steps with one agency, that somebody has just talked with."""
    agency = DialogueFactory().agency
    made: list[NextStep] = [
        NextStepFactory(agency=agency, owner=user, what=f"Ring {each}", due_on=due_on) for each in range(number)
    ]
    return made


def _copies(model: Any, number: int, **replaced: dict[int, list[Any]]) -> dict[int, list[Any]]:
    """So many more of each row, by its key; `replaced`: for a field, the copies of what it led to."""
    made: dict[int, list[Any]] = {}
    for row in model.objects.all():
        made[row.pk] = []
        for each in range(number):
            values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            values.pop("id")
            for name, copied in replaced.items():
                if values[f"{name}_id"] in copied:
                    values[f"{name}_id"] = copied[values[f"{name}_id"]][each].pk
            if model is Agency:
                values["name"] += f" {each}"
            made[row.pk].append(model(**values))
        model.objects.bulk_create(made[row.pk])
    return made


def multiply(number: int) -> None:
    """So many more of all that waits."""
    agencies = _copies(Agency, number)
    _copies(NextStep, number)
    _copies(Obstacle, number, agency=agencies)
    orders = _copies(MatchingOrder, number)
    _copies(OrderAnswer, number, order=orders)
    places = _copies(Placement, number, order=orders)
    _copies(Handover, number, placement=places)


def swapped(answer: HttpResponse) -> dict[str, str]:
    """{what it is called: what it says} of the parts of the page that follow the row."""
    text = answer.content.decode()
    parts = re.findall(r'<(p|ul|span)[^>]* id="([a-z-]+)"[^>]* hx-swap-oob="true">(.*?)</\1>(?:\s|$)', text, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", words).split()) for _, name, words in parts}


def undo_in(answer: HttpResponse) -> tuple[str, dict[str, list[str]]]:
    """Where the row's own button leads, and what it sends."""
    [(address, fields)] = forms_of(answer)
    return address, fields


def the_row_is_done(answer: HttpResponse, item: Item) -> None:
    """The row says what was done, in the place of what it said."""
    assert answer.status_code == 200
    assert answer["HX-Retarget"] == f"[id='todo-{item.anchor}']"
    assert (answer["HX-Reswap"], answer["HX-Reselect"]) == ("outerHTML", "li")
    assertContains(answer, f'<li class="step todo done" id="todo-{item.anchor}">')
    assertContains(answer, 'role="status"')
    assertNotContains(answer, "<html")


def the_row_stays(answer: HttpResponse, words: str) -> None:
    """The row says why nothing was done, below what it said."""
    assert answer.status_code == 200
    assert "HX-Retarget" not in answer.headers
    assertContains(answer, "<div data-spot>")
    assertContains(answer, 'role="alert"')
    assertContains(answer, words)
    assertNotContains(answer, "hx-swap-oob")
    assertNotContains(answer, "<html")
