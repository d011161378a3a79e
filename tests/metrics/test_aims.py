"""Which target a figure is judged by: of its subject, of its months, of those who were there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.aims import aims, members
from amdash.metrics.catalogue import KPIS
from amdash.metrics.spec import By, Kpi
from amdash.metrics.target_sheet import Stated

ALL = tuple(KPIS.values())
ROSTER = pd.DataFrame({"manager": ["李明", "王芳", "赵强", "周雅"], "team": ["华东组", "华东组", "华南组", ""]}, dtype="str")


SALES = (Stated("sales_amount", "everybody", "", "2026-01", 100.0), Stated("sales_amount", "manager", "李明", "2026-02", 150.0))
CSAT = (Stated("csat", "everybody", "", "2026-02", 0.8), Stated("csat", "team", "华东组", "2026-03", 0.7))


def of(
    *figures: tuple[str, str, str],
    entries: Sequence[Stated],
    by: By = "manager",
    roster: pd.DataFrame = ROSTER,
    covered: dict[str, tuple[str, str]] | None = None,
    weights: Sequence[tuple[str, str, str, float]] = (),
    kpis: Sequence[Kpi] = ALL,
) -> list[float | None]:
    frame = pd.DataFrame(figures, columns=["kpi", "subject", "period"], index=range(7, 7 + len(figures)))
    given = pd.DataFrame(weights, columns=["kpi", "subject", "month", "denominator"]) if weights else None
    found = aims(frame, entries, kpis, roster, by=by, covered=covered or {}, denominators=given)
    assert (list(found.index), found.name) == (list(frame.index), "target")
    return [None if isnan(value) else round(value, 9) for value in found]


def test_without_a_ledger_every_kpi_has_its_own() -> None:
    assert of(("csat", "李明", "2026-10"), ("sales_amount", "", "2026"), entries=()) == [0.9, None]


def test_figures_in_any_order_and_twice() -> None:
    wanted = [("csat", "赵强", "2026-03"), ("csat", "李明", "2026-03"), ("csat", "赵强", "2026-01"), ("csat", "赵强", "2026-03")]
    assert of(*wanted, entries=CSAT) == [0.8, 0.7, 0.9, 0.8]


@pytest.mark.parametrize(("by", "subject", "target"), [("manager", "王芳", 0.7), ("team", "华东组", 0.7), ("team", "华南组", 0.8), ("all", "", 0.8)])
def test_whose_target_it_is(by: By, subject: str, target: float) -> None:
    assert of(("csat", subject, "2026-04"), entries=CSAT, by=by) == [target]


def test_a_ratio_whose_target_changed_is_weighed_by_its_cases() -> None:
    # 王芳 in 2026-Q1: 10 cases at 0.9, 20 at 0.8, 70 at 0.7: (9 + 16 + 49) / 100.
    weights = [("csat", "王芳", "2026-01", 10.0), ("csat", "王芳", "2026-02", 20.0), ("csat", "王芳", "2026-03", 70.0)]
    assert of(("csat", "王芳", "2026-Q1"), entries=CSAT, weights=weights) == [0.74]
    # Nobody knows how many: every month the same.
    assert of(("csat", "王芳", "2026-Q1"), entries=CSAT) == [0.8]


def test_a_sum_is_held_against_the_months_that_are_there() -> None:
    whole, half = ("2025-10", "2026-03"), ("2025-10", "2026-02")
    # 100 in January, 150 in February and in March.
    assert of(("sales_amount", "李明", "2026-Q1"), entries=SALES, covered={"sales_amount": whole}) == [400]
    assert of(("sales_amount", "李明", "2026-Q1"), entries=SALES, covered={"sales_amount": half}) == [250]
    assert of(("sales_amount", "李明", "2026-Q1"), entries=SALES) == [400]
    assert of(("sales_amount", "李明", "2026-Q2"), entries=SALES, covered={"sales_amount": half}) == [450]


def test_a_sum_of_months_before_any_target_has_none() -> None:
    assert of(("sales_amount", "李明", "2025-Q4"), ("sales_amount", "李明", "2025"), entries=SALES) == [None, None]


def test_everything_together_is_held_against_the_months_that_are_there() -> None:
    assert of(("sales_amount", "李明", "total"), entries=SALES, covered={"sales_amount": ("2026-01", "2026-03")}) == [400]
    assert of(("sales_amount", "李明", "total"), entries=SALES) == [None]


def test_a_teams_sum_is_that_of_who_was_there() -> None:
    roster = ROSTER.assign(
        hired_on=pd.to_datetime(["2020-01-01", "2026-02-15", None, None]), left_on=pd.to_datetime([None, None, "2026-01-31", None])
    )
    figures = [("sales_amount", "华东组", f"2026-0{month}") for month in (1, 2, 3)]
    # 李明 alone, then with 王芳, who came in the middle of February.
    assert of(*figures, entries=SALES, by="team", roster=roster) == [100, 250, 250]
    assert of(("sales_amount", "", "2026-01"), ("sales_amount", "", "2026-02"), entries=SALES, by="all", roster=roster) == [300, 350]


def test_who_was_there_in_which_month() -> None:
    roster = pd.DataFrame(
        {
            "manager": ["李明", "王芳"],
            "team": ["华东组", ""],
            "hired_on": [dt.datetime(2026, 2, 28), pd.NaT],
            "left_on": [pd.NaT, dt.datetime(2026, 2, 1)],
        }
    )
    found = members(roster, ["2026-01", "2026-02", "2026-03"])
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("李明", "华东组", "2026-02"),
        ("李明", "华东组", "2026-03"),
        ("王芳", "", "2026-01"),
        ("王芳", "", "2026-02"),
    ]
    assert len(members(roster[["manager", "team"]], ["2026-01", "2026-02", "2026-03"])) == 6


@pytest.mark.parametrize("window", [2, 12])
def test_a_figure_that_looks_back_is_judged_by_the_target_of_its_last_month(window: int) -> None:
    back = [*(kpi for kpi in ALL if kpi.id != "csat"), replace(KPIS["csat"], window_months=window)]
    weights = [("csat", "王芳", "2026-01", 1000.0), ("csat", "王芳", "2026-02", 500.0), ("csat", "王芳", "2026-03", 1.0)]
    assert of(("csat", "王芳", "2026-Q1"), entries=CSAT, weights=weights, kpis=back) == [0.7]


def test_rolling_periods_are_their_months() -> None:
    assert of(("sales_amount", "李明", "2026-01..2026-03"), ("csat", "赵强", "2026-01..2026-03"), entries=[*SALES, *CSAT]) == [
        400,
        pytest.approx((0.9 + 0.8 + 0.8) / 3),
    ]


def test_a_week_has_the_target_of_its_month_and_no_sum() -> None:
    # The first of February 2026 is a Sunday: its week counts to January, the next to February.
    figures: list[tuple[str, str, str]] = [("csat", "赵强", "2026-W05"), ("csat", "赵强", "2026-W06"), ("sales_amount", "李明", "2026-W06")]
    assert of(*figures, entries=[*SALES, *CSAT]) == [0.9, 0.8, None]


def test_no_figures() -> None:
    assert of(entries=CSAT) == []


def test_what_is_given_stays_as_it_is() -> None:
    frame = pd.DataFrame({"kpi": ["csat"], "subject": ["王芳"], "period": ["2026-Q1"]})
    weights: Any = pd.DataFrame({"kpi": ["csat"], "subject": ["王芳"], "month": ["2026-01"], "denominator": [3.0]})
    before = frame.copy(), weights.copy(), ROSTER.copy()
    aims(frame, CSAT, ALL, ROSTER, by="manager", covered={}, denominators=weights)
    for given, kept in zip((frame, weights, ROSTER), before, strict=True):
        pd.testing.assert_frame_equal(given, kept)


def test_a_sum_is_asked_of_nobody_before_coming_or_after_going() -> None:
    roster = ROSTER.assign(hired_on=pd.to_datetime(["2026-02-10", None, None, None]), left_on=pd.to_datetime([None, "2026-01-31", None, None]))
    figures = [("sales_amount", name, "2026-Q1") for name in ("李明", "王芳", "赵强")]
    assert of(*figures, entries=SALES[:1], roster=roster) == [200, 100, 300]
    # Whom no list names is asked as ever.
    assert of(("sales_amount", "钱七", "2026-Q1"), entries=SALES[:1], roster=roster) == [300]


def test_a_figure_that_looks_back_in_a_running_period_is_judged_by_the_newest_month() -> None:
    back = [*(kpi for kpi in ALL if kpi.id != "csat"), replace(KPIS["csat"], window_months=12)]
    assert of(("csat", "王芳", "2026-Q1"), entries=CSAT, kpis=back, covered={"csat": ("2025-01", "2026-02")}) == [0.8]
