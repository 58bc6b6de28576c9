"""Monthly reports: a month's figures with the coordinator's words, frozen when they are published."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.validators import FIRST_DAY, not_before_2016
from placements.validators import free_text
from praktik.addresses import address
from praktik.records import Record
from reports.choices import Standing
from reports.periods import last_of_month, month_in_words
from reports.querysets import MonthlyReportQuerySet
from reports.validators import comment, first_of_month

_DRAFT = Q(published_on__isnull=True)
_STANDING = Q(published_on__isnull=False, withdrawn_on__isnull=True)


class MonthlyReport(Record):
    """A month as it is told to the steering group. A draft has no figures of its own; what is published keeps them."""

    month = models.DateField("månad", validators=[not_before_2016, first_of_month])
    words = models.TextField(
        "koordinatorns ord",
        blank=True,
        validators=comment,
        help_text="Det siffrorna inte säger. Tom rad mellan stycken, **fetstil**, och streck först på raden i listor.",
    )
    figures = models.JSONField("siffror", null=True, editable=False)
    """The tables as they were published (`reports.shape.Table.as_json`)."""
    published_on = models.DateField("publicerad", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="publicerad av",
        related_name="published_months",
        null=True,
        editable=False,
    )
    withdrawn_on = models.DateField("tillbakadragen", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="tillbakadragen av",
        related_name="withdrawn_months",
        null=True,
        editable=False,
    )
    reason = models.TextField("skäl", blank=True, editable=False, validators=free_text)

    objects: ClassVar = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "månadsrapport"
        verbose_name_plural = "månadsrapporter"
        ordering = ["-month", "-pk"]
        permissions = [
            ("read_results", "Kan läsa resultat och publicerade månader"),
            ("read_small_cells", "Kan läsa små tal och platserna bakom siffrorna"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__gte=FIRST_DAY), name="month_from_2016"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_by_its_first_day"),
            models.UniqueConstraint(
                fields=["month"],
                condition=_STANDING,
                name="month_published_once",
                violation_error_message="Månaden är redan publicerad.",
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=_DRAFT,
                name="month_drafted_once",
                violation_error_message="Det finns redan ett utkast för månaden.",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_by__isnull=True, figures__isnull=True)
                | Q(published_on__gt=F("month"), published_by__isnull=False, figures__isnull=False),
                name="month_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, reason="")
                | (Q(withdrawn_on__gte=F("published_on"), withdrawn_by__isnull=False) & ~Q(reason="")),
                name="month_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Månadsrapport {month_in_words(self.month)}"

    def get_absolute_url(self) -> str:
        """Where it is read: the month's own address for the published one, its key for a withdrawn one."""
        if self.standing is Standing.WITHDRAWN:
            return address("reports:withdrawn-month", self.pk)
        name = "reports:month" if self.standing is Standing.PUBLISHED else "reports:month-draft"
        return address(name, self.month)

    @property
    def standing(self) -> Standing:
        """What has become of it."""
        if self.published_on is None:
            return Standing.DRAFT
        return Standing.WITHDRAWN if self.withdrawn_on else Standing.PUBLISHED

    @property
    def day(self) -> date:
        """The day its figures are of: the month's last."""
        return last_of_month(self.month)
