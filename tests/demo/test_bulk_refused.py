"""`manage.py bulk_data` where it has no business; and a few rows copied on either database."""

from datetime import date
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from agencies.models import Agency
from placements.models import Deed, Placement
from praktik.accounts.models import User
from praktik.bulk import build, indexes, words
from praktik.bulk.copies import Copies, tables
from praktik.demo.build import COORDINATOR
from reports.choices import LetterKind
from reports.models import Letter
from tests.factories import AgencyFactory, ContactFactory, DialogueFactory, PlacementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def tell(*arguments: str) -> str:
    """Run the command; what it printed."""
    said = StringIO()
    call_command("bulk_data", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("scale", ["0", "-1", "1001", "x", "1.5", ""])
def test_refused_with_a_size_that_is_none(settings, scale):
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="--scale: storleken är ett tal från 1 till 1000"):
        tell(f"--scale={scale}")
    assert not Agency.objects.exists()


@pytest.mark.parametrize("scale", ["1", "1000"])
def test_as_small_and_as_large_as_may_be(settings, monkeypatch, scale):
    settings.DEMONSTRATION = True
    asked = []

    def note(scale, begin):
        asked.append(scale)
        begin("Kopior", 2)(1)
        begin("Index", 0)(1)
        begin("Månader", 7)

    monkeypatch.setattr(build, "build", note)
    told = "Länet är inlagt." if scale == "1" else "Länet är inlagt 1000 gånger."
    assert tell("--scale", scale).splitlines() == ["Kopior (2) …", "Månader (7) …", told]
    assert asked == [int(scale)]


def test_refused_outside_the_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="ingen demonstration"):
        tell()
    assert not Agency.objects.exists()


def test_refused_where_the_demonstration_is_built(settings):
    settings.DEMONSTRATION = True
    DialogueFactory(by=UserFactory(email=COORDINATOR))
    with pytest.raises(CommandError, match="redan demonstrationen"):
        tell("--scale", "2")
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: AgencyFactory(name="Statens provanstalt"), "Statens provanstalt"),
        (lambda: ContactFactory(agency=AgencyFactory(name="Bolagsverket")), "redan uppgifter"),
        (lambda: Letter(kind=LetterKind.WEEKLY, week=date(2018, 12, 31)).save_record(), "redan brev"),
        (lambda: UserFactory(email="nagon@example.se"), "redan användaren nagon@example.se"),
    ],
)
def test_refused_beside_anything_else(settings, make, told):
    settings.DEMONSTRATION = True
    make()
    before = (Agency.objects.count(), User.objects.count())
    with pytest.raises(CommandError, match=f"{told}.*Inga påhittade uppgifter lades in"):
        tell()
    assert (Agency.objects.count(), User.objects.count()) == before


def test_whoever_stops_it_is_told_to_begin_anew(settings, monkeypatch):
    settings.DEMONSTRATION = True

    def stopped(scale, begin):
        begin("Kopior", 2)
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "build", stopped)
    with pytest.raises(CommandError, match="tom databas") as told:
        tell()
    assert told.value.returncode == 130


def _definitions() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() UNION ALL"
            " SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = current_schema()::regnamespace"
        )
        return set(cursor.fetchall())


@pytest.mark.both
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps its indexes while it is filled.")
def test_what_was_dropped_is_made_again_as_it_was():
    before = _definitions()
    again = indexes.drop([model._meta.db_table for model in tables()])
    gone = before - _definitions()
    assert len(gone) == len(again) > len(tables())
    assert {kind.split()[0] for _, _, kind in gone} == {"CREATE", "FOREIGN"}
    with connection.cursor() as cursor:
        for statement in again:
            cursor.execute(statement)
    assert _definitions() == before


@pytest.mark.both
def test_a_few_rows_are_copied():
    """On either database; the whole county is copied in built/test_bulk_data.py."""
    ours, other = PlacementFactory(), PlacementFactory()
    act = "0123456789abcdef0123456789abcdef"
    for place in (ours, other):
        Deed.objects.create(placement=place, verb="agree", on=place.agreed_on, by=place.coordinator, act=act)
    was = (Agency.objects.count(), Placement.objects.count(), Placement.history.count())
    connection.check_constraints()  # PostgreSQL changes no table of which something is still to be checked
    words.store(Random(1))
    copies = Copies(2, words.HOW_MANY)
    again = indexes.drop([model._meta.db_table for model in copies.models])
    copies.set_aside()
    copies.make(lambda rows: None)
    copies.follow()
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in again:
            cursor.execute(statement)
    now = (Agency.objects.count(), Placement.objects.count(), Placement.history.count())
    assert now == tuple(2 * each for each in was)
    acts = Deed.objects.order_by("pk").values_list("act", flat=True)
    assert [each.hex for each in acts] == [act, f"0001{act[4:]}"] * 2
    for place in Placement.objects.select_related("contact"):
        assert place.contact is None or place.contact.agency_id == place.agency_id
