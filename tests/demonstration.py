"""The demonstration as a process of its own, for tests that want the real thing."""

import os
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# Seconds until the site must answer; it takes about twenty.
PATIENCE = 90


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as knocker:
        knocker.bind(("127.0.0.1", 0))
        return int(knocker.getsockname()[1])


def _shared() -> Path | None:
    """Where the parts of one run of scripts/test.py leave the demonstration for one another; None without it."""
    folder = os.environ.get("PRAKTIK_TESTS_SHARE")
    return Path(folder) / "demonstration" if folder else None


def share(place: Path) -> None:
    """Leave a stopped demonstration's files to later parts of this run."""
    if shared := _shared():
        shutil.copytree(place / "var", shared)


def take_over(place: Path) -> None:
    """Let the demonstration that will be started here go on with what an earlier part of this run has built."""
    shared = _shared()
    if shared and shared.exists():
        shutil.copytree(shared, place / "var")


@contextmanager
def running_demo(place: Path, port: int | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running demonstration and what it printed, with files of its own and started from elsewhere."""
    own = {"DJANGO_SETTINGS_MODULE": "praktik.settings.demo", "PRAKTIK_VAR": str(place / "var")}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own
    # A warning is an error here too: the building is looked at nowhere else.
    command = [sys.executable, "-W", "error", str(settings.BASE_DIR / "manage.py"), "demo"]
    command += ["--port", str(port or free_port())]
    with subprocess.Popen(
        command, cwd=place, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            yield process, printed(process)
        finally:
            process.terminate()


def printed(process: subprocess.Popen[str]) -> str:
    """What the command prints until it has told all, as soon as it has."""
    assert process.stdout
    said, latest = "", time.monotonic() + PATIENCE
    while "Avsluta med Ctrl-C" not in said:
        ready, _, _ = select.select([process.stdout], [], [], max(0, latest - time.monotonic()))
        piece = os.read(process.stdout.fileno(), 10_000).decode() if ready else ""
        assert piece, f"the demonstration did not start:\n{said}"
        said += piece
    return said
