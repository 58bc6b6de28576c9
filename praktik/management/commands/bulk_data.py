"""`manage.py bulk_data`: a county of any size, for measuring how fast the pages are."""

from argparse import ArgumentTypeError
from typing import Any

import click
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from praktik.bulk import build
from praktik.demo.build import NotEmptyError


def _scale(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= build.LARGEST:
        raise ArgumentTypeError(f"storleken är ett tal från 1 till {build.LARGEST}")
    return int(text)


class Command(BaseCommand):
    """Fills an empty database: scale 1 is a county, scale 200 has two hundred times as much of everything."""

    help = "Fyller en tom databas med ett påhittat län, så många gånger om som man ber om."

    def add_arguments(self, parser: CommandParser) -> None:
        """How large."""
        parser.add_argument("--scale", type=_scale, default=1, help="hur många gånger ett län (%(default)s)")

    def handle(self, *args: Any, scale: int, **options: Any) -> None:
        """Fill, with a bar. CommandError outside the demonstration, and when anything is there already."""
        if not settings.DEMONSTRATION:
            raise CommandError("Den här installationen är ingen demonstration. Inga påhittade uppgifter lades in.")
        bar: Any = None

        def tell(what: str, parts: int) -> build.Told:
            nonlocal bar
            close()
            bar = click.progressbar(length=parts, label=f"{what:<32}", file=getattr(self.stdout, "_out", None))
            bar.__enter__()
            return bar.update

        def close() -> None:
            if bar is not None:
                bar.render_finish()

        try:
            build.build(scale, tell)
        except NotEmptyError as wrong:
            raise CommandError(f"{wrong} Inga påhittade uppgifter lades in.") from wrong
        finally:
            close()
        self.stdout.write(f"Länet är inlagt {scale} gånger." if scale > 1 else "Länet är inlagt.")
