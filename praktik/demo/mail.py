"""Mail as files: what the demonstration sends lands in a folder, each message in a file that mail programs open."""

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from praktik import clock

_LONGEST = 80  # characters of an address in a name: file systems take 255 bytes in all
_UNSAFE = re.compile(r"[^A-Za-z0-9.@_-]")
# Shared by all connections of the process, so that the names of one second stand in the order of sending.
_numbers = count(1)


class EmailBackend(BaseEmailBackend):
    """Writes messages to `settings.EMAIL_FILE_PATH` (`mail` in the folder of files), made when it is not there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(getattr(settings, "EMAIL_FILE_PATH", settings.VAR_DIR / "mail"))

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message that has a recipient to a file of its own; how many there were."""
        addressed = [message for message in email_messages if message.recipients()]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for message in addressed:
                self._write(message)
        except OSError:
            if not self.fail_silently:
                raise
            return 0
        return len(addressed)

    def _write(self, message: EmailMessage) -> None:
        raw = message.message().as_bytes()
        to = _UNSAFE.sub("_", message.recipients()[0])[:_LONGEST]
        for number in _numbers:
            try:
                # Website and worker count each for itself: "x" never writes over the other's file.
                with (self.folder / f"{clock.now():%Y%m%d-%H%M%S}-{number:04d}-{to}.eml").open("xb") as file:
                    file.write(raw)
            except FileExistsError:
                continue
            return
