"""Programmes and target groups are rows, there after migrate; the next programme needs no code."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from placements import lifecycle
from placements.choices import ProgrammeKind, State
from placements.models import Placement, Programme, TargetGroup
from placements.reference import after_migrate
from tests.factories import ProgrammeFactory, TargetGroupFactory, programme

pytestmark = pytest.mark.django_db


def again():
    after_migrate(sender=None, using=connection.alias)


def test_internships():
    pis = programme("PIS")
    assert (pis.name, pis.kind) == ("Praktik i staten", ProgrammeKind.INTERNSHIP)
    assert (pis.months_per_decision, pis.months_in_all) == (6, 6)
    assert (pis.first_day, pis.last_day) == (None, None)
    assert {group.code for group in pis.target_groups.all()} == {"newly_arrived", "disability"}


def test_employments():
    mbj = programme("MBJ")
    assert mbj.kind == ProgrammeKind.EMPLOYMENT
    assert (mbj.months_per_decision, mbj.months_in_all) == (12, 24)
    assert (mbj.first_day, mbj.last_day) == (None, date(2018, 12, 31))
    assert {group.code for group in mbj.target_groups.all()} == {"newly_arrived", "long_term_unemployed"}


def test_there_are_no_others_and_they_stand_in_order():
    assert [each.code for each in Programme.objects.all()] == ["PIS", "MBJ"]
    assert set(TargetGroup.objects.values_list("name", flat=True)) == {
        "nyanlända",
        "personer med funktionsnedsättning",
        "långtidsarbetslösa",
    }


def test_they_have_a_history_of_one_entry_with_their_groups():
    for each in Programme.objects.all():
        assert {row.targetgroup for row in each.history.get().target_groups.all()} == set(each.target_groups.all())


def test_they_are_made_once():
    before = list(Programme.objects.values())
    again()
    call_command("migrate", "placements", verbosity=0, stdout=StringIO())
    assert list(Programme.objects.values()) == before
    assert TargetGroup.objects.count() == 3


def test_what_an_administrator_has_changed_stays():
    Programme.objects.filter(code="MBJ").update(last_day=None, name="Nya beredskapsjobb")
    again()
    assert programme("MBJ").name == "Nya beredskapsjobb"
    assert programme("MBJ").last_day is None


@pytest.mark.parametrize("left", ["a programme", "a target group"])
def test_where_somebody_made_others_nothing_is_added(left):
    Programme.objects.all().delete()
    TargetGroup.objects.all().delete()
    ProgrammeFactory() if left == "a programme" else TargetGroupFactory()
    before = (Programme.objects.count(), TargetGroup.objects.count())
    again()
    assert (Programme.objects.count(), TargetGroup.objects.count()) == before


def test_an_empty_house_is_given_them():
    Programme.objects.all().delete()
    TargetGroup.objects.all().delete()
    again()
    assert [each.code for each in Programme.objects.all()] == ["PIS", "MBJ"]


def test_a_third_programme_is_a_row(agency, coordinator):
    group = TargetGroupFactory(name="nyanlända med examen")
    third = ProgrammeFactory(code="ETJ", name="Etableringsjobb", target_groups=[group], months_per_decision=24)
    days = {"agreed_on": date(2018, 9, 3), "planned_start": date(2018, 10, 1)}
    [place] = lifecycle.agree(agency=agency, programme=third, by=coordinator, **days)
    place = lifecycle.start(
        place,
        by=coordinator,
        started_on=date(2018, 10, 1),
        planned_end=date(2020, 9, 30),
        target_group=group,
        sex="man",
    )
    assert place.stands() is State.ONGOING
    assert str(Placement.objects.get()) == "ETJ plats"
