"""Targets that are proposed, what managers say of them, and that they have taken note of a target; closed when taken back, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from amdash.errors import AmdashError
from amdash.store import targets as target_rows
from amdash.store.people_tables import proposal_targets, target_answers, target_proposals
from amdash.store.session import Connected, held, new_revision, newest
from amdash.store.tables import revisions, targets
from amdash.store.targets import NewTarget

# What is said of a proposal; of a target in force it is acknowledged.
Stance = Literal["agreed", "disagreed", "comment", "acknowledged"]


@dataclass(frozen=True)
class NewProposal:
    """A target that is to hold from ``from_month`` on, in the KPI's unit; None: no target. ``scope``, ``subject`` as those of a target."""

    kpi: str
    scope: str
    subject: str
    from_month: str
    value: float | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalRow(NewProposal):
    """A proposal as it stands under its number; ``target_id``: the target that was set from it and stands, None while it is open.

    ``actor``: who proposed it, ``at``: when.
    """

    proposal_id: int
    target_id: int | None
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


@dataclass(frozen=True)
class AnswerRow:
    """What a manager says of a proposal or, acknowledged, of a target: one of the two numbers is None. ``text`` may be empty."""

    answer_id: int
    proposal_id: int | None
    target_id: int | None
    manager: str
    stance: Stance
    text: str
    from_revision: int
    until_revision: int | None
    at: dt.datetime
    actor: str


class ProposalRecords(Connected):
    """Targets on their way into the ledger."""

    def proposals(self, revision: int | None = None) -> list[ProposalRow]:
        """The proposals that stand at a revision (the newest by default), also those that have been set, in the order in which they were made."""
        with self._reading() as connection:
            return _standing(connection, self.revision() if revision is None else revision)

    def target_answers(self, revision: int | None = None) -> list[AnswerRow]:
        """What managers have said of proposals and targets and not taken back, in the order in which it was written."""
        with self._reading() as connection:
            return _answers(connection, self.revision() if revision is None else revision)

    def add_proposal(self, new: NewProposal, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """Propose a target; returns the number of the proposal and the new revision."""
        with self._writing() as connection:
            revision = new_revision(connection, at, actor, "proposal")
            made = connection.execute(sa.insert(target_proposals).values(from_revision=revision, **vars(new)))
        return int(made.inserted_primary_key[0]), revision  # type: ignore[index]

    def close_proposal(self, proposal_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take a proposal back; returns the new revision. Errors: proposal_missing, proposal_undone_already, proposal_set_already."""
        with self._writing() as connection:
            _open(connection, proposal_id)
            revision = new_revision(connection, at, actor, "proposal")
            chosen = target_proposals.c.id == proposal_id
            connection.execute(sa.update(target_proposals).where(chosen).values(until_revision=revision))
        return revision

    def set_proposal(self, proposal_id: int, check: Callable[[ProposalRow, list[AnswerRow]], NewTarget], *, actor: str, at: dt.datetime) -> int:
        """Put a proposal into the ledger of targets and keep the link; returns the new revision.

        ``check`` sees the proposal and what was said of it, inside the transaction, and says the target or raises where it may not be set.
        Errors: proposal_missing, proposal_undone_already, proposal_set_already, and what ``check`` raises.
        """
        with self._writing() as connection:
            row = _open(connection, proposal_id)
            said = [one for one in _answers(connection, newest(connection)) if one.proposal_id == proposal_id]
            target = check(row, said)
            revision = new_revision(connection, at, actor, "target")
            target_rows.add(connection, revision, [target])
            made = connection.scalar(sa.select(targets.c.id).where(targets.c.from_revision == revision))
            connection.execute(sa.insert(proposal_targets).values(target_id=made, proposal_id=proposal_id))
        return revision

    def answer_proposal(self, proposal_id: int, managers: Sequence[str], stance: Stance, text: str, *, actor: str, at: dt.datetime) -> int:
        """Write down what managers say of a proposal; returns the new revision. What one said before is closed.

        Errors: as :meth:`close_proposal`.
        """
        with self._writing() as connection:
            _open(connection, proposal_id)
            revision = new_revision(connection, at, actor, "proposal")
            for manager in managers:
                mine = sa.and_(target_answers.c.proposal_id == proposal_id, target_answers.c.manager == manager)
                _end(connection, mine, revision)
                words = {"proposal_id": proposal_id, "manager": manager, "stance": stance, "text": text}
                connection.execute(sa.insert(target_answers).values(from_revision=revision, **words))
        return revision

    def acknowledge_target(self, target_id: int, manager: str, text: str, *, actor: str, at: dt.datetime) -> tuple[int, int]:
        """A manager takes note of a target that stands; returns the number of the note and the new revision, what was there where it is there.

        Errors: target_missing, target_undone_already.
        """
        with self._writing() as connection:
            target_rows.revision_of(connection, target_id)
            before = newest(connection)
            for one in _answers(connection, before):
                if one.target_id == target_id and one.manager == manager:
                    return one.answer_id, before
            revision = new_revision(connection, at, actor, "proposal")
            words = {"target_id": target_id, "manager": manager, "stance": "acknowledged", "text": text}
            made = connection.execute(sa.insert(target_answers).values(from_revision=revision, **words))
        return int(made.inserted_primary_key[0]), revision  # type: ignore[index]

    def close_answer(self, answer_id: int, *, actor: str, at: dt.datetime) -> int:
        """Take back what a manager said; returns the new revision. Errors: answer_missing, answer_undone_already."""
        with self._writing() as connection:
            ends = sa.select(target_answers.c.until_revision).where(target_answers.c.id == answer_id)
            row = connection.execute(ends).one_or_none()
            if row is None:
                raise AmdashError("answer_missing", answer_id=answer_id)
            if row.until_revision is not None:
                raise AmdashError("answer_undone_already", answer_id=answer_id, revision=row.until_revision)
            revision = new_revision(connection, at, actor, "proposal")
            _end(connection, target_answers.c.id == answer_id, revision)
        return revision


def _standing(connection: sa.Connection, revision: int) -> list[ProposalRow]:
    # A target that was taken back leaves its proposal open, to be set again or withdrawn.
    linked = sa.select(proposal_targets).join(targets, targets.c.id == proposal_targets.c.target_id).where(held(targets, revision)).subquery()
    query = (
        sa.select(target_proposals, linked.c.target_id, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == target_proposals.c.from_revision)
        .outerjoin(linked, linked.c.proposal_id == target_proposals.c.id)
        .where(held(target_proposals, revision))
        .order_by(target_proposals.c.id)
    )
    return [ProposalRow(proposal_id=found.pop("id"), **found) for found in (dict(row) for row in connection.execute(query).mappings())]


def _answers(connection: sa.Connection, revision: int) -> list[AnswerRow]:
    query = (
        sa.select(target_answers, revisions.c.at, revisions.c.actor)
        .join(revisions, revisions.c.revision == target_answers.c.from_revision)
        .where(held(target_answers, revision))
        .order_by(target_answers.c.id)
    )
    return [AnswerRow(answer_id=found.pop("id"), **found) for found in (dict(row) for row in connection.execute(query).mappings())]


def _open(connection: sa.Connection, proposal_id: int) -> ProposalRow:
    """The proposal of that number where it can still be answered, set and taken back."""
    for row in _standing(connection, newest(connection)):
        if row.proposal_id == proposal_id:
            if row.target_id is not None:
                raise AmdashError("proposal_set_already", proposal_id=proposal_id)
            return row
    ended = connection.scalar(sa.select(target_proposals.c.until_revision).where(target_proposals.c.id == proposal_id))
    if ended is None:
        raise AmdashError("proposal_missing", proposal_id=proposal_id)
    raise AmdashError("proposal_undone_already", proposal_id=proposal_id, revision=ended)


def _end(connection: sa.Connection, chosen: sa.ColumnElement[bool], revision: int) -> None:
    # What was taken back before stays ended when it was.
    connection.execute(sa.update(target_answers).where(chosen, target_answers.c.until_revision.is_(None)).values(until_revision=revision))
