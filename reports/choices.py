"""What can it be? The enumerations of the reports' room."""

from django.db import models


class Basis(models.TextChoices):
    """Which year is counted: the county's, or the one that Statskontoret measures (domain description, "Years")."""

    CALENDAR = "calendar", "kalenderår"
    MEASURING = "measuring", "mätår"


class Standing(models.TextChoices):
    """What has become of a monthly report."""

    DRAFT = "draft", "utkast"
    PUBLISHED = "published", "publicerad"
    WITHDRAWN = "withdrawn", "tillbakadragen"


class LetterKind(models.TextChoices):
    """To whom a letter goes: the employment offices, or the agencies (domain description, Letter)."""

    WEEKLY = "weekly", "veckobrev"
    NEWSLETTER = "newsletter", "nyhetsbrev"


class LetterPart(models.TextChoices):
    """What a letter can tell, by its headings."""

    CHANGES = "changes", "Nytt sedan sist"
    HARD = "hard", "Svårmatchade order: hjälp till från hela länet"
    COMING = "coming", "På väg"
    ONGOING = "ongoing", "Pågår just nu"
    FIGURES = "figures", "Så här långt har vi kommit tillsammans"
    EXAMPLE = "example", "Ett gott exempel"
    MEETINGS = "meetings", "På gång"
    NOTICES = "notices", "Notiser"


PARTS: dict[str, tuple[LetterPart, ...]] = {
    LetterKind.WEEKLY: (
        LetterPart.CHANGES,
        LetterPart.HARD,
        LetterPart.COMING,
        LetterPart.ONGOING,
        LetterPart.NOTICES,
    ),
    LetterKind.NEWSLETTER: (LetterPart.FIGURES, LetterPart.EXAMPLE, LetterPart.MEETINGS, LetterPart.NOTICES),
}
"""The parts of each kind of letter, in the order in which a new one has them."""


class DeliveryState(models.TextChoices):
    """How far a letter has come to one address. Never stored: it follows from what is known of the delivery."""

    QUEUED = "queued", "väntar"
    SENT = "sent", "skickat"
    FAILED = "failed", "misslyckades"


class NoticeKind(models.TextChoices):
    """What is sent by itself, besides letters."""

    DIGEST = "digest", "mejl om det som väntar"
    REMINDER = "reminder", "påminnelse om order"


class ReminderLevel(models.IntegerChoices):
    """Who is reminded of an order without an answer: by itself, after so many working days, or when somebody asks."""

    BY_HAND = 0, "Påminnelse till hela kontoret"
    OFFICE = 5, "Påminnelse till kontoret"
    EVERYBODY = 10, "Påminnelse till alla på kontoret"
    COORDINATOR = 15, "Påminnelse till koordinatorn"
