"""Letters drafted from the data of the day, and who reads them."""

from datetime import date

from django.conf import settings

from praktik import clock
from praktik.accounts.models import User
from reports.choices import PARTS, LetterKind, LetterPart
from reports.letters import changes, newsletter, weekly
from reports.letters.content import Content, Part
from reports.letters.rhythm import interval
from reports.models import Letter

__all__ = ["Content", "Part", "arranged", "drafted_content", "interval"]


def arranged(letter: Letter) -> list[tuple[LetterPart, bool]]:
    """The letter's parts in its order, each with whether it is shown; those it does not know of come last."""
    known = PARTS[letter.kind]
    held = [(LetterPart(key), bool(shown)) for key, shown in letter.parts if key in known]
    return held + [(part, True) for part in known if part not in dict(held)]


def drafted_content(letter: Letter, sender: User, *, on: date | None = None) -> Content:
    """What a draft tells today (or on a day), as `sender` signs it; ten queries at most, however much there is."""
    day = on or clock.today()
    parts = (_part(letter, part, sender, day) for part, shown in arranged(letter) if shown)
    return Content(
        title=str(letter),
        intro=letter.intro,
        parts=tuple(part for part in parts if part.tells or part.nothing),
        sender=tuple(filter(None, (sender.name, sender.phone, sender.email))),
        organisation=settings.ORGANISATION,
        day=day,
    )


def _part(letter: Letter, part: LetterPart, sender: User, day: date) -> Part:
    match part:
        case LetterPart.ONGOING:
            return weekly.ongoing(on=day)
        case LetterPart.COMING:
            return weekly.coming(on=day)
        case LetterPart.HARD:
            return weekly.hard(on=day, sender=sender)
        case LetterPart.CHANGES:
            return changes.changes(letter, on=day, weeks=interval(LetterKind(letter.kind)))
        case LetterPart.FIGURES:
            return newsletter.figures(on=day)
        case LetterPart.EXAMPLE:
            return newsletter.example(letter)
        case LetterPart.MEETINGS:
            return Part(part, words=letter.meetings)
        case LetterPart.NOTICES:
            return Part(part, words=letter.notices)
