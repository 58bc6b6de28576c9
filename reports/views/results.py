"""The results: all years, one year, its parts, and what Statskontoret asks for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agencies.models import Agency
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.navigation import page_of
from reports import sheets
from reports.choices import Basis
from reports.forms import AskedForm
from reports.kept import kept
from reports.models import MonthlyReport
from reports.permissions import READ, SMALL, reads_small_cells
from reports.shape import Row, Table
from reports.views.pictures import of_year, pictures_of


@require_GET
@requires(READ)
def all_years(request: Request) -> HttpResponse:
    """Target and result of every year, side by side."""
    asked = AskedForm(request.GET)
    sheet = kept(sheets.all_years, on=asked.day, basis=asked.basis).as_read(small=reads_small_cells(request.user))
    years = sorted({int(row.key[:4]) for row in sheet.tables["years"].rows}, reverse=True)
    return render(request, "reports/all_years.html", {"asked": asked, "sheet": sheet, "years": years})


@require_GET
@requires(READ)
def year_page(request: Request, year: int) -> HttpResponse:
    """The year: against its targets, month by month, by parts, what holds back, and how long it takes."""
    asked = AskedForm(request.GET)
    small = reads_small_cells(request.user)
    sheet = kept(sheets.year_sheet, year, on=asked.day, basis=asked.basis, small=small)
    published = MonthlyReport.objects.published().filter(month__year=year).defer("figures").order_by("-month").first()
    context = {
        **_around(request, year, asked, sheet),
        "pictures": pictures_of(sheet, of_year(year, request.GET.urlencode())),
        "published": published,
        "is_calendar": asked.basis == Basis.CALENDAR,
    }
    return render(request, "reports/year_page.html", context)


@require_GET
@requires(READ)
def parts_page(request: Request, year: int) -> HttpResponse:
    """The year's municipalities and agencies, crossed with target group and sex."""
    asked = AskedForm(request.GET)
    sheet = kept(sheets.parts_sheet, year, on=asked.day, basis=asked.basis, small=reads_small_cells(request.user))
    agencies = [(table, page_of(request, _rows_of(table))) for table in sheet.some("agency")]
    longest = max((page for _, page in agencies), key=lambda page: page.paginator.count, default=None)
    shown = [_cut(table, page, longest.number if longest else 1) for table, page in agencies]
    context = {**_around(request, year, asked, sheet), "agencies": shown}
    return render(request, "reports/parts_page.html", {**context, "page": longest})


@require_GET
@requires(READ)
def measuring_page(request: Request, year: int) -> HttpResponse:
    """What Statskontoret asks the county to hand in; for the coordinator, of one agency too."""
    asked = AskedForm(request.GET)
    agency = chosen_agency(request)
    sheet = measured(year, asked, agency, small=reads_small_cells(request.user))
    # Of one agency the table crosses target group and sex with it: only for whoever may see small cells.
    agencies = Agency.objects.order_by("name").only("name") if request.user.has_perm(SMALL) else []
    context = {**_around(request, year, asked, sheet), "agency": agency, "choosable": agencies}
    return render(request, "reports/measuring_page.html", context)


def measured(year: int, asked: AskedForm, agency: Agency | None, *, small: bool) -> sheets.Sheet:
    """What Statskontoret asks for; of one agency it is counted each time."""
    if agency is not None:
        return sheets.measuring_sheet(year, on=asked.day, agency=agency)
    return kept(sheets.measuring_sheet, year, on=asked.day).as_read(small=small)


def chosen_agency(request: Request) -> Agency | None:
    """The agency that is asked for, of whoever may ask."""
    asked = request.GET.get("myndighet", "")
    if not asked or not request.user.has_perm(SMALL):
        return None
    key = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    return get_object_or_404(Agency, pk=key)


def _around(request: Request, year: int, asked: AskedForm, sheet: sheets.Sheet) -> Mapping[str, Any]:
    """What the year's pages have in common."""
    return {"year": year, "asked": asked, "sheet": sheet, "is_today": asked.day == clock.today()}


def _rows_of(table: Table) -> list[Row]:
    return [row for row in table.rows if not row.total]


def _cut(table: Table, page: Page[Row], number: int) -> Table:
    """The table with the rows of one page, and the county's own; none beyond its own last page."""
    rows = page.object_list if page.number == number else ()
    return replace(table, rows=(*rows, *(row for row in table.rows if row.total)))
