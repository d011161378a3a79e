"""A real mail server on the loopback: aiosmtpd, which keeps what it gets and can be told to fail."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from amdash.config import MailSettings


@dataclass
class Post:
    """What arrived, as (address, letter). ``refused``: addresses that do not exist; ``breaks``: 'before' or 'after' it has accepted the nth letter,
    the server closes the line.
    """

    arrived: list[tuple[str, Message]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    breaks: tuple[int, str] | None = None

    async def handle_RCPT(self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:
        if address in self.refused:
            return "550 No such mailbox"
        if self.breaks == (len(self.arrived) + 1, "before"):
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert len(envelope.rcpt_tos) == 1
        self.arrived.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content or b"")))
        if self.breaks == (len(self.arrived), "after"):
            server.transport.abort()
        return "250 Queued"


@contextmanager
def post_office(**options: Any) -> Iterator[tuple[Post, MailSettings]]:
    """A server and how to reach it."""
    post = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield post, MailSettings("127.0.0.1", str(port), "none", sender="boss@example.com")
    finally:
        controller.stop()
