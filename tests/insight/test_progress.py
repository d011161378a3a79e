"""Improvement as a figure like any other: its rows, its verdict beside the ordinary swing, its series."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import pytest

from amdash.insight import progress
from amdash.insight.reading import Interval
from amdash.insight.readings import Held
from amdash.metrics.catalogue import KPIS
from amdash.metrics.evaluate import COLUMNS
from amdash.metrics.period import last_periods
from amdash.metrics.spec import CELL_COLUMNS
from amdash.metrics.target_sheet import Stated

ALL = tuple(KPIS.values())
ROSTER = pd.DataFrame({"manager": ["李明", "王芳", "赵强"], "team": ["华东组", "华东组", ""]}, dtype="str")


def cells(**shares: list[float]) -> pd.DataFrame:
    """Cells of satisfaction, 100 answers a month up to 2026-10: a target of 90 % makes a score of share / 0.9."""
    rows = [
        ("csat", manager, None, month, 100 * share, 100.0, 100, 0.0)
        for manager, values in shares.items()
        for month, share in zip(last_periods("2026-10", len(values)), values, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS)).astype(CELL_COLUMNS)


def of(measured: pd.DataFrame, **more: Any) -> pd.DataFrame:
    wanted: dict[str, Any] = {"by": "manager", "every": "month", "end": "2026-10", **more}
    return progress.progress(measured, ROSTER, ALL, **wanted)


# Swings by 0.045 (0.05 in the score) and then rises by 0.18 (0.2): more than sqrt(2) x 2.66 x 0.05 = 0.188.
RISES = [0.45, 0.495] * 4 + [0.45, 0.63]


def test_a_change_beside_the_swing_before_it() -> None:
    last = of(cells(李明=RISES)).iloc[-1]
    assert (last["period"], last["score"], last["previous_score"], last["compared"]) == ("2026-10", pytest.approx(0.7), pytest.approx(0.5), 1)
    assert (last["change"], last["change_ratio"]) == (pytest.approx(0.2), pytest.approx(0.4))
    assert (last["swing"], last["verdict"], last["target"], last["target_met"]) == (pytest.approx(2**0.5 * 2.66 * 0.05), "improved", 0.1, True)


def test_only_the_periods_asked_for_and_up_to_the_end() -> None:
    assert list(of(cells(李明=RISES), periods=["2026-09"])["period"]) == ["2026-09"]
    assert of(cells(李明=RISES), end="2026-08")["period"].max() == "2026-08"


@pytest.mark.parametrize(("every", "end"), [("total", "2026-10"), ("rolling3", "2026-10"), ("week", "2026-W10")])
def test_what_has_no_period_before_it_has_no_rows(every: Any, end: str) -> None:
    assert of(cells(李明=RISES), every=every, end=end).empty
    assert of(cells()).empty


def test_a_quarter_that_is_not_over_is_no_worse_than_whole_ones() -> None:
    # Quarters of 0.45 and 0.495 in turn, whole from 2024-Q2 to 2026-Q3; of the next one October alone is there, and it is bad.
    months = [share for quarter in range(10) for share in [(0.45, 0.495)[quarter % 2]] * 3]
    found = of(cells(李明=[*months, 0.2]), every="quarter").set_index("period")
    assert (found.loc["2026-Q4", "verdict"], found.loc["2026-Q4", "reason"]) == ("unknown", "not_whole")
    assert (found["target_met"]["2026-Q4"], found["target_reason"]["2026-Q4"]) == (None, None)
    assert found.loc["2026-Q4", "change"] == pytest.approx((0.2 - 0.495) / 0.9)
    assert (found.loc["2026-Q3", "verdict"], found.loc["2026-Q3", "reason"]) == ("ordinary", None)
    # The same cells, asked for while the third quarter was not over; and a fall in a whole quarter is one.
    assert of(cells(李明=[*months, 0.2]), every="quarter", end="2026-08").set_index("period").loc["2026-Q3", "reason"] == "not_whole"
    whole = of(cells(李明=[*months[:-3], 0.2, 0.2, 0.2, 0.2]), every="quarter").set_index("period")
    assert whole.loc["2026-Q3", "verdict"] == "worsened"


def test_by_team_and_of_everybody() -> None:
    measured = cells(李明=RISES, 王芳=RISES, 赵强=[0.45] * 10)
    (team,) = of(measured, by="team", periods=["2026-10"]).to_dict("records")
    assert (team["team"], team["change"]) == ("华东组", pytest.approx(0.2))
    (everybody,) = of(measured, by="all", periods=["2026-10"]).to_dict("records")
    # 45 + 45 + 45 of 300, then 63 + 63 + 45.
    assert everybody["change"] == pytest.approx((171 - 135) / 300 / 0.9)
    assert pd.isna(everybody["manager"])


def test_the_targets_in_force_decide_the_score_and_the_aim() -> None:
    entries = [
        Stated("csat", "everybody", "", "2026-10", 0.63),
        Stated("improvement", "manager", "李明", "2026-10", 0.5),
        Stated("improvement", "manager", "王芳", "2026-10", None),
    ]
    found = of(cells(李明=RISES, 王芳=RISES), periods=["2026-09", "2026-10"], held=Held(entries=entries))
    rows = {(row["manager"], row["period"]): row for row in found.to_dict("records")}
    assert rows["李明", "2026-10"]["score"] == pytest.approx(1.0)
    # 1.0 after 0.5 is twice as much: the target of half is met, and nobody asks 王芳 for any.
    assert (rows["李明", "2026-10"]["target"], rows["李明", "2026-10"]["target_met"]) == (0.5, True)
    assert isnan(rows["王芳", "2026-10"]["target"])
    assert (rows["王芳", "2026-10"]["target_met"], rows["王芳", "2026-10"]["target_reason"]) == (None, None)
    assert rows["李明", "2026-09"]["target"] == 0.1


def test_the_same_period_a_year_before() -> None:
    values = [0.45, 0.495] * 6 + [0.54]
    (row,) = of(cells(李明=values), periods=["2026-10"], against="year_before").to_dict("records")
    assert (row["previous_period"], row["change"]) == ("2025-10", pytest.approx(0.1))


def test_rows_of_a_scorecard() -> None:
    found = progress.rows(of(cells(李明=RISES)), KPIS["improvement"])
    assert list(found) == COLUMNS
    last = found.iloc[-1]
    assert (last["kpi"], last["value"], last["numerator"], last["denominator"]) == ("improvement", *map(pytest.approx, (0.4, 0.2, 0.5)))
    assert (last["n"], last["target"], last["met"]) == (1, 0.1, True)
    assert list(progress.rows(of(cells()), KPIS["improvement"])) == COLUMNS


def row(**changes: Any) -> dict[str, Any]:
    given = {"change": 0.2, "change_ratio": 0.4, "previous_score": 0.5, "swing": 0.1, "verdict": "improved", "target": 0.1, "target_met": True}
    return given | {"compared": 3, "period": "2026-10"} | changes


@pytest.mark.parametrize(
    ("changes", "verdict", "leaning"),
    [
        # 0.4 +- 0.2 lies above the target of 0.1; 0.4 +- 0.6 does not.
        ({}, "met", "met"),
        ({"swing": 0.3, "verdict": "ordinary"}, "few", "met"),
        # The interval's lower end reaches the target exactly: 0.2 of 0.2.
        ({"target": 0.2}, "met", "met"),
        ({"change": -0.2, "change_ratio": -0.4, "target_met": False, "verdict": "worsened"}, "missed", "missed"),
        ({"change": 0.0, "change_ratio": 0.0, "swing": 0.05, "target_met": False, "verdict": "ordinary"}, "few", "missed"),
        ({"change": 0.0, "change_ratio": 0.0, "swing": 0.04, "target_met": False, "verdict": "ordinary"}, "missed", "missed"),
        ({"swing": float("nan"), "verdict": "unknown"}, "few", "met"),
        ({"swing": 0.0, "verdict": "unknown"}, "few", "met"),
        ({"target_met": None}, "none", None),
        ({"change_ratio": float("nan")}, "absent", None),
    ],
)
def test_three_answers_and_two_for_when_there_is_nothing_to_ask(changes: dict[str, Any], verdict: str, leaning: str | None) -> None:
    found = progress.judge(row(**changes))
    assert (found.verdict, found.leaning, found.settling) == (verdict, leaning, None)


def test_the_interval_is_the_swing_about_the_change() -> None:
    assert progress.judge(row()).interval == Interval(pytest.approx(0.2), pytest.approx(0.6))
    assert progress.judge(row(swing=float("nan"))).interval is None
    assert progress.judge(row(previous_score=0.0)).interval is None


@pytest.mark.parametrize(("verdict", "direction"), [("improved", "improvement"), ("worsened", "concern"), ("ordinary", None), ("unknown", None)])
def test_a_point_says_whether_it_is_a_real_change(verdict: str, direction: str | None) -> None:
    point = progress.point(row(verdict=verdict))
    assert (point.period, point.value, point.n, point.direction, point.target, point.flag) == ("2026-10", 0.4, 3, direction, 0.1, None)
    assert progress.point(row(change_ratio=float("nan"), target=float("nan"))).value is None


def test_a_series_of_everybody_measured_or_not() -> None:
    found = progress.readings(cells(李明=RISES), ROSTER, ALL, period="2026-10", every="month", by="manager", window=12)
    li, _, zhao = found
    assert (li.subject, li.period, li.value, li.verdict, li.variation) == ("李明", "2026-10", pytest.approx(0.4), "few", "improving")
    assert (li.numerator, li.denominator, li.n, li.limits) == (pytest.approx(0.2), pytest.approx(0.5), 1, None)
    # Ten months of scores: before them nothing, and nothing before the first to change from.
    assert [point.value is None for point in li.points] == [True] * 3 + [False] * 9
    assert li.points[3].direction is None
    assert (zhao.value, zhao.verdict, zhao.target, zhao.variation, len(zhao.points)) == (None, "absent", 0.1, "unknown", 12)


def test_what_is_given_stays_as_it_is() -> None:
    measured, roster = cells(李明=RISES), ROSTER.copy()
    before = measured.copy()
    of(measured)
    pd.testing.assert_frame_equal(measured, before)
    pd.testing.assert_frame_equal(roster, ROSTER)
