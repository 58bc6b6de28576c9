"""What is sent by itself, besides letters: digests of what waits, and reminders of orders without an answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from placements.models import MatchingOrder
from reports.choices import NoticeKind, ReminderLevel


class Notice(models.Model):
    """One message, the same for all who get it. It goes the way of the letters (`Delivery`) and is kept for a while."""

    kind = models.CharField("slag", max_length=12, choices=NoticeKind)
    made_on = models.DateField("skriven", db_index=True)
    message = models.TextField("meddelande")
    """The message without what differs between the recipients (`reports.mail.compose`)."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="mottagare", related_name="digests", null=True
    )
    """Whose digest it is; nobody's, of a reminder."""

    class Meta:
        verbose_name = "avisering"
        verbose_name_plural = "aviseringar"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.DIGEST, user__isnull=False)
                | Q(kind=NoticeKind.REMINDER, user__isnull=True),
                name="notice_digest_is_somebodys",
            ),
            models.UniqueConstraint(fields=["user", "made_on"], name="notice_one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} {self.made_on.isoformat()}"


class Reminder(models.Model):
    """That an order was reminded of. Stays when its message is gone, so that none is sent twice."""

    # An order whose sending is undone never was, and nobody has been reminded of it.
    order = models.ForeignKey(MatchingOrder, models.CASCADE, verbose_name="order", related_name="reminders")
    level = models.PositiveSmallIntegerField("nivå", choices=ReminderLevel)
    since = models.DateField("väntar sedan")
    """The day from which the order waited: after a reply to the office's question it is counted anew."""
    on = models.DateField("påmind")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="reminders", null=True
    )
    """Who asked for it; None when it was time for it."""
    notice = models.ForeignKey(Notice, models.SET_NULL, verbose_name="meddelande", related_name="reminders", null=True)
    """The message, which may tell of several orders; None when it is kept no longer."""

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "since", "level"],
                name="reminder_each_level_once",
                condition=~Q(level=ReminderLevel.BY_HAND),
            ),
            models.UniqueConstraint(
                fields=["order", "on"], name="reminder_by_hand_once_a_day", condition=Q(level=ReminderLevel.BY_HAND)
            ),
            models.CheckConstraint(condition=Q(level__in=ReminderLevel.values), name="reminder_level_known"),
            models.CheckConstraint(
                condition=Q(level=ReminderLevel.BY_HAND, by__isnull=False)
                | (~Q(level=ReminderLevel.BY_HAND) & Q(by__isnull=True)),
                name="reminder_by_hand_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.on.isoformat()}"
