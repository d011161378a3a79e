"""Proposals of targets on their page: the five principles, the managers' own words, setting, taking note, and how targets went."""

from __future__ import annotations

import pytest

from amdash.service import proposals, targets
from amdash.service.workspace import Workspace
from amdash.ui.session import Room


def press(page, key: str):
    return page.button(key=key).click().run()


def begin(page, **choices: object):
    """What a click elsewhere leaves behind."""
    for name, value in choices.items():
        page.session_state[f"amdash_{name}"] = value
    return page.run()


def reason(page):
    """The field for the reason of a new target."""
    return next(box for box in page.text_input if box.label == "原因")


@pytest.fixture
def staffed(ws: Workspace, put_sheet) -> Workspace:
    """Two people of one team and some answers of one month."""
    put_sheet(ws, "姓名,团队\n李明,华东组\n王芳,华东组\n", "客户经理名单.csv")
    rows = "".join(f"2026-10-{day:02},{name},5\n" for day in range(1, 9) for name in ("李明", "王芳"))
    put_sheet(ws, f"调查日期,客户经理,满意度评分\n{rows}", "满意度调查.csv")
    return ws


def test_a_proposal_shows_its_principles_and_waits_for_everybody(staffed: Workspace, visit, markup, words) -> None:
    page = visit(staffed, "targets", kpi="csat")
    assert markup(page, "principles").count("<li") == 5
    page.number_input[0].set_value(95.0).run()
    reason(page).set_value("再进一步")
    press(page, "propose_target")
    assert not page.exception
    assert reason(page).value == ""
    (one,) = proposals.proposals(staffed)
    assert one.row.reason == "再进一步"
    assert (one.row.value, one.row.scope, one.waiting) == (0.95, "everybody", ("李明", "王芳"))
    # The page turns to it, and it cannot be set before its managers were heard.
    assert "≥ 95%" in markup(page, "what_1")
    assert "目前 ≥ 90%" in markup(page, "what_1")
    assert markup(page, "five_1").count("<li") == 5
    assert page.button(key="set_1").disabled
    assert "李明、王芳" in " ".join(words(page))


def test_what_managers_say_is_written_down_then_the_target_is_set_and_keeps_the_link(staffed: Workspace, visit, markup) -> None:
    proposals.propose(staffed, "csat", 0.95, "2026-12", reason="再进一步")
    page = begin(visit(staffed, "targets", kpi="csat"), targets_view="proposals")
    page.multiselect[0].set_value(["李明"])
    page.text_input[0].set_value("可以")
    press(page, "write_1")
    assert "可以" in markup(page, "answers_1")
    # Only one is left, who need not be chosen.
    assert not page.multiselect
    press(page, "write_1")
    assert "尚未表态" not in " ".join(one.value for one in page.markdown)
    press(page, "set_1")
    assert not page.exception
    (row,) = targets.entries(staffed)
    assert (row.kpi, row.value, row.from_month, row.reason) == ("csat", 0.95, "2026-12", "再进一步")
    assert proposals.proposals(staffed)[0].row.target_id == row.target_id
    assert "李明 同意：可以" in markup(page, "set_proposals")


def test_whoever_was_heard_elsewhere_is_no_longer_asked(staffed: Workspace, visit, put_sheet) -> None:
    put_sheet(staffed, "姓名,团队\n李明,华东组\n王芳,华东组\n赵六,华东组\n", "客户经理名单.csv")
    proposals.propose(staffed, "csat", 0.95, "2026-12")
    page = begin(visit(staffed, "targets", kpi="csat"), targets_view="proposals")
    assert page.multiselect[0].value == ["李明", "王芳", "赵六"]
    proposals.answer(staffed, 1, ["赵六"], "agreed")
    page.run()
    assert not page.exception
    assert page.multiselect[0].value == ["李明", "王芳"]
    press(page, "write_1")
    assert proposals.proposals(staffed)[0].waiting == ()


def test_no_without_a_reason_is_refused_and_what_was_said_can_be_taken_back(staffed: Workspace, visit, words) -> None:
    proposals.propose(staffed, "csat", 0.95, "2026-12", manager="李明")
    page = begin(visit(staffed, "targets", kpi="csat"), targets_view="proposals")
    page.get("button_group")[-1].set_value("disagreed")
    press(page, "write_1")
    assert [one.value for one in page.error] == ["还没有写意见。请写下理由或需要考虑的地方，再保存。"]
    proposals.answer(staffed, 1, ["李明"], "agreed")
    page = begin(page, answer_asked="answer|1")
    assert proposals.proposals(staffed)[0].waiting == ("李明",)
    press(page, "withdraw_1")
    assert proposals.proposals(staffed) == []
    assert "没有待定的提议" in " ".join(words(page))


def test_proposals_of_other_kpis_are_one_click_away(staffed: Workspace, visit, markup) -> None:
    proposals.propose(staffed, "response_time", 8, "2026-12", manager="李明")
    page = begin(visit(staffed, "targets", kpi="csat"), targets_view="proposals")
    press(page, "also_response_time")
    assert "≤ 8 小时" in markup(page, "what_1")
    assert page.selectbox(key="kpi_zh").value == "response_time"


def test_a_manager_takes_note_of_a_target_and_the_note_is_undone(staffed: Workspace, visit, markup, words) -> None:
    targets.put(staffed, "csat", 0.95, "2026-10")
    page = visit(staffed, "targets", kpi="csat")
    assert markup(page, "held").count('class="press"') == 2
    page = begin(page, target_asked="1|王芳")
    assert not page.exception
    assert [manager for _target, manager in proposals.acknowledged(staffed)] == ["王芳"]
    assert markup(page, "held").count('class="press"') == 1
    assert "王芳 已确认知悉。" in words(page)
    press(page, "undo_note")
    assert proposals.acknowledged(staffed) == {}


def test_how_targets_went_is_drawn_and_told(staffed: Workspace, visit, words) -> None:
    targets.put(staffed, "csat", 0.85, "2026-09", manager="王芳", reason="新人")
    page = begin(visit(staffed, "targets", kpi="csat"), targets_view="history")
    assert not page.exception
    (chart,) = page.get("plotly_chart")
    assert "李明 ≥ 90%，王芳 ≥ 85%" in chart.proto.alt
    assert "王芳，自 2026 年 9 月起，≥ 85%，新人" in " ".join(words(page))
    page = begin(visit(staffed, "targets", kpi="sales_amount"), targets_view="history")
    assert "还没有过目标" in " ".join(words(page))


def test_on_a_phone_the_form_is_a_part_of_its_own(staffed: Workspace, visit) -> None:
    page = begin(visit(staffed, "targets", kpi="csat"), room=Room(844, 16.0, "", 390))
    assert not page.number_input
    page = begin(page, targets_view="new")
    press(page, "propose_target")
    assert len(proposals.proposals(staffed)) == 1
    assert not page.number_input
