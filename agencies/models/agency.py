"""Agencies and their people."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q

from agencies.choices import ContactRole
from agencies.models.county import Municipality
from agencies.querysets import AgencyQuerySet, ContactQuerySet
from agencies.validators import LONGEST_NOTE, not_before_2016, refuse_wrong_organisation_number
from praktik.addresses import address
from praktik.identity import refuse_identity_numbers
from praktik.phones import phone_number
from praktik.records import Record
from praktik.swedish import SWEDISH


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
        ]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="agency_has_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The agency's page."""
        return address("agencies:agency", self.pk)


class Contact(Record):
    """A person at an agency. Marked as gone, never deleted."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="contacts")
    name = models.CharField("namn", max_length=100, db_collation=SWEDISH, validators=[refuse_identity_numbers])
    title = models.CharField("titel", max_length=100, blank=True, validators=[refuse_identity_numbers])
    role = models.CharField("roll", max_length=10, choices=ContactRole, default=ContactRole.OTHER)
    unit = models.CharField("enhet", max_length=100, blank=True, validators=[refuse_identity_numbers])
    email = models.EmailField("e-postadress", blank=True, db_collation=SWEDISH, validators=[refuse_identity_numbers])
    phone = models.CharField("telefon", max_length=30, blank=True, validators=[phone_number, refuse_identity_numbers])
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="contacts", null=True, blank=True
    )
    newsletter = models.BooleanField(
        "får nyhetsbrev",
        default=True,
        help_text="Nyhetsbrevet går till myndigheternas kontakter. Ta bort kryssrutan för den som har avböjt.",
    )
    left_on = models.DateField(
        "slutade",
        null=True,
        blank=True,
        validators=[not_before_2016],
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
        return address("agencies:contact", self.pk)

    def has_left(self, *, on: date) -> bool:
        """Whether the person is gone on that day; `left_on` is the first day without them."""
        return self.left_on is not None and self.left_on <= on
