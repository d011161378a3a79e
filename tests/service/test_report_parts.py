"""What stands below the figures of a summary: figures of earlier months that are others than when the period's own sheets came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from amdash.report.document import document
from amdash.report.events import ReportEvent
from amdash.service import annotations, boards, exports, feedback, imports, meetings, plans, report_parts
from amdash.service.imports import Upload
from amdash.service.meetings import Decision
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


def measures(ws: Workspace) -> list[str]:
    """What stands under measures in the summary of 李明."""
    board = boards.board(ws, "2026-10")
    report = report_parts.parts(ws, board).added(exports._input(board, "李明", "zh", exports._found(ws, board)))
    return [text for text, _why in document(report, "zh")["profile"][2]["lines"]]


@pytest.fixture
def decide(ws: Workspace) -> Callable[[Decision], int]:
    """Writes a decision down in a meeting that is then over; returns its number."""
    put(ws, "2026-10", 1000)

    def write(said: Decision) -> int:
        board = boards.board(ws, "2026-10")
        meeting, _revision = meetings.begin(ws, "2026-10")
        number, _revision = meetings.decide(ws, meeting, said, board=board)
        meetings.end(ws, meeting)
        return number

    return write


def test_a_decision_that_is_done_does_not_come_back_as_its_line_of_feedback(ws: Workspace, decide) -> None:
    number = decide(Decision("每周拜访", "李明", responsible="孙丽华"))
    assert measures(ws) == ["每周拜访"]
    # Whoever corrects the line in the log has not made another measure of it.
    (line,) = feedback.log(ws)
    feedback.correct(ws, line.feedback_id or 0, replace(line, action="每周拜访两家"))
    assert measures(ws) == ["每周拜访"]
    done, _revision = meetings.tick(ws, number, True)
    assert measures(ws) == []
    meetings.tick(ws, done, False)
    assert measures(ws) == ["每周拜访"]


def test_a_decision_that_is_a_plan_is_said_in_the_words_of_the_plan_and_no_more_when_that_is_closed(ws: Workspace, decide) -> None:
    decide(Decision("每周拜访", "李明", "sales_amount", as_plan=True))
    (plan,) = plans.effects(ws)
    assert measures(ws) == ["每周拜访"]
    plans.change(ws, plan.entry.plan_id, Terms("每两周拜访"))
    assert measures(ws) == ["每两周拜访"]
    plans.close(ws, plan.entry.plan_id, "做完了")
    assert measures(ws) == []


def test_feedback_that_nobody_decided_on_stays_a_measure(ws: Workspace, decide) -> None:
    meetings.tick(ws, decide(Decision("每周拜访", "李明")), True)
    feedback.add(ws, date=dt.date(2026, 10, 20), manager="李明", content="x", action="写方案")
    assert measures(ws) == ["写方案"]


def test_a_closed_plan_is_no_measure_any_more(ws: Workspace) -> None:
    put(ws, "2026-10", 1000)
    number, _revision = plans.begin(ws, "sales_amount", "李明", Terms("每周拜访", "2026-10"))
    running = report_parts.parts(ws, boards.board(ws, "2026-10")).of("李明").plans
    plans.close(ws, number, "做完了")
    closed = report_parts.parts(ws, boards.board(ws, "2026-10")).of("李明").plans
    assert ([one.is_running for one in running], [one.is_running for one in closed]) == ([True], [False])
