"""One account manager: the card, the chart of a KPI, and the rows behind the number."""

from __future__ import annotations

import pandas as pd

from amdash.service import drilldown
from amdash.service.workspace import Workspace


def test_the_address_names_the_manager_and_the_kpi(demo_ws: Workspace, visit, words, markup) -> None:
    page = visit(demo_ws, "manager", manager="王建国", kpi="response_time")
    assert "**华东组**" in words(page)
    assert "### 平均响应时间" in words(page)
    assert 'data-go="|response_time"' in markup(page, "card")
    assert 'aria-current="true"' in markup(page, "card").split('data-go="|response_time"')[1].split("</li>")[0]


def test_another_manager_is_chosen_by_name(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "manager")
    page.selectbox(key="who_box").select("周雅琴").run()
    assert "**华南组**" in words(page)
    page.switch_page("pages/reports.py").run()
    assert page.selectbox(key="report_manager").value == "周雅琴"


def test_the_rows_behind_a_number_lead_to_file_sheet_and_row(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "manager", manager="李明", kpi="sales_amount", period="2026-03")
    assert not page.dataframe
    page.session_state["behind"] = True
    page.run()
    shown: pd.DataFrame = page.dataframe[0].value
    expected = drilldown.rows_behind(demo_ws, "sales_amount", manager="李明", start="2026-03", end="2026-03")
    assert shown[["文件", "工作表", "行"]].values.tolist() == [[row.file, row.sheet, row.row] for row in expected]
    assert shown["金额"].tolist() == [row.values["amount"] for row in expected]


def test_a_manager_without_a_team_has_no_empty_bold_text(ws: Workspace, visit, put_sheet, words) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-10-01,李明,5\n")
    page = visit(ws, "manager")
    assert not page.exception
    assert "****" not in words(page)


def test_a_manager_without_any_figure_in_the_period_is_shown_all_the_same(ws: Workspace, visit, put_sheet, words) -> None:
    put_sheet(ws, "日期,客户经理,金额\n2026-09-01,王芳,5\n2026-10-01,李明,5\n")
    page = visit(ws, "manager", manager="王芳", period="2026-10")
    assert not page.exception
    assert "没有数据" in " ".join(words(page))
