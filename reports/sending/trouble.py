"""What a mail server or the way to it says no with, in words for the coordinator."""

from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from praktik.identity import identity_numbers

_SHUTTING_DOWN = 421  # RFC 5321, 4.2.3: the server closes the connection after it
_LONGEST = 500  # characters of a server's answer


@dataclass(frozen=True)
class Trouble:
    """Why something was not sent; `broken` when the connection is of no use any more."""

    words: str
    broken: bool


def trouble(error: Exception) -> Trouble:
    """What an error of sending means. An error that has nothing to do with mail is told by its name."""
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _answered(code, said)
    if isinstance(error, SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Trouble("Mejlservern svarade inte i tid.", broken=True)
    if isinstance(error, SMTPServerDisconnected):
        return Trouble("Mejlservern bröt förbindelsen innan brevet var mottaget.", broken=True)
    if isinstance(error, ConnectionRefusedError):
        return Trouble("Mejlservern tar inte emot förbindelser just nu.", broken=True)
    if isinstance(error, OSError):
        return Trouble(_kept(f"Mejlservern kunde inte nås: {error}"), broken=True)
    return Trouble(_kept(f"Meddelandet kunde inte skapas: {error}"), broken=False)


def _answered(code: int, said: bytes | str) -> Trouble:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Trouble(_kept(f"{code} {' '.join(text.split())}"), broken=code == _SHUTTING_DOWN)


def _kept(words: str) -> str:
    """The words as they may be kept: what looks like a personal identity number is taken out, whoever wrote it."""
    for number in identity_numbers(words):
        words = words.replace(number.strip(), "…")
    return words[:_LONGEST]
