"""`manage.py demo`: the whole demonstration, from nothing to a site one can log in to."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from praktik import clock
from praktik.demo import running
from praktik.demo.build import LOGINS


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError("porten är ett tal från 1 till 65535")
    return int(text)


class Command(BaseCommand):
    """Prepares the database and the static files, runs website and worker, and stops both when told to."""

    help = "Startar demonstrationen: databas, påhittade uppgifter, webbplats och bakgrundsarbete. Avsluta med Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--port", type=_port, default=8000, help="port att lyssna på (%(default)s)")
        parser.add_argument("--host", default="127.0.0.1", help="adress att lyssna på (%(default)s)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Run until stopped. CommandError outside the demonstration, on a taken port, or when a process dies."""
        if not settings.DEMONSTRATION:
            raise CommandError("Den här installationen är ingen demonstration, så den startas inte som en.")
        try:
            running.refuse_taken_port(host, port)
            with running.interruptible():
                self._prepare()
                self._run(host, port)
        except running.RunningError as wrong:
            raise CommandError(str(wrong)) from wrong
        except KeyboardInterrupt:
            self._say("\nDemonstrationen är stoppad.")

    def _prepare(self) -> None:
        self._say("Förbereder databasen …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("demo_data", stdout=self.stdout)
        self._say("Förbereder sidornas filer …")
        call_command("collectstatic", interactive=False, verbosity=0)

    def _run(self, host: str, port: int) -> None:
        self._say("Startar …")
        with running.Processes(settings.VAR_DIR / "demo.log", running.environment(host, port)) as processes:
            processes.start("Webbplatsen", running.website(host, port))
            processes.start("Bakgrundsarbetet", running.worker())
            processes.wait_for(lambda: running.answers(host, port))
            self._say(_welcome(running.address(host, port)))
            processes.watch()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _welcome(address: str) -> str:
    logins = "\n".join(f"  {role.label:<12} {email:<24} {name}" for email, name, role in LOGINS)
    return f"""
Demonstrationen är igång.

  Adress       {address}
  Lösenord     {settings.DEMONSTRATION_PASSWORD} (samma för alla tre)

{logins}

Dagens datum i demonstrationen är {clock.today().isoformat()}. Personer och samtal är påhittade.
Brev som skickas läggs i {settings.VAR_DIR / "mail"}
Avsluta med Ctrl-C.
"""
