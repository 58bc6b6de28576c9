"""Every page that is measured: who asks for it, where it is, and how much slower it may be in a large county."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PAGED = 1.2
"""Times: how much a page of so many rows may take in a county of two hundred times the size."""
COUNTED = 2.0
"""The same, of a page that counts the whole county."""
COORDINATOR, OFFICER, STEERING = "coordinator", "case officer", "steering group"


@dataclass(frozen=True)
class Page:
    """A page to ask for; `address` is filled in from what `bench.addresses` has found."""

    name: str
    role: str
    address: str
    growth: float | None = None

    def at(self, found: Mapping[str, Any]) -> str:
        """Its address in one database."""
        return self.address.format_map({**found, "name": str(found["name"]).replace(" ", "+")})


BARE = Page("floor: bare", "", "/matning/tom/")
ROWS = Page("floor: rows", COORDINATOR, "/matning/rader/")
FLOORS = (BARE, ROWS)
READS = (
    Page("agency list", COORDINATOR, "/myndigheter/", PAGED),
    Page("agency list, filtered", COORDINATOR, "/myndigheter/?kommun={municipality}&q=statens", PAGED),
    Page("agency, ordinary", COORDINATOR, "/myndigheter/{ordinary_agency}/"),
    Page("agency, busiest", COORDINATOR, "/myndigheter/{busiest_agency}/"),
    Page("dialogue form", COORDINATOR, "/myndigheter/{ordinary_agency}/dialoger/ny/"),
    Page("open places, coordinator", COORDINATOR, "/platser/oppna/", PAGED),
    Page("open places, case officer", OFFICER, "/platser/oppna/", PAGED),
    Page("all places, ongoing", COORDINATOR, "/platser/?tillstand=ongoing", PAGED),
    Page("place", COORDINATOR, "/platser/{place}/"),
    Page("what waits", COORDINATOR, "/platser/vantar/", PAGED),
    Page("orders", COORDINATOR, "/order/", PAGED),
    Page("handovers", COORDINATOR, "/overlamningar/", PAGED),
    Page("start, coordinator", COORDINATOR, "/", PAGED),
    Page("start, case officer", OFFICER, "/", PAGED),
    Page("start, steering group", STEERING, "/", PAGED),
    Page("year, coordinator", COORDINATOR, "/resultat/{year}/", COUNTED),
    Page("year, steering group", STEERING, "/resultat/{year}/", COUNTED),
    Page("year, past day", COORDINATOR, "/resultat/{year}/?dag=2018-06-30", COUNTED),
    Page("all years", COORDINATOR, "/resultat/", COUNTED),
    Page("month, coordinator", COORDINATOR, "/manadsrapporter/{month}/", COUNTED),
    Page("month, steering group", STEERING, "/manadsrapporter/{month}/", COUNTED),
    Page("letters", COORDINATOR, "/brev/", PAGED),
    Page("letter draft", COORDINATOR, "/brev/{letter}/utkast/", COUNTED),
    Page("letter recipients", COORDINATOR, "/brev/{letter}/mottagare/"),
    Page("search, rare word", COORDINATOR, "/sok/?q=bouppteckningar", PAGED),
    Page("search, common word", COORDINATOR, "/sok/?q=kontakt", PAGED),
    Page("search, name", COORDINATOR, "/sok/?q={name}", PAGED),
)
SAVING = Page("saving a dialogue", COORDINATOR, "/myndigheter/{key}/dialoger/ny/")
STARTING = Page("starting a place", COORDINATOR, "/platser/{key}/starta/")
WRITES = (SAVING, STARTING)
AFTERS = tuple(
    Page(f"{name}, first after a change", COORDINATOR, address)
    for name, address in (
        ("year", "/resultat/{year}/"),
        ("start", "/"),
        ("open places", "/platser/oppna/"),
        ("what waits", "/platser/vantar/"),
        ("orders", "/order/"),
    )
)
"""What is kept until a fact changes, asked for right after one has."""


def chosen(pages: tuple[Page, ...], words: list[str]) -> tuple[Page, ...]:
    """Those with one of the words in their names; all of them without any."""
    return tuple(page for page in pages if not words or any(word in page.name for word in words))
