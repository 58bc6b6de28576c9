"""Programmes and target groups: rows, so that the next programme needs no code."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from placements.choices import ProgrammeKind
from placements.querysets import ProgrammeQuerySet
from placements.validators import last_day_of, months
from praktik.identity import refuse_identity_numbers
from praktik.records import Record
from praktik.swedish import SWEDISH


class TargetGroup(Record):
    """A group of people that programmes are for: newly arrived, disability, long-term unemployed."""

    code = models.SlugField("kod", max_length=30, unique=True, validators=[refuse_identity_numbers])
    name = models.CharField(
        "namn",
        max_length=60,
        unique=True,
        db_collation=SWEDISH,
        validators=[refuse_identity_numbers],
        help_text="I flertal, som det ska läsas i en lista: nyanlända.",
    )

    class Meta:
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Programme(Record):
    """An arrangement that a place belongs to, with its rules (domain description, "Programme rules are data")."""

    code = models.CharField(
        "förkortning", max_length=12, unique=True, db_collation=SWEDISH, validators=[refuse_identity_numbers]
    )
    name = models.CharField(
        "namn", max_length=80, unique=True, db_collation=SWEDISH, validators=[refuse_identity_numbers]
    )
    kind = models.CharField("praktik eller anställning", max_length=10, choices=ProgrammeKind)
    target_groups = models.ManyToManyField(TargetGroup, verbose_name="målgrupper", related_name="programmes")
    months_per_decision = models.PositiveSmallIntegerField("högst månader per beslut", validators=months)
    months_in_all = models.PositiveSmallIntegerField("högst månader sammanlagt", validators=months)
    first_day = models.DateField(
        "första dag", null=True, blank=True, help_text="Tidigast den dagen kan en plats starta."
    )
    last_day = models.DateField(
        "sista dag",
        null=True,
        blank=True,
        help_text="Senast den dagen kan en plats starta eller en förlängning beslutas.",
    )
    position = models.PositiveSmallIntegerField("ordning", default=100, help_text="Lägst nummer står först.")

    _history_m2m_fields = ["target_groups"]
    objects: ClassVar = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="programme_has_code"),
            models.CheckConstraint(condition=Q(kind__in=ProgrammeKind.values), name="programme_kind_known"),
            models.CheckConstraint(
                condition=Q(months_per_decision__gte=1, months_per_decision__lte=F("months_in_all")),
                name="programme_months_in_order",
                violation_error_message="Ett beslut kan inte vara längre än hela tiden, och minst en månad.",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="programme_days_in_order",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def why_not_on(self, day: date, what: str) -> str:
        """Why nothing may start or be decided that day; empty when it may. `what` begins the sentence: "En start"."""
        if self.first_day and day < self.first_day:
            return f"{what} {day} går inte: {self.code} finns från och med {self.first_day}."
        if self.last_day and day > self.last_day:
            return f"{what} {day} går inte: sista dag för nya beslut i {self.code} är {self.last_day}."
        return ""

    def last_day_of_decision(self, first: date) -> date:
        """The last day that one decision may reach when it begins on that day."""
        return last_day_of(first, self.months_per_decision)

    def last_day_in_all(self, started_on: date) -> date:
        """The last day that a place may reach, extensions and all."""
        return last_day_of(started_on, self.months_in_all)
