"""What may stand in a field? Rules that models and forms share."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from praktik import clock

# The assignments began in 2016 (domain description, "The story").
FIRST_DAY = date(2016, 1, 1)
LONGEST_NOTE = 10_000  # characters
FURTHEST_AHEAD = timedelta(days=3 * 365)
not_before_2016 = MinValueValidator(FIRST_DAY, "Datumet kan inte vara före 2016-01-01.")
not_before_2016.code = "too_early"  # of its own, or the forms' words about small numbers take its place


def refuse_wrong_organisation_number(value: str) -> None:
    """Validator: ten digits with the right check digit (python-stdnum)."""
    try:
        orgnr.validate(value)
    except NumberError as wrong:
        raise ValidationError(
            "Organisationsnumret stämmer inte. Kontrollera siffrorna; det skrivs som 202100-2742.", code="organisation"
        ) from wrong


def not_yet(day: date) -> str:
    """Why something cannot have happened on this day: it has not come. Empty when it can."""
    return "Dagen har inte varit än. Välj i dag eller tidigare." if day > clock.today() else ""


def out_of_reach(day: date) -> str:
    """Why nothing can be planned for this day: it has been, or is too far ahead. Empty when it can."""
    if day < clock.today():
        return "Dagen har redan varit. Välj i dag eller senare."
    if day > clock.today() + FURTHEST_AHEAD:
        return "Dagen ligger mer än tre år fram."
    return ""
