"""Feedback written in amdash: kept as it was written, over which revisions. A correction follows what it corrects; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store.session import Connected, first_of, held, new_revision
from amdash.store.tables import feedback, revisions


@dataclass(frozen=True)
class NewFeedback:
    """A feedback entry (uploaded ones are facts of the table 'feedback'); what is not known is None. ``recorded_by``: who wrote it down."""

    date: dt.date
    manager: str
    source: str | None
    method: str | None
    criteria: str | None
    content: str
    action: str | None
    due_on: dt.date | None
    recorded_by: str
    rating: float | None = None


@dataclass(frozen=True, kw_only=True)
class FeedbackRow(NewFeedback):
    """An entry under its number ``feedback_id``; a correction has a number of its own and ``replaces`` the one before it.

    In the log from a revision until another, None while it stands; ``actor``: whose word it is, ``at``: when it was written.
    """

    feedback_id: int
    replaces: int | None
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


_WORDS = tuple(field.name for field in fields(NewFeedback))


class FeedbackRecords(Connected):
    """The log of what was written in amdash."""

    def add_feedback(self, entry: NewFeedback, *, actor: str, at: dt.datetime) -> int:
        """Write an entry; returns the new revision."""
        with self._writing() as connection:
            revision = new_revision(connection, at, actor, "feedback")
            say(connection, revision, entry, None)
        return revision

    def feedback(self, revision: int | None = None) -> list[FeedbackRow]:
        """The entries that stand at a revision (the newest by default), in the order of writing; a correction where its first word stood."""
        with self._reading() as connection:
            return _standing(connection, self.revision() if revision is None else revision)

    def first_feedback(self, numbers: Sequence[int]) -> dict[int, int]:
        """Number of an entry, whether it stands or not -> that of the first words which it corrects; its own where it corrects none."""
        with self._reading() as connection:
            first = first_of(connection, feedback)
            return {number: first(number) for number in numbers}

    def correct_feedback(self, feedback_id: int, entry: NewFeedback, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Put a correction in the place of an entry; returns its number and the new revision. Errors: feedback_missing, feedback_ended_already."""
        with self._writing() as connection:
            _require(connection, feedback_id)
            revision = new_revision(connection, at, actor, "feedback")
            end(connection, feedback_id, revision)
            return say(connection, revision, entry, feedback_id), revision

    def close_feedback(self, feedback_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take an entry back; returns the new revision. Errors: feedback_missing, feedback_ended_already."""
        with self._writing() as connection:
            _require(connection, feedback_id)
            revision = new_revision(connection, at, actor, "feedback")
            end(connection, feedback_id, revision)
        return revision

    def restore_feedback(self, feedback_id: int, *, actor: str, at: dt.datetime) -> int:
        """Let an entry that was corrected or taken back stand again, in the place of what followed it; returns the new revision.

        Errors: feedback_missing, feedback_stands.
        """
        with self._writing() as connection:
            row = _one(connection, feedback_id)
            if row["until_revision"] is None:
                raise AmdashError("feedback_stands", feedback_id=feedback_id)
            revision = new_revision(connection, at, actor, "feedback")
            newest_id = last(connection, feedback_id)
            end(connection, newest_id, revision)
            # It follows what was said last, so that from any number one finds the way to what stands.
            say(connection, revision, NewFeedback(**{name: row[name] for name in _WORDS}), newest_id)
        return revision


def _standing(connection: sa.Connection, revision: int) -> list[FeedbackRow]:
    query = sa.select(feedback, revisions.c.at, revisions.c.actor).join(revisions, revisions.c.revision == feedback.c.revision)
    rows = [
        FeedbackRow(feedback_id=found.pop("id"), from_revision=found.pop("revision"), **found)
        for found in (dict(row) for row in connection.execute(query.where(held(feedback, revision))).mappings())
    ]
    first = first_of(connection, feedback)
    return sorted(rows, key=lambda row: first(row.feedback_id))


def _one(connection: sa.Connection, feedback_id: int) -> sa.RowMapping:
    row = connection.execute(sa.select(feedback).where(feedback.c.id == feedback_id)).mappings().one_or_none()
    if row is None:
        raise AmdashError("feedback_missing", feedback_id=feedback_id)
    return row


def _require(connection: sa.Connection, feedback_id: int) -> None:
    """Let an entry through that stands."""
    ended = _one(connection, feedback_id)["until_revision"]
    if ended is not None:
        raise AmdashError("feedback_ended_already", feedback_id=feedback_id, revision=ended)


def last(connection: sa.Connection, feedback_id: int) -> int:
    """The number of the last word that followed an entry, its own where none did."""
    while (later := connection.scalar(sa.select(feedback.c.id).where(feedback.c.replaces == feedback_id))) is not None:
        feedback_id = int(later)
    return feedback_id


def follow(connection: sa.Connection, revision: int, feedback_id: int, entry: NewFeedback) -> int:
    """Put other words in the place of an entry that stands as it was written; returns their number.

    One that was corrected or taken back meanwhile is left as it is, and its number returned; one that was brought back to the same words stands.
    """
    written, standing = _one(connection, feedback_id), _one(connection, last(connection, feedback_id))
    if standing["until_revision"] is not None or any(standing[name] != written[name] for name in _WORDS):
        return feedback_id
    end(connection, standing["id"], revision)
    return say(connection, revision, entry, standing["id"])


def say(connection: sa.Connection, revision: int, entry: NewFeedback, replaces: int | None) -> int:
    """Write an entry from ``revision`` on; returns its number."""
    words = {name: getattr(entry, name) for name in _WORDS}
    return int(connection.execute(sa.insert(feedback).values(revision=revision, replaces=replaces, **words)).inserted_primary_key[0])  # type: ignore[index]


def end(connection: sa.Connection, feedback_id: int, revision: int) -> None:
    """End an entry: up to the revision before ``revision`` it stays."""
    # What was taken back before stays ended when it was.
    ends = sa.update(feedback).where(feedback.c.id == feedback_id, feedback.c.until_revision.is_(None))
    connection.execute(ends.values(until_revision=revision))
