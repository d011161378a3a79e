"""Slots: (table, month, series). Which facts are in force for each, at which revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa

from amdash.store import facts as blobs
from amdash.store.session import held
from amdash.store.tables import assertions, facts, imports, slots


@dataclass(frozen=True, order=True)
class SlotKey:
    """``month`` is '' for lists and for rows without a date."""

    table: str
    month: str
    series: str


@dataclass(frozen=True)
class Slot:
    """The facts in force for a slot."""

    key: SlotKey
    fact_id: int
    import_id: int
    rows: int
    digest: str


@dataclass(frozen=True)
class StoredFacts:
    """The facts of one slot as an import stored them."""

    fact_id: int
    key: SlotKey
    digest: str


@dataclass(frozen=True)
class NewFacts:
    """Facts made ready before the transaction, so that it stays short."""

    key: SlotKey
    rows: int
    digest: str
    parquet: bytes

    @classmethod
    def of(cls, key: SlotKey, frame: pd.DataFrame) -> NewFacts:
        return cls(key, len(frame), blobs.digest(frame), blobs.to_parquet(frame))


def in_force(revision: int) -> sa.ColumnElement[bool]:
    """The condition that a slot's facts held at a revision."""
    return held(slots, revision)


def current(connection: sa.Connection, revision: int) -> list[Slot]:
    """Every slot with the facts in force at a revision, ordered by table, month and series."""
    query = (
        sa.select(facts.c.table_name, facts.c.month, facts.c.series, facts.c.id, facts.c.import_id, facts.c.rows, facts.c.digest)
        .join(slots, slots.c.fact_id == facts.c.id)
        .where(in_force(revision))
        .order_by(facts.c.table_name, facts.c.month, facts.c.series)
    )
    return [Slot(SlotKey(row.table_name, row.month, row.series), row.id, row.import_id, row.rows, row.digest) for row in connection.execute(query)]


def first_revision(connection: sa.Connection, month: str) -> int | None:
    """The revision at which the first figures of a month came into force; None where there were never any.

    Targets and feedback are none: a sheet of targets comes for the whole year.
    """
    theirs = sa.and_(facts.c.month == month, facts.c.table_name.not_in(("targets", "feedback")))
    query = sa.select(sa.func.min(slots.c.from_revision)).join(facts, slots.c.fact_id == facts.c.id).where(theirs)
    found: int | None = connection.scalar(query)
    return found


def changed_after(connection: sa.Connection, before: int, after: int, first: str, last: str) -> bool:
    """Whether facts of the months from ``first`` to ``last``, or of no month, came into or out of force after one revision and up to another."""
    moved = sa.or_(
        sa.and_(slots.c.from_revision > before, slots.c.from_revision <= after),
        sa.and_(slots.c.until_revision > before, slots.c.until_revision <= after),
    )
    within = sa.or_(sa.and_(facts.c.month >= first, facts.c.month <= last), facts.c.month == "")
    return connection.scalar(sa.select(slots.c.id).join(facts, slots.c.fact_id == facts.c.id).where(moved, within).limit(1)) is not None


def replace(connection: sa.Connection, import_id: int, revision: int, new: Sequence[NewFacts], confirmed: Sequence[int]) -> None:
    """Put new facts in force from ``revision``; what held for the same slots is closed, not deleted.

    ``confirmed``: ids of facts in force that the import has brought again, unchanged.
    """
    for item in new:
        _close(connection, item.key, revision)
        fact_id = _insert(connection, import_id, item)
        connection.execute(sa.insert(slots).values(fact_id=fact_id, from_revision=revision))
        connection.execute(sa.insert(assertions).values(import_id=import_id, fact_id=fact_id))
    for fact_id in confirmed:
        connection.execute(sa.insert(assertions).values(import_id=import_id, fact_id=fact_id))


def stored_by(connection: sa.Connection, import_id: int) -> list[StoredFacts]:
    """The facts that an import stored, in force or not, in the order of storing."""
    query = sa.select(facts.c.id, facts.c.table_name, facts.c.month, facts.c.series, facts.c.digest).where(facts.c.import_id == import_id)
    rows = connection.execute(query.order_by(facts.c.id))
    return [StoredFacts(row.id, SlotKey(row.table_name, row.month, row.series), row.digest) for row in rows]


def rewrite(connection: sa.Connection, blobs_by_id: Mapping[int, bytes]) -> None:
    """Write the Parquet of facts anew; what they say is the same."""
    for fact_id, parquet in blobs_by_id.items():
        connection.execute(sa.update(facts).where(facts.c.id == fact_id).values(parquet=parquet))


def exchange(connection: sa.Connection, revision: int, by_id: Mapping[int, NewFacts]) -> None:
    """Put other facts of the same import in the place of those that say something else, from ``revision`` on."""
    for fact_id, item in by_id.items():
        import_id = connection.scalar(sa.select(facts.c.import_id).where(facts.c.id == fact_id))
        slot_id = connection.scalar(sa.select(slots.c.id).where(slots.c.fact_id == fact_id, in_force(revision)))
        new_id = _insert(connection, import_id, item)
        connection.execute(sa.insert(assertions).values(import_id=import_id, fact_id=new_id))
        if slot_id is not None:
            _close(connection, item.key, revision)
            connection.execute(sa.insert(slots).values(fact_id=new_id, from_revision=revision))


def take_back(connection: sa.Connection, import_id: int, revision: int) -> None:
    """For every slot of an import: in force is what the latest import that still stands says, or nothing.

    The import must be marked as undone already.
    """
    said = sa.select(assertions.c.fact_id).where(assertions.c.import_id == import_id)
    touched = sa.select(facts.c.table_name, facts.c.month, facts.c.series).where(facts.c.id.in_(said))
    for row in connection.execute(touched).all():
        key = SlotKey(row.table_name, row.month, row.series)
        standing = connection.scalar(
            sa.select(facts.c.id)
            .join(assertions, assertions.c.fact_id == facts.c.id)
            .join(imports, imports.c.id == assertions.c.import_id)
            .where(_of(key), imports.c.undone_revision.is_(None))
            .order_by(assertions.c.import_id.desc())
            .limit(1)
        )
        now = connection.scalar(sa.select(facts.c.id).join(slots, slots.c.fact_id == facts.c.id).where(_of(key), in_force(revision)))
        if now == standing:
            continue
        _close(connection, key, revision)
        if standing is not None:
            connection.execute(sa.insert(slots).values(fact_id=standing, from_revision=revision))


def _insert(connection: sa.Connection, import_id: int | None, item: NewFacts) -> int:
    return int(
        connection.execute(
            sa.insert(facts).values(
                import_id=import_id,
                table_name=item.key.table,
                month=item.key.month,
                series=item.key.series,
                rows=item.rows,
                digest=item.digest,
                parquet=item.parquet,
            )
        ).inserted_primary_key[0]  # type: ignore[index]
    )


def _of(key: SlotKey) -> sa.ColumnElement[bool]:
    return sa.and_(facts.c.table_name == key.table, facts.c.month == key.month, facts.c.series == key.series)


def _close(connection: sa.Connection, key: SlotKey, revision: int) -> None:
    held = sa.select(facts.c.id).where(_of(key))
    connection.execute(sa.update(slots).where(slots.c.fact_id.in_(held), slots.c.until_revision.is_(None)).values(until_revision=revision))
