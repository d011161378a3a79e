"""Everybody's PDF to everybody's own address: looked at first, sent one by one, and gone on with where it broke off."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from smtplib import SMTP
from typing import Literal, cast

from amdash.errors import AmdashError
from amdash.i18n import Language, formats, translator
from amdash.metrics.names import fold
from amdash.service import access, exports, scorecards, smtp
from amdash.service.smtp import MailServer
from amdash.service.workspace import OWNER, Workspace
from amdash.store.deliveries import DeliveryRow

# ready: would be sent. sent: was, before or just now. uncertain: a run broke off while it was on its way. failed: the server refused it.
# no_address, bad_address: nothing to send it to. shared_address: the list gives several people this one.
State = Literal["ready", "sent", "uncertain", "failed", "no_address", "bad_address", "shared_address"]
Connect = Callable[[MailServer], AbstractContextManager[SMTP]]


@dataclass(frozen=True)
class Letter:
    """What is to become, or has become, of a manager's report. ``said``: by the mail server; ``row``: the last time it went out."""

    manager: str
    address: str
    state: State
    said: str = ""
    row: DeliveryRow | None = None


def planned(ws: Workspace, period: str, *, managers: Sequence[str] | None = None, again: bool = False, actor: str = OWNER) -> list[Letter]:
    """What sending would do, for each of ``managers``, by default everybody: nothing is sent.

    Who has had the report of this period already is left out of sending, unless ``again``; so is who may have had it.
    Errors: month_invalid, no_data_for_report, manager_unknown.
    """
    access.ask(actor, "read")
    scorecards.require_figures(ws, period)
    people = scorecards.roster(ws)
    chosen = list(people["manager"]) if managers is None else [scorecards.shown_manager(ws, people, name, None) for name in managers]
    addresses = _addresses(ws)
    # Told from everybody's: nobody is to get another's report because only one of the two was chosen.
    everybody = [addresses[name].casefold() for name in people["manager"] if addresses.get(name)]
    shown = partial(ws.identities().shown, "manager")
    before = {shown(row.manager): row for row in ws.store.deliveries(period)}
    return [_letter(name, addresses.get(name, ""), everybody, before.get(name), again) for name in chosen]


def send(
    ws: Workspace,
    period: str,
    language: Language,
    *,
    managers: Sequence[str] | None = None,
    again: bool = False,
    progress: exports.Told | None = None,
    connect: Connect = smtp.connected,
    actor: str = OWNER,
) -> Iterator[Letter]:
    """Send what :func:`planned` says is ready, each to its own address alone; yields every letter as soon as it is known what became of it.

    Every letter is written down before it goes out and after, so that a run that broke off is gone on with by running it again.
    Errors: as :func:`planned`; those of :func:`amdash.service.smtp.server_of` and :func:`amdash.service.smtp.connected`, mail_broken_off.
    """
    access.ask(actor, "write")
    letters = planned(ws, period, managers=managers, again=again, actor=actor)
    yield from (letter for letter in letters if letter.state != "ready")
    ready = {letter.manager: letter for letter in letters if letter.state == "ready"}
    if not ready:
        return
    mail = smtp.server_of(ws.settings.mail)
    revision = ws.revision()
    made = exports.reports(ws, period, language, managers=list(ready), revision=revision, progress=progress, actor=actor)
    with connect(mail) as server:
        for done, (letter, (name, pdf)) in enumerate(zip(ready.values(), made, strict=True)):
            row = DeliveryRow(
                period, letter.manager, letter.address, language, revision, hashlib.sha256(pdf).hexdigest(), "sending", "", ws.now(), actor
            )
            written = message(row, mail, name, pdf)
            number = ws.store.begin_delivery(row, after=letter.row.number if letter.row else 0)
            if number is None:
                # Somebody else has begun to send it since this run looked.
                yield planned(ws, period, managers=[letter.manager], actor=actor)[0]
                continue
            row = replace(row, number=number)
            try:
                said = smtp.hand_over(server, written, mail.sender, letter.address)
            except smtp.Refused as error:
                yield _ended(ws, number, letter, row, "failed", str(error))
            except smtp.Broken as error:
                if not error.handed_over:
                    ws.store.end_delivery(number, "failed", str(error), ws.now())
                raise AmdashError("mail_broken_off", manager=letter.manager, done=done, total=len(ready), reason=str(error)) from error
            else:
                yield _ended(ws, number, letter, row, "sent", said)


def message(row: DeliveryRow, mail: MailServer, name: str, pdf: bytes) -> EmailMessage:
    """A short letter with the PDF. Of the same report it has the same number, so that a mail program shows what came twice once."""
    language = cast(Language, row.language)
    _ = translator(language)
    # A line's end in a name would begin another heading of the letter.
    manager, period = " ".join(row.manager.split()), formats.month(row.period, language)
    letter = EmailMessage()
    letter["Subject"] = _("Your summary of {period}", period=period)
    letter["From"] = Address(addr_spec=mail.sender)
    letter["To"] = Address(addr_spec=row.address)
    letter["Date"] = format_datetime(row.at.astimezone())
    letter["Message-ID"] = f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'amdash:report:{row.digest}:{row.address}')}@{mail.sender.rpartition('@')[2]}>"
    words = _(
        "Hello {manager},\n\nattached is your summary of {period}: figures, charts, feedback and what was agreed.\n"
        "It is for you alone. If it is not yours, please delete it and tell {sender}.\n",
        manager=manager,
        period=period,
        sender=mail.sender,
    )
    letter.set_content(words)
    letter.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    return letter


def log(ws: Workspace, period: str | None = None, *, actor: str = OWNER) -> list[DeliveryRow]:
    """What was sent, newest first."""
    access.ask(actor, "read")
    return ws.store.deliveries(period)[::-1]


def _letter(manager: str, address: str, everybody: Sequence[str], before: DeliveryRow | None, again: bool) -> Letter:
    if not address:
        return Letter(manager, "", "no_address")
    if not smtp.is_address(address):
        return Letter(manager, address, "bad_address")
    if everybody.count(address.casefold()) > 1:
        return Letter(manager, address, "shared_address")
    if before is None or before.state == "failed" or again:
        return Letter(manager, address, "ready", row=before)
    return Letter(manager, address, "sent" if before.state == "sent" else "uncertain", before.said, before)


def _ended(ws: Workspace, number: int, letter: Letter, row: DeliveryRow, state: Literal["sent", "failed"], said: str) -> Letter:
    now = ws.now()
    ws.store.end_delivery(number, state, said, now)
    return replace(letter, state=state, said=said, row=replace(row, state=state, said=said, at=now))


def _addresses(ws: Workspace) -> dict[str, str]:
    """Manager -> e-mail address on the newest line of the list that gives one. A name that several people share has none."""
    listed = ws.tables()["managers"]
    shared = {fold(name) for name in ws.identities().split}
    rows = listed[listed["email"].notna()]
    return {str(name): str(email).strip() for name, email in zip(rows["name"], rows["email"], strict=True) if fold(str(name)) not in shared}
