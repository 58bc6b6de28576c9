"""`manage.py demo`: the real thing, started as one would, and stopped."""

import http.cookiejar
import os
import re
import signal
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from praktik.demo import running
from praktik.demo.build import LOGINS
from tests.demonstration import share

pytestmark = pytest.mark.once


def children(pid: int) -> set[int]:
    """The processes below a process, however deep (Linux)."""
    below: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            below |= {child} | children(child)
    return below


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be buried does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def log_in(address: str, email: str) -> tuple[int, str]:
    """Log in by the form and ask for the start page: its status and text."""
    browser = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    with browser.open(f"{address}logga-in/", timeout=20) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "username": email, "password": settings.DEMONSTRATION_PASSWORD}
    with browser.open(f"{address}logga-in/", urllib.parse.urlencode(form).encode(), timeout=20) as page:
        assert page.url == address, "not logged in"
    with browser.open(address, timeout=20) as page:
        return page.status, page.read().decode()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes under /proc")
def test_it_starts_lets_three_people_in_and_leaves_nothing_behind(demo):
    process, said = demo.process, demo.said
    address = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert address
    assert settings.DEMONSTRATION_PASSWORD in said
    for email, name, _ in LOGINS:
        assert email in said
        status, page = log_in(address[0], email)
        assert status == 200
        assert name in page
    below = children(process.pid)
    assert len(below) >= 2
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not [pid for pid in below if is_alive(pid)]
    with pytest.raises(urllib.error.URLError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address[0], timeout=5)
    share(demo.place)


def test_refused_outside_the_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="ingen demonstration"):
        call_command("demo")


def test_a_taken_port_is_told(settings):
    settings.DEMONSTRATION = True
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Porten {port} .* annan port: manage\.py demo --port {port + 1}"):
            call_command("demo", port=port)


@pytest.mark.parametrize("port", ["0", "65536", "många"])
def test_a_port_is_a_number(port):
    with pytest.raises(CommandError, match="ett tal från 1 till 65535"):
        call_command("demo", "--port", port)


SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DIE = [sys.executable, "-c", "print('ajaj'); raise SystemExit(3)"]


def run_until_one_dies(log: Path) -> None:
    with running.Processes(log, dict(os.environ)) as processes:
        processes.start("Webbplatsen", SLEEP)
        processes.start("Bakgrundsarbetet", DIE)
        processes.watch()


def wait_in_vain(log: Path) -> None:
    with running.Processes(log, dict(os.environ)) as processes:
        processes.start("Webbplatsen", SLEEP)
        processes.wait_for(lambda: False)


def test_a_process_that_dies_takes_the_other_with_it_and_is_told(tmp_path):
    began = time.monotonic()
    with pytest.raises(running.RunningError, match=r"Bakgrundsarbetet slutade oväntat \(kod 3\)(.|\n)*ajaj"):
        run_until_one_dies(tmp_path / "demo.log")
    assert time.monotonic() - began < 30


def test_a_site_that_never_answers_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "_TIME_TO_START", 0.2)
    with pytest.raises(running.RunningError, match="svarade inte inom"):
        wait_in_vain(tmp_path / "demo.log")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("praktik.example.se", "http://praktik.example.se:8000/"),
    ],
)
def test_the_address_is_one_that_a_browser_finds(host, address):
    assert running.address(host, 8000) == address
