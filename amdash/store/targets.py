"""Targets: what was said of them, over which revisions. Followed by newer entries or closed when taken back, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.session import held
from amdash.store.tables import revisions, targets


@dataclass(frozen=True)
class NewTarget:
    """From ``from_month`` on ``value`` is the target of a KPI, in its unit; None: no target from then on.

    ``scope``: everybody, team or manager; ``subject``: which of them, '' for everybody. ``inherits``: from then on the scope says nothing of
    its own, and the wider one's target holds again. ``reason`` may be empty.
    """

    kpi: str
    scope: str
    subject: str
    from_month: str
    value: float | None
    inherits: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TargetRow(NewTarget):
    """An entry as the ledger holds it: in force from a revision until another, None while it stands; ``actor``: who set it, ``at``: when."""

    target_id: int
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


def standing(connection: sa.Connection, revision: int) -> list[TargetRow]:
    """The entries that stood at a revision, in the order in which they were made."""
    query = (
        sa.select(targets, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == targets.c.from_revision)
        .where(held(targets, revision))
        .order_by(targets.c.id)
    )
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def add(connection: sa.Connection, revision: int, new: Sequence[NewTarget]) -> None:
    """Put entries in force from ``revision``, later ones after earlier ones."""
    for entry in new:
        connection.execute(sa.insert(targets).values(from_revision=revision, **vars(entry)))


def revision_of(connection: sa.Connection, target_id: int) -> int:
    """The revision at which an entry that stands was set. Errors: target_missing, target_undone_already."""
    row = connection.execute(sa.select(targets.c.from_revision, targets.c.until_revision).where(targets.c.id == target_id)).one_or_none()
    if row is None:
        raise AmdashError("target_missing", target_id=target_id)
    if row.until_revision is not None:
        raise AmdashError("target_undone_already", target_id=target_id, revision=row.until_revision)
    return int(row.from_revision)


def close(connection: sa.Connection, set_at: int, revision: int) -> None:
    """Take everything back that was set at one revision: up to the revision before ``revision`` it stays in force."""
    connection.execute(sa.update(targets).where(targets.c.from_revision == set_at).values(until_revision=revision))


def _row(found: dict[str, object]) -> TargetRow:
    return TargetRow(target_id=found.pop("id"), **found)  # type: ignore[arg-type]
