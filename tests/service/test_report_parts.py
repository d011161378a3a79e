"""What stands below the figures of a summary: figures of earlier months that are others than when the period's own sheets came in."""

from __future__ import annotations

from amdash.service import boards, imports, report_parts
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace


def put(ws: Workspace, month: str, amount: int, name: str | None = None) -> None:
    text = f"日期,客户经理,客户,金额\n{month}-08,李明,甲,{amount}\n"
    imports.confirm(ws, imports.preview(ws, [Upload(name or f"销售-{month}.csv", text.encode())]))


def restated(ws: Workspace, period: str) -> list[tuple[str, str, float, float | None]]:
    parts = report_parts.parts(ws, boards.board(ws, period))
    return [(one.kpi.id, one.month, one.before, one.after) for one in parts.of("李明").restated]


def test_a_month_corrected_after_the_next_one_came_is_restated(ws: Workspace) -> None:
    put(ws, "2026-08", 800)
    put(ws, "2026-09", 900)
    put(ws, "2026-08", 1200)
    # Corrected before October came: October's report has nothing to say of it, September's has.
    put(ws, "2026-10", 1000)
    assert restated(ws, "2026-10") == []
    assert restated(ws, "2026-09") == [("sales_amount", "2026-08", 800, 1200)]


def test_targets_for_the_whole_year_are_not_the_arrival_of_its_months(ws: Workspace) -> None:
    put(ws, "2026-08", 800)
    targets = "月份,客户经理,目标\n" + "".join(f"2026-{month:02d},李明,1000\n" for month in (8, 9, 10))
    imports.confirm(ws, imports.preview(ws, [Upload("销售目标.csv", targets.encode())]))
    put(ws, "2026-09", 900)
    put(ws, "2026-08", 1200)
    put(ws, "2026-10", 1000)
    assert restated(ws, "2026-10") == []


def test_the_first_report_restates_nothing(ws: Workspace) -> None:
    put(ws, "2026-10", 1000)
    assert restated(ws, "2026-10") == []
