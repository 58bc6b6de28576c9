"""No participant's identity, ever: free text that holds a personal identity number is refused.

Rule: domain description, "No participant identity, ever". A number counts when its date is valid and its
check digit is right (Folkbokföringslagen 1991:481, section 18); a coordination number has 60 added to the day.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from stdnum import luhn
from stdnum.se import personnummer

# Year, month and day, with the same sign between them or none, as a telephone number has not; then four digits,
# after a hyphen or plus, a blank, or a sign without one; not followed as the year of a date is.
_CANDIDATE = re.compile(
    r"(?<!\d)(?:\d{2})?\d{2}(?P<sign>[-. ]?)\d{2}(?P=sign)\d{2}"
    r"(?:[ \t]*[-+]\s*|[.:/]|[ \t]*)\d{2} ?\d{2}(?!\d|[-.]\d\d)"
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def _is_identity_number(digits: str) -> bool:
    if not luhn.is_valid(digits[-10:]):
        return False
    day = int(digits[-6:-4])
    if day > 60:
        digits = f"{digits[:-6]}{day - 60:02d}{digits[-4:]}"
    try:
        personnummer.get_birth_date(digits)
    except ValueError:
        return False
    return True


def identity_numbers(text: str) -> Iterator[str]:
    """The personal identity numbers and coordination numbers written in a text, as they stand there."""
    plain = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in unicodedata.normalize("NFKC", text).translate(_DASHES)
        if unicodedata.category(letter) != "Cf"
    )
    for match in _CANDIDATE.finditer(plain):
        if _is_identity_number(re.sub(r"\D", "", match.group())):
            yield match.group()


def refuse_identity_numbers(value: str) -> None:
    """Validator of every free-text field; raises ValidationError that says which number and why."""
    for number in identity_numbers(value):
        raise ValidationError(
            "Texten innehåller ett personnummer eller samordningsnummer (%(number)s). Praktik sparar aldrig vem "
            "någon är. Ta bort numret. Är det ett telefonnummer, skriv det med bindestreck efter riktnumret.",
            code="identity_number",
            params={"number": f"{number.strip()[:6]}…"},
        )
