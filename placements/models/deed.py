"""What was done with a place, step by step, and the rows that some steps leave behind."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Contact
from agencies.validators import FIRST_DAY, not_before_2016
from placements.choices import Verb
from placements.models.handover import Handover
from placements.models.order import MatchingOrder
from placements.models.placement import Placement
from placements.querysets import DeedQuerySet
from placements.validators import free_text
from praktik.identity import refuse_identity_numbers
from praktik.records import Record


class Extension(Record):
    """A place goes on past its planned end. Never a new result (domain description, "Result of a year")."""

    placement = models.ForeignKey(Placement, models.PROTECT, verbose_name="plats", related_name="extensions")
    decided_on = models.DateField("beslutad", validators=[not_before_2016])
    previous_end = models.DateField("slutade förut")
    new_end = models.DateField("nytt slut")
    reason = models.TextField("skäl", blank=True, validators=free_text)

    class Meta:
        verbose_name = "förlängning"
        verbose_name_plural = "förlängningar"
        ordering = ["new_end"]
        indexes = [models.Index(fields=["decided_on"], name="extension_decided")]
        constraints = [
            models.CheckConstraint(condition=Q(decided_on__gte=FIRST_DAY), name="extension_from_2016"),
            models.CheckConstraint(condition=Q(new_end__gt=F("previous_end")), name="extension_ends_later"),
            # Each begins where another ended: no two can cover the same day.
            models.UniqueConstraint(fields=["placement", "previous_end"], name="extension_overlaps_none"),
            models.UniqueConstraint(fields=["placement", "new_end"], name="extension_ends_alone"),
        ]

    def __str__(self) -> str:
        return f"Förlängning till {self.new_end.isoformat()}"


class Confirmation(Record):
    """An agreement was confirmed anew by somebody at the agency; `previous` is whom it rested on until then."""

    placement = models.ForeignKey(Placement, models.PROTECT, verbose_name="plats", related_name="confirmations")
    on = models.DateField("datum", validators=[not_before_2016])
    contact = models.ForeignKey(Contact, models.PROTECT, verbose_name="bekräftat av", related_name="confirmations")
    previous = models.ForeignKey(Contact, models.PROTECT, verbose_name="vilade förut på", related_name="+", null=True)

    class Meta:
        verbose_name = "bekräftelse"
        verbose_name_plural = "bekräftelser"
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(on__gte=FIRST_DAY), name="confirmation_from_2016")]

    def __str__(self) -> str:
        return f"Bekräftat av {self.contact} {self.on.isoformat()}"


class Deed(models.Model):
    """One step in a place's life: which verb, when, by whom, and what the place said before.

    The latest one can be undone. What was undone stays here, dated, and is told nowhere else; with an undone agreement
    the place goes, and its deeds with it.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, verbose_name="plats", related_name="deeds")
    verb = models.CharField("åtgärd", max_length=12, choices=Verb)
    on = models.DateField("datum")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="deeds")
    act = models.UUIDField("samma handling")
    """Shared by the deeds of one call: ten places agreed at once are one thing to tell of."""
    before = models.JSONField(default=dict)
    """The place's fields that were changed, as they stood; under `handover`, the handover's."""
    called_for = models.CharField("nästa steg före", max_length=200, blank=True, validators=[refuse_identity_numbers])
    """The next step that the place's state called for before, whatever somebody had planned."""
    order = models.ForeignKey(MatchingOrder, models.SET_NULL, related_name="deeds", null=True)
    handover = models.ForeignKey(Handover, models.SET_NULL, related_name="deeds", null=True)
    extension = models.ForeignKey(Extension, models.SET_NULL, related_name="deeds", null=True)
    confirmation = models.ForeignKey(Confirmation, models.SET_NULL, related_name="deeds", null=True)
    undone_on = models.DateField("ångrad", null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="ångrad av", related_name="+", null=True
    )

    objects: ClassVar = DeedQuerySet.as_manager()

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ["pk"]
        indexes = [models.Index(fields=["act"], name="deed_act")]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="deed_verb_known"),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_by__isnull=True)
                | Q(undone_on__isnull=False, undone_by__isnull=False),
                name="deed_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.on.isoformat()}"
