"""Telephone numbers, as people write them."""

from django.core.validators import RegexValidator

phone_number = RegexValidator(r"^[+0][0-9 ()/-]{4,28}$", "Skriv telefonnumret med siffror, till exempel 0611-555 01.")
