"""Strengths, weaknesses and measures: what stands out, and what was agreed; of many three, and never anything that nobody said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from amdash.i18n import translator
from amdash.insight.effect import Effect, Plan
from amdash.report.document import ReportFeedback
from amdash.report.profile import profile
from amdash.report.sections import ReportAgreement, ReportPlan, Sections

ZH, EN = translator("zh"), translator("en")


def step(action: str | None, due_on: dt.date | None = None) -> ReportFeedback:
    return ReportFeedback(dt.date(2026, 10, 1), "customer", None, "x", action, due_on)


@pytest.fixture(scope="module")
def plan(make_kpi):
    """What is done, by when, whether it still is -> a plan."""

    def make(action: str, due: str = "2026-12", *, is_running: bool = True) -> ReportPlan:
        effect = Effect(Plan("csat", "李明", "2026-05", due, True), "too_early", False, 24, 0)
        return ReportPlan(make_kpi(), action, "", "2026-05", due, None, effect, is_running)

    return make


def test_what_stands_out_with_its_reason(ordinary) -> None:
    strengths, weaknesses, measures = profile(ordinary, (), Sections(), EN)
    assert (strengths["name"], weaknesses["name"], measures["name"]) == ("Strengths", "Weaknesses", "Measures")
    assert strengths["lines"] == [["New customers", "19, clearly improving"]]
    assert weaknesses["lines"] == [["Mean response time", "31.5 h, clearly worsening"], ["Customer satisfaction", "85.7%, target not met"]]
    assert (measures["lines"], measures["empty"]) == ([], "None has been agreed yet.")


def test_measures_are_plans_and_decisions_then_next_steps_what_is_due_first_above(ordinary, plan) -> None:
    found = Sections(
        plans=[plan("late plan", "2027-01"), plan("over", is_running=False)],
        agreed=[
            ReportAgreement("no date", "", None, "open"),
            ReportAgreement("done", "", dt.date(2026, 11, 1), "done"),
            ReportAgreement("overdue", "孙丽华", dt.date(2026, 11, 20), "overdue", 4),
        ],
    )
    steps = [step("step", dt.date(2026, 10, 5)), step(None), step("")]
    measures = profile(ordinary, steps, found, EN)[2]
    assert measures["lines"] == [
        ["overdue", "Meeting · 孙丽华 · by 20 Nov 2026"],
        ["late plan", "Plan · due in Jan 2027"],
        ["no date", "Meeting · no date set"],
    ]
    assert measures["more"] == "and 1 more"


def test_what_is_followed_as_a_plan_or_done_is_not_said_again_in_other_words(ordinary, plan) -> None:
    found = Sections(
        plans=[plan("call twice a month")],
        agreed=[ReportAgreement("call", "", dt.date(2026, 11, 20), "due", 6, as_plan=True), ReportAgreement("visit", "", None, "done")],
        followed={7, 8},
    )
    steps = [replace(step(action), number=number) for action, number in (("call (孙丽华)", 7), ("visit", 8), ("write", 9), ("ask", None))]
    assert [text for text, _why in profile(ordinary, steps, found, EN)[2]["lines"]] == ["call twice a month", "write", "ask"]


def test_next_steps_say_by_when_and_a_decision_that_is_a_plan_and_a_line_of_feedback_is_said_once(ordinary, plan) -> None:
    found = Sections(plans=[plan("Call  twice")], agreed=[ReportAgreement("call twice", "", None, "open")])
    steps = [step("call twice", dt.date(2026, 11, 1)), step("清工单", dt.date(2026, 11, 13)), step("继续")]
    assert profile(ordinary, steps, found, ZH)[2]["lines"] == [
        ["Call twice", "改进计划 · 26年12月到期"],
        ["清工单", "反馈 · 2026-11-13 前完成"],
        ["继续", "反馈"],
    ]


def test_of_many_three_are_shown_and_the_others_counted(make_kpi, make_reading) -> None:
    readings = [(make_kpi(id=str(place)), make_reading(0.5, 0.5, verdict="missed")) for place in range(5)]
    strengths, weaknesses, _measures = profile(readings, (), Sections(), ZH)
    assert (len(weaknesses["lines"]), weaknesses["more"], weaknesses["empty"]) == (3, "另有 2 条", "")
    assert (strengths["lines"], strengths["more"], strengths["empty"]) == ([], "", "没有特别突出的。")


def test_where_nothing_was_measured_there_is_something_to_say_only_of_what_was_agreed(make_kpi, make_reading) -> None:
    nothing = [(make_kpi(), make_reading(None, None, verdict="absent"))]
    assert profile(nothing, [step(None)], Sections(), ZH) == []
    assert profile([], (), Sections(), ZH) == []
    assert profile(nothing, [step("继续")], Sections(), ZH)[2]["lines"] == [["继续", "反馈"]]
