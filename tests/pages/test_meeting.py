"""The meeting: begun, walked through screen by screen, decisions written down, corrected and taken back, ended, followed up."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amdash.service import annotations, boards, feedback, meetings, plans
from amdash.service.meetings import Decision
from amdash.service.plan_terms import Terms
from amdash.service.workspace import Workspace
from amdash.ui import everybody
from amdash.ui.sitting import Sitting

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date.today()
DUE = TODAY + dt.timedelta(days=24)
HAN, LATIN_WORD = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,}")
SHEET = "日期,客户经理,团队,金额\n" + "".join(
    f"2026-{month:02d}-05,{name},华东组,{amount}\n" for month in (8, 9, 10) for name, amount in (("李明", 100), ("王芳", 50))
)


@pytest.fixture
def small(ws: Workspace, put_sheet) -> Workspace:
    put_sheet(ws, SHEET)
    return ws


def press(page, label: str):
    next(button for button in page.button if button.label.startswith(label)).click()
    run = page.run()
    assert not run.exception
    return run


def labels(page) -> list[str]:
    return [button.label for button in page.button]


def entered(visit, ws: Workspace, screens: int = 0, language: str = "zh", **address: str):
    """The page in a meeting, so many screens on."""
    page = press(visit(ws, "meeting", language, **address), {"zh": "开始会议", "en": "Start the meeting"}[language])
    for _ in range(screens):
        press(page, {"zh": "下一步", "en": "Next"}[language])
    return page


def write(page, text: str, label: str = "记下", **fields: object):
    page.text_area[0].set_value(text)
    if "plan" in fields:
        page.checkbox[0].set_value(bool(fields["plan"]))
    if "who" in fields:
        next(box for box in page.selectbox if box.label == "负责人").set_value(fields["who"])
    if "due" in fields:
        page.date_input[0].set_value(fields["due"])
    return press(page, label)


def test_it_goes_from_last_time_over_the_team_and_everybody_to_the_end(small: Workspace, visit, markup) -> None:
    page = entered(visit, small)
    titles = []
    for _ in range(4):
        titles.append(markup(page, "meeting_title"))
        press(page, "下一步")
    titles.append(markup(page, "meeting_title"))
    assert [word in title for word, title in zip(("上次的决定", "团队", "李明", "王芳", "今天的决定"), titles, strict=True)] == [True] * 5
    assert "第 2 位，共 2 位" in titles[3]
    assert next(button for button in page.button if button.label == "下一步").disabled
    press(page, "上一步")
    assert markup(page, "meeting_title") == titles[3]


def test_a_decision_typed_is_written_down_with_who_by_when_and_as_a_plan(small: Workspace, visit, markup, words) -> None:
    page = entered(visit, small, 2)
    write(page, "每两周回访三家大客户", due=DUE, plan=True)
    (item,) = meetings.held(small)[0].decisions
    assert (item.manager, item.kpi, item.text, item.responsible, item.due_on) == ("李明", "new_customers", "每两周回访三家大客户", "李明", DUE)
    assert [one.entry.action for one in plans.effects(small)] == [item.text]
    (entry,) = feedback.log(small)
    assert (entry.content, entry.action, entry.method) == ("2026 年 10 月会议：新增客户数 0 家，目标 ≥ 10 家", item.text, "会议")
    said = " ".join(words(page))
    assert item.text in said
    assert f"李明 · {DUE.isoformat()} 前完成 · 列为改进计划" in said.replace("\\", "")
    # The form is empty for the next one, and the figures that are looked at stay those of before.
    assert page.text_area[0].value == ""
    assert small.store.figures_revision() == 1


def test_without_words_nothing_is_written_and_what_was_chosen_stays(small: Workspace, visit) -> None:
    page = entered(visit, small, 2)
    before = small.revision()
    write(page, "  ", due=DUE)
    assert "文字" in page.error[0].value
    assert (small.revision(), page.date_input[0].value) == (before, DUE)
    assert not write(page, "回访").error


def test_a_decision_is_corrected_taken_back_and_put_back(small: Workspace, visit, markup, words) -> None:
    page = entered(visit, small, 2)
    write(page, "回访三家", due=DUE)
    # Said where it was typed, and gone on the next screen.
    assert "已保存" in markup(page, "saved")
    press(page, "下一步")
    assert "已保存" not in " ".join(words(page))
    press(page, "上一步")
    press(page, "更正")
    assert page.text_area[0].value == "回访三家"
    # A correction that was given up is not there when the next one begins.
    page.text_area[0].set_value("不要了").run()
    press(page, "不更正")
    assert page.text_area[0].value == ""
    press(page, "更正")
    assert page.text_area[0].value == "回访三家"
    write(page, "回访五家", "保存", who="王芳")
    (item,) = meetings.held(small)[0].decisions
    assert (item.text, item.responsible, item.due_on) == ("回访五家", "王芳", DUE)
    press(page, "撤销")
    assert (meetings.held(small)[0].decisions, feedback.log(small)) == ((), [])
    press(page, "放回")
    (item,) = meetings.held(small)[0].decisions
    assert (item.text, item.responsible) == ("回访五家", "王芳")
    assert "放回" not in labels(page)


def test_a_note_and_what_concerns_everybody(small: Workspace, visit) -> None:
    page = entered(visit, small, 1)
    write(page, "展会推迟", "只作备注")
    write(page, "周会改到周一", who="直接上级")
    meeting = meetings.held(small)[0]
    assert [(item.manager, item.text) for item in meeting.notes] == [("", "展会推迟")]
    assert [(item.manager, item.text, item.responsible) for item in meeting.decisions] == [("", "周会改到周一", "直接上级")]
    assert page.checkbox.len == 0


def test_other_names_are_hidden_if_wished(small: Workspace, visit, words) -> None:
    meeting_id, _ = meetings.begin(small, "2026-09")
    meetings.decide(small, meeting_id, Decision("和王芳一起拜访鼎盛", "李明", responsible="王芳"), board=boards.board(small, "2026-09"))
    meetings.decide(small, meeting_id, Decision("周会由王芳主持", responsible="李明"), board=boards.board(small, "2026-09"))
    plans.begin(small, "sales_amount", "李明", Terms("王芳教李明报价", "2026-10", "2099-12"))
    annotations.add(small, "2026-09", "王芳休假", kind="people")
    meetings.end(small, meeting_id)
    page = visit(small, "meeting")
    page.toggle[0].set_value(True).run()
    press(page, "开始会议")
    assert page.query_params["names"] == "hidden"
    # Of last time and of the team what concerns everybody, and nobody's name.
    last = " ".join(words(page))
    assert "周会由同事主持" in last
    assert "1 项针对个人的决定未列出" in last
    team = " ".join(words(press(page, "下一步")))
    assert "新增客户（2 人）" in team
    assert [name for name in ("李明", "王芳") if name in last + team] == []
    press(page, "下一步")
    said = " ".join(words(page))
    assert "李明" in said
    assert "和同事一起拜访鼎盛" in said
    assert "同事教李明报价" in said
    assert "另一位同事" in said
    assert "王芳" not in said
    alt = page.get("plotly_chart")[0].proto.alt
    assert "同事休假" in alt
    assert "王芳" not in alt
    write(page, "王芳一起去", "只作备注")
    shown = [text.value for text in page.markdown if "一起去" in text.value]
    assert shown == [":gray[备注] 同事一起去"]
    # What is stored stays as it was typed.
    assert [item.text for item in meetings.held(small)[0].of("李明").notes] == ["王芳一起去"]
    box = next(box for box in page.selectbox if box.label == "负责人")
    assert box.options == ["李明", "直接上级"]
    # The words of a form are as they were typed: what hides a name is not put into one, whoever asked for it before.
    (note,) = meetings.held(small)[0].of("李明").notes
    meetings.decide(small, note.meeting_id, Decision("拜访鼎新", "李明", responsible="王 芳"), board=boards.board(small, "2026-10"))
    page.run()
    assert [button.key for button in page.button if button.label == "更正"] == []
    write(page, "拜访鼎兴")
    (own,) = [item for item in meetings.held(small)[0].of("李明").decisions if item.text == "拜访鼎兴"]
    assert [button.key for button in page.button if button.label == "更正"] == [f"edit_{own.item_id}"]
    sitting = page.session_state["amdash_sitting"]
    page.session_state["amdash_sitting"] = replace(sitting, editing=note.item_id)
    assert page.run().text_area[0].value == ""
    # Nor is somebody a choice who was chosen, and not saved, while names were shown.
    page.session_state["amdash_sitting"] = sitting
    press(page, "姓名已隐藏")
    next(box for box in page.run().selectbox if box.label == "负责人").set_value("王芳").run()
    page.session_state["amdash_sitting"] = replace(sitting, place=1)
    page.run()
    page.session_state["amdash_sitting"] = sitting
    press(page, "隐藏姓名")
    assert next(box for box in page.run().selectbox if box.label == "负责人").options == ["李明", "直接上级"]


def test_hidden_names_stay_so_until_the_meeting_is_over(small: Workspace, visit, markup, words) -> None:
    page = press(visit(small, "meeting", names="hidden"), "开始会议")
    press(page, "下一步")
    write(page, "请王芳主持周会")
    press(page, "下一步")
    write(page, "回访三家")
    # A page that is loaded anew, on the person it was on, and from there to the end.
    page = press(visit(small, "meeting", names="hidden", manager="王芳"), "继续会议")
    end = press(page, "下一步")
    assert "请同事主持周会" in markup(end, "decided")
    said = " ".join(words(end))
    assert "1 项针对个人的决定未列出" in said
    assert "未决定1 人" in "".join(words(end))
    assert [name for name in ("李明", "王芳", "回访三家") if name in said] == []
    press(page, "结束会议")
    assert page.session_state["amdash_names"] == "hidden"
    press(page, "退出")
    assert not page.toggle[0].value
    assert "names" not in page.query_params


def test_what_was_decided_last_time_is_ticked_and_opened_again(small: Workspace, visit, words) -> None:
    meeting_id, _ = meetings.begin(small, "2026-09")
    said = Decision("清工单", "李明", responsible="李明", due_on=TODAY - dt.timedelta(days=3))
    meetings.decide(small, meeting_id, said, board=boards.board(small, "2026-09"))
    meetings.end(small, meeting_id)
    page = entered(visit, small)
    assert "逾期 3 天" in " ".join(words(page))
    page.checkbox[0].check().run()
    assert meetings.agreed_before(small)[0].done_on == TODAY
    said = " ".join(words(page))
    assert "逾期" not in said
    assert "1 项决定中 1 项已完成。" in said
    page.checkbox[0].uncheck().run()
    assert meetings.agreed_before(small)[0].done_on is None


def test_the_end_lists_everything_and_is_taken_back(small: Workspace, visit, markup, words, monkeypatch: pytest.MonkeyPatch) -> None:
    page = entered(visit, small, 2)
    write(page, "回访三家")
    press(page, "下一步")
    press(page, "下一步")
    assert "回访三家" in markup(page, "decided")
    assert "未决定" in markup(page, "meeting_story")
    press(page, "结束会议")
    assert meetings.running(small) is None
    assert [button.label for button in page.download_button] == ["Excel", "CSV", "会议纪要（PDF）", "全部经理的 PDF（ZIP）"]
    seconds = "点击后生成 PDF"
    assert seconds in " ".join(words(page))
    # A large team's are begun by one click, and downloaded by another.
    monkeypatch.setattr(everybody, "_AT_ONCE", 1)
    page.run()
    assert "准备 ZIP" in " ".join(labels(page))
    assert seconds not in " ".join(words(page))
    press(page, "继续开会")
    assert meetings.running(small) is not None


def test_a_meeting_that_was_left_is_gone_on_with_where_one_was(small: Workspace, visit, markup, words) -> None:
    page = entered(visit, small, 3)
    write(page, "回访三家")
    press(page, "退出")
    assert "2026 年 10 月会议正在进行" in " ".join(words(page)).replace("\\", "")
    # A page that is loaded anew knows only what is in its address.
    fresh = press(visit(small, "meeting", manager="王芳"), "继续会议")
    assert "王芳" in markup(fresh, "meeting_title")
    assert "回访三家" in " ".join(words(fresh))


def test_a_meeting_that_was_held_is_listed_with_its_minutes(small: Workspace, visit, words) -> None:
    meeting_id, _ = meetings.begin(small, "2026-09")
    meetings.decide(small, meeting_id, Decision("清工单", "李明"), board=boards.board(small, "2026-09"))
    meetings.end(small, meeting_id)
    page = visit(small, "meeting", "en")
    assert "Meetings held" in " ".join(words(page))
    assert [button.label for button in page.download_button] == ["Minutes (PDF)"]
    assert meetings.running(small) is None


def test_a_place_beyond_the_end_is_the_end(small: Workspace, visit, markup) -> None:
    page = entered(visit, small)
    page.session_state["amdash_sitting"] = Sitting(1, place=99)
    assert "今天的决定" in markup(page.run(), "meeting_title")


def test_another_page_leaves_the_meeting_and_ends_nothing(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMDASH_WORKSPACE", str(small.settings.workspace))
    meetings.begin(small, "2026-10")
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    page.session_state["amdash_sitting"] = Sitting(1)
    page.run()
    assert not page.exception
    assert page.session_state["amdash_sitting"] is None
    assert meetings.running(small) is not None


def test_no_chinese_stands_on_an_english_screen(english_ws: Workspace, tmp_path: Path, open_at, visit, words) -> None:
    for path in english_ws.settings.workspace.glob("amdash.db*"):
        shutil.copy(path, tmp_path / path.name)
    page = entered(visit, open_at(tmp_path), 0, "en")
    said = words(page)
    for _ in range(2):
        said += words(press(page, "Next"))
    assert [text for text in said if HAN.search(text)] == []


def test_no_english_stands_on_a_chinese_screen(small: Workspace, visit, words) -> None:
    page = entered(visit, small)
    said = words(page)
    for _ in range(4):
        said += words(press(page, "下一步"))
    found = {word for text in said if not text.startswith("<") for word in LATIN_WORD.findall(re.sub(r":[a-z_-]+\[|:material/\w+:", "", text))}
    assert found - {"KPI", "PDF", "ZIP", "PNG", "SVG", "Esc", "ctrl", "enter"} == set()


def test_the_clock_is_told_where_one_is(small: Workspace, visit) -> None:
    page = entered(visit, small, 2)
    found = [node for node in page.main if getattr(node, "type", "") == "bidi_component" and node.proto.id.endswith("-clock")]
    assert len(found) == 1
    data = json.loads(found[0].proto.json)
    assert (data["place"], data["last"], data["here"], data["over"]) == (2, 4, "李明", False)


def test_next_steps_of_the_feedback_are_agreed_too(small: Workspace, visit, markup) -> None:
    today = small.now().date()
    for name, days, text in (("李明", 10, "每周回访"), ("李明", -5, "补写拜访记录"), ("李明", -60, "早就过去的事"), ("王芳", 3, "别人的事")):
        feedback.add(small, date=today, manager=name, content="谈过", action=text, due_on=today + dt.timedelta(days=days))
    page = entered(visit, small, 2)
    html = markup(page, "agreed")
    assert "每周回访" in html
    assert "补写拜访记录" in html
    assert "早就过去的事" not in html
    assert "别人的事" not in html
    # What is decided now stands below, and not as a step of the feedback that it writes.
    assert "再访三家" not in markup(write(page, "再访三家"), "agreed")
