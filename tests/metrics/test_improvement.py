"""Improvement: the change against an earlier period, the ordinary swing, the target near the ceiling, and unequal sets of KPIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan, nan, sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.metrics.catalogue import KPIS
from amdash.metrics.improvement import COLUMNS, improvement, improvement_of_scorecard, ordinary_swing, previous_period
from amdash.metrics.period import last_periods
from amdash.metrics.score import weighted_score

ALL = tuple(KPIS.values())
# Moving ranges of 0.02 each: two months of this person differ by at most sqrt(2) x 2.66 x 0.02 = 0.0752.
CALM = [0.50, 0.52, 0.50, 0.52, 0.50, 0.52]
SWING = sqrt(2) * 2.66 * 0.02


def scores(values: Sequence[float], *, end: str = "2026-07", manager: Any = "李明", measured: Sequence[int] | None = None) -> pd.DataFrame:
    """Scores of consecutive periods up to ``end``, as a weighted score's frame."""
    counts = [0 if isnan(value) else 8 for value in values] if measured is None else list(measured)
    size = len(values)
    frame = {"manager": pd.Series([manager] * size, dtype="object"), "team": pd.Series([None] * size, dtype="object")}
    return pd.DataFrame(frame | {"period": last_periods(end, size), "score": list(values), "measured": counts, "of": [8] * size})


def card(months: Mapping[str, Mapping[str, float]], *, manager: str | None = "李明", n: int = 30) -> pd.DataFrame:
    """Period -> KPI id -> value, as the columns of a scorecard that a score needs."""
    rows = [(kpi, period, value) for period, values in months.items() for kpi, value in values.items()]
    frame = pd.DataFrame(rows, columns=["kpi", "period", "value"])
    owner = pd.Series([manager] * len(rows), dtype="object")
    return frame.assign(manager=owner, team=pd.Series([None] * len(rows), dtype="object"), n=n)


def last(frame: pd.DataFrame) -> dict[str, Any]:
    found: dict[str, Any] = frame.to_dict("records")[-1]
    return found


def said(frame: pd.DataFrame) -> tuple[Any, ...]:
    row = last(frame)
    return row["verdict"], row["reason"], row["target_met"], row["target_reason"]


@pytest.mark.parametrize(
    ("period", "before", "year_before"),
    [
        ("2026-07", "2026-06", "2025-07"),
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-Q3", "2026-Q2", "2025-Q3"),
        ("2026", "2025", "2025"),
    ],
)
def test_what_a_period_is_held_against(period: str, before: str, year_before: str) -> None:
    assert previous_period(period) == before
    assert previous_period(period, "previous") == before
    assert previous_period(period, "year_before") == year_before


@pytest.mark.parametrize("period", ["total", "2026-13", "July", "2026-Q5"])
def test_what_is_no_period_has_none_before(period: str) -> None:
    with pytest.raises(ValueError, match=period):
        previous_period(period)


def test_the_swing_of_a_difference_by_hand() -> None:
    assert ordinary_swing(CALM) == pytest.approx(SWING)
    # Ranges 1, 3, 2: mean 2.
    assert ordinary_swing([1, 2, 5, 3]) == pytest.approx(sqrt(2) * 2.66 * 2)
    # One range of 5 among eleven of 0.1: above 3.267 x their mean (0.508), so the eleven alone count.
    jumped = [0.1 * (place % 2) for place in range(12)] + [5.1]
    assert ordinary_swing(jumped) == pytest.approx(sqrt(2) * 2.66 * 0.1)
    # Eleven of 1 and one of 5 are 16 / 12 in the mean, times 3.267 is 4.356: set aside. One of 4: 15 / 12, 4.08: kept.
    zigzag = [0.0, 1.0] * 6
    assert ordinary_swing([*zigzag, 6.0]) == pytest.approx(sqrt(2) * 2.66)
    assert ordinary_swing([*zigzag, 5.0]) == pytest.approx(sqrt(2) * 2.66 * 15 / 12)


def test_the_swing_of_little_and_of_what_stands_still() -> None:
    assert isnan(ordinary_swing([]))
    assert isnan(ordinary_swing([1.0]))
    assert ordinary_swing([1.0, 1.0]) == 0
    assert ordinary_swing([0.0, 0.0, 0.0]) == 0
    # 0.1 + 0.2 stands still beside 0.3.
    assert ordinary_swing([0.3, 0.1 + 0.2, 0.3]) == 0
    # Still but for a jump: the jump is all that is known. One range of 1 among ten: mean 0.1.
    assert ordinary_swing([0.0] * 10 + [1.0]) == pytest.approx(sqrt(2) * 2.66 * 0.1)


def test_it_promises_what_three_standard_deviations_promise() -> None:
    # Of differences of independent normal values 0.27 % lie beyond three standard deviations; screening sets large ones aside, which makes
    # the swing a little narrower than that.
    draws = np.random.default_rng(7).normal(size=200_001)
    beyond = np.abs(np.diff(draws)) > ordinary_swing(draws.tolist())
    assert 0.0027 < beyond.mean() < 0.0037


@pytest.mark.parametrize(
    ("now", "verdict", "met"),
    [
        # change 0.08 beyond 0.0752; 0.08 / 0.52 = 15.4 %
        (0.60, "improved", True),
        # change 0.07, 13.5 %: the target is reached, and it may be chance.
        (0.59, "ordinary", True),
        (0.52 + SWING, "ordinary", True),
        (0.52 + SWING + 1e-6, "improved", True),
        (0.572, "ordinary", True),
        (0.571, "ordinary", False),
        (0.52, "ordinary", False),
        (0.45, "ordinary", False),
        (0.44, "worsened", False),
        (0.52 - SWING, "ordinary", False),
    ],
)
def test_a_change_beside_the_ordinary_swing(now: float, verdict: str, met: bool) -> None:
    found = improvement(scores([*CALM, now]))
    row = last(found)
    assert list(found) == COLUMNS
    assert said(found) == (verdict, None, met, None)
    assert (row["manager"], row["team"], row["period"], row["previous_period"]) == ("李明", None, "2026-07", "2026-06")
    assert (row["score"], row["previous_score"], row["change"]) == pytest.approx((now, 0.52, now - 0.52))
    assert row["change_ratio"] == pytest.approx((now - 0.52) / 0.52)
    assert row["swing"] == pytest.approx(SWING)
    assert (row["before"], row["provisional"], row["compared"]) == (6, True, 8)


def test_the_period_judged_and_later_ones_do_not_count_to_the_swing() -> None:
    found = improvement(scores([*CALM, 0.60, 1.20, 0.10], end="2026-09"))
    assert found["swing"].iloc[6] == pytest.approx(SWING)


@pytest.mark.parametrize(("count", "reason", "provisional"), [(4, "few_before", True), (5, None, True), (11, None, True), (12, None, False)])
def test_how_many_scores_a_swing_needs(count: int, reason: str | None, provisional: bool) -> None:
    found = improvement(scores([*(CALM * 2)[-count:], 0.53]))
    row = last(found)
    assert (row["before"], row["reason"], row["provisional"]) == (count, reason, provisional)
    assert row["verdict"] == ("unknown" if reason else "ordinary")
    assert isnan(row["swing"]) == (reason is not None)
    assert row["change"] == pytest.approx(0.01)
    assert row["target_met"] is False


def test_the_target_can_be_another() -> None:
    assert said(improvement(scores([*CALM, 0.53]), target=0.01))[2] is True
    assert said(improvement(scores([*CALM, 0.53]), target=0.02))[2] is False


def test_against_the_same_period_a_year_before() -> None:
    values = [0.40, *(CALM * 2)[:11], 0.50]
    row = last(improvement(scores(values), against="year_before"))
    assert (row["previous_period"], row["previous_score"], row["change"]) == ("2025-07", 0.40, pytest.approx(0.10))
    quarters = last(improvement(scores([0.40, 0.50, 0.52, 0.50, 0.44], end="2026-Q3"), against="year_before"))
    assert (quarters["previous_period"], quarters["change_ratio"]) == ("2025-Q3", pytest.approx(0.10))
    assert quarters["target_met"] is True
    assert last(improvement(scores([0.40, 0.50], end="2026"), against="year_before"))["previous_period"] == "2025"


def test_without_an_earlier_score_or_one_now() -> None:
    assert said(improvement(scores([0.5]))) == ("unknown", "no_previous", None, None)
    assert said(improvement(scores([*CALM, nan, 0.9]))) == ("unknown", "no_previous", None, None)
    gap = scores([*CALM, 0.9]).drop(index=5)
    assert said(improvement(gap)) == ("unknown", "no_previous", None, None)
    assert isnan(last(improvement(gap))["change"])
    assert said(improvement(scores([*CALM, nan]))) == ("unknown", "not_measured", None, None)
    assert said(improvement(scores([nan, nan]))) == ("unknown", "not_measured", None, None)


def test_gaps_are_passed_over() -> None:
    row = last(improvement(scores([0.50, nan, 0.52, 0.50, nan, 0.52, 0.50, 0.52])))
    assert (row["before"], row["swing"], row["verdict"]) == (5, pytest.approx(SWING), "ordinary")


def test_a_score_that_never_moved_tells_no_swing() -> None:
    assert said(improvement(scores([1.2] * 7))) == ("ordinary", None, None, "near_ceiling")
    assert said(improvement(scores([*[1.2] * 6, 1.1]))) == ("unknown", "flat_before", None, "near_ceiling")


@pytest.mark.parametrize(
    ("before", "now", "met", "reason"),
    [
        # 1.2 / 1.1 = 1.0909: from there on ten percent more is above the cap.
        (1.0909, 1.0909, False, None),
        (1.0910, 1.1500, None, "near_ceiling"),
        (1.2, 1.2, None, "near_ceiling"),
        (1.2, 0.9, None, "near_ceiling"),
        (1.2 / 1.1, 1.2, True, None),
        (1.0, 1.05, False, None),
        (0.0, 0.3, None, "from_zero"),
        (0.0, 0.0, None, "from_zero"),
    ],
)
def test_the_target_near_the_ceiling_and_from_nothing(before: float, now: float, met: bool | None, reason: str | None) -> None:
    row = last(improvement(scores([before, now])))
    assert (row["target_met"], row["target_reason"]) == (met, reason)
    assert row["change"] == pytest.approx(now - before)
    assert isnan(row["change_ratio"]) == (before == 0)


def test_a_score_over_another_number_of_kpis_is_another_measure() -> None:
    row = last(improvement(scores([*CALM, 0.9], measured=[8] * 6 + [7])))
    assert (row["verdict"], row["reason"], row["target_met"]) == ("unknown", "measured_differs", None)
    assert row["change"] == pytest.approx(0.38)
    assert (row["compared"], row["before"], row["provisional"]) == (0, 0, True)
    assert isnan(row["swing"])
    settled = last(improvement(scores([*CALM, *CALM, 0.5, 0.9], measured=[7] * 12 + [8, 7])))
    assert (settled["reason"], settled["before"], settled["provisional"]) == ("measured_differs", 0, True)
    assert isnan(settled["swing"])
    # A month over seven KPIs in between is left out, with the ranges to it.
    between = last(improvement(scores([0.50, 0.52, 1.1, 0.50, 0.52, 0.50, 0.53], measured=[8, 8, 7, 8, 8, 8, 8])))
    assert (between["before"], between["swing"], between["verdict"]) == (5, pytest.approx(SWING), "ordinary")


def test_everyone_is_held_against_themselves_alone() -> None:
    both = pd.concat([scores([*CALM, 0.60]), scores([0.9] * 6 + [0.95], manager="王芳"), scores([0.4, 0.5], manager=None)], ignore_index=True)
    found = improvement(both)
    assert found["manager"].tolist() == both["manager"].tolist()
    for name in ("李明", "王芳"):
        alone = improvement(both[both["manager"] == name])
        pd.testing.assert_frame_equal(found[found["manager"] == name].reset_index(drop=True), alone)
    assert last(found)["change"] == pytest.approx(0.1)
    teams = scores([0.4, 0.5], manager=None).assign(team=["华东", "华北"])
    assert improvement(teams)["reason"].tolist() == ["no_previous", "no_previous"]


def test_the_order_of_rows_is_irrelevant() -> None:
    frame = scores([*CALM, 0.60])
    turned = improvement(frame[::-1])
    assert turned["period"].tolist() == frame["period"].tolist()[::-1]
    pd.testing.assert_frame_equal(turned[::-1].reset_index(drop=True), improvement(frame))


def test_periods_of_several_kinds_are_refused() -> None:
    mixed = pd.concat([scores([0.5]), scores([0.5], end="2026-Q2")])
    with pytest.raises(ValueError, match="several kinds: month, quarter"):
        improvement(mixed)
    with pytest.raises(ValueError, match="several kinds: month, quarter"):
        improvement_of_scorecard(card({"2026-07": {"csat": 0.9}, "2026-Q2": {"csat": 0.9}}), ALL)
    with pytest.raises(ValueError, match="total"):
        improvement(scores([0.5]).assign(period="total"))


def test_nothing_gives_no_row_and_every_column() -> None:
    for found in (improvement(scores([])), improvement_of_scorecard(card({}), ALL)):
        assert found.empty
        assert list(found) == COLUMNS
        kinds = found.dtypes.astype(str)
        assert {name for name in COLUMNS if kinds[name] == "float64"} == {"score", "previous_score", "change", "change_ratio", "swing"}
        assert {name for name in COLUMNS if kinds[name] == "int64"} == {"compared", "before"}
        assert {name for name in COLUMNS if kinds[name] == "str"} == {"period", "previous_period", "verdict"}
        assert kinds["provisional"] == "bool"


def months(values: Sequence[Mapping[str, float]], end: str = "2026-07") -> dict[str, Mapping[str, float]]:
    return dict(zip(last_periods(end, len(values)), values, strict=True))


def test_with_the_same_kpis_the_scorecard_says_what_its_scores_say() -> None:
    frame = card(months([{"csat": 0.9 * value, "response_time": 24 / value} for value in [*CALM, 0.60]]))
    found = improvement_of_scorecard(frame, ALL)
    assert found["compared"].tolist() == [0, 2, 2, 2, 2, 2, 2]
    pd.testing.assert_frame_equal(found[1:].drop(columns="compared"), improvement(weighted_score(frame, ALL))[1:].drop(columns="compared"))
    assert said(found) == ("improved", None, True, None)


def test_only_what_both_periods_have_is_compared() -> None:
    # Satisfaction reached by 0.50 or 0.52 throughout; a complaint month of nothing would make the latest score (50 x 0.60 + 0) / 85.
    history = [{"csat": 0.9 * value, "complaint_resolution": 0.95} for value in CALM[:-1]]
    frame = card(months([*history, {"csat": 0.9 * 0.52}, {"csat": 0.9 * 0.60, "complaint_resolution": 0.0}]))
    row = last(improvement_of_scorecard(frame, ALL))
    assert (row["score"], row["previous_score"], row["compared"]) == (pytest.approx(0.60), pytest.approx(0.52), 1)
    assert (row["change"], row["swing"]) == (pytest.approx(0.08), pytest.approx(SWING))
    assert (row["verdict"], row["before"], row["target_met"]) == ("improved", 6, True)
    assert last(improvement(weighted_score(frame, ALL)))["reason"] == "measured_differs"


def test_the_swing_is_that_of_the_months_that_have_all_of_them() -> None:
    both = [{"csat": 0.9 * value, "response_time": 24 / value} for value in CALM]
    frame = card(months([both[0], {"csat": 0.9}, *both[1:], {"csat": 0.9 * 0.6, "response_time": 40.0}]))
    row = last(improvement_of_scorecard(frame, ALL))
    assert (row["before"], row["compared"], row["swing"]) == (6, 2, pytest.approx(SWING))


def test_nothing_in_common_is_not_comparable() -> None:
    frame = card(months([{"csat": 0.45}, {"response_time": 30.0}]))
    found = improvement_of_scorecard(frame, ALL)
    assert said(found) == ("unknown", "not_comparable", None, None)
    row = last(found)
    assert (row["score"], row["compared"]) == (pytest.approx(0.8), 0)
    assert isnan(row["previous_score"])
    assert isnan(row["change"])
    assert found["reason"].tolist() == ["no_previous", "not_comparable"]


def test_what_does_not_count_to_the_score_is_not_in_common() -> None:
    # No target, no weight, no value, too few cases: none of these is measured.
    frame = card(months([{"csat": 0.45, "sales_amount": 9.0, "response_time": nan}, {"sales_amount": 5.0, "response_time": 24.0}]))
    assert said(improvement_of_scorecard(frame, ALL)) == ("unknown", "not_comparable", None, None)
    assert said(improvement_of_scorecard(card(months([{"sales_amount": 9.0}, {"csat": 0.9}])), ALL))[1] == "no_previous"
    few = improvement_of_scorecard(card(months([{"csat": 0.45}] * 2), n=4), ALL)
    assert said(few) == ("unknown", "not_measured", None, None)
    assert last(improvement_of_scorecard(card(months([{"csat": 0.45}] * 2), n=5), ALL))["compared"] == 1
    unweighted = (replace(KPIS["csat"], weighted=False), KPIS["response_time"])
    both = card(months([{"csat": 0.45, "response_time": 48.0}, {"csat": 0.9, "response_time": 48.0}]))
    row = last(improvement_of_scorecard(both, unweighted))
    assert (row["compared"], row["change"]) == (1, 0)


@pytest.mark.parametrize(
    ("kpi", "before", "met", "reason"),
    [
        # 0.9 of satisfaction is the target: at most 1 / 0.9 = 1.111. From 0.909 on it cannot rise by ten percent, and the target is met anyway.
        ("csat", 0.89, False, None),
        ("csat", 0.90, None, "near_ceiling"),
        # At most 1 / 0.95 = 1.0526: already from 0.9091 on, short of the target.
        ("complaint_resolution", 0.90, False, None),
        ("complaint_resolution", 0.92, None, "near_ceiling"),
        # Lower is better: no complaint at all is 1.2.
        ("complaint_rate", 0.051, False, None),
        ("complaint_rate", 0.050, None, "near_ceiling"),
        ("response_time", 24.5, False, None),
        ("new_customers", 9.9, False, None),
        ("new_customers", 10.0, None, "near_ceiling"),
    ],
)
def test_the_ceiling_is_what_the_kpis_can_reach(kpi: str, before: float, met: bool | None, reason: str | None) -> None:
    row = last(improvement_of_scorecard(card(months([{kpi: before}] * 2)), ALL))
    assert (row["target_met"], row["target_reason"], row["change"]) == (met, reason, 0)


def test_everything_met_before_is_near_the_ceiling_and_one_missed_is_not() -> None:
    met = {"csat": 0.9, "response_time": 24.0}
    assert said(improvement_of_scorecard(card(months([met, met])), ALL))[2:] == (None, "near_ceiling")
    # Above 1 on the whole, with one target missed: (50 x 1.2 + 35 x 0.8) / 85 = 1.035; ten percent more would be 1.139 of 1.2.
    missed = {"sales_attainment": 1.2 * 0.95, "response_time": 30.0}
    row = last(improvement_of_scorecard(card(months([missed, missed])), ALL))
    assert row["previous_score"] == pytest.approx(88 / 85)
    assert (row["target_met"], row["target_reason"]) == (False, None)
    # Reached all the same.
    better = {"csat": 1.0, "response_time": 20.0}
    assert said(improvement_of_scorecard(card(months([met, better])), ALL))[2:] == (True, None)


def test_the_scorecard_of_several_people_and_another_target() -> None:
    one, other = [{"csat": 0.9 * value} for value in (0.5, 0.54)], [{"response_time": 24 / value} for value in (0.5, 0.7)]
    frame = pd.concat([card(months(one)), card(months(other), manager="王芳"), card(months(other), manager=None)], ignore_index=True)
    found = improvement_of_scorecard(frame, ALL, target=0.08)
    assert found["change"].dropna().tolist() == pytest.approx([0.04, 0.2, 0.2])
    assert found["target_met"].tolist() == [None, True, None, True, None, True]
    yearly = improvement_of_scorecard(card({"2025-07": {"csat": 0.45}, "2026-07": {"csat": 0.54}}), ALL, against="year_before")
    assert last(yearly)["change"] == pytest.approx(0.1)


def test_only_some_periods_are_reported_and_all_are_compared_with() -> None:
    frame = card(months([{"csat": 0.9 * value} for value in [*CALM, 0.60]]))
    own = weighted_score(frame, ALL)
    asked = ["2026-05", "2026-07"]
    for whole, some in (
        (improvement(own), improvement(own, periods=asked)),
        (improvement_of_scorecard(frame, ALL), improvement_of_scorecard(frame, ALL, periods=asked)),
    ):
        assert some["period"].tolist() == asked
        pd.testing.assert_frame_equal(some, whole[whole["period"].isin(asked)].reset_index(drop=True))
    assert improvement(own, periods=[]).empty
    assert improvement_of_scorecard(frame, ALL, periods=["2026-08"]).empty


names = st.sampled_from(["csat", "response_time", "staff_satisfaction", "sales_amount"])
values = st.one_of(st.just(nan), st.floats(0.01, 2.0))


@given(st.lists(st.dictionaries(names, values, max_size=4), min_size=1, max_size=9))
def test_whatever_is_measured_the_figures_hold_together(history: list[dict[str, float]]) -> None:
    frame = card(months(history))
    before = frame.copy(deep=True)
    for row in improvement_of_scorecard(frame, ALL).to_dict("records"):
        assert (row["verdict"] == "unknown") == (row["reason"] is not None)
        assert (row["compared"] > 0) == (not isnan(row["change"]))
        assert isnan(row["change"]) or row["change"] == pytest.approx(row["score"] - row["previous_score"])
        assert row["verdict"] != "improved" or row["change"] > row["swing"]
        assert row["verdict"] != "worsened" or -row["change"] > row["swing"]
        assert row["target_met"] is not True or row["change_ratio"] >= 0.1 - 1e-9
    pd.testing.assert_frame_equal(frame, before)
    own = weighted_score(frame, ALL)
    kept = own.copy(deep=True)
    improvement(own)
    pd.testing.assert_frame_equal(own, kept)
