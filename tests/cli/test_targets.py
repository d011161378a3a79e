"""Targets on the command line: set, listed, split, checked, taken back; and what they change."""

from __future__ import annotations

from pathlib import Path

import pytest

HELD = ["kpi", "manager", "team", "month", "value", "origin", "scope", "from", "number", "reason", "set_by"]
LOGGED = ["number", "kpi", "scope", "subject", "from", "value", "inherits", "reason", "set_by", "set_at", "revision"]


def held(run, workspace: Path, month: str = "2025-03", kpi: str = "csat") -> dict[str, tuple[float | None, str]]:
    rows = run(workspace, "targets", "list", "--kpi", kpi, "--month", month, "--json").json
    assert all(list(row) == HELD for row in rows)
    return {row["manager"]: (row["value"], row["origin"]) for row in rows}


def test_a_target_set_is_the_one_that_is_judged_by(run, copied: Path) -> None:
    # 李明 has three of four satisfied.
    before = run(copied, "scorecard", "--from", "2025-03", "--to", "2025-03", "--kpi", "csat", "--manager", "李明", "--json").json
    assert (before[0]["target"], before[0]["met"]) == (0.9, False)
    said = run(copied, "targets", "set", "csat", "70%", "--from", "2025-02", "--team", "华东组", "--reason", "new team")
    assert (said.status, said.out) == (0, "Done; the workspace is at revision 3.\n")
    assert held(run, copied) == {"李明": (0.7, "ledger"), "王芳": (0.9, "default")}
    assert held(run, copied, "2025-01") == {"李明": (0.9, "default"), "王芳": (0.9, "default")}
    after = run(copied, "scorecard", "--from", "2025-03", "--to", "2025-03", "--kpi", "csat", "--manager", "李明", "--json").json
    assert (after[0]["target"], after[0]["met"], after[0]["leaning"]) == (0.7, True, "met")
    assert run(copied, "trend", "--kpi", "csat", "--team", "华东组", "--month", "2025-03", "--json").json["target"] == 0.7
    # As at the revision before, the figures are judged as they were.
    old = run(copied, "scorecard", "--from", "2025-03", "--to", "2025-03", "--kpi", "csat", "--manager", "李明", "--revision", "2", "--json").json
    assert old == before


def test_none_ends_it_and_inherit_gives_it_back(run, copied: Path) -> None:
    for value, start in (("0.8", "2025-01"), ("none", "2025-02"), ("inherit", "2025-03")):
        assert run(copied, "targets", "set", "csat", value, "--from", start, "--manager", "李明").status == 0
    months = [held(run, copied, f"2025-0{month}")["李明"] for month in (1, 2, 3)]
    assert months == [(0.8, "ledger"), (None, "ledger"), (0.9, "default")]
    assert "no target" in run(copied, "targets", "list", "--kpi", "csat", "--month", "2025-02", "--manager", "李明").out


def test_the_log_says_who_set_what_and_when_and_an_entry_can_be_taken_back(run, copied: Path) -> None:
    run(copied, "targets", "set", "response_time", "8", "--from", "2025-03", "--reason", "promised")
    (row,) = run(copied, "targets", "log", "--json").json
    assert list(row) == LOGGED
    assert (row["kpi"], row["scope"], row["subject"], row["value"], row["set_by"], row["reason"]) == (
        *("response_time", "everybody", None, 8, "owner", "promised"),
    )
    assert "≤ 8 h" in run(copied, "targets", "log").out
    assert run(copied, "targets", "undo", row["number"], "--json").json == {"revision": 4}
    assert run(copied, "targets", "log", "--json").json == []
    assert [one["number"] for one in run(copied, "targets", "log", "--revision", "3", "--json").json] == [row["number"]]
    again = run(copied, "targets", "undo", row["number"])
    assert (again.status, "taken back already" in again.err) == (1, True)


def test_a_sum_over_its_months(run, copied: Path) -> None:
    told = run(copied, "targets", "split", "sales_amount", "1,200", "--period", "2025-Q1", "--weights", "1,2,1", "--dry-run", "--json").json
    assert told == {"months": {"2025-01": 300, "2025-02": 600, "2025-03": 300}, "lacking": [], "revision": None}
    assert run(copied, "targets", "log", "--json").json == []
    said = run(copied, "targets", "split", "sales_amount", "1200", "--period", "2025-Q1", "--manager", "李明")
    assert [line.split("\t")[1] for line in said.out.splitlines()[:3]] == ["400"] * 3
    assert held(run, copied, "2025-03", "sales_amount") == {"李明": (400, "ledger"), "王芳": (None, "default")}
    assert held(run, copied, "2025-04", "sales_amount")["李明"] == (None, "default")
    (row,) = run(copied, "scorecard", "--every", "quarter", "--kpi", "sales_amount", "--manager", "李明", "--to", "2025-03", "--json").json
    # March is the one month with figures: 3000.75 of its 400.
    assert (row["target"], row["met"]) == (400, True)


def test_how_a_target_would_have_done(run, stored: Path) -> None:
    said = run(stored, "targets", "check", "csat", "92.37%", "--month", "2025-04", "--json").json
    assert list(said) == ["kpi", "target", "met", "judged", "months", "findings", "by", "proposals"]
    assert (said["target"], said["judged"], said["findings"]) == (0.9237, 0, ["too_few_months", "hard_to_understand"])
    words = run(stored, "targets", "check", "csat", "90%", "--month", "2025-04").out
    assert words.startswith("≥ 90%: met in 0 of 0")
    assert "! Fewer than six months" in words


def test_a_sheet_of_targets_holds_for_its_months(run, copied: Path, tmp_path: Path) -> None:
    path = tmp_path / "目标.csv"
    path.write_text("月份,客户经理,指标,目标\n2025-03,李明,客户满意度,0.6\n2025-03,王芳,csat,0.5\n", encoding="utf-8")
    assert run(copied, "targets", "import", path).status == 0
    assert held(run, copied) == {"李明": (0.6, "sheet"), "王芳": (0.5, "sheet")}
    assert held(run, copied, "2025-04") == {"李明": (0.9, "default"), "王芳": (0.9, "default")}
    (row,) = run(copied, "scorecard", "--from", "2025-03", "--to", "2025-03", "--kpi", "csat", "--manager", "李明", "--json").json
    assert (row["target"], row["met"]) == (0.6, True)


def test_files_without_targets_are_not_taken(run, copied: Path, tmp_path: Path) -> None:
    path = tmp_path / "满意度.csv"
    path.write_text("调查日期,客户经理,满意度评分\n2025-05-02,李明,5\n", encoding="utf-8")
    said = run(copied, "targets", "import", path)
    assert (said.status, said.out) == (1, "")
    assert "no targets" in said.err


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (["set", "csat", "much", "--from", "2025-01"], "much"),
        (["set", "csat", "95", "--from", "2025-01"], "0.95"),
        (["set", "nps", "50", "--from", "2025-01"], "50"),
        (["set", "response_time", "1,5", "--from", "2025-01"], "1,5"),
        (["list", "--kpi", "colour"], "colour"),
        (["set", "colour", "1", "--from", "2025-01"], "colour"),
        (["set", "csat", "0.9", "--from", "January"], "January"),
        (["set", "csat", "0.9", "--from", "2025-01", "--manager", "赵六"], "赵六"),
        (["split", "csat", "0.9", "--period", "2025"], "no sum to split"),
        (["split", "net_sales", "9", "--period", "2025-03"], "2025-03"),
        (["split", "net_sales", "9", "--period", "2025-Q1", "--weights", "1,2"], "3"),
        (["undo", "7"], "7"),
        (["check", "csat", "90%", "--month", "March"], "March"),
    ],
)
def test_what_cannot_be_is_said(run, copied: Path, command: list[str], word: str) -> None:
    said = run(copied, "targets", *command)
    assert (said.status, said.out) == (1, "")
    assert word in said.err


def test_a_median_and_a_change_stand_in_the_scorecard(run, stored: Path) -> None:
    rows = run(stored, "scorecard", "--kpi", "improvement", "--kpi", "csat", "--from", "2025-03", "--to", "2025-03", "--json").json
    assert [(row["kpi"], row["manager"]) for row in rows] == [("improvement", "李明"), ("improvement", "王芳"), ("csat", "李明"), ("csat", "王芳")]
    assert {(row["value"], row["verdict"], row["signal"]) for row in rows[:2]} == {(None, "absent", None)}
    said = run(stored, "improvement", "--json").json
    assert [list(row) for row in said][:1] == [
        [
            *("manager", "team", "period", "previous_period", "score", "previous_score", "compared", "change", "change_ratio", "swing"),
            *("provisional", "verdict", "reason", "target", "target_met", "target_reason", "target_verdict"),
        ]
    ]
    refused = run(stored, "compare", "--kpi", "improvement")
    assert (refused.status, "no sum of cases" in refused.err) == (1, True)
