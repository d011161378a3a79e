"""Improvement plans: what was agreed, over which revisions, and notes on the way. A change replaces the entry before it; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.session import held
from amdash.store.tables import plan_entries, plan_notes, plans, revisions


@dataclass(frozen=True)
class NewPlan:
    """A plan for one KPI of one manager, from the month ``started`` to the month ``due``.

    ``baseline``, ``goal``: in the KPI's unit, None where there is none. ``measure``: what kind of thing is done, as it is counted, '' for
    none of these; ``action``: the same in words. ``reason`` and ``responsible`` (who sees to it) may be empty. ``closed_on`` and
    ``conclusion``: when and how a person closed it. ``new_process``: whether limits are to begin anew after its start.
    """

    kpi: str
    manager: str
    started: str
    due: str
    action: str
    baseline: float | None = None
    goal: float | None = None
    measure: str = ""
    reason: str = ""
    responsible: str = ""
    new_process: bool = False
    closed_on: dt.date | None = None
    conclusion: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanRow(NewPlan):
    """A plan as the ledger holds it, under its number ``plan_id``.

    ``replaces``: the entry that it changes, None where it opens the plan. In force from a revision until another, None while it stands;
    ``actor``: who said so last, ``at``: when.
    """

    plan_id: int
    entry_id: int
    replaces: int | None
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


@dataclass(frozen=True)
class NoteRow:
    """A note on the progress of a plan, of a day; ``actor``: who wrote it, ``at``: when."""

    note_id: int
    plan_id: int
    date: dt.date
    text: str
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


_WORDS = tuple(field.name for field in fields(NewPlan))


def standing(connection: sa.Connection, revision: int) -> list[PlanRow]:
    """The plans that stood at a revision, closed ones too, by number."""
    query = (
        sa.select(plan_entries, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == plan_entries.c.from_revision)
        .where(held(plan_entries, revision))
        .order_by(plan_entries.c.plan_id)
    )
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def notes(connection: sa.Connection, revision: int) -> list[NoteRow]:
    """The notes that stood at a revision, in the order in which they were written."""
    query = (
        sa.select(plan_notes, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == plan_notes.c.from_revision)
        .where(held(plan_notes, revision))
        .order_by(plan_notes.c.id)
    )
    return [NoteRow(note_id=found.pop("id"), **found) for found in (dict(row) for row in connection.execute(query).mappings())]


def one(connection: sa.Connection, plan_id: int, revision: int) -> PlanRow:
    """The plan of that number as it stands. Errors: plan_missing, plan_undone_already."""
    for row in standing(connection, revision):
        if row.plan_id == plan_id:
            return row
    ended = connection.scalar(sa.select(sa.func.max(plan_entries.c.until_revision)).where(plan_entries.c.plan_id == plan_id))
    if ended is None:
        raise AmdashError("plan_missing", plan_id=plan_id)
    raise AmdashError("plan_undone_already", plan_id=plan_id, revision=ended)


def begin(connection: sa.Connection, revision: int, new: NewPlan) -> int:
    """Open a plan from ``revision`` on; returns its number."""
    plan_id = int(connection.execute(sa.insert(plans).values(revision=revision)).inserted_primary_key[0])  # type: ignore[index]
    _say(connection, revision, plan_id, new, None)
    return plan_id


def change(connection: sa.Connection, revision: int, before: PlanRow, new: NewPlan) -> None:
    """Put ``new`` in the place of what stands."""
    _end(connection, plan_entries, before.entry_id, revision)
    _say(connection, revision, before.plan_id, new, before.entry_id)


def take_back(connection: sa.Connection, revision: int, row: PlanRow) -> None:
    """Take the last word on a plan back: what it replaced holds again; where it opened the plan, there is none any more."""
    _end(connection, plan_entries, row.entry_id, revision)
    if row.replaces is not None:
        earlier = connection.execute(sa.select(plan_entries).where(plan_entries.c.id == row.replaces)).mappings().one()
        # It points to what it replaced itself, so that one can go back step by step.
        _say(connection, revision, row.plan_id, NewPlan(**{name: earlier[name] for name in _WORDS}), earlier["replaces"])


def note(connection: sa.Connection, revision: int, plan_id: int, date: dt.date, text: str) -> None:
    """Write a note down from ``revision`` on."""
    connection.execute(sa.insert(plan_notes).values(plan_id=plan_id, date=date, text=text, from_revision=revision))


def standing_note(connection: sa.Connection, plan_id: int, note_id: int) -> None:
    """Let a note of a plan through that stands. Errors: plan_note_missing, plan_note_undone_already."""
    # Under its plan's number too, so that a slip in one of the two takes nothing else back.
    chosen = sa.select(plan_notes.c.until_revision).where(plan_notes.c.id == note_id, plan_notes.c.plan_id == plan_id)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise AmdashError("plan_note_missing", note_id=note_id, plan_id=plan_id)
    if row.until_revision is not None:
        raise AmdashError("plan_note_undone_already", note_id=note_id, revision=row.until_revision)


def take_back_note(connection: sa.Connection, revision: int, note_id: int) -> None:
    """Take a note back: up to the revision before ``revision`` it stays."""
    _end(connection, plan_notes, note_id, revision)


def _say(connection: sa.Connection, revision: int, plan_id: int, new: NewPlan, replaces: int | None) -> None:
    words = {name: getattr(new, name) for name in _WORDS}
    connection.execute(sa.insert(plan_entries).values(plan_id=plan_id, replaces=replaces, from_revision=revision, **words))


def _end(connection: sa.Connection, table: sa.Table, entry_id: int, revision: int) -> None:
    connection.execute(sa.update(table).where(table.c.id == entry_id).values(until_revision=revision))


def _row(found: dict[str, object]) -> PlanRow:
    return PlanRow(entry_id=found.pop("id"), **found)  # type: ignore[arg-type]
