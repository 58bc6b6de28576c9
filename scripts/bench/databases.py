"""Databases to measure on: a small and a large county in each kind of database, filled once."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from private_postgres import APART, Cluster, private_cluster

ROOT = Path(__file__).resolve().parents[2]
POSTGRESQL, SQLITE = "postgresql", "sqlite"
# What a program needs of this machine; nothing else of the environment may change what is measured.
_PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")


class FillError(Exception):
    """A program that prepares the measuring failed; the message is its last words."""


@dataclass
class Database:
    """A filled database, and what filling it took: seconds, and the largest process's memory in MiB."""

    vendor: str
    scale: int
    url: str
    seconds: float = 0
    peak_mib: float = 0


def environment(url: str, var: Path, settings: str, **more: str) -> dict[str, str]:
    """The environment of one of Praktik's programs."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": url,
        "PRAKTIK_VAR": str(var),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "scripts")]),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def call(command: list[str], told: dict[str, str]) -> tuple[str, float]:
    """Run a program to its end, and end it when we are told to: what it printed, and its peak memory in MiB.

    Raises FillError when it fails.
    """
    with subprocess.Popen(command, cwd=ROOT, env=told, text=True, stdout=-1, stderr=subprocess.STDOUT) as child:
        assert child.stdout is not None
        try:
            printed = child.stdout.read()
            _, status, used = os.wait4(child.pid, 0)
        except BaseException:
            child.terminate()
            raise
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise FillError(f"{' '.join(command[1:])} failed:\n{printed[-3000:]}")
    return printed, _mib(used)


def _mib(used: resource.struct_rusage) -> float:
    """Linux counts in KiB, macOS in bytes."""
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def manage(told: dict[str, str], *arguments: str) -> float:
    """Run one of Praktik's commands; its peak memory in MiB."""
    return call([sys.executable, "manage.py", *arguments], told)[1]


def _fill(database: Database, var: Path) -> None:
    told = environment(database.url, var, "praktik.settings.demo")
    manage(told, "migrate", "--verbosity", "0")
    begun = time.monotonic()
    database.peak_mib = round(manage(told, "bulk_data", "--scale", str(database.scale)), 1)
    database.seconds = round(time.monotonic() - begun, 1)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _prepared(vendor: str, scale: int, folder: Path, cluster: Cluster | None, var: Path) -> Database:
    """A database of that scale: the one that was kept, if it was filled to its end, or a new one."""
    name, mark = f"scale{scale}", folder / f"{vendor}-{scale}.json"
    file = folder / f"{name}.sqlite3"
    if mark.exists():
        url = cluster.address(name) if cluster else f"sqlite:///{file}"
        database = Database(**{**json.loads(mark.read_text("utf-8")), "url": url})
        manage(environment(url, var, "praktik.settings.demo"), "migrate", "--verbosity", "0")
        return database
    if cluster:
        cluster.drop_database(name)
        url = cluster.make_database(name)
    else:
        for each in folder.glob(f"{file.name}*"):
            each.unlink()
        url = f"sqlite:///{file}"
    _say(f"Filling {vendor}, scale {scale} …")
    database = Database(vendor, scale, url)
    _fill(database, var)
    mark.write_text(json.dumps(asdict(database)), "utf-8")
    return database


@contextmanager
def filled(vendor: str, scales: list[int], folder: Path, var: Path) -> Iterator[list[Database]]:
    """The databases of one kind, in a folder where those that are kept are found again.

    PostgreSQL runs as carefully as it does for anybody. Raises NoPostgres where it is not installed, and FillError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as running:
        cluster = None
        if vendor == POSTGRESQL:
            cluster = running.enter_context(private_cluster(APART, data=folder / "postgresql"))
        yield [_prepared(vendor, scale, folder, cluster, var) for scale in scales]
