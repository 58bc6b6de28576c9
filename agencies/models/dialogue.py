"""What was said, what comes next, and what stands in the way."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q

from agencies.choices import Channel, ObstacleKind, Phase
from agencies.models.agency import Agency, Contact
from agencies.querysets import DialogueQuerySet, NextStepQuerySet, ObstacleQuerySet
from agencies.validators import FIRST_DAY, LONGEST_NOTE, not_before_2016
from praktik.addresses import address
from praktik.identity import refuse_identity_numbers
from praktik.records import Record


class Dialogue(Record):
    """One logged conversation with an agency. One that was logged by mistake is withdrawn: it counts nowhere."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="dialogues")
    held_on = models.DateField("datum", validators=[not_before_2016])
    channel = models.CharField("sätt", max_length=10, choices=Channel, default=Channel.PHONE)
    phase = models.CharField("fas", max_length=12, choices=Phase, default=Phase.INFORMATION)
    contacts = models.ManyToManyField(Contact, verbose_name="med", related_name="dialogues", blank=True)
    notes = models.TextField(
        "vad sades", blank=True, validators=[MaxLengthValidator(LONGEST_NOTE), refuse_identity_numbers]
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="loggad av", related_name="dialogues", editable=False
    )

    withdrawn_on = models.DateField("borttagen", null=True, blank=True, editable=False)

    _history_m2m_fields = ["contacts"]
    objects: ClassVar = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "dialog"
        verbose_name_plural = "dialoger"
        ordering = ["-held_on", "-pk"]
        permissions = [("read_notes", "Kan läsa anteckningar från dialoger")]
        indexes = [models.Index(fields=["agency", "-held_on"], name="dialogue_agency_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(held_on__gte=FIRST_DAY), name="dialogue_from_2016"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="dialogue_channel_known"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="dialogue_phase_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.held_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The dialogue's page."""
        return address("agencies:dialogue", self.pk)


class NextStep(Record):
    """What is to be done next with an agency: always with an owner and a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="next_steps")
    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, verbose_name="dialog", related_name="next_steps", null=True, editable=False
    )
    what = models.CharField("nästa steg", max_length=200, validators=[refuse_identity_numbers])
    due_on = models.DateField("senast", validators=[not_before_2016])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="ägare", related_name="next_steps")
    done_on = models.DateField("klart", null=True, editable=False)

    objects: ClassVar = NextStepQuerySet.as_manager()

    class Meta:
        verbose_name = "nästa steg"
        verbose_name_plural = "nästa steg"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "due_on"], name="step_open_by_agency", condition=Q(done_on__isnull=True)),
            models.Index(fields=["owner", "due_on"], name="step_open_by_owner", condition=Q(done_on__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="step_says_what"),
            models.CheckConstraint(condition=Q(due_on__gte=FIRST_DAY), name="step_from_2016"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """The step's own page, where it is changed and its history is told."""
        return address("agencies:step", self.pk)


class Obstacle(Record):
    """A noted reason why an agency cannot offer places."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="obstacles")
    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, verbose_name="dialog", related_name="obstacles", null=True, editable=False
    )
    kind = models.CharField("slag", max_length=20, choices=ObstacleKind)
    words = models.CharField("med ord", max_length=300, blank=True, validators=[refuse_identity_numbers])
    noted_on = models.DateField("noterat", validators=[not_before_2016])
    resolved_on = models.DateField("löst", null=True, blank=True)
    stood_on = models.DateField("gällde än", null=True, editable=False)
    """The last day on which somebody looked and it was still there."""

    objects: ClassVar = ObstacleQuerySet.as_manager()

    class Meta:
        verbose_name = "hinder"
        verbose_name_plural = "hinder"
        ordering = ["-noted_on", "-pk"]
        indexes = [
            models.Index(fields=["agency", "kind"], name="obstacle_open", condition=Q(resolved_on__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ObstacleKind.values), name="obstacle_kind_known"),
            models.CheckConstraint(condition=Q(noted_on__gte=FIRST_DAY), name="obstacle_from_2016"),
            models.CheckConstraint(
                condition=Q(resolved_on__isnull=True) | Q(resolved_on__gte=F("noted_on")),
                name="obstacle_resolved_after_noted",
                violation_error_message="Ett hinder kan inte vara löst innan det noterades.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ObstacleKind.OTHER) | ~Q(words=""),
                name="obstacle_other_in_words",
                violation_error_message="Skriv vilket hinder det är när du väljer Annat.",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(resolved_on__isnull=True) & ~Q(kind=ObstacleKind.OTHER),
                name="obstacle_open_once",
                violation_error_message="Det hindret är redan noterat och olöst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}" if self.words else str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """The obstacle's page, where it is changed and its history is told."""
        return address("agencies:obstacle", self.pk)
