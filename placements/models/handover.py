"""Handovers: a place changes owner, from the coordinator to an office, and only once the office has accepted."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Office
from agencies.validators import FIRST_DAY, not_before_2016
from placements.models.placement import Placement
from placements.querysets import HandoverQuerySet
from placements.validators import free_text
from praktik.accounts.roles import Role
from praktik.addresses import address
from praktik.records import Record


class Handover(Record):
    """One place offered to one office. Waits until the office accepts it or returns it."""

    placement = models.ForeignKey(Placement, models.PROTECT, verbose_name="plats", related_name="handovers")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="kontor", related_name="handovers")
    handed_on = models.DateField("överlämnad", validators=[not_before_2016])
    note = models.TextField("med ord", blank=True, validators=free_text)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="överlämnad av", related_name="handovers", editable=False
    )
    accepted_on = models.DateField("mottagen", null=True, editable=False)
    returned_on = models.DateField("i retur", null=True, editable=False)
    recalled_on = models.DateField("tillbakatagen", null=True, editable=False)
    reason = models.TextField("skäl", blank=True, editable=False, validators=free_text)

    objects: ClassVar = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "överlämning"
        verbose_name_plural = "överlämningar"
        ordering = ["handed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(handed_on__gte=FIRST_DAY), name="handover_from_2016"),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True, returned_on__isnull=True)
                | Q(accepted_on__isnull=True, recalled_on__isnull=True)
                | Q(returned_on__isnull=True, recalled_on__isnull=True),
                name="handover_one_end",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("handed_on")),
                name="handover_accepted_after_handed",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, reason="")
                | (Q(returned_on__isnull=False, returned_on__gte=F("handed_on")) & ~Q(reason="")),
                name="handover_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(recalled_on__isnull=True) | Q(recalled_on__gte=F("handed_on")),
                name="handover_recalled_after_handed",
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(accepted_on__isnull=True, returned_on__isnull=True, recalled_on__isnull=True),
                name="handover_waits_once",
                violation_error_message="Platsen är redan överlämnad och väntar på svar.",
            ),
        ]

    def __str__(self) -> str:
        return f"Överlämning till {self.office} {self.handed_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """Where it is answered: among the handovers."""
        return f"{address('placements:handover-list')}#overlamning-{self.pk}"

    @property
    def is_asked(self) -> bool:
        """Whether the office had the last word: a question that waits for the coordinator. Reads all `words`."""
        words = list(self.words.all())
        return bool(words) and words[-1].by.role == Role.CASE_OFFICER

    @property
    def waits(self) -> bool:
        """Whether the office has neither accepted nor returned it, nor the coordinator taken it back."""
        return self.accepted_on is None and self.returned_on is None and self.recalled_on is None


class HandoverWord(Record):
    """A question about a handover, or the answer to one: what office and coordinator write before it is decided."""

    handover = models.ForeignKey(Handover, models.CASCADE, verbose_name="överlämning", related_name="words")
    on = models.DateField("datum", validators=[not_before_2016])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="+")
    text = models.TextField("med ord", validators=free_text)

    class Meta:
        verbose_name = "fråga om överlämning"
        verbose_name_plural = "frågor om överlämning"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="handover_word_says_something")]

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:40]}"
