"""Months: written, published with their figures frozen, and withdrawn."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.lifecycle.guards import refuse
from agencies.validators import FIRST_DAY, not_yet
from placements.lifecycle.guards import words as checked
from praktik import clock
from praktik.accounts.models import User
from praktik.records import LifecycleError
from reports.choices import Standing
from reports.models import MonthlyReport
from reports.periods import last_of_month, month_in_words
from reports.sheets import Sheet, adds_up, month_sheet
from reports.validators import LONGEST_WORDS, first_of_month


def drafted(month: date) -> MonthlyReport:
    """The month's draft, or a new one that is not yet stored, with the words of the latest that was withdrawn.

    Raises LifecycleError for a month that has not begun, or lies before the assignments did.
    """
    try:
        first_of_month(month)
    except ValidationError as wrong:
        raise LifecycleError(wrong.messages[0], field="month") from wrong
    if month < FIRST_DAY:
        raise LifecycleError(f"Uppdragen började {FIRST_DAY}. Välj en senare månad.", field="month")
    if month > clock.today():
        raise LifecycleError(f"{month_in_words(month).capitalize()} har inte börjat än.", field="month")
    mine = MonthlyReport.objects.filter(month=month).order_by("-pk")
    earlier = mine.told().first()
    return mine.drafts().first() or MonthlyReport(month=month, words=earlier.words if earlier else "")


@transaction.atomic
def write(month: date, *, by: User, words: str) -> MonthlyReport:
    """Keep the words of a month's draft. Raises LifecycleError for words that cannot be kept."""
    report = _own(drafted(month))
    _refuse_published_twice(report)
    report.words = checked(words, "Texten", longest=LONGEST_WORDS)
    report.signed_by(by).save_record()
    return report


@transaction.atomic
def publish(month: date, *, by: User, words: str) -> MonthlyReport:
    """Publish a month with the figures of its last day: from now on they stay as they are.

    Raises LifecycleError before that day has come, or when the month is published already.
    """
    last = last_of_month(month)
    refuse(not_yet(last) and f"Månaden kan publiceras från och med {last}, då dess siffror är kända.")
    report = _own(drafted(month))
    _refuse_published_twice(report)
    report.words = checked(words, "Texten", longest=LONGEST_WORDS)
    report.figures = _counted(month).as_json()
    report.published_on, report.published_by = clock.today(), by
    try:
        with transaction.atomic():
            report.signed_by(by).save_record()
    except IntegrityError as twice:
        raise LifecycleError(f"{month_in_words(month).capitalize()} är redan publicerad.") from twice
    return report


@transaction.atomic
def withdraw(report: MonthlyReport, *, by: User, reason: str) -> MonthlyReport:
    """Take a publication back: the steering group no longer reads it, and it is remembered that they could.

    Raises LifecycleError without a reason, or when it is not published any more.
    """
    report = _own(report)
    if report.standing is not Standing.PUBLISHED:
        raise LifecycleError("Månaden är inte publicerad. Läs om sidan.")
    report.reason = checked(reason, "Ett skäl", needed=True)
    report.withdrawn_on, report.withdrawn_by = clock.today(), by
    report.signed_by(by).save_record()
    return report


def _counted(month: date) -> Sheet:
    """The month's figures. Raises LifecycleError when others save so much meanwhile that its parts do not add up."""
    for _ in range(3):
        sheet = month_sheet(month)
        if adds_up(sheet):
            return sheet
    raise LifecycleError("Någon sparade medan siffrorna räknades. Inget är publicerat. Försök igen.")


def _own(report: MonthlyReport) -> MonthlyReport:
    """The report as it is stored now, locked; a new one as it is."""
    if report._state.adding:
        return report
    found = MonthlyReport.objects.select_for_update(of=("self",)).filter(pk=report.pk).first()
    if found is None:
        raise LifecycleError("Rapporten finns inte längre. Läs om sidan.")
    return found


def _refuse_published_twice(report: MonthlyReport) -> None:
    """Raise LifecycleError when the month is published, whoever came first."""
    published = MonthlyReport.objects.filter(month=report.month).published().first()
    if published is not None:
        raise LifecycleError(
            f"{month_in_words(report.month).capitalize()} publicerades {published.published_on}. "
            "Dra tillbaka den först om den ska skrivas om."
        )
    if report.standing is not Standing.DRAFT:
        raise LifecycleError("Rapporten är redan publicerad. Läs om sidan.")
