"""A message that is sent as it is, byte for byte, through whichever of Django's mail backends is set."""

from typing import Any

from django.core.mail import EmailMessage


class _Bytes:
    """What the backends ask of a message."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n", policy: Any = None) -> bytes:
        """The message with the asked line ends; it is kept with those of the wire."""
        return self.raw if linesep == "\r\n" else self.raw.replace(b"\r\n", linesep.encode())


class Wire(EmailMessage):
    """One message to one address."""

    def __init__(self, raw: bytes, *, sender: str, to: str) -> None:
        super().__init__(from_email=sender, to=[to])
        self.raw = raw

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """What is sent."""
        return _Bytes(self.raw)
