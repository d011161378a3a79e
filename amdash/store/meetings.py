"""Meetings, and what was decided and noted in them, over which revisions. A change replaces the entry before it; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store import feedback as feedback_rows
from amdash.store import plans as plan_rows
from amdash.store.feedback import NewFeedback
from amdash.store.people_tables import meeting_ends, meeting_items, meetings
from amdash.store.plans import NewPlan
from amdash.store.session import Connected, first_of, held, new_revision, newest
from amdash.store.tables import revisions

_ACTION = "meeting"


@dataclass(frozen=True)
class NewItem:
    """What was said in a meeting: ``kind`` decision or note, of a manager or, where that is '', of everybody.

    ``kpi``: the KPI that it is about, '' for none. ``responsible`` may be ''. ``done_on``: when it was ticked, None while it is to be done.
    """

    kind: str
    manager: str
    kpi: str
    text: str
    responsible: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class ItemRow(NewItem):
    """An item as the ledger holds it; every change gives it another ``item_id``, and ``replaces`` is the one before.

    ``plan_id``, ``feedback_id``: the plan and the line of feedback that were written together with it, None without.
    """

    item_id: int
    meeting_id: int
    replaces: int | None
    plan_id: int | None
    feedback_id: int | None
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting on the figures of a period as at a revision; ``ended_at`` is None while it is held. ``actor``: who began it."""

    meeting_id: int
    period: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    revision: int
    actor: str


_WORDS = tuple(field.name for field in fields(NewItem))


class MeetingRecords(Connected):
    """Meetings and their items."""

    def figures_revision(self) -> int:
        """The newest revision that was not made in a meeting: decisions move no figure. 0 where there is none."""
        with self._reading() as connection:
            return int(connection.scalar(sa.select(sa.func.max(revisions.c.revision)).where(revisions.c.action != _ACTION)) or 0)

    def revision_by(self, moment: dt.datetime) -> int:
        """The newest revision that was made up to a moment; 0 where there is none."""
        with self._reading() as connection:
            return int(connection.scalar(sa.select(sa.func.max(revisions.c.revision)).where(revisions.c.at <= moment)) or 0)

    def meetings(self, revision: int | None = None) -> list[MeetingRow]:
        """The meetings begun up to a revision (the newest by default), ended or not as at it, in the order in which they were begun."""
        with self._reading() as connection:
            return _meetings(connection, self.revision() if revision is None else revision)

    def meeting_items(self, revision: int | None = None) -> list[ItemRow]:
        """What stands at a revision (the newest by default), by meeting, in the order in which it was first said."""
        with self._reading() as connection:
            return _standing(connection, self.revision() if revision is None else revision)

    def begin_meeting(self, period: str, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Begin one; returns its number and the new revision. Errors: meeting_running."""
        with self._writing() as connection:
            _require_none_running(connection)
            revision = new_revision(connection, at, actor, _ACTION)
            new = sa.insert(meetings).values(period=period, started_at=at, revision=revision)
            return int(connection.execute(new).inserted_primary_key[0]), revision  # type: ignore[index]

    def end_meeting(self, meeting_id: int, ended_at: dt.datetime | None, *, actor: str, at: dt.datetime) -> int:
        """End a meeting, or with None hold it on; returns the new revision. Errors: meeting_missing, meeting_ended, meeting_running."""
        with self._writing() as connection:
            row = _meeting(connection, meeting_id)
            if ended_at is None:
                _require_none_running(connection, but=meeting_id)
            elif row.ended_at is not None:
                raise AmdashError("meeting_ended", month=row.period)
            revision = new_revision(connection, at, actor, _ACTION)
            if ended_at is None:
                stands = sa.and_(meeting_ends.c.meeting_id == meeting_id, meeting_ends.c.until_revision.is_(None))
                connection.execute(sa.update(meeting_ends).where(stands).values(until_revision=revision))
            else:
                connection.execute(sa.insert(meeting_ends).values(meeting_id=meeting_id, ended_at=ended_at, from_revision=revision))
        return revision

    def add_item(
        self, meeting_id: int, new: NewItem, *, told: NewFeedback | None = None, plan: NewPlan | None = None, actor: str, at: dt.datetime
    ) -> tuple[int, int]:
        """Write an item down, together with a line of feedback and a plan; returns its number and the new revision.

        Errors: meeting_missing, meeting_ended.
        """
        with self._writing() as connection:
            _require_running(connection, meeting_id)
            revision = new_revision(connection, at, actor, _ACTION)
            feedback_id = feedback_rows.say(connection, revision, told, None) if told else None
            plan_id = plan_rows.begin(connection, revision, plan) if plan else None
            return _say(connection, revision, meeting_id, new, None, plan_id, feedback_id), revision

    def change_item(
        self,
        item_id: int,
        make: Callable[[ItemRow], NewItem],
        *,
        told: Callable[[NewItem], NewFeedback] | None = None,
        actor: str,
        at: dt.datetime,
    ) -> tuple[int, int]:
        """Put something else in the place of what stands; returns its number and the new revision.

        Without ``told`` the feedback and the plan that belong to it stay as they are, and a meeting that is over may be changed too;
        with it they follow, each while nobody else has changed it. Errors: meeting_item_missing, meeting_item_changed, meeting_ended.
        """
        with self._writing() as connection:
            row = _one(connection, item_id)
            if told is not None:
                _require_running(connection, row.meeting_id)
            new = make(row)
            revision = new_revision(connection, at, actor, _ACTION)
            feedback_id = row.feedback_id
            if told is not None and feedback_id is not None:
                feedback_id = feedback_rows.follow(connection, revision, feedback_id, told(new))
            if told is not None:
                _adapt_plan(connection, revision, row, new)
            _end(connection, item_id, revision)
            return _say(connection, revision, row.meeting_id, new, item_id, row.plan_id, feedback_id), revision

    def close_item(self, item_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take an item back, with its feedback, and its plan while nobody has changed that; returns the new revision.

        Errors: meeting_item_missing, meeting_item_changed, meeting_ended.
        """
        with self._writing() as connection:
            row = _one(connection, item_id)
            _require_running(connection, row.meeting_id)
            revision = new_revision(connection, at, actor, _ACTION)
            _end(connection, item_id, revision)
            if row.feedback_id is not None:
                feedback_rows.end(connection, feedback_rows.last(connection, row.feedback_id), revision)
            if (plan := _own_plan(connection, row)) is not None:
                # As if it had never been agreed: also what it was corrected from does not come back.
                plan_rows.take_back(connection, revision, replace(plan, replaces=None))
        return revision


def _meetings(connection: sa.Connection, revision: int) -> list[MeetingRow]:
    query = (
        sa.select(meetings, meeting_ends.c.ended_at, revisions.c.actor)
        .join(revisions, revisions.c.revision == meetings.c.revision)
        .outerjoin(meeting_ends, sa.and_(meeting_ends.c.meeting_id == meetings.c.id, held(meeting_ends, revision)))
        .where(meetings.c.revision <= revision)
        .order_by(meetings.c.id)
    )
    return [MeetingRow(meeting_id=found.pop("id"), **found) for found in (dict(row) for row in connection.execute(query).mappings())]


def _standing(connection: sa.Connection, revision: int) -> list[ItemRow]:
    query = (
        sa.select(meeting_items, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == meeting_items.c.from_revision)
        .where(held(meeting_items, revision))
    )
    rows = [ItemRow(item_id=found.pop("id"), **found) for found in (dict(row) for row in connection.execute(query).mappings())]
    first = first_of(connection, meeting_items)
    return sorted(rows, key=lambda row: (row.meeting_id, first(row.item_id)))


def _one(connection: sa.Connection, item_id: int) -> ItemRow:
    """The item of that number, where it stands."""
    found = next((row for row in _standing(connection, newest(connection)) if row.item_id == item_id), None)
    if found is not None:
        return found
    known = connection.scalar(sa.select(meeting_items.c.id).where(meeting_items.c.id == item_id))
    raise AmdashError("meeting_item_missing" if known is None else "meeting_item_changed", item_id=item_id)


def _meeting(connection: sa.Connection, meeting_id: int) -> MeetingRow:
    """The meeting of that number as it is now."""
    found = next((row for row in _meetings(connection, newest(connection)) if row.meeting_id == meeting_id), None)
    if found is None:
        raise AmdashError("meeting_missing", meeting_id=meeting_id)
    return found


def _require_running(connection: sa.Connection, meeting_id: int) -> None:
    """Let a meeting through that is not over."""
    row = _meeting(connection, meeting_id)
    if row.ended_at is not None:
        raise AmdashError("meeting_ended", month=row.period)


def _require_none_running(connection: sa.Connection, but: int | None = None) -> None:
    """Go on where no meeting is held, one apart."""
    for row in _meetings(connection, newest(connection)):
        if row.ended_at is None and row.meeting_id != but:
            raise AmdashError("meeting_running", month=row.period)


def _own_plan(connection: sa.Connection, row: ItemRow) -> plan_rows.PlanRow | None:
    """The plan of a decision, where it is still as the meeting left it: it was changed last when one of the decision's entries was made."""
    if row.plan_id is None:
        return None
    found = next((one for one in plan_rows.standing(connection, newest(connection)) if one.plan_id == row.plan_id), None)
    same = sa.select(meeting_items.c.from_revision).where(meeting_items.c.plan_id == row.plan_id)
    return found if found is not None and found.from_revision in set(connection.scalars(same)) else None


def _adapt_plan(connection: sa.Connection, revision: int, before: ItemRow, new: NewItem) -> None:
    plan = _own_plan(connection, before)
    if plan is None:
        return
    words = {field.name: getattr(plan, field.name) for field in fields(NewPlan)}
    due = max(plan.started, f"{new.due_on:%Y-%m}") if new.due_on else plan.due
    plan_rows.change(connection, revision, plan, NewPlan(**words | {"action": new.text, "responsible": new.responsible, "due": due}))


def _say(
    connection: sa.Connection, revision: int, meeting_id: int, new: NewItem, replaces: int | None, plan_id: int | None, feedback_id: int | None
) -> int:
    words = {name: getattr(new, name) for name in _WORDS}
    links = {"meeting_id": meeting_id, "replaces": replaces, "plan_id": plan_id, "feedback_id": feedback_id, "from_revision": revision}
    return int(connection.execute(sa.insert(meeting_items).values(**words, **links)).inserted_primary_key[0])  # type: ignore[index]


def _end(connection: sa.Connection, item_id: int, revision: int) -> None:
    connection.execute(sa.update(meeting_items).where(meeting_items.c.id == item_id).values(until_revision=revision))
