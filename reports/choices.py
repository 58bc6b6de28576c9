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
