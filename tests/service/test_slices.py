"""Figures by tier, region, channel and product, and by the week, out of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amdash.errors import AmdashError
from amdash.service import customers, scorecards, targets
from amdash.service.slices import slices
from amdash.service.workspace import Workspace

SALES = """日期,客户经理,客户名称,产品,金额
2026-09-28,李明,甲,茶,100
2026-10-05,李明,甲,茶,10
2026-10-06,王芳,乙,咖啡,20
2026-10-31,王芳,丙,,40
2026-11-02,王芳,乙,茶,80
"""


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory, open_at, put) -> Workspace:
    ws = open_at(tmp_path_factory.mktemp("slices"))
    put(ws, ("销售.csv", SALES.encode()))
    return ws


def found(ws: Workspace, dimension: Any, **asked: Any) -> dict[tuple[Any, ...], float]:
    frame = slices(ws, dimension, kpis=["sales_amount"], **asked)
    assert "manager" not in frame
    return {(row["slice"], row["period"]): row["value"] for row in frame.to_dict("records")}


def test_by_product(sold: Workspace) -> None:
    assert found(sold, "product", start="2026-10", end="2026-10") == {("咖啡", "2026-10"): 20, ("茶", "2026-10"): 10, (None, "2026-10"): 40}
    assert found(sold, "product", every="total") == {("咖啡", "total"): 20, ("茶", "total"): 190, (None, "total"): 40}
    assert found(sold, "product", every="total", manager="李明") == {("茶", "total"): 110}
    assert found(sold, "channel") == {}


def test_tiers_are_those_at_the_end_of_the_span(sold: Workspace) -> None:
    tiers = customers.tiers(sold).set_index("customer")["tier"].to_dict()
    amounts = {"甲": 110, "乙": 100, "丙": 40}
    wanted: dict[str, float] = {}
    for name, amount in amounts.items():
        wanted[tiers[name]] = wanted.get(tiers[name], 0) + amount
    assert found(sold, "tier", every="total") == {(tier, "total"): amount for tier, amount in wanted.items()}


def test_tiers_of_the_list_go_before_ours(tmp_path: Path, open_at, put) -> None:
    ws = open_at(tmp_path)
    put(ws, ("销售.csv", SALES.encode()), ("客户.csv", "客户名称,客户等级\n甲,A\n乙,B\n".encode()))
    assert found(ws, "tier", every="total") == {("A", "total"): 110, ("B", "total"): 100, (None, "total"): 40}


def test_everybodys_target_holds_for_a_slice_and_a_managers_does_not(demo_copy: Workspace) -> None:
    targets.put(demo_copy, "csat", 0.5, "2026-10")
    targets.put(demo_copy, "csat", 0.7, "2026-10", manager="李明")
    targets.put(demo_copy, "sales_amount", 1.0, "2026-10")
    frame = slices(demo_copy, "region", start="2026-10", end="2026-10").set_index("kpi")
    assert set(frame.loc["csat", "target"]) == {0.5}
    for name in ("sales_amount", "new_customers"):
        assert frame.loc[name, "target"].isna().all()
        assert set(frame.loc[name, "met"]) == {None}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"dimension": "colour"}, "dimension_unknown"),
        ({"dimension": "tier", "kpis": ["colour"]}, "kpi_unknown"),
        ({"dimension": "tier", "manager": "赵六"}, "manager_unknown"),
        ({"dimension": "tier", "start": "2026-13"}, "month_invalid"),
    ],
)
def test_what_is_not_known_is_said(sold: Workspace, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(AmdashError, match=code):
        slices(sold, **asked)


def test_a_trend_by_the_week_ends_with_the_last_whole_one(sold: Workspace) -> None:
    reading = scorecards.trend(sold, "sales_amount", every="week", window=7)
    # The months from September to November are there: 30 November begins a week that ends in December.
    assert [(point.period, point.value) for point in reading.points if point.value is not None] == [
        *(("2026-W40", 100), ("2026-W41", 30), ("2026-W44", 40), ("2026-W45", 80)),
    ]
    assert reading.period == "2026-W45"
    assert scorecards.trend(sold, "sales_amount", "2026-W41", manager="李明").value == 10
    with pytest.raises(AmdashError, match="kpi_not_weekly"):
        scorecards.trend(sold, "new_customers", every="week")
    with pytest.raises(AmdashError, match="kpi_not_weekly"):
        scorecards.trend(sold, "new_customers", "2026-W41")
    with pytest.raises(AmdashError, match="no_figures"):
        scorecards.trend(sold, "csat", every="week")


def test_a_trend_of_rolling_months(sold: Workspace) -> None:
    reading = scorecards.trend(sold, "sales_amount", every="rolling3", window=2)
    assert [(point.period, point.value, point.lower) for point in reading.points] == [
        ("2026-08..2026-10", None, None),
        ("2026-09..2026-11", 250, None),
    ]


# Sales targets of the ledger, and what is measured again


def attained(ws: Workspace, month: str = "2026-10") -> dict[str, tuple[float, float]]:
    frame = scorecards.scorecard(ws, kpis=["sales_attainment"], start=month, end=month)
    return {row["manager"]: (row["numerator"], row["denominator"]) for row in frame.to_dict("records")}


def test_sales_are_held_against_the_ledgers_targets(tmp_path: Path, open_at, put) -> None:
    ws = open_at(tmp_path)
    put(ws, ("销售.csv", SALES.encode()))
    assert attained(ws) == {}
    targets.put(ws, "sales_amount", 50.0, "2026-10")
    targets.put(ws, "sales_amount", 20.0, "2026-11", manager="王芳")
    assert attained(ws) == {"李明": (10, 50), "王芳": (60, 50)}
    assert attained(ws, "2026-11") == {"李明": (0, 50), "王芳": (80, 20)}
    assert attained(ws, "2026-09") == {}
    # A sheet's own target goes before the ledger's.
    put(ws, ("目标.csv", "月份,客户经理,目标\n2026-10,李明,40\n".encode()))
    assert attained(ws) == {"李明": (10, 40), "王芳": (60, 50)}
    # As at the revision before, nothing was planned.
    assert scorecards.scorecard(ws, kpis=["sales_attainment"], revision=1).empty


def test_only_what_moves_a_figure_is_measured_again(sold: Workspace, tmp_path: Path, open_at, put, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = open_at(tmp_path)
    put(ws, ("销售.csv", SALES.encode()))
    ws.cells()
    passes: list[int | None] = []
    measure = Workspace.measure

    def counted(self: Workspace, frames: Any, judged_at: Any, revision: int | None = None) -> Any:
        passes.append(revision)
        return measure(self, frames, judged_at, revision)

    monkeypatch.setattr(Workspace, "measure", counted)
    targets.put(ws, "csat", 0.5, "2026-10")
    assert (scorecards.trend(ws, "csat", "2026-10").target, passes) == (0.5, [])
    targets.put(ws, "sales_amount", 5.0, "2026-10")
    assert (attained(ws)["李明"], passes) == ((10, 5), [3])


def test_a_sheet_may_call_sales_by_their_name(tmp_path: Path, open_at, put) -> None:
    ws = open_at(tmp_path)
    put(
        ws,
        ("销售.csv", SALES.encode()),
        ("目标.csv", "月份,客户经理,指标,目标\n2026-10,李明,销售额,40\n2026-10,李明,客户满意度,95\n2026-10,王芳,客户满意度,0\n".encode()),
    )
    assert attained(ws) == {"李明": (10, 40)}
    assert {one.manager: one.value for one in targets.in_force(ws, "2026-10") if one.kpi == "csat"} == {"李明": 0.95, "王芳": 0.9}


def test_of_one_manager_nobody_is_called_new_who_was_another_managers(demo_ws: Workspace) -> None:
    found = set(slices(demo_ws, "region", manager="李明")["kpi"])
    assert "sales_amount" in found
    assert not {"new_customers", "retention"} & found


def test_returns_that_are_a_list_of_their_own_are_known_in_slices_too(tmp_path: Path, open_at, put) -> None:
    ws = open_at(tmp_path)
    sales = (
        SALES.replace("日期,", "订单编号,日期,")
        .replace("2026-", "A-2026-")
        .replace("A-2026-09-28", "A1,2026-09-28")
        .replace("A-2026-10-05", "A2,2026-10-05")
    )
    sales = sales.replace("A-2026-10-06", "A3,2026-10-06").replace("A-2026-10-31", "A4,2026-10-31").replace("A-2026-11-02", "A5,2026-11-02")
    put(ws, ("销售.csv", sales.encode()), ("退货.csv", "订单编号,退货日期,是否退货\nA2,2026-10-20,是\n".encode()))
    whole = scorecards.scorecard(ws, kpis=["net_sales"], by="all").set_index("period")["value"].to_dict()
    cut = slices(ws, "product", kpis=["net_sales"]).groupby("period")["value"].sum().to_dict()
    assert whole
    assert cut == whole


def test_nothing_uploaded_is_measured_once(tmp_path: Path, open_at, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = open_at(tmp_path)
    ws = Workspace(ws.settings, ws.store)
    passes: list[Any] = []
    measure = Workspace.measure
    monkeypatch.setattr(Workspace, "measure", lambda self, *given: passes.append(given) or measure(self, *given))
    for _ in range(3):
        assert scorecards.scorecard(ws).empty
    assert len(passes) == 1
