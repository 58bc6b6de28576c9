"""A real mail server on a free port: it keeps what it is handed, and answers what a test has told it to."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HANG, DROP = "never answers", "closes the connection"
TAKEN = "250 OK"


@dataclass(frozen=True)
class Handed:
    """A whole message that somebody handed to the server, and what it was told."""

    connection: int
    to: list[str]
    raw: bytes
    answer: str

    @property
    def mail(self) -> EmailMessage:
        """As a mail program reads it."""
        return message_from_bytes(self.raw, policy=policy.default)


class PostOffice(Controller):
    """The server. `connections` counts those that were made, whether anything was said on them or not."""

    def __init__(self):
        super().__init__(self, hostname="127.0.0.1", port=0, server_hostname="post.example.se")
        self.connections = 0
        self.handed: list[Handed] = []
        self.before_answer: Callable[[Handed], None] | None = None
        """Called in a thread of its own, when a message has been kept and not answered yet."""
        self._told: dict[tuple[str, str], Iterator[str]] = {}

    def start(self):
        super().start()
        self.connections = 0  # The controller has called itself to see whether it is there.

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def factory(self):
        self.connections += 1
        server = SMTP(self, **self.SMTP_kwargs)
        server.number = self.connections
        return server

    def answers(self, *answers: str, at: str, to: str = "") -> None:
        """What is answered at a command, the first time, the second, and so on; then everything is taken."""
        self._told[at, to] = iter(answers)

    @property
    def taken(self) -> list[Handed]:
        """The messages that the server has taken charge of."""
        return [each for each in self.handed if each.answer == TAKEN]

    @property
    def receivers(self) -> list[str]:
        """Whose messages have been taken, in that order."""
        return [address for each in self.taken for address in each.to]

    def _answer(self, at: str, to: str = "") -> str:
        return next(self._told.get((at, to), iter(())), TAKEN)

    async def _said(self, server, answer: str) -> str:
        if answer == DROP:
            server.transport.abort()
        if answer in (HANG, DROP):
            # Until the connection is gone: that ends whoever serves it.
            await asyncio.get_running_loop().create_future()
        return answer

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = await self._said(server, self._answer("MAIL"))
        if answer == TAKEN:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await self._said(server, self._answer("RCPT", address))
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        to = list(envelope.rcpt_tos)
        handed = Handed(server.number, to, envelope.original_content, self._answer("DATA", to[0]))
        self.handed.append(handed)
        if self.before_answer:
            await asyncio.to_thread(self.before_answer, handed)
        return await self._said(server, handed.answer)

    async def handle_QUIT(self, server, session, envelope):
        answer = await self._said(server, self._answer("QUIT"))
        return "221 Bye" if answer == TAKEN else answer
