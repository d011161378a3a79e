"""The mail server that was written down."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword

from amdash.config import MailSettings
from amdash.errors import AmdashError
from amdash.service.smtp import MailServer, connected, hand_over, server_of
from tests.service.post import post_office

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


@pytest.fixture
def of_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ssl.SSLContext]:
    """The name of a host -> what a server with a certificate for it needs; this machine trusts who issued it."""
    issuer = trustme.CA()
    issuer.cert_pem.write_to_path(str(tmp_path / "issuer.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "issuer.pem"))

    def context(host: str) -> ssl.SSLContext:
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        issuer.issue_cert(host).configure_cert(made)
        return made

    return context


def knows_the_boss(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    return AuthResult(success=said == LoginPassword(b"boss@example.com", b"s3cret"), handled=False)


# The server's own warning: it does not see that a line encrypted from the start is encrypted.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize(
    ("security", "offered"),
    [
        ("starttls", lambda context: {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": knows_the_boss}),
        ("tls", lambda context: {"ssl_context": context, "auth_required": True, "auth_require_tls": False, "authenticator": knows_the_boss}),
    ],
    ids=["starttls", "tls"],
)
def test_a_letter_and_the_password_go_over_an_encrypted_line(
    security: str, offered: Callable[[ssl.SSLContext], dict[str, Any]], of_house: Callable[[str], ssl.SSLContext]
) -> None:
    letter = EmailMessage()
    letter["To"], letter["Subject"] = "li@example.com", "十月总结"
    letter.set_content("您好")
    with post_office(**offered(of_house("127.0.0.1"))) as (post, settings):
        mail = server_of(replace(settings, security=security, user="boss@example.com", password="s3cret"))
        with connected(mail) as server:
            assert isinstance(server.sock, ssl.SSLSocket)
            assert hand_over(server, letter, mail.sender, "li@example.com") == "Queued"
        with pytest.raises(AmdashError) as caught, connected(replace(mail, password="wrong")):
            pass
        assert caught.value.code == "mail_login_refused"
        assert [(address, arrived["To"]) for address, arrived in post.arrived] == [("li@example.com", "li@example.com")]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_prove_who_it_is_hears_no_password(security: str, of_house: Callable[[str], ssl.SSLContext]) -> None:
    heard: list[Any] = []

    def listens(*said: Any) -> AuthResult:
        heard.append(said)
        return AuthResult(success=True)

    kind = "tls_context" if security == "starttls" else "ssl_context"
    with post_office(**{kind: of_house("mail.example.com"), "authenticator": listens}) as (_post, settings):
        mail = server_of(replace(settings, security=security, user="boss@example.com", password="s3cret"))
        with pytest.raises(AmdashError) as caught, connected(mail):
            pass
    assert (caught.value.code, heard) == ("mail_not_encrypted", [])
    assert "127.0.0.1" in caught.value.fields["reason"]
