"""Trends: one KPI of everybody over time, and what to do where there is none."""

from __future__ import annotations

import pytest

from amdash.service import annotations as said
from amdash.service.workspace import Workspace
from amdash.ui.markup.page import menu_style


def charts(page) -> int:
    return len(page.get("plotly_chart"))


def test_managers_and_teams_have_a_chart_each(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "trends", kpi="csat")
    assert charts(page) == 2
    # The group of the page is marked in the menu, after three pages of no group.
    assert menu_style(4) in [one.proto.body for one in page.get("html")]


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
    assert "李明，客户满意度 92.9%，目标 ≥ 90%，还不能断定，向好" in page.get("plotly_chart")[0].proto.alt


def look(page, view: str, whom: str = ""):
    page.session_state["amdash_trend_view"] = view
    page.session_state["amdash_trend_whom"] = whom
    return page.run()


@pytest.mark.parametrize(
    ("view", "whom", "drawn"),
    [("rolling3", "", 2), ("rolling12", "manager|李明", 1), ("week", "", 2), ("years", "", 1), ("years", "team|华东组", 1), ("nonsense", "x|y", 2)],
)
def test_every_view_has_its_charts(demo_ws: Workspace, visit, view: str, whom: str, drawn: int) -> None:
    page = look(visit(demo_ws, "trends", kpi="csat"), view, whom)
    assert not page.exception
    assert charts(page) == drawn


def test_weeks_are_offered_only_where_a_kpi_can_be_measured_by_the_week(demo_ws: Workspace, visit, words) -> None:
    page = look(visit(demo_ws, "trends", kpi="retention"), "week")
    assert not page.exception
    assert "周" not in words(page)
    assert charts(page) == 2
    assert "周" in words(visit(demo_ws, "trends", kpi="csat"))


def test_one_of_them_large_says_how_it_stands(demo_ws: Workspace, visit, markup) -> None:
    page = look(visit(demo_ws, "trends", kpi="csat"), "", "manager|李明")
    assert "李明" in markup(page, "whose")
    assert "92.9% · ≥ 90% · 还不能断定 · 向好" in markup(page, "whose")


SHEET = "日期,客户经理,金额\n2026-08-01,李明,4\n2026-09-01,李明,5\n2026-10-01,李明,6\n"


def test_what_happened_is_written_down_shown_in_the_chart_and_taken_back(ws: Workspace, visit, put_sheet, words) -> None:
    put_sheet(ws, SHEET)
    page = visit(ws, "trends", kpi="sales_amount")
    assert "还没有记录" in " ".join(words(page))
    next(box for box in page.text_input if box.label == "一句话说明").set_value("涨价")
    next(box for box in page.selectbox if box.label == "月份").set_value("2026-09")
    next(box for box in page.selectbox if box.label == "涉及谁").set_value(("manager", "李明"))
    next(button for button in page.button if button.label == "保存").click()
    page.run()
    (row,) = said.entries(ws)
    assert (row.month, row.text, row.kind, row.subject, row.kpi, row.new_process, row.actor) == (
        "2026-09",
        "涨价",
        "training",
        "李明",
        "",
        False,
        "owner",
    )
    assert "2026 年 9 月  培训 · 李明：涨价" in page.get("plotly_chart")[0].proto.alt
    page.button(key=f"undo_event_{row.annotation_id}").click().run()
    assert said.entries(ws) == []
    assert "涨价" not in page.get("plotly_chart")[0].proto.alt


def test_an_entry_without_words_is_refused_where_it_was_made(ws: Workspace, visit, put_sheet) -> None:
    put_sheet(ws, SHEET)
    page = visit(ws, "trends", kpi="sales_amount")
    next(button for button in page.button if button.label == "保存").click()
    page.run()
    assert "文字内容" in " ".join(one.value for one in page.error)
    assert said.entries(ws) == []
