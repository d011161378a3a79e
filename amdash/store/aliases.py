"""Aliases: which spellings a person has said to be one, over which revisions. Closed when taken back, never deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.session import held
from amdash.store.tables import aliases, revisions


@dataclass(frozen=True)
class AliasRow:
    """``alias`` counts as ``name`` from a revision on. ``kind``: manager, customer, product; 'apart:' before it: two that are not one.

    ``until_revision`` is None while it stands. ``at`` and ``actor``: who said so, and when.
    """

    alias_id: int
    kind: str
    alias: str
    name: str
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


def in_force(connection: sa.Connection, revision: int) -> list[AliasRow]:
    """The aliases that held at a revision, in the order in which they were made."""
    query = (
        sa.select(aliases, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == aliases.c.from_revision)
        .where(held(aliases, revision))
        .order_by(aliases.c.id)
    )
    return [
        AliasRow(row.id, row.kind, row.alias, row.name, row.from_revision, row.until_revision, row.at, row.actor) for row in connection.execute(query)
    ]


def add(connection: sa.Connection, revision: int, *, kind: str, alias: str, name: str) -> int:
    """Put an alias in force from ``revision``; returns its id."""
    values = {"kind": kind, "alias": alias, "name": name, "from_revision": revision}
    return int(connection.execute(sa.insert(aliases).values(**values)).inserted_primary_key[0])  # type: ignore[index]


def standing(connection: sa.Connection, alias_id: int) -> None:
    """Let an alias through that stands. Errors: alias_missing, alias_undone_already."""
    row = connection.execute(sa.select(aliases.c.until_revision).where(aliases.c.id == alias_id)).one_or_none()
    if row is None:
        raise AmdashError("alias_missing", alias_id=alias_id)
    if row.until_revision is not None:
        raise AmdashError("alias_undone_already", alias_id=alias_id, revision=row.until_revision)


def close(connection: sa.Connection, alias_id: int, revision: int) -> None:
    """Take an alias back: up to the revision before it stays in force."""
    connection.execute(sa.update(aliases).where(aliases.c.id == alias_id).values(until_revision=revision))
