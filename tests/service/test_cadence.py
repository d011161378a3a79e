"""Feedback at fixed times: the log and the list of managers held against the business's own rules; hints; the calendar."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from dateutil import rrule

from amdash.errors import AmdashError
from amdash.insight.cadence import COLUMNS, last_day, number_of
from amdash.insight.feedback_quality import Hint
from amdash.service import aliases, cadence, feedback, settings
from amdash.service.workspace import Workspace

PEOPLE = """姓名,团队,入职日期,离职日期
李明,华东组,2025-01-06,
王芳,华南组,2026-10-28,
赵强,华南组,2025-01-06,2026-12-15
钱进,华南组,2025-01-06,2026-09-30
"""
LOG = [
    ["日期", "客户经理", "反馈来源", "反馈内容", "改进措施", "完成期限"],
    ["2026-09-07", "李明", "直接上级", "9月7日面谈：8月的3单投诉都已回访", "每周五看一次投诉", "2026-09-30"],
    ["2026-11-03", "李明", "直接上级", "感觉他做事有点慢，总是这样", None, None],
    ["2026-11-17", "李明", "团队成员", "周会上主动分享了宏达机械的交接经验", "写成一页说明", None],
    ["2026-08-20", "赵强", "客户", "电话回访，客户说“交货比约定早了两天”", "保持", "2026-09-30"],
]
# The clock of the workspace: Tuesday 24 November 2026, in the week to Sunday 29 November.
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def logged(ws: Workspace, xlsx, put) -> Workspace:
    """Three managers who are there, one who has left; four entries from 20 August on."""
    put(ws, ("客户经理.csv", PEOPLE.encode()), ("反馈记录.xlsx", xlsx({"反馈记录": LOG})))
    return ws


def rows(found: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["manager"], row["source"]): row for row in found.to_dict("records")}


def told(found: pd.DataFrame) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(manager, source) -> last done, next due, status, days overdue, given, periods."""
    days = ("last_done", "next_due")
    return {
        key: (
            *(None if pd.isna(row[name]) else f"{row[name]:%m-%d}" for name in days),
            row["status"],
            row["days_overdue"],
            row["given"],
            row["periods"],
        )
        for key, row in rows(found).items()
    }


def test_how_everybody_stands_by_hand(logged: Workspace) -> None:
    found = cadence.cadence(logged)
    assert list(found) == COLUMNS
    # The log begins on 20 August, in the week to Sunday 23 August: 14 weeks to the running one, of which 13 are over and the last 12 count
    # with the running one only once it is done. 王芳 came on 28 October: she is owed from the first whole week, month and quarter on.
    assert told(found) == {
        ("李明", "supervisor"): ("11-03", "12-31", "done", 0, 2, 4),
        ("李明", "team"): ("11-17", "11-29", "due", 0, 1, 12),
        ("李明", "customer"): (None, "09-30", "overdue", 55, 0, 1),
        ("王芳", "supervisor"): (None, "11-30", "due", 0, 0, 0),
        ("王芳", "team"): (None, "11-08", "overdue", 16, 0, 3),
        ("王芳", "customer"): (None, "03-31", "not_due", 0, 0, 0),
        ("赵强", "supervisor"): (None, "08-31", "overdue", 85, 0, 3),
        ("赵强", "team"): (None, "08-23", "overdue", 93, 0, 12),
        # The running quarter ends after 赵强's last day.
        ("赵强", "customer"): ("08-20", None, "not_due", 0, 1, 1),
    }


def test_a_workspace_without_anything_owes_nothing(ws: Workspace) -> None:
    for found in (cadence.cadence(ws), cadence.due_dates(ws)):
        assert found.empty
    assert list(cadence.cadence(ws)) == COLUMNS
    assert cadence.hinted(ws, []) == []
    with pytest.raises(AmdashError) as caught:
        cadence.calendar(ws, "zh")
    assert caught.value.code == "calendar_empty"


def test_what_is_written_here_counts_at_once_and_older_revisions_stay(logged: Workspace) -> None:
    before = cadence.cadence(logged)
    revision = feedback.add(logged, date=TODAY, manager="李明", content="季度回访", source="customer")
    assert told(cadence.cadence(logged, manager="李明"))["李明", "customer"] == ("11-24", "03-31", "done", 0, 1, 2)
    pd.testing.assert_frame_equal(cadence.cadence(logged, TODAY, revision=revision - 1), before)
    # Without a day, an older revision is seen from the day it was made.
    pd.testing.assert_frame_equal(cadence.cadence(logged, revision=revision - 1), before)


def test_a_date_looks_back_and_forward(logged: Workspace) -> None:
    then = told(cadence.cadence(logged, dt.date(2026, 9, 10)))
    assert then["李明", "supervisor"] == ("09-07", "10-31", "done", 0, 1, 2)
    # Who had not come yet is not there; who left since still is.
    assert {name for name, _source in then} == {"李明", "赵强", "钱进"}
    assert {name for name, _source in told(cadence.cadence(logged, dt.date(2026, 12, 16)))} == {"李明", "王芳"}
    with pytest.raises(AmdashError) as caught:
        cadence.cadence(logged, dt.date.max)
    assert caught.value.code == "day_invalid"


def test_the_rules_say_how_often(logged: Workspace) -> None:
    settings.change(logged, ["feedback_team=never", "feedback_customer=year", "feedback_supervisor=week"])
    found = told(cadence.cadence(logged, manager="李明"))
    assert set(found) == {("李明", "supervisor"), ("李明", "customer")}
    assert found["李明", "customer"] == (None, "12-31", "not_due", 0, 0, 0)
    assert found["李明", "supervisor"][:4] == ("11-03", "11-15", "overdue", 9)
    assert ("李明", "team") in told(cadence.cadence(logged, revision=1))


def test_one_manager_by_any_name(logged: Workspace) -> None:
    assert {name for name, _source in told(cadence.cadence(logged, manager=" 李 明"))} == {"李明"}
    with pytest.raises(AmdashError) as caught:
        cadence.cadence(logged, manager="孙悟空")
    assert caught.value.code == "manager_unknown"


def test_merged_names_are_one_person(logged: Workspace) -> None:
    feedback.add(logged, date=dt.date(2026, 11, 23), manager="小王", content="周会", source="team")
    # Nobody has said who that is: somebody of whom only the log knows.
    assert told(cadence.cadence(logged))["小王", "team"][0] == "11-23"
    logged_rows = len(cadence.cadence(logged))
    feedback.add(logged, date=dt.date(2026, 11, 22), manager="李　明", content="周会", source="team")
    assert len(cadence.cadence(logged)) == logged_rows
    aliases.merge(logged, "manager", "小王", "王芳")
    aliases.merge(logged, "manager", "赵强", "李明")
    merged = told(cadence.cadence(logged))
    assert {name for name, _source in merged} == {"李明", "王芳"}
    assert (merged["王芳", "team"][0], merged["李明", "customer"][0]) == ("11-23", "08-20")


def test_those_of_whom_only_the_log_knows_stand_last(ws: Workspace) -> None:
    feedback.add(ws, date=dt.date(2026, 10, 5), manager="乙", content="x", source="team")
    feedback.add(ws, date=dt.date(2026, 11, 5), manager="甲", content="x")
    found = cadence.cadence(ws)
    # In the order of their first entry; an entry without a source is nobody's.
    assert list(dict.fromkeys(found["manager"])) == ["乙", "甲"]
    assert told(found)["乙", "team"] == ("10-05", "10-18", "overdue", 37, 1, 7)
    assert told(found)["甲", "team"][:1] == (None,)


def test_due_dates_are_those_of_the_calendar(logged: Workspace) -> None:
    found = cadence.due_dates(logged, until=dt.date(2026, 12, 31), manager="赵强")
    # What is overdue is due by the end of the running period; nothing after the last day, 15 December.
    assert [(f"{row['due_on']:%m-%d}", row["source"]) for row in found.to_dict("records")] == [
        ("11-29", "team"),
        ("11-30", "supervisor"),
        ("12-06", "team"),
        ("12-13", "team"),
    ]


def events(data: bytes) -> list[dict[str, str]]:
    text = data.decode().replace("\r\n ", "").replace("\r\n", "\n")
    return [dict(line.split(":", 1) for line in one.split("\n")) for one in re.findall(r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", text, re.DOTALL)]


def test_the_calendar_has_one_event_for_each_manager_and_source(logged: Workspace) -> None:
    found = {event["SUMMARY"]: event for event in events(cadence.calendar(logged, "zh"))}
    assert {name: (event["DTSTART;VALUE=DATE"], event["RRULE"], event["DESCRIPTION"]) for name, event in found.items()} == {
        "对李明的反馈：团队成员": ("20261129", "FREQ=WEEKLY", "每周一次，上次是 2026-11-17"),
        "对王芳的反馈：团队成员": ("20261129", "FREQ=WEEKLY", "每周一次，还没有过"),
        "对赵强的反馈：团队成员": ("20261129", "FREQ=WEEKLY;UNTIL=20261215", "每周一次，还没有过"),
        "对王芳的反馈：直接上级": ("20261130", "FREQ=MONTHLY;BYMONTHDAY=-1", "每月一次，还没有过"),
        "对赵强的反馈：直接上级": ("20261130", "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261215", "每月一次，还没有过"),
        "对李明的反馈：直接上级": ("20261231", "FREQ=MONTHLY;BYMONTHDAY=-1", "每月一次，上次是 2026-11-03"),
        "对李明的反馈：客户": ("20261231", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "每季度一次，还没有过"),
        "对王芳的反馈：客户": ("20270331", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "每季度一次，还没有过"),
    }
    (english,) = [event for event in events(cadence.calendar(logged, "en", manager="李明")) if event["SUMMARY"].endswith("Customer")]
    assert (english["SUMMARY"], english["DESCRIPTION"]) == ("Feedback on 李明: Customer", "every quarter\\; none so far")
    # The same thing in another language or a month later is the same event.
    assert english["UID"] == found["对李明的反馈：客户"]["UID"]
    later = {event["UID"]: event for event in events(cadence.calendar(logged, "zh", dt.date(2027, 1, 4)))}
    assert later[english["UID"]]["DTSTART;VALUE=DATE"] == "20270331"
    assert len({event["UID"] for event in found.values()}) == len(found)
    assert {event["DTSTAMP"] for event in found.values()} == {f"{logged.now().astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"}


@pytest.mark.parametrize("every", ["week", "month", "quarter", "year"])
def test_it_comes_again_on_the_last_day_of_every_period(logged: Workspace, every: Any) -> None:
    settings.change(logged, [f"feedback_supervisor={every}"])
    (event,) = [event for event in events(cadence.calendar(logged, "zh", manager="李明")) if event["SUMMARY"].endswith("直接上级")]
    start = dt.datetime.strptime(event["DTSTART;VALUE=DATE"], "%Y%m%d")
    # What RFC 5545 makes of the rule, beside our own count of periods.
    found = [day.date() for day in rrule.rrulestr(event["RRULE"], dtstart=start)[:9]]
    first = number_of(start.date(), every)
    assert found == [last_day(first + step, every) for step in range(9)]


def test_the_hints_of_a_period(logged: Workspace) -> None:
    entries = feedback.log(logged)
    found = cadence.hinted(logged, entries)
    assert [entry for entry, _hints in found] == entries
    assert [[hint.code for hint in hints] for _entry, hints in found] == [
        ["not_specific", "no_due"],
        ["not_specific", "vague", "no_action"],
        [],
        [],
    ]
    assert found[1][1][1] == Hint("vague", ("感觉", "有点", "总是"))
    assert cadence.hints(logged, entries[1]) == found[1][1]
    assert cadence.hinted(logged, feedback.log(logged, start="2026-11", manager="李明")) == found[:2]


def test_a_customer_or_product_that_is_known_makes_an_entry_specific(logged: Workspace, put) -> None:
    entry = feedback.log(logged, text="宏达")[0]
    assert Hint("not_specific") in cadence.hints(logged, entry)
    # 会 stands in every second sentence, whoever is called so.
    put(logged, ("销售-会.csv", "日期,客户经理,客户名称,金额\n2026-10-05,李明,会,600\n".encode()))
    assert Hint("not_specific") in cadence.hints(logged, entry)
    put(logged, ("销售-2026-11.csv", "日期,客户经理,客户名称,金额\n2026-11-05,李明,宏达机械,600\n".encode()))
    assert cadence.hints(logged, entry) == [Hint("no_due")]
    # As at the revision before, nobody knew of it.
    assert Hint("not_specific") in cadence.hints(logged, entry, revision=2)


def test_a_name_is_found_in_any_case_and_anywhere(logged: Workspace, put) -> None:
    put(logged, ("销售.csv", "日期,客户经理,产品,金额\n2026-10-05,李明,Pump KX,600\n".encode()))
    told = {"客户反映 pump kx 的说明书看不明白": True, "客户反映 pump k 的说明书看不明白": False, "总的来说客户都还算满意pUMP KX": True}
    for content, known in told.items():
        entry = replace(feedback.log(logged)[0], content=content)
        assert (Hint("not_specific") not in cadence.hints(logged, entry)) is known


def test_late_is_what_was_written_down_long_afterwards(logged: Workspace) -> None:
    entry = feedback.log(logged, text="9月7日")[0]
    assert cadence.hints(logged, entry, written_on=dt.date(2026, 9, 14)) == []
    assert cadence.hints(logged, entry, written_on=dt.date(2026, 9, 15)) == [Hint("late", (), 8)]


@pytest.mark.parametrize("asked", [cadence.cadence, cadence.due_dates, lambda ws, actor: cadence.hinted(ws, [], actor=actor)])
def test_nobody_reads_as_no_one(ws: Workspace, asked: Any) -> None:
    with pytest.raises(AmdashError) as caught:
        asked(ws, actor=" ")
    assert caught.value.code == "actor_missing"


def test_the_demo_is_told_for_everybody(demo_ws: Workspace) -> None:
    before = demo_ws.facts()["feedback"].copy(deep=True)
    found = cadence.cadence(demo_ws, dt.date(2026, 10, 31))
    assert len(found) == 8 * 3
    stands = rows(found)["李明", "supervisor"]
    # The log of the demo has an entry of the supervisor's in every month.
    assert (stands["given"], stands["periods"], stands["coverage"], stands["status"]) == (12, 12, 1, "done")
    pd.testing.assert_frame_equal(demo_ws.facts()["feedback"], before)
