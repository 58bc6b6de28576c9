"""What a search page shows, read as a person reads it."""

import re
from html import unescape

from django.test import Client


def page(browser: Client, q: str, **more: str) -> str:
    """The part of the page that tells what was found, as HTML."""
    answer = browser.get("/sok/", {"q": q, **more})
    assert answer.status_code == 200
    text = answer.content.decode()
    return text[text.index('<div id="found"') : text.index("</main>")]


def groups(browser: Client, q: str, **more: str) -> dict[str, list[str]]:
    """Each group's heading with its number, and what each of its hits says, without tags."""
    found = {}
    for section in page(browser, q, **more).split("<section")[1:]:
        hits = re.findall(r"<li>(.*?)</li>", section, re.DOTALL)
        found[_plain(re.search(r"<h2.*?</h2>", section, re.DOTALL)[0])] = [_plain(hit) for hit in hits]
    return found


def titles(browser: Client, q: str, group: str) -> list[str]:
    """What the links of one group's hits say."""
    section = next((each for each in page(browser, q).split("<section")[1:] if f'"grupp-{group}"' in each), "")
    return [_plain(title) for title in re.findall(r"<li>.*?<a [^>]*>(.*?)</a>", section)]


def told(browser: Client, q: str, **more: str) -> str:
    """The line that says how much was found."""
    return _plain(re.search(r'<p class="lead".*?</p>', page(browser, q, **more), re.DOTALL)[0])


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub(r"</?mark>", "", html))).split())
