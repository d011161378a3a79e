"""The feedback log: uploaded and written entries as one list, found again by every filter."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from amdash.errors import AmdashError
from amdash.service import feedback
from amdash.service.workspace import Workspace

ROWS = [
    ["日期", "客户经理", "反馈来源", "反馈方式", "评价标准", "评分", "反馈内容", "改进措施", "完成期限", "记录人"],
    ["2026-09-05", "李明", "直接上级", "面谈", "沟通", 4, "回复 VIP 客户更快了", "保持", "2026-10-01", "王经理"],
    ["2026-10-12", "王芳", "客户", "电话", None, None, "交货晚了两天", None, None, None],
]


@pytest.fixture
def logged(ws: Workspace, xlsx, put) -> Workspace:
    """Two uploaded entries, then two written ones, of which the last shares its day with an uploaded one."""
    put(ws, ("反馈记录.xlsx", xlsx({"反馈记录": ROWS})))
    feedback.add(ws, date=dt.date(2026, 8, 1), manager=" 李明 ", content=" 带教新人 ", source="team", method="邮件", criteria="协作", actor="孙丽华")
    feedback.add(
        ws,
        date=dt.date(2026, 10, 12),
        manager="李明",
        content="季度面谈",
        source="supervisor",
        method="面谈",
        action="补 vip 回访",
        due_on=dt.date(2026, 11, 1),
    )
    return ws


def contents(ws: Workspace, **asked: Any) -> list[str]:
    return [entry.content for entry in feedback.log(ws, **asked)]


def test_an_untouched_workspace_has_an_empty_log(ws: Workspace) -> None:
    assert feedback.log(ws) == []
    assert feedback.methods([]) == []


def test_newest_first_and_of_one_day_the_last_written(logged: Workspace) -> None:
    assert contents(logged) == ["季度面谈", "交货晚了两天", "回复 VIP 客户更快了", "带教新人"]


def test_an_uploaded_entry_keeps_everything_and_its_place(logged: Workspace) -> None:
    entry = feedback.log(logged, text="更快")[0]
    assert entry == feedback.FeedbackEntry(
        date=dt.date(2026, 9, 5),
        manager="李明",
        source="supervisor",
        method="面谈",
        criteria="沟通",
        rating=4.0,
        content="回复 VIP 客户更快了",
        action="保持",
        due_on=dt.date(2026, 10, 1),
        recorded_by="王经理",
        origin="uploaded",
        place=("反馈记录.xlsx", "反馈记录", 2),
    )


def test_what_was_left_empty_is_none(logged: Workspace) -> None:
    entry = feedback.log(logged, manager="王芳")[0]
    assert (entry.source, entry.method, entry.criteria, entry.rating, entry.action, entry.due_on, entry.recorded_by) == (
        "customer",
        "电话",
        None,
        None,
        None,
        None,
        None,
    )


def test_a_written_entry_is_trimmed_and_signed(logged: Workspace) -> None:
    entry = feedback.log(logged, text="带教")[0]
    assert entry == feedback.FeedbackEntry(
        date=dt.date(2026, 8, 1),
        manager="李明",
        source="team",
        method="邮件",
        criteria="协作",
        rating=None,
        content="带教新人",
        action=None,
        due_on=None,
        recorded_by="孙丽华",
        origin="written",
        feedback_id=1,
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"manager": "李明"}, ["季度面谈", "回复 VIP 客户更快了", "带教新人"]),
        ({"manager": "李"}, []),
        ({"source": "supervisor"}, ["季度面谈", "回复 VIP 客户更快了"]),
        ({"source": "customer"}, ["交货晚了两天"]),
        ({"method": "面谈"}, ["季度面谈", "回复 VIP 客户更快了"]),
        ({"start": "2026-09"}, ["季度面谈", "交货晚了两天", "回复 VIP 客户更快了"]),
        ({"end": "2026-09"}, ["回复 VIP 客户更快了", "带教新人"]),
        ({"start": "2026-09", "end": "2026-09"}, ["回复 VIP 客户更快了"]),
        ({"text": "vip"}, ["季度面谈", "回复 VIP 客户更快了"]),
        ({"text": "  VIP "}, ["季度面谈", "回复 VIP 客户更快了"]),
        ({"text": "王芳"}, ["交货晚了两天"]),
        ({"text": "沟通"}, ["回复 VIP 客户更快了"]),
        ({"text": "孙丽华"}, ["带教新人"]),
        ({"text": "没有的话"}, []),
        ({"manager": "李明", "source": "supervisor", "method": "面谈", "start": "2026-10", "text": "Vip"}, ["季度面谈"]),
        ({"manager": "王芳", "source": "supervisor"}, []),
    ],
)
def test_every_filter_alone_and_all_together(logged: Workspace, asked: dict[str, Any], found: list[str]) -> None:
    assert contents(logged, **asked) == found


def test_an_older_revision_knows_what_was_there_then(logged: Workspace) -> None:
    assert logged.revision() == 3
    assert contents(logged, revision=0) == []
    assert contents(logged, revision=1) == ["交货晚了两天", "回复 VIP 客户更快了"]
    assert contents(logged, revision=2) == ["交货晚了两天", "回复 VIP 客户更快了", "带教新人"]


def test_the_methods_are_there_once_each(logged: Workspace) -> None:
    assert feedback.methods(feedback.log(logged)) == ["电话", "邮件", "面谈"]


@pytest.mark.parametrize(
    ("manager", "content", "field"), [("", "x", "Account manager"), ("  ", "x", "Account manager"), ("李明", "\n ", "What happened")]
)
def test_an_entry_without_manager_or_content_is_refused(ws: Workspace, manager: str, content: str, field: str) -> None:
    with pytest.raises(AmdashError) as caught:
        feedback.add(ws, date=dt.date(2026, 10, 1), manager=manager, content=content)
    assert (caught.value.code, caught.value.fields) == ("feedback_incomplete", {"field": field})
    assert (ws.revision(), feedback.log(ws)) == (0, [])


def test_adding_gives_the_new_revision_and_the_owner_signs_by_default(ws: Workspace) -> None:
    assert feedback.add(ws, date=dt.date(2026, 10, 1), manager="李明", content="一", method="  ", action="") == 1
    assert feedback.add(ws, date=dt.date(2026, 10, 1), manager="李明", content="二", source="") == 2
    second, first = feedback.log(ws)
    assert (first.content, first.recorded_by, first.method, first.action) == ("一", "owner", None, None)
    assert (second.content, second.source) == ("二", None)


def test_a_rating_is_kept_on_the_business_own_scale(ws: Workspace) -> None:
    for rating in (None, 0, 4.5, 100):
        feedback.add(ws, date=dt.date(2026, 10, 1), manager="李明", content="一", rating=rating)
    assert [entry.rating for entry in feedback.log(ws)] == [100, 4.5, 0, None]


@pytest.mark.parametrize("rating", [-0.5, 100.5, float("nan"), float("inf")])
def test_what_is_no_rating_is_refused(ws: Workspace, rating: float) -> None:
    with pytest.raises(AmdashError) as caught:
        feedback.add(ws, date=dt.date(2026, 10, 1), manager="李明", content="一", rating=rating)
    assert (caught.value.code, ws.revision()) == ("feedback_rating_invalid", 0)


def test_the_demo_log_is_whole(demo_ws: Workspace) -> None:
    entries = feedback.log(demo_ws)
    assert [entry.date for entry in entries] == sorted((entry.date for entry in entries), reverse=True)
    assert {entry.origin for entry in entries} == {"uploaded"}
    assert {entry.source for entry in entries} == {"supervisor", "team", "customer"}
    (trained,) = feedback.log(demo_ws, manager="李明", start="2026-04", end="2026-04", text="完成沟通技巧培训")
    assert trained.place is not None
    assert trained.place[:2] == ("反馈记录-2026.xlsx", "反馈记录")


def test_a_kpi_is_found_by_its_name_in_either_language(ws: Workspace) -> None:
    feedback.add(ws, date=dt.date(2026, 10, 1), manager="李明", content="一", criteria="csat")
    assert [contents(ws, text=words) for words in ("客户满意度", "customer SATISFACTION", "csat")] == [["一"], ["一"], []]


def test_a_correction_takes_the_place_of_the_entry_and_keeps_who_wrote_it(logged: Workspace) -> None:
    entry = feedback.log(logged, text="带教")[0]
    assert feedback.correct(logged, 1, replace(entry, content=" 带教两名新人 ", due_on=dt.date(2026, 12, 1), recorded_by="谁"), actor="owner") == 4
    now = feedback.log(logged, text="带教")[0]
    assert now == replace(entry, content="带教两名新人", due_on=dt.date(2026, 12, 1), feedback_id=3)
    assert feedback.log(logged, text="带教", revision=3) == [entry]
    # The same words again are no change.
    assert feedback.correct(logged, 3, now) == 4
    assert logged.revision() == 4


def test_an_entry_is_taken_back_and_stands_again(logged: Workspace) -> None:
    before = contents(logged)
    assert feedback.take_back(logged, 1) == 4
    assert contents(logged) == before[:-1]
    assert contents(logged, revision=3) == before
    assert feedback.restore(logged, 1) == 5
    assert contents(logged) == before


def test_what_cannot_be_corrected_is_said(logged: Workspace) -> None:
    entry = feedback.log(logged, text="带教")[0]
    for call, code in (
        (lambda: feedback.correct(logged, 9, entry), "feedback_missing"),
        (lambda: feedback.correct(logged, 1, replace(entry, content=" ")), "feedback_incomplete"),
        (lambda: feedback.correct(logged, 1, replace(entry, rating=101.0)), "feedback_rating_invalid"),
        (lambda: feedback.restore(logged, 1), "feedback_stands"),
        (lambda: feedback.correct(logged, 1, entry, actor=" "), "actor_missing"),
        (lambda: feedback.take_back(logged, 1, actor=" "), "actor_missing"),
        (lambda: feedback.restore(logged, 1, actor=" "), "actor_missing"),
    ):
        with pytest.raises(AmdashError, match=code):
            call()
    assert logged.revision() == 3
    feedback.take_back(logged, 1)
    with pytest.raises(AmdashError, match="feedback_ended_already"):
        feedback.correct(logged, 1, entry)
