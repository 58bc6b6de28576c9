"""What a letter tells, in one shape: mail, plain text, page and paper are all made of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from reports.choices import LetterPart
from reports.letters.rows import and_the_rest, shorter
from reports.shape import Table


@dataclass(frozen=True)
class Part:
    """One part of a letter, under its heading: words in Markdown, tables, or both."""

    key: str
    words: str = ""
    tables: tuple[Table, ...] = ()
    nothing: str = ""
    """What stands there when the data has nothing to tell; without it the part is left out."""
    headed: str = ""
    """The heading it was sent under: a letter keeps it when the house has found a better one."""

    @property
    def heading(self) -> str:
        """Its heading."""
        return self.headed or str(LetterPart(self.key).label)

    @property
    def tells(self) -> bool:
        """Whether it has anything to tell."""
        return bool(self.words.strip() or self.tables)


@dataclass(frozen=True)
class Content:
    """A letter: `intro` is Markdown, `sender` who signs it with how to reach them, `day` the day of its figures."""

    title: str
    intro: str
    parts: tuple[Part, ...]
    sender: tuple[str, ...]
    organisation: str
    day: date

    def shorter(self, most: int) -> Self:
        """The same with at most so many rows in a table, and five times as many in a part."""
        return replace(self, parts=tuple(_shorter(part, most) for part in self.parts))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not self.intro.strip() and not any(part.tells for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """The letter as it is kept when it has been sent."""
        return {
            "title": self.title,
            "intro": self.intro,
            "parts": [
                {
                    "key": part.key,
                    "heading": part.heading,
                    "words": part.words,
                    "tables": [table.as_json() for table in part.tables],
                    "nothing": part.nothing,
                }
                for part in self.parts
            ],
            "sender": list(self.sender),
            "organisation": self.organisation,
            "day": self.day.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The letter that `as_json` kept."""
        parts = (
            Part(
                part["key"],
                part["words"],
                tuple(map(Table.from_json, part["tables"])),
                part["nothing"],
                part["heading"],
            )
            for part in kept["parts"]
        )
        return cls(
            title=kept["title"],
            intro=kept["intro"],
            parts=tuple(parts),
            sender=tuple(kept["sender"]),
            organisation=kept["organisation"],
            day=date.fromisoformat(kept["day"]),
        )


# Parts whose tables are rows of places and orders; the others are short.
_LONG = (LetterPart.CHANGES, LetterPart.HARD, LetterPart.COMING, LetterPart.ONGOING)


def _shorter(part: Part, most: int) -> Part:
    if part.key not in _LONG:
        return part
    kept: list[Table] = []
    left = 5 * most
    for table in part.tables:
        if not left:
            kept[-1] = and_the_rest(kept[-1])
            break
        kept.append(shorter(table, min(most, left)))
        left -= len(kept[-1].rows)
    return replace(part, tables=tuple(kept))
