"""The effect of a plan: grades by hand, regression to the mean, intervals against their theory, goals, and the summary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amdash.errors import AmdashError
from amdash.insight import laney
from amdash.insight.effect import GRADES, Effect, MonthPoint, Plan, grade, summary
from amdash.metrics.period import shift

START = "2026-06"
# Mean 30 hours, moving ranges 2: limits 30 +- 5.32; a third of that is a standard deviation of 1.7733.
CALM = [29.0, 31.0] * 6
WIDTH = 2.66 * 2
HOURS = Plan("response_time", "李明", START, "2026-09", higher_is_better=False, measure="train")
SALES = replace(HOURS, kpi="sales_amount", higher_is_better=True)


def series(before: Sequence[float | None], after: Sequence[float | None], n: int = 10) -> list[MonthPoint]:
    """Values of consecutive months up to the one before the start, and from the one after it; of the start itself nothing."""
    months = [shift(START, place - len(before)) for place in range(len(before))] + [shift(START, place + 1) for place in range(len(after))]
    values = [*before, *after]
    return [MonthPoint(month, value * n, n, n) for month, value in zip(months, values, strict=True) if value is not None]


def shares(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]]) -> list[MonthPoint]:
    plain = series([0.0] * len(before), [0.0] * len(after))
    return [MonthPoint(point.month, yes, cases, cases) for point, (yes, cases) in zip(plain, [*before, *after], strict=True)]


def graded(after: Sequence[float | None], plan: Plan = HOURS, before: Sequence[float | None] = CALM, as_of: str = "2026-12", **more: Any) -> Effect:
    return grade(plan, series(before, after), as_of=as_of, **more)


def test_one_month_outside_the_limits_on_the_good_side() -> None:
    found = graded([30 - WIDTH - 0.01])
    assert (found.grade, found.rule, found.rule_month) == ("worked", "outside", "2026-07")
    assert (found.usual, found.baseline, found.lower, found.upper) == pytest.approx((30, 30, 30 - WIDTH, 30 + WIDTH))
    assert (found.after, found.change) == pytest.approx((30 - WIDTH - 0.01, -WIDTH - 0.01))
    assert (found.months_before, found.months_after, found.provisional, found.notes) == (12, 1, False, ())
    assert graded([30 + WIDTH + 0.01], SALES).grade == "worked"


@pytest.mark.parametrize(
    ("after", "plan", "expected"),
    [
        ([30 - WIDTH], HOURS, "promising"),
        ([29.9, 29.9], HOURS, "promising"),
        ([30.0], HOURS, "no_change"),
        ([30.1], HOURS, "no_change"),
        ([30 + WIDTH], HOURS, "no_change"),
        ([30 + WIDTH + 0.01], HOURS, "worse"),
        ([30.1], SALES, "promising"),
        ([29.9], SALES, "no_change"),
        ([30 - WIDTH - 0.01], SALES, "worse"),
        # Two of three in the outer third are no proof of a new level.
        ([26.0, 26.0, 26.0], HOURS, "promising"),
        # Seven rising across the centre neither.
        ([27.2, 28.0, 29.0, 30.0, 31.0, 32.0, 32.9], SALES, "promising"),
    ],
)
def test_within_the_swing_and_beyond(after: list[float], plan: Plan, expected: str) -> None:
    found = graded(after, plan, as_of="2027-03")
    assert found.grade == expected
    assert (found.rule is not None) == (expected in ("worked", "worse"))
    assert (found.rule_month is not None) == (found.rule is not None)


@pytest.mark.parametrize(("months", "expected", "rule"), [(6, "promising", None), (7, "worked", "run")])
def test_a_run_of_seven_months_on_the_good_side(months: int, expected: str, rule: str | None) -> None:
    found = graded([29.0, 28.0] * 3 + [29.0] * (months - 6), as_of="2027-06")
    assert (found.grade, found.rule, found.months_after) == (expected, rule, months)
    assert found.rule_month == ("2026-07" if rule else None)
    other_way = graded([31.0, 32.0] * 3 + [31.0] * (months - 6), as_of="2027-06")
    assert (other_way.grade, other_way.rule) == (("worse", "run") if rule else ("no_change", None))


def test_outside_is_named_before_a_run() -> None:
    found = graded([29.0, 28.0, 20.0, 28.0, 29.0, 28.0, 29.0], as_of="2027-06")
    assert (found.grade, found.rule, found.rule_month) == ("worked", "outside", "2026-09")


def test_months_before_the_start_do_not_belong_to_a_run() -> None:
    before = [*CALM, 29.0, 28.5, 29.0]
    assert graded([29.0, 28.0, 29.0, 28.5], before=before).grade == "promising"


def test_the_month_of_the_start_is_neither_before_nor_after() -> None:
    points = [*series(CALM, [29.0]), MonthPoint(START, 9_000.0, 10, 10)]
    assert grade(HOURS, points, as_of="2026-12") == graded([29.0])


def test_what_did_not_hold_is_promising_or_no_change() -> None:
    # One month outside, then back where it was.
    found = graded([20.0, 31.0, 29.0, 31.0])
    assert (found.grade, found.notes, found.rule) == ("promising", ("not_held",), None)
    # The newest month is good, the level is not better.
    found = graded([20.0, 36.0, 36.0, 29.0])
    assert (found.grade, found.notes) == ("no_change", ("not_held",))
    assert graded([40.0, 29.0]).notes == ("not_held",)
    assert graded([40.0, 29.0]).grade == "no_change"
    # Worse for a month, and better since: the newest and the level decide.
    found = graded([36.0, 20.0, 20.0])
    assert (found.grade, found.rule_month, found.notes) == ("worked", "2026-08", ())
    # On the centre is on neither side.
    assert graded([20.0, 30.0]).grade == "promising"


def test_too_early_too_few_and_never_measured() -> None:
    assert graded([], as_of="2026-06").grade == "too_early"
    assert graded([], as_of="2026-09").grade == "too_early"
    assert graded([None, None], as_of="2026-08").grade == "too_early"
    late = graded([], as_of="2026-10")
    assert (late.grade, late.closed, late.after, late.interval) == ("not_measured", True, None, None)
    # A month after the date asked for is not known yet.
    assert graded([20.0], as_of="2026-06").grade == "too_early"
    assert graded([20.0], as_of="2026-07").grade == "worked"
    few = graded([20.0], before=CALM[:4], plan=replace(HOURS, goal=24.0))
    assert (few.grade, few.months_before, few.months_after, few.usual, few.provisional) == ("too_few", 4, 1, None, True)
    assert (few.goal_reached, few.goal_month) == (True, "2026-07")
    for nothing in (few, late):
        assert [nothing.baseline, nothing.usual, nothing.lower, nothing.upper, nothing.after, nothing.change] == [None] * 6
        assert [nothing.interval, nothing.rule, nothing.rule_month, nothing.notes] == [None, None, None, ()]
    assert [late.goal_reached, late.goal_month] == [None, None]
    assert graded([20.0], before=CALM[:5]).grade == "worked"
    assert graded([20.0], before=[*CALM[:4], None]).grade == "too_few"
    assert [graded([20.0], before=CALM[:count]).provisional for count in (11, 12)] == [True, False]
    assert grade(HOURS, [], as_of="2026-07") == Effect(HOURS, "too_early", False, 0, 0)
    given_baseline = replace(HOURS, baseline=31.0)
    assert [graded([], given_baseline, as_of="2026-07").baseline, graded([1.0], given_baseline, CALM[:4]).baseline] == [31.0, 31.0]


@pytest.mark.parametrize(("as_of", "closed"), [("2026-08", False), ("2026-09", False), ("2026-10", True)])
def test_a_plan_is_closed_once_its_due_month_is_past(as_of: str, closed: bool) -> None:
    found = graded([29.0], as_of=as_of)
    assert (found.closed, found.closed_without_effect) == (closed, closed)
    assert not graded([20.0], as_of=as_of).closed_without_effect


def test_the_swing_is_that_of_two_years_and_the_effect_ends_half_a_year_after() -> None:
    assert graded([29.0], before=[900.0, *CALM * 2]) == graded([29.0], before=CALM * 2)
    assert graded([29.0], before=CALM * 2).months_before == 24
    # Due in September: March is the last month that counts.
    months = [29.0, 31.0] * 4 + [29.0]
    assert graded([*months, 10.0], as_of="2027-06") == graded(months, as_of="2027-06")
    assert graded(months, as_of="2027-06").months_after == 9
    assert graded([*months, 10.0], as_of="2027-06", watched=7).grade == "worked"


def test_a_plan_begun_after_one_bad_month_starts_from_the_usual_and_not_from_it() -> None:
    # The last of twelve months was a bad one. Back to the usual 30 hours is no effect, though nine hours better than that month.
    before = [*CALM[:11], 39.0]
    usual = sum(before) / 12
    found = graded([usual, usual], before=before)
    assert (found.grade, found.baseline, found.change) == ("no_change", pytest.approx(usual), pytest.approx(0))
    assert found.notes == ("regression_to_mean",)
    # Nor does a plan that names that month as its baseline make it one.
    named = graded([usual, usual], replace(HOURS, baseline=39.0), before)
    assert (named.grade, named.baseline, named.change) == ("no_change", 39.0, pytest.approx(usual - 39))
    assert (named.usual, named.notes) == (pytest.approx(usual), ("regression_to_mean",))


@pytest.mark.parametrize(
    ("plan", "last", "notes"),
    [
        # A standard deviation of the months is 2.66 x their mean moving range / 3.
        (HOURS, 30.0, ()),
        (HOURS, 31.5, ()),
        (HOURS, 33.0, ("regression_to_mean",)),
        (HOURS, 27.0, ()),
        (SALES, 27.0, ("regression_to_mean",)),
        (SALES, 28.5, ()),
        (SALES, 33.0, ()),
        (replace(HOURS, baseline=33.0), 30.0, ("regression_to_mean",)),
        (replace(HOURS, baseline=31.5), 30.0, ()),
        (replace(HOURS, baseline=20.0), 30.0, ()),
    ],
)
def test_when_a_return_to_the_usual_was_to_be_expected(plan: Plan, last: float, notes: tuple[str, ...]) -> None:
    assert graded([30.0], plan, [*CALM[:11], last]).notes == notes


def test_a_baseline_that_was_given_must_be_beaten_too() -> None:
    ambitious = replace(HOURS, baseline=28.0)
    assert graded([29.0], ambitious).grade == "no_change"
    assert graded([28.0], ambitious).grade == "no_change"
    assert graded([27.9], ambitious).grade == "promising"
    assert graded([30.1], replace(HOURS, baseline=33.0)).grade == "no_change"
    assert graded([29.9], replace(HOURS, baseline=33.0)).grade == "promising"
    assert graded([31.9], replace(SALES, baseline=32.0)).grade == "no_change"
    assert graded([32.1], replace(SALES, baseline=32.0)).grade == "promising"
    assert graded([31.0], replace(HOURS, baseline=0.0)).change == 31.0


def test_a_series_that_never_moved_tells_no_swing() -> None:
    flat = [10.0] * 12
    found = graded([12.0], SALES, flat)
    assert (found.grade, found.notes, found.interval, found.lower, found.upper) == ("promising", ("flat_before",), None, 10.0, 10.0)
    assert graded([8.0], SALES, flat).grade == "no_change"
    assert graded([10.0], SALES, flat).grade == "no_change"
    # Flat but for a jump has a swing.
    assert graded([16.0], SALES, [*flat, 11.0, *flat[:5]]).grade == "worked"


def test_the_interval_of_a_difference_of_means_by_hand() -> None:
    found = graded([29.0, 30.0, 28.0, 27.0])
    # sigma = 2.66 x 2 / 3 = 1.7733; 11 moving ranges have 6.655 degrees of freedom.
    half = stats.t.ppf(0.975, 0.605 * 11) * WIDTH / 3 * math.sqrt(1 / 4 + 1 / 12)
    assert found.change == pytest.approx(-1.5)
    assert found.interval is not None
    assert (found.interval.lower, found.interval.upper) == pytest.approx((-1.5 - half, -1.5 + half))
    # A baseline that is given is a number without a swing of its own.
    named = graded([29.0, 30.0, 28.0, 27.0], replace(HOURS, baseline=31.0)).interval
    half = stats.t.ppf(0.975, 0.605 * 11) * WIDTH / 3 * math.sqrt(1 / 4)
    assert named is not None
    assert (named.lower, named.upper) == pytest.approx((-2.5 - half, -2.5 + half))


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draws = np.random.default_rng(11).normal(100, 5, size=(600, 16))
    found = [graded(row[12:].tolist(), SALES, row[:12].tolist()).interval for row in draws]
    held = np.mean([one is not None and one.lower <= 0 <= one.upper for one in found])
    assert 0.92 < held < 0.98


def test_how_often_a_plan_that_does_nothing_is_said_to_work() -> None:
    draws = np.random.default_rng(12).normal(100, 5, size=(600, 15))
    grades = [graded(row[12:].tolist(), SALES, row[:12].tolist()).grade for row in draws]
    # Three months, each outside on the good side about once in a hundred, by limits of only twelve.
    assert grades.count("worked") / len(grades) < 0.04
    assert grades.count("worse") / len(grades) < 0.04


def test_shares_are_held_against_limits_for_their_cases() -> None:
    before = [(80, 100), (84, 100), (76, 100), (82, 100), (78, 100), (80, 100)]
    found = grade(SALES, shares(before, [(290, 300), (285, 300)]), as_of="2026-12", share=True)
    assert (found.grade, found.rule, found.usual, found.after) == ("worked", "outside", 0.8, pytest.approx(575 / 600))
    process = laney.estimate(np.array([one[0] for one in before], dtype=float), np.array([one[1] for one in before], dtype=float))
    band = process.band(np.array([290.0, 285.0]), np.array([300.0, 300.0]), exact=True)
    assert (found.lower, found.upper) == (pytest.approx(0.8 - band.below[1]), pytest.approx(0.8 + band.above[1]))
    # Three of three prove nothing.
    assert grade(SALES, shares(before, [(3, 3)]), as_of="2026-12", share=True).grade == "promising"
    # The level is that of all cases together, not of the months: 81 of 101 is more than 80 %, though the mean of the months is 90 %.
    assert grade(SALES, shares(before, [(80, 100), (1, 1)]), as_of="2026-12", share=True).after == pytest.approx(81 / 101)
    assert grade(replace(SALES, higher_is_better=False), shares(before, [(290, 300)]), as_of="2026-12", share=True).grade == "worse"


def test_the_limits_that_are_shown_are_cut_and_those_that_judge_are_not() -> None:
    assert (graded([20.0], before=[1.0, 40.0] * 6).lower, graded([20.0], before=[1.0, 40.0] * 6).upper) == (0.0, pytest.approx(20.5 + 2.66 * 39))
    found = grade(SALES, shares([(19, 20), (20, 20), (18, 20)] * 4, [(19, 20)]), as_of="2026-12", share=True)
    # Ordinary are 14 to 20 of 20.
    assert (found.upper, found.lower) == (1.0, pytest.approx(0.7))
    mirrored = grade(HOURS, shares([(1, 20), (0, 20), (2, 20)] * 4, [(1, 20)]), as_of="2026-12", share=True)
    assert (mirrored.lower, mirrored.upper) == (0.0, pytest.approx(0.3))


def test_a_bad_month_of_shares_is_measured_on_its_own_side() -> None:
    # Usual 94.6 %; a third of the way to the limit is 6.5 points downwards and 4.8 upwards, and the baseline was 5.6 points worse.
    before = [*[(19, 20), (20, 20), (18, 20), (19, 20)] * 3, (18, 20)]
    assert grade(replace(SALES, baseline=0.89), shares(before, [(19, 20)]), as_of="2026-12", share=True).notes == ()
    turned = [(20 - yes, 20) for yes, _ in before]
    assert grade(replace(HOURS, baseline=0.11), shares(turned, [(1, 20)]), as_of="2026-12", share=True).notes == ()
    assert grade(replace(HOURS, baseline=0.13), shares(turned, [(1, 20)]), as_of="2026-12", share=True).notes == ("regression_to_mean",)


def test_a_share_that_was_always_full_has_the_limits_of_chance() -> None:
    full = [(20, 20)] * 12
    same = grade(SALES, shares(full, [(20, 20)]), as_of="2026-12", share=True)
    assert (same.grade, same.notes, same.change) == ("no_change", (), 0)
    assert grade(SALES, shares(full, [(19, 20)]), as_of="2026-12", share=True).grade == "no_change"
    assert grade(SALES, shares(full, [(10, 20)]), as_of="2026-12", share=True).grade == "worse"
    assert same.interval is not None
    assert same.interval.lower < 0 < same.interval.upper


def test_the_interval_of_a_difference_of_shares_is_the_published_one() -> None:
    # Newcombe (1998), table II: 56 of 70 against 48 of 80, method 10: 0.0524 to 0.3339. Five months of 16, one of 70.
    before = [(10, 16), (9, 16), (10, 16), (9, 16), (10, 16)]
    found = grade(SALES, shares(before, [(56, 70)]), as_of="2026-12", share=True)
    assert found.interval is not None
    assert found.change == pytest.approx(0.2)
    assert (found.interval.lower, found.interval.upper) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    named = grade(replace(SALES, baseline=0.6), shares(before, [(56, 70)]), as_of="2026-12", share=True).interval
    reference = stats.binomtest(56, 70).proportion_ci(method="wilson")
    assert named is not None
    assert (named.lower, named.upper) == pytest.approx((reference.low - 0.6, reference.high - 0.6))


def test_shares_that_swing_more_than_chance_have_a_wider_interval() -> None:
    wild = [(90, 100), (60, 100)] * 3
    counts = np.array([one[0] for one in wild], dtype=float)
    sigma_z = float(laney.estimate(counts, np.full(6, 100.0)).sigma_z[0])
    assert sigma_z > 2
    named = grade(replace(SALES, baseline=0.75), shares(wild, [(85, 100)]), as_of="2026-12", share=True).interval
    cases = 100 / sigma_z**2
    centre, z = 0.85, stats.norm.ppf(0.975)
    half = z / (cases + z * z) * math.sqrt(cases * centre * (1 - centre) + z * z / 4)
    middle = (cases * centre + z * z / 2) / (cases + z * z)
    assert named is not None
    assert (named.lower, named.upper) == pytest.approx((middle - half - 0.75, middle + half - 0.75))


def test_totals_and_gaps() -> None:
    totals = [replace(point, numerator=point.value or 0.0, denominator=None) for point in series(CALM, [36.0])]
    assert grade(SALES, totals, as_of="2026-12") == graded([36.0], SALES)
    gaps = [MonthPoint("2026-08", 1.0, 0.0, 0), MonthPoint("2026-09", math.nan, 4.0, 0), MonthPoint("2026-10", 9.0, math.nan, 0)]
    assert [point.value for point in gaps] == [None, None, None]
    assert MonthPoint("2026-08", 3.0, -1.0, 1).value is None
    assert MonthPoint("2026-08", math.nan, None, 1).value is None
    assert MonthPoint("2026-08", 3.0, 0.5, 1).value == 6.0
    assert grade(SALES, [*totals, *gaps], as_of="2026-12") == graded([36.0], SALES)


@pytest.mark.parametrize(
    ("plan", "after", "reached", "month"),
    [
        (replace(HOURS, goal=24.0), [25.0, 24.0], True, "2026-08"),
        (replace(HOURS, goal=24.0), [24.0, 25.0], False, "2026-07"),
        (replace(HOURS, goal=24.0), [25.0, 25.0, 25.0], False, None),
        # Due in September: what came in October is late.
        (replace(HOURS, goal=24.0), [25.0, 25.0, 25.0, 20.0], False, "2026-10"),
        (replace(HOURS, goal=24.0), [25.0, 25.0, 20.0, 29.0], True, "2026-09"),
        (replace(HOURS, goal=24.0), [None, None, None, 20.0], None, "2026-10"),
        (replace(SALES, goal=32.0), [32.0], True, "2026-07"),
        (replace(SALES, goal=32.0), [31.9], False, None),
        (HOURS, [20.0], None, None),
    ],
)
def test_whether_and_when_the_goal_was_reached(plan: Plan, after: list[float | None], reached: bool | None, month: str | None) -> None:
    found = graded(after, plan)
    assert (found.goal_reached, found.goal_month) == (reached, month)


def test_a_goal_reached_but_for_binary_fractions_is_reached() -> None:
    assert graded([0.1 + 0.2], replace(HOURS, goal=0.3)).goal_reached is True
    assert graded([0.3 + 1.5e-9], replace(HOURS, goal=0.3)).goal_reached is False
    # Of nought, in parts of one; of money, in proportion.
    assert graded([0.1 + 0.2 - 0.3], replace(HOURS, goal=0.0)).goal_reached is True
    assert graded([1e9 - 0.1], replace(SALES, goal=1e9)).goal_reached is True
    assert graded([1e9 - 10], replace(SALES, goal=1e9)).goal_reached is False


def test_points_in_any_order_and_none_twice() -> None:
    points = series(CALM, [29.0, 20.0])
    assert grade(HOURS, points[::-1], as_of="2026-12") == grade(HOURS, points, as_of="2026-12")
    with pytest.raises(ValueError, match=r"^a month is named twice$"):
        grade(HOURS, [*points, points[3]], as_of="2026-12")


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        ({"started": "2026-6"}, "plan_month_invalid", {"field": "started", "value": "2026-6"}),
        ({"due": "2026-Q3"}, "plan_month_invalid", {"field": "due", "value": "2026-Q3"}),
        ({"due": "2026-05"}, "plan_due_before_start", {"started": START, "due": "2026-05"}),
        ({"goal": math.inf}, "plan_value_invalid", {"field": "goal", "value": math.inf}),
        ({"baseline": -math.inf}, "plan_value_invalid", {"field": "baseline", "value": -math.inf}),
    ],
)
def test_a_plan_that_cannot_be(change: dict[str, Any], code: str, fields: dict[str, Any]) -> None:
    with pytest.raises(AmdashError) as caught:
        replace(HOURS, **change)
    assert (caught.value.code, caught.value.fields) == (code, fields)


def test_a_plan_of_one_month_is_one_and_plans_do_not_change() -> None:
    assert replace(HOURS, due=START).due == START
    assert Plan("csat", "李明", START, START, True) == Plan("csat", "李明", START, START, True, None, None, "")
    with pytest.raises(FrozenInstanceError):
        HOURS.due = "2026-12"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        series([1.0], [])[0].n = 3  # type: ignore[misc]


def test_the_summary_keeps_plans_that_closed_without_effect() -> None:
    csat = replace(SALES, kpi="csat", measure="loop")
    unnamed = replace(SALES, measure="")
    effects = [
        graded([20.0]),
        graded([31.0]),
        graded([29.0], csat, as_of="2026-08"),
        graded([20.0], csat),
        graded([], unnamed, as_of="2026-07"),
        graded([], unnamed, as_of="2027-01"),
    ]
    found = summary(effects)
    assert list(found) == ["by", "name", "plans", "closed", "closed_without_effect", *GRADES]
    rows = {(row["by"], row["name"]): {name: count for name, count in list(row.items())[2:] if count} for row in found.to_dict("records")}
    assert list(rows) == [("all", ""), ("kpi", "csat"), ("kpi", "response_time"), ("kpi", "sales_amount"), ("measure", "loop"), ("measure", "train")]
    counted = {"worked": 1, "no_change": 2, "worse": 1, "too_early": 1, "not_measured": 1}
    assert rows["all", ""] == {"plans": 6, "closed": 4, "closed_without_effect": 3} | counted
    assert rows["kpi", "csat"] == {"plans": 2, "closed": 1, "closed_without_effect": 1, "no_change": 1, "worse": 1}
    assert rows["kpi", "sales_amount"] == {"plans": 2, "closed": 1, "closed_without_effect": 1, "too_early": 1, "not_measured": 1}
    assert rows["measure", "loop"] == rows["kpi", "csat"]
    assert rows["measure", "train"] == {"plans": 2, "closed": 2, "closed_without_effect": 1, "worked": 1, "no_change": 1}


def test_the_summary_of_no_plans() -> None:
    (row,) = summary([]).to_dict("records")
    assert (row.pop("by"), row.pop("name")) == ("all", "")
    assert set(row.values()) == {0}


hours = st.floats(0.5, 200.0)


@given(st.lists(hours, min_size=5, max_size=14), st.lists(hours, min_size=1, max_size=9))
def test_higher_and_lower_are_mirror_images(before: list[float], after: list[float]) -> None:
    one = graded(after, SALES, before, as_of="2027-03")
    other = graded([-value for value in after], HOURS, [-value for value in before], as_of="2027-03")
    assert (one.grade, one.rule, one.rule_month, one.notes) == (other.grade, other.rule, other.rule_month, other.notes)
    assert one.change is not None
    assert other.change == pytest.approx(-one.change)
    assert one.interval is None or one.interval.lower <= one.change <= one.interval.upper
    assert one.grade != "worked" or one.change > 0
    assert one.grade != "worse" or one.change < 0


def test_shares_of_more_than_all_have_no_interval() -> None:
    found = grade(SALES, shares([(19, 20), (20, 20), (18, 20)] * 4, [(21, 20)]), as_of="2026-12", share=True)
    assert (found.after, found.interval) == (1.05, None)


def test_the_limits_of_a_share_are_those_of_its_newest_month() -> None:
    before = [(88, 100), (92, 100)] * 6
    found = grade(SALES, shares(before, [(45, 50), (360, 400)]), as_of="2026-12", share=True)
    alone = grade(SALES, shares(before, [(360, 400)]), as_of="2026-12", share=True)
    few = grade(SALES, shares(before, [(45, 50)]), as_of="2026-12", share=True)
    assert (found.lower, found.upper) == (alone.lower, alone.upper)
    assert alone.lower is not None
    assert few.lower is not None
    # Of 400: at least 3 x 0.015 x (4 / 3) / 1.128 around 0.9; of 50 far more.
    assert 0.83 < alone.lower <= 0.9 - 0.0531
    assert few.lower < 0.75


@pytest.mark.parametrize(
    ("plan", "baseline", "before", "few", "many"),
    [
        (SALES, 0.87, [(88, 100), (92, 100)], (45, 50), (360, 400)),
        (HOURS, 0.13, [(12, 100), (8, 100)], (5, 50), (40, 400)),
    ],
)
def test_a_baseline_is_held_against_the_swing_of_the_newest_month(
    plan: Plan, baseline: float, before: list[tuple[int, int]], few: tuple[int, int], many: tuple[int, int]
) -> None:
    # 0.03 off the usual: more than one standard deviation of 400 cases (0.018), less than one of 50 (0.05).
    for after, noted in (([few, many], True), ([many, few], False)):
        found = grade(replace(plan, baseline=baseline), shares(before * 6, after), as_of="2026-12", share=True)
        assert ("regression_to_mean" in found.notes) == noted


def test_a_signal_that_the_level_or_the_newest_month_takes_back_is_none() -> None:
    swing = [-5.0, 5.0] * 6
    # Far above and far below, together just the usual; then far above and back at the usual itself.
    for after, expected in (([60.0, -60.0], "no_change"), ([60.0, 0.0], "promising")):
        found = graded(after, SALES, swing)
        assert (found.usual, found.grade, found.rule, found.rule_month, found.notes) == (0.0, expected, None, None, ("not_held",))


def test_a_series_of_noughts_neither_moved_nor_moves() -> None:
    found = graded([0.0, 0.0], HOURS, [0.0] * 12)
    assert (found.grade, found.usual, found.after, found.change, found.notes) == ("no_change", 0.0, 0.0, 0.0, ("flat_before",))


def test_a_share_above_one_has_no_interval() -> None:
    found = grade(SALES, shares([(11, 10), (12, 10)] * 6, [(9, 10)]), as_of="2026-12", share=True)
    assert found.interval is None
    assert grade(SALES, shares([(9, 10), (8, 10)] * 6, [(11, 10)]), as_of="2026-12", share=True).interval is None
