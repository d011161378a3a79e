"""Everybody beside everybody: the order of the rows, their limits and flags, and what a census leaves out."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from amdash.insight.comparison import Compared, Comparison, compare
from amdash.insight.drivers import Driver, DriverAnalysis
from amdash.insight.funnel import Funnel, FunnelPoint, Spread, ratio_limits
from amdash.insight.intervals import Sums, wilson
from amdash.insight.ranking import Rank
from amdash.insight.reading import Interval
from amdash.insight.verdict import Judgement, Settling
from amdash.metrics.catalogue import KPIS

RATIO = replace(KPIS["csat"], measure="ratio", min_sample=5, share=True, unit="ratio", higher_is_better=True)
HOURS = replace(KPIS["response_time"], measure="mean", min_sample=5, share=False, unit="hours", higher_is_better=False)
TOTAL = replace(KPIS["sales_amount"], measure="total", min_sample=1, share=False, unit="money", higher_is_better=True)
ATTAINMENT = replace(TOTAL, measure="ratio", unit="ratio")
LIMITS = ("lower", "upper", "warning_lower", "warning_upper")


def of(hits: float, cases: int) -> Sums:
    return Sums(hits, cases, cases)


def hours(mean: float, deviation: float, n: int) -> Sums:
    return Sums(mean * n, n, n, mean * mean * n + deviation * deviation * (n - 1))


def subjects(found: Comparison) -> list[str]:
    return [row.subject for row in found.rows]


def test_ratios_beside_each_other() -> None:
    found = compare(RATIO, {"王": of(30, 50), "李": of(196, 200), "张": of(0, 4), "赵": Sums(0, 0, 0), "陈": of(28, 30)})
    assert found.overall == pytest.approx(254 / 284)
    assert subjects(found) == ["李", "陈", "王", "张", "赵"]
    assert [row.value for row in found.rows] == [0.98, 28 / 30, 0.6, 0.0, None]
    assert [row.n for row in found.rows] == [200, 30, 50, 4, 0]
    # None of 4 would be beyond the limits, but rests on too few to be said.
    assert [row.flag for row in found.rows] == ["high", None, "low", None, None]
    assert [row.warning for row in found.rows] == ["high", None, "low", None, None]
    assert [row.rank for row in found.rows] == [Rank(1, 1, 2), Rank(1, 1, 2), Rank(2, 3, 3), *[Rank(None, None, None)] * 2]
    worst = found.rows[2]
    assert worst.interval == wilson(30, 50)
    action, warning = (ratio_limits([50], 254 / 284, confidence) for confidence in (0.998, 0.95))
    assert [getattr(worst, name) for name in LIMITS] == [*(float(one[0]) for one in action), *(float(one[0]) for one in warning)]
    assert (found.rows[3].lower or 0) > 0
    assert [getattr(found.rows[4], name) for name in (*LIMITS, "interval")] == [None] * 5


def test_fewer_hours_come_first_and_limits_stay_above_nothing() -> None:
    found = compare(HOURS, {"a": hours(30, 9, 40), "b": hours(10, 9, 40), "c": hours(12, 12, 5), "d": hours(99, 9, 4)})
    assert subjects(found) == ["b", "c", "a", "d"]
    assert [row.flag for row in found.rows] == ["low", None, "high", None]
    assert [row.warning for row in found.rows] == ["low", "low", "high", None]
    assert found.overall == pytest.approx((1200 + 400 + 60 + 396) / 89)
    few = found.rows[1]
    assert few.interval is not None
    assert few.interval.lower == 0
    assert (few.lower or 0) > 0
    wide = compare(HOURS, {"a": hours(10, 30, 6), "b": hours(12, 30, 40)}).rows[0]
    assert (wide.lower, wide.warning_lower) == (0, 0)
    assert (wide.upper or 0) > (wide.warning_upper or 0) > 10


def test_a_census_has_ranks_and_nothing_of_chance() -> None:
    found = compare(TOTAL, {"a": Sums(500, None, 9), "b": Sums(900, None, 2), "c": Sums(500, None, 1), "d": Sums(None, None, 0)})
    assert found.overall is None
    assert subjects(found) == ["b", "a", "c", "d"]
    assert [row.rank.group for row in found.rows] == [1, 2, 2, None]
    for row in found.rows:
        assert [getattr(row, name) for name in (*LIMITS, "interval", "flag", "warning")] == [None] * 7
    shares = compare(ATTAINMENT, {"a": Sums(90, 100, 9), "b": Sums(10, 100, 9)})
    assert shares.overall == 0.5
    assert [(row.subject, row.value, row.lower, row.flag) for row in shares.rows] == [("a", 0.9, None, None), ("b", 0.1, None, None)]


def test_the_order_of_the_subjects_makes_no_difference_and_equal_values_go_by_name() -> None:
    members = {"b": of(9, 10), "a": of(18, 20), "d": Sums(0, 0, 0), "c": of(10, 10), "e": Sums(math.nan, 3, 3)}
    before = dict(members)
    found = compare(RATIO, members)
    assert subjects(found) == ["c", "a", "b", "d", "e"]
    assert compare(RATIO, dict(reversed(members.items()))) == found
    assert members == before


@pytest.mark.parametrize("kpi", [RATIO, HOURS, TOTAL])
def test_nobody_and_one_alone(kpi) -> None:
    assert compare(kpi, {}) == Comparison(None, ())
    alone = compare(kpi, {"a": hours(10, 3, 12)}).rows[0]
    assert (alone.flag, alone.warning, alone.rank) == (None, None, Rank(1, 1, 1))


@pytest.mark.parametrize(
    "kind", [Comparison, Compared, Rank, Interval, Sums, Funnel, FunnelPoint, Spread, Judgement, Settling, Driver, DriverAnalysis]
)
def test_results_cannot_be_changed_by_whoever_shares_them(kind) -> None:
    assert kind.__dataclass_params__.frozen


def test_nothing_stands_between_more_and_less_than_nothing() -> None:
    score = replace(RATIO, share=False)
    given = {"a": of(-5, 10), "b": of(0, 10), "c": of(5, 10), "d": Sums(None, None, 0)}
    assert subjects(compare(score, given)) == ["c", "b", "a", "d"]
    assert subjects(compare(replace(score, higher_is_better=False), given)) == ["a", "b", "c", "d"]
