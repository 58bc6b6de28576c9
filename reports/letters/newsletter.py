"""The newsletter's figures: what the agencies have done together."""

from datetime import date

from agencies.models import Agency
from placements.models import Placement
from reports import results
from reports.choices import Basis, LetterPart
from reports.letters.content import Part
from reports.models import Letter
from reports.periods import year_of
from reports.shape import Column, Table, row_of


def figures(*, on: date) -> Part:
    """The year so far by programme, and how many agencies have taken part in it; five queries."""
    told = results.yearly(on.year, on=on)
    period = year_of(on.year, Basis.CALENDAR)
    active = Agency.objects.active(on=on).in_dialogue(on=on).count()
    received = Placement.objects.started_between(period.first, period.last, on=on).order_by()
    hosts = received.values("agency").distinct().count()
    columns = (
        Column("programme", "Insats", "text"),
        Column("target", "Mål"),
        Column("started", "Startade"),
        Column("extensions", "Förlängningar"),
        Column("agreed", "Avtalade, ej startade"),
    )
    rows = [
        row_of(year.programme.code, [year.programme.code, year.target, year.started, year.extensions, year.agreed])
        for year in told
    ]
    to_confirm = sum(year.to_confirm for year in told)
    names = ", ".join(f"{year.programme.code} är {year.programme.name.lower()}" for year in told)
    note = f"{names}. Förlängningar räknas för sig, utöver de startade." + (
        f" Av de avtalade ska {to_confirm} bekräftas på nytt, eftersom kontaktpersonen har slutat."
        if to_confirm
        else ""
    )
    tables = (Table("figures", f"Länet {on.year}", columns, tuple(rows), note=note),) if rows else ()
    return Part(LetterPart.FIGURES, words=_together(active, hosts, on), tables=tables)


def _together(active: int, hosts: int, on: date) -> str:
    if not active:
        return ""
    part = f" Hittills under {on.year} har {_agencies(hosts)} tagit emot någon." if hosts else ""
    told = _agencies(active)
    return f"{told[0].upper()}{told[1:]} i länet är med i samtalet om praktik och jobb i staten.{part}"


def _agencies(number: int) -> str:
    return "en myndighet" if number == 1 else f"{number} myndigheter"


def example(letter: Letter) -> Part:
    """What one agency has done, with somebody's own words about it."""
    words = [letter.example.strip()]
    if letter.quote.strip():
        said = [letter.quote.strip(), *([f"– {letter.quoted.strip()}"] if letter.quoted.strip() else [])]
        words.append("\n".join(f"> {line}".rstrip() for line in "\n\n".join(said).split("\n")))
    return Part(LetterPart.EXAMPLE, words="\n\n".join(filter(None, words)))
