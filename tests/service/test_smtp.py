"""The mail server that was written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amdash.config import MailSettings
from amdash.errors import AmdashError
from amdash.service.smtp import MailServer, server_of

WRITTEN = MailSettings("mail.example.com", user="boss@example.com", password="s3cret")


def test_a_server_is_encrypted_unless_it_is_said() -> None:
    server = server_of(WRITTEN)
    assert server == MailServer("mail.example.com", 587, "starttls", "boss@example.com", "s3cret", "boss@example.com")
    assert "s3cret" not in repr(server)
    tls = server_of(replace(WRITTEN, security="tls", sender="hr@example.com"))
    assert (tls.port, tls.sender) == (465, "hr@example.com")
    assert server_of(replace(WRITTEN, security="none", port="2525")).port == 2525


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"security": "ssl3"}, "mail_security_unknown"),
        ({"port": "smtp"}, "mail_port_invalid"),
        ({"port": "70000"}, "mail_port_invalid"),
        *(
            ({"sender": sender}, "mail_sender_missing")
            for sender in ("boss", "Firm <a@firm.de>", "reports@", "李@firm.de", "x@y@z", ".a@firm.de", "a..b@firm.de", "a" * 250 + "@firm.de")
        ),
    ],
)
def test_what_is_wrong_with_it_is_said(wrong: dict[str, str], code: str) -> None:
    with pytest.raises(AmdashError) as caught:
        server_of(replace(WRITTEN, **wrong))
    assert caught.value.code == code


def test_none_is_written_down() -> None:
    with pytest.raises(AmdashError) as caught:
        server_of(None)
    assert caught.value.code == "mail_not_set"
