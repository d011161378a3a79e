"""Intervals against published tables, scipy, and the equations that define them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amdash.insight import intervals
from amdash.insight.intervals import Sums
from amdash.insight.reading import Interval
from amdash.metrics.catalogue import KPIS

RATIO = replace(KPIS["csat"], measure="ratio", min_sample=5, share=True, unit="ratio")
HOURS = replace(KPIS["response_time"], measure="mean", min_sample=5, share=False, unit="hours")
MEAN_SHARE = replace(HOURS, share=True, unit="ratio")
TOTAL = replace(KPIS["sales_amount"], measure="total", min_sample=1, share=False, unit="money")


def ends(found: Interval | None) -> tuple[float, float]:
    assert found is not None
    return found.lower, found.upper


def sums_of(*values: float) -> tuple[int, float, float]:
    return len(values), sum(values), sum(value * value for value in values)


@pytest.mark.parametrize(
    ("hits", "cases", "lower", "upper"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_wilson_intervals(hits: int, cases: int, lower: float, upper: float) -> None:
    assert ends(intervals.wilson(hits, cases)) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_wilson_is_what_scipy_says(confidence: float) -> None:
    for cases in (1, 2, 3, 7, 20, 199):
        for hits in range(0, cases + 1, max(1, cases // 7)):
            said = stats.binomtest(hits, cases).proportion_ci(confidence, method="wilson")
            assert ends(intervals.wilson(hits, cases, confidence)) == pytest.approx((said.low, said.high), abs=1e-12)


def test_none_and_all_of_them_end_exactly_at_0_and_1() -> None:
    for cases in range(1, 60):
        none, every = ends(intervals.wilson(0, cases)), ends(intervals.wilson(cases, cases))
        assert none[0] == 0
        assert every[1] == 1
        # z^2 / (n + z^2), by hand.
        assert none[1] == pytest.approx(1.959963984540054**2 / (cases + 1.959963984540054**2))
        assert every[0] == pytest.approx(1 - none[1])


@pytest.mark.parametrize(("hits", "cases"), [(0, 0), (1, 0), (0, -1), (-1, 5), (-0.01, 5), (6, 5), (5.01, 5), (math.nan, 5), (3, math.nan)])
def test_what_is_no_ratio_of_a_whole_has_no_interval(hits: float, cases: float) -> None:
    assert intervals.wilson(hits, cases) is None


def test_a_weighted_sum_may_miss_its_whole_by_rounding() -> None:
    assert intervals.wilson(7 * (1 + 1e-12), 7) == intervals.wilson(7, 7)


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    hits, cases = [0, 19, 20, 3, 0], [7, 20, 20, 2, 0]
    lower, upper = intervals.wilson_bounds(hits, cases)
    one_by_one = [intervals.wilson(*pair) for pair in zip(hits, cases, strict=True)]
    assert [None if math.isnan(low) else Interval(low, high) for low, high in zip(lower, upper, strict=True)] == one_by_one
    assert np.isnan(upper).tolist() == [False, False, False, True, True]
    assert [len(bounds) for bounds in intervals.wilson_bounds([], [])] == [0, 0]


@given(st.integers(1, 400).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases))))
def test_the_bounds_solve_the_equation_that_defines_them_and_mirror(pair: tuple[int, int]) -> None:
    hits, cases = pair
    lower, upper = ends(intervals.wilson(hits, cases))
    assert 0 <= lower <= hits / cases <= upper <= 1
    for bound in (lower, upper):
        assert (hits / cases - bound) ** 2 == pytest.approx(1.959963984540054**2 * bound * (1 - bound) / cases, abs=1e-12)
    assert ends(intervals.wilson(cases - hits, cases)) == pytest.approx((1 - upper, 1 - lower))


def test_a_t_interval_by_hand() -> None:
    # Mean 5, squares around it 9 + 1 + 1 + 9 = 20, variance 20 / 3, error sqrt(20 / 12); t(3) at 97.5 % is 3.182446.
    assert ends(intervals.student(*sums_of(2, 4, 6, 8))) == pytest.approx((5 - 3.182446 * math.sqrt(5 / 3), 5 + 3.182446 * math.sqrt(5 / 3)))


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30), st.sampled_from([0.9, 0.95]))
def test_t_intervals_are_what_scipy_says(values: list[float], confidence: float) -> None:
    found = ends(intervals.student(*sums_of(*values), confidence))
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    half = float(stats.t.ppf((1 + confidence) / 2, len(values) - 1)) * error
    mean = math.fsum(values) / len(values)
    assert found == pytest.approx((mean - half, mean + half), abs=0.05 + 1e-6 * half)


def test_a_mean_has_no_interval_from_one_value_nor_without_its_squares() -> None:
    assert intervals.student(*sums_of(5)) is None
    assert intervals.student(0, 0, 0) is None
    assert intervals.student(3, 15, math.nan) is None
    # Squares below 15 x 15 / 3 = 75 are those of some of the values only.
    assert intervals.student(3, 15, 74.9) is None
    assert intervals.student(3, 15, 0) is None
    assert ends(intervals.student(3, 15, 75.1)) == pytest.approx((5 - 4.302653 * math.sqrt(0.05 / 3), 5 + 4.302653 * math.sqrt(0.05 / 3)))


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 24.0, 1e6, -7.0])
def test_equal_values_have_an_interval_without_width(value: float) -> None:
    for count in (2, 3, 7, 50):
        assert ends(intervals.student(*sums_of(*[value] * count))) == pytest.approx((value, value), abs=1e-12)
        assert intervals.variances([count], [value * count], [count * value * value])[0] == 0


@pytest.mark.parametrize("values", [(1000.0, 1000.01), (0.001, 0.0011), (-5e5, -5e5 - 10)])
def test_a_small_spread_is_not_taken_for_rounding(values: tuple[float, float]) -> None:
    assert intervals.variances(*([number] for number in sums_of(*values)))[0] == pytest.approx((values[0] - values[1]) ** 2 / 2, rel=1e-4)


def test_variances_of_many_groups_in_one_go() -> None:
    found = intervals.variances([4, 1, 0, 3, 3], [20, 5, 0, 15, 6], [120, 25, 0, 10, 14])
    assert found == pytest.approx([20 / 3, math.nan, math.nan, math.nan, 1.0], nan_ok=True)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95])
def test_a_confidence_is_no_percentage(confidence: float) -> None:
    with pytest.raises(ValueError, match=f"not {confidence}$"):
        intervals.wilson(1, 2, confidence)
    with pytest.raises(ValueError, match=f"not {confidence}$"):
        intervals.student(2, 3, 5, confidence)


def test_a_figure_is_a_ratio_of_sums_and_a_total_its_numerator() -> None:
    assert Sums(19, 20, 20).value(RATIO) == 0.95
    assert Sums(19, 20, 20).value(TOTAL) == 19
    assert Sums(19, None, 2).value(TOTAL) == 19
    assert Sums(0.0, math.nan, 2).value(TOTAL) == 0
    assert Sums(-3, 4, 4).value(RATIO) == -0.75
    for nothing in (Sums(0, 0, 0), Sums(3, 0, 3), Sums(None, 5, 5), Sums(math.nan, 5, 5), Sums(3, None, 3), Sums(3, math.nan, 3)):
        assert nothing.value(RATIO) is None
    assert Sums(None, None, 0).value(TOTAL) is None
    assert Sums(math.nan, None, 0).value(TOTAL) is None


def test_a_census_is_told_by_its_total_or_by_its_smallest_sample() -> None:
    assert intervals.basis(TOTAL) == "census"
    assert intervals.basis(replace(TOTAL, min_sample=5)) == "census"
    assert intervals.basis(replace(RATIO, min_sample=1)) == "census"
    assert intervals.basis(replace(RATIO, min_sample=2)) == "ratio"
    assert intervals.basis(HOURS) == "mean"


def test_each_kind_of_kpi_gets_its_own_interval() -> None:
    assert intervals.interval(RATIO, Sums(81, 263, 263)) == intervals.wilson(81, 263)
    assert intervals.interval(RATIO, Sums(81, 263, 263, 81.0), 0.8) == intervals.wilson(81, 263, 0.8)
    assert intervals.interval(HOURS, Sums(20, 4, 4, 120)) == intervals.student(4, 20, 120)
    assert intervals.interval(HOURS, Sums(20, 4, 4, 120), 0.8) == intervals.student(4, 20, 120, 0.8)
    # The cases of a mean are its denominator; n may count the rows of a summary.
    assert intervals.interval(HOURS, Sums(20, 4, 1, 120)) == intervals.student(4, 20, 120)


def test_no_interval_where_none_can_be_known() -> None:
    assert intervals.interval(TOTAL, Sums(500, None, 9)) is None
    assert intervals.interval(TOTAL, Sums(20, 4, 4, 120)) is None
    assert intervals.interval(replace(RATIO, min_sample=1), Sums(19, 20, 20)) is None
    assert intervals.interval(RATIO, Sums(0, 0, 0)) is None
    assert intervals.interval(RATIO, Sums(None, 20, 20)) is None
    assert intervals.interval(RATIO, Sums(8, 6, 6)) is None
    assert intervals.interval(HOURS, Sums(20, 4, 4)) is None
    assert intervals.interval(HOURS, Sums(20, 4, 4, math.nan)) is None
    assert intervals.interval(HOURS, Sums(20, 1, 1, 400)) is None


def test_bounds_stay_where_values_can_be() -> None:
    # Hours 0, 0, 0, 8: mean 2, deviation 4, and 2 - 3.18 x 2 is no time.
    count, total, squares = sums_of(0, 0, 0, 8)
    plain = ends(intervals.student(count, total, squares))
    assert plain[0] < 0 < 1 < plain[1]
    assert ends(intervals.interval(HOURS, Sums(total, count, count, squares))) == (0.0, plain[1])
    assert ends(intervals.interval(replace(HOURS, unit="money"), Sums(total, count, count, squares))) == plain
    count, total, squares = sums_of(1.0, 1.0, 1.0, 0.2)
    plain = ends(intervals.student(count, total, squares))
    assert 0 < plain[0] < 1 < plain[1]
    assert ends(intervals.interval(MEAN_SHARE, Sums(total, count, count, squares))) == (plain[0], 1.0)
    count, total, squares = sums_of(0.0, 0.0, 0.0, 0.8)
    assert ends(intervals.interval(MEAN_SHARE, Sums(total, count, count, squares)))[0] == 0


def test_one_value_has_no_variance_whatever_is_said_of_its_square() -> None:
    assert np.isnan(intervals.variances([1, 1, 1.5, 0], [4, 4, 4, 0], [16, 20, 20, 5])).all()
    assert intervals.student(1, 4, 20) is None


def test_rounding_of_large_sums_is_no_impossible_spread() -> None:
    # Three times a million: the squares are 3e12, of which the last digits are rounding.
    assert intervals.student(3, 3e6, 3e12 - 1) == Interval(1e6, 1e6)
    assert intervals.student(3, 3e6, 3e12 - 1e5) is None
