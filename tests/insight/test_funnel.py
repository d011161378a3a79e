"""Funnel limits against scipy's quantiles and hand-counted chances; flags, and what has no limits."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amdash.insight import funnel
from amdash.insight.funnel import ACTION, WARNING, Funnel, FunnelPoint, Spread


def squares_of(mean: float, deviation: float, n: int) -> float:
    return mean * mean * n + deviation * deviation * (n - 1)


def flags(found: Funnel) -> list[str | None]:
    return [point.flag for point in found.points]


def warnings(found: Funnel) -> list[str | None]:
    return [point.warning for point in found.points]


@pytest.mark.parametrize("confidence", [0.5, WARNING, ACTION])
@pytest.mark.parametrize("overall", [0.003, 0.1, 0.5, 0.9, 0.999])
def test_limits_are_the_binomial_quantiles(overall: float, confidence: float) -> None:
    cases = np.array([1, 2, 3, 4, 5, 10, 37, 100, 1000, 99_999])
    lower, upper = funnel.ratio_limits(cases, overall, confidence)
    assert lower.tolist() == (stats.binom.ppf((1 - confidence) / 2, cases, overall) / cases).tolist()
    assert upper.tolist() == (stats.binom.ppf((1 + confidence) / 2, cases, overall) / cases).tolist()


def test_limits_counted_by_hand() -> None:
    # Ten tosses of a coin: at most 1 head in 11 of 1,024 (1.07 %), at most 2 in 56 (5.5 %). 0 heads: 1 in 1,024 (0.098 %).
    assert [bounds.tolist() for bounds in funnel.ratio_limits([10], 0.5, WARNING)] == [[0.2], [0.8]]
    assert [bounds.tolist() for bounds in funnel.ratio_limits([10], 0.5)] == [[0.1], [0.9]]


@given(st.integers(1, 300), st.floats(0.01, 0.99), st.sampled_from([WARNING, ACTION]))
def test_beyond_a_limit_lies_no_more_than_its_chance(cases: int, overall: float, confidence: float) -> None:
    lower, upper = (float(bounds[0]) for bounds in funnel.ratio_limits([cases], overall, confidence))
    tail = (1 - confidence) / 2
    assert 0 <= lower <= upper <= 1
    assert stats.binom.cdf(round(lower * cases) - 1, cases, overall) < tail + 1e-12
    assert stats.binom.sf(round(upper * cases), cases, overall) < tail + 1e-12
    # The next count inwards would lie beyond with more than that.
    assert stats.binom.cdf(round(lower * cases), cases, overall) >= tail - 1e-12
    assert stats.binom.sf(round(upper * cases) - 1, cases, overall) >= tail - 1e-12


def test_a_lone_reply_is_never_beyond_the_limits() -> None:
    lower, upper = funnel.ratio_limits([1], 0.9, WARNING)
    assert (lower[0], upper[0]) == (0, 1)


@pytest.mark.parametrize("overall", [0.0, 1.0])
def test_where_everybody_is_at_an_end_the_limits_are_that_end(overall: float) -> None:
    for bounds in funnel.ratio_limits([1, 7, 1000], overall):
        assert bounds.tolist() == [overall] * 3
    found = funnel.ratio_funnel([7 * overall, 3 * overall], [7, 3])
    assert found.centre == overall
    assert flags(found) == warnings(found) == [None, None]


def test_no_cases_or_no_share_no_limits() -> None:
    lower, upper = funnel.ratio_limits([0, -1, math.nan, 0.4, 1, 2.6], 0.5, WARNING)
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True, True, True, False, False]
    # 2.6 replies count as 3: none of them by chance in one of eight, so the limits are the ends.
    assert (lower[5], upper[5]) == (0, 1)
    with np.errstate(divide="raise", invalid="raise"):
        funnel.ratio_limits([0, math.nan, 3], 0.5)
    for overall in (-0.1, 1.1, math.nan):
        assert np.isnan(funnel.ratio_limits([5, 50], overall)).all()
    assert [bounds.size for bounds in funnel.ratio_limits([], 0.5)] == [0, 0]
    assert [bounds.size for bounds in funnel.ratio_limits([], math.nan)] == [0, 0]


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_no_percentage(confidence: float) -> None:
    with pytest.raises(ValueError):
        funnel.ratio_limits([5], 0.5, confidence)
    with pytest.raises(ValueError):
        funnel.mean_limits([5], 0.5, Spread(1, 10), confidence)


def test_ratios_against_that_of_all_together() -> None:
    # 450 of 500 in all. Of 50: P(at most 36) = 0.019 %, P(at most 38) = 0.32 %, P(at most 40) = 2.45 %, P(at most 41) = 5.8 %.
    found = funnel.ratio_funnel([36, 38, 40, 41, 50, 245], [50, 50, 50, 50, 50, 250])
    assert found.centre == 0.9
    assert flags(found) == ["low", None, None, None, None, "high"]
    assert warnings(found) == ["low", "low", "low", None, "high", "high"]
    action, warning = (stats.binom.ppf([(1 - one) / 2, (1 + one) / 2], 50, 0.9) / 50 for one in (0.998, 0.95))
    assert found.points[1] == FunnelPoint(0.76, 50.0, *action, *warning, None, "low")


def test_a_count_at_its_limit_is_within() -> None:
    lower, upper = funnel.ratio_limits([30], 0.5)
    counts = [round(lower[0] * 30), round(upper[0] * 30)]
    inside = funnel.ratio_funnel([*counts, 485], [30, 30, 970])
    assert inside.centre == 0.5
    assert flags(inside)[:2] == [None, None]
    outside = funnel.ratio_funnel([counts[0] - 1, counts[1] + 1, 485], [30, 30, 970])
    assert flags(outside)[:2] == ["low", "high"]


def test_whoever_has_no_cases_is_there_without_a_value() -> None:
    found = funnel.ratio_funnel([9, 0, math.nan, 9], [10, 0, 3, 10])
    assert found.centre == 0.9
    assert found.points[1] == FunnelPoint(None, 0.0, *[None] * 6)
    assert (found.points[2].value, found.points[2].flag) == (None, None)
    # Complaints of nobody are nobody's; one case is a case.
    assert funnel.ratio_funnel([2, 1], [0, 1]).centre == 1
    assert [point.value for point in funnel.ratio_funnel([2, 1], [0, 1]).points] == [None, 1.0]
    assert funnel.ratio_funnel([], []) == Funnel(None, ())
    assert funnel.ratio_funnel([0], [0]) == Funnel(None, (FunnelPoint(None, 0.0, *[None] * 6),))
    # Three complaints of two customers are a value, but no share.
    assert funnel.ratio_funnel([3], [2]).points[0] == FunnelPoint(1.5, 2.0, *[None] * 6)


def test_the_pooled_spread_is_that_of_an_analysis_of_variance() -> None:
    # Squares around their means: 2 of (1, 3); 2 of (4, 5, 6); one value says nothing. 4 / (1 + 2).
    spread = funnel.pooled_spread([2, 3, 1], [4, 15, 9], [10, 77, 81])
    assert spread is not None
    assert (spread.deviation, spread.cases) == pytest.approx((math.sqrt(4 / 3), 3))
    # The squares of the third are known for some of its values only.
    assert funnel.pooled_spread([2, 3, 4], [4, 15, 40], [10, 77, 90]) == spread
    # Shares of a scale spread by less than one: 0.02 of (0.7, 0.9).
    small = funnel.pooled_spread([2], [1.6], [1.3])
    assert small is not None
    assert (small.deviation, small.cases) == (pytest.approx(math.sqrt(0.02)), 1)
    assert funnel.pooled_spread([1, 1], [4, 5], [16, 25]) is None
    assert funnel.pooled_spread([3, 3], [6, 9], [12, 27]) is None
    assert funnel.pooled_spread([], [], []) is None


def test_limits_of_means_by_hand() -> None:
    # t(28) at 97.5 % is 2.0484 and at 99.9 % 3.4082; 6 / sqrt(9) = 2.
    lower, upper = funnel.mean_limits([9, 0, 36, 1], 24, Spread(6, 28), WARNING)
    assert lower == pytest.approx([24 - 2 * 2.048407, math.nan, 24 - 2.048407, 24 - 6 * 2.048407], nan_ok=True, abs=1e-5)
    assert upper == pytest.approx([24 + 2 * 2.048407, math.nan, 24 + 2.048407, 24 + 6 * 2.048407], nan_ok=True, abs=1e-5)
    assert funnel.mean_limits([9], 24, Spread(6, 28))[1][0] == pytest.approx(24 + 2 * 3.408155, abs=1e-5)


def test_means_against_that_of_all_together() -> None:
    means, counts = [20.0, 25.0, 16.0, 19.0], [40, 10, 10, 40]
    found = funnel.mean_funnel(counts, [n * mean for n, mean in zip(counts, means, strict=True)], list(map(squares_of, means, [4.0] * 4, counts)))
    assert found.centre == pytest.approx(19.7)
    # t(96): 1.985 and 3.174; 4 / sqrt(10) = 1.265, so 2.51 and 4.02 around 19.7.
    assert flags(found) == ["high" if mean > 23.72 else None for mean in means]
    assert warnings(found) == [None, "high", "low", None]
    half = stats.t.ppf(0.999, 96) * 4 / math.sqrt(10)
    assert (found.points[2].lower, found.points[2].upper) == pytest.approx((19.7 - half, 19.7 + half))
    half = stats.t.ppf(0.975, 96) * 4 / math.sqrt(40)
    assert (found.points[0].warning_lower, found.points[0].warning_upper) == pytest.approx((19.7 - half, 19.7 + half))
    assert [(point.value, point.n) for point in found.points] == list(zip(means, counts, strict=True))


@pytest.mark.parametrize("squares", [[math.nan, math.nan], [5 * 400.0, 5 * 900.0], [0, 0]])
def test_means_without_any_spread_have_no_limits(squares: Sequence[float]) -> None:
    found = funnel.mean_funnel([5, 5], [100, 150], squares)
    assert found.centre == 25
    assert found.points == (FunnelPoint(20.0, 5.0, *[None] * 6), FunnelPoint(30.0, 5.0, *[None] * 6))


def test_no_means_at_all() -> None:
    assert funnel.mean_funnel([], [], []) == Funnel(None, ())
    assert funnel.mean_funnel([0], [0], [0]) == Funnel(None, (FunnelPoint(None, 0.0, *[None] * 6),))
    # One whose spread is unknown stands within the limits of the others' spread.
    found = funnel.mean_funnel([10, 10], [150, 350], [squares_of(15, 4, 10), math.nan])
    assert found.points[1].upper == found.points[0].upper
    assert flags(found) == ["low", "high"]


def test_false_alarms_stay_below_one_in_twenty_and_one_in_five_hundred() -> None:
    generator = np.random.default_rng(7)
    cases = generator.integers(5, 80, (400, 20))
    hits = generator.binomial(cases, 0.9)
    points = [point for row in range(400) for point in funnel.ratio_funnel(hits[row], cases[row]).points]
    assert 0.01 < np.mean([point.warning is not None for point in points]) < 0.05
    assert np.mean([point.flag is not None for point in points]) < 0.002


def test_a_thousand_managers_and_unchanged_inputs() -> None:
    hits, cases = np.arange(1000.0), np.arange(1000.0) + 5
    before = hits.copy(), cases.copy()
    assert len(funnel.ratio_funnel(hits, cases).points) == 1000
    assert len(funnel.mean_funnel(cases, hits, hits * 3).points) == 1000
    assert (hits == before[0]).all()
    assert (cases == before[1]).all()


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e9])
def test_a_mean_at_its_limit_is_within_whatever_its_size(size: float) -> None:
    # Means of 5 and 3 around 4, each 1 away; t(18) x deviation / sqrt(10) = 1 puts both on their limits, but for rounding.
    deviation = math.sqrt(10) / stats.t.ppf(0.999, 18)
    for inwards, said in ((1 - 1e-12, [None, None]), (1 - 1e-5, ["high", "low"])):
        squares = [squares_of(mean * size, deviation * size * inwards, 10) for mean in (5, 3)]
        assert flags(funnel.mean_funnel([10, 10], [50 * size, 30 * size], squares)) == said
