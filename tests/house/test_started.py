"""What the containers run, started without containers: the image's and the compose file's own commands.

They share a PostgreSQL of their own and a mail catcher, as docker-compose.yml lets them; a letter then has to
find its way from a page through the queue and the worker into the catcher.
"""

import contextlib
import http.cookiejar
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from scripts.private_postgres import NoPostgres, private_postgres
from tests.house.conftest import COMPILED, ROOT, SERVER
from tests.house.test_containers import COMPOSE, DOCKERFILE, FILLED_IN

pytestmark = pytest.mark.once
ADMINISTRATOR = "admin@example.se"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def line(instruction: str, holding: str = "") -> str:
    """The one line of the Dockerfile that has this instruction and text."""
    (found,) = re.findall(rf"^{instruction}\b(.*{re.escape(holding)}.*)$", DOCKERFILE, re.MULTILINE)
    return found.strip()


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in shlex.split(line("ENV")))


def compose_environment(service: str, **filled_in: str) -> dict[str, str]:
    """A service's environment as docker compose would fill it in."""

    def fill(match: re.Match[str]) -> str:
        name, _, default = match.group(1).partition(":")
        return filled_in.get(name, default.removeprefix("-"))

    values = COMPOSE["services"][service]["environment"]
    return {name: re.sub(r"\$\{([^}]+)\}", fill, str(value)) for name, value in values.items()}


class Catcher:
    """Keeps every letter that comes."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content.decode("utf-8", "replace")))
        return "250 OK"


@dataclass
class Site:
    """The services, up."""

    address: str
    environment: dict[str, str]
    catcher: Catcher
    processes: dict[str, subprocess.Popen]
    logs: dict[str, object]

    def run(self, command: str | list[str], **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command if isinstance(command, list) else ["sh", "-c", command],
            cwd=ROOT,
            env={**self.environment, **more},
            text=True,
            capture_output=True,
        )

    def start(self, service: str) -> None:
        with self.logs[service].open("wb") as log:
            self.processes[service] = subprocess.Popen(
                COMPOSE["services"][service]["command"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_healthy(self) -> None:
        """Ask as the image's own health check asks."""
        check = line("HEALTHCHECK").split(" CMD ", 1)[1]
        until = time.monotonic() + 60
        while (asked := self.run(check)).returncode:
            told = asked.stderr + self.logs["web"].read_text()
            assert self.processes["web"].poll() is None, told
            assert time.monotonic() < until, told
            time.sleep(0.3)

    def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    port, mail_port, catcher = free_port(), free_port(), Catcher()
    with contextlib.ExitStack() as stack:
        try:
            database = stack.enter_context(private_postgres())
        except NoPostgres:
            database = f"sqlite:///{folder / 'praktik.sqlite3'}"
        mail = Controller(catcher, hostname="127.0.0.1", port=mail_port)
        mail.start()
        stack.callback(mail.stop)
        environment = {
            **image_environment(),
            **compose_environment("web", **FILLED_IN, HTTPS="false", EMAIL_URL=f"smtp://127.0.0.1:{mail_port}"),
            # What is different without containers: where things are.
            "DATABASE_URL": database,
            "PRAKTIK_VAR": str(folder / "var"),
            "GRANIAN_HOST": "127.0.0.1",
            "GRANIAN_PORT": str(port),
            **COMPILED,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        logs = {service: folder / f"{service}.log" for service in ("web", "worker")}
        started = Site(f"http://localhost:{port}", environment, catcher, {}, logs)
        stack.callback(started.stop)
        collected = started.run(line("RUN", "collectstatic"))
        assert collected.returncode == 0, collected.stderr
        started.start("web")
        started.wait_until_healthy()
        started.start("worker")
        yield started


def test_web_and_worker_have_the_same_environment():
    assert compose_environment("web", **FILLED_IN) == compose_environment("worker", **FILLED_IN)
    assert compose_environment("web", **FILLED_IN)["DATABASE_URL"] == "postgres://praktik:made0up@db:5432/praktik"
    assert set(SERVER) <= set(compose_environment("web", **FILLED_IN))


def test_the_site_is_up(site):
    with urllib.request.urlopen(f"{site.address}/halsa/") as answer:
        assert answer.status == 200
        assert answer.read() == b"ok\n"


def test_pages_and_their_static_files_are_served(site):
    with urllib.request.urlopen(f"{site.address}/logga-in/") as answer:
        page = answer.read().decode()
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert any(link.endswith(".css") for link in links)
    for link in links:
        request = urllib.request.Request(site.address + link, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request) as answer:
            assert "immutable" in answer.headers["Cache-Control"], link


def test_another_host_name_is_refused(site):
    request = urllib.request.Request(f"{site.address}/logga-in/", headers={"Host": "elsewhere.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value:
        assert refused.value.code == 400


def test_the_image_starts_the_same_server_by_itself():
    assert line("CMD") == '["granian", "praktik.wsgi:application"]'
    assert COMPOSE["services"]["web"]["command"][-1].endswith("exec granian praktik.wsgi:application")


def test_a_letter_goes_from_the_page_through_the_worker_to_the_mail_server(site):
    made = site.run(
        ["python", "manage.py", "createsuperuser", "--noinput", "--email", ADMINISTRATOR, "--name", "Adam Ansvarig"],
        DJANGO_SUPERUSER_PASSWORD="made-up-but-long-enough",
    )
    assert made.returncode == 0, made.stderr
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = f"{site.address}/glomt-losenord/"
    with browser.open(form) as answer:
        (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode()))
    filled_in = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "email": ADMINISTRATOR}).encode()
    with browser.open(urllib.request.Request(form, filled_in, {"Referer": form})) as answer:
        assert answer.url.endswith("/glomt-losenord/skickat/")
    until = time.monotonic() + 30
    while not site.catcher.letters and time.monotonic() < until:
        time.sleep(0.2)
    assert site.catcher.letters, site.logs["worker"].read_text()
    ((to, letter),) = site.catcher.letters
    assert to == [ADMINISTRATOR]
    assert f"{site.address}/nytt-losenord/" in letter.replace("=\r\n", "").replace("=3D", "=")
    assert site.processes["worker"].poll() is None
