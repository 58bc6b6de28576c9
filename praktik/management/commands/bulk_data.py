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


class _Bars:
    """A bar for each part of the work; where nobody watches, a line when it begins."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self._bar: Any = None

    def begin(self, what: str, parts: int) -> build.Told:
        """The next part begins; nothing is shown of one that has nothing to do."""
        self.close()
        if not parts:
            return lambda more: None
        label = f"{what:<8}" if self.file.isatty() else f"{what} ({parts}) …"
        self._bar = click.progressbar(length=parts, label=label, file=self.file)
        self._bar.__enter__()
        told: build.Told = self._bar.update
        return told

    def close(self) -> None:
        """The part that was begun is done, or has failed: its line ends, and the terminal has its cursor again."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None


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
        # Django's wrapper would end every piece of a bar with a new line.
        bars = _Bars(self.stdout._out)
        try:
            build.build(scale, bars.begin)
        except NotEmptyError as wrong:
            raise CommandError(f"{wrong} Inga påhittade uppgifter lades in.") from wrong
        except KeyboardInterrupt as wrong:
            raise CommandError("Avbrutet. Börja om med en tom databas.", returncode=130) from wrong
        finally:
            bars.close()
        self.stdout.write(f"Länet är inlagt {scale} gånger." if scale > 1 else "Länet är inlagt.")
