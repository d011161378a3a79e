"""Trends: one KPI of everybody over time, and what to do where there is none."""

from __future__ import annotations

from amdash.service.workspace import Workspace


def charts(page) -> int:
    return len(page.get("plotly_chart"))


def test_managers_and_teams_have_a_chart_each(demo_ws: Workspace, visit) -> None:
    assert charts(visit(demo_ws, "trends", kpi="csat")) == 2


def test_what_is_not_on_the_board_has_its_trends_too(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "trends", kpi="return_rate")
    assert not page.exception
    assert charts(page) == 2
    assert not visit(demo_ws, "manager", kpi="return_rate").exception


def test_a_survey_of_teams_alone_has_the_teams_alone(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "trends", kpi="staff_satisfaction", period="2026-Q4")
    assert not page.exception
    assert charts(page) == 1


def test_a_kpi_without_data_says_which_sheet_it_needs(ws: Workspace, visit, put_sheet, words) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-10-01,李明,5\n")
    page = visit(ws, "trends", kpi="csat")
    assert charts(page) == 0
    assert "满意度调查" in " ".join(words(page))


def test_the_chart_is_described_in_words(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "trends", kpi="csat")
    assert "李明，客户满意度 92.9%，目标 ≥ 90%，样本太少 · 28，向好" in page.get("plotly_chart")[0].proto.alt
