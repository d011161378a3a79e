"""One account manager: the card, the chart of a KPI, and the rows behind the number."""

from __future__ import annotations

import datetime as dt
import json
import re

import pandas as pd
import pytest

from amdash.i18n import translator
from amdash.insight.improvement_story import improvement_story
from amdash.insight.progress import judge
from amdash.service import boards, drilldown, feedback, plans, scorecards
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace
from amdash.ui import person
from amdash.ui import plans as plan_pages
from amdash.ui.session import Room


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
    page.button(key="behind").click().run()
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


def test_the_weighted_score_and_how_it_changed_stand_above_the_card(demo_ws: Workspace, visit, markup) -> None:
    html = markup(visit(demo_ws, "manager", manager="何志强"), "card")
    score = boards.board(demo_ws, "2026-10").scores["何志强"]
    row = scorecards.improvements(demo_ws, start="2026-10", end="2026-10", managers=["何志强"]).iloc[0]
    known = {name: None if pd.isna(value) else value for name, value in row.items()}
    assert f'<b class="num">{score * 100:.0f}</b>' in html
    assert improvement_story(known | {"target_verdict": judge(row).verdict}, translator("zh")) in html


def test_on_a_phone_the_chart_stands_below_its_own_row(demo_ws: Workspace, visit, components) -> None:
    page = visit(demo_ws, "manager", manager="王建国", kpi="response_time")
    assert len(listed(components(page))) == 1
    page.session_state["amdash_room"] = Room(844, 16.0, "", 390)
    page.run()
    assert not page.exception
    (first, rest), (whole,) = listed(components(page)), listed(components(visit(demo_ws, "manager", manager="王建国", kpi="response_time")))
    assert first[-1] == "response_time"
    assert first + rest == whole
    page.session_state["amdash_kpi"] = whole[-1]
    assert listed(components(page.run())) == [whole]


def listed(components) -> list[list[str]]:
    """The KPIs of each part of the card."""
    found = [re.findall(r'data-go="\|(\w+)"', json.loads(node.proto.json)["html"]) for node in components]
    return [kpis for kpis in found if kpis]


def test_individual_improvement_can_be_chosen_and_has_no_rows(demo_ws: Workspace, visit, words, markup) -> None:
    page = visit(demo_ws, "manager", manager="何志强", kpi="improvement")
    page.button(key="behind").click().run()
    assert not page.exception
    assert "### 个人绩效改进率" in words(page)
    assert not page.dataframe
    assert 'data-go="|improvement"' in markup(page, "card")


def test_feedback_is_written_from_the_page_of_the_person(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "manager", manager="何志强")
    page.button(key="manager_feedback").click().run()
    assert not page.exception
    assert (page.session_state["amdash_at"], page.session_state["amdash_feedback_about"]) == ("feedback", "何志强|")


def test_too_few_cases_say_where_they_lean_and_what_would_settle_it(demo_ws: Workspace, visit, words) -> None:
    said = " ".join(words(visit(demo_ws, "manager", "en", manager="李明", kpi="csat")))
    assert "leans towards met, met once the next 41 cases are all good" in said


def test_plans_and_feedback_that_is_due_stand_below_the_chart(ws: Workspace, visit, put_sheet, markup) -> None:
    put_sheet(ws, "日期,客户经理,客户,金额\n2026-10-01,王建国,甲公司,5\n")
    plans.begin(ws, "new_customers", "王建国", Terms(action="每周拜访三家新客户", goal=12.0, started="2026-11", due="2027-02"))
    feedback.add(ws, date=dt.date(2026, 1, 13), manager="王建国", content="配合仓库很及时", source="team", method="会议")
    html = markup(visit(ws, "manager", manager="王建国"), "foot")
    assert "每周拜访三家新客户" in html
    assert "新增客户 · 目标 ≥ 12 家 · 进行中 · 27年2月到期 · 为时尚早" in html
    assert "配合仓库很及时" in html
    assert "团队成员" in html


@pytest.mark.parametrize(("manager", "rank"), [("王建国", "no"), ("李明", "")])
def test_what_is_weak_is_said_first_and_marked(demo_ws: Workspace, visit, markup, manager: str, rank: str) -> None:
    html = markup(visit(demo_ws, "manager", manager=manager), "foot")
    first = re.search(r'<h4>长处与短板</h4><ul class="todo"><li><span class="line">(<span class="no">)?', html)
    assert first is not None
    assert bool(first[1]) is bool(rank)
    assert "名下客户" in html
    assert "还没有。选一项指标，再点“做改进计划”。" in html


def test_a_weak_kpi_leads_to_a_plan_with_one_click(demo_ws: Workspace, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[tuple[str, str]] = []
    monkeypatch.setattr(plan_pages, "offer", lambda kpi, manager: offered.append((kpi, manager)))
    page = visit(demo_ws, "manager", manager="王建国", kpi="new_customers")
    page.button(key="manager_plan").click().run()
    assert offered == [("new_customers", "王建国")]


def test_no_plan_is_offered_for_what_a_plan_cannot_move(demo_ws: Workspace, visit) -> None:
    page = visit(demo_ws, "manager", manager="王建国", kpi="improvement")
    assert [button for button in page.button if button.key == "manager_plan"] == []


def test_how_often_feedback_is_due_is_said_with_the_way_to_the_rule(demo_ws: Workspace, visit, markup) -> None:
    foot = markup(visit(demo_ws, "manager", language="en"), "foot")
    rule = re.search(r'data-go="rhythm" title="([^"]*)"', foot)
    assert rule is not None
    assert rule[1].startswith("Supervisor every month, Team member every week, Customer every quarter; due soon is 7 days before the last day")
    assert "Team member, weekly: " in foot
    assert "How often?" in foot


def test_the_way_leads_to_regular_feedback(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: dict[str, str] = {}
    monkeypatch.setattr(person.session, "choose", lambda **choices: chosen.update(choices))
    person.follow("anything else")
    assert chosen == {}
    person.follow(person.RHYTHM)
    assert chosen == {"settings_section": "cadence", "goto": "pages/settings.py"}
