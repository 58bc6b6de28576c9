"""What may stand in a field? Rules that models, forms and verbs share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator

from agencies.validators import FIRST_DAY
from praktik.identity import refuse_identity_numbers

MOST_PLACES = 10_000  # no county has anything like it in a year: a slip of the key
LAST_YEAR = 2099
LONGEST_WORDS = 10_000  # characters of a month's words

comment: list[Callable[[Any], None]] = [MaxLengthValidator(LONGEST_WORDS), refuse_identity_numbers]
target_year = [
    MinValueValidator(FIRST_DAY.year, f"Uppdragen började {FIRST_DAY.year}. Välj det året eller ett senare."),
    MaxValueValidator(LAST_YEAR, f"Välj ett år till och med {LAST_YEAR}."),
]
target_number = [
    MinValueValidator(0, "Ett mål kan inte vara negativt."),
    MaxValueValidator(MOST_PLACES, f"Så många platser har inget län. Högst {MOST_PLACES}."),
]


def first_of_month(day: date) -> None:
    """Validator: a month is told by its first day."""
    if day.day != 1:
        raise ValidationError("En månad anges med sin första dag.", code="not_first")


def monday(day: date) -> None:
    """Validator: a week is told by its Monday."""
    if day.weekday():
        raise ValidationError("En vecka anges med sin måndag.", code="not_monday")
