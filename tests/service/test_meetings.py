"""Meetings: what is decided in one is feedback and, if wished, a plan, and is followed up in the next."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from amdash.errors import AmdashError
from amdash.service import aliases, boards, feedback, meetings, minutes, plans
from amdash.service.meetings import Decision
from amdash.service.workspace import Workspace

NOW = dt.datetime(2026, 11, 24, 9, 0)
DUE = dt.date(2026, 12, 18)
CALL = Decision("给三家大客户打电话", "李明", "", "王芳", DUE)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, open_at, put, two_months: bytes) -> Path:
    """The folder of a workspace with October, 李明 100 and 王芳 50.25, and with a meeting on it that has begun."""
    ws = open_at(tmp_path_factory.mktemp("small"))
    put(ws, ("销售.csv", two_months))
    meetings.begin(ws, "2026-10")
    return ws.settings.workspace


@pytest.fixture
def small(begun: Path, tmp_path: Path, open_at) -> Workspace:
    """A copy of it."""
    for path in begun.glob("amdash.db*"):
        shutil.copy(path, tmp_path / path.name)
    return open_at(tmp_path)


@pytest.fixture
def meeting_id(small: Workspace) -> int:
    row = meetings.running(small)
    assert row is not None
    return row.meeting_id


def decide(ws: Workspace, meeting_id: int, said: Decision, **options: str) -> tuple[int, int]:
    return meetings.decide(ws, meeting_id, said, board=boards.board(ws, "2026-10"), **options)


def correct(ws: Workspace, item_id: int, said: Decision, **options: str) -> tuple[int, int]:
    return meetings.correct(ws, item_id, said, board=boards.board(ws, "2026-10"), **options)


def next_meeting(ws: Workspace, meeting_id: int, at: dt.datetime) -> int:
    meetings.end(ws, meeting_id)
    ws.now = lambda: at
    return meetings.begin(ws, "2026-11")[0]


def test_a_meeting_is_on_a_period_with_figures(small: Workspace, meeting_id: int) -> None:
    assert meetings.held(small, 1) == meetings.agreed_before(small) == []
    with pytest.raises(AmdashError, match="meeting_running"):
        meetings.begin(small, "2026-11")
    meetings.end(small, meeting_id)
    assert meetings.running(small) is None
    with pytest.raises(AmdashError, match="no_data_for_report"):
        meetings.begin(small, "2026-01")
    with pytest.raises(AmdashError, match="month_invalid"):
        meetings.begin(small, "2026-13")
    meeting_id, revision = meetings.begin(small, "2026-Q4")
    row = meetings.running(small)
    assert row is not None
    assert (row.meeting_id, row.period, row.started_at, row.revision) == (meeting_id, "2026-Q4", NOW, revision)
    meetings.end(small, meeting_id)
    assert meetings.running(small) is None
    meetings.hold_on(small, meeting_id)
    assert meetings.running(small) is not None


def test_a_decision_stands_in_the_meeting_and_as_a_line_of_feedback(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, replace(CALL, kpi="sales_amount"))
    (item,) = meetings.one(small, meeting_id).decisions
    assert (item.manager, item.kpi, item.text, item.responsible, item.due_on) == ("李明", "sales_amount", CALL.text, "王芳", DUE)
    assert (item.done_on, item.plan_id) == (None, None)
    (entry,) = feedback.log(small)
    assert (entry.date, entry.manager, entry.source, entry.method, entry.criteria) == (NOW.date(), "李明", "supervisor", "会议", "sales_amount")
    assert entry.content == "2026 年 10 月会议：销售额 100 元"
    assert (entry.action, entry.due_on, entry.recorded_by) == ("给三家大客户打电话（王芳）", DUE, "owner")


def test_feedback_is_in_the_language_of_the_page_and_of_the_figures_that_were_looked_at(small: Workspace, meeting_id: int) -> None:
    # Not the board of the meeting's own period, to see which one is asked.
    shown = boards.board(small, "2026-11")
    meetings.decide(small, meeting_id, Decision("Call three customers", "李明", "sales_amount", "李明"), "en", board=shown)
    meetings.decide(small, meeting_id, Decision("Tidy up the list", "王芳"), "en", board=boards.board(small, "2026-10"))
    said = {entry.action: (entry.content, entry.method) for entry in feedback.log(small)}
    assert said == {
        "Call three customers": ("In the meeting on November 2026: Sales 7", "Meeting"),
        "Tidy up the list": ("In the meeting on October 2026: Tidy up the list", "Meeting"),
    }


def test_what_concerns_everybody_is_nobodys_feedback(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, Decision(" 周会改到周一 ", responsible=" 孙丽华 "))
    (item,) = meetings.one(small, meeting_id).decisions
    assert (item.manager, item.text, item.responsible) == ("", "周会改到周一", "孙丽华")
    assert feedback.log(small) == []


def test_a_decision_may_be_followed_as_a_plan(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, Decision("每周回访", "李明", "sales_amount", "李明", DUE, as_plan=True))
    (followed,) = plans.effects(small)
    plan = followed.entry
    assert (plan.kpi, plan.manager, plan.started, plan.due, plan.action) == ("sales_amount", "李明", "2026-11", "2026-12", "每周回访")
    assert (plan.baseline, plan.responsible) == (100.0, "李明")
    (item,) = meetings.one(small, meeting_id).decisions
    assert item.plan_id == plan.plan_id
    assert plan.from_revision == item.from_revision


def test_a_plan_without_a_day_is_due_as_every_plan_and_never_before_it_began(small: Workspace, meeting_id: int) -> None:
    for due in (None, dt.date(2026, 10, 1)):
        decide(small, meeting_id, Decision("每周回访", "李明", "sales_amount", due_on=due, as_plan=True))
    assert [one.entry.due for one in plans.effects(small)] == ["2027-02", "2026-11"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Decision("  ", "李明"), "entry_incomplete"),
        (Decision("做", "张三"), "manager_unknown"),
        (Decision("做", "李明", "nonsense"), "kpi_unknown"),
        (Decision("做", "李明", as_plan=True), "meeting_plan_of_whom"),
        (Decision("做", "", "sales_amount", as_plan=True), "meeting_plan_of_whom"),
        (Decision("做", "李明", "retention", as_plan=True), "plan_kpi_unsuited"),
    ],
)
def test_what_cannot_be_written_down_leaves_nothing(small: Workspace, meeting_id: int, said: Decision, code: str) -> None:
    before = small.revision()
    with pytest.raises(AmdashError, match=code):
        decide(small, meeting_id, said)
    assert small.revision() == before


def test_a_note_stands_in_the_meeting_alone(small: Workspace, meeting_id: int) -> None:
    meetings.note(small, meeting_id, "展会推迟", "李明")
    meeting = meetings.one(small, meeting_id)
    assert [(item.manager, item.text) for item in meeting.notes] == [("李明", "展会推迟")]
    assert (meeting.decisions, feedback.log(small)) == ((), [])
    with pytest.raises(AmdashError, match="meeting_missing"):
        meetings.note(small, 9, "展会推迟")


def test_a_correction_keeps_whom_and_what_it_is_about(small: Workspace, meeting_id: int) -> None:
    item_id, _ = decide(small, meeting_id, CALL)
    correct(small, item_id, Decision("给五家打电话", "王芳", "csat", "李明"))
    (item,) = meetings.one(small, meeting_id).decisions
    assert (item.manager, item.kpi, item.text, item.responsible, item.due_on) == ("李明", "", "给五家打电话", "李明", None)
    assert [(entry.manager, entry.action, entry.due_on) for entry in feedback.log(small)] == [("李明", "给五家打电话", None)]
    with pytest.raises(AmdashError, match="meeting_item_changed"):
        correct(small, item_id, CALL)
    with pytest.raises(AmdashError, match="meeting_item_missing"):
        correct(small, 99, CALL)


def test_what_is_taken_back_is_in_no_log(small: Workspace, meeting_id: int) -> None:
    item_id, _ = decide(small, meeting_id, Decision("每周回访", "李明", "sales_amount", as_plan=True))
    meetings.take_back(small, item_id)
    assert (meetings.one(small, meeting_id).decisions, feedback.log(small), plans.effects(small)) == ((), [], [])


def test_decisions_are_followed_up_in_the_next_meeting_until_they_are_done(small: Workspace, meeting_id: int) -> None:
    for text, due in (("一", DUE), ("二", None)):
        decide(small, meeting_id, Decision(text, "李明", due_on=due))
    assert meetings.agreed_before(small, meeting_id) == []
    second = next_meeting(small, meeting_id, dt.datetime(2026, 12, 21, 9, 0))
    before = meetings.agreed_before(small, second)
    assert [item.text for item in before] == ["一", "二"]
    today = dt.date(2026, 12, 21)
    assert [meetings.state(item, today) for item in before] == [("overdue", 3), ("open", 0)]
    meetings.tick(small, before[0].item_id, True)
    ticked, other = meetings.agreed_before(small, second)
    assert (ticked.done_on, meetings.state(ticked, today), other.done_on) == (today, ("done", 0), None)
    # A third meeting: what was done by the second is past, what is open is carried on; the decisions of the second come last.
    decide(small, second, Decision("三"))
    third = next_meeting(small, second, dt.datetime(2027, 1, 20, 9, 0))
    assert [item.text for item in meetings.agreed_before(small, third)] == ["二", "三"]
    carried = meetings.agreed_before(small, third)[0]
    meetings.tick(small, carried.item_id, True)
    # Ticked in this meeting it stays where it stands, and can be opened again.
    again = meetings.agreed_before(small, third)[0]
    assert (again.text, again.done_on) == ("二", dt.date(2027, 1, 20))
    meetings.tick(small, again.item_id, False)
    assert [item.done_on for item in meetings.agreed_before(small, third)] == [None, None]


def test_a_meeting_in_which_nothing_was_decided_hides_nothing(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, Decision("一"))
    empty = next_meeting(small, meeting_id, dt.datetime(2026, 11, 25, 9, 0))
    third = next_meeting(small, empty, dt.datetime(2026, 11, 26, 9, 0))
    assert [item.text for item in meetings.agreed_before(small, third)] == [item.text for item in meetings.agreed_before(small)] == ["一"]


def test_what_was_agreed_before_a_revision_stays_what_it_was(small: Workspace, meeting_id: int) -> None:
    revision = decide(small, meeting_id, Decision("一"))[1]
    ended = meetings.end(small, meeting_id)
    held_on = meetings.hold_on(small, meeting_id)
    found = [[item.text for item in meetings.agreed_before(small, revision=number)] for number in (revision, ended, held_on)]
    assert found == [[], ["一"], []]


def test_how_a_decision_stands_on_its_day(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, CALL)
    (item,) = meetings.one(small, meeting_id).decisions
    days = (dt.date(2026, 12, 17), DUE, dt.date(2026, 12, 19))
    assert [meetings.state(item, day) for day in days] == [("due", 1), ("today", 0), ("overdue", 1)]


def test_names_are_shown_as_they_are_now(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, CALL)
    aliases.merge(small, "manager", "王芳", "李明")
    (item,) = meetings.one(small, meeting_id).decisions
    assert (item.manager, item.responsible) == ("李明", "李明")


def test_everything_of_one_manager_and_who_has_nothing(small: Workspace, meeting_id: int) -> None:
    decide(small, meeting_id, CALL)
    decide(small, meeting_id, Decision("一"))
    meetings.note(small, meeting_id, "二", "王芳")
    meeting = meetings.one(small, meeting_id)
    assert [item.text for item in meeting.of("").decisions] == ["一"]
    assert [item.text for item in meeting.of("王芳").notes] == ["二"]
    assert meetings.without_decision(meeting, ["李明", "王芳"]) == ["王芳"]


@pytest.mark.parametrize(
    "act",
    [
        lambda ws: meetings.running(ws, actor=" "),
        lambda ws: meetings.begin(ws, "2026-11", actor=" "),
        lambda ws: meetings.end(ws, 1, actor=" "),
        lambda ws: meetings.hold_on(ws, 1, actor=" "),
        lambda ws: decide(ws, 1, CALL, actor=" "),
        lambda ws: meetings.note(ws, 1, "x", actor=" "),
        lambda ws: correct(ws, 1, CALL, actor=" "),
        lambda ws: meetings.tick(ws, 1, True, actor=" "),
        lambda ws: meetings.take_back(ws, 1, actor=" "),
        lambda ws: minutes.minutes_pdf(ws, 1, "zh", actor=" "),
    ],
)
def test_nobody_does_nothing(small: Workspace, act) -> None:
    before = small.revision()
    with pytest.raises(AmdashError, match="actor_missing"):
        act(small)
    assert small.revision() == before
