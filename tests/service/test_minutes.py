"""The minutes of a meeting as a file: every decision with the KPI that it is about, of this meeting and of earlier ones."""

from __future__ import annotations

from collections.abc import Callable

from amdash.service import boards, meetings, minutes
from amdash.service.meetings import Decision
from amdash.service.workspace import Workspace


def test_every_decision_names_the_kpi_that_it_is_about(ws: Workspace, sales_csv, put, pdf_text: Callable[[bytes], str]) -> None:
    put(ws, ("销售.csv", sales_csv(("2026-10-01", "李明", 5, "A"), ("2026-10-02", "王芳", 7, "B"))))
    board = boards.board(ws, "2026-10")
    first, _revision = meetings.begin(ws, "2026-10")
    meetings.decide(ws, first, Decision("多拜访新客户", "李明", "new_customers"), board=board)
    meetings.end(ws, first)
    second, _revision = meetings.begin(ws, "2026-10")
    meetings.decide(ws, second, Decision("按周跟进目标", "王芳", "sales_attainment"), board=board)
    meetings.decide(ws, second, Decision("周会改到周一"), board=board)
    meetings.end(ws, second)
    name, pdf = minutes.minutes_pdf(ws, second, "zh")
    said = pdf_text(pdf)
    assert name == "会议纪要-2026-10-2026-11-24.pdf"
    assert "王芳按周跟进目标销售额达成率—" in said
    assert "李明多拜访新客户新增客户数—" in said
    assert "全部经理周会改到周一—" in said
    assert minutes.minutes_pdf(ws, second, "en")[0] == "Minutes-2026-10-2026-11-24.pdf"
