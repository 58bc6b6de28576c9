#!/usr/bin/env python3
"""Takes the pictures of the user guide from the demonstration: docs/guide/bilder/*.png.

    make guide

starts a demonstration of its own in a temporary directory, logs in as each role, photographs what PICTURES names, stops
it. Needs the development environment and a Chromium (CHROMIUM=… names one that is not found).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "guide" / "bilder"
READY, WIDTH = "Demonstrationen är igång", 1120


@dataclass(frozen=True)
class Picture:
    """One picture: its file's name, who sees it, where, and how much of the page from the top."""

    name: str
    login: str
    path: str
    height: int
    leads_to: str = ""
    """A selector of the link to follow from there first."""


PICTURES = (
    Picture("att-gora", "koordinator", "/", 760),
    Picture("plats", "koordinator", "/platser/?tillstand=ongoing", 700, leads_to="main table a[href^='/platser/']"),
    Picture("vantar", "koordinator", "/platser/vantar/", 760),
    Picture("sok", "koordinator", "/sok/?q=arkiv", 760),
    Picture("handlaggare", "handlaggare", "/", 760),
    Picture("lediga", "handlaggare", "/platser/oppna/", 760),
    Picture("styrgrupp", "styrgrupp", "/", 760),
    Picture("administrator", "administrator", "/", 420),
)


def main() -> int:
    """Take them all; the number of the way out."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as play:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--lang=sv-SE"])
        for picture in PICTURES:
            take(browser, address, picture)
            print(f"  {picture.name}.png")
        browser.close()
    return 0


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of one's own; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as var:
        environment = {**os.environ, "PRAKTIK_VAR": var, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            for line in process.stdout or ():
                if READY in line:
                    break
            else:
                raise SystemExit("The demonstration did not start.")
            add_administrator(environment)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def add_administrator(environment: dict[str, str]) -> None:
    """The demonstration has no login for the administrator, whose page is photographed too."""
    made = (
        "from praktik.accounts.models import User; from django.conf import settings; "
        "User.objects.create_superuser('administrator@example.se', settings.DEMONSTRATION_PASSWORD, name='Eva Lind')"
    )
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", made], env=environment, check=True)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Log in, go there and photograph the upper part of the page."""
    context = browser.new_context(viewport={"width": WIDTH, "height": picture.height}, locale="sv-SE")
    page = context.new_page()
    log_in(page, address, picture.login)
    page.goto(address + picture.path)
    if picture.leads_to:
        page.locator(picture.leads_to).first.click()
        page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def log_in(page: Page, address: str, login: str) -> None:
    """As one of the demonstration's people."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "praktik.settings.demo")
    from django.conf import settings

    page.goto(f"{address}/logga-in/")
    page.get_by_label("E-post").fill(f"{login}@example.se")
    page.get_by_label("Lösenord").fill(settings.DEMONSTRATION_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


if __name__ == "__main__":
    sys.exit(main())
