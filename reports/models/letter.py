"""Letters: the weekly one to the employment offices and the newsletter to the agencies, and who was sent them."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from agencies.choices import ContactRole
from agencies.models import Contact, Office
from agencies.validators import FIRST_DAY, not_before_2016
from placements.validators import free_text
from praktik.addresses import address
from praktik.identity import refuse_identity_numbers
from praktik.records import Record
from praktik.swedish import SWEDISH
from reports.choices import DeliveryState, LetterKind, LetterPart
from reports.models.notice import Notice
from reports.periods import every, week_in_words
from reports.querysets import DeliveryQuerySet, LetterQuerySet
from reports.validators import comment, monday

_MARKDOWN = "Tom rad mellan stycken, **fetstil**, och streck först på raden i listor."


class Letter(Record):
    """What the coordinator writes and chooses. The figures of a draft are those of the day; see `LetterCopy`."""

    kind = models.CharField("slag", max_length=12, choices=LetterKind, editable=False)
    week = models.DateField("vecka", validators=[not_before_2016, monday])
    """Its Monday."""
    intro = models.TextField("inledning", blank=True, validators=comment, help_text=_MARKDOWN)
    notices = models.TextField("notiser", blank=True, validators=comment, help_text=_MARKDOWN)
    example = models.TextField(
        "ett gott exempel",
        blank=True,
        validators=comment,
        help_text="Vad en myndighet har gjort, så att andra kan göra likadant. Inget om vem som är på plats.",
    )
    quote = models.TextField("citat", blank=True, validators=free_text)
    quoted = models.CharField(
        "vem som säger det",
        max_length=150,
        blank=True,
        validators=[refuse_identity_numbers],
        help_text="Till exempel: enhetschefen på Skatteverket i Härnösand. Aldrig den som är på plats.",
    )
    meetings = models.TextField("på gång", blank=True, validators=comment, help_text="Kommande träffar. " + _MARKDOWN)
    parts = models.JSONField("delar", default=list, editable=False)
    """Pairs of a part and whether it is shown, in the order of the letter."""
    roles = models.JSONField("roller", default=list, editable=False)
    """The contacts' roles that a newsletter goes to."""
    left_out = models.JSONField("får inte brevet", default=dict, editable=False)
    """Office, by its key, and the addresses of those who do not read a weekly letter for it this time."""
    added = models.JSONField("extra mottagare", default=dict, editable=False)
    """Office, by its key, and an address that its letter goes to this time."""
    sent_at = models.DateTimeField("skickat", null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="skickat av",
        related_name="sent_letters",
        null=True,
        editable=False,
    )
    register_number = models.CharField(
        "diarienummer",
        max_length=50,
        blank=True,
        editable=False,
        validators=[refuse_identity_numbers],
    )

    objects: ClassVar = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ["-week", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "week"],
                name="letter_once_a_week",
                violation_error_message="Det finns redan ett brev för den veckan.",
            ),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(condition=Q(week__gte=FIRST_DAY), name="letter_from_2016"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(register_number="") | Q(sent_at__isnull=False), name="letter_registered_once_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} {week_in_words(self.week)}"

    @staticmethod
    def listed(field: str, value: Any) -> str:
        """What one of the list fields holds, in words, as the history tells it."""
        if field == "parts":
            return ", ".join(f"{LetterPart(part).label}{'' if shown else ' (dold)'}" for part, shown in value)
        if field == "roles":
            return ", ".join(str(ContactRole(role).label) for role in value)
        if field == "left_out":
            return ", ".join(address for addresses in value.values() for address in addresses)
        return ", ".join(value.values())

    def get_absolute_url(self) -> str:
        """Where it is read; a draft, where it is written."""
        return address("reports:letter" if self.sent_at else "reports:letter-draft", self.pk)


class LetterCopy(models.Model):
    """A letter as it was sent. Written once, never changed."""

    letter = models.OneToOneField(Letter, models.PROTECT, verbose_name="brev", related_name="copy")
    content = models.JSONField("innehåll")
    """What it told (`reports.letters.Content.as_json`)."""
    text = models.TextField("text", db_collation=SWEDISH)
    """The same in plain text, as it was sent; the archive is searched in it."""
    message = models.TextField("meddelande")
    """The message without what differs between the recipients (`reports.mail.compose`)."""
    deeds_until = models.BigIntegerField("händelser till och med")
    """The number of the latest deed that was known: what was done after it is news to the next letter."""
    deeds_unseen = models.JSONField("händelser som inte syntes", default=list)
    """Lower numbers that were not to be seen then: somebody may still have been storing them."""

    class Meta:
        verbose_name = "skickat brev"
        verbose_name_plural = "skickade brev"

    def __str__(self) -> str:
        return str(self.letter)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises TypeError when it is stored already: what was sent never changes."""
        if not self._state.adding:
            raise TypeError("A letter that was sent never changes")
        super().save(*args, **kwargs)


class Delivery(models.Model):
    """The sending of a letter, or of a notice, to one address."""

    letter = models.ForeignKey(Letter, models.PROTECT, verbose_name="brev", related_name="deliveries", null=True)
    notice = models.ForeignKey(Notice, models.CASCADE, verbose_name="avisering", related_name="deliveries", null=True)
    address = models.EmailField("adress")
    """In lower case."""
    name = models.CharField("namn", max_length=200)
    """Who it was, in words that stay: an officer, an office, a contact with the agency."""
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="kontor", related_name="deliveries", null=True)
    contact = models.ForeignKey(
        Contact, models.PROTECT, verbose_name="kontaktperson", related_name="deliveries", null=True
    )
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    tries = models.PositiveSmallIntegerField("försök", default=0)
    next_at = models.DateTimeField("nästa försök", null=True)
    """Not before; None when it is sent, or not to be tried any more."""
    sent_at = models.DateTimeField("skickat", null=True)
    answer = models.TextField("mejlserverns svar", blank=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        ordering = ["pk"]
        indexes = [models.Index(fields=["next_at"], name="delivery_to_send", condition=Q(next_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(fields=["letter", "address"], name="delivery_once_to_an_address"),
            models.UniqueConstraint(fields=["notice", "address"], name="delivery_of_notice_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=False, notice__isnull=True) | Q(letter__isnull=True, notice__isnull=False),
                name="delivery_of_letter_or_notice",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(next_at__isnull=True), name="delivery_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True) | Q(contact__isnull=True), name="delivery_to_office_or_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter or self.notice} till {self.name}"

    @property
    def state(self) -> DeliveryState:
        """How far it has come."""
        if self.sent_at:
            return DeliveryState.SENT
        return DeliveryState.QUEUED if self.next_at else DeliveryState.FAILED


class LetterInterval(Record):
    """How often a kind of letter is to be sent."""

    kind = models.CharField("slag", max_length=12, choices=LetterKind, unique=True, editable=False)
    weeks = models.PositiveSmallIntegerField(
        "veckor mellan breven",
        validators=[
            MinValueValidator(1, "Minst en vecka."),
            MaxValueValidator(26, "Högst 26 veckor: ett brev i halvåret."),
        ],
    )

    class Meta:
        verbose_name = "brevtakt"
        verbose_name_plural = "brevtakter"
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=26), name="interval_in_range"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="interval_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} {every(self.weeks)}"
