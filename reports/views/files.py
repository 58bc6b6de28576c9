"""Results as files and as pictures: CSV, XLSX, PDF and SVG, of what the reader may see."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from praktik.accounts.permissions import Request, requires
from reports import files, sheets
from reports.forms import AskedForm
from reports.kept import kept
from reports.models import MonthlyReport
from reports.paper import Chart, Document, Section, pdf
from reports.permissions import READ, reads_small_cells
from reports.shape import Table
from reports.tables.programmes import COUNTED
from reports.views.pictures import draw, pictures_of, title_of
from reports.views.results import chosen_agency, measured

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_GET
@requires(READ)
def all_years_file(request: Request, form: str) -> HttpResponse:
    """All years as a file."""
    asked = AskedForm(request.GET)
    sheet = kept(sheets.all_years, on=asked.day, basis=asked.basis)
    return _file(request, sheet.as_read(small=reads_small_cells(request.user)), form, "resultat")


@require_GET
@requires(READ)
def year_file(request: Request, year: int, what: str, form: str) -> HttpResponse:
    """A year's page, its parts, or what Statskontoret asks for, as a file; `?tabell=` gives one table of it."""
    asked, small, agency = AskedForm(request.GET), reads_small_cells(request.user), chosen_agency(request)
    if what == "resultat":
        sheet = kept(sheets.year_sheet, year, on=asked.day, basis=asked.basis, small=small)
    elif what == "fordelning":
        sheet = kept(sheets.parts_sheet, year, on=asked.day, basis=asked.basis, small=small)
    elif what == "statskontoret":
        sheet = measured(year, asked, agency, small=small)
    else:
        raise Http404
    whose = f"-{slugify(agency.name)}" if agency and what == "statskontoret" else ""
    return _file(request, sheet, form, f"{what}-{year}{whose}")


@require_GET
@requires(READ)
def year_chart(request: Request, year: int, code: str) -> HttpResponse:
    """A programme's year as a picture."""
    asked = AskedForm(request.GET)
    return _picture(kept(sheets.months_only, year, on=asked.day, basis=asked.basis), code)


@require_GET
@requires(READ)
def month_file(request: Request, month: date, form: str) -> HttpResponse:
    """A published month as a file: the figures as they were published, and what has been corrected since."""
    report = _published(month)
    sheet = sheets.told_month(report, small=reads_small_cells(request.user))
    return _file(request, sheet, form, f"manadsrapport-{month.isoformat()[:7]}", report)


@require_GET
@requires(READ)
def month_chart(request: Request, month: date, code: str) -> HttpResponse:
    """A programme's year until a published month as a picture, as it was published."""
    return _picture(sheets.published_sheet(_published(month)), code)


def _published(month: date) -> MonthlyReport:
    report: MonthlyReport = get_object_or_404(MonthlyReport.objects.published(), month=month)
    return report


def _picture(sheet: sheets.Sheet, code: str) -> HttpResponse:
    table = sheet.tables.get(f"months-{code}")
    if table is None:
        raise Http404
    return HttpResponse(draw(table), content_type="image/svg+xml")


def _file(
    request: Request, sheet: sheets.Sheet, form: str, name: str, report: MonthlyReport | None = None
) -> HttpResponse:
    tables = _chosen(sheet, request.GET.get("tabell", ""))
    if form == "csv":
        content = files.as_csv(tables)
    elif form == "xlsx":
        about = [*_facts(sheet, report), ("Organisation", settings.ORGANISATION), ("Så räknas det", COUNTED)]
        content = files.as_xlsx(_title(sheet, report), tables, about)
    elif form == "pdf":
        content = pdf(_document(sheet, tables, report))
    else:
        raise Http404
    if len(tables) == 1 and len(sheet.tables) > 1:
        name = f"{name}-{slugify(tables[0].key)}"
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}-per-{sheet.day.isoformat()}.{form}"'
    return response


def _chosen(sheet: sheets.Sheet, key: str) -> Sequence[Table]:
    if not key:
        return list(sheet.tables.values())
    if key not in sheet.tables:
        raise Http404
    return [sheet.tables[key]]


def _title(sheet: sheets.Sheet, report: MonthlyReport | None) -> str:
    if report:
        return str(report)
    return sheet.title if sheet.title.startswith("Resultat") else f"Resultat {sheet.title}"


def _facts(sheet: sheets.Sheet, report: MonthlyReport | None) -> list[tuple[str, str | date]]:
    facts: list[tuple[str, str | date]] = [("Läget per", sheet.day)]
    if report and report.published_on:
        facts.append(("Publicerad", report.published_on))
    return facts


# The parts of a document, each with how the keys of its tables begin; every table is in one of them.
_SECTIONS = (
    ("Årets resultat", ("years", "summary")),
    ("Månad för månad", ("months-",)),
    ("Vilka och var", ("groups-", "municipality", "office", "agency")),
    ("Hinder och utfall", ("obstacles", "outcomes", "dialogues")),
    ("Hur lång tid det tar", ("lead-times", "waiting")),
    ("Till Statskontoret", ("counts-", "follow-up")),
)


def _document(sheet: sheets.Sheet, tables: Sequence[Table], report: MonthlyReport | None) -> Document:
    """The sheet as it is printed, in the same parts as on the page."""
    drawn = {
        picture.table.key: Chart(draw(picture.table), picture.words, title_of(picture.table))
        for picture in pictures_of(sheet)
    }
    sections = []
    for heading, keys in _SECTIONS:
        inside = [table for table in tables if table.key.startswith(keys) and table.rows]
        charts = [drawn[table.key] for table in inside if table.key in drawn]
        if inside:
            sections.append(Section(heading=heading, charts=charts, tables=inside))
    facts = [(label, str(value)) for label, value in _facts(sheet, report)]
    if sheet.is_corrected:
        facts.append(("Rättat sedan publiceringen", "dagens siffra står inom parentes"))
    return Document(
        title=_title(sheet, report),
        subtitle="",
        lead=sheet.lead,
        facts=facts,
        words=report.words if report else "",
        sections=sections,
        notes=[COUNTED],
        organisation=settings.ORGANISATION,
        day=sheet.day,
    )
