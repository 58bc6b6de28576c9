"""What a visit weighs on the wire, from the server as it runs: compressed, and cached between pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.demonstration import running_demo, take_over

FIRST_VISIT = 120_000  # bytes
LATER_PAGES = 25_000  # bytes


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the demonstration runs; how it is built is the business of tests/demo."""
    take_over(tmp_path)
    with running_demo(tmp_path) as (_, told):
        found = re.search(r"http://\S+", told)
        assert found
        yield found[0].rstrip("/")


class Scales:
    """Weighs what a page's visit transfers, headers included, as the browser itself counts it."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0.0
        watch = page.context.new_cdp_session(page)
        watch.send("Network.enable")
        watch.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, float]) -> None:
        self.bytes += event["encodedDataLength"]

    def take(self) -> float:
        """The bytes since last asked."""
        weighed, self.bytes = self.bytes, 0.0
        return weighed


def test_the_first_visit_and_later_pages_are_light(address: str, browser: Browser) -> None:
    page = browser.new_page()
    scales = Scales(page)

    page.goto(f"{address}/logga-in/", wait_until="networkidle")
    first = scales.take()
    page.get_by_label("E-postadress").fill("koordinator@example.se")
    page.get_by_label("Lösenord").fill(settings.DEMONSTRATION_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    page.wait_for_load_state("networkidle")
    scales.take()
    later = {}
    for path in ("/", "/myndigheter/", "/myndigheter/?sida=2", "/kontor/", "/dialoger/ny/"):
        page.goto(f"{address}{path}", wait_until="networkidle")
        later[path] = scales.take()
    page.goto(f"{address}/myndigheter/?ordning=-kontakter", wait_until="networkidle")
    scales.take()
    page.locator("tbody a").first.click()
    page.wait_for_load_state("networkidle")
    later[page.url] = scales.take()
    page.close()

    assert 10_000 < first <= FIRST_VISIT
    assert all(500 < weight <= LATER_PAGES for weight in later.values()), later
