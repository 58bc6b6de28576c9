"""What may stand in a field? Rules that models, forms and verbs share."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator

from praktik.identity import refuse_identity_numbers

LONGEST_TEXT = 2_000  # characters of a reason, a note or an answer
MOST_PLACES = 50  # in one agreement: more is a slip of the key
FOLLOWED_UP_AFTER = timedelta(days=90)  # domain description, "Ninety days after"
HARD_AFTER = timedelta(days=28)  # an order without a start is then proposed as hard to match
ANSWERED_WITHIN = timedelta(days=14)  # the day proposed for an office's answer
ACCEPTED_WITHIN = timedelta(days=7)  # the day proposed for an office to take a handover
STEP_WITHIN = timedelta(days=14)  # the day proposed for a next step that has no day of its own
LONGEST_PLACE = 60  # months that any programme may allow

free_text: list[Callable[[Any], None]] = [MaxLengthValidator(LONGEST_TEXT), refuse_identity_numbers]
percent = [MinValueValidator(1), MaxValueValidator(100)]
months = [MinValueValidator(1), MaxValueValidator(LONGEST_PLACE)]


def last_day_of(first: date, number: int) -> date:
    """The last day of a period of so many months: six months from 2018-01-15 end on 2018-07-14.

    Where the month has no such day it ends with the month: six months from 2018-08-31 end on 2019-02-28.
    """
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    month += 1
    longest = calendar.monthrange(year, month)[1]
    if first.day > longest:
        return date(year, month, longest)
    return date(year, month, first.day) - timedelta(days=1)
