"""Targets before they are set: proposed, held against the five principles, commented on by the managers, set, acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import pandas as pd

from amdash.errors import AmdashError
from amdash.metrics import catalogue, period
from amdash.metrics.identity import Identities
from amdash.metrics.score import is_sound
from amdash.metrics.targets import Check, FindingCode
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace
from amdash.store.proposals import AnswerRow, NewProposal, ProposalRow, Stance
from amdash.store.targets import NewTarget

# What a manager can say of a proposal; a target in force is acknowledged.
STANCES: tuple[Stance, ...] = tuple(stance for stance in get_args(Stance) if stance != "acknowledged")
PrincipleCode = Literal["aligned", "measurable", "relevant", "challenging", "understandable"]


@dataclass(frozen=True)
class Principle:
    """One of the five principles of the method. ``holds`` None: too little is known; ``findings``: what speaks against it.

    ``unmeasured``: for whom of those it is meant for nothing was measured.
    """

    code: PrincipleCode
    holds: bool | None
    findings: tuple[FindingCode, ...] = ()
    unmeasured: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """A proposal with what was said of it: ``managers``: for whom it is meant, ``answers``: by manager."""

    row: ProposalRow
    managers: tuple[str, ...]
    answers: dict[str, AnswerRow]

    @property
    def is_set(self) -> bool:
        """Whether its target stands in the ledger."""
        return self.row.target_id is not None

    @property
    def waiting(self) -> tuple[str, ...]:
        """For whom it is meant and who has said nothing yet."""
        return tuple(name for name in self.managers if name not in self.answers)


def propose(
    ws: Workspace,
    kpi: str,
    value: float,
    from_month: str,
    *,
    manager: str | None = None,
    team: str | None = None,
    reason: str = "",
    actor: str = OWNER,
) -> tuple[int, int]:
    """Propose a target for a manager, for each manager of a team, or for everybody; returns its number and the new revision. Moves no figure.

    ``value``: in the KPI's unit (0.95 for 95 %), of one month. Errors: kpi_unknown, target_value_invalid, month_invalid, manager_unknown,
    team_unknown, scope_twice.
    """
    access.ask(actor, "write")
    wanted = catalogue.by_id(kpi)
    if not is_sound(wanted, value):
        raise AmdashError("target_value_invalid", value=f"{value:g}", field=wanted.name)
    if not period.is_month(from_month):
        raise AmdashError("month_invalid", value=from_month)
    scope, subject = scorecards.whose(ws, manager, team)
    new = NewProposal(wanted.id, scope, subject, from_month, float(value), reason.strip())
    return ws.store.add_proposal(new, actor=actor, at=ws.now())


def withdraw(ws: Workspace, proposal_id: int, *, actor: str = OWNER) -> int:
    """Take a proposal back; returns the new revision. Errors: proposal_missing, proposal_undone_already, proposal_set_already."""
    access.ask(actor, "write")
    return ws.store.close_proposal(proposal_id, actor=actor, at=ws.now())


def answer(ws: Workspace, proposal_id: int, managers: Sequence[str], stance: str, text: str = "", *, actor: str = OWNER) -> int:
    """Write down what managers say of a proposal: agreed, disagreed or a comment; returns the new revision. The last word of each counts.

    Errors: stance_unknown; answer_without_words for a comment or a no; answer_of_nobody; manager_unknown; proposal_missing,
    proposal_undone_already, proposal_set_already.
    """
    access.ask(actor, "write")
    chosen: Stance | None = next((one for one in STANCES if one == stance), None)
    if chosen is None:
        raise AmdashError("stance_unknown", value=stance, known=list(STANCES))
    if chosen != "agreed" and not text.strip():
        raise AmdashError("answer_without_words")
    people = scorecards.roster(ws)
    names = list(dict.fromkeys(scorecards.shown_manager(ws, people, name) for name in managers))
    if not names:
        raise AmdashError("answer_of_nobody")
    return ws.store.answer_proposal(proposal_id, names, chosen, text.strip(), actor=actor, at=ws.now())


def set_proposal(ws: Workspace, proposal_id: int, *, actor: str = OWNER) -> int:
    """Set a proposed target: it holds from its month on, and keeps the link to what was said; returns the new revision.

    Errors: proposal_unheard while somebody for whom it is meant has said nothing; proposal_missing, proposal_undone_already, proposal_set_already.
    """
    access.ask(actor, "write")
    known, people = ws.identities(), scorecards.roster(ws)

    def check(row: ProposalRow, said: Sequence[AnswerRow]) -> NewTarget:
        found = _proposed(known, people, row, said)
        if found.waiting:
            raise AmdashError("proposal_unheard", managers=list(found.waiting))
        return NewTarget(row.kpi, row.scope, row.subject, row.from_month, row.value, reason=row.reason)

    return ws.store.set_proposal(proposal_id, check, actor=actor, at=ws.now())


def proposals(ws: Workspace, kpi: str | None = None, revision: int | None = None, *, actor: str = OWNER) -> list[Proposed]:
    """The proposals that stand at a revision, those that are set too, newest first, under the names then in force. Errors: revision_unknown."""
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    ws.moment_of(wanted)
    known, people, said = ws.identities(wanted), scorecards.roster(ws, wanted), ws.store.target_answers(wanted)
    rows = [row for row in ws.store.proposals(wanted) if kpi is None or row.kpi == kpi]
    return [_proposed(known, people, row, [one for one in said if one.proposal_id == row.proposal_id]) for row in reversed(rows)]


def acknowledge(ws: Workspace, target_id: int, manager: str, text: str = "", *, actor: str = OWNER) -> tuple[int, int]:
    """A manager takes note of a target of the ledger; returns the number of the note and the new revision, the present one where it is there.

    Errors: manager_unknown, target_missing, target_undone_already.
    """
    access.ask(actor, "write")
    name = scorecards.shown_manager(ws, scorecards.roster(ws), manager)
    return ws.store.acknowledge_target(target_id, name, text.strip(), actor=actor, at=ws.now())


def acknowledged(ws: Workspace, revision: int | None = None, *, actor: str = OWNER) -> dict[tuple[int, str], AnswerRow]:
    """(target, manager) -> when the manager took note of it, as at a revision, under the names then in force. Errors: revision_unknown."""
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    ws.moment_of(wanted)
    known = ws.identities(wanted)
    return {(one.target_id, known.shown("manager", one.manager)): one for one in ws.store.target_answers(wanted) if one.target_id is not None}


def take_back(ws: Workspace, answer_id: int, *, actor: str = OWNER) -> int:
    """Take back what a manager said of a proposal or target; returns the new revision. Errors: answer_missing, answer_undone_already."""
    access.ask(actor, "write")
    return ws.store.close_answer(answer_id, actor=actor, at=ws.now())


def principles(found: Check, managers: Sequence[str], team_of: Mapping[str, str]) -> list[Principle]:
    """A target check by the five principles of the method, in its order, for the ``managers`` for whom the target is meant.

    Relevant: something of it was measured for each of them, or for the team of each (``team_of``); the rest: see
    :func:`amdash.metrics.targets.check`. Empty, nobody is named: relevant is left open.
    """
    codes = set(found.findings)
    unknown: set[FindingCode] = codes & {"not_measurable", "too_few_months"}
    measured = {tally.manager for tally in found.tallies} | {tally.team for tally in found.tallies}
    lacking = tuple(name for name in managers if not measured & {name, team_of.get(name) or name})

    def one(code: PrincipleCode, *against: FindingCode) -> Principle:
        return Principle(code, not codes & set(against), tuple(finding for finding in found.findings if finding in against))

    challenging = one("challenging", "not_challenging", "not_attainable")
    if unknown:
        challenging = Principle("challenging", None, ("too_few_months",) if "too_few_months" in unknown else ())
    # A newcomer, of whom nothing was measured yet, leaves it open.
    relevant = None if not managers or 0 < len(lacking) < len(managers) else not lacking
    return [
        one("aligned", "not_aligned"),
        one("measurable", "not_measurable"),
        Principle("relevant", relevant, unmeasured=lacking),
        challenging,
        one("understandable", "hard_to_understand"),
    ]


def meant_for(people: pd.DataFrame, scope: str, subject: str, month: str) -> tuple[str, ...]:
    """The managers whom a target of a scope would hold from a month on, in the order of the roster; who has left by then is not among them."""
    there = people[people["left_on"].isna() | (people["left_on"] >= pd.Timestamp(f"{month}-01"))]
    if scope != "everybody":
        there = there[there[scope] == subject]
    return tuple(there["manager"])


def _proposed(known: Identities, people: pd.DataFrame, row: ProposalRow, said: Sequence[AnswerRow]) -> Proposed:
    shown = known.under_shown_names([row])[0]
    answers = {name: replace(one, manager=name) for one in said for name in [known.shown("manager", one.manager)]}
    return Proposed(shown, meant_for(people, shown.scope, shown.subject, shown.from_month), answers)
