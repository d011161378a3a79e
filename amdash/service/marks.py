"""The marked changes of a workspace: which months begin a new process, of which KPI and whom, by annotations and by plans that say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from amdash.insight.marked import Mark, first_month, marks_of
from amdash.metrics import catalogue
from amdash.metrics.spec import By
from amdash.metrics.targets import Scope
from amdash.service.workspace import Workspace


def entries(ws: Workspace, revision: int | None = None) -> tuple[Mark, ...]:
    """Everything marked as a new process at a revision, under the names then in force: annotations, then plans, as they were made.

    A plan is a marked change only where the person who closed it said so, from the first whole month after its start on.
    """
    known = ws.identities(revision)
    rows = known.under_shown_names(ws.store.annotations(revision))
    said = [Mark(row.month, row.kpi, cast(Scope, row.scope), row.subject) for row in rows if row.new_process]
    planned = [
        Mark(first_month(plan.started), plan.kpi, "manager", known.shown("manager", plan.manager))
        for plan in ws.store.plans(revision)
        if plan.new_process
    ]
    return (*said, *planned)


def marking(ws: Workspace, revision: int | None = None) -> Callable[[str, By, str], tuple[str, ...]]:
    """(KPI, by, subject) -> the months with which its limits begin anew, ascending; as readings ask for them."""
    said, home = entries(ws, revision), _teams(ws, revision)

    def of(kpi: str, by: By, subject: str) -> tuple[str, ...]:
        if by == "manager":
            return marks_of(said, kpi, subject, home.get(subject))
        return marks_of(said, kpi, team=subject if by == "team" else None)

    return of


def marks(ws: Workspace, revision: int | None = None, *, by: By | None = None) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(KPI, subject) -> the same months, only where there are any; the subject is a manager's or team's name, '' for everybody.

    ``by``: of one kind of subject alone; without it all three, where a team that is called like a manager has the months of both.
    """
    said, found = marking(ws, revision), dict[tuple[str, str], tuple[str, ...]]()
    subjects = _subjects(ws, revision)
    for kind in ("all", "team", "manager") if by is None else (by,):
        for kpi in catalogue.KPIS:
            for subject in subjects[kind]:
                months = {*said(kpi, kind, subject), *found.get((kpi, subject), ())}
                if months:
                    found[kpi, subject] = tuple(sorted(months))
    return found


def _teams(ws: Workspace, revision: int | None) -> dict[str, str]:
    """Manager -> the team of the newest list; nobody whom no list puts into one."""
    listed = ws.tables(revision)["managers"].drop_duplicates("name", keep="last").dropna(subset=["team"])
    return dict(zip(listed["name"], listed["team"], strict=True))


def _subjects(ws: Workspace, revision: int | None) -> dict[By, list[str]]:
    """Everybody that has a series: the managers listed or measured, their teams, and all together."""
    home = _teams(ws, revision)
    people = [*ws.tables(revision)["managers"]["name"].dropna(), *ws.cells(revision)["manager"].dropna().unique()]
    return {"all": [""], "team": list(dict.fromkeys(home.values())), "manager": list(dict.fromkeys(people))}
