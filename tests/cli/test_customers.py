"""A customer's file and who has not bought yet, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amdash.service import customer_notes
from amdash.service.workspace import Workspace
from tests.service.customer_sheets import stored


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory, open_at: Callable[[Path], Workspace]) -> Path:
    ws = stored(open_at(tmp_path_factory.mktemp("firm")))
    customer_notes.write(ws, "丁公司", "sent samples", kind="contacted", next_step="call them")
    customer_notes.tag(ws, "甲公司", "trade fair")
    return ws.settings.workspace


def test_a_customers_file_as_data(firm: Path, run: Callable) -> None:
    found = run(firm, "customer", "甲 公司", "--month", "2026-10", "--json").json
    assert {name: found[name] for name in ("customer", "as_of", "tier", "manager", "last_on", "orders_12m", "revenue_12m", "tags")} == {
        "customer": "甲公司",
        "as_of": "2026-10-31",
        "tier": "lapsed",
        "manager": "王芳",
        "last_on": "2026-05-01",
        "orders_12m": 1,
        "revenue_12m": 900.0,
        "tags": ["老客户", "重点", "trade fair"],
    }
    assert [(one["kind"], one["date"]) for one in found["events"][:2]] == [("order", "2026-10-08"), ("ticket", "2026-10-03")]
    order = found["events"][6]
    assert order["source"] == {"file": "销售.csv", "sheet": "销售", "row": 4, "rows": 2}
    assert order["detail"] == {"products": ["轴承", "皮带"]}
    assert found["managers"][0] == {"manager": "王芳", "first_on": "2026-05-01", "last_on": "2026-05-01", "revenue": 1000.0}


def test_a_customers_file_in_words(firm: Path, run: Callable) -> None:
    lines = run(firm, "customer", "丁公司", "--month", "2026-10").out.splitlines()
    assert lines[0] == "丁公司\tPotential\t李明"
    assert lines[1].split("\t")[1:4] == ["We contacted", "", "sent samples"]
    assert "Lapsed" in run(firm, "customer", "甲公司", "--month", "2026-10").out


def test_a_customer_that_nobody_knows(firm: Path, run: Callable) -> None:
    found = run(firm, "customer", "nobody", "--month", "2026-10")
    assert found.status == 1
    assert "no customer called" in found.err


def test_who_has_not_bought_yet(firm: Path, run: Callable) -> None:
    found = run(firm, "potential", "--as-of", "2026-11-24", "--json").json
    assert [one["customer"] for one in found["potential"]] == ["丙公司", "大甲公司", "丁公司"]
    assert found["potential"][0]["contact"] == {"on": "2026-11-20", "by": "customer", "days": 4}
    assert (found["potential"][0]["open_deals"], found["potential"][0]["deal_since"]) == (1, "2026-08-01")
    assert found["conversion"][1] == {"manager": "王芳", "prospects": 2, "converted": 1, "rate": 0.5}
    lines = run(firm, "potential", "--as-of", "2026-11-24").out.splitlines()
    assert lines[0] == "丙公司\t王芳\t1\tup to today, waiting for us for 4 days\t\t"
    assert lines[2] == "丁公司\t李明\t0\twe wrote last, 0 days ago\tcall them\t"
    assert lines[-1] == "王芳\t1/2\t50.0%"
