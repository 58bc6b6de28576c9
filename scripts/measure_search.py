#!/usr/bin/env python3
"""How long a search takes in a county of the largest size, beside a bare page, in one run on PostgreSQL.

    python scripts/private_postgres.py .venv/bin/python scripts/measure_search.py [plans]

fills an empty database with 300,000 dialogues, 8,400 agencies, 22,000 contacts, 34,000 places and 150 letters, and asks
by turns for a bare page (session, user, one query of 25 rows) and for searches of several kinds, through all of Django.
With `plans` it shows how PostgreSQL answers each.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "praktik.settings.test")

import django
from django.conf import settings

settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.startswith("zeal")]
settings.INSTALLED_APPS = [each for each in settings.INSTALLED_APPS if each != "zeal"]
django.setup()

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import path
from django.utils import timezone

from agencies.models import Agency, Contact, Dialogue, Municipality, Office
from placements.models import MatchingOrder, Placement, Programme
from praktik import urls
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.demo import people, phrases
from praktik.demo.phrases import duties, examples, handover, information, obstacles
from reports.models import Letter, LetterCopy

AGENCIES, CONTACTS, PLACES, ORDERS, DIALOGUES, LETTERS = 8_400, 22_000, 34_000, 9_000, 300_000, 150
ROUNDS = 30
LIMIT = 10  # times a bare page
SEARCHES = {
    "a rare word": "hällristning",
    "a word in half of the notes": "handledare",
    "a word in one note of ten": "reception",
    "a word in one note of a hundred": "truckkort",
    "two words": "praktikplatser arkivet",
    "two common words": "handledare praktik",
    "a name": "örjan ödmark",
    "a common first name": "anna",
    "an agency's name": "skatteverkets",
    "an agency and a word": "skatteverket arkiv",
    "nothing there": "xylofon",
    "eight words": "anna skatteverket arkiv handledare praktik möte våren chef",
    "one letter": "a",
    "three letters": "han",
}
_TOWNS = ("Sundsvall", "Härnösand", "Kramfors", "Sollefteå", "Örnsköldsvik", "Ånge", "Timrå")
_KINDS = ("skatte", "trafik", "skogs", "bolags", "tull", "kust", "post", "väg", "jord", "vatten", "luft", "bok")
_PARTS = ("arkiv", "post", "bil", "dator", "papper", "skog", "väg", "kund", "data", "drift", "plan", "stöd", "vård")
_ENDS = ("hantering", "rum", "system", "ansvarig", "chef", "plan", "grupp", "arbete", "rutin", "lista", "register")


def bare(request: HttpRequest) -> HttpResponse:
    """The least a page of Django does: session, user, one query of 25 rows."""
    rows = Agency.objects.order_by("name")[:25]
    return HttpResponse(_BARE.render(Context({"user": request.user, "rows": rows})))


_BARE = Template("<p>{{ user.name }}</p><ul>{% for row in rows %}<li>{{ row.name }}</li>{% endfor %}</ul>")
urlpatterns = [path("bare/", bare), *urls.urlpatterns]


def _sentences() -> list[str]:
    found: list[str] = []
    for module in (information, examples, handover, obstacles, phrases):
        for value in vars(module).values():
            if isinstance(value, tuple):
                found += [each.lstrip("+- ") for each in value if isinstance(each, str)]
    return found


def _notes(chance: random.Random) -> Iterator[str]:
    sentences = _sentences()
    compounds = [f"{a}{b}{c}" for a in _PARTS for b in ["", "s", "e"] for c in _ENDS]
    while True:
        parts = chance.sample(sentences, chance.randint(1, 4))
        parts.append(f"Frågade om {chance.choice(compounds)} och {chance.choice(compounds)}en.")
        for share, words in ((0.5, "Handledare finns."), (0.1, "Anmäl i receptionen."), (0.01, "Truckkort krävs.")):
            if chance.random() < share:
                parts.append(words)
        if chance.random() < 1e-5:
            parts.append("Hällristningarna ska skötas.")
        yield " ".join(parts)


def _name_of_agency(n: int) -> str:
    """Some forty of each, in seven towns; one body in twelve kinds."""
    kind = f"{_KINDS[n % 12]}{('', *_PARTS, 'mark', 'rätts', 'skol', 'rese')[n // 12 % 18]}verket".capitalize()
    return f"{kind} {_TOWNS[n % 7]} {n}"


def fill() -> None:
    """Everything there is to search, without history."""
    chance = random.Random(17)
    towns = [Municipality(code=f"{2200 + n}", name=f"Kommunen {n}") for n in range(7)]
    Municipality.objects.bulk_create(towns)
    office = Office.objects.create(name="Arbetsförmedlingen Sollefteå")
    user = User.objects.create(email="karin@example.se", name="Karin Hedlund", role=Role.COORDINATOR)
    User.objects.create(email="hans@example.se", name="Hans Nyberg", role=Role.CASE_OFFICER)
    agencies = Agency.objects.bulk_create(
        Agency(name=_name_of_agency(n), organisation_number=f"2021{n % 90 + 10}-{n:04}") for n in range(AGENCIES)
    )
    named = list(islice(people.names(chance), 2_000))
    contacts = Contact.objects.bulk_create(
        [
            Contact(
                agency=chance.choice(agencies),
                name=chance.choice(named),
                title="HR-chef",
                email=f"kontakt{n}@example.se",
            )
            for n in range(CONTACTS)
        ]
    )
    _places(chance, agencies, towns, office, user)
    notes = _notes(chance)
    _dialogues(chance, agencies, contacts, notes, user)
    for n in range(LETTERS):
        letter = Letter.objects.create(
            kind="weekly", week=date(2016, 1, 4) + timedelta(weeks=n), sent_at=timezone.now(), sent_by=user
        )
        text = " ".join(next(notes) for _ in range(80))
        LetterCopy.objects.create(letter=letter, content={"title": str(letter)}, text=text, message="", deeds_until=0)


def _places(
    chance: random.Random, agencies: list[Agency], towns: list[Municipality], office: Office, user: User
) -> None:
    works = list(duties.WORK.values())
    orders = MatchingOrder.objects.bulk_create(
        MatchingOrder(
            agency=chance.choice(agencies), office=office, by=user, duties=chance.choice(works).told,
            sent_on=date(2018, 1, 1), answer_by=date(2018, 2, 1),
        )
        for _ in range(ORDERS)
    )  # fmt: skip
    pis = Programme.objects.get(code="PIS")
    Placement.objects.bulk_create(
        Placement(
            agency=chance.choice(agencies), programme=pis, coordinator=user, duties=chance.choice(works).line,
            municipality=chance.choice(towns), agreed_on=date(2018, 1, 1) + timedelta(n % 300),
            order=orders[n % ORDERS],
            planned_start=date(2019, 1, 14), planned_months=6, next_step="Beställ matchning", next_on=date(2019, 1, 4),
        )
        for n in range(PLACES)
    )  # fmt: skip


def _dialogues(
    chance: random.Random, agencies: list[Agency], contacts: list[Contact], notes: Iterator[str], user: User
) -> None:
    for begin in range(0, DIALOGUES, 20_000):
        made = Dialogue.objects.bulk_create(
            Dialogue(
                agency=chance.choice(agencies), by=user, notes=next(notes),
                held_on=date(2016, 1, 1) + timedelta((begin + n) * 1090 // DIALOGUES),
            )
            for n in range(20_000)
        )  # fmt: skip
        met = Dialogue.contacts.through
        met.objects.bulk_create(met(dialogue=each, contact=chance.choice(contacts)) for each in made)


def _timed(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    answer = ask()
    assert answer.status_code == 200
    return (time.perf_counter() - begun) * 1000


def measure(email: str) -> bool:
    """Print the medians side by side; whether all searches stay below LIMIT."""
    browser = Client()
    browser.force_login(User.objects.get(email=email), backend="praktik.accounts.backends.PasswordBackend")
    pages = {name: ("/sok/", {"q": words}) for name, words in SEARCHES.items()} | {
        "all dialogues of a common word": ("/sok/", {"q": "handledare", "grupp": "dialoger", "sida": "3"}),
        "the list of agencies": ("/myndigheter/", {}),
    }
    asks: dict[str, Callable[[], Any]] = {"bare": lambda: browser.get("/bare/")}
    asks |= {name: partial(browser.get, at, asked) for name, (at, asked) in pages.items()}
    times: dict[str, list[float]] = {name: [] for name in asks}
    for name in [*asks, *(name for _ in range(ROUNDS) for name in asks)]:
        times[name].append(_timed(asks[name]))
    least = median(times["bare"][1:])
    print(f"\n{email}: a bare page takes {least:.1f} ms")
    for name, each in times.items():
        with CaptureQueriesContext(connection) as queries:
            asks[name]()
        print(f"  {median(each[1:]) / least:6.1f} times, {median(each[1:]):6.1f} ms, {len(queries):3} queries: {name}")
    return all(median(times[name][1:]) < LIMIT * least for name in SEARCHES)


def plans(email: str) -> None:
    """The slowest queries of each search, and how PostgreSQL answers them."""
    browser = Client()
    browser.force_login(User.objects.get(email=email), backend="praktik.accounts.backends.PasswordBackend")
    for name, words in SEARCHES.items():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/sok/", {"q": words})
        print(f"\n=== {name}: {words}")
        for query in sorted(queries.captured_queries, key=lambda each: -float(each["time"]))[:3]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {query['sql'].replace('%', '%%')}", ())
                print(f"--- {query['time']} s: {query['sql'][:120]} …")
                print("\n".join(row[0] for row in cursor.fetchall()))


def main() -> int:
    """Fill, measure, tell; 1 when a search is too slow."""
    if connection.vendor != "postgresql":
        print(__doc__)
        return 2
    setup_test_environment()
    settings.ROOT_URLCONF = "__main__"
    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    fill()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"Filled in {time.monotonic() - begun:.0f} s")
    if "plans" in sys.argv:
        plans("karin@example.se")
    return 0 if all([measure("karin@example.se"), measure("hans@example.se")]) else 1


if __name__ == "__main__":
    sys.exit(main())
