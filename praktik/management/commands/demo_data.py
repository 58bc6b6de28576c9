"""`manage.py demo_data`: the demonstration's made-up county."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from praktik.demo import build


class Command(BaseCommand):
    """Builds the demonstration once; a second run changes nothing."""

    help = "Lägger in demonstrationens påhittade myndigheter, personer och samtal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say that it is there. CommandError outside the demonstration and beside other data."""
        if not settings.DEMONSTRATION:
            raise CommandError("Den här installationen är ingen demonstration. Inga påhittade uppgifter lades in.")
        if build.is_built():
            self.stdout.write("Demonstrationen finns redan.")
            return
        try:
            build.build()
        except build.NotEmptyError as wrong:
            raise CommandError(f"{wrong} Inga påhittade uppgifter lades in.") from wrong
        self.stdout.write("Demonstrationen är inlagd.")
