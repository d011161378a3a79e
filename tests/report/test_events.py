"""What happened, in the charts of a document: numbered from the left, short below the chart, whole for those who hear it."""

from __future__ import annotations

from amdash.i18n import translator
from amdash.report.events import ReportEvent, marks

ZH, EN = translator("zh"), translator("en")


def test_the_points_at_which_something_happened_are_numbered_from_the_left(make_reading) -> None:
    events = [ReportEvent("2026-10", "market", "price  change"), ReportEvent("2026-08", "plan", "call\ntwice"), ReportEvent("2026-07", "other", "x")]
    assert marks(make_reading(0.9, 0.9, 0.9), events, EN) == [
        {"at": 0, "number": "1", "words": "Plan: call twice", "told": "August 2026 Plan: call twice"},
        {"at": 2, "number": "2", "words": "Market: price change", "told": "October 2026 Market: price change"},
    ]


def test_of_one_month_all_stand_under_one_number_and_what_was_written_twice_once(make_reading) -> None:
    events = [ReportEvent("2026-10", "training", "沟通"), ReportEvent("2026-10", "training", "沟通"), ReportEvent("2026-10", "people", "新同事")]
    (mark,) = marks(make_reading(0.9), events, ZH)
    assert mark["words"] == "培训：沟通；人员变动：新同事"


def test_a_text_that_is_only_its_kind_is_said_once(make_reading) -> None:
    assert [mark["words"] for mark in marks(make_reading(0.9), [ReportEvent("2026-10", "training", "培训")], ZH)] == ["培训"]


def test_a_long_text_is_cut_below_the_chart_and_whole_in_its_words(make_reading) -> None:
    exact, long = "长" * 40, "长" * 41
    (mark,) = marks(make_reading(0.9), [ReportEvent("2026-10", "training", exact)], ZH)
    assert mark["words"] == f"培训：{exact}"
    (mark,) = marks(make_reading(0.9), [ReportEvent("2026-10", "training", long)], ZH)
    assert (mark["words"], mark["told"]) == ("培训：" + "长" * 39 + "…", f"2026 年 10 月 培训：{long}")
    assert marks(make_reading(0.9), [], ZH) == []


def test_the_plans_of_a_team_are_counted_with_their_managers_and_whole_for_those_who_hear_it(make_reading) -> None:
    plans = (("李明", "每月\n回访"), ("王芳", "拜访"), ("李明", "报价"))
    (mark,) = marks(make_reading(0.9), [ReportEvent("2026-10", "plan", "", plans)], ZH)
    assert mark["words"] == "改进计划：3（李明、王芳）"
    assert mark["told"] == "2026 年 10 月 改进计划 · 李明：每月 回访；改进计划 · 王芳：拜访；改进计划 · 李明：报价"
