"""Why somebody gets a letter, as its last lines say."""

from reports.choices import LetterKind

_WHY = {
    LetterKind.WEEKLY: "Du får veckobrevet för att du läser det för ett arbetsförmedlingskontor i länet.",
    LetterKind.NEWSLETTER: "Du får nyhetsbrevet för att du är kontaktperson på en myndighet i länet. "
    "Svara på brevet om du inte vill ha fler.",
}


def why(kind: str) -> str:
    """Why the reader gets it."""
    return _WHY[LetterKind(kind)]
