"""Limits of quantiles against exact chances and simulation: what swings unevenly is no change, and what changes is still seen."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from amdash.insight import order_statistics, spc
from amdash.insight.signals import Signals, measured, quantiles

# What a normal value has beyond three standard deviations on one side.
TAIL = 0.0013498980316301

cases_of_months = st.lists(st.lists(st.integers(0, 60).map(float), min_size=1, max_size=12), min_size=5, max_size=14)


def of(cases: Sequence[Sequence[float]], quantile: float) -> Signals:
    return quantiles([float(np.quantile(one, quantile)) if len(one) else None for one in cases], cases, quantile)


def flagged(found: Signals) -> list[int]:
    return [place for place, point in enumerate(found.points) if point.flag]


def within_a_day(rng: np.random.Generator, months: int, tickets: int) -> list[list[float]]:
    """Answers that come within a day, but for one of twenty that takes up to three."""
    late = rng.random((months, tickets)) < 0.05
    hours: list[list[float]] = np.where(late, rng.uniform(24, 72, (months, tickets)), rng.uniform(0.5, 24, (months, tickets))).tolist()
    return hours


def test_the_limits_of_the_largest_value_by_hand() -> None:
    # The largest of 4 exceeds what a share u of all cases stays below with 1 - u ** 4; the smallest undercuts it the same way.
    pool = [float(number) for number in range(1001)]
    values = [float(number) for number in (500, 501) * 3]
    months = [[value] * 1001 for value in values]
    process = order_statistics.Process(spc.estimate(np.array(values)), np.array(pool), 1.0)
    band = process.band(np.array(values), np.full(6, 4.0))
    centre = float(band.centre[0])
    assert centre == 500.5
    assert centre + band.above == pytest.approx([1000 * (1 - TAIL) ** (1 / 4)] * 6)
    assert centre - band.below == pytest.approx([1000 * TAIL ** (1 / 4)] * 6)
    smallest = order_statistics.Process(process.process, np.array(pool), 0.0).band(np.array(values), np.full(6, 4.0))
    assert centre + smallest.above == pytest.approx([1000 * (1 - TAIL ** (1 / 4))] * 6)
    assert order_statistics.estimate(np.array(values), [np.array(one) for one in months], 0.5).cases.tolist() == sorted(values * 1001)


def test_the_median_of_an_odd_number_is_a_binomial_question() -> None:
    # The median of 15 lies above x when at least 8 of them do.
    pool = np.sort(np.random.default_rng(3).exponential(10, 4000))
    values = np.array([7.0, 7.1] * 6)
    band = order_statistics.Process(spc.estimate(values), pool, 0.5).band(values, np.full(12, 15.0))
    upper = float(band.centre[0] + band.above[0])
    assert stats.binom.sf(7, 15, np.mean(pool > upper)) == pytest.approx(TAIL, rel=0.05)
    assert stats.binom.sf(7, 15, np.mean(pool < float(band.centre[0] - band.below[0]))) == pytest.approx(TAIL, rel=0.05)


def test_a_side_that_is_likely_adds_less_to_a_run() -> None:
    # Centre 2.5 of pool 1, 2, 3, 4: the median of three is above it with one half. Centre 1.5: with P(at least 2 of 3 at 3/4) = 27/32.
    pool = np.array([1.0, 2.0, 3.0, 4.0])
    even, low = (np.array([centre - 0.5, centre + 0.5] * 3) for centre in (2.5, 1.5))
    assert order_statistics.Process(spc.estimate(even), pool, 0.5).band(even, np.full(6, 3.0)).bits.tolist() == [1.0] * 6
    band = order_statistics.Process(spc.estimate(low), pool, 0.5).band(low, np.full(6, 3.0))
    # 5/32 and 27/32; less likely than a toss of a coin is worth no more than one.
    assert band.bits.tolist() == pytest.approx([1.0, -math.log2(27 / 32)] * 3)


def test_what_stands_at_the_centre_counts_to_neither_side() -> None:
    # Half of all cases are 5, as the centre is: above it lie a quarter, so that a median of three does with 10/64.
    pool, values = np.array([1.0, 5.0, 5.0, 9.0]), np.array([4.0, 6.0] * 3)
    assert order_statistics.Process(spc.estimate(values), pool, 0.5).band(values, np.full(6, 3.0)).bits.tolist() == [1.0] * 6


def test_a_month_without_late_answers_is_ordinary() -> None:
    months = within_a_day(np.random.default_rng(20261124), 24, 25)
    months[5] = [value if value <= 22 else 22.0 for value in months[5]]
    found = of(months, 0.9)
    plain = measured([point.value for point in found.points])
    point, bare = found.points[5], plain.points[5]
    assert None not in (point.lower, bare.lower, point.upper, bare.upper)
    assert point.lower <= bare.lower  # type: ignore[operator]
    assert point.upper >= bare.upper  # type: ignore[operator]
    assert flagged(found) == []


def test_a_manager_who_begins_to_answer_late_is_seen() -> None:
    rng = np.random.default_rng(7)
    slower = (np.array(within_a_day(rng, 4, 25)) + 60).tolist()
    found = of(within_a_day(rng, 20, 25) + slower, 0.9)
    assert [point.side for point in found.points[20:]] == [1] * 4
    assert {point.side for point in found.points[:20]} <= {0, -1}


def test_false_alarms_are_fewer_than_those_of_values_alone() -> None:
    rng = np.random.default_rng(11)
    # Series with any flag, of 300 stable ones: of normal values one in five has (see the benchmark of signals).
    stable = [of(within_a_day(rng, 24, 25), 0.9) for _ in range(300)]
    alarms = np.mean([bool(flagged(found)) for found in stable])
    bare = np.mean([bool(flagged(measured([point.value for point in found.points]))) for found in stable])
    assert alarms < 0.15
    assert alarms < bare / 2
    assert np.mean([point.flag == "outside" for found in stable for point in found.points]) < 0.0027


@given(cases_of_months, st.sampled_from([0.5, 0.9]))
@settings(max_examples=40)
def test_never_narrower_than_the_values_and_never_more_flags_outside(cases: list[list[float]], quantile: float) -> None:
    before = [list(one) for one in cases]
    found = of(cases, quantile)
    bare = measured([point.value for point in found.points])
    assert cases == before
    for point, plain in zip(found.points, bare.points, strict=True):
        assert (point.value, point.centre) == (plain.value, plain.centre)
        assert point.lower <= plain.lower + 1e-9  # type: ignore[operator]
        assert point.upper >= plain.upper - 1e-9  # type: ignore[operator]
        assert point.flag != "outside" or plain.flag == "outside"


@given(cases_of_months, st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_cases_is_nothing(cases: list[list[float]], random: object) -> None:
    assert of([sorted(one, reverse=True) for one in cases], 0.9) == of([sorted(one) for one in cases], 0.9)


def test_many_cases_leave_the_limits_of_the_values() -> None:
    rng = np.random.default_rng(5)
    # Months that differ by more than their cases explain: the chart of the values knows that, and is wider.
    months = (rng.normal(24, 3, (24, 1)) + rng.normal(0, 1, (24, 2000))).tolist()
    found = of(months, 0.5)
    bare = measured([point.value for point in found.points], floor=0.0)
    widths = [(point.upper or 0) - (point.lower or 0) for point in found.points]
    assert widths == pytest.approx([(point.upper or 0) - (point.lower or 0) for point in bare.points], rel=0.25)


def test_a_place_without_cases_is_a_gap_without_limits() -> None:
    months = within_a_day(np.random.default_rng(2), 12, 25)
    found = of([*months[:6], [], *months[6:]], 0.9)
    gap = found.points[6]
    assert (gap.value, gap.centre, gap.lower, gap.upper, gap.flag, gap.side) == (None, found.points[0].centre, None, None, None, 0)
    rest = [*found.points[:6], *found.points[7:]]
    assert rest == list(of(months, 0.9).points)


def test_too_few_months_have_no_limits_and_none_at_all_no_points() -> None:
    assert quantiles([], [], 0.5).points == ()
    short = of([[1.0, 2.0], [3.0], [4.0], [5.0]], 0.5)
    assert {(point.lower, point.upper, point.flag) for point in short.points} == {(None, None, None)}
    assert of([[1.0]], 0.5).points[0].value == 1.0
    assert [point.value for point in of([[], [], []], 0.5).points] == [None] * 3


def test_all_equal_cases_have_no_signal() -> None:
    found = of([[24.0] * 5] * 12, 0.9)
    assert flagged(found) == []
    assert {(point.lower, point.centre, point.upper) for point in found.points} == {(24.0, 24.0, 24.0)}


def test_after_a_marked_change_the_cases_are_those_of_the_new_way() -> None:
    rng = np.random.default_rng(9)
    slow, fast = (np.array(within_a_day(rng, 12, 25)) + 40).tolist(), within_a_day(rng, 12, 25)
    values = [float(np.quantile(one, 0.9)) for one in slow + fast]
    found = quantiles(values, slow + fast, 0.9, marks=[12])
    assert (found.points[:12], found.points[12:]) == (of(slow, 0.9).points, of(fast, 0.9).points)
    assert set(range(12, 24)) & set(flagged(found)) == set()
    assert set(flagged(of(slow + fast, 0.9))) >= set(range(12, 24))
    # Too few of the new way are held against the old one, continued.
    continued = quantiles(values[:15], (slow + fast)[:15], 0.9, marks=[12])
    assert [place for place in flagged(continued) if place >= 12] == [12, 13, 14]


def test_values_and_cases_belong_together() -> None:
    with pytest.raises(ValueError, match="2 values, 1 places with cases"):
        quantiles([1.0, 2.0], [[1.0]], 0.5)


def test_a_time_is_never_below_nothing() -> None:
    rng = np.random.default_rng(1)
    months = rng.exponential(2, (12, 5)).tolist()
    values = [float(np.quantile(one, 0.5)) for one in months]
    assert min(point.lower or 0 for point in quantiles(values, months, 0.5).points) < 0
    assert min(point.lower or 0 for point in quantiles(values, months, 0.5, floor=0.0).points) == 0


def test_a_month_that_is_far_off_is_set_aside_as_in_any_measured_series() -> None:
    # Fifty cases of one length each month: no chance is in it, and the limits are those of the monthly values.
    values = [10.0, 11.0] * 8 + [30.0, 10.0, 11.0, 10.0]
    found = quantiles(values, [[value] * 50 for value in values], 0.5)
    assert found.limits == measured(values).limits
    assert found.limits != measured(values, screen=False).limits


def test_a_value_without_cases_is_a_gap() -> None:
    assert [point.value for point in quantiles([5.0, 1.0], [[], [1.0]], 0.5).points] == [None, 1.0]
