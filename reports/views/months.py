"""Months: those that are published, writing one, and taking one back."""

from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from agencies.validators import FIRST_DAY
from placements.views.doing import do
from praktik import clock
from praktik.accounts.editing import saved
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of, way_back
from praktik.records import LifecycleError
from reports import sheets
from reports.forms import WithdrawMonthForm, WordsForm
from reports.kept import kept
from reports.lifecycle import drafted
from reports.models import MonthlyReport
from reports.periods import last_of_month, month_before, month_in_words
from reports.permissions import READ, WRITE, reads_small_cells
from reports.views.pictures import of_month, of_year, pictures_of


@require_GET
@requires(READ)
def month_list(request: Request) -> HttpResponse:
    """The months, the latest first; for the coordinator also the drafts, and those that can be written."""
    writes = request.user.has_perm(WRITE)
    asked = request.GET.get("manad", "")
    if writes and asked in {month.isoformat()[:7] for month in _months()}:
        return redirect("reports:month-draft", date.fromisoformat(f"{asked}-01"))
    rows = MonthlyReport.objects.all() if writes else MonthlyReport.objects.told()
    rows = rows.defer("figures").select_related("published_by", "withdrawn_by")
    context = {"page": page_of(request, rows), "unwritten": _unwritten() if writes else []}
    return render(request, "reports/month_list.html", context)


@require_GET
@requires(READ)
def month_page(request: Request, month: date) -> HttpResponse:
    """A published month. Where it was withdrawn the page says so; where there is none, there is no page."""
    there = MonthlyReport.objects.filter(month=month).select_related("published_by", "withdrawn_by")
    report = there.published().first()
    if report is not None:
        return render(request, "reports/month_page.html", month_context(request, report))
    withdrawn = there.told().first()
    if withdrawn is None:
        raise Http404
    return render(request, "reports/month_gone.html", {"report": withdrawn})


def month_context(request: Request, report: MonthlyReport) -> dict[str, object]:
    """What a published month's page tells: its figures, and what has been corrected since."""
    sheet = sheets.told_month(report, small=reads_small_cells(request.user))
    return {"report": report, "sheet": sheet, "pictures": pictures_of(sheet, of_month(report.month))}


@require_GET
@requires(WRITE)
def withdrawn_month(request: Request, pk: int) -> HttpResponse:
    """A month that was published and withdrawn, as it was read."""
    told = MonthlyReport.objects.told().filter(withdrawn_on__isnull=False)
    report = get_object_or_404(told.select_related("published_by", "withdrawn_by"), pk=pk)
    sheet = sheets.published_sheet(report)
    context = {"report": report, "sheet": sheet, "pictures": []}
    return render(request, "reports/month_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def month_draft(request: Request, month: date) -> HttpResponse:
    """The month's figures as of its last day, with the words to be written; the same form publishes."""
    try:
        report = drafted(month)
    except LifecycleError as refused:
        raise Http404(str(refused)) from refused
    published = MonthlyReport.objects.filter(month=month).published().first()
    if published and request.method == "GET":
        words = month_in_words(month).capitalize()
        messages.warning(request, f"{words} är publicerad. Dra tillbaka den för att skriva om.")
        return redirect(published)
    form = WordsForm(typed(request), by=request.user, instance=report)
    if saved(request, form, form.store) is not None:
        return _kept(request, month, form)
    sheet = kept(sheets.month_sheet, month)
    context = {
        "form": form,
        "report": report,
        "sheet": sheet,
        "pictures": pictures_of(sheet, of_year(month.year, f"dag={sheet.day}")),
        "back": way_back(request, reverse("reports:month-list")),
        "may_publish": last_of_month(month) <= clock.today(),
    }
    return render(request, "reports/month_draft.html", context)


def _kept(request: Request, month: date, form: WordsForm) -> HttpResponse:
    words = month_in_words(month)
    if form.publishes:
        messages.success(request, f"{words.capitalize()} är publicerad. Styrgruppen läser den nu.")
        return redirect("reports:month", month)
    messages.success(request, f"Utkastet för {words} är sparat.")
    return redirect("reports:month-draft", month)


@require_http_methods(["GET", "POST"])
@requires(WRITE)
def month_withdraw(request: Request, month: date) -> HttpResponse:
    """Take a published month back."""
    report = get_object_or_404(MonthlyReport.objects.published(), month=month)
    form = WithdrawMonthForm(typed(request), by=request.user, report=report)
    return do(
        request,
        form,
        form.act,
        template="reports/month_withdraw.html",
        context={"report": report},
        told=lambda answer: f"{month_in_words(month).capitalize()} är tillbakadragen.",
        back=reverse("reports:month-list"),
    )


def _months() -> Iterator[date]:
    """Every month that has begun since the assignments did, the latest first."""
    month = clock.today().replace(day=1)
    while month >= FIRST_DAY:
        yield month
        month = month_before(month)


def _unwritten() -> list[tuple[str, str]]:
    """The months that can be written, as choices: not published, and not begun on."""
    held = set(MonthlyReport.objects.filter(withdrawn_on__isnull=True).values_list("month", flat=True))
    return [(month.isoformat()[:7], month_in_words(month)) for month in _months() if month not in held]
