"""What stands below the figures of everybody's summaries, found once for all of them: plans, moved customers, agreements, restated figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from amdash.metrics import catalogue
from amdash.metrics import period as periods
from amdash.report.document import ReportInput
from amdash.report.events import ReportEvent
from amdash.report.sections import ReportAgreement, ReportMove, ReportPlan, ReportRestated, Sections
from amdash.service import customer_base, happenings, meetings, plans, restatement, scorecards
from amdash.service.boards import Board
from amdash.service.happenings import Happenings, InChart
from amdash.service.plans import Followed
from amdash.service.workspace import Workspace
from amdash.store.meetings import ItemRow

# What a chart of twelve periods shows.
_MONTHS_BACK = 12


@dataclass(frozen=True)
class Parts:
    """The parts of everybody's summary of a period as at a revision; ``added`` puts those of one manager below a summary's figures.

    ``closed``: the numbers of all plans that are; ``decided``: the lines of feedback, by number, that are decisions of meetings.
    """

    day: dt.date
    plans: Sequence[Followed]
    moves: pd.DataFrame
    agreed: Sequence[ItemRow]
    restated: Mapping[str, Sequence[ReportRestated]]
    happened: Happenings
    closed: Collection[int]
    decided: Mapping[int, ItemRow]

    def added(self, report: ReportInput) -> ReportInput:
        """A manager's, or a team's, summary with its parts: the sections, and what happened in the charts of its readings."""
        events = {kpi.id: [_event(one) for one in self.happened.in_chart(reading)] for kpi, reading in report.readings}
        return replace(report, sections=self.of(report.manager), events=events)

    def of(self, manager: str) -> Sections:
        """What there is of a manager; what everybody is to do is everybody's."""
        mine: list[dict[Any, Any]] = self.moves[self.moves["manager"] == manager].to_dict("records")
        told = {one.entry.plan_id for one in self.plans if one.entry.manager == manager} | set(self.closed)
        agreed = [item for item in self.agreed if item.manager in ("", manager)]
        said = {item.item_id for item in agreed}
        return Sections(
            plans=[_plan(one) for one in self.plans if one.entry.manager == manager],
            moves=[_move(row) for row in mine],
            agreed=[replace(self.agreement(item), as_plan=item.plan_id in told) for item in agreed],
            restated=self.restated.get(manager, ()),
            followed={number for number, item in self.decided.items() if item.done_on or item.plan_id in told or item.item_id in said},
        )

    def agreement(self, item: ItemRow) -> ReportAgreement:
        """A decision with how it stands at the revision."""
        standing, days = meetings.state(item, self.day)
        return ReportAgreement(item.text, item.responsible, item.due_on, standing, days)


def parts(ws: Workspace, board: Board) -> Parts:
    """What stands below the figures of a board. Plans are those running in the period, or closed in it."""
    months = [*periods.months_of(board.period), scorecards.told_until(ws, board.period, board.revision)]
    known = plans.effects(ws, revision=board.revision)
    return Parts(
        day=ws.moment_of(board.revision).date(),
        plans=[one for one in known if _concerns(one, months)],
        moves=customer_base.base(ws, board.period, revision=board.revision).moves,
        agreed=meetings.agreed_before(ws, revision=board.revision),
        restated=_restated(ws, board),
        happened=happenings.happenings(ws, board.revision),
        closed={one.entry.plan_id for one in known if one.entry.closed_on is not None},
        decided=meetings.decided_feedback(ws, board.revision),
    )


def _event(one: InChart) -> ReportEvent:
    first = one.entries[0]
    if one.is_counted:
        return ReportEvent(one.period, first.kind, "", tuple((each.subject, each.text) for each in one.entries))
    return ReportEvent(one.period, first.kind, first.text)


def _concerns(one: Followed, months: Sequence[str]) -> bool:
    """Whether a plan had begun by the end of these months and had not been closed before them."""
    closed_on = one.entry.closed_on
    return one.entry.started <= months[-1] and (closed_on is None or f"{closed_on:%Y-%m}" >= months[0])


def _plan(one: Followed) -> ReportPlan:
    entry = one.entry
    return ReportPlan(
        catalogue.by_id(entry.kpi), entry.action, entry.responsible, entry.started, entry.due, entry.goal, one.effect, entry.closed_on is None
    )


def _move(row: Mapping[Any, Any]) -> ReportMove:
    before, after = (None if pd.isna(row[name]) else str(row[name]) for name in ("tier_before", "tier_after"))
    return ReportMove(row["customer"], before, after, row["reason"], float(row["revenue_at_stake"]), row["direction"] == "down")


def _restated(ws: Workspace, board: Board) -> dict[str, list[ReportRestated]]:
    """Manager -> the figures of the months before the period that are others than when its own sheets first came in.

    That is when the report before this one could be made last. Nothing where the months before were already the same.
    """
    first = periods.months_of(board.period)[0]
    arrived = ws.store.first_revision(first)
    since = periods.shift(first, -_MONTHS_BACK)
    if arrived is None or arrived <= 1 or not ws.store.changed_after(arrived - 1, board.revision, since, periods.shift(first, -1)):
        return {}
    shown = {kpi.id for kpi in board.kpis if kpi.category != "people"}
    found: dict[str, list[ReportRestated]] = {}
    for move in restatement.between(ws, arrived - 1, board.revision):
        if move.kpi in shown and since <= move.month < first and move.manager:
            found.setdefault(move.manager, []).append(ReportRestated(catalogue.by_id(move.kpi), move.month, move.before, move.after))
    return {name: sorted(moves, key=lambda one: one.month, reverse=True) for name, moves in found.items()}
