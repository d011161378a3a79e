"""Rules: what the business has set for itself, one document per change. Followed by a newer one, never changed."""

from __future__ import annotations

import sqlalchemy as sa

from amdash.store.tables import rules


def in_force(connection: sa.Connection, revision: int) -> str | None:
    """The document (JSON) that held at a revision; None where none had been set."""
    newest = sa.select(rules.c.content).where(rules.c.from_revision <= revision).order_by(rules.c.id.desc()).limit(1)
    content: str | None = connection.scalar(newest)
    return content


def add(connection: sa.Connection, revision: int, content: str) -> None:
    """Put a document in force from ``revision``."""
    connection.execute(sa.insert(rules).values(content=content, from_revision=revision))
