"""The county's municipalities, offices and agencies, as they stand in `agencies/reference/*.csv`.

Municipality codes are Statistics Sweden's. Loading only ever adds: a row that is already stored, found by its
code (municipalities) or name (the others), is left as it is, whatever somebody has changed in it since.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agencies.models import Agency, Municipality, Office

PLACE = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class Added:
    """How many rows a loading added."""

    municipalities: int
    offices: int
    agencies: int

    def __bool__(self) -> bool:
        return bool(self.municipalities or self.offices or self.agencies)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one reference file, by column; `name` is "municipalities", "offices" or "agencies"."""
    with (PLACE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load() -> Added:
    """Add what is missing, municipalities first since the others lie in them; all or nothing.

    Raises django.core.exceptions.ValidationError when a row cannot live beside what is stored, for example a
    municipality whose name is taken by another code.
    """
    return Added(municipalities=add_municipalities(), offices=add_offices(), agencies=add_agencies())


@transaction.atomic
def add_municipalities() -> int:
    """Add the municipalities whose code is missing; returns how many."""
    known = set(Municipality.objects.values_list("code", flat=True))
    missing = [row for row in rows("municipalities") if row["code"] not in known]
    for row in missing:
        municipality = Municipality(code=row["code"], name=row["name"])
        municipality.full_clean()
        municipality.save_record()
    return len(missing)


@transaction.atomic
def add_offices() -> int:
    """Add the offices whose name is missing, with the municipalities they serve; returns how many."""
    known = set(Office.objects.values_list("name", flat=True))
    missing = [row for row in rows("offices") if row["name"] not in known]
    return _add((Office(name=row["name"]), row["municipalities"]) for row in missing)


@transaction.atomic
def add_agencies() -> int:
    """Add the agencies whose name is missing, with the municipalities they work in; returns how many."""
    known = set(Agency.objects.values_list("name", flat=True))
    missing = [row for row in rows("agencies") if row["name"] not in known]
    return _add(
        (Agency(name=row["name"], organisation_number=row["organisation_number"]), row["municipalities"])
        for row in missing
    )


def _add(records: Iterable[tuple[Office | Agency, str]]) -> int:
    """Save each with its municipalities, written as codes with `;` between, as one entry in its history."""
    by_code = {each.code: each for each in Municipality.objects.all()}
    number = 0
    for record, codes in records:
        record.full_clean()
        record.save_record(municipalities=[by_code[code] for code in codes.split(";")])
        number += 1
    return number
