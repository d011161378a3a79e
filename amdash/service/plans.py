"""Improvement plans as people use them: agreed, followed by notes, closed with a conclusion, and graded by what the months after their start say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

import pandas as pd

from amdash.errors import AmdashError
from amdash.i18n import N_
from amdash.insight import effect
from amdash.insight.effect import Effect, MonthPoint
from amdash.insight.marked import between
from amdash.metrics import catalogue, period
from amdash.service import access, marks, scorecards
from amdash.service.plan_terms import Terms, checked, suited
from amdash.service.workspace import OWNER, Workspace
from amdash.store.plans import NewPlan, NoteRow, PlanRow

# due: its last month is the running one. overdue: that has passed, and nobody has closed it.
State = Literal["open", "due", "overdue", "closed"]
STATES: tuple[State, ...] = get_args(State)
# What to look at first.
URGENCY: tuple[State, ...] = ("overdue", "due", "open", "closed")
_DUE_AFTER_MONTHS = 3


@dataclass(frozen=True)
class Followed:
    """A plan with its notes and what has become of it. ``entry.manager``: under the name in force.

    ``points``: all months of its KPI and manager that have a value, ascending.
    """

    entry: PlanRow
    state: State
    effect: Effect
    notes: tuple[NoteRow, ...] = ()
    points: tuple[MonthPoint, ...] = ()

    @property
    def without_effect(self) -> bool:
        """Past its due month or closed by hand, and nothing shows that it worked."""
        return self.effect.closed_without_effect


def begin(ws: Workspace, kpi: str, manager: str, terms: Terms, *, actor: str = OWNER) -> tuple[int, int]:
    """Agree on a plan for a KPI of a manager; returns its number and the new revision.

    Start: the running month unless given; due: three months later; baseline: the value of the manager's newest finished month before the
    start, None where there is none. Errors: kpi_unknown, plan_kpi_unsuited, manager_unknown, entry_incomplete (no action),
    plan_month_invalid, plan_due_before_start, plan_value_invalid, plan_measure_unknown.
    """
    access.ask(actor, "write")
    return ws.store.add_plan(draft(ws, kpi, manager, terms), actor=actor, at=ws.now())


def draft(ws: Workspace, kpi: str, manager: str, terms: Terms) -> NewPlan:
    """The plan that :func:`begin` would agree on; stores nothing. Errors: as there."""
    chosen = suited(catalogue.by_id(kpi))
    person = scorecards.shown_manager(ws, scorecards.roster(ws), manager)
    running = f"{ws.now():%Y-%m}"
    new = checked(chosen, terms.over(NewPlan(chosen.id, person, terms.started or running, "", "")), due_after_months=_DUE_AFTER_MONTHS)
    if new.baseline is None:
        new = replace(new, baseline=_newest(ws, chosen.id, person, min(new.started, running)))
    return new


def change(ws: Workspace, plan_id: int, terms: Terms, *, actor: str = OWNER) -> int:
    """Agree on other terms; what they leave out stays as it is. Returns the new revision, the present one where nothing changes.

    Errors: as :func:`begin`; plan_missing, plan_undone_already, plan_closed_already: what was agreed is not moved afterwards.
    """
    access.ask(actor, "write")

    def make(row: PlanRow) -> NewPlan | None:
        before = _open(row)
        after = checked(catalogue.by_id(row.kpi), terms.over(before))
        return None if after == before else after

    return ws.store.change_plan(plan_id, make, actor=actor, at=ws.now())


def note(ws: Workspace, plan_id: int, text: str, date: dt.date | None = None, *, actor: str = OWNER) -> int:
    """Write down how a plan goes; returns the new revision. ``date``: today unless given.

    Errors: entry_incomplete, entry_day_ahead, plan_missing, plan_undone_already.
    """
    access.ask(actor, "write")
    words = _words(text, N_("Text"))
    return ws.store.add_plan_note(plan_id, _day(ws, date), words, actor=actor, at=ws.now())


def undo_note(ws: Workspace, plan_id: int, note_id: int, *, actor: str = OWNER) -> int:
    """Take a note of a plan back; returns the new revision. Errors: plan_note_missing, plan_note_undone_already."""
    access.ask(actor, "write")
    return ws.store.undo_plan_note(plan_id, note_id, actor=actor, at=ws.now())


def close(ws: Workspace, plan_id: int, conclusion: str, date: dt.date | None = None, *, new_process: bool = False, actor: str = OWNER) -> int:
    """Close a plan with a conclusion; returns the new revision. It is judged as if it had been due then, where it was due later.

    ``new_process``: from its start on things are done another way, known and to stay, so that limits begin anew with the month after it.
    Errors: entry_incomplete, entry_day_ahead, plan_missing, plan_undone_already, plan_closed_already.
    """
    access.ask(actor, "write")
    words, day = _words(conclusion, N_("Conclusion")), _day(ws, date)

    def make(row: PlanRow) -> NewPlan:
        return replace(_open(row), closed_on=day, conclusion=words, new_process=new_process)

    return ws.store.change_plan(plan_id, make, actor=actor, at=ws.now())


def reopen(ws: Workspace, plan_id: int, *, actor: str = OWNER) -> int:
    """Take the closing of a plan back; returns the new revision. Errors: plan_missing, plan_undone_already, plan_not_closed."""
    access.ask(actor, "write")

    def make(row: PlanRow) -> NewPlan:
        if row.closed_on is None:
            raise AmdashError("plan_not_closed", plan_id=row.plan_id)
        return replace(_agreed(row), closed_on=None, conclusion="", new_process=False)

    return ws.store.change_plan(plan_id, make, actor=actor, at=ws.now())


def undo(ws: Workspace, plan_id: int, *, actor: str = OWNER) -> int:
    """Take the last word on a plan back: a closing, a change, at the last its opening; returns the new revision.

    Errors: plan_missing, plan_undone_already.
    """
    access.ask(actor, "write")
    return ws.store.undo_plan(plan_id, actor=actor, at=ws.now())


def effects(
    ws: Workspace,
    *,
    manager: str | None = None,
    kpi: str | None = None,
    states: Sequence[State] = (),
    revision: int | None = None,
    actor: str = OWNER,
) -> list[Followed]:
    """The plans that stand at a revision, by number, each with its notes and grade; those closed without effect are among them.

    ``states``: only these; all without any. The running month is judged by nothing before it is over; at an older revision it is the month
    in which that was made. Marked changes before and after the start bound the months that are compared; the plan's own does not.
    Errors: revision_unknown, manager_unknown, kpi_unknown.
    """
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    moment = ws.now() if revision is None else ws.moment_of(wanted)
    known = ws.identities(wanted)
    rows = [replace(row, manager=known.shown("manager", row.manager)) for row in ws.store.plans(wanted)]
    if manager is not None:
        person = scorecards.shown_manager(ws, scorecards.roster(ws, wanted), manager, wanted)
        rows = [row for row in rows if row.manager == person]
    if kpi is not None:
        chosen = catalogue.by_id(kpi)
        rows = [row for row in rows if row.kpi == chosen.id]
    running, series = f"{moment:%Y-%m}", _series(ws, rows, wanted)
    notes, marked = ws.store.plan_notes(wanted), marks.marking(ws, wanted)
    found = []
    for row in rows:
        state = _state(row, running)
        first, stop = between(marked(row.kpi, "manager", row.manager), row.started)
        known_months = series.get((row.kpi, row.manager), [])
        points = [one for one in known_months if first <= one.month and (stop is None or one.month < stop)]
        graded = _graded(row, points, running)
        own = tuple(one for one in notes if one.plan_id == row.plan_id)
        found.append(Followed(row, state, replace(graded, closed=True) if state == "closed" else graded, own, tuple(known_months)))
    return [one for one in found if not states or one.state in states]


def summary(followed: Sequence[Followed]) -> pd.DataFrame:
    """How plans ended, for all, by KPI and by measure (:func:`amdash.insight.effect.summary`); closed ones are those past due or closed by hand."""
    return effect.summary([one.effect for one in followed])


def _state(row: PlanRow, running: str) -> State:
    if row.closed_on is not None:
        return "closed"
    return "overdue" if row.due < running else "due" if row.due == running else "open"


def _graded(row: PlanRow, points: Sequence[MonthPoint], running: str) -> Effect:
    chosen = catalogue.by_id(row.kpi)
    ended = row.due if row.closed_on is None else max(row.started, min(row.due, f"{row.closed_on:%Y-%m}"))
    plan = effect.Plan(row.kpi, row.manager, row.started, ended, chosen.higher_is_better, row.baseline, row.goal, row.measure)
    return effect.grade(plan, points, as_of=period.shift(running, -1), share=chosen.share)


def _series(ws: Workspace, rows: Sequence[PlanRow], revision: int) -> dict[tuple[str, str], list[MonthPoint]]:
    """(KPI, manager) -> the months with a value. Nothing of managers without any figure or list, such as after an import was taken back."""
    present = set(scorecards.managers(ws, revision))
    people = sorted({row.manager for row in rows} & present)
    if not people:
        return {}
    frame = scorecards.scorecard(ws, kpis=sorted({row.kpi for row in rows}), managers=people, revision=revision)
    found: dict[tuple[str, str], list[MonthPoint]] = {}
    records: list[dict[Any, Any]] = frame[frame["value"].notna()].to_dict("records")
    for one in records:
        # A share is judged by its cases, everything else by its monthly values.
        share = catalogue.by_id(one["kpi"]).share
        numerator, denominator = (float(one["numerator"]), float(one["denominator"])) if share else (float(one["value"]), None)
        found.setdefault((one["kpi"], one["manager"]), []).append(MonthPoint(one["period"], numerator, denominator, int(one["n"])))
    return found


def _newest(ws: Workspace, kpi: str, manager: str, before: str) -> float | None:
    """The value of the last month before another that has one."""
    frame = scorecards.scorecard(ws, kpis=[kpi], managers=[manager], end=period.shift(before, -1))
    known = frame[frame["value"].notna()].sort_values("period")
    return None if known.empty else float(known["value"].iloc[-1])


def _agreed(row: PlanRow) -> NewPlan:
    return NewPlan(**{field.name: getattr(row, field.name) for field in fields(NewPlan)})


def _open(row: PlanRow) -> NewPlan:
    if row.closed_on is not None:
        raise AmdashError("plan_closed_already", plan_id=row.plan_id, date=row.closed_on.isoformat())
    return _agreed(row)


def _words(text: str, title: str) -> str:
    if not text.strip():
        raise AmdashError("entry_incomplete", field=title)
    return text.strip()


def _day(ws: Workspace, date: dt.date | None) -> dt.date:
    today = ws.now().date()
    if date is not None and date > today:
        raise AmdashError("entry_day_ahead", value=date.isoformat())
    return date or today
