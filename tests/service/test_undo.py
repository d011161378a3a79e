"""Taking an import back: the very same figures again, also where the import is not the latest."""

from __future__ import annotations

import pandas as pd
import pytest

from amdash.errors import AmdashError
from amdash.service import feedback, imports, scorecards
from amdash.service.changes import RowChanges
from amdash.service.imports import Outcome
from amdash.service.workspace import Workspace
from amdash.store import SlotKey

OCTOBER = SlotKey("sales", "2026-10", "华东")
NOVEMBER = SlotKey("sales", "2026-11", "华东")


def total(ws: Workspace, revision: int | None = None) -> list[float]:
    """Everybody's sales over all months; empty where nothing was measured."""
    frame = scorecards.scorecard(ws, by="all", every="total", kpis=["sales_amount"], revision=revision)
    return [float(value) for value in frame["value"]]


def by_month(ws: Workspace) -> dict[str, float]:
    frame = scorecards.scorecard(ws, by="all", kpis=["sales_amount"])
    return dict(zip(frame["period"], frame["value"], strict=True))


def done(outcome: Outcome) -> dict[SlotKey, tuple[str, RowChanges]]:
    return {slot.key: (slot.action, slot.rows) for slot in outcome.slots}


def test_undo_restores_the_very_same_figures(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东.csv", two_months))
    before, held = scorecards.scorecard(ws), ws.store.slots()
    put(ws, ("华东.csv", sales_csv(("2026-10-08", "李明", 1, "A1"), ("2026-12-01", "李明", 1, "A9"), ("2026-11-20", "李明", 4, "A8"))))
    assert total(ws) == [5]
    outcome = imports.undo(ws, 2)
    assert (outcome.import_id, outcome.revision) == (2, 3)
    # October gets A1's old amount and A2 back; November gets A3 back for A8. The refused December was never stored.
    assert done(outcome) == {OCTOBER: ("replaced", RowChanges(1, 1, 0, 0)), NOVEMBER: ("replaced", RowChanges(1, 0, 1, 0))}
    pd.testing.assert_frame_equal(scorecards.scorecard(ws), before, check_exact=True)
    assert ws.store.slots() == held
    assert total(ws, 2) == [5]


def test_undo_of_an_older_import_leaves_the_newer_one_in_force(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东.csv", two_months))
    put(ws, ("华东.csv", sales_csv(("2026-10-08", "李明", 1, "A1"))))
    outcome = imports.undo(ws, 1)
    assert done(outcome) == {NOVEMBER: ("replaced", RowChanges(0, 0, 1, 0))}
    assert by_month(ws) == {"2026-10": 1}
    assert [(row.import_id, row.undone_revision) for row in imports.history(ws)] == [(2, None), (1, 3)]
    imports.undo(ws, 2)
    assert (ws.is_empty(), total(ws)) == (True, [])


def test_undo_of_an_older_import_keeps_what_the_newer_one_says_as_well(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东.csv", two_months))
    more = sales_csv(("2026-10-08", "李明", 100, "A1"), ("2026-10-09", "王芳", 50.25, "A2"), ("2026-11-02", "李明", 8, "A3"))
    put(ws, ("华东.csv", more))
    imports.undo(ws, 1)
    assert by_month(ws) == {"2026-10": 150.25, "2026-11": 8}


def test_undo_of_the_newer_one_keeps_what_the_older_one_said_before(ws: Workspace, two_months: bytes, sales_csv, put) -> None:
    put(ws, ("华东.csv", two_months))
    put(ws, ("华东.csv", two_months + "\n2026-09-01,李明,3,A0\n".encode()), ("华南.csv", sales_csv(("2026-10-08", "黄志伟", 30, "B1"))))
    assert by_month(ws) == {"2026-09": 3, "2026-10": 180.25, "2026-11": 7}
    imports.undo(ws, 2)
    assert by_month(ws) == {"2026-10": 150.25, "2026-11": 7}
    imports.undo(ws, 1)
    assert ws.is_empty()


@pytest.mark.parametrize(("import_id", "code"), [(1, "import_undone_already"), (7, "import_unknown")])
def test_what_cannot_be_undone_is_said(ws: Workspace, two_months: bytes, put, import_id: int, code: str) -> None:
    put(ws, ("华东.csv", two_months))
    imports.undo(ws, 1)
    with pytest.raises(AmdashError, match=code):
        imports.undo(ws, import_id)
    assert ws.revision() == 2


def test_an_import_can_come_back_after_it_was_undone(ws: Workspace, two_months: bytes, put) -> None:
    put(ws, ("华东.csv", two_months))
    imports.undo(ws, 1)
    outcome = put(ws, ("华东.csv", two_months))
    assert (outcome.import_id, outcome.revision, total(ws)) == (2, 3, [157.25])


def test_undo_takes_back_rows_and_no_written_feedback(ws: Workspace, two_months: bytes, put) -> None:
    put(ws, ("华东.csv", two_months))
    feedback.add(ws, date=pd.Timestamp("2026-10-09").date(), manager="李明", content="面谈")
    imports.undo(ws, 1)
    assert [entry.content for entry in feedback.log(ws)] == ["面谈"]
