"""Spreadsheets that nobody here wrote, uploaded as they are: the figures of their expected.json, to the cent."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from amdash.config import Settings
from amdash.service import drilldown, imports, scorecards
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace, open_workspace

# The file keeps tenths of a cent; a sum of thousands of binary fractions may differ in the last of them.
CENT = 0.0005


def loaded(folder: Path, files: list[Path]) -> Workspace:
    ws = open_workspace(Settings(folder, f"sqlite:///{folder / 'amdash.db'}"), now=lambda: dt.datetime(2026, 11, 24, 9, 0))
    imports.confirm(ws, imports.preview(ws, [Upload(path.name, path.read_bytes()) for path in files]))
    return ws


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def market(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return loaded(tmp_path_factory.mktemp("market"), [real_data / "supermarket_cn" / "orders.xlsx"])


@pytest.fixture(scope="module")
def deals(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return loaded(tmp_path_factory.mktemp("deals"), sorted((real_data / "crm_pipeline").glob("*.csv")))


def test_the_six_managers_sales_are_right_to_the_cent(market: Workspace, real_data: Path) -> None:
    truth = expected(real_data / "supermarket_cn" / "orders.expected.json")
    frame = scorecards.scorecard(market, every="total", kpis=["sales_amount"]).set_index("manager")
    assert frame["value"].to_dict() == pytest.approx({name: row["sales"] for name, row in truth["by_manager"].items()}, rel=0, abs=CENT)
    assert frame["n"].to_dict() == {name: row["rows"] for name, row in truth["by_manager"].items()}
    assert imports.history(market)[0].detail["accepted"] >= truth["rows"]


def test_the_years_sales_are_right_to_the_cent(market: Workspace, real_data: Path) -> None:
    truth = expected(real_data / "supermarket_cn" / "orders.expected.json")
    frame = scorecards.scorecard(market, by="all", every="year", kpis=["sales_amount"]).set_index("period")
    assert frame["value"].to_dict() == pytest.approx({year: row["sales"] for year, row in truth["by_year"].items()}, rel=0, abs=CENT)


def test_each_figure_is_led_back_to_its_rows(market: Workspace, real_data: Path) -> None:
    truth = expected(real_data / "supermarket_cn" / "orders.expected.json")["by_manager"]
    seen: set[int] = set()
    for name, row in truth.items():
        found = drilldown.rows_behind(market, "sales_amount", manager=name)
        assert sum(one.values["amount"] for one in found) == pytest.approx(row["sales"], rel=0, abs=CENT)
        assert {one.file for one in found} == {"orders.xlsx"}
        seen |= {one.row for one in found}
    # Row 1 is the header; every other row of the sheet stands behind exactly one manager's figure.
    assert seen == set(range(2, 2 + 9747))


def test_revenue_per_agent_and_per_team(deals: Workspace, real_data: Path) -> None:
    truth = expected(real_data / "crm_pipeline" / "expected.json")
    for by, part in (("manager", "by_agent"), ("team", "by_manager")):
        frame = scorecards.scorecard(deals, by=by, every="total", kpis=["sales_amount"]).set_index(by)  # type: ignore[arg-type]
        won = {name: row for name, row in truth[part].items() if row["won"]}
        assert frame["value"].to_dict() == {name: row["revenue"] for name, row in won.items()}
        assert frame["n"].to_dict() == {name: row["won"] for name, row in won.items()}
    whole = scorecards.scorecard(deals, by="all", every="total", kpis=["sales_amount"])
    assert whole["value"].tolist() == [truth["overall"]["revenue"]]


def test_deals_that_are_not_won_are_kept_and_count_for_nothing(deals: Workspace, real_data: Path) -> None:
    stages = expected(real_data / "crm_pipeline" / "expected.json")["stages"]
    held = deals.tables()["sales"]["status"].value_counts().to_dict()
    assert held == {"won": stages["Won"], "lost": stages["Lost"], "open": stages["Engaging"] + stages["Prospecting"]}
    found = drilldown.rows_behind(deals, "sales_amount")
    assert len(found) == stages["Won"]
    assert {row.values["status"] for row in found} == {"won"}


def test_both_spellings_of_a_product_and_every_region_stay_as_they_were(deals: Workspace) -> None:
    counted: dict[str, int] = defaultdict(int)
    for row in drilldown.rows_behind(deals, "sales_amount"):
        counted[row.values["product"]] += 1
    assert "GTXPro" in counted
    assert sum(counted.values()) == 4238
