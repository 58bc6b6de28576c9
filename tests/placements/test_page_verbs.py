"""What the pages of the verbs share: done once, told, taken back from the message; refused in words, typing kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from placements import lifecycle
from placements.choices import FollowUp, Outcome, Sex, State
from placements.models import Placement
from praktik.accounts.models import User
from tests.agencies.browsing import errors, opened, told
from tests.factories import ContactFactory, programme
from tests.placements.lives import IDENTITY, as_stored, rows
from tests.placements.pages import agreed, begun, filled, owned, send, undo_address

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def _agreed(by: User, agency: Any) -> Placement:
    [place] = agreed(by, agency=agency, contact=ContactFactory(agency=agency))
    return place


def _ongoing(by: User, agency: Any) -> Placement:
    return begun(by, agency=agency, programme=programme("MBJ"))


def _ended(by: User, agency: Any) -> Placement:
    place = begun(by, agency=agency)
    return lifecycle.end(place, by=by, ended_on=date(2018, 9, 28), outcome=Outcome.STUDIES)


@dataclass(frozen=True)
class Verb:
    """A verb's page: from which places, what is filled in, what the next page says, and who does it."""

    place: Callable[[User, Any], Placement]
    typed: Callable[[Placement], dict[str, Any]]
    told: str
    who: tuple[str, ...] = ("as_coordinator", "as_own")
    text: str = ""
    """The field that holds free text."""


VERBS = {
    "starta": Verb(
        _agreed,
        lambda place: {"target_group": place.target_groups.first().pk, "sex": Sex.MAN},
        "PIS Arkiv har startat.",
    ),
    "forlang": Verb(
        _ongoing,
        lambda place: {"new_end": "2019-08-30", "reason": "Det går bra."},
        "MBJ Arkiv går nu till 2019-08-30.",
        text="reason",
    ),
    "avsluta": Verb(_ongoing, lambda place: {"outcome": Outcome.BACK_TO_AF}, "MBJ Arkiv är avslutad."),
    "folj-upp": Verb(_ended, lambda place: {"outcome": FollowUp.STUDIES}, "PIS Arkiv är uppföljd."),
    "bekrafta": Verb(
        _agreed,
        lambda place: {"contact": ContactFactory(agency=place.agency).pk},
        "PIS Arkiv är bekräftad.",
        ("as_coordinator",),
    ),
    "dra-tillbaka": Verb(
        _agreed,
        lambda place: {"reason": "Ny chef."},
        "PIS Arkiv är tillbakadragen.",
        ("as_coordinator",),
        text="reason",
    ),
    "nasta-steg": Verb(
        _agreed,
        lambda place: {"what": "Ring chefen", "due_on": "2019-01-09"},
        "Nästa steg är ändrat.",
        text="what",
    ),
}
STEPS = [path for path in VERBS if path != "nasta-steg"]
BY = [(path, client) for path, verb in VERBS.items() for client in verb.who]


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def at(coordinator, agency, own_officer, office):
    """A function: the place that a verb is for, in the own office's hands, and the address of the verb's page."""

    def placed(path):
        place = VERBS[path].place(coordinator, agency)
        place = owned(place, coordinator, own_officer) if place.is_open else place
        Placement.objects.filter(pk=place.pk).update(office=office)
        return Placement.objects.get(pk=place.pk), f"/platser/{place.pk}/{path}/"

    return placed


@pytest.mark.parametrize(("path", "client"), BY)
def test_what_is_sent_is_done_told_and_leads_to_the_place(request, at, path, client):
    browser, verb = request.getfixturevalue(client), VERBS[path]
    place, address = at(path)
    before = as_stored(place)
    form = browser.get(address)
    assertTemplateUsed(form, "placements/verb_form.html")
    response = browser.post(address, filled(form, **verb.typed(place)))
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == [verb.told]
    assert as_stored(place) != before
    assert place.history.first().history_user.get_role_display() in ("koordinator", "handläggare")


@pytest.mark.parametrize("path", STEPS)
def test_the_message_takes_back_just_that(as_coordinator, at, path):
    place, address = at(path)
    before = as_stored(place)
    response = send(as_coordinator, address, **VERBS[path].typed(place))
    assert as_stored(place) != before
    undone = as_coordinator.post(undo_address(response))
    assert "Ångrat: " in told(undone)[-1]
    assert as_stored(place) == before


@pytest.mark.parametrize("path", ["starta", "forlang", "bekrafta", "avsluta"])
def test_the_message_takes_back_nothing_that_came_later(as_coordinator, coordinator, at, path):
    place, address = at(path)
    earlier = {"ended_on": "2018-09-28"} if path == "avsluta" else {}
    response = send(as_coordinator, address, **VERBS[path].typed(place) | earlier)
    if path == "avsluta":
        lifecycle.follow_up(place, by=coordinator, on=date(2018, 12, 31), outcome=FollowUp.NONE)
    else:
        lifecycle.take_back(place, by=coordinator, on=date(2018, 12, 31))
    before = as_stored(place)
    undone = as_coordinator.post(undo_address(response))
    assert told(undone)[-1] == "Något mer har hänt med platsen sedan dess. Läs om sidan."
    assert as_stored(place) == before


def test_nothing_else_than_the_planning_of_a_step_is_without_a_way_back(as_coordinator, at):
    place, address = at("nasta-steg")
    response = send(as_coordinator, address, **VERBS["nasta-steg"].typed(place))
    assert undo_address(response) == ""


@pytest.mark.parametrize("path", VERBS)
def test_a_form_sent_twice_is_done_once(as_coordinator, at, path):
    place, address = at(path)
    data = filled(as_coordinator.get(address), **VERBS[path].typed(place))
    first = as_coordinator.post(address, data)
    after = rows()
    second = as_coordinator.post(address, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert rows() == after


@pytest.mark.parametrize("path", VERBS)
def test_it_leads_back_to_where_one_was(as_coordinator, at, path):
    place, address = at(path)
    back = "/platser/oppna/?insats=PIS"
    response = send(as_coordinator, f"{address}?tillbaka={back}", **VERBS[path].typed(place))
    assert response.url == back


WRONG = {
    "starta": (_ongoing, "Platsen startade redan 2018-09-03."),
    "forlang": (_ended, "Platsen är avslutad sedan 2018-09-28."),
    "avsluta": (_agreed, "Platsen har inte startat än."),
    "folj-upp": (_ongoing, "Platsen startade redan 2018-09-03."),
    "bekrafta": (_ongoing, "Platsen startade redan 2018-09-03."),
    "dra-tillbaka": (_ended, "Platsen är avslutad sedan 2018-09-28."),
    "nasta-steg": (_ended, "Platsen är avslutad sedan 2018-09-28."),
}


@pytest.mark.parametrize("path", VERBS)
def test_a_place_where_the_verb_is_of_no_use_leads_to_its_page_in_words(as_coordinator, coordinator, agency, path):
    made, words = WRONG[path]
    place = made(coordinator, agency)
    response = as_coordinator.get(f"/platser/{place.pk}/{path}/")
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == [words]


@pytest.mark.parametrize("path", VERBS)
def test_what_somebody_else_did_meanwhile_is_told_and_typing_kept(as_coordinator, coordinator, at, agency, path):
    place, address = at(path)
    typed = VERBS[path].typed(place)
    data = filled(as_coordinator.get(address), **typed)
    if place.stands() is State.AGREED:
        lifecycle.withdraw(place, by=coordinator, on=date(2018, 12, 31), reason="Ny chef")
        words = "Platsen drogs tillbaka 2018-12-31."
    elif place.stands() is State.ONGOING:
        lifecycle.end(place, by=coordinator, ended_on=date(2018, 12, 31), outcome=Outcome.STUDIES)
        words = "Platsen är avslutad sedan 2018-12-31."
    else:
        lifecycle.follow_up(place, by=coordinator, on=date(2018, 12, 31), outcome=FollowUp.NONE)
        words = "Platsen är redan uppföljd 2018-12-31."
    before = rows()
    response = as_coordinator.post(address, data)
    assert errors(response) == {"__all__": [words]}
    assertContains(response, words)
    for name, value in typed.items():
        assert opened(response)[name] == [str(value)], name
    assert rows() == before


@pytest.mark.parametrize("path", [path for path, verb in VERBS.items() if verb.text])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Gäller {IDENTITY}", "personnummer"),
        ("å" * 2001, "2001 tecken"),
        ("Noll\0tecken", "Nolltecken"),
    ],
)
def test_a_text_that_cannot_be_kept_stays_in_its_field_with_the_reason(as_coordinator, at, path, text, words):
    place, address = at(path)
    before = rows()
    field = VERBS[path].text
    response = send(as_coordinator, address, **VERBS[path].typed(place) | {field: text})
    [reason] = errors(response)[field]
    assert words in reason or "\0" in text
    assert list(errors(response)) == [field]
    assert "\0" in text or opened(response)[field] == [text]
    assert rows() == before


@pytest.mark.parametrize("path", VERBS)
def test_an_empty_form_says_what_is_missing_and_does_nothing(as_coordinator, at, path):
    _, address = at(path)
    before = rows()
    data = dict.fromkeys(opened(as_coordinator.get(address)), "")
    response = as_coordinator.post(address, data)
    assert errors(response)
    assertContains(response, "Inget är sparat än. Rätta det här; allt du skrev är kvar.")
    assert rows() == before


DAYS = {
    "starta": "started_on",
    "forlang": "decided_on",
    "avsluta": "ended_on",
    "folj-upp": "on",
    "bekrafta": "on",
    "dra-tillbaka": "on",
}


@pytest.mark.parametrize("path", DAYS)
def test_a_day_that_has_not_come_is_refused_at_its_field(as_coordinator, at, path):
    place, address = at(path)
    before = rows()
    typed = VERBS[path].typed(place) | {DAYS[path]: "2019-01-01"}
    response = send(as_coordinator, address, **typed)
    assert errors(response) == {DAYS[path]: ["Dagen har inte varit än. Välj i dag eller tidigare."]}
    assert opened(response)[DAYS[path]] == ["2019-01-01"]
    assert rows() == before


@pytest.mark.parametrize("path", DAYS)
def test_a_day_before_the_place_was_is_refused_in_words(as_coordinator, at, path):
    place, address = at(path)
    before = rows()
    response = send(as_coordinator, address, **VERBS[path].typed(place) | {DAYS[path]: "2017-01-02"})
    [[reason]] = errors(response).values()
    assert "kan inte vara före" in reason
    assert opened(response)[DAYS[path]] == ["2017-01-02"]
    assert rows() == before


@pytest.mark.parametrize("path", DAYS)
@pytest.mark.parametrize("day", ["i går", "2018-02-30", "9" * 30, "0000-00-00"])
def test_what_is_no_day_is_refused_at_its_field(as_coordinator, at, path, day):
    place, address = at(path)
    response = send(as_coordinator, address, **VERBS[path].typed(place) | {DAYS[path]: day})
    assert list(errors(response)) == [DAYS[path]]


@pytest.mark.parametrize("path", ["starta", "avsluta", "folj-upp"])
def test_it_is_said_that_nobody_s_identity_is_kept(as_coordinator, at, path):
    _, address = at(path)
    assertContains(as_coordinator.get(address), "Praktik sparar aldrig vem någon är")


def test_the_page_tells_how_the_place_stands(as_coordinator, at, agency):
    _, address = at("starta")
    assertContains(as_coordinator.get(address), "Avtalad 2018-12-03, planerad start 2019-01-14.")
    place, address = at("forlang")
    assertContains(as_coordinator.get(address), "startade 2018-09-03, planerat slut 2019-02-28.")
    for way in (agency.get_absolute_url(), place.get_absolute_url()):
        assertContains(as_coordinator.get(address), f'href="{way}"')


def test_markup_is_shown_as_text(as_coordinator, at):
    place, address = at("dra-tillbaka")
    Placement.objects.filter(pk=place.pk).update(duties="<script>alert(1)</script>")
    assertNotContains(as_coordinator.get(address), "<script>alert")
