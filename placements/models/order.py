"""Orders to the offices to find people, and what the offices answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, Contact, Office
from agencies.validators import FIRST_DAY, not_before_2016
from placements.choices import AnswerKind, Computer, Licence, Requirement, SwedishLevel
from placements.querysets import MatchingOrderQuerySet
from placements.validators import free_text
from praktik.addresses import address
from praktik.identity import refuse_identity_numbers
from praktik.records import Record


class MatchingOrder(Record):
    """The request to one office to find people for one or more agreed places of one agency, with the profile."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="orders", editable=False)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="kontor", related_name="orders")
    sent_on = models.DateField("skickad", validators=[not_before_2016])
    answer_by = models.DateField("svar senast", help_text="Den dag då kontoret ska ha svarat.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skickad av", related_name="orders", editable=False
    )
    recalled_on = models.DateField("återtagen", null=True, editable=False)

    duties = models.TextField("arbetsuppgifter", validators=free_text)
    occupation = models.CharField("yrke", max_length=100, blank=True, validators=[refuse_identity_numbers])
    hours = models.CharField(
        "omfattning",
        max_length=100,
        blank=True,
        validators=[refuse_identity_numbers],
        help_text="Till exempel: heltid, eller 75 % på förmiddagar.",
    )
    swedish = models.CharField("svenska", max_length=10, choices=SwedishLevel, default=SwedishLevel.SPEAK)
    licence = models.CharField("körkort", max_length=10, choices=Licence, default=Licence.NONE)
    computer = models.CharField("datorvana", max_length=10, choices=Computer, default=Computer.NONE)
    citizenship = models.BooleanField("svenskt medborgarskap krävs", default=False)
    vetting = models.BooleanField("säkerhetsprövning krävs", default=False)
    tutor = models.ForeignKey(
        Contact, models.PROTECT, verbose_name="handledare", related_name="tutored_orders", null=True, blank=True
    )
    start_on = models.DateField("önskad start", null=True, blank=True)
    prepared = models.TextField("det här har myndigheten förberett", blank=True, validators=free_text)
    expects = models.TextField("det här väntar sig myndigheten", blank=True, validators=free_text)

    hard_since = models.DateField("svårmatchad sedan", null=True, editable=False)
    blocked_by = models.CharField("hindras av", max_length=12, choices=Requirement, blank=True, editable=False)
    blocked_words = models.CharField(
        "hindret med ord", max_length=200, blank=True, editable=False, validators=[refuse_identity_numbers]
    )

    objects: ClassVar = MatchingOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "matchningsuppdrag"
        verbose_name_plural = "matchningsuppdrag"
        ordering = ["-sent_on", "-pk"]
        indexes = [
            models.Index(fields=["office", "-sent_on"], name="order_office_latest"),
            models.Index(fields=["hard_since"], name="order_hard", condition=Q(hard_since__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sent_on__gte=FIRST_DAY), name="order_from_2016"),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("sent_on")),
                name="order_answered_after_sent",
                violation_error_message="Svaret kan inte väntas före dagen då ordern skickas.",
            ),
            models.CheckConstraint(condition=~Q(duties=""), name="order_says_duties"),
            models.CheckConstraint(condition=Q(swedish__in=SwedishLevel.values), name="order_swedish_known"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="order_licence_known"),
            models.CheckConstraint(condition=Q(computer__in=Computer.values), name="order_computer_known"),
            models.CheckConstraint(
                condition=Q(hard_since__isnull=True, blocked_by="", blocked_words="")
                | Q(hard_since__isnull=False, hard_since__gte=F("sent_on"), blocked_by__in=Requirement.values),
                name="order_hard_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(blocked_by=Requirement.OTHER) | ~Q(blocked_words=""), name="order_other_in_words"
            ),
            models.CheckConstraint(
                condition=Q(recalled_on__isnull=True) | Q(recalled_on__gte=F("sent_on")),
                name="order_recalled_after_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"Order till {self.office} {self.sent_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The order's page."""
        return address("placements:order", self.pk)

    @property
    def obstacle(self) -> str:
        """What blocks a hard-to-match order, in words; empty when it is not flagged."""
        if self.blocked_by == Requirement.OTHER:
            return self.blocked_words
        label = str(self.get_blocked_by_display())
        return f"{label}: {self.blocked_words}" if self.blocked_words else label


class OrderAnswer(Record):
    """What one office says to an order; a question in it is replied to by the coordinator."""

    order = models.ForeignKey(MatchingOrder, models.PROTECT, verbose_name="order", related_name="answers")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="kontor", related_name="answers")
    on = models.DateField("datum", validators=[not_before_2016])
    kind = models.CharField("svar", max_length=20, choices=AnswerKind)
    text = models.TextField("med ord", blank=True, validators=free_text)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="order_answers", editable=False
    )
    reply = models.TextField("koordinatorns svar", blank=True, editable=False, validators=free_text)
    replied_on = models.DateField("besvarad", null=True, editable=False)

    class Meta:
        verbose_name = "svar på order"
        verbose_name_plural = "svar på order"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AnswerKind.values), name="answer_kind_known"),
            models.CheckConstraint(condition=Q(on__gte=FIRST_DAY), name="answer_from_2016"),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.MORE_INFORMATION) | ~Q(text=""),
                name="answer_asks_in_words",
                violation_error_message="Skriv vad ni behöver veta.",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, reply="")
                | (
                    Q(replied_on__isnull=False, replied_on__gte=F("on"), kind=AnswerKind.MORE_INFORMATION)
                    & ~Q(reply="")
                ),
                name="answer_reply_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Where it is read: on its order's page."""
        return f"{address('placements:order', self.order_id)}#svar-{self.pk}"
