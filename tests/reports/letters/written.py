"""Letters that have been written and sent, and what is read of them."""

from datetime import date
from typing import Any

from praktik import clock
from praktik.accounts.models import User
from reports import lifecycle
from reports.choices import LetterKind, LetterPart
from reports.letters import Content, Part, drafted_content
from reports.models import Letter

SITE = "https://praktik.example.se"
WEEK = date(2018, 12, 31)
"""The Monday that is the tests' today."""


def drafted(by: User, kind: LetterKind = LetterKind.WEEKLY, week: date = WEEK, **words: str) -> Letter:
    """A draft with words."""
    letter = lifecycle.draft(kind, week, by=by)
    return lifecycle.write_letter(letter, by=by, **words) if words else letter


def frozen(letter: Letter, by: User) -> Letter:
    """The letter as it is after it was sent: its messages wait for the worker."""
    letter.refresh_from_db()
    seen = lifecycle.readied(letter, by, site=SITE).stamp
    return lifecycle.freeze(letter, by=by, site=SITE, seen=seen)


def letter_of(day: date, by: User, **words: str) -> Letter:
    """A weekly letter of a Monday, written and sent on it."""
    with clock.on_day(day):
        return frozen(drafted(by, week=day, **{"intro": "Hej!"} | words), by)


def sent_content(letter: Letter) -> Content:
    """What a letter told."""
    letter.refresh_from_db()
    return Content.from_json(letter.copy.content)


def part_of(content: Content, key: LetterPart) -> Part | None:
    """One part of a letter; None where it is left out."""
    return next((part for part in content.parts if part.key == key), None)


def part_now(letter: Letter, by: User, key: LetterPart, **day: Any) -> Part | None:
    """One part of a draft as it is now."""
    return part_of(drafted_content(letter, by, **day), key)


def told(part: Part | None) -> dict[str, list[list[str]]]:
    """{title of a table: its rows, as one reads them}."""
    assert part is not None, "The part is left out."
    return {table.title: [[said for _, _, said in cells] for _, cells in table.texts()] for table in part.tables}
