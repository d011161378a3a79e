"""The page of plans: from a weak figure to a plan, notes, changes, closing, taking back, and what is shown of it."""

from __future__ import annotations

import pytest

from amdash.service import plans
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace

MONTHS = [f"2025-{number:02d}" for number in range(7, 13)] + [f"2026-{number:02d}" for number in range(1, 11)]


@pytest.fixture
def small(ws: Workspace, put_sheet) -> Workspace:
    """Two managers: 李明 wins two new customers a month, 王芳 twelve; ten are wanted."""
    rows = ["日期,客户经理,客户名称,金额"]
    for month in MONTHS:
        for name, count in (("李明", 2), ("王芳", 12)):
            rows += [f"{month}-05,{name},{name}客户{month}第{number}家,100" for number in range(count)]
    put_sheet(ws, "\n".join(rows))
    return ws


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def fill(page, label: str, value: object):
    boxes = [*page.text_area, *page.text_input, *page.selectbox, *page.number_input]
    next(box for box in boxes if box.label == label).set_value(value)
    return page


def opened(page, number: int = 1):
    page.session_state["amdash_plan"] = str(number)
    return page.run()


def test_a_weak_figure_becomes_a_plan_in_two_clicks(small: Workspace, visit, words) -> None:
    page = visit(small, "plans")
    assert not page.exception
    said = " ".join(words(page))
    assert "还没有改进计划" in said
    assert "李明** 新增客户数 · 2 家 · ≥ 10 家 :orange[未达标]" in said.replace("\\", "")
    page.button(key="plan_new_customers_李明").click().run()
    shown = {box.label: box.value for box in [*page.selectbox, *page.number_input]}
    assert (shown["指标"], shown["客户经理"]) == ("new_customers", "李明")
    assert (shown["开始月份"], shown["到期月份"]) == ("2026-11", "2027-02")
    assert (shown["目前水平（家）"], shown["希望达到（家）"]) == (2.0, 10.0)
    press(page, "开始计划")
    assert "要做的事" in " ".join(one.value for one in page.error)
    assert plans.effects(small) == []
    fill(page, "要做什么", "每周拜访三家新客户")
    press(page, "开始计划")
    assert not page.exception
    (made,) = plans.effects(small)
    row = made.entry
    assert (row.kpi, row.manager, row.started, row.due, row.baseline, row.goal) == ("new_customers", "李明", "2026-11", "2027-02", 2.0, 10.0)
    assert (row.action, row.actor) == ("每周拜访三家新客户", "owner")
    said = " ".join(words(page))
    assert "现在还看不出来" in said
    # What has a plan asks for none.
    page.button(key="plan_shut").click().run()
    assert not [button for button in page.button if button.key == "plan_new_customers_李明"]


def test_the_offer_of_another_page_fills_the_form_in(small: Workspace, visit) -> None:
    page = visit(small, "plans", manager="王芳")
    page.session_state["amdash_plan"] = "new"
    page.session_state["amdash_plan_kpi"] = "sales_amount"
    page.session_state["amdash_plan_manager"] = "李明"
    page.run()
    assert not page.exception
    shown = {box.label: box.value for box in [*page.selectbox, *page.number_input]}
    assert (shown["指标"], shown["客户经理"], shown["目前水平（元）"], shown["希望达到（元）"]) == ("sales_amount", "李明", 200.0, None)
    # Nonsense in the session is a choice of nothing.
    page.session_state["amdash_plan_kpi"] = "retention"
    page.session_state["amdash_plan_manager"] = "nobody"
    page.session_state["amdash_form_plan"] = 1
    page.run()
    assert not page.exception
    assert {box.label: box.value for box in page.selectbox}["客户经理"] == "王芳"


def test_a_note_is_written_and_taken_back(small: Workspace, visit, words) -> None:
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-05", "2026-08", goal=10.0))
    page = opened(visit(small, "plans"))
    fill(page, "进展如何", "拜访了五家")
    press(page, "记一件")
    (one,) = plans.effects(small)
    assert [note.text for note in one.notes] == ["拜访了五家"]
    assert "拜访了五家" in " ".join(words(page))
    page.button(key=f"undo_note_{one.notes[0].note_id}").click().run()
    assert plans.effects(small)[0].notes == ()


def test_a_plan_is_changed_and_taken_back(small: Workspace, visit) -> None:
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-05", "2026-08", goal=10.0))
    page = opened(visit(small, "plans"))
    fill(page, "负责人", "王总")
    press(page, "保存")
    assert (plans.effects(small)[0].entry.responsible, plans.effects(small)[0].entry.goal) == ("王总", 10.0)
    press(page, "撤销上次修改")
    assert plans.effects(small)[0].entry.responsible == ""
    press(page, "撤回这个计划")
    assert plans.effects(small) == []
    assert not page.exception


def test_a_far_due_month_stays_and_a_goal_is_taken_away(small: Workspace, visit) -> None:
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-05", "2030-12", goal=10.0))
    page = opened(visit(small, "plans"))
    fill(page, "希望达到（家）", None)
    press(page, "保存")
    row = plans.effects(small)[0].entry
    assert (row.due, row.goal) == ("2030-12", None)
    fill(page, "负责人", "王总")
    press(page, "保存")
    row = plans.effects(small)[0].entry
    assert (row.due, row.goal, row.responsible) == ("2030-12", None, "王总")
    assert not page.exception


def test_a_plan_that_is_closed_without_effect_stays_to_be_seen(small: Workspace, visit, words, markup) -> None:
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-05", "2026-08", goal=10.0))
    page = opened(visit(small, "plans"))
    fill(page, "结论", "没有坚持")
    press(page, "结束计划")
    (one,) = plans.effects(small)
    assert (one.state, one.entry.conclusion, one.without_effect) == ("closed", "没有坚持", True)
    # It stays where everybody sees it.
    assert "已结束" in markup(page, "plans")
    assert "没有坚持" in " ".join(words(page))
    press(page, "重新打开")
    assert plans.effects(small)[0].state == "overdue"
    assert not page.exception


def test_the_list_tells_all_of_a_plan_and_is_filtered(small: Workspace, visit, markup, words) -> None:
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-05", "2026-08", goal=10.0, responsible="王总"))
    plans.begin(small, "sales_amount", "王芳", Terms("清单", "2026-10", "2026-11"))
    page = visit(small, "plans")
    listed = markup(page, "plans")
    assert "李明，新增客户数，每周拜访三家，26年5月 – 26年8月，2 家 → ≥ 10 家，现在 2 家，已过期未结束，未见变化" in listed
    assert "王总负责" in listed
    assert "开始时 1,200 元" in listed
    assert listed.index("李明") < listed.index("王芳")
    page.session_state["amdash_plans_of"] = "王芳"
    assert "李明" not in markup(page.run(), "plans")
    page.session_state["amdash_plans_state"] = "closed"
    assert "没有符合条件的计划" in " ".join(words(page.run()))


def test_an_opened_plan_has_its_chart_with_start_and_due(small: Workspace, visit) -> None:
    plans.begin(small, "new_customers", "李明", Terms("每周拜访三家", "2026-05", "2026-08"))
    (chart,) = opened(visit(small, "plans")).get("plotly_chart")
    assert "2026 年 5 月  改进计划 · 李明：每周拜访三家" in chart.proto.alt
    assert "2026 年 8 月  到期" in chart.proto.alt
    assert "▼ \\u8ba1\\u5212" in chart.proto.spec or "▼ 计划" in chart.proto.spec
