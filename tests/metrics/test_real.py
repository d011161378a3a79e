"""Real spreadsheets from file to figure, against what was computed from them independently."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from amdash.metrics import evaluate
from amdash.metrics.catalogue import KPIS
from amdash.metrics.spec import By, Facts
from tests.metrics.files import facts_of

TODAY = dt.date(2026, 11, 24)
CENT = 0.005


def figures(facts: Facts, kpi: str, by: By, every: Any) -> pd.DataFrame:
    """value, numerator, denominator and n of one KPI; index: subject and period."""
    people = facts["managers"]
    roster = pd.DataFrame({"manager": people["name"], "team": people["team"].fillna("")})
    cells = evaluate.cells(facts, [KPIS[kpi]])
    card = evaluate.scorecard(cells, roster, by=by, every=every, start="0000-01", end="9999-12", kpis=[KPIS[kpi]])
    subject = "" if by == "all" else card[by]
    return card.assign(subject=subject).set_index(["subject", "period"])[["value", "numerator", "denominator", "n"]]


def told(facts: Facts, kpi: str, by: By = "all", every: Any = "month", column: str = "value") -> dict[Any, float]:
    """A column of the figures: subject, period or both -> number, whichever there are several kinds of."""
    series = figures(facts, kpi, by, every)[column]
    if by == "all":
        series = series.droplevel("subject")
    elif every == "total":
        series = series.droplevel("period")
    return dict(zip(series.index, series, strict=True))


def close(expected: dict[Any, float], within: float) -> Any:
    return pytest.approx(expected, abs=within, rel=0)


@pytest.fixture(scope="module")
def load(real_data: Path) -> Callable[[str], Any]:
    return lambda name: json.loads((real_data / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def market(real_data: Path) -> Facts:
    return facts_of(real_data / "supermarket_cn" / "orders.xlsx")


@pytest.fixture(scope="module")
def market_says(load: Callable[[str], Any]) -> Any:
    return load("supermarket_cn/orders.expected.json")


@pytest.fixture(scope="module")
def pipeline(real_data: Path) -> Facts:
    return facts_of(*(real_data / "crm_pipeline" / name for name in ("sales_pipeline.csv", "accounts.csv", "sales_teams.csv")))


@pytest.fixture(scope="module")
def pipeline_says(load: Callable[[str], Any]) -> Any:
    return load("crm_pipeline/expected.json")


@pytest.mark.parametrize(("kpi", "key", "within"), [("sales_amount", "sales", CENT), ("csat", "satisfied_rate_rows", 1e-8)])
def test_supermarket_figures_per_manager_year_and_both(market: Facts, market_says: Any, kpi: str, key: str, within: float) -> None:
    by_manager = {name: row[key] for name, row in market_says["by_manager"].items()}
    by_year = {year: row[key] for year, row in market_says["by_year"].items()}
    both = {tuple(name[2:].removesuffix(")").split("', ")): row[key] for name, row in market_says["by_manager_year"].items()}
    assert len(both) == 18
    assert told(market, kpi, "manager", "total") == close(by_manager, within)
    assert told(market, kpi, "all", "year") == close(by_year, within)
    assert told(market, kpi, "manager", "year") == close(both, within)
    assert told(market, kpi, "all", "total") == close({"total": market_says["overall"][key]}, within)


def test_supermarket_rows_counted(market: Facts, market_says: Any) -> None:
    rows = {name: row["rows"] for name, row in market_says["by_manager"].items()}
    for kpi in ("sales_amount", "csat", "satisfaction_score"):
        assert told(market, kpi, "manager", "total", "n") == rows


def test_supermarket_returns(market: Facts, market_says: Any) -> None:
    # One row an order: the rate by orders is the rate by rows.
    by_manager = {name: row["return_rate_rows"] for name, row in market_says["by_manager"].items()}
    assert told(market, "return_rate", "manager", "total") == close(by_manager, 1e-8)
    assert told(market, "return_rate", "all", "total") == close({"total": market_says["overall"]["return_rate_rows"]}, 1e-8)
    sales = market["sales"]
    kept = sales.loc[~sales["returned"], "amount"].sum()
    assert told(market, "net_sales", "all", "total") == close({"total": kept}, CENT)


def test_supermarket_months(market: Facts, market_says: Any) -> None:
    assert told(market, "sales_amount") == close(market_says["monthly_sales"], CENT)
    assert told(market, "csat") == close(market_says["monthly_satisfied"], 1e-8)
    # Yes or no: the mean of the marks is the share of the satisfied.
    assert told(market, "satisfaction_score") == close(market_says["monthly_satisfied"], 1e-8)


def test_supermarket_new_customers(market: Facts, market_says: Any) -> None:
    found = told(market, "new_customers", column="numerator")
    assert {month: count for month, count in found.items() if count} == market_says["new_customers_by_month"]
    assert sum(found.values()) == market_says["overall"]["customers"]
    # Six managers sell in every one of the 36 months.
    assert set(told(market, "new_customers", column="n").values()) == {6}
    assert set(found) == set(market_says["monthly_sales"])


def test_the_old_binary_workbook_per_manager_and_year(real_data: Path, load: Callable[[str], Any]) -> None:
    facts, says = facts_of(real_data / "supermarket_cn" / "超市运营数据.xls"), load("supermarket_cn/超市运营数据.expected.json")
    assert told(facts, "sales_amount", "manager", "total") == close({name: row["sales"] for name, row in says["by_manager"].items()}, CENT)
    assert told(facts, "sales_amount", "all", "year") == close(says["by_year_sales"], CENT)
    assert sum(told(facts, "new_customers", column="numerator").values()) == says["overall"]["customers"]


def test_in_the_old_workbook_orders_come_back_more_often_than_rows(real_data: Path, load: Callable[[str], Any]) -> None:
    facts, says = facts_of(real_data / "supermarket_cn" / "超市运营数据.xls"), load("supermarket_cn/超市运营数据.expected.json")
    sales = facts["sales"]
    assert sales["returned"].mean() == pytest.approx(says["overall"]["return_rate_rows"], abs=1e-8)
    found = figures(facts, "return_rate", "all", "total").loc[("", "total")]
    # An order of several rows, of which one came back, is one returned order.
    assert (found["numerator"], found["n"]) == (sales.loc[sales["returned"], "order_no"].nunique(), says["overall"]["orders"]) == (356, 2766)
    # Every row says yes or no here, so what was not sent back of an order stays sold.
    assert told(facts, "net_sales", "all", "total") == close({"total": sales.loc[~sales["returned"], "amount"].sum()}, CENT)


def test_pipeline_revenue_per_agent_and_team(pipeline: Facts, pipeline_says: Any) -> None:
    assert told(pipeline, "sales_amount", "manager", "total") == {name: row["revenue"] for name, row in pipeline_says["by_agent"].items()}
    assert told(pipeline, "sales_amount", "team", "total") == {name: row["revenue"] for name, row in pipeline_says["by_manager"].items()}
    assert told(pipeline, "sales_amount", "all", "total") == {"total": pipeline_says["overall"]["revenue"]}


def test_pipeline_revenue_per_month_and_quarter(pipeline: Facts, pipeline_says: Any) -> None:
    def quarters(by_quarter: dict[str, float]) -> dict[str, float]:
        return {f"{name[:4]}-{name[4:]}": value for name, value in by_quarter.items()}

    assert told(pipeline, "sales_amount") == pipeline_says["revenue_by_month"]
    assert told(pipeline, "sales_amount", every="quarter") == quarters(pipeline_says["revenue_by_quarter"])
    per_team = {(team, period): value for team, row in pipeline_says["revenue_by_manager_quarter"].items() for period, value in quarters(row).items()}
    assert told(pipeline, "sales_amount", "team", "quarter") == per_team
    # The published pivot table counts the won deals.
    won = told(pipeline, "sales_amount", every="quarter", column="n")
    assert won == quarters(pipeline_says["won_by_quarter"])
    published = pipeline_says["published_check"]["published_won_by_quarter"]
    assert {period[-2:]: count for period, count in won.items()} | {"total": sum(won.values())} == published


def test_pipeline_counts_won_deals_alone(pipeline: Facts, pipeline_says: Any) -> None:
    assert told(pipeline, "sales_amount", "manager", "total", "n") == {name: row["won"] for name, row in pipeline_says["by_agent"].items()}
    assert told(pipeline, "sales_amount", "team", "total", "n") == {name: row["won"] for name, row in pipeline_says["by_manager"].items()}
    won = told(pipeline, "sales_amount", "manager", "quarter", "n")
    assert {name: count for (name, period), count in won.items() if period == "2017-Q4"} == pipeline_says["q4_wins_per_agent"]
    assert not set(pipeline_says["agents_without_deals"]) & {name for name, _ in won}


def test_pipeline_win_rates_are_of_closed_deals(pipeline: Facts, pipeline_says: Any) -> None:
    overall = pipeline_says["overall"]
    found = figures(pipeline, "win_rate", "all", "total").loc[("", "total")]
    # Of 8,800 deals 2,089 are still open.
    assert (found["numerator"], found["n"]) == (overall["won"], overall["won"] + overall["lost"]) == (4238, 6711)
    assert found["value"] == pytest.approx(overall["win_rate_closed"], abs=1e-8)
    assert f"{found['value']:.2%}" == "63.15%"
    for by, key in (("manager", "by_agent"), ("team", "by_manager")):
        expected = {name: row["win_rate_closed"] for name, row in pipeline_says[key].items()}
        assert told(pipeline, "win_rate", by, "total") == close(expected, 1e-8)
    assert set(told(pipeline, "win_rate")) == set(pipeline_says["revenue_by_month"])


def test_pipeline_agents_without_deals_are_listed_and_have_no_win_rate(pipeline: Facts, pipeline_says: Any) -> None:
    idle = set(pipeline_says["agents_without_deals"])
    assert len(idle) == 5
    assert idle <= set(pipeline["managers"]["name"])
    assert not idle & set(told(pipeline, "win_rate", "manager", "total"))


def test_orders_are_no_deals(market: Facts, real_data: Path) -> None:
    superstore = facts_of(real_data / "superstore_en" / "Sample - Superstore.xls")
    for orders in (market, superstore):
        assert len(orders["sales"])
        assert KPIS["win_rate"].cells(orders).empty


def test_pipeline_new_accounts(pipeline: Facts, pipeline_says: Any) -> None:
    found = told(pipeline, "new_customers", column="numerator")
    assert {month: count for month, count in found.items() if count} == pipeline_says["new_accounts_by_month"]
    assert set(found) == set(pipeline_says["revenue_by_month"])


def test_pipeline_says_nothing_of_what_it_has_no_sheet_for(pipeline: Facts) -> None:
    measured = set(evaluate.cells(pipeline, list(KPIS.values()))["kpi"])
    assert measured == {"sales_amount", "new_customers", "win_rate"}


def test_superstore_orders_find_their_person_through_the_region(real_data: Path, load: Callable[[str], Any]) -> None:
    facts, says = facts_of(real_data / "superstore_en" / "Sample - Superstore.xls"), load("superstore_en/expected.json")
    assert told(facts, "sales_amount", "manager", "total") == close({name: row["sales"] for name, row in says["by_person"].items()}, CENT)
    assert told(facts, "sales_amount", "manager", "total", "n") == {name: row["rows"] for name, row in says["by_person"].items()}
    assert told(facts, "sales_amount", "all", "year") == close({year: row["sales"] for year, row in says["by_year"].items()}, CENT)
    assert told(facts, "sales_amount") == close(says["monthly_sales"], CENT)
    found = told(facts, "new_customers", column="numerator")
    assert {month: count for month, count in found.items() if count} == says["new_customers_by_month"]


def test_superstore_returns_by_order_and_person(real_data: Path, load: Callable[[str], Any]) -> None:
    facts, says = facts_of(real_data / "superstore_en" / "Sample - Superstore.xls"), load("superstore_en/expected.json")
    people = says["by_person"]
    assert told(facts, "return_rate", "manager", "total", "numerator") == {name: row["returned_orders"] for name, row in people.items()}
    assert told(facts, "return_rate", "manager", "total", "n") == {name: row["orders"] for name, row in people.items()}
    assert told(facts, "return_rate", "all", "year", "numerator") == {year: row["returned_orders"] for year, row in says["by_year"].items()}
    assert told(facts, "net_sales", "manager", "total") == close({name: row["sales"] - row["returned_sales"] for name, row in people.items()}, CENT)
    assert told(facts, "net_sales", "all", "total") == close({"total": says["overall"]["sales"] - says["overall"]["returned_sales"]}, CENT)
    assert says["overall"]["returned_sales"] == 180504.2779
