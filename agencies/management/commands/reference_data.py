"""`manage.py reference_data`: the county's municipalities, offices and agencies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from agencies import reference


class Command(BaseCommand):
    """Adds what is missing and says how much that was; may be run again at any time."""

    help = "Lägger in länets kommuner, kontor och myndigheter. Det som redan finns ändras inte."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the reference data; CommandError when it cannot live beside what is stored."""
        try:
            added = reference.load()
        except ValidationError as wrong:
            raise CommandError(f"Inget lades till. {' '.join(wrong.messages)}") from wrong
        if added:
            self.stdout.write(
                f"Lade till {_number(added.municipalities, 'kommun', 'kommuner')}, "
                f"{_number(added.offices, 'kontor', 'kontor')} och "
                f"{_number(added.agencies, 'myndighet', 'myndigheter')}."
            )
        else:
            self.stdout.write("Kommunerna, kontoren och myndigheterna finns redan. Inget ändrades.")


def _number(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
