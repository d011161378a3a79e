"""A plan's effect in sentences: every grade, note and goal, in both languages, with the figures in their unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest

from amdash.i18n import translator
from amdash.insight.effect import GRADES, Effect, Grade, MonthPoint, Note, Plan, grade
from amdash.insight.effect_story import difference, effect_story
from amdash.insight.reading import Interval
from amdash.metrics.catalogue import by_id
from amdash.metrics.period import shift

START = "2026-06"
CALM = [29.0, 31.0] * 6
HOURS = Plan("response_time", "李明", START, "2026-09", higher_is_better=False)
JUDGED = ("worked", "promising", "no_change", "worse")


def told(after: Sequence[float], plan: Plan = HOURS, before: Sequence[float] = CALM, language: str = "en") -> tuple[str, ...]:
    months = [shift(START, place - len(before)) for place in range(len(before))] + [shift(START, place + 1) for place in range(len(after))]
    points = [MonthPoint(month, value, None, 9) for month, value in zip(months, [*before, *after], strict=True)]
    return effect_story(grade(plan, points, as_of="2027-03"), by_id("response_time"), translator(language))


def test_it_worked_and_from_what_to_what() -> None:
    # 30 hours usual, mean moving range 2, limits 30 +- 5.32; one sigma 2 / 1.128 = 1.7730, t(6.655, 97.5 %) = 2.389.
    grade_words, figures = told([20.0])
    assert grade_words == "It worked: July 2026 is better than the ordinary swing explains."
    assert re.fullmatch(r"From 30\.0 h to 20\.0 h: −10\.0 h \(95% interval: −14\.4 h to −5\.6 h\)\.", figures)


def test_a_run_says_since_when() -> None:
    assert told([29.0, 28.0] * 3 + [29.0])[0] == "It worked: from July 2026 on, seven months in a row are better than usual."
    assert told([31.0, 32.0] * 3 + [31.0])[0] == "It got worse: from July 2026 on, seven months in a row are worse than usual."
    assert told([40.0])[0] == "It got worse: July 2026 is worse than the ordinary swing explains."


def test_within_the_swing() -> None:
    assert told([29.5])[0] == "Promising: better than before, but no more than the ordinary swing explains."
    assert told([30.5])[0] == "No change for the better that shows."


def test_nothing_to_judge_by() -> None:
    assert told([]) == ("Nobody knows: no month after the start has figures, and the plan is past its time.",)
    early = effect_story(grade(HOURS, [], as_of="2026-06"), by_id("response_time"), translator("en"))
    assert early == ("Too early to tell: no month after the start has figures yet.",)
    few = "Too few to say: {} before the start {} figures, and 5 are needed to know the ordinary swing."
    assert told([20.0], before=[29.0]) == (few.format("1 month", "has"),)
    assert told([20.0], before=[29.0, 31.0]) == (few.format("2 months", "have"),)


def test_the_usual_is_said_beside_a_baseline_that_was_another() -> None:
    plan = replace(HOURS, baseline=36.0)
    sentences = told([29.0], plan)
    assert sentences[1].startswith("From 36.0 h to 29.0 h: −7.0 h")
    assert sentences[2] == "Usual before the start: 30.0 h."
    assert sentences[3].startswith("It began after an unusually bad time")
    assert not any(sentence.startswith("Usual") for sentence in told([29.0], replace(HOURS, baseline=30.0)))


def test_few_months_before_are_said_to_be_provisional() -> None:
    assert told([20.0], before=CALM[:11])[-1] == "Provisional: fewer than 12 months before the start are known."
    assert not any("Provisional" in sentence for sentence in told([20.0]))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([20.0], "The goal of 24.0 h is reached."),
        ([25.0], "The goal of 24.0 h is not reached."),
        ([24.0, 26.0, 26.0], "The goal of 24.0 h was reached in July 2026 and not held."),
        ([25.0, 25.0, 25.0, 24.0], "The goal of 24.0 h was reached after the plan's time, in October 2026."),
    ],
)
def test_the_goal(after: list[float], expected: str) -> None:
    assert expected in told(after, replace(HOURS, goal=24.0))
    assert not any("goal" in sentence for sentence in told(after))


def test_a_goal_of_which_nothing_is_known_is_not_spoken_of() -> None:
    assert len(told([], replace(HOURS, goal=24.0))) == 1


def test_a_change_has_its_sign_and_a_ratio_is_in_percentage_points() -> None:
    english, chinese = translator("en"), translator("zh")
    assert difference(0.0812, "ratio", english) == "+8.1 percentage points"
    assert difference(-0.0812, "ratio", chinese) == "−8.1 个百分点"
    assert difference(0, "hours", english) == "0.0 h"
    assert difference(1_375_000, "money", chinese) == "+137.5万"
    plan = Plan("csat", "李明", START, "2026-09", higher_is_better=True)
    found = Effect(plan, "promising", True, 12, 3, 0.7, 0.7, after=0.8, change=0.1, interval=Interval(-0.02, 0.22))
    assert effect_story(found, by_id("csat"), english)[1] == "From 70.0% to 80.0%: +10.0 percentage points (95% interval: −2.0 to +22.0)."


@pytest.mark.parametrize("one", GRADES)
@pytest.mark.parametrize("rule", ["outside", "run"])
def test_every_grade_and_note_has_words_in_both_languages(one: Grade, rule: str) -> None:
    judged = one in JUDGED
    known = {"baseline": 30.0, "usual": 30.0, "after": 20.0, "change": -10.0, "rule": rule, "rule_month": "2026-07"} if judged else {}
    found = Effect(HOURS, one, True, 3, 2, notes=get_args(Note), **known)
    for language in ("en", "zh"):
        sentences = effect_story(found, by_id("response_time"), translator(language))
        assert len(sentences) == len(set(sentences)) == (6 if judged else 4)
        assert all(bool(re.search(r"[\u4e00-\u9fff]", sentence)) is (language == "zh") for sentence in sentences)
        assert not any("{" in sentence for sentence in sentences)


def test_in_chinese() -> None:
    assert told([20.0], replace(HOURS, goal=24.0), language="zh") == (
        "有效：2026 年 7 月的表现超出正常波动，比平常好。",
        "从 30.0 小时 到 20.0 小时：−10.0 小时（95% 区间：−14.4 小时 至 −5.6 小时）。",
        "已达到目标 24.0 小时。",
    )
