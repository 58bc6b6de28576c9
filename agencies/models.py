"""Whom we talk to: agencies and their people, the offices, and what was said."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from agencies.choices import Channel, ContactRole, ObstacleKind, Phase
from agencies.querysets import (
    AgencyQuerySet,
    ContactQuerySet,
    DialogueQuerySet,
    NextStepQuerySet,
    ObstacleQuerySet,
    OfficeQuerySet,
)
from praktik.identity import refuse_identity_numbers
from praktik.records import Record
from praktik.swedish import SWEDISH

# The assignments began in 2016 (domain description, "The story").
FIRST_DAY = date(2016, 1, 1)
LONGEST_NOTE = 10_000  # characters
_not_before_2016 = MinValueValidator(FIRST_DAY, "Datumet kan inte vara före 2016-01-01.")
_phone = RegexValidator(r"^[+0][0-9 ()/-]{4,28}$", "Skriv telefonnumret med siffror, till exempel 0611-555 01.")


def refuse_wrong_organisation_number(value: str) -> None:
    """Validator: ten digits with the right check digit (python-stdnum)."""
    try:
        orgnr.validate(value)
    except NumberError as wrong:
        raise ValidationError(
            "Organisationsnumret stämmer inte. Kontrollera siffrorna; det skrivs som 202100-2742.", code="organisation"
        ) from wrong


class Municipality(Record):
    """A municipality of the county, by Statistics Sweden's code."""

    code = models.CharField("kod", max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    name = models.CharField(
        "namn", max_length=60, unique=True, db_collation=SWEDISH, validators=[refuse_identity_numbers]
    )

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(Record):
    """One of Arbetsförmedlingen's local offices."""

    name = models.CharField(
        "namn", max_length=100, unique=True, db_collation=SWEDISH, validators=[refuse_identity_numbers]
    )
    municipalities = models.ManyToManyField(Municipality, verbose_name="kommuner", related_name="offices")
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="handläggare", related_name="offices", blank=True
    )
    letter_email = models.EmailField("adress för brev", blank=True, validators=[refuse_identity_numbers])
    closed_on = models.DateField("stängt från", null=True, blank=True)

    _history_m2m_fields = ["municipalities", "officers"]
    objects: ClassVar = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "arbetsförmedlingskontor"
        verbose_name_plural = "arbetsförmedlingskontor"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The office's page."""
        return reverse("agencies:office", args=[self.pk])


class Agency(Record):
    """A state agency with work in the county. Archived, never deleted."""

    name = models.CharField(
        "namn",
        max_length=150,
        unique=True,
        db_collation=SWEDISH,
        validators=[refuse_identity_numbers],
        error_messages={"unique": "Det finns redan en myndighet med det namnet."},
    )
    organisation_number = models.CharField(
        "organisationsnummer",
        max_length=11,
        blank=True,
        db_index=True,
        validators=[refuse_wrong_organisation_number, refuse_identity_numbers],
        help_text="Flera myndigheter kan ha samma, till exempel domstolarna.",
    )
    municipalities = models.ManyToManyField(Municipality, verbose_name="kommuner", related_name="agencies")
    employees = models.PositiveIntegerField("anställda i länet", null=True, blank=True)
    note = models.TextField(
        "att känna till",
        blank=True,
        validators=[MaxLengthValidator(LONGEST_NOTE), refuse_identity_numbers],
        help_text="Till exempel hur man anmäler sig i receptionen. Inget om enskilda personer.",
    )
    archived_on = models.DateField("arkiverad", null=True, blank=True, editable=False)

    _history_m2m_fields = ["municipalities"]
    objects: ClassVar = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "myndighet"
        verbose_name_plural = "myndigheter"
        ordering = ["name"]
        permissions = [
            ("archive_agency", "Kan arkivera och återställa myndigheter"),
            ("read_figures", "Kan läsa länets siffror"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="agency_has_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The agency's page."""
        return reverse("agencies:agency", args=[self.pk])


class Contact(Record):
    """A person at an agency. Marked as gone, never deleted."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="contacts")
    name = models.CharField("namn", max_length=100, db_collation=SWEDISH, validators=[refuse_identity_numbers])
    title = models.CharField("titel", max_length=100, blank=True, validators=[refuse_identity_numbers])
    role = models.CharField("roll", max_length=10, choices=ContactRole, default=ContactRole.OTHER)
    unit = models.CharField("enhet", max_length=100, blank=True, validators=[refuse_identity_numbers])
    email = models.EmailField("e-postadress", blank=True, db_collation=SWEDISH, validators=[refuse_identity_numbers])
    phone = models.CharField("telefon", max_length=30, blank=True, validators=[_phone, refuse_identity_numbers])
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="contacts", null=True, blank=True
    )
    left_on = models.DateField(
        "slutade",
        null=True,
        blank=True,
        validators=[_not_before_2016],
        help_text="Från och med den dagen kan kontakten inte väljas och får inga brev.",
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, verbose_name="efterträdare", related_name="predecessors", null=True, blank=True
    )

    objects: ClassVar = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_name"),
            models.CheckConstraint(condition=Q(role__in=ContactRole.values), name="contact_role_known"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(left_on__isnull=False), name="contact_successor_of_who_left"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")), name="contact_not_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name

    def get_absolute_url(self) -> str:
        """The contact's page."""
        return reverse("agencies:contact", args=[self.pk])

    def has_left(self, *, on: date) -> bool:
        """Whether the person is gone on that day; `left_on` is the first day without them."""
        return self.left_on is not None and self.left_on <= on


class Dialogue(Record):
    """One logged conversation with an agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="dialogues")
    held_on = models.DateField("datum", validators=[_not_before_2016])
    channel = models.CharField("sätt", max_length=10, choices=Channel, default=Channel.PHONE)
    phase = models.CharField("fas", max_length=12, choices=Phase, default=Phase.INFORMATION)
    contacts = models.ManyToManyField(Contact, verbose_name="med", related_name="dialogues", blank=True)
    notes = models.TextField(
        "vad sades", blank=True, validators=[MaxLengthValidator(LONGEST_NOTE), refuse_identity_numbers]
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="loggad av", related_name="dialogues", editable=False
    )

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
        return reverse("agencies:dialogue", args=[self.pk])


class NextStep(Record):
    """What is to be done next with an agency: always with an owner and a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="next_steps")
    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, verbose_name="dialog", related_name="next_steps", null=True, editable=False
    )
    what = models.CharField("nästa steg", max_length=200, validators=[refuse_identity_numbers])
    due_on = models.DateField("senast", validators=[_not_before_2016])
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
        return reverse("agencies:step", args=[self.pk])


class Obstacle(Record):
    """A noted reason why an agency cannot offer places."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="obstacles")
    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, verbose_name="dialog", related_name="obstacles", null=True, editable=False
    )
    kind = models.CharField("slag", max_length=20, choices=ObstacleKind)
    words = models.CharField("med ord", max_length=300, blank=True, validators=[refuse_identity_numbers])
    noted_on = models.DateField("noterat", validators=[_not_before_2016])
    resolved_on = models.DateField("löst", null=True, blank=True)

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
        return reverse("agencies:obstacle", args=[self.pk])
