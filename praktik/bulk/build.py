"""Builds a county of any size in an empty database: the demonstration, what it lacks, and the copies."""

from collections.abc import Callable
from random import Random

from django.core.management.color import no_style
from django.db import connection, transaction

from praktik.bulk import county, indexes, words
from praktik.bulk.copies import Copies
from praktik.demo import build as demonstration
from reports.models import MonthlyReport
from reports.sheets import month_sheet

LARGEST = 1_000
Told = Callable[[int], object]
"""Hears how many more parts are done."""
Tell = Callable[[str, int], Told]
"""Hears what begins, in Swedish, and of how many parts; answers with what hears of each."""


@transaction.atomic
def _begin(chance: Random, tell: Tell) -> None:
    if demonstration.is_built():
        raise demonstration.NotEmptyError("Databasen innehåller redan demonstrationen.")
    told = tell("Länet", 3)
    demonstration.build()
    told(1)
    county.more_talks(chance)
    told(1)
    county.first_letters()
    told(1)


@transaction.atomic
def _copy(copies: Copies, tell: Tell) -> None:
    again = indexes.drop([model._meta.db_table for model in copies.models])
    copies.make(tell("Kopior", copies.set_aside()))
    told = tell("Index", len(again))
    with connection.cursor() as cursor:
        for statement in again:
            cursor.execute(statement)
            told(1)
        for statement in connection.ops.sequence_reset_sql(no_style(), copies.models):
            cursor.execute(statement)
    copies.follow()


@transaction.atomic
def _count_months(tell: Tell) -> None:
    """What was published is what was known on its day, of all talks and all copies."""
    months = MonthlyReport.objects.filter(published_on__isnull=False)
    told = tell("Månader", months.count())
    for report in months:
        MonthlyReport.objects.filter(pk=report.pk).update(figures=month_sheet(report.month).as_json())
        told(1)


def _settle() -> None:
    """Tell the database how much there is of what, as it would find out by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def build(scale: int, tell: Tell) -> None:
    """Fill an empty database with a county `scale` times over. Raises NotEmptyError when it is not empty.

    Each part is whole or not there; whoever stops it between them begins again with an empty database.
    """
    chance = Random(1723)  # noqa: S311  # the same county every time
    _begin(chance, tell)
    if scale > 1:
        words.store(chance)
        _copy(Copies(scale, words.HOW_MANY), tell)
    # PostgreSQL uses no index that was made in the same transaction as rows it has seen change.
    _settle()
    _count_months(tell)
    _settle()
