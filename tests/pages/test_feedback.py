"""The feedback log: filters, and a new entry that is never lost."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.service import cadence, feedback, settings
from amdash.service.workspace import Workspace
from amdash.ui.session import Room


def field(page, kind: str, label: str):
    """The last one of that name: filters come before the form."""
    return [one for one in getattr(page, kind) if one.label == label][-1]


def save(page, label: str = "保存"):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def begin(page, **choices: object):
    """What a click in the log or on the board leaves behind."""
    for name, value in choices.items():
        page.session_state[f"amdash_{name}"] = value
    return page.run()


@pytest.fixture
def logged(ws: Workspace, put_sheet) -> Workspace:
    """Two people, of whom one has an entry that was written here."""
    put_sheet(ws, "姓名,团队\n李明,华东组\n王芳,华东组\n", "客户经理名单.csv")
    put_sheet(ws, "日期,客户经理,反馈来源,反馈内容\n2026-09-01,王芳,客户,上传的一条\n", "反馈记录.csv")
    feedback.add(ws, date=dt.date(2026, 11, 2), manager="李明", content="11 月 2 日当天回复", source="customer", method="电话", criteria="csat")
    return ws


def test_filters_narrow_the_log(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "feedback")
    assert f":gray[{len(feedback.log(demo_ws))} 条]" in words(page)
    page.text_input(key="feedback_text").set_value("沟通技巧培训").run()
    wanted = feedback.log(demo_ws, text="沟通技巧培训")
    assert wanted
    assert f":gray[{len(wanted)} 条]" in words(page)
    assert all(entry.manager in " ".join(words(page)) for entry in wanted)


def test_older_entries_are_shown_on_demand(demo_ws: Workspace, visit, markup) -> None:
    page = visit(demo_ws, "feedback")
    assert markup(page, "log").count("<tr>") == 1 + 25
    next(button for button in page.button if button.label == "显示更早的").click()
    assert markup(page.run(), "log").count("<tr>") == 1 + 50


def test_an_entry_is_written_and_appears_on_top(demo_copy: Workspace, visit, markup) -> None:
    page = visit(demo_copy, "feedback", manager="王建国")
    field(page, "text_area", "反馈内容").set_value("10 月 20 日的交期答复晚了一天，客户来电催问。")
    field(page, "text_area", "改进措施").set_value("当天先给出预计日期")
    field(page, "date_input", "完成期限").set_value(dt.date(2026, 12, 1))
    save(page)
    assert not page.exception
    (entry,) = demo_copy.store.feedback()
    assert (entry.manager, entry.source, entry.action, entry.due_on, entry.recorded_by) == (
        "王建国",
        "supervisor",
        "当天先给出预计日期",
        dt.date(2026, 12, 1),
        "owner",
    )
    first = markup(page, "log").split("<tr>")[2]
    assert "交期答复晚了一天" in first
    assert "负责人 记录" in first
    assert all(words in first for words in ("correct|1", "back|1", "更正 王建国", "撤销 王建国"))
    assert field(page, "text_area", "反馈内容").value == ""


def test_an_incomplete_entry_says_what_is_missing_and_loses_nothing(demo_copy: Workspace, visit) -> None:
    page = visit(demo_copy, "feedback")
    field(page, "text_area", "改进措施").set_value("写了一半")
    save(page)
    assert [error.value for error in page.error] == ["还没有填反馈内容。请补上再保存。"]
    assert demo_copy.store.feedback() == []
    assert field(page, "text_area", "改进措施").value == "写了一半"


def test_hints_hold_an_entry_up_once_and_never_twice(logged: Workspace, visit, words) -> None:
    page = visit(logged, "feedback")
    field(page, "text_area", "反馈内容").set_value("总是很差劲")
    save(page)
    said = " ".join(words(page))
    assert all(part in said for part in ("太短", "差劲", "总是", "没有约定"))
    assert len(feedback.log(logged)) == 2
    assert field(page, "text_area", "反馈内容").value == "总是很差劲"
    save(page, "照此保存")
    assert feedback.log(logged)[0].content == "总是很差劲"
    assert [button.label for button in page.button if "保存" in button.label] == ["保存"]


def test_a_kpi_is_named_by_its_name_and_the_entry_keeps_its_id(logged: Workspace, visit, markup) -> None:
    page = visit(logged, "feedback")
    assert "客户满意度" in markup(page, "log")
    assert "csat" not in markup(page, "log")
    field(page, "selectbox", "相关绩效指标").set_value("response_time")
    field(page, "number_input", "评分").set_value(4.0)
    field(page, "text_area", "反馈内容").set_value("11 月 3 日的询价隔天才回")
    field(page, "text_area", "改进措施").set_value("当天先回")
    field(page, "date_input", "完成期限").set_value(dt.date(2026, 12, 1))
    save(page)
    entry = feedback.log(logged)[0]
    assert (entry.criteria, entry.rating) == ("response_time", 4.0)
    assert "平均响应时间 · 评分 4" in markup(page, "log")


def test_an_entry_is_corrected_in_the_form_and_the_correction_undone(logged: Workspace, visit, words) -> None:
    page = begin(visit(logged, "feedback"), feedback_asked="correct|1")
    assert not page.exception
    content = field(page, "text_area", "反馈内容")
    assert (content.value, field(page, "selectbox", "来源").value, field(page, "selectbox", "相关绩效指标").value) == (
        "11 月 2 日当天回复",
        "customer",
        "csat",
    )
    content.set_value("11 月 2 日两次都当天回复")
    field(page, "text_area", "改进措施").set_value("保持")
    field(page, "date_input", "完成期限").set_value(dt.date(2026, 12, 1))
    save(page)
    now = feedback.log(logged)[0]
    assert (now.content, now.criteria, now.method, now.due_on) == ("11 月 2 日两次都当天回复", "csat", "电话", dt.date(2026, 12, 1))
    assert "反馈已更正。" in words(page)
    assert field(page, "text_area", "反馈内容").value == ""
    page.button(key="undo_feedback").click().run()
    assert feedback.log(logged)[0].content == "11 月 2 日当天回复"
    assert "反馈已更正。" not in words(page)


def test_a_correction_can_be_left(logged: Workspace, visit) -> None:
    page = begin(visit(logged, "feedback"), feedback_asked="correct|1")
    save(page, "不更正")
    assert field(page, "text_area", "反馈内容").value == ""
    page = begin(page, feedback_asked="correct|1")
    save(page)
    save(page, "照此保存")
    # The same words again: no correction, and none to undo.
    assert logged.revision() == 3
    assert not [button for button in page.button if button.key == "undo_feedback"]


def test_an_entry_is_taken_back_and_stands_again_with_one_click(logged: Workspace, visit, words, markup) -> None:
    page = begin(visit(logged, "feedback"), feedback_asked="back|1")
    assert [entry.content for entry in feedback.log(logged)] == ["上传的一条"]
    # What was uploaded is corrected in its file: nothing to press.
    assert "data-go" not in markup(page, "log")
    assert "原文件" in " ".join(words(page))
    page.button(key="undo_feedback").click().run()
    assert [entry.content for entry in feedback.log(logged)] == ["11 月 2 日当天回复", "上传的一条"]


def test_a_click_on_an_entry_that_is_gone_does_nothing(logged: Workspace, visit) -> None:
    page = begin(visit(logged, "feedback"), feedback_asked="back|7")
    assert not page.exception
    assert logged.revision() == 3


def test_the_board_says_what_is_due_and_a_cell_fills_in_the_form(demo_ws: Workspace, visit, markup, words) -> None:
    page = begin(visit(demo_ws, "feedback"), feedback_view="due", feedback_about="王建国|customer")
    assert not page.exception
    rows = cadence.cadence(demo_ws)
    late = int((rows["status"] == "overdue").sum())
    assert f"{late} 项逾期" in " ".join(words(page))
    board = markup(page, "board")
    assert board.count("data-go") == len(rows)
    assert board.count("i-missed") == late
    assert 'data-go="王建国|customer"' in board.split("aria-current")[0].rsplit("<button", 1)[1]
    assert (field(page, "selectbox", "客户经理").value, field(page, "selectbox", "来源").value) == ("王建国", "customer")
    file = page.get("download_button")[0]
    assert file.proto.label == "加入日历"


def test_nothing_is_asked_for_says_where_to_ask(logged: Workspace, visit, words) -> None:
    settings.change(logged, ["feedback_team=never", "feedback_customer=never", "feedback_supervisor=never"])
    page = begin(visit(logged, "feedback"), feedback_view="due")
    assert "还没有要求定期反馈" in " ".join(words(page))
    assert not page.exception


def test_on_a_phone_the_form_is_a_part_of_its_own(logged: Workspace, visit) -> None:
    page = begin(visit(logged, "feedback"), room=Room(844, 16.0, "", 390))
    assert not page.text_area
    page = begin(page, feedback_view="new")
    field(page, "text_area", "反馈内容").set_value("11 月 3 日的询价隔天才回")
    save(page)
    save(page, "照此保存")
    assert len(feedback.log(logged)) == 3
    # Saved: the log again, where the entry is.
    assert not page.text_area


def test_filters_hold_on_when_one_comes_back(demo_ws: Workspace, visit, words) -> None:
    page = visit(demo_ws, "feedback")
    page.selectbox(key="feedback_source_zh").set_value("team").run()
    wanted = f":gray[{len(feedback.log(demo_ws, source='team'))} 条]"
    assert wanted in words(page)
    page.switch_page("pages/targets.py").run()
    page.switch_page("pages/feedback.py").run()
    assert wanted in words(page)
