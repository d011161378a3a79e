"""What people write into customers' files: notes and tags, over which revisions they stand. Closed when taken back, never changed or deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.people_tables import customer_notes, customer_tags
from amdash.store.session import Connected, held, new_revision, newest
from amdash.store.tables import revisions


@dataclass(frozen=True)
class NewCustomerNote:
    """Something about a customer, of a day. ``kind``: whether it was a contact, and whose. ``next_step`` may be '', ``due_on``: by when."""

    customer: str
    date: dt.date
    kind: str
    text: str
    next_step: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerNoteRow(NewCustomerNote):
    """A note as the ledger holds it: it stands from a revision until another, None while it does; ``actor``: who wrote it, ``at``: when."""

    note_id: int
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


@dataclass(frozen=True)
class CustomerTagRow:
    """A tag of a customer as the ledger holds it."""

    tag_id: int
    customer: str
    tag: str
    from_revision: int
    until_revision: int | None


class CustomerRecords(Connected):
    """Customers' notes and tags. Every revision can be read again."""

    def customer_notes(self, revision: int | None = None) -> list[CustomerNoteRow]:
        """The notes that stand at a revision (the newest by default), in the order in which they were written."""
        with self._reading() as connection:
            wanted = newest(connection) if revision is None else revision
            query = (
                sa.select(customer_notes, revisions.c.at, revisions.c.actor)
                .join(revisions, revisions.c.revision == customer_notes.c.from_revision)
                .where(held(customer_notes, wanted))
                .order_by(customer_notes.c.id)
            )
            rows = [dict(row) for row in connection.execute(query).mappings()]
        return [CustomerNoteRow(note_id=row.pop("id"), **row) for row in rows]

    def customer_tags(self, revision: int | None = None) -> list[CustomerTagRow]:
        """The tags that stand at a revision (the newest by default), in the order in which they were given."""
        with self._reading() as connection:
            wanted = newest(connection) if revision is None else revision
            rows = connection.execute(sa.select(customer_tags).where(held(customer_tags, wanted)).order_by(customer_tags.c.id)).mappings().all()
        return [CustomerTagRow(row["id"], row["customer"], row["tag"], row["from_revision"], row["until_revision"]) for row in rows]

    def add_customer_note(self, new: NewCustomerNote, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Write a note down; returns its number and the new revision."""
        with self._writing() as connection:
            revision = new_revision(connection, at, actor, "customer_note")
            note_id = _insert(connection, sa.insert(customer_notes).values(from_revision=revision, **vars(new)))
        return note_id, revision

    def close_customer_note(self, note_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take a note back; returns the new revision. Errors: customer_note_missing, customer_note_undone_already."""
        with self._writing() as connection:
            _require(connection, customer_notes, note_id, "customer_note", "note_id")
            revision = new_revision(connection, at, actor, "customer_note")
            _close(connection, customer_notes, note_id, revision)
        return revision

    def add_customer_tag(self, customer: str, tag: str, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Give a customer a tag; returns its number and the new revision."""
        with self._writing() as connection:
            revision = new_revision(connection, at, actor, "customer_tag")
            tag_id = _insert(connection, sa.insert(customer_tags).values(customer=customer, tag=tag, from_revision=revision))
        return tag_id, revision

    def close_customer_tag(self, tag_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take a tag away; returns the new revision. Errors: customer_tag_missing, customer_tag_undone_already."""
        with self._writing() as connection:
            _require(connection, customer_tags, tag_id, "customer_tag", "tag_id")
            revision = new_revision(connection, at, actor, "customer_tag")
            _close(connection, customer_tags, tag_id, revision)
        return revision


def _insert(connection: sa.Connection, statement: sa.Insert) -> int:
    return int(connection.execute(statement).inserted_primary_key[0])  # type: ignore[index]


def _require(connection: sa.Connection, table: sa.Table, number: int, what: str, field: str) -> None:
    """Let an entry through that stands."""
    row = connection.execute(sa.select(table.c.until_revision).where(table.c.id == number)).one_or_none()
    if row is None:
        raise AmdashError(f"{what}_missing", **{field: number})
    if row.until_revision is not None:
        raise AmdashError(f"{what}_undone_already", **{field: number}, revision=row.until_revision)


def _close(connection: sa.Connection, table: sa.Table, number: int, revision: int) -> None:
    connection.execute(sa.update(table).where(table.c.id == number).values(until_revision=revision))
