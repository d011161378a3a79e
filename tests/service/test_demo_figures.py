"""Every KPI of every manager and month of the demo, against arithmetic on the raw sheets; and the stories it tells."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from amdash.insight.reading import Reading
from amdash.service import boards, scorecards
from amdash.service.boards import Gap
from amdash.service.workspace import Workspace

FILES = Path(__file__).resolve().parents[2] / "data" / "demo" / "zh"
BY = ["客户经理", "month"]
SOUTH = ["黄志伟", "周雅琴", "何志强", "梁美玲"]
Raw = dict[str, pd.DataFrame]


def won(raw: Raw) -> pd.DataFrame:
    """Closed sales whose date and amount can be read."""
    rows = raw["销售明细"]
    dates = pd.to_datetime(rows["下单日期"], errors="coerce", format="mixed")
    rows = rows.assign(amount=pd.to_numeric(rows["金额(元)"], errors="coerce"), date=dates)
    return rows[(rows["状态"] == "已成交") & (dates < "2026-11-24") & rows["amount"].notna()]


def answered(raw: Raw) -> pd.DataFrame:
    """Tickets with their hours; the ones answered before they were opened are not counted."""
    rows = raw["客服工单"]
    opened, first = (pd.to_datetime(rows[name], format="mixed") for name in ("创建时间", "首次响应时间"))
    rows = rows.assign(hours=(first - opened).dt.total_seconds() / 3600)
    return rows[~(rows["hours"] < 0)]


def responses(raw: Raw) -> pd.DataFrame:
    rows = raw["满意度调查"]
    return rows[(rows[["总体满意度", "产品质量", "服务态度", "沟通及时", "需求满足"]] <= 5).all(axis=1)]


def complaints(raw: Raw) -> pd.DataFrame:
    rows = raw["投诉记录"]
    return rows[~(pd.to_datetime(rows["解决日期"]) < pd.to_datetime(rows["投诉日期"]))]


def targets() -> pd.DataFrame:
    """Manager x month, in yuan."""
    frames = []
    for year in ("2024", "2025", "2026"):
        table = pd.read_excel(FILES / f"目标-{year}.xlsx", header=1, engine="calamine").set_index("客户经理").drop(columns="合计").drop(index="合计")
        table.columns = pd.Index([f"{year}-{int(name[:-1]):02d}" for name in table.columns])
        frames.append(table)
    return pd.concat(frames, axis=1).astype("float64") * 10_000


def figures(ws: Workspace, kpi: str) -> pd.DataFrame:
    """Numerator, denominator and n by manager and month."""
    return scorecards.scorecard(ws, kpis=[kpi]).set_index(["manager", "period"]).sort_index()


def assert_sums(frame: pd.DataFrame, numerator: pd.Series, denominator: pd.Series | None, n: pd.Series) -> None:
    """The same managers and months, the same sums."""
    wanted = numerator.astype("float64").rename_axis(["manager", "period"]).sort_index()
    pd.testing.assert_series_equal(frame["numerator"], wanted, check_names=False, check_index_type=False, rtol=1e-12)
    assert frame["n"].tolist() == n.sort_index().tolist()
    if denominator is None:
        assert frame["denominator"].isna().all()
        assert frame["value"].tolist() == frame["numerator"].tolist()
        return
    assert frame["denominator"].tolist() == pytest.approx(denominator.sort_index().tolist(), rel=1e-12)
    assert frame["value"].tolist() == pytest.approx((wanted / denominator.sort_index().to_numpy()).tolist(), rel=1e-12)


def test_sales_are_the_closed_amounts(demo_ws: Workspace, raw: Raw) -> None:
    grouped = won(raw).groupby(BY)["amount"]
    assert_sums(figures(demo_ws, "sales_amount"), grouped.sum(), None, grouped.size())


def test_attainment_is_sales_over_targets(demo_ws: Workspace, raw: Raw) -> None:
    sold = won(raw).groupby(BY)["amount"].sum()
    planned = targets().stack().rename_axis(BY).reindex(sold.index)
    assert planned.notna().all()
    assert_sums(figures(demo_ws, "sales_attainment"), sold, planned, sold * 0 + 1)


def test_satisfaction_is_the_share_of_fours_and_fives(demo_ws: Workspace, raw: Raw) -> None:
    rows = responses(raw)
    grouped = rows.assign(good=rows["总体满意度"] >= 4, share=rows["总体满意度"] / 5).groupby(BY)
    assert_sums(figures(demo_ws, "csat"), grouped["good"].sum(), grouped.size(), grouped.size())
    assert_sums(figures(demo_ws, "satisfaction_score"), grouped["share"].sum(), grouped.size(), grouped.size())


def test_response_time_is_the_mean_over_answered_tickets(demo_ws: Workspace, raw: Raw) -> None:
    rows = answered(raw).dropna(subset="hours")
    grouped = rows.groupby(BY)["hours"]
    assert_sums(figures(demo_ws, "response_time"), grouped.sum(), grouped.size(), grouped.size())


def test_answered_in_time_counts_those_never_answered_as_missed(demo_ws: Workspace, raw: Raw) -> None:
    rows = answered(raw)
    # By 24 November every ticket of October has waited longer than a day.
    grouped = rows.assign(in_time=rows["hours"] <= 24).groupby(BY)["in_time"]
    assert_sums(figures(demo_ws, "response_in_target"), grouped.sum(), grouped.size(), grouped.size())


def test_complaint_resolution_and_rate(demo_ws: Workspace, raw: Raw) -> None:
    rows = complaints(raw)
    grouped = rows.assign(done=rows["是否解决"] == "是").groupby(BY)["done"]
    assert_sums(figures(demo_ws, "complaint_resolution"), grouped.sum(), grouped.size(), grouped.size())
    served = pd.concat([won(raw)[[*BY, "客户名称"]], answered(raw)[[*BY, "客户名称"]]]).drop_duplicates()
    customers = served[served["month"] != "2026-08"].groupby(BY).size()
    assert_sums(figures(demo_ws, "complaint_rate"), grouped.size().reindex(customers.index, fill_value=0), customers, customers)


def test_new_customers_are_those_who_buy_for_the_first_time(demo_ws: Workspace, raw: Raw) -> None:
    since = pd.read_excel(FILES / "基础资料.xlsx", sheet_name="客户名单", header=2, engine="calamine").set_index("客户名称")["合作起始日期"]
    first = won(raw).sort_values("date", kind="stable").drop_duplicates("客户名称")
    known = pd.to_datetime(first["客户名称"].map(since)).dt.strftime("%Y-%m")
    counted = first[known.isna() | (known >= first["month"])].groupby(BY).size()
    assert len(counted) == 8 * 24
    assert_sums(figures(demo_ws, "new_customers"), counted, counted * 0 + 1, counted * 0 + 1)


def test_employee_satisfaction_belongs_to_the_teams(demo_ws: Workspace) -> None:
    rows = pd.read_excel(FILES / "员工满意度.xlsx", header=1, engine="calamine")
    quarter = pd.to_datetime(rows["调查日期"]).dt.to_period("Q").map(lambda found: f"{found.year}-Q{found.quarter}")
    grouped = rows["满意度评分"].div(5).groupby([rows["团队"], quarter])
    frame = scorecards.scorecard(demo_ws, by="team", every="quarter", kpis=["staff_satisfaction"]).set_index(["team", "period"]).sort_index()
    assert frame["value"].to_dict() == pytest.approx(grouped.mean().to_dict())
    assert frame["n"].to_dict() == grouped.size().to_dict()
    assert scorecards.scorecard(demo_ws, kpis=["staff_satisfaction"]).empty


@pytest.mark.parametrize(("every", "length"), [("quarter", 7), ("year", 4)])
def test_spans_are_sums_over_sums_never_means_of_means(demo_ws: Workspace, raw: Raw, every: str, length: int) -> None:
    rows = answered(raw).dropna(subset="hours")
    months = pd.PeriodIndex(rows["month"], freq="M")
    period = [f"{found.year}-Q{found.quarter}"[:length] if length == 7 else str(found.year) for found in months]
    wanted = rows["hours"].groupby([rows["客户经理"], pd.Series(period, index=rows.index)]).mean()
    frame = scorecards.scorecard(demo_ws, every=every, kpis=["response_time"]).set_index(["manager", "period"])  # type: ignore[arg-type]
    assert frame["value"].to_dict() == pytest.approx(wanted.to_dict())


def test_li_ming_answers_slowly_until_he_is_trained(demo_ws: Workspace) -> None:
    hours, satisfied = (figures(demo_ws, kpi)["value"]["李明"] for kpi in ("response_time", "csat"))
    assert hours[:"2026-04"].between(34, 42).all()
    assert hours["2026-05":].between(14, 18).all()
    assert satisfied[:"2026-04"].between(0.63, 0.73).all()
    assert satisfied["2026-05":].between(0.88, 0.96).all()
    assert (len(hours[:"2026-04"]), len(hours["2026-05":])) == (18, 6)


def test_one_perfect_figure_rests_on_four_responses(demo_ws: Workspace) -> None:
    reading = boards.board(demo_ws, "2026-10").readings["csat", "林佳怡"]
    assert (reading.value, reading.numerator, reading.n, reading.verdict) == (1.0, 4, 4, "few")


def test_the_missing_complaint_list_is_a_gap_and_nothing_measured(demo_ws: Workspace) -> None:
    assert boards.gaps(demo_ws, "2026-08") == (Gap("complaints", "2026-08"),)
    assert boards.gaps(demo_ws, "2026-Q3") == (Gap("complaints", "2026-08"),)
    frame = scorecards.scorecard(demo_ws, start="2026-08", end="2026-08")
    assert not set(frame["kpi"]) & {"complaint_rate", "complaint_resolution"}
    board = boards.board(demo_ws, "2026-08")
    everybody: dict[tuple[str, str], Reading] = {**board.readings, **board.team_readings}
    readings = [everybody[kpi, name] for kpi in ("complaint_rate", "complaint_resolution") for name in ("李明", "华南组", "")]
    assert {(reading.value, reading.numerator, reading.n, reading.verdict) for reading in readings} == {(None, None, 0, "absent")}


def test_months_that_are_complete_have_no_gap(demo_ws: Workspace) -> None:
    # The tickets of December 2025 came in a file of their own, so they are no gap; what is not over yet is none either.
    for month in ("2024-11", "2025-12", "2026-09", "2026-10", "2026-11"):
        assert boards.gaps(demo_ws, month) == ()


def test_the_souths_february_dips_and_its_attainment_does_not(demo_ws: Workspace) -> None:
    sold, reached = (
        scorecards.scorecard(demo_ws, by="team", kpis=[kpi]).set_index(["team", "period"])["value"]["华南组"]
        for kpi in ("sales_amount", "sales_attainment")
    )
    februaries = ["2025-02", "2026-02"]
    assert sold[februaries].max() < 0.65 * sold.drop(februaries).min()
    assert reached.between(0.92, 1.06).all()
    assert reached[februaries].tolist() == pytest.approx(
        [sold[month] / targets().loc[SOUTH, month].sum() for month in februaries],
    )
