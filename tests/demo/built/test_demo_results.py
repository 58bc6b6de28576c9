"""The demonstration's results: the report's own table, months as they were published, one corrected since."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.http import QueryDict

from placements.filters import PlacementFilter
from placements.models import Placement
from placements.permissions import Reach
from praktik.accounts.models import User
from praktik.demo import build
from reports import results, sheets
from reports.models import MonthlyReport
from reports.shape import FEW

LAST_DAY = date(2018, 12, 31)

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_the_table_is_the_report_s_in_every_cell():
    table = sheets.all_years(on=LAST_DAY).tables["years"]
    keys = ("target", "started", "extensions", "extended_places", "agreed")
    told = {row.key: [table.cell(row.key, key).value for key in keys] for row in table.rows}
    assert told == {
        "2018-PIS": [40, 18, 0, 0, 35],
        "2018-MBJ": [30, 25, 24, 24, 25],
        "2017-PIS": [30, 32, 0, 0, None],
        "2017-MBJ": [20, 34, 7, 7, None],
    }


@pytest.mark.parametrize("year", [2017, 2018])
def test_the_command_says_the_same(year):
    written = StringIO()
    call_command("results", year=year, on=LAST_DAY, format="json", stdout=written)
    told = {each.pop("code"): each for each in json.loads(written.getvalue())["programmes"]}
    for row in results.yearly(year, on=LAST_DAY):
        assert told[row.programme.code] == {
            "target": row.target,
            "started": row.started,
            "extensions": row.extensions,
            "extended_places": row.extended_places,
            "agreed": row.agreed,
            "to_confirm": row.to_confirm,
        }


def test_what_holds_back_is_told_of_18_in_42_agencies():
    table = sheets.year_sheet(2018, on=LAST_DAY, small=False).tables["obstacles"]
    assert (table.cell("any", "agencies").value, round(table.cell("any", "share").value, 2)) == (18, 0.43)


def test_the_months_were_published_from_spring_2017_on_and_one_is_corrected():
    told = MonthlyReport.objects.published().order_by("month")
    assert [(each.month.year, each.month.month) for each in told] == [
        *((2017, month) for month in range(3, 13)),
        *((2018, month) for month in range(1, 12)),
    ]
    assert all(each.words and each.published_on > each.day for each in told)
    corrected = [each for each in told if sheets.told_month(each, small=True).is_corrected]
    assert [each.month for each in corrected] == [date(2018, 5, 1)]
    started = sheets.told_month(corrected[0], small=True).tables["summary"].cell("PIS", "started")
    assert (started.value, started.now.value) == (9, 10)
    assert MonthlyReport.objects.drafts().get().month == date(2018, 12, 1)


@pytest.mark.parametrize("year", [2017, 2018])
def test_every_figure_leads_to_its_places(year):
    reach = Reach(User.objects.get(email=build.COORDINATOR))
    followed = 0
    for table in sheets.year_sheet(year, on=LAST_DAY, small=True).tables.values():
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell.link:
                    places = PlacementFilter(QueryDict(cell.link), queryset=Placement.objects.all(), reach=reach).qs
                    assert places.count() == cell.value, (table.key, row.key, column.key)
                    followed += 1
    assert followed > 40


def test_the_steering_group_sees_no_small_cell_where_it_would_point_somebody_out():
    sheet = sheets.parts_sheet(2018, on=LAST_DAY, small=False)
    cells = [cell for table in sheet.tables.values() for row in table.rows if not row.total for cell in row.cells[1:]]
    assert not [cell.value for cell in cells if cell.value in (1, 2, 3, 4)]
    assert any(cell.hidden == FEW for cell in cells)
