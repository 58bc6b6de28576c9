"""What somebody does on a page of the room, and what they read there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains
from zeal import zeal_ignore

from placements import lifecycle
from placements.choices import AnswerKind, Requirement, Sex
from placements.models import Handover, MatchingOrder, Placement
from praktik.accounts.models import User
from tests.agencies.browsing import opened
from tests.factories import AgencyFactory, ContactFactory, DialogueFactory, programme

# Why a verb is refused to whom it does not belong.
OTHER_OFFICE = "Det här gör bara kontoret som platsen, ordern eller överlämningen hör till."
ONLY_COORDINATOR, ONLY_OFFICER = "Det här gör bara en koordinator.", "Det här gör bara en handläggare."
AGREED, SENT = date(2018, 12, 3), date(2018, 12, 10)


def filled(response: HttpResponse, **typed: Any) -> dict[str, Any]:
    """What is sent when somebody fills in the page's form."""
    return opened(response) | typed


def send(browser: Client, address: str, **typed: Any) -> HttpResponse:
    """Open a page, fill in its form and send it."""
    form = browser.get(address)
    with one_row_at_a_time():
        return browser.post(address, filled(form, **typed))


def press(browser: Client, address: str, **sent: Any) -> HttpResponse:
    """Press a button that is a form of its own."""
    with one_row_at_a_time():
        return browser.post(address, sent)


class _Main(HTMLParser):
    """The words on every link and button in a page's main part, and where each leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.inside = False
        self.action = ""
        self.open: str | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.inside = True
        elif tag == "form":
            self.action = given.get("action", "")
        elif self.inside and tag in ("a", "button"):
            self.open, self.words = given.get("href", self.action), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.inside = False
        elif tag in ("a", "button") and self.open is not None:
            self.found.append((" ".join(self.words.split()), self.open))
            self.open = None

    def handle_data(self, data: str) -> None:
        self.words += data


def ways(response: HttpResponse) -> list[tuple[str, str]]:
    """(words, address) of every link and button in the page's main part, in their order."""
    parser = _Main()
    parser.feed(response.content.decode())
    return parser.found


def doings(response: HttpResponse) -> dict[str, str]:
    """{the word in its address: its own words} of what can be done with the one place that the page shows."""
    place, found = response.context["place"].pk, {}
    for words, address in ways(response):
        path, _, query = address.partition("?")
        if path.startswith(f"/platser/{place}/") and path != f"/platser/{place}/":
            found[path.split("/")[3]] = words
        elif path.endswith("/order/ny/") or (path == "/overlamningar/nya/" and f"plats={place}" in query):
            found["order" if path.endswith("/order/ny/") else "lamna-over"] = words
    return found


def names(response: HttpResponse) -> list[str]:
    """What the listed places are called, in their order."""
    return [row.place.duties for row in response.context["rows"]]


def said(response: HttpResponse) -> dict[str, list[str]]:
    """{what a listed place is called: what is said of it}."""
    return {row.place.duties: [each.words for each in row.said] for row in response.context["rows"]}


def offered(response: HttpResponse) -> dict[str, list[str]]:
    """{what a listed place is called: what its reader would do next}, of those where there is anything to do."""
    rows = response.context["rows"]
    return {row.place.duties: [action.label for action in row.actions] for row in rows if row.actions}


def undo_address(response: HttpResponse) -> str:
    """Where the button in the latest message leads."""
    *_, message = get_messages(response.wsgi_request)
    return message.extra_tags


def forbidden(response: HttpResponse, *words: str) -> None:
    """The page is told to be somebody else's, in words."""
    for each in ("Det här är inte ditt", *words):
        assertContains(response, each, status_code=403)


def cost(browser: Client, address: str) -> int:
    """How many queries a page takes, once the session is in order."""
    browser.get("/konto/")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def agreed(by: User, number: int = 1, **facts: Any) -> list[Placement]:
    """So many places, agreed in one call with people who have been met; from 2019-01-14."""
    agency = facts.pop("agency", None) or AgencyFactory()
    contact = facts.pop("contact", None) or ContactFactory(agency=agency)
    given = {"programme": programme("PIS"), "agreed_on": AGREED, "planned_start": date(2019, 1, 14), "duties": "Arkiv"}
    return lifecycle.agree(agency=agency, by=by, places=number, contact=contact, **given | facts)


def begun(
    by: User, *, started_on: date = date(2018, 9, 3), planned_end: date = date(2019, 2, 28), **facts: Any
) -> Placement:
    """A PIS that was agreed in June, started in September and goes on until the end of February."""
    days = {"agreed_on": date(2018, 6, 11), "planned_start": date(2018, 9, 3)}
    [place] = agreed(by, **days | facts)
    group = place.target_groups.order_by("name").first()
    end = {"started_on": started_on, "planned_end": planned_end}
    return lifecycle.start(place, by=by, target_group=group, sex=Sex.WOMAN, **end)


def owned(place: Placement, by: User, officer: User, on: date = SENT) -> Placement:
    """The place, handed over to the officer's office and accepted."""
    lifecycle.accept_handover(waiting(place, by, officer.offices.get(), on), by=officer, on=on)
    return Placement.objects.get(pk=place.pk)


def waiting(place: Placement, by: User, office: Any, on: date = SENT) -> Handover:
    """A handover of the place that waits for the office."""
    return lifecycle.hand_over([place], by=by, office=office, on=on, note="Ni känner dem.")[0]


def ordered(places: list[Placement], by: User, office: Any, **profile: Any) -> MatchingOrder:
    """An order for the places."""
    return lifecycle.order(places, by=by, office=office, sent_on=SENT, profile={"duties": "Arkiv"} | profile)


def with_everything(by: User, office: Any, officer: User) -> Placement:
    """An MBJ after a PIS: talked of, confirmed, ordered, asked about, started, extended, handed over with words."""
    agency = AgencyFactory()
    people = ContactFactory.create_batch(3, agency=agency)
    DialogueFactory(agency=agency, held_on=date(2017, 1, 9))
    past = {"agreed_on": date(2017, 2, 1), "planned_start": date(2017, 3, 1), "started_on": date(2017, 3, 1)}
    before = begun(by, agency=agency, planned_end=date(2017, 8, 31), **past)
    days = {"agreed_on": date(2018, 1, 8), "planned_start": date(2018, 2, 1)}
    team = {"contact": people[0], "manager": people[1], "tutor": people[2]}
    [place] = agreed(by, agency=agency, programme=programme("MBJ"), follows=before, unit="Syd", **team, **days)
    lifecycle.confirm(place, by=by, on=date(2018, 1, 10), contact=people[1])
    sent = lifecycle.order([place], by=by, office=office, sent_on=date(2018, 1, 11), profile="Arkiv")
    asked = {"office": office, "on": date(2018, 1, 12)}
    question = lifecycle.answer(sent, by=officer, kind=AnswerKind.MORE_INFORMATION, text="När börjar dagen?", **asked)
    lifecycle.reply(question, by=by, on=date(2018, 1, 15), text="Klockan åtta.")
    lifecycle.answer(sent, by=officer, kind=AnswerKind.CANDIDATE, text="", **asked | {"on": date(2018, 1, 16)})
    lifecycle.flag_hard(sent, by=by, on=date(2018, 1, 17), requirement=Requirement.LICENCE)
    place.refresh_from_db()
    end = {"started_on": date(2018, 2, 1), "planned_end": date(2018, 12, 31)}
    group = place.target_groups.first()
    lifecycle.start(place, by=by, target_group=group, sex=Sex.MAN, **end)
    lifecycle.extend(place, by=by, decided_on=date(2018, 12, 3), new_end=date(2019, 10, 31), reason="Det går bra.")
    handover = waiting(place, by, office)
    lifecycle.ask_about(handover, by=officer, on=SENT, text="Hur är det med buss?")
    lifecycle.ask_about(handover, by=by, on=SENT, text="Den går varje timme.")
    [after] = agreed(by, agency=agency, follows=place)
    assert after.follows == place
    return Placement.objects.get(pk=place.pk)


# What a verb about many places asks for each of them.
_OF_EACH = [
    ("Placement", "target_groups"),
    ("Placement", "get()"),
]


@contextmanager
def one_row_at_a_time() -> Iterator[None]:
    """A verb about many places reads and writes each by itself: what it asks of them again is no N+1 of a page."""
    with zeal_ignore([{"model": f"placements.{model}", "field": field} for model, field in _OF_EACH]):
        yield
