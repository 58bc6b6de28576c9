#!/usr/bin/env python3
"""Everything that is checked before a change is taken in; `make test` calls it.

    python scripts/test.py               all parts, in order, until one fails
    python scripts/test.py --only lint   one part: lint, sqlite, postgresql or browser
    python scripts/test.py tests/house   the tests of a path on SQLite, without the rest

What cannot be run because Chromium or PostgreSQL is missing is told at the end; with CI=true it is a failure.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from private_postgres import NoPostgres, leave_in_order, private_postgres, run

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
PARALLEL = ["-n", "2", "--dist", "loadgroup"]
# On the server that the parts share: the databases stay, and the next part finds them with all migrations in them.
MIGRATED = ["--reuse-db"]
# Named here so that neither the environment nor a .env file sends the tests to another database.
SQLITE = f"sqlite:///{ROOT / 'var' / 'tests.sqlite3'}"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What was started for several parts, until the last of them is done.
SHARED = ExitStack()
LINT = (
    ["ruff", "check"],
    ["ruff", "format", "--check"],
    ["djlint", "--lint", "--quiet", "templates"],
    ["mypy"],
    ["lint-imports", "--no-logo"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
)


class LeftOut(Exception):
    """A part that this machine cannot run; the message says what is missing."""


@dataclass
class Report:
    """What was run, how it went and how long it took."""

    lines: list[tuple[str, str, float]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: bool = False

    def part(self, name: str, work: Callable[[], bool]) -> None:
        """Run one part, unless an earlier one failed."""
        if self.failed:
            self.lines.append((name, "not run", 0))
            return
        print(f"\n──── {name} ────", flush=True)
        began = time.monotonic()
        try:
            passed = work()
        except LeftOut as reason:
            self.left_out.append(f"{name}: {reason}")
            self.lines.append((name, "LEFT OUT", 0))
            return
        self.failed = not passed
        self.lines.append((name, "passed" if passed else "FAILED", time.monotonic() - began))

    def close(self) -> int:
        """Print the summary; the exit code."""
        print("\n──── Summary ────")
        for name, outcome, seconds in self.lines:
            print(f"{name:<12} {outcome:<9} {seconds:6.1f} s" if seconds else f"{name:<12} {outcome}")
        if self.left_out:
            print("\n" + "!" * 78)
            print("!! NOT EVERYTHING WAS CHECKED. Left out on this machine:")
            for line in self.left_out:
                print(f"!!   {line}")
            print("!" * 78)
        strict = os.environ.get("CI", "").lower() in ("1", "true")
        if self.left_out and strict:
            print("CI is set, and there everything has to be checked: this is a failure.")
        sys.stdout.flush()
        return 1 if self.failed or (self.left_out and strict) else 0


def _call(command: list[str], **environment: str) -> bool:
    print("$", " ".join(Path(command[0]).name if number == 0 else word for number, word in enumerate(command)))
    sys.stdout.flush()
    return run(command, {**os.environ, "DJANGO_SETTINGS_MODULE": "praktik.settings.test", **environment}) == 0


def _tests(*arguments: str, **environment: str) -> bool:
    return _call([*PYTEST, *arguments], **environment)


def lint() -> bool:
    """Every reader of the code that does not run it; all of them have their say."""
    return all([_call([str(BIN / program), *rest]) for program, *rest in LINT])


def sqlite() -> bool:
    """Everything but the browser, on SQLite."""
    return _tests(*PARALLEL, "-m", "not browser", DATABASE_URL=SQLITE)


@cache
def own_postgres() -> str:
    """The address of a PostgreSQL of our own, started for the first part that asks. Raises NoPostgres."""
    return SHARED.enter_context(private_postgres())


def postgresql() -> bool:
    """The same on a PostgreSQL of our own, without what has nothing to do with the database."""
    try:
        address = own_postgres()
    except NoPostgres as missing:
        raise LeftOut(missing) from missing
    return _tests(*PARALLEL, *MIGRATED, "-m", "not browser and (not once or both)", DATABASE_URL=address)


def chromium() -> str:
    """The browser's program. Raises LeftOut when there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        raise LeftOut("No Chromium is installed (Debian: apt install chromium).")
    return found


def browser() -> bool:
    """The tests that drive a real browser; on PostgreSQL where there is one."""
    program = chromium()
    try:
        address, on = own_postgres(), MIGRATED
    except NoPostgres:
        address, on = SQLITE, []  # The part before has told that it is missing.
    # By their folder: to read all the other tests, only to leave them out, takes each process five seconds.
    return _tests(*PARALLEL, *on, "-m", "browser", "tests/browser", DATABASE_URL=address, CHROMIUM=program)


PARTS: dict[str, Callable[[], bool]] = {
    "lint": lint,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
}


def some(paths: list[str]) -> int:
    """The tests of some paths, on SQLite; those of the browser only where a path names them."""
    named = any("browser" in Path(path.split("::")[0]).parts for path in paths)
    marked = [] if named else ["-m", "not browser"]
    return 0 if _tests(*marked, *paths, DATABASE_URL=SQLITE) else 1


def keep_what_is_compiled() -> None:
    """Where interpreters may leave nothing beside the source, let them leave it apart: every part starts several."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "var" / "pycache"))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="run only the tests of these paths, on SQLite")
    parser.add_argument("--only", choices=PARTS, action="append", help="run only this part")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    leave_in_order()
    keep_what_is_compiled()
    if chosen.paths:
        return some(chosen.paths)
    report = Report()
    try:
        with TemporaryDirectory(prefix="praktik-tests-") as shared, SHARED:
            os.environ["PRAKTIK_TESTS_SHARE"] = shared
            for name in chosen.only or PARTS:
                report.part(name, PARTS[name])
    except KeyboardInterrupt:
        return 130
    return report.close()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.SubprocessError as error:
        sys.exit(f"The checks could not be run: {error}")
