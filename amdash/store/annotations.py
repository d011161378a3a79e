"""Annotations: what happened in a month, over which revisions it is said. Closed when taken back, never changed or deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.session import held
from amdash.store.tables import month_annotations, revisions


@dataclass(frozen=True)
class NewAnnotation:
    """Something that happened in a month, in words. ``kind``: what kind of thing.

    ``kpi``: the KPI that it is about, '' for all. ``scope``: everybody, team or manager; ``subject``: which of them, '' for everybody.
    ``new_process``: whether limits begin anew with the month.
    """

    month: str
    text: str
    kind: str = "other"
    kpi: str = ""
    scope: str = "everybody"
    subject: str = ""
    new_process: bool = False


@dataclass(frozen=True, kw_only=True)
class AnnotationRow(NewAnnotation):
    """An annotation as the ledger holds it: in force from a revision until another, None while it stands; ``actor``: who, ``at``: when."""

    annotation_id: int
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


def standing(connection: sa.Connection, revision: int) -> list[AnnotationRow]:
    """The annotations that stood at a revision, in the order in which they were made."""
    query = (
        sa.select(month_annotations, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == month_annotations.c.from_revision)
        .where(held(month_annotations, revision))
        .order_by(month_annotations.c.id)
    )
    return [AnnotationRow(annotation_id=found.pop("id"), **found) for found in (dict(row) for row in connection.execute(query).mappings())]


def add(connection: sa.Connection, revision: int, new: NewAnnotation) -> int:
    """Put an annotation in force from ``revision``; returns its number."""
    return int(connection.execute(sa.insert(month_annotations).values(from_revision=revision, **vars(new))).inserted_primary_key[0])  # type: ignore[index]


def require(connection: sa.Connection, annotation_id: int) -> None:
    """Let an annotation through that stands. Errors: annotation_missing, annotation_undone_already."""
    row = connection.execute(sa.select(month_annotations.c.until_revision).where(month_annotations.c.id == annotation_id)).one_or_none()
    if row is None:
        raise AmdashError("annotation_missing", annotation_id=annotation_id)
    if row.until_revision is not None:
        raise AmdashError("annotation_undone_already", annotation_id=annotation_id, revision=row.until_revision)


def close(connection: sa.Connection, annotation_id: int, revision: int) -> None:
    """Take an annotation back: up to the revision before ``revision`` it stays in force."""
    connection.execute(sa.update(month_annotations).where(month_annotations.c.id == annotation_id).values(until_revision=revision))
