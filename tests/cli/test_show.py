"""What the issue asks to be shown, through the command line: real data in, the demo corrected and taken back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from amdash.service.workspace import Workspace

FEBRUARY = Path(__file__).resolve().parents[2] / "data" / "demo" / "corrections" / "经营数据-2026-02.xlsx"


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def loaded(demo_ws: Workspace) -> Path:
    """The folder of the demo, for reading only."""
    return demo_ws.settings.workspace


def test_the_six_managers_sales_and_their_rows(run, real_data: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "import", real_data / "supermarket_cn" / "orders.xlsx", "--json")
    assert (said.status, said.json["import_id"], said.json["revision"]) == (0, 1, 1)
    truth = {name: row["sales"] for name, row in expected(real_data / "supermarket_cn" / "orders.expected.json")["by_manager"].items()}
    found = run(tmp_path, "scorecard", "--every", "total", "--kpi", "sales_amount", "--json").json
    assert {row["manager"]: row["value"] for row in found} == pytest.approx(truth, rel=0, abs=0.0005)
    assert all(row["team"] is None and row["period"] == "total" and row["denominator"] is None for row in found)
    for row in found[:2]:
        behind = run(tmp_path, "rows", "--kpi", "sales_amount", "--manager", row["manager"], "--json").json
        assert len(behind) == row["n"]
        assert sum(one["values"]["amount"] for one in behind) == pytest.approx(row["value"], rel=0, abs=0.0005)


def test_the_four_sheets_of_deals_together(run, real_data: Path, tmp_path: Path) -> None:
    files = sorted((real_data / "crm_pipeline").glob("*.csv"))
    assert len(files) == 4
    said = run(tmp_path, "import", *files, "--json")
    assert [file["file"] for file in said.json["files"]] == [path.name for path in files]
    truth = expected(real_data / "crm_pipeline" / "expected.json")
    for by, part in (("manager", "by_agent"), ("team", "by_manager")):
        found = run(tmp_path, "scorecard", "--every", "total", "--kpi", "sales_amount", "--by", by, "--json").json
        assert {row[by]: row["value"] for row in found} == {name: row["revenue"] for name, row in truth[part].items() if row["won"]}
        assert {row["team" if by == "manager" else "manager"] for row in found} == {None}


def test_the_demo_is_loaded_once(run, loaded: Path, tmp_path: Path) -> None:
    (row,) = run(loaded, "history", "--json").json
    assert (row["revision"], row["refused"], len(row["files"])) == (1, 10, 32)
    shutil.copytree(loaded, tmp_path / "copied")
    assert run(tmp_path / "copied", "demo").out == "The demo data is loaded, as revision 1.\n"


def test_a_corrected_month_changes_itself_alone_and_can_be_taken_back(run, loaded: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(loaded, tmp_path / "copied"))
    before = run(workspace, "scorecard", "--json").out
    said = run(workspace, "import", FEBRUARY, "--json").json
    assert (said["import_id"], said["revision"]) == (2, 2)
    counts = {slot["table"]: (slot["added"], slot["changed"], slot["removed"], slot["unchanged"]) for slot in said["slots"]}
    assert counts == {"sales": (2, 3, 1, 283), "complaints": (0, 2, 0, 6), "tickets": (0, 0, 0, 186), "surveys": (0, 0, 0, 182)}
    assert {(slot["month"], slot["series"]) for slot in said["slots"]} == {("2026-02", "经营数据")}
    after = run(workspace, "scorecard", "--json").json
    old = json.loads(before)

    def others(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        # A month's improvement is against the month before, beside all the months before that.
        return [row for row in rows if row["period"] != "2026-02" and (row["kpi"] != "improvement" or row["period"] < "2026-02")]

    assert others(after) == others(old)
    assert after != old
    assert run(workspace, "scorecard", "--json", "--revision", 1).out == before
    undone = run(workspace, "undo", 2, "--json").json
    assert {slot["table"] for slot in undone["slots"]} == {"sales", "complaints"}
    assert run(workspace, "scorecard", "--json").out == before


def test_the_demo_by_team_and_quarter_is_strict_json(run, loaded: Path) -> None:
    found = run(loaded, "scorecard", "--by", "team", "--every", "quarter", "--json").json
    ids = {
        "net_sales",
        "return_rate",
        "sales_amount",
        "sales_attainment",
        "new_customers",
        "csat",
        "satisfaction_score",
        "response_time",
        "response_in_target",
        "answer_rate",
        "first_resolution",
    }
    ids |= {"retention", "response_median", "response_p90", "improvement"}
    assert {row["kpi"] for row in found} == ids | {"complaint_resolution", "complaint_rate", "staff_satisfaction"}
    ratios = [row["value"] for row in found if row["kpi"] in ("csat", "response_in_target", "complaint_rate", "staff_satisfaction")]
    assert all(0 <= value <= 1 for value in ratios)
    assert all(row["manager"] is None and row["team"] in ("华东组", "华南组") for row in found)
    rows = run(loaded, "rows", "--kpi", "response_time", "--manager", "李明", "--from", "2026-10", "--json").json
    assert {row["values"]["manager"] for row in rows} == {"李明"}
    assert run(loaded, "rows", "--kpi", "staff_satisfaction", "--json").json == []
