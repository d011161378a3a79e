"""What stands below the figures of a summary: figures of earlier months that are others than when the period's own sheets came in."""

from __future__ import annotations

from amdash.report.events import ReportEvent
from amdash.service import annotations, boards, exports, imports, plans, report_parts
from amdash.service.imports import Upload
from amdash.service.plan_terms import Terms
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


def test_what_happened_stands_in_the_charts_of_those_it_concerns_as_at_the_revision(ws: Workspace) -> None:
    put(ws, "2026-09", 900)
    put(ws, "2026-10", 1000)
    annotations.add(ws, "2026-09", "沟通培训", kind="training")
    annotations.add(ws, "2026-10", "涨价", kind="market", kpi="new_customers")
    before = ws.revision()
    plans.begin(ws, "sales_amount", "李明", Terms("每周拜访", "2026-10"))

    def events(revision: int | None) -> dict[str, list[ReportEvent]]:
        board = boards.board(ws, "2026-10", revision)
        report = exports._input(board, "李明", "zh", exports._found(ws, board))
        return {kpi: list(found) for kpi, found in report_parts.parts(ws, board).added(report).events.items()}

    training, start = ReportEvent("2026-09", "training", "沟通培训"), ReportEvent("2026-10", "plan", "每周拜访")
    now = events(None)
    assert now["sales_amount"] == [training, start]
    assert now["new_customers"] == [training, ReportEvent("2026-10", "market", "涨价")]
    assert events(before)["sales_amount"] == [training]


def test_a_closed_plan_is_no_measure_any_more(ws: Workspace) -> None:
    put(ws, "2026-10", 1000)
    number, _revision = plans.begin(ws, "sales_amount", "李明", Terms("每周拜访", "2026-10"))
    running = report_parts.parts(ws, boards.board(ws, "2026-10")).of("李明").plans
    plans.close(ws, number, "做完了")
    closed = report_parts.parts(ws, boards.board(ws, "2026-10")).of("李明").plans
    assert ([one.is_running for one in running], [one.is_running for one in closed]) == ([True], [False])
