"""What happened, at the points of a chart: which period a month falls into, and in which words."""

from __future__ import annotations

import pytest

from amdash.i18n import translator
from amdash.metrics.period import last_periods
from amdash.service.happenings import PLAN, Happening, InChart, at_points
from amdash.ui.events import aloud, event, label, told

ZH, EN = translator("zh"), translator("en")
TRAINING = Happening("2026-05", "training", "全员沟通技巧培训", "", "everybody", "")


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        ("2026-10", "2026-05"),
        ("2026-Q4", "2026-Q2"),
        ("2026", "2026"),
        ("2026-08..2026-10", "2026-03..2026-05"),
        ("2025-11..2026-10", "2025-06..2026-05"),
        # The week of the month's first Thursday, the 7th.
        ("2026-W30", "2026-W19"),
    ],
)
def test_a_month_falls_into_a_period_of_every_kind(last: str, wanted: str) -> None:
    assert at_points([TRAINING], last_periods(last, 20)) == [(wanted, TRAINING)]


def test_what_lies_outside_the_chart_is_left_out() -> None:
    assert at_points([TRAINING], last_periods("2026-04", 12)) == []
    assert at_points([TRAINING], []) == []


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (TRAINING, "培训", "Training"),
        (Happening("2026-05", "market", "涨价", "", "everybody", ""), "涨价", "涨价"),
        (Happening("2026-05", PLAN, "每两周回访一次", "csat", "manager", "李明"), "计划", "Plan start"),
    ],
)
def test_a_word_in_the_chart_is_short(one: Happening, zh: str, en: str) -> None:
    assert (label(one, ZH), label(one, EN)) == (zh, en)


def test_a_word_that_is_hidden_is_measured_as_it_is_shown() -> None:
    long_once_hidden = Happening("2026-05", "people", "王芳休假", "", "everybody", "")
    assert label(long_once_hidden, ZH) == "王芳休假"
    assert label(long_once_hidden, ZH, lambda text: text.replace("王芳", "另一位同事")) == "人员变动"


def test_the_pointer_is_told_all_of_it() -> None:
    assert told(TRAINING, ZH) == "2026 年 5 月  培训：全员沟通技巧培训"
    plan = Happening("2026-05", PLAN, "a call a week", "csat", "manager", "Ann")
    assert told(plan, EN) == "May 2026  Plan · Ann: a call a week"


def test_a_chart_read_aloud_says_what_happened_once() -> None:
    found = [event(InChart("2026-05", (TRAINING,)), ZH)] * 2
    assert aloud("李明，92%", found, ZH) == "李明，92%；2026 年 5 月  培训：全员沟通技巧培训"


def test_the_plans_of_a_team_are_one_word_a_point_with_their_number() -> None:
    plans = tuple(Happening("2026-05", PLAN, words, "csat", "manager", name) for words, name in (("a call", "Ann"), ("a visit", "Bob")))
    both = event(InChart("2026-05", plans, is_counted=True), EN)
    assert (both.period, both.label, both.words) == ("2026-05", "2 plans", "May 2026  Plan · Ann: a call; May 2026  Plan · Bob: a visit")
    assert event(InChart("2026-05", plans[:1], is_counted=True), EN).label == "1 plan"
    assert event(InChart("2026-05", plans[:1]), EN).label == "Plan start"
