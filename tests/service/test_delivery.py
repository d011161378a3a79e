"""Reports by mail, to a real server on the loopback: each to its own address, gone on with after a break, nobody's to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path
from smtplib import SMTP

import pytest

from amdash.config import MailSettings
from amdash.errors import AmdashError
from amdash.service import aliases, delivery, exports, imports, smtp
from amdash.service.delivery import Letter
from amdash.service.imports import Upload
from amdash.service.smtp import MailServer, server_of
from amdash.service.workspace import Workspace
from tests.service.post import Post, post_office

MONTH = "2026-10"
PEOPLE = {"李明": "li@example.com", "王芳": "wang@example.com", "Ann O'Neil": "ann@example.com", "赵四": ""}


def put(ws: Workspace, people: dict[str, str]) -> None:
    listed = "姓名,邮箱\n" + "".join(f"{name},{address}\n" for name, address in people.items())
    sold = "日期,客户经理,客户,金额\n" + "".join(f"2026-10-0{day},{name},客户{day},{day}00\n" for day, name in enumerate(people, 1))
    for title, text in (("客户经理名单.csv", listed), ("销售.csv", sold)):
        imports.confirm(ws, imports.preview(ws, [Upload(title, text.encode())]))


@pytest.fixture
def post() -> Iterator[tuple[Post, MailSettings]]:
    with post_office() as found:
        yield found


@pytest.fixture
def office(ws: Workspace, post: tuple[Post, MailSettings]) -> Workspace:
    """Four people, of whom one has no address, and a server to send through."""
    put(ws, PEOPLE)
    return replace(ws, settings=replace(ws.settings, mail=post[1]))


def states(letters: list[Letter]) -> dict[str, str]:
    return {letter.manager: letter.state for letter in letters}


def pdf_of(letter: Message) -> bytes:
    part = next(part for part in letter.walk() if part.get_content_type() == "application/pdf")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_everybody_gets_their_own_and_nobody_anothers(office: Workspace, post: tuple[Post, MailSettings], pdf_text: Callable[[bytes], str]) -> None:
    assert states(delivery.planned(office, MONTH)) == {"李明": "ready", "王芳": "ready", "Ann O'Neil": "ready", "赵四": "no_address"}
    assert post[0].arrived == []
    assert states(list(delivery.send(office, MONTH, "zh"))) == {"赵四": "no_address", "李明": "sent", "王芳": "sent", "Ann O'Neil": "sent"}
    assert [address for address, _letter in post[0].arrived] == ["li@example.com", "wang@example.com", "ann@example.com"]
    for (address, letter), name in zip(post[0].arrived, PEOPLE, strict=False):
        assert letter["To"] == address
        said = pdf_text(pdf_of(letter))
        assert [other for other in PEOPLE if other.replace(" ", "") in said] == [name]


def test_a_letter_says_what_it_is_in_both_languages(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    list(delivery.send(office, MONTH, "zh", managers=["李明"]))
    list(delivery.send(office, MONTH, "en", managers=["王芳"]))
    chinese, english = (letter.as_bytes() for _address, letter in post[0].arrived)
    first, second = (message_from_bytes(text, policy=policy.default) for text in (chinese, english))
    assert (first["Subject"], second["Subject"]) == ("您的 2026 年 10 月工作小结", "Your summary of October 2026")
    assert "李明，您好" in first.get_body().get_content()  # type: ignore[union-attr]
    assert "Hello 王芳" in second.get_body().get_content()  # type: ignore[union-attr]
    assert [part.get_filename() for part in first.iter_attachments()] == ["李明-2026-10.pdf"]


def test_who_had_theirs_does_not_get_it_twice_unless_it_is_said(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    list(delivery.send(office, MONTH, "zh"))
    again = list(delivery.send(office, MONTH, "zh"))
    assert states(again) == {"李明": "sent", "王芳": "sent", "Ann O'Neil": "sent", "赵四": "no_address"}
    assert len(post[0].arrived) == 3
    list(delivery.send(office, MONTH, "zh", managers=["李明"], again=True))
    assert len(post[0].arrived) == 4
    # The same report has the same number, so that a mail program shows it once.
    assert post[0].arrived[0][1]["Message-ID"] == post[0].arrived[3][1]["Message-ID"]
    assert [row.manager for row in delivery.log(office, MONTH)] == ["李明", "Ann O'Neil", "王芳", "李明"]


def test_a_run_that_broke_before_a_letter_was_handed_over_goes_on_there(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    post[0].breaks = (2, "before")
    with pytest.raises(AmdashError) as caught:
        list(delivery.send(office, MONTH, "zh"))
    assert (caught.value.code, caught.value.fields["manager"], caught.value.fields["done"]) == ("mail_broken_off", "王芳", 1)
    assert states(delivery.planned(office, MONTH)) == {"李明": "sent", "王芳": "ready", "Ann O'Neil": "ready", "赵四": "no_address"}
    post[0].breaks = None
    list(delivery.send(office, MONTH, "zh"))
    assert [address for address, _letter in post[0].arrived] == ["li@example.com", "wang@example.com", "ann@example.com"]


def test_a_letter_of_which_nobody_knows_is_not_sent_twice(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    """The server took the second letter, and the line broke before it said so."""
    post[0].breaks = (2, "after")
    with pytest.raises(AmdashError, match="mail_broken_off"):
        list(delivery.send(office, MONTH, "zh"))
    post[0].breaks = None
    assert states(list(delivery.send(office, MONTH, "zh"))) == {"李明": "sent", "王芳": "uncertain", "Ann O'Neil": "sent", "赵四": "no_address"}
    assert [address for address, _letter in post[0].arrived] == ["li@example.com", "wang@example.com", "ann@example.com"]
    list(delivery.send(office, MONTH, "zh", managers=["王芳"], again=True))
    assert states(delivery.planned(office, MONTH))["王芳"] == "sent"


def test_a_mailbox_that_does_not_exist_keeps_nobody_else_from_theirs(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    post[0].refused = {"wang@example.com"}
    letters = {letter.manager: letter for letter in delivery.send(office, MONTH, "zh")}
    assert (letters["王芳"].state, letters["王芳"].said) == ("failed", "No such mailbox")
    assert letters["Ann O'Neil"].state == "sent"
    # It is tried again next time.
    assert states(delivery.planned(office, MONTH))["王芳"] == "ready"


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("li@example.com", "shared_address"),
        ("LI@Example.com", "shared_address"),
        ("wang", "bad_address"),
        ("wang@example.com\r\nBcc: all@example.com", "bad_address"),
        ("a@b.c, d@e.f", "bad_address"),
        ("王@example.com", "bad_address"),
        ("wang@example.com", "ready"),
    ],
)
def test_an_address_that_would_not_reach_this_person_alone(ws: Workspace, address: str, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ws, {"李明": "li@example.com", "王芳": "x@example.com"})
    monkeypatch.setattr(delivery, "_addresses", lambda _ws: {"李明": "li@example.com", "王芳": address})
    assert states(delivery.planned(ws, MONTH, managers=["王芳"])) == {"王芳": state}


def test_a_name_cannot_add_headings_to_its_letter(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    row = next(iter(delivery.send(office, MONTH, "en", managers=["李明"]))).row
    assert row is not None
    hostile = replace(row, manager="Eve\r\nBcc: all@example.com")
    letter = delivery.message(hostile, server_of(post[1]), "x.pdf", b"%PDF")
    assert "Bcc" not in letter
    assert b"\nBcc:" not in letter.as_bytes()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("李\u202e明\u200f", "李明-2026-10.pdf"),
        ('"; filename="evil.exe', ";_filename=_evil.exe-2026-10.pdf"),
        ("=cmd|' /C calc'!A0", "=cmd_'_C_calc'!A0-2026-10.pdf"),
        ("../#panic() $x$", "#panic()_$x$-2026-10.pdf"),
        ("李😀\U00020000", "李😀\U00020000-2026-10.pdf"),
        ("李" * 60, "李" * 60 + "-2026-10.pdf"),
    ],
)
def test_a_letter_arrives_whole_whatever_the_name_holds(office: Workspace, post: tuple[Post, MailSettings], name: str, file: str) -> None:
    """Through the server and back: the attachment's name, and the name in the words of the letter."""
    row = next(iter(delivery.send(office, MONTH, "zh", managers=["李明"]))).row
    assert row is not None
    letter = delivery.message(replace(row, manager=name), server_of(post[1]), exports.file_name(name, MONTH, "zh"), b"%PDF-1.7")
    with smtp.connected(server_of(post[1])) as server:
        smtp.hand_over(server, letter, "boss@example.com", "li@example.com")
    arrived = message_from_bytes(post[0].arrived[-1][1].as_bytes(), policy=policy.default)
    (attached,) = arrived.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (file, b"%PDF-1.7")
    assert name in arrived.get_body().get_content()  # type: ignore[union-attr]
    assert {part.get_content_type() for part in arrived.walk()} == {"multipart/mixed", "text/plain", "application/pdf"}


def test_without_a_server_nothing_is_begun(ws: Workspace) -> None:
    put(ws, PEOPLE)
    with pytest.raises(AmdashError, match="mail_not_set"):
        list(delivery.send(ws, MONTH, "zh"))
    assert delivery.log(ws) == []


def test_what_the_server_must_offer(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    def code(**changes: object) -> str:
        with pytest.raises(AmdashError) as caught:
            list(delivery.send(replace(office, settings=replace(office.settings, mail=replace(post[1], **changes))), MONTH, "zh"))  # type: ignore[arg-type]
        return caught.value.code

    # A server without encryption gets neither password nor report.
    assert code(security="starttls") == "mail_not_encrypted"
    assert code(security="tls") == "mail_not_encrypted"
    assert code(port="1") == "mail_server_unreachable"
    assert post[0].arrived == []


def test_a_server_that_asks_for_no_password_is_said(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    mail = replace(post[1], user="boss", password="s3cret")
    with pytest.raises(AmdashError, match="mail_login_refused"):
        list(delivery.send(replace(office, settings=replace(office.settings, mail=mail)), MONTH, "zh"))
    assert (delivery.log(office), post[0].arrived) == ([], [])


def test_two_runs_at_once_send_everybody_one(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    """The second begins when the first has looked already."""

    @contextmanager
    def meanwhile(mail: MailServer) -> Iterator[SMTP]:
        assert states(list(delivery.send(office, MONTH, "zh")))["李明"] == "sent"
        with smtp.connected(mail) as server:
            yield server

    assert states(list(delivery.send(office, MONTH, "zh", connect=meanwhile)))["李明"] == "sent"
    assert sorted(address for address, _letter in post[0].arrived) == ["ann@example.com", "li@example.com", "wang@example.com"]


def test_a_merged_name_has_had_its_report(office: Workspace, post: tuple[Post, MailSettings]) -> None:
    list(delivery.send(office, MONTH, "zh", managers=["李明"]))
    aliases.merge(office, "manager", "李明", "王芳")
    assert states(delivery.planned(office, MONTH, managers=["王芳"])) == {"王芳": "sent"}


def test_the_log_outlives_the_program(office: Workspace, open_at: Callable[[Path], Workspace]) -> None:
    list(delivery.send(office, MONTH, "zh", managers=["李明"]))
    opened = open_at(office.settings.workspace)
    assert [(row.manager, row.address, row.state, row.said) for row in delivery.log(opened)] == [("李明", "li@example.com", "sent", "Queued")]
    assert opened.revision() == office.revision()
