"""Nothing is read or written by no one: every service asks in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from amdash.errors import AmdashError
from amdash.service import (
    analysis,
    annotations,
    boards,
    cadence,
    customers,
    drilldown,
    exports,
    feedback,
    imports,
    meetings,
    plans,
    scorecards,
    settings,
    targets,
)
from amdash.service.imports import Upload
from amdash.service.plan_terms import Terms
from amdash.service.slices import slices
from amdash.service.workspace import Workspace

SERVICES: dict[str, Callable[[Workspace, str], Any]] = {
    "scorecard": lambda ws, actor: scorecards.scorecard(ws, actor=actor),
    "board": lambda ws, actor: boards.board(ws, "2026-10", actor=actor),
    "trends": lambda ws, actor: scorecards.trends(ws, "csat", "2026-10", actor=actor),
    "rows": lambda ws, actor: drilldown.rows_behind(ws, "csat", actor=actor),
    "meetings": lambda ws, actor: meetings.held(ws, actor=actor),
    "log": lambda ws, actor: feedback.log(ws, actor=actor),
    "write": lambda ws, actor: feedback.add(ws, date=dt.date(2026, 10, 1), manager="李明", content="x", actor=actor),
    "report": lambda ws, actor: exports.report_pdf(ws, "李明", "2026-10", "zh", actor=actor),
    "zip": lambda ws, actor: exports.report_zip(ws, "2026-10", "zh", actor=actor),
    "originals": lambda ws, actor: exports.originals(ws, ws.store.imports()[0], actor=actor),
    "preview": lambda ws, actor: imports.preview(ws, [Upload("a.csv", "日期,客户经理,金额\n2026-10-02,李明,5\n".encode())], actor=actor),
    "history": lambda ws, actor: imports.history(ws, actor=actor),
    "undo": lambda ws, actor: imports.undo(ws, 1, actor=actor),
    "improvements": lambda ws, actor: scorecards.improvements(ws, actor=actor),
    "slices": lambda ws, actor: slices(ws, "product", actor=actor),
    "compare": lambda ws, actor: analysis.compare(ws, "sales_amount", "2026-10", actor=actor),
    "drivers": lambda ws, actor: analysis.drivers(ws, actor=actor),
    "tiers": lambda ws, actor: customers.tiers(ws, actor=actor),
    "moves": lambda ws, actor: customers.moves(ws, actor=actor),
    "targets": lambda ws, actor: targets.in_force(ws, "2026-10", actor=actor),
    "target": lambda ws, actor: targets.put(ws, "csat", 0.8, "2026-10", actor=actor),
    "effects": lambda ws, actor: plans.effects(ws, actor=actor),
    "plan": lambda ws, actor: plans.begin(ws, "sales_amount", "李明", Terms(action="x", baseline=5.0), actor=actor),
    "annotation": lambda ws, actor: annotations.add(ws, "2026-10", "x", actor=actor),
    "annotations": lambda ws, actor: annotations.entries(ws, actor=actor),
    "cadence": lambda ws, actor: cadence.cadence(ws, actor=actor),
    "settings": lambda ws, actor: settings.change(ws, ["response_target_hours=8"], actor=actor),
}
WRITING = {"write", "undo", "target", "plan", "annotation", "settings"}


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_does_nothing_and_somebody_does(name: str, ws: Workspace, two_months: bytes, put) -> None:
    put(ws, ("华东.csv", two_months))
    with pytest.raises(AmdashError, match="actor_missing"):
        SERVICES[name](ws, " ")
    assert ws.revision() == 1
    SERVICES[name](ws, "王经理")
    assert ws.revision() == (2 if name in WRITING else 1)
