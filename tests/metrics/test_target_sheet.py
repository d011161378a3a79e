"""Targets that a sheet states: for their own months, and then what held before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from amdash.metrics.catalogue import KPIS
from amdash.metrics.target_sheet import Stated, with_stated
from amdash.metrics.targets import monthly

ALL = tuple(KPIS.values())
MONTHS = [f"2026-{number:02d}" for number in range(1, 9)]


def sheet(*rows: dict[str, Any]) -> pd.DataFrame:
    whole = [{"manager": None, "team": None, "region": None, "kpi": "csat"} | row for row in rows]
    return pd.DataFrame(whole, columns=["manager", "team", "region", "period", "kpi", "value"])


def held(rows: pd.DataFrame, entries: Sequence[Stated] = (), manager: str = "李明", kpi: str = "csat") -> list[float]:
    grid = pd.DataFrame({"kpi": kpi, "manager": manager, "team": "华东组", "month": MONTHS})
    return [float(one) for one in monthly(grid, with_stated(entries, rows, KPIS), ALL)]


def test_a_sheets_target_holds_for_its_month_alone() -> None:
    assert held(sheet({"manager": "李明", "period": "2026-03", "value": 0.5})) == [0.9, 0.9, 0.5, 0.9, 0.9, 0.9, 0.9, 0.9]
    assert held(sheet({"manager": "王芳", "period": "2026-03", "value": 0.5})) == [0.9] * 8


def test_then_holds_again_what_the_ledger_says() -> None:
    ledger = [
        Stated("csat", "manager", "李明", "2026-02", 0.8),
        Stated("csat", "manager", "李明", "2026-05", 0.7),
        Stated("csat", "team", "华东组", "2026-01", 0.6),
    ]
    rows = sheet({"manager": "李明", "period": "2026-01", "value": 0.1}, {"manager": "李明", "period": "2026-03", "value": 0.3})
    assert held(rows, ledger) == [0.1, 0.8, 0.3, 0.8, 0.7, 0.7, 0.7, 0.7]
    # Before the first of his own, the team's.
    assert held(sheet({"manager": "李明", "period": "2025-12", "value": 0.1}), ledger[:1] + ledger[2:])[0] == 0.6


def test_a_target_that_ended_stays_ended() -> None:
    ledger = [Stated("csat", "everybody", "", "2026-01", None)]
    assert str(held(sheet({"period": "2026-02", "value": 0.5}), ledger)[:3]) == "[nan, 0.5, nan]"


def test_a_month_of_its_own_goes_before_its_quarter_and_the_last_row_before_others() -> None:
    rows = sheet({"period": "2026-02", "value": 0.2}, {"period": "2026-Q1", "value": 0.5}, {"period": "2026-02", "value": 0.3})
    assert held(rows) == [0.5, 0.3, 0.5, 0.9, 0.9, 0.9, 0.9, 0.9]


def test_a_sum_is_spread_over_its_months() -> None:
    rows = sheet({"manager": "李明", "period": "2026-Q1", "value": 300.0, "kpi": "net_sales"})
    assert held(rows, kpi="net_sales")[:3] == [100, 100, 100]


def test_a_regions_target_and_what_is_no_period_are_nobodys() -> None:
    rows = sheet({"region": "华东", "period": "2026-02", "value": 0.2}, {"period": "next year", "value": 0.3}, {"period": "2026-02", "value": None})
    assert with_stated((), rows, KPIS) == []


@pytest.mark.parametrize("named", [{"manager": "李明", "team": "华东组", "region": "华东"}, {"team": "华东组", "region": "华东"}, {}])
def test_who_is_named_most_narrowly(named: dict[str, str]) -> None:
    first, *_ = with_stated((), sheet({"period": "2026-02", "value": 0.2} | named), KPIS)
    assert (first.scope, first.subject) == (("manager", "李明") if "manager" in named else ("team", "华东组") if named else ("everybody", ""))


def test_an_empty_sheet_changes_nothing() -> None:
    ledger = [Stated("csat", "everybody", "", "2026-01", 0.5)]
    assert with_stated(ledger, sheet(), KPIS) == ledger


@pytest.mark.parametrize(
    ("kpi", "written", "target"),
    [
        ("csat", 95.0, 0.95),
        ("csat", 0.95, 0.95),
        ("nps", 50.0, 0.5),
        ("sales_attainment", 1.1, 1.1),
        ("sales_attainment", 110.0, 1.1),
        ("response_time", 24.0, 24.0),
    ],
)
def test_a_ratio_above_tenfold_is_in_percent(kpi: str, written: float, target: float) -> None:
    (first, *_) = with_stated((), sheet({"period": "2026-02", "value": written, "kpi": kpi}), KPIS)
    assert first.value == pytest.approx(target)


@pytest.mark.parametrize(("kpi", "value"), [("csat", 0.0), ("csat", 1.5), ("csat", -1.0), ("csat", float("nan")), ("colour", 0.5), ("nps", -1.2)])
def test_what_can_be_no_target_is_none(kpi: str, value: float) -> None:
    assert with_stated((), sheet({"period": "2026-02", "value": value, "kpi": kpi}), KPIS) == []


def test_the_ledgers_own_entry_goes_on_behind_a_sheets() -> None:
    ledger = [Stated("csat", "manager", "李明", "2026-01", 0.8)]
    *_, stated, restored = with_stated(ledger, sheet({"manager": "李明", "period": "2026-03", "value": 0.3}), KPIS)
    assert (stated.value, restored) == (0.3, Stated("csat", "manager", "李明", "2026-04", 0.8))
