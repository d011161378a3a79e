"""Limits as curves: along the outer edge of the teeth, so that who is beyond the curve is beyond the limits, and nobody else."""

from __future__ import annotations

import numpy as np
import pytest

from amdash.insight.funnel import ACTION, WARNING, Spread, mean_limits, ratio_limits
from amdash.insight.funnel_curve import mean_curve, ratio_curve


@pytest.mark.parametrize("confidence", [ACTION, WARNING])
@pytest.mark.parametrize("overall", [0.02, 0.3, 0.5, 0.917, 0.99])
def test_beyond_the_curve_is_beyond_the_limits_for_every_count(overall: float, confidence: float) -> None:
    curve = ratio_curve(overall, 180, confidence)
    assert curve.cases == tuple(range(1, 181))
    lower, upper = ratio_limits(curve.cases, overall, confidence)
    for place, n in enumerate(curve.cases):
        ratios = np.arange(n + 1) / n
        np.testing.assert_array_equal(ratios < curve.lower[place] - 1e-9, ratios < lower[place] - 1e-9)
        np.testing.assert_array_equal(ratios > curve.upper[place] + 1e-9, ratios > upper[place] + 1e-9)


def test_the_curve_has_no_teeth() -> None:
    curve = ratio_curve(0.9, 200, WARNING)
    assert (np.diff(curve.lower) >= -1e-12).all()
    exact, _upper = ratio_limits(curve.cases, 0.9, WARNING)
    assert (np.diff(exact) < 0).any()


def test_many_cases_are_drawn_with_few_points() -> None:
    curve = ratio_curve(0.4, 50_000, ACTION)
    assert 200 < len(curve.cases) <= 400
    assert (curve.cases[0], curve.cases[-1]) == (1, 50_000)
    assert curve.lower[-1] == pytest.approx(0.4 - 3.09 * (0.24 / 50_000) ** 0.5, abs=2e-4)


def test_a_mean_has_the_limits_of_the_funnel() -> None:
    curve = mean_curve(8.0, Spread(3.0, 40), 25, ACTION)
    lower, upper = mean_limits(curve.cases, 8.0, Spread(3.0, 40), ACTION)
    np.testing.assert_allclose(curve.lower, lower)
    np.testing.assert_allclose(curve.upper, upper)
    assert len(mean_curve(8.0, Spread(3.0, 40), 5_000, ACTION).cases) <= 400


@pytest.mark.parametrize("most", [1.25, 8.75, 18.75, 23.75, 180.5])
def test_where_the_most_cases_are_no_whole_number_the_limits_are_those_of_whole_ones(most: float) -> None:
    curve = ratio_curve(0.9, most, ACTION)
    assert curve == ratio_curve(0.9, int(most), ACTION)
    assert curve.cases == tuple(range(1, int(most) + 1)) == mean_curve(8.0, Spread(3.0, 40), most, ACTION).cases


def test_nothing_to_draw() -> None:
    assert ratio_curve(1.2, 50, ACTION).cases == ()
    assert ratio_curve(0.5, 0, ACTION).cases == ()
    assert mean_curve(8.0, Spread(3.0, 40), 0, ACTION).cases == ()
