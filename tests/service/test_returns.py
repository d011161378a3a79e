"""A workbook with a sheet of returned orders: each marks every row of its order, and no sale is counted twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amdash.service import scorecards
from amdash.service.workspace import Workspace

CENT = 0.0005


@pytest.fixture(scope="module")
def shop(real_data: Path, tmp_path_factory: pytest.TempPathFactory, open_at, put) -> Workspace:
    ws: Workspace = open_at(tmp_path_factory.mktemp("shop"))
    path = real_data / "superstore_en" / "Sample - Superstore.xls"
    put(ws, (path.name, path.read_bytes()))
    return ws


def test_returned_orders_and_their_sales_per_person(shop: Workspace, real_data: Path) -> None:
    truth = json.loads((real_data / "superstore_en" / "expected.json").read_text(encoding="utf-8"))
    sales = shop.tables()["sales"]
    returned = sales[sales["returned"].fillna(value=False)]
    assert (len(sales), len(returned)) == (truth["overall"]["rows"], 800)
    assert returned["order_no"].nunique() == truth["overall"]["returned_orders"]
    assert returned["amount"].sum() == pytest.approx(truth["overall"]["returned_sales"], rel=0, abs=CENT)
    by_person = returned.groupby("manager")
    assert by_person["order_no"].nunique().to_dict() == {name: row["returned_orders"] for name, row in truth["by_person"].items()}
    assert by_person["amount"].sum().to_dict() == pytest.approx(
        {name: row["returned_sales"] for name, row in truth["by_person"].items()}, rel=0, abs=CENT
    )


def test_the_sales_themselves_stay_what_they_were(shop: Workspace, real_data: Path) -> None:
    truth = json.loads((real_data / "superstore_en" / "expected.json").read_text(encoding="utf-8"))
    frame = scorecards.scorecard(shop, every="total", kpis=["sales_amount"]).set_index("manager")
    assert frame["value"].to_dict() == pytest.approx({name: row["sales"] for name, row in truth["by_person"].items()}, rel=0, abs=CENT)
