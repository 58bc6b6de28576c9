"""A month is written, published frozen, and withdrawn."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from placements.models import Placement
from praktik import clock
from praktik.records import LifecycleError
from reports import lifecycle, sheets
from reports.choices import Standing
from reports.models import MonthlyReport
from tests.factories import MunicipalityFactory, ProgrammeFactory, TargetFactory, TargetGroupFactory

pytestmark = pytest.mark.django_db
MAY = date(2018, 5, 1)


@pytest.fixture
def published(coordinator, started) -> MonthlyReport:
    """May with one start, published with words."""
    TargetFactory()
    started(date(2018, 5, 14))
    return lifecycle.publish(MAY, by=coordinator, words="En start.")


def figures(report: MonthlyReport, *, small: bool = True) -> dict:
    cell = sheets.told_month(report, small=small).tables["summary"].cell("PIS", "started")
    return {"value": cell.value, "now": cell.now and cell.now.value}


def test_what_is_published_stays_and_a_correction_stands_beside_it(published, started, today):
    assert published.published_on == today
    assert figures(published) == {"value": 1, "now": None}
    kept = MonthlyReport.objects.values_list("figures", flat=True).get()
    started(date(2018, 5, 28))
    TargetFactory(number=60, decided_on=date(2018, 1, 2))
    report = MonthlyReport.objects.get()
    assert report.figures == kept
    assert figures(report) == {"value": 1, "now": 2}
    target = sheets.told_month(report, small=True).tables["summary"].cell("PIS", "target")
    assert (target.value, target.now.value) == (40, 60)
    assert sheets.told_month(report, small=True).is_corrected


def test_what_happens_later_corrects_nothing(published, started):
    started(date(2018, 6, 18), agreed_on=date(2018, 6, 1))
    assert not sheets.told_month(published, small=True).is_corrected


def test_a_correction_gives_no_small_cell_away(coordinator, started):
    """One is hidden, and two: whoever may not see them is told of no change in the cell."""
    towns = [MunicipalityFactory(), MunicipalityFactory()]
    for town in towns:
        started(date(2018, 5, 14), municipality=town)
    published = lifecycle.publish(MAY, by=coordinator, words="")
    started(date(2018, 5, 28), municipality=towns[0])
    assert sheets.told_month(published, small=True).is_corrected
    tables = sheets.told_month(published, small=False).municipalities
    hidden = [cell for table in tables for row in table.rows if not row.total for cell in row.cells if cell.hidden]
    assert hidden
    assert all(cell.value is None and cell.now is None for cell in hidden)


def test_a_month_is_published_once(published, coordinator):
    with pytest.raises(LifecycleError, match="publicerades 2018-12-31"):
        lifecycle.publish(MAY, by=coordinator, words="")
    with pytest.raises(LifecycleError, match="publicerades 2018-12-31"):
        lifecycle.write(MAY, by=coordinator, words="")
    another = MonthlyReport(month=MAY, figures={}, published_on=date(2018, 6, 1), published_by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        another.save()


def test_a_month_is_published_from_its_last_day_on(coordinator):
    with pytest.raises(LifecycleError, match="från och med 2018-12-31"), clock.on_day(date(2018, 12, 30)):
        lifecycle.publish(date(2018, 12, 1), by=coordinator, words="")
    assert lifecycle.publish(date(2018, 12, 1), by=coordinator, words="").standing is Standing.PUBLISHED


@pytest.mark.parametrize("month", [date(2019, 1, 1), date(2015, 12, 1), date(2018, 5, 2)])
def test_some_months_cannot_be_written(coordinator, month):
    with pytest.raises(LifecycleError):
        lifecycle.write(month, by=coordinator, words="")
    assert not MonthlyReport.objects.exists()


@pytest.mark.parametrize("words", ["Hon heter 19811218-9876.", "x" * 10_001])
def test_words_that_cannot_be_kept_are_refused(coordinator, words):
    for verb in (lifecycle.write, lifecycle.publish):
        with pytest.raises(LifecycleError):
            verb(MAY, by=coordinator, words=words)
    assert not MonthlyReport.objects.exists()


def test_a_withdrawn_month_is_remembered_and_can_be_written_anew(published, coordinator, started):
    with pytest.raises(LifecycleError, match="skäl"):
        lifecycle.withdraw(published, by=coordinator, reason="  ")
    gone = lifecycle.withdraw(published, by=coordinator, reason="En start saknades.")
    assert (gone.standing, gone.withdrawn_by, gone.reason) == (Standing.WITHDRAWN, coordinator, "En start saknades.")
    with pytest.raises(LifecycleError, match="inte publicerad"):
        lifecycle.withdraw(gone, by=coordinator, reason="Igen")
    assert sheets.published_sheet(gone).tables["summary"].cell("PIS", "started").value == 1
    started(date(2018, 5, 28))
    assert lifecycle.drafted(MAY).words == "En start."
    again = lifecycle.publish(MAY, by=coordinator, words="Två starter.")
    assert again.pk != gone.pk
    assert figures(again) == {"value": 2, "now": None}


def test_a_draft_is_kept_once_and_published_from(coordinator):
    draft = lifecycle.write(MAY, by=coordinator, words="Först")
    assert lifecycle.write(MAY, by=coordinator, words="Sedan").pk == draft.pk
    report = lifecycle.publish(MAY, by=coordinator, words="Till sist")
    assert (report.pk, report.words) == (draft.pk, "Till sist")
    who = [entry.history_user for entry in report.history.all()]
    assert who == [coordinator] * 3


def test_a_plan_that_moves_and_a_programme_that_comes_correct_nothing(published, agreed):
    place = agreed(agreed_on=date(2018, 5, 2), planned_start=date(2018, 9, 1))
    before = sheets.told_month(published, small=True).is_corrected
    Placement.objects.filter(pk=place.pk).update(planned_start=date(2018, 11, 1))
    ProgrammeFactory(code="NY")
    TargetGroupFactory()
    told = sheets.told_month(MonthlyReport.objects.get(), small=True)
    assert before  # an agreement of May that was told of in December
    marked = {(table.key, row.key) for table in told.tables.values() for row in table.rows for c in row.cells if c.now}
    assert marked == {("summary", "PIS"), ("waiting", "no_order")}


def test_a_draft_of_a_month_that_is_not_over_is_of_today(today):
    with clock.on_day(date(2018, 12, 10)):
        assert sheets.month_sheet(date(2018, 12, 1)).day == date(2018, 12, 10)
    assert sheets.month_sheet(date(2018, 12, 1)).day == today


def test_figures_that_do_not_add_up_are_seen(started):
    started(date(2018, 5, 14))
    sheet = sheets.month_sheet(MAY)
    assert sheets.adds_up(sheet)
    started(date(2018, 5, 15))
    later = sheets.month_sheet(MAY)
    for key in ("summary", "groups-PIS", "municipality-PIS", "months-PIS"):
        assert not sheets.adds_up(replace(sheet, tables={**sheet.tables, key: later.tables[key]})), key
