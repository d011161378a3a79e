"""Why a weighted score changed: by hand for two KPIs of two groups."""

from __future__ import annotations

import pandas as pd
import pytest

from amdash.metrics import catalogue
from amdash.metrics.contributions import COLUMNS, contributions

KPIS = [catalogue.by_id(name) for name in ("csat", "sales_attainment", "response_in_target")]


def card(*rows: tuple[str, str, str, float, int]) -> pd.DataFrame:
    """kpi, manager, period, value, n."""
    frame = pd.DataFrame(rows, columns=["kpi", "manager", "period", "value", "n"])
    return frame.assign(team=None, target=[catalogue.by_id(kpi).target for kpi in frame["kpi"]])


def test_what_each_kpi_added_adds_up_to_the_change() -> None:
    """Business 50 (two KPIs, 25 each) and service 35, over 85: csat 0.9 -> 0.81 of 0.9 is 1 -> 0.9, answered in time 0.76 -> 0.95 of 0.95."""
    scores = card(
        ("csat", "李明", "2026-09", 0.9, 30),
        ("csat", "李明", "2026-10", 0.81, 30),
        ("sales_attainment", "李明", "2026-09", 0.95, 1),
        ("sales_attainment", "李明", "2026-10", 0.95, 1),
        ("response_in_target", "李明", "2026-09", 0.76, 30),
        ("response_in_target", "李明", "2026-10", 0.95, 30),
        ("csat", "王芳", "2026-10", 0.1, 30),
    )
    found = contributions(scores, KPIS, "李明", "2026-09", "2026-10")
    assert list(found["kpi"]) == ["response_in_target", "csat", "sales_attainment"]
    assert list(found["points"]) == pytest.approx([35 / 85 * 0.2, 25 / 85 * -0.1, 0])
    assert list(found["value_before"]) == [0.76, 0.9, 0.95]
    assert list(found["reached_after"]) == pytest.approx([1, 0.9, 1])


def test_a_kpi_that_only_one_period_has_enough_cases_of_is_left_out() -> None:
    scores = card(
        ("csat", "李明", "2026-09", 0.9, 4),
        ("csat", "李明", "2026-10", 0.45, 30),
        ("response_in_target", "李明", "2026-09", 0.95, 30),
        ("response_in_target", "李明", "2026-10", 0.475, 30),
    )
    found = contributions(scores, KPIS, "李明", "2026-09", "2026-10")
    assert found[["kpi", "points"]].values.tolist() == [["response_in_target", pytest.approx(-0.5)]]


@pytest.mark.parametrize("manager", ["李明", "nobody"])
def test_nothing_in_common_is_no_row(manager: str) -> None:
    found = contributions(card(("csat", "李明", "2026-10", 0.9, 30)), KPIS, manager, "2026-09", "2026-10")
    assert (list(found.columns), len(found)) == (COLUMNS, 0)
