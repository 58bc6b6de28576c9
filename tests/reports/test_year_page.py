"""The year's page and its files: what they tell whom, and what they cost."""

import csv
import io
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from placements.choices import Sex
from placements.filters import PlacementFilter
from placements.models import Placement
from placements.permissions import Reach
from reports import sheets
from reports.shape import COVERED, FEW
from tests.factories import AgencyFactory, MunicipalityFactory, ProgrammeFactory, TargetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2018, 12, 31)


@pytest.fixture
def county(started, extended, newly_arrived, disability):
    """A few places in two towns, of two groups and sexes; one extended, one ended, one of the year before."""
    towns = [MunicipalityFactory(), MunicipalityFactory()]
    for number, (town, group, sex) in enumerate(product(towns, (newly_arrived, disability), (Sex.WOMAN, Sex.MAN))):
        for _ in range(1 + 5 * (number % 3)):
            started(date(2018, 2 + number, 5), municipality=town, target_group=group, sex=sex)
    extended(started(date(2018, 3, 1), "MBJ"), date(2018, 6, 1))
    started(date(2018, 1, 8), ended_on=date(2018, 5, 1))
    started(date(2017, 11, 1))
    TargetFactory()


def shown(response, key):
    """The words of a table on a page, row by row."""
    table = response.context["sheet"].tables[key]
    return [[said for *_, said in cells] for _, cells in table.texts()]


def cost(browser, address):
    browser.get("/konto/")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.both
def test_the_page_costs_the_same_however_many_places(as_coordinator, as_steering, county, started, agency):
    for browser, address in product(
        (as_coordinator, as_steering), ("/resultat/2018/", "/resultat/2018/?dag=2018-06-30")
    ):
        before = cost(browser, address)
        for _ in range(3):
            started(date(2018, 9, 3), "MBJ", agency=AgencyFactory(), municipality=MunicipalityFactory())
        assert cost(browser, address) == before <= 20


def test_every_figure_leads_to_the_places_behind_it(county, coordinator):
    reach = Reach(coordinator)
    followed = 0
    tables = {
        **sheets.year_sheet(2018, on=DAY, small=True).tables,
        **sheets.parts_sheet(2018, on=date(2018, 6, 30), small=True).tables,
        **sheets.year_sheet(2018, on=DAY, basis="measuring", small=True).tables,
    }
    for table in tables.values():
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell.link:
                    behind = PlacementFilter(QueryDict(cell.link), queryset=Placement.objects.all(), reach=reach)
                    assert behind.form.is_valid(), (table.key, row.key, column.key, behind.form.errors)
                    assert behind.qs.count() == cell.value, (table.key, row.key, column.key, cell.link)
                    followed += 1
    assert followed > 60


def test_what_a_figure_asks_of_persons_narrows_nothing_for_an_officer(county, own_officer, coordinator):
    asked = QueryDict("ar=2018&kon=woman&malgrupp=newly_arrived&utfall=studies")
    for user, narrows in ((coordinator, True), (own_officer, False)):
        found = PlacementFilter(asked, queryset=Placement.objects.all(), reach=Reach(user))
        every = Placement.objects.filter(started_on__year=2018).count()
        assert (found.qs.count() < every) is narrows
        assert bool(found.told()) is narrows


def test_the_list_tells_what_it_was_narrowed_to(as_coordinator, county):
    said = as_coordinator.get("/platser/?startad_fran=2018-01-01&startad_till=2018-03-31&kon=woman&kommun=ingen")
    assert said.context["filter"].told() == ["Startade 2018-01-01–2018-03-31", "Kommun: ingen kommun", "Kön: kvinna"]


def test_small_cells_are_hidden_from_the_steering_group_in_pages_and_files(as_coordinator, as_steering, county):
    parts = "/resultat/2018/fordelning"
    ours = shown(as_coordinator.get(f"{parts}/"), "municipality-PIS")
    theirs = shown(as_steering.get(f"{parts}/"), "municipality-PIS")
    assert not any(FEW in row for row in ours)
    assert any(FEW in row for row in theirs)
    small = {(row[0], place) for row in ours[:-1] for place, said in enumerate(row) if said in ("1", "2", "3", "4")}
    by_name = {row[0]: row for row in theirs}
    assert small
    assert all(by_name[name][place] == FEW for name, place in small)
    typed = as_steering.get(f"{parts}.csv?tabell=municipality-PIS").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(typed), delimiter=";") if row]
    assert [row for row in rows if row[0] in by_name] == theirs
    book = load_workbook(io.BytesIO(as_steering.get(f"{parts}.xlsx?tabell=municipality-PIS").content))
    values = {str(cell.value) for row in book.worksheets[-1].iter_rows() for cell in row}
    assert FEW in values
    assert "platser/" not in as_steering.get(f"{parts}/").content.decode()


def test_a_year_without_a_target_says_so(as_coordinator, as_steering, county):
    TargetFactory(year=2017, number=0, decided_on=date(2017, 1, 2))
    for browser, year in product((as_coordinator, as_steering), (2015, 2016, 2017, 2019)):
        page = browser.get(f"/resultat/{year}/")
        assert page.status_code == 200
        assert "inget mål satt" in page.content.decode()
    assert shown(as_coordinator.get("/resultat/"), "years")[0][2] == "40"


def test_a_day_to_come_is_told_and_today_is_shown(as_steering, county):
    for wrong in ("2030-01-01", "2015-01-01", "i går", "2018-02-30"):
        page = as_steering.get("/resultat/2018/", {"dag": wrong})
        assert page.context["asked"].errors["dag"]
        assert page.context["sheet"].day == DAY


def test_a_past_day_shows_what_was_known(as_steering, county):
    then = as_steering.get("/resultat/2018/?dag=2018-02-28").context["sheet"]
    assert (then.day, then.tables["summary"].cell("PIS", "started").value) == (date(2018, 2, 28), 2)
    rows = shown(as_steering.get("/resultat/?dag=2017-12-31"), "years")
    assert [(row[0], row[2], row[3]) for row in rows if row[1] == "PIS"] == [
        ("2018", "40", "0"),
        ("2017", "inget mål satt", "1"),
    ]


def test_a_programme_that_was_closed_keeps_its_figures(as_steering, started):
    closed = ProgrammeFactory(code="GAMMAL/1", last_day=date(2017, 12, 31), position=5)
    started(date(2017, 9, 4), programme=closed)
    page = as_steering.get("/resultat/2017/")
    assert shown(page, "summary")[0][:3] == ["GAMMAL/1", "inget mål satt", "1"]
    for picture in page.context["pictures"]:
        chart = as_steering.get(picture.url)
        assert (chart.status_code, chart["Content-Type"]) == (200, "image/svg+xml")
        assert picture.words


def test_files_have_names_types_and_the_day(as_steering, county):
    for address, kind in (
        ("/resultat/2018/resultat.pdf?dag=2018-06-30", "application/pdf"),
        ("/resultat/2018/statskontoret.csv", "text/csv; charset=utf-8"),
        ("/resultat/ar-for-ar.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        answer = as_steering.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer.content
    assert as_steering.get("/resultat/2018/resultat.csv?dag=2018-06-30")["Content-Disposition"] == (
        'attachment; filename="resultat-2018-per-2018-06-30.csv"'
    )


def test_an_agency_s_own_target_is_for_the_coordinator(as_coordinator, as_steering, county, agency, pis):
    TargetFactory(agency=agency, number=3)
    TargetFactory(agency=AgencyFactory(name="Ännu ingen"), number=2)
    ours = sheets.parts_sheet(2018, on=DAY, small=True).tables["agency-PIS"]
    assert [row.cells[2].value for row in ours.rows] == [3, 2, None]
    for address in ("/resultat/2018/", "/resultat/2018/fordelning/", "/resultat/2018/fordelning.csv"):
        assert as_coordinator.get(address).status_code == 200
        assert as_steering.get(address).status_code == 200
    assert "Ännu ingen" not in as_steering.get("/resultat/2018/fordelning/").content.decode()


def test_breakdowns_move_by_whole_months_for_the_steering_group(as_steering, county):
    """From one day to the next too little happens: whoever compares them would see who came where."""
    pages = [as_steering.get("/resultat/2018/", {"dag": day}).context["sheet"] for day in ("2018-04-30", "2018-05-21")]
    assert pages[0].tables["summary"] != pages[1].tables["summary"]
    for key in ("municipality", "agency", "groups-PIS"):
        before, after = ([row.cells for row in page.tables[key].rows] for page in pages)
        assert before == after
    assert "office" not in pages[0].tables
    measuring = as_steering.get("/resultat/2018/?ar=matar").context["sheet"]
    assert not {"municipality", "agency", "groups-PIS"} & set(measuring.tables)


def test_a_table_of_one_row_names_nobody(as_steering, started, newly_arrived):
    started(date(2018, 2, 5), target_group=newly_arrived, municipality=MunicipalityFactory(name="Ensamby"))
    page = as_steering.get("/resultat/2018/fordelning/")
    assert [row[0] for row in shown(page, "municipality-PIS")] == ["Länet"]
    assert "Ensamby" not in page.content.decode()


def test_a_year_to_come_says_that_it_has_not_begun(as_steering, county, agreed):
    agreed(planned_start=date(2019, 2, 1))
    sheet = as_steering.get("/resultat/2019/").context["sheet"]
    assert sheet.lead == "2019 har inte börjat. 1 plats är avtalad men har inte startat."
    assert "obstacles" not in sheet.tables


def test_what_a_wholly_hidden_table_leaves_out_is_not_told_as_nought(started, newly_arrived):
    town = MunicipalityFactory(name="Ensamby")
    started(date(2018, 2, 5), target_group=newly_arrived, municipality=town)
    for other in (town, MunicipalityFactory()):
        for sex in (Sex.WOMAN, Sex.MAN):
            started(date(2018, 3, 5), "MBJ", municipality=other, sex=sex)
    crossed = sheets.parts_sheet(2018, on=DAY, small=False).tables
    assert [row.key for row in crossed["municipality-PIS"].rows] == ["all"]
    overview = sheets.year_sheet(2018, on=DAY, small=False).tables["municipality"]
    assert overview.cell(str(town.pk), "PIS").hidden == COVERED
    assert overview.cell("all", "PIS").value == 1


def test_an_agency_without_a_place_in_a_programme_has_nought_in_it_for_the_coordinator(started):
    for number in range(11):
        agency = AgencyFactory(name=f"Myndighet {number:02}")
        started(date(2018, 3, 5), "MBJ", agency=agency)
        started(date(2018, 3, 6), "MBJ", agency=agency)
    started(date(2018, 2, 5), agency=AgencyFactory(name="Sist"))
    overview = sheets.year_sheet(2018, on=DAY, small=True).tables["agency"]
    shown = {row.cells[1].value for row in overview.rows if not row.total}
    assert (shown, overview.cell("all", "PIS").value, len(overview.rows)) == ({0}, 1, 11)
