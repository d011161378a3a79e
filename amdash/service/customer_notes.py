"""What account managers write into customers' files: notes and contacts with the next step, and tags."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Literal, get_args

from amdash.errors import AmdashError
from amdash.i18n import N_
from amdash.metrics.names import fold
from amdash.service import access
from amdash.service.workspace import OWNER, Workspace
from amdash.store.customers import CustomerNoteRow, CustomerTagRow, NewCustomerNote

# contacted: we wrote, called or came. wrote: the customer did.
NoteKind = Literal["contacted", "wrote", "note"]
NOTE_KINDS: tuple[NoteKind, ...] = get_args(NoteKind)
MOST_TAG = 60
_BETWEEN_TAGS = re.compile(r"[,;|、，；/\n]+")


def notes(ws: Workspace, *, revision: int | None = None, actor: str = OWNER) -> list[CustomerNoteRow]:
    """The notes that stand, in the order of writing, each under the customer's name in force."""
    access.ask(actor, "read")
    known = ws.identities(revision)
    return [replace(row, customer=known.shown("customer", row.customer)) for row in ws.store.customer_notes(revision)]


def write(
    ws: Workspace,
    customer: str,
    text: str,
    *,
    kind: str = "note",
    date: dt.date | None = None,
    next_step: str = "",
    due_on: dt.date | None = None,
    actor: str = OWNER,
) -> tuple[int, int]:
    """Write a note or a contact of a day (default: today) down; returns its number and the new revision.

    Errors: entry_incomplete (customer, text, or the next step of a date), entry_day_ahead, customer_note_kind_unknown.
    """
    access.ask(actor, "write")
    if kind not in NOTE_KINDS:
        raise AmdashError("customer_note_kind_unknown", value=kind, known=list(NOTE_KINDS))
    for title, value in ((N_("Customer"), customer), (N_("What was said or done"), text), (N_("What to do next"), next_step if due_on else "-")):
        if not value.strip():
            raise AmdashError("entry_incomplete", field=title)
    today = ws.now().date()
    if date is not None and date > today:
        raise AmdashError("entry_day_ahead", value=date.isoformat())
    new = NewCustomerNote(customer.strip(), date or today, kind, text.strip(), next_step.strip(), due_on)
    return ws.store.add_customer_note(new, actor=actor, at=ws.now())


def undo(ws: Workspace, note_id: int, *, actor: str = OWNER) -> int:
    """Take a note back; returns the new revision. Errors: customer_note_missing, customer_note_undone_already."""
    access.ask(actor, "write")
    return ws.store.close_customer_note(note_id, actor=actor, at=ws.now())


def tags(ws: Workspace, *, revision: int | None = None, actor: str = OWNER) -> dict[str, tuple[CustomerTagRow, ...]]:
    """Customer, under the name in force -> the tags given here, in the order of giving."""
    access.ask(actor, "read")
    known = ws.identities(revision)
    found: dict[str, tuple[CustomerTagRow, ...]] = {}
    for row in ws.store.customer_tags(revision):
        name = known.shown("customer", row.customer)
        found[name] = (*found.get(name, ()), replace(row, customer=name))
    return found


def listed_tags(said: str | None) -> tuple[str, ...]:
    """The tags that the customer list says, each once."""
    return tuple(dict.fromkeys(tag.strip() for tag in _BETWEEN_TAGS.split(said or "") if tag.strip()))


def tag(ws: Workspace, customer: str, words: str, *, actor: str = OWNER) -> int | None:
    """Give a customer a tag; returns the new revision, None where it has that one already. Errors: entry_incomplete, customer_tag_too_long (most)."""
    access.ask(actor, "write")
    given = " ".join(words.split())
    for title, value in ((N_("Customer"), customer), (N_("Tag"), given)):
        if not value.strip():
            raise AmdashError("entry_incomplete", field=title)
    if len(given) > MOST_TAG:
        raise AmdashError("customer_tag_too_long", most=MOST_TAG)
    name = ws.identities().shown("customer", customer.strip())
    if any(_same(row.tag, given) for row in tags(ws).get(name, ())):
        return None
    return ws.store.add_customer_tag(customer.strip(), given, actor=actor, at=ws.now())[1]


def untag(ws: Workspace, tag_id: int, *, actor: str = OWNER) -> int:
    """Take a tag away; returns the new revision. Errors: customer_tag_missing, customer_tag_undone_already."""
    access.ask(actor, "write")
    return ws.store.close_customer_tag(tag_id, actor=actor, at=ws.now())


def standing_step(written: list[CustomerNoteRow]) -> CustomerNoteRow | None:
    """The note whose next step is still to be done: a later one replaces it, and so does a later contact of ours; None without any."""
    for row in sorted(written, key=lambda one: (one.date, one.note_id), reverse=True):
        if row.next_step:
            return row
        if row.kind == "contacted":
            return None
    return None


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)
