"""Targets: how many places are to start in a year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from agencies.models import Agency
from agencies.validators import FIRST_DAY, not_before_2016
from placements.models import Programme
from praktik.records import Record
from reports.querysets import TargetQuerySet
from reports.validators import MOST_PLACES, target_number, target_year


class Target(Record):
    """A decision on how many places of a programme are to start in a calendar year, in the county or at one agency.

    A later decision on the same thing replaces it from its own day: a day before that still shows this one.
    """

    year = models.PositiveSmallIntegerField("år", validators=target_year)
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="insats", related_name="targets")
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        verbose_name="myndighet",
        related_name="targets",
        null=True,
        blank=True,
        help_text="Lämna tomt för länets mål.",
    )
    number = models.IntegerField(
        "mål",
        null=True,
        blank=True,
        validators=target_number,
        help_text="Platser som ska starta under året. Lämna tomt om det inte ska finnas något mål.",
    )
    decided_on = models.DateField("beslutat", validators=[not_before_2016])

    objects: ClassVar = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["-year", "programme", "agency", "-decided_on"]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=FIRST_DAY.year), name="target_from_2016"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=0, number__lte=MOST_PLACES),
                name="target_number_in_range",
            ),
            models.CheckConstraint(condition=Q(decided_on__gte=FIRST_DAY), name="target_decided_from_2016"),
            models.UniqueConstraint(
                fields=["year", "programme", "decided_on"],
                condition=Q(agency__isnull=True),
                name="target_decided_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["year", "programme", "agency", "decided_on"],
                condition=Q(agency__isnull=False),
                name="target_of_agency_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        whose = f" hos {self.agency}" if self.agency else ""
        return f"{self.programme.code} {self.year}{whose}: {'inget mål' if self.number is None else self.number}"
