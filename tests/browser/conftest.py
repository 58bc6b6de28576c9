"""A real Chromium against a real server: what a person sees, does and hears about.

Every page that a test opens is watched: an error in the console, a script error or a request to another
host fails the test, whatever it was about.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from agencies.choices import ObstacleKind
from agencies.models import Agency, Contact, Municipality, Office
from placements import lifecycle
from placements.choices import AnswerKind, Requirement
from placements.models import Handover, MatchingOrder, OrderAnswer, Placement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.conftest import BACKEND
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    PlacementFactory,
    UserFactory,
)
from tests.placements.pages import SENT, agreed, begun, ordered, owned, waiting, with_everything

WIDE, PHONE = 1280, 360
# Django looks for a running event loop, which Playwright's synchronous interface has.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, speaking Swedish and to nobody but us."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {
        "executable_path": chromium,
        "args": [*quiet, "--no-sandbox", "--disable-gpu", "--disable-quic", "--lang=sv-SE"],
    }


@dataclass
class County:
    """What the browser tests have to look at."""

    coordinator: User
    colleague: User
    officer: User
    steering: User
    administrator: User
    agency: Agency
    anna: Contact
    per: Contact
    town: Municipality
    office: Office


def make_county() -> County:
    """One agency with a story, another beside it, and somebody in every role."""
    town, other_town = MunicipalityFactory(name="Härnösand"), MunicipalityFactory(name="Ånge")
    people = County(
        coordinator=UserFactory(name="Karin Hedlund"),
        colleague=UserFactory(name="Berit Ek"),
        officer=UserFactory(name="Hans Nyberg", role=Role.CASE_OFFICER),
        steering=UserFactory(name="Stina Falk", role=Role.STEERING_GROUP),
        administrator=UserFactory(name="Adam Berg", role=Role.ADMINISTRATOR),
        agency=(agency := AgencyFactory(name="Skogsstyrelsen", municipalities=[town], employees=31)),
        anna=(anna := ContactFactory(agency=agency, name="Anna Lind", title="HR-chef")),
        per=(per := ContactFactory(agency=agency, name="Per Öberg", title="Distriktschef")),
        town=town,
        office=(office := OfficeFactory(name="Arbetsförmedlingen Härnösand", municipalities=[town])),
    )
    office.officers.add(people.officer)
    for number in range(30):
        contacts = [anna, per][: number % 3]
        DialogueFactory(agency=agency, by=people.coordinator, contacts=contacts)
    ContactFactory(agency=agency, name="Eva Åkesson", left_on="2018-05-01", successor=per)
    NextStepFactory(agency=agency, owner=people.coordinator, what="Ring HR-chefen om våren", due_on="2018-12-19")
    NextStepFactory(
        agency=agency, owner=people.coordinator, what="Skicka avtalet", due_on="2018-12-03", done_on="2018-12-04"
    )
    NextStepFactory(agency=agency, owner=people.colleague, what="Boka besök", due_on="2018-12-27")
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR)
    ObstacleFactory(agency=agency, kind=ObstacleKind.OTHER, words="Flyttar kontor", resolved_on="2018-12-20")
    AgencyFactory(name="Åklagarmyndigheten", municipalities=[other_town])
    return people


@pytest.fixture
def county(transactional_db: None) -> County:
    """The county, in a database that the server sees."""
    return make_county()


@dataclass
class Places:
    """Places in every state, with what goes with them."""

    agreed: Placement
    resting: Placement
    ongoing: Placement
    ended: Placement
    withdrawn: Placement
    full: Placement
    order: MatchingOrder
    hard: MatchingOrder
    question: OrderAnswer
    handover: Handover


@pytest.fixture
def places(county: County) -> Places:
    """The county's places: one of every kind that a page shows otherwise than the others."""
    by, office, officer = county.coordinator, county.office, county.officer
    here = {"agency": county.agency, "municipality": county.town, "contact": county.anna}
    gone = ContactFactory(agency=county.agency, name="Gun Borta", left_on="2018-12-20", successor=county.per)
    resting = agreed(by, **here | {"duties": "Vilar på Gun"})[0]
    Placement.objects.filter(pk=resting.pk).update(contact=gone)
    done = begun(by, **here, duties="Växel och reception")
    lifecycle.end(done, by=by, ended_on=date(2018, 9, 28), outcome="same_agency", subsidised=False)
    drawn = agreed(by, **here)[0]
    lifecycle.withdraw(drawn, by=by, on=date(2018, 12, 20), reason="Ny chef som vill vänta.")
    order = ordered(agreed(by, 2, **here), by, office, tutor=county.per, prepared="Ett eget rum.")
    said = {"by": officer, "office": office, "on": date(2018, 12, 12)}
    question = lifecycle.answer(order, kind=AnswerKind.MORE_INFORMATION, text="När börjar dagen?", **said)
    words = "Kräver C-körkort och att man kan arbeta ensam i skogen hela dagar"
    hard = ordered(agreed(by, **here | {"agreed_on": date(2018, 11, 1)}), by, office)
    lifecycle.flag_hard(hard, by=by, on=SENT, requirement=Requirement.OTHER, words_on_it=words)
    handover = waiting(agreed(by, **here)[0], by, office)
    lifecycle.ask_about(handover, by=officer, on=date(2018, 12, 12), text="Går det buss?")
    returned = waiting(agreed(by, **here)[0], by, office)
    lifecycle.return_handover(returned, by=officer, on=SENT, reason="För långt bort.")
    agreed(gone_colleague := UserFactory(name="Gunnar Gått"), **here)
    User.objects.filter(pk=gone_colleague.pk).update(is_active=False)
    for _ in range(26):
        PlacementFactory(coordinator=by, **here)
    return Places(
        agreed=owned(agreed(by, **here)[0], by, officer),
        resting=resting,
        ongoing=owned(begun(by, **here, planned_end=date(2019, 1, 15)), by, officer),
        ended=Placement.objects.get(pk=done.pk),
        withdrawn=drawn,
        full=with_everything(by, office, officer),
        order=order,
        hard=hard,
        question=question,
        handover=handover,
    )


@dataclass
class Watched:
    """A page, and what it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def look_at(self, own_host: str) -> None:
        """Listen to everything the page says and asks for."""

        def console(message: ConsoleMessage) -> None:
            # The browser itself reports a 403, 404 or 409 that the page was meant to show.
            if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
                self.complaints.append(f"console: {message.text}")

        def request(asked: Request) -> None:
            if urlsplit(asked.url).scheme in ("http", "https") and urlsplit(asked.url).netloc != own_host:
                self.complaints.append(f"another host: {asked.url}")

        self.page.on("console", console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", request)


@pytest.fixture
def open_browser(browser: Browser, live_server: "object") -> Iterator[Callable[..., Page]]:
    """A function that opens a browser as a user, at a width; without a user, nobody is logged in.

    Where the network is made to fail, the browser complains of that; nothing else is then asked of the console.
    """
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []
    address = str(live_server.url)  # type: ignore[attr-defined]

    def opened(
        user: User | None = None, width: int = WIDE, scripts: bool = True, expect_failures: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, locale="sv-SE", java_script_enabled=scripts
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            log_in(context, user, address)
        page = context.new_page()
        watcher = Watched(page)
        watcher.look_at(urlsplit(address).netloc)
        if not expect_failures:
            watched.append(watcher)
        return page

    yield opened
    for context in contexts:
        context.close()
    complaints = [complaint for watcher in watched for complaint in watcher.complaints]
    assert not complaints, "\n".join(complaints)


def log_in(context: BrowserContext, user: User, address: str) -> None:
    """Give the browser a session, as the login page would."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these need the browser."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
