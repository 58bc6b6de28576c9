"""The real server, as the container image starts it, on each database."""

import json
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.client import HOST, Jar, log_in
from bench.databases import ROOT, Database, call, environment, manage
from bench.known import ROLES
from praktik.demo.running import Processes, answers

SETTINGS = "bench.settings"


@dataclass
class Server:
    """A running server, what its pages are about, and who is logged in to it."""

    database: Database
    port: int
    environment: dict[str, str]
    found: dict[str, Any] = field(default_factory=dict)
    jars: dict[str, Jar] = field(default_factory=dict)
    workers: set[int] = field(default_factory=set)
    """The processes that have answered."""

    @property
    def scale(self) -> int:
        """How many times a county."""
        return self.database.scale

    def ask_data(self, what: str, **more: str) -> str:
        """Ask the data something in a process of its own (`bench.addresses`)."""
        program = f"import django; django.setup(); from bench.addresses import main; main({what!r})"
        return call([sys.executable, "-c", program], {**self.environment, **more})[0]


def as_in_image() -> dict[str, str]:
    """How the container image tells the server to run: GRANIAN_… of the Dockerfile."""
    return dict(re.findall(r"(GRANIAN_[A-Z_]+)=(\w+)", (ROOT / "Dockerfile").read_text("utf-8")))


def _free_port() -> int:
    with socket.socket() as knocker:
        knocker.bind((HOST, 0))
        return int(knocker.getsockname()[1])


def _told(database: Database, var: Path, secret: str) -> dict[str, str]:
    return environment(
        database.url,
        var,
        SETTINGS,
        SECRET_KEY=secret,
        ALLOWED_HOSTS=f"localhost,{HOST}",
        HTTPS="false",
        EMAIL_URL="dummymail://",
        PRAKTIK_FROM_EMAIL="praktik@example.se",
    )


@contextmanager
def serving(databases: list[Database], var: Path, secret: str, password: str) -> Iterator[list[Server]]:
    """A server for each database, all up at the same time, with everybody logged in."""
    manage(_told(databases[0], var, secret), "collectstatic", "--noinput", "--verbosity", "0")
    with ExitStack() as running:
        servers = []
        for database in databases:
            port = _free_port()
            listen = {**as_in_image(), "GRANIAN_HOST": HOST, "GRANIAN_PORT": str(port)}
            server = Server(database, port, _told(database, var, secret))
            server.found = json.loads(server.ask_data("look", BENCH_PASSWORD=password))
            running.callback(server.ask_data, "clean")
            log = var / f"{database.vendor}-{database.scale}.log"
            processes = running.enter_context(Processes(log, {**server.environment, **listen}))
            processes.start("granian", [sys.executable, "-m", "granian", "praktik.wsgi:application"])
            processes.wait_for(lambda port=port: answers(HOST, port))  # type: ignore[misc]  # asked at once
            server.jars = {role: log_in(port, email, password) for role, email in ROLES.items()} | {"": Jar()}
            servers.append(server)
        yield servers
