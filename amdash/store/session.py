"""Connections to the workspace's database, and the revisions that every change makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from amdash.store import tables as t


class Connected:
    """What reads and writes. Thread-safe: every call takes its own connection."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._engine.connect().execution_options(amdash_write=True) as connection, connection.begin():
            yield connection

    def revision(self) -> int:
        """The newest revision; 0 for a workspace in which nothing has happened."""
        with self._reading() as connection:
            return newest(connection)


def newest(connection: sa.Connection) -> int:
    """The newest revision as this transaction sees it; 0 where nothing has happened."""
    return int(connection.scalar(sa.select(sa.func.max(t.revisions.c.revision))) or 0)


def new_revision(connection: sa.Connection, at: dt.datetime, actor: str, action: str, import_id: int | None = None) -> int:
    """Begin a revision; returns its number."""
    result = connection.execute(sa.insert(t.revisions).values(at=at, actor=actor, action=action, import_id=import_id))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def held(table: sa.Table, revision: int) -> sa.ColumnElement[bool]:
    """The condition that an entry stood at a revision: made by then, and not ended by then."""
    # Feedback is older than the name that the column has everywhere else.
    since = table.c["from_revision" if "from_revision" in table.c else "revision"]
    return sa.and_(since <= revision, sa.or_(table.c.until_revision.is_(None), table.c.until_revision > revision))


def first_of(connection: sa.Connection, table: sa.Table) -> Callable[[int], int]:
    """Number of an entry -> that of the first word, which it goes back to along ``replaces``; its own where it replaces nothing."""
    before = {int(row.id): row.replaces for row in connection.execute(sa.select(table.c.id, table.c.replaces))}

    def first(number: int) -> int:
        while (earlier := before[number]) is not None:
            number = earlier
        return number

    return first
