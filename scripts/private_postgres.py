#!/usr/bin/env python3
"""A PostgreSQL of one's own for as long as a command runs: nothing to set up, nothing left behind.

    python scripts/private_postgres.py COMMAND [ARGUMENT…]

runs the command with DATABASE_URL set to an empty database. The server listens on a socket in a temporary
directory only, and is stopped and removed however the command ends.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

NAME = "praktik"  # of the superuser and of the database
STARTS_WITHIN = 60  # seconds
APART = ("listen_addresses=", "max_connections=60")
# Safe here only: nothing in this database outlives the command.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", *APART)


class NoPostgres(Exception):
    """There is no PostgreSQL server to start on this machine, or it lacks something; the message says what."""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, or None. Debian keeps them outside PATH."""
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).resolve().parent
    installed = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda folder: float(folder.parent.name), default=None)


def _run_as() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; root therefore lends it to a user who may do nothing else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL cannot run as root, and there is neither a user postgres nor nobody.")


class Cluster:
    """A server whose socket is in a directory of its own, and its data there too unless they are kept elsewhere."""

    def __init__(self, folder: Path, programs: Path, *, data: Path | None = None) -> None:
        self.folder, self.programs, self.user = folder, programs, _run_as()
        self.data = data or folder / "data"
        self.data.mkdir(exist_ok=True)
        for each in (folder, self.data):
            if self.user:
                os.chown(each, self.user["user"], self.user["group"])
        self.log = folder / "log"

    def call(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs to its end; NoPostgres with its own words when it fails."""
        command: list[str | Path] = [self.programs / program, *arguments]
        done = subprocess.run(command, cwd=self.folder, check=False, text=True, capture_output=True, **self.user)
        if done.returncode:
            raise NoPostgres(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def start(self, configured: tuple[str, ...]) -> subprocess.Popen[bytes]:
        """Make the cluster unless its data are there, start it so, and return its process when it answers."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        settings = [part for each in configured for part in ("-c", each)]
        with self.log.open("wb") as log:
            server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", str(self.folder), *settings],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                # Ctrl-C is for the command; the server ends after it.
                start_new_session=True,
                **self.user,
            )
        try:
            self._wait(server)
        except BaseException:
            _stop(server)
            raise
        return server

    def _make(self) -> None:
        # Debian's and the container image's locale; elsewhere it may not exist. The order of Swedish text does
        # not come from here but from a collation of its own.
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        self.call(
            "initdb",
            *("-D", str(self.data), "-U", NAME, "--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-sync"),
        )

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self.call("psql", "-h", str(self.folder), "-U", NAME, "-d", "postgres", "-c", "SELECT 1")
                return
            except NoPostgres as error:
                if server.poll() is not None or time.monotonic() > until:
                    raise NoPostgres(f"PostgreSQL did not start: {self.log.read_text(errors='replace')}") from error
            time.sleep(0.05)

    def address(self, name: str = NAME) -> str:
        """The DATABASE_URL of a database in it."""
        return f"postgres://{NAME}@/{name}?host={self.folder}"

    def drop_database(self, name: str) -> None:
        """Make sure that there is no such database."""
        self.call("dropdb", "-h", str(self.folder), "-U", NAME, "--if-exists", name)

    def make_database(self, name: str = NAME) -> str:
        """The address of a new database, with what Praktik needs of PostgreSQL looked for first."""
        here = ("-h", str(self.folder), "-U", NAME)
        needed = (
            "SELECT 'extension pg_trgm' WHERE NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')"
            " UNION ALL SELECT 'ICU' WHERE NOT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i')"
        )
        missing = self.call("psql", *here, "-d", "postgres", "-At", "-c", needed).split("\n")
        if any(missing):
            raise NoPostgres(f"This PostgreSQL lacks {', '.join(filter(None, missing))}.")
        self.call("createdb", *here, name)
        return self.address(name)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # at once, without waiting for those who are connected
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def private_cluster(configured: tuple[str, ...] = QUICK, *, data: Path | None = None) -> Iterator[Cluster]:
    """Start a server of one's own and yield it; with APART it is as careful with its data as PostgreSQL always is.

    Raises NoPostgres when there is none to start. Nothing of it is left afterwards, but the data when they have a
    directory of their own.
    """
    programs = binaries()
    if programs is None:
        raise NoPostgres("No PostgreSQL server is installed (Debian: apt install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="praktik-pg-"))
    try:
        cluster = Cluster(folder, programs, data=data)
        server = cluster.start(configured)
        try:
            yield cluster
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def private_postgres() -> Iterator[str]:
    """Start a server of one's own and yield the DATABASE_URL of an empty database in it, as `private_cluster` does."""
    with private_cluster() as cluster:
        yield cluster.make_database()


def leave_in_order() -> None:
    """Let SIGTERM and SIGHUP end this program as Ctrl-C does, so that what it started is stopped and removed."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command to its end, and end it when we are told to end; its exit code."""
    child = subprocess.Popen(command, env=environment)
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise


def main(command: list[str]) -> int:
    """The command line."""
    if not command:
        print(__doc__)
        return 2
    leave_in_order()
    try:
        with private_postgres() as address:
            return run(command, {**os.environ, "DATABASE_URL": address})
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
