"""The year's results on the command line."""

import csv
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from placements.filters.all_places import known_day
from praktik import clock
from reports.choices import Basis
from reports.periods import year_of
from reports.results import ProgrammeYear, yearly
from reports.tables.programmes import summary

_NUMBERS = ("target", "started", "extensions", "extended_places", "agreed", "to_confirm")


class Command(BaseCommand):
    """`results --year 2018 --on 2018-12-31 [--basis measuring] --format table|json|csv`."""

    help = "Visar årets resultat som det var känt en viss dag."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Year, day, kind of year and format."""
        parser.add_argument("--year", type=int, required=True, help="Året, till exempel 2018")
        parser.add_argument("--on", type=_day, default=None, help="Dagen som läget avser (ÅÅÅÅ-MM-DD); annars i dag")
        parser.add_argument(
            "--basis", choices=Basis.values, default=Basis.CALENDAR.value, help="Kalenderår eller mätår"
        )
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the figures. Raises CommandError for a day to come, or a year that nobody can mean."""
        year, on, basis = options["year"], options["on"] or clock.today(), options["basis"]
        try:
            known_day(on)
            years = yearly(year, on=on, basis=basis)
        except ValidationError as wrong:
            raise CommandError(f"{on}: {wrong.messages[0]}") from wrong
        except ValueError as wrong:
            raise CommandError(f"Inget år att räkna: {year}") from wrong
        if options["format"] == "json":
            told = {"year": year, "basis": basis, "on": on.isoformat(), "programmes": [_facts(each) for each in years]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif options["format"] == "csv":
            self._write_csv(years)
        else:
            self._write_table(years, year, on, basis)

    def _write_csv(self, years: Sequence[ProgrammeYear]) -> None:
        writer = csv.DictWriter(self.stdout, ["code", *_NUMBERS], lineterminator="\n")
        writer.writeheader()
        writer.writerows(_facts(each) for each in years)

    def _write_table(self, years: Sequence[ProgrammeYear], year: int, on: date, basis: str) -> None:
        table = summary(years, year_of(year, basis), on=on)
        rows = [[column.heading for column in table.columns]]
        rows += [[said for *_, said in cells] for _, cells in table.texts()]
        widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
        self.stdout.write(f"Resultat {Basis(basis).label} {year}, läget per {on}")
        for row in rows:
            first, *others = zip(row, widths, strict=True)
            cells = [first[0].ljust(first[1]), *(words.rjust(width) for words, width in others)]
            self.stdout.write("  ".join(cells).rstrip())


def _facts(each: ProgrammeYear) -> dict[str, Any]:
    return {"code": each.programme.code, **{name: getattr(each, name) for name in _NUMBERS}}


def _day(words: str) -> date:
    """The day. Raises ArgumentTypeError, in words, for what is no day."""
    try:
        return date.fromisoformat(words)
    except ValueError as wrong:
        raise ArgumentTypeError(f"{words!r} är ingen dag. Skriv till exempel 2018-12-31.") from wrong
