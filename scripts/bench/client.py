"""A browser without a screen: connections that stay open, cookies, and logging in."""

import gzip
import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.html_forms import form_with

HOST = "127.0.0.1"
_PATIENCE = 120  # seconds
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Fields = Mapping[str, list[str]]


class PageError(Exception):
    """A page did not answer as it should; the message says which and how."""


@dataclass
class Jar:
    """Cookies, each until it is too old."""

    kept: dict[str, tuple[str, float]] = field(default_factory=dict)

    def header(self) -> str:
        """The cookies that are sent now."""
        now = time.monotonic()
        return "; ".join(f"{name}={value}" for name, (value, until) in list(self.kept.items()) if now < until)

    def take(self, headers: list[str]) -> None:
        """Keep what an answer sets, and forget what it ends."""
        for header in headers:
            for name, told in SimpleCookie(header).items():
                age = float(told["max-age"]) if told["max-age"] != "" else float("inf")
                self.kept[name] = (told.coded_value, time.monotonic() + age)

    def copy(self) -> "Jar":
        """Another browser's window: the same login, and what it gets from now on is its own."""
        return Jar(dict(self.kept))


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds its last byte was read."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def html(self) -> str:
        """The page, unpacked."""
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("Location", "")


class Browser:
    """One open connection; a new one may come to another process of the server."""

    def __init__(self, port: int, jar: Jar) -> None:
        self.jar = jar
        self._connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
        self._connection.connect()

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *why: object) -> None:
        self._connection.close()

    def get(self, address: str, **more: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", address, None, more)

    def post(self, address: str, fields: Fields, **more: str) -> Answer:
        """Send a form."""
        return self._ask("POST", address, urlencode(fields, doseq=True).encode(), {**_FORM, **more})

    def _ask(self, method: str, address: str, body: bytes | None, more: Mapping[str, str]) -> Answer:
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip", "Cookie": self.jar.header(), **more}
        if not headers["Cookie"]:
            del headers["Cookie"]
        begun = time.perf_counter()
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        read = response.read()
        seconds = time.perf_counter() - begun
        self.jar.take(response.headers.get_all("Set-Cookie") or [])
        return Answer(response.status, response.headers, read, seconds)


def checked(answer: Answer, page: str, status: int = 200) -> Answer:
    """The answer. Raises PageError when its status is another: a page that wants a login is a redirect."""
    if answer.status != status:
        led = f" to {answer.location}" if answer.location else ""
        raise PageError(f"{page}: answered {answer.status}{led}, not {status}")
    return answer


def log_in(port: int, email: str, password: str) -> Jar:
    """The cookies of somebody who has logged in through the form."""
    jar = Jar()
    with Browser(port, jar) as browser:
        form = form_with(checked(browser.get("/logga-in/"), "login").html, "password")
        sent = {**form.fields, "username": [email], "password": [password]}
        answer = checked(browser.post("/logga-in/", sent), f"login of {email}", 302)
        checked(browser.get(answer.location), f"start page of {email}")
    return jar
