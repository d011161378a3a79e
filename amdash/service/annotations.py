"""Annotations as people write them: what happened in a month, to whom, and whether things are done another way from then on."""

from __future__ import annotations

from typing import Literal, get_args

from amdash.errors import AmdashError
from amdash.i18n import N_
from amdash.metrics import catalogue, period
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace
from amdash.store.annotations import AnnotationRow, NewAnnotation

# data: something is counted or written down in another way. market: customers, competitors, the season.
Kind = Literal["training", "process", "people", "market", "data", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def add(
    ws: Workspace,
    month: str,
    text: str,
    *,
    kind: str = "other",
    kpi: str | None = None,
    manager: str | None = None,
    team: str | None = None,
    new_process: bool = False,
    actor: str = OWNER,
) -> tuple[int, int]:
    """Write down what happened in a month, for a manager, a team or everybody; returns its number and the new revision.

    ``new_process``: limits begin anew with this month. Say so only where the way of working (or of counting) is another one, the reason is
    known, and it is to stay (:func:`amdash.insight.marked.marks_of`).
    Errors: month_invalid, entry_incomplete, annotation_kind_unknown, kpi_unknown, manager_unknown, team_unknown, scope_twice.
    """
    access.ask(actor, "write")
    if not period.is_month(month):
        raise AmdashError("month_invalid", value=month)
    if not text.strip():
        raise AmdashError("entry_incomplete", field=N_("Text"))
    if kind not in KINDS:
        raise AmdashError("annotation_kind_unknown", value=kind, known=list(KINDS))
    scope, subject = scorecards.whose(ws, manager, team)
    about = catalogue.by_id(kpi).id if kpi else ""
    new = NewAnnotation(month, text.strip(), kind, about, scope, subject, new_process)
    return ws.store.add_annotation(new, actor=actor, at=ws.now())


def undo(ws: Workspace, annotation_id: int, *, actor: str = OWNER) -> int:
    """Take an annotation back; returns the new revision. Errors: annotation_missing, annotation_undone_already."""
    access.ask(actor, "write")
    return ws.store.close_annotation(annotation_id, actor=actor, at=ws.now())


def entries(
    ws: Workspace,
    *,
    kpi: str | None = None,
    manager: str | None = None,
    team: str | None = None,
    revision: int | None = None,
    actor: str = OWNER,
) -> list[AnnotationRow]:
    """The annotations that stand at a revision, by month, under the names then in force; of one month in the order of writing.

    ``kpi``: those about it or about all. ``manager``, ``team``: those that concern them: of their own, of the manager's team, of everybody.
    Errors: revision_unknown, kpi_unknown, manager_unknown, team_unknown, scope_twice.
    """
    access.ask(actor, "read")
    wanted = ws.revision() if revision is None else revision
    ws.moment_of(wanted)
    rows = ws.identities(wanted).under_shown_names(ws.store.annotations(wanted))
    about = {"", catalogue.by_id(kpi).id} if kpi else None
    whose = _concerned(ws, manager, team, wanted)
    kept = [row for row in rows if (about is None or row.kpi in about) and (whose is None or (row.scope, row.subject) in whose)]
    return sorted(kept, key=lambda row: row.month)


def _concerned(ws: Workspace, manager: str | None, team: str | None, revision: int) -> set[tuple[str, str]] | None:
    """Whose annotations concern a manager or team; None for all."""
    scope, subject = scorecards.whose(ws, manager, team, revision)
    if scope == "everybody":
        return None
    found = {("everybody", ""), (str(scope), subject)}
    if scope == "manager":
        home = dict(scorecards.roster(ws, revision)[["manager", "team"]].itertuples(index=False, name=None))
        found.add(("team", home[subject]))
    return found
