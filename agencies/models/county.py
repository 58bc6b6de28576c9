"""The county's ground: its municipalities, and Arbetsförmedlingen's offices in them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from agencies.querysets import OfficeQuerySet
from praktik.addresses import address
from praktik.identity import refuse_identity_numbers
from praktik.records import Record
from praktik.swedish import SWEDISH


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
        settings.AUTH_USER_MODEL,
        verbose_name="handläggare",
        related_name="offices",
        blank=True,
        limit_choices_to={"role": "case_officer"},
    )
    letter_email = models.EmailField("adress för brev", blank=True, validators=[refuse_identity_numbers])
    closed_on = models.DateField("stängt från", null=True, blank=True)

    _history_m2m_fields = ["municipalities", "officers"]
    objects: ClassVar = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "arbetsförmedlingskontor"
        verbose_name_plural = "arbetsförmedlingskontor"
        ordering = ["name"]
        permissions = [("address_office", "Kan ange kontorens adress för brev")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The office's page."""
        return address("agencies:office", self.pk)

    def has_closed(self, *, on: date) -> bool:
        """Whether the office is closed on that day; `closed_on` is the first day closed."""
        return self.closed_on is not None and self.closed_on <= on


def in_short(office: str) -> str:
    """An office's name where there is little room: its town says enough."""
    return office.replace("Arbetsförmedlingen", "Af")
