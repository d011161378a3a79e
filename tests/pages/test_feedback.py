"""The feedback log: filters, and a new entry that is never lost."""

from __future__ import annotations

import datetime as dt

from amdash.service import feedback
from amdash.service.workspace import Workspace


def field(page, kind: str, label: str):
    return next(one for one in getattr(page, kind) if one.label == label)


def save(page):
    next(button for button in page.button if button.label == "保存").click()
    return page.run()


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
    assert "负责人" in first
    assert field(page, "text_area", "反馈内容").value == ""


def test_an_incomplete_entry_says_what_is_missing_and_loses_nothing(demo_copy: Workspace, visit) -> None:
    page = visit(demo_copy, "feedback")
    field(page, "text_area", "改进措施").set_value("写了一半")
    save(page)
    assert [error.value for error in page.error] == ["还没有填反馈内容。请补上再保存。"]
    assert demo_copy.store.feedback() == []
    assert field(page, "text_area", "改进措施").value == "写了一半"
