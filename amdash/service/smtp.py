"""Handing one letter to a mail server, step by step, so that it is known whether it may have arrived when the line breaks."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

from amdash.config import MailSettings
from amdash.errors import AmdashError

# What every mail server takes: letters of other alphabets, quotes and names around an address are left out.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")
_LONGEST_ADDRESS = 254
_SECONDS = 30.0
_ACCEPTED = (250, 251)
# The port that each kind of security has by custom.
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class MailServer:
    """A mail server that can be spoken to. ``security``: starttls, tls or none; ``sender``: the address that letters come from."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str


def is_address(text: str) -> bool:
    """Whether a letter can be sent to it, or come from it."""
    local, _at, _domain = text.partition("@")
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return len(text) <= _LONGEST_ADDRESS and not dots and _ADDRESS.fullmatch(text) is not None


def server_of(settings: MailSettings | None) -> MailServer:
    """The server that was written down; encrypted unless it is said, from the user where no sender is named.

    Errors: mail_not_set, mail_security_unknown, mail_port_invalid, mail_sender_missing.
    """
    if settings is None:
        raise AmdashError("mail_not_set")
    security, sender = settings.security or "starttls", settings.sender or settings.user
    if security not in _PORTS:
        raise AmdashError("mail_security_unknown", value=security, known=[*_PORTS])
    if settings.port and not (settings.port.isdecimal() and 0 < int(settings.port) < 65536):
        raise AmdashError("mail_port_invalid", value=settings.port)
    if not is_address(sender):
        raise AmdashError("mail_sender_missing", value=sender)
    return MailServer(settings.host, int(settings.port or _PORTS[security]), security, settings.user, settings.password, sender)


class Refused(Exception):
    """The server will not take this letter; it has not arrived, and others may."""


class Broken(Exception):
    """The line broke. ``handed_over``: the whole letter was on its way by then, so that nobody knows whether it arrived."""

    def __init__(self, said: str, *, handed_over: bool) -> None:
        super().__init__(said)
        self.handed_over = handed_over


@contextmanager
def connected(mail: MailServer, context: ssl.SSLContext | None = None) -> Iterator[smtplib.SMTP]:
    """A session with the server, logged in. Errors: mail_server_unreachable, mail_not_encrypted, mail_login_refused."""
    context = context or ssl.create_default_context()
    try:
        server = (
            smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=context)
            if mail.security == "tls"
            else smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)
        )
        server.ehlo()
        if mail.security == "starttls":
            server.starttls(context=context)
            server.ehlo()
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
        raise AmdashError("mail_not_encrypted", host=mail.host, reason=str(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise AmdashError("mail_server_unreachable", host=mail.host, port=mail.port, reason=str(error)) from error
    try:
        _log_in(server, mail)
        yield server
    finally:
        server.close()


def _log_in(server: smtplib.SMTP, mail: MailServer) -> None:
    """Say who we are, where a user is named. Errors: mail_login_refused."""
    if not mail.user:
        return
    try:
        server.login(mail.user, mail.password)
    except smtplib.SMTPResponseException as error:
        raise AmdashError("mail_login_refused", host=mail.host, user=mail.user, reason=_said(error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        # It asks for no password at all, or has gone.
        raise AmdashError("mail_login_refused", host=mail.host, user=mail.user, reason=str(error)) from error


def hand_over(server: smtplib.SMTP, letter: EmailMessage, sender: str, address: str) -> str:
    """Give the server a letter for one address; returns what it said. Raises :class:`Refused` or :class:`Broken`."""
    handed_over = False
    try:
        server.rset()
        for code, said in (server.mail(sender), server.rcpt(address)):
            if code not in _ACCEPTED:
                raise Refused(_said(said))
        handed_over = True
        code, said = server.data(letter.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        raise Refused(_said(error.smtp_error)) from error
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise Broken(str(error), handed_over=handed_over) from error
    if code not in _ACCEPTED:
        raise Refused(_said(said))
    return _said(said)


def _said(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
