"""Connections to the workspace's database, and the revisions that every change makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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
