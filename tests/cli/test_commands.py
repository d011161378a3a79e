"""check, import, history and undo in words and as JSON; the shapes are those of the issue and stay."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

MARCH = "业务-2025-03.xlsx"
SLOT = {"table", "month", "series", "added", "changed", "removed", "unchanged"}


def slot(table: str, month: str | None, added: int, changed: int = 0, removed: int = 0, unchanged: int = 0) -> dict[str, Any]:
    counts = {"added": added, "changed": changed, "removed": removed, "unchanged": unchanged}
    return {"table": table, "month": month, "series": "业务", **counts}


FIRST_SLOTS = [slot("managers", None, 2), slot("sales", "2025-03", 4), slot("surveys", "2025-03", 5), slot("targets", "2025-03", 2)]


def test_check_says_what_was_understood(run, books: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "check", books / MARCH, "--json")
    assert (said.status, said.err) == (0, "")
    assert list(said.json) == ["files"]
    (file,) = said.json["files"]
    assert set(file) == {"file", "sha256", "error", "sheets"}
    assert (file["file"], file["sha256"]) == (MARCH, hashlib.sha256((books / MARCH).read_bytes()).hexdigest())
    assert [sheet["sheet"] for sheet in file["sheets"]] == ["销售明细", "满意度调查", "目标", "客户经理名单"]
    assert all(set(sheet) == {"sheet", "header_row", "tables", "unused", "questions", "issues"} for sheet in file["sheets"])
    sales = file["sheets"][0]
    assert sales["header_row"] == 2
    assert sales["tables"] == [
        {
            "table": "sales",
            "mapping": {
                "订单编号": "order_no",
                "下单日期": "date",
                "客户名称": "customer",
                "客户经理": "manager",
                "金额(元)": "amount",
                "状态": "status",
            },
            "read": 5,
            "accepted": 4,
            "refused": 1,
            "totals_skipped": 1,
            "months": ["2025-03"],
        }
    ]
    assert sales["issues"] == [
        {
            "severity": "error",
            "code": "value_not_date",
            "cell": "B7",
            "row": 7,
            "column": "下单日期",
            "value": "3月32日",
            "message": "“3月32日” is not a date. Write it like 2026-10-31 and upload again.",
        }
    ]
    assert [(table["table"], table["accepted"]) for sheet in file["sheets"] for table in sheet["tables"]] == [
        ("sales", 4),
        ("surveys", 5),
        ("targets", 2),
        ("managers", 2),
    ]


def test_check_stores_nothing(run, books: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "check", books / MARCH, books / "业务-2025-04.xlsx").status == 0
    assert run(tmp_path, "history", "--json").json == []
    assert run(tmp_path, "scorecard", "--json").json == []


def test_check_in_words(run, books: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "check", books / MARCH)
    assert f"{MARCH} · 销售明细 · Sales orders" in said.out
    assert "Read 5, accepted 4, refused 1; 1 total rows left out." in said.out
    assert "金额(元) → Amount" in said.out
    assert f"! {MARCH}, sheet 销售明细, cell B7: “3月32日” is not a date." in said.out


def test_check_takes_a_mapping_and_names_columns_without_use(run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("日期,客户经理,金额,实收\n2025-03-01,李明,5,4\n", encoding="utf-8")
    assert "Column D “实收” is not used; it is kept with the rows." in run(tmp_path, "check", path).out
    said = run(tmp_path, "check", path, "--map", "实收=sales.amount", "--json")
    assert said.json["files"][0]["sheets"][0]["tables"][0]["mapping"] == {"日期": "date", "客户经理": "manager", "实收": "amount"}


def test_import_adds_what_it_did_to_what_it_understood(run, books: Path, tmp_path: Path) -> None:
    understood = run(tmp_path, "check", books / MARCH, "--json").json
    said = run(tmp_path, "import", books / MARCH, "--json")
    assert said.status == 0
    assert said.json == {**understood, "import_id": 1, "revision": 1, "slots": FIRST_SLOTS, "restated": said.json["restated"]}
    assert {key: said.json["restated"][key] for key in ("figures", "rows", "all_rows")} == {"figures": [], "rows": [], "all_rows": 0}
    assert all(set(one) == SLOT for one in said.json["slots"])


def test_importing_it_again_changes_nothing(run, copied: Path, books: Path) -> None:
    said = run(copied, "import", books / MARCH, "--json")
    assert (said.json["import_id"], said.json["revision"]) == (None, 2)
    assert said.json["slots"] == [slot(one["table"], one["month"], 0, unchanged=one["added"]) for one in FIRST_SLOTS]
    assert "Everything in these files is there already; nothing was changed." in run(copied, "import", books / MARCH).out
    assert len(run(copied, "history", "--json").json) == 2


def test_import_in_words(run, books: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "import", books / MARCH)
    assert (said.status, said.err) == (0, "")
    assert "Stored as import 1, revision 1." in said.out
    assert "Account managers · the list · 业务: +2 ~0 -0 =0" in said.out
    assert "Sales orders · March 2025 · 业务: +4 ~0 -0 =0" in said.out
    assert "Read 5, accepted 4, refused 1; 1 total rows left out." in said.out


def test_a_series_is_named_once(run, tmp_path: Path) -> None:
    for month, options in ((3, ("--series", "总部")), (4, ())):
        path = tmp_path / f"export-2025-{month:02d}.csv"
        path.write_text(f"日期,客户经理,金额\n2025-{month:02d}-01,李明,5\n", encoding="utf-8")
        said = run(tmp_path / "w", "import", path, *options, "--json")
        assert [(one["month"], one["series"]) for one in said.json["slots"]] == [(f"2025-{month:02d}", "总部")]


def test_import_takes_a_mapping_and_a_series(run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("日期,客户经理,金额,实收\n2025-03-01,李明,5,4\n", encoding="utf-8")
    said = run(tmp_path / "w", "import", path, "--map", "实收=sales.amount", "--series", "总部", "--json")
    assert [(one["table"], one["month"], one["series"]) for one in said.json["slots"]] == [("sales", "2025-03", "总部")]
    assert [row["value"] for row in run(tmp_path / "w", "scorecard", "--kpi", "sales_amount", "--json").json] == [4]


def test_the_history_is_newest_first(run, stored: Path, books: Path) -> None:
    newest, oldest = run(stored, "history", "--json").json
    for row in (newest, oldest):
        assert set(row) == {"import_id", "revision", "at", "actor", "files", "accepted", "refused", "undone_revision"}
    assert (newest["import_id"], newest["revision"], newest["accepted"], newest["refused"], newest["undone_revision"]) == (2, 2, 1, 0, None)
    assert (oldest["import_id"], oldest["accepted"], oldest["refused"], oldest["actor"]) == (1, 13, 1, "owner")
    assert oldest["files"] == [{"file": MARCH, "sha256": hashlib.sha256((books / MARCH).read_bytes()).hexdigest()}]
    lines = run(stored, "history").out.splitlines()
    assert [line.split()[:2] for line in lines] == [["2", "r2"], ["1", "r1"]]
    assert MARCH in lines[1]


def test_undo_takes_an_import_back(run, copied: Path) -> None:
    before = run(copied, "scorecard", "--json", "--revision", 1).json
    said = run(copied, "undo", 2, "--json")
    assert said.status == 0
    restated = said.json.pop("restated")
    assert [(one["kind"], one["fields"]["amount"]) for one in restated["rows"]] == [("removed", 50)]
    assert {"kpi": "sales_amount", "month": "2025-04", "before": 50, "after": None}.items() <= restated["figures"][0].items()
    assert said.json == {"import_id": 2, "revision": 3, "also": [], "slots": [slot("sales", "2025-04", 0, removed=1)]}
    assert run(copied, "scorecard", "--json").json == before
    assert run(copied, "history", "--json").json[0]["undone_revision"] == 3
    assert "taken back at revision 3" in run(copied, "history").out


def test_undo_in_words_and_only_once(run, copied: Path) -> None:
    said = run(copied, "undo", 2)
    assert "Import 2 was taken back; the workspace is at revision 3." in said.out
    assert "Sales orders · April 2025 · 业务: +0 ~0 -1 =0" in said.out
    again = run(copied, "undo", 2, "--json")
    assert (again.status, again.out) == (1, "")
    assert again.err == "Import number 2 was taken back already, at revision 3.\n"
    assert run(copied, "undo", 9).err == "There is no import number 9. See the history for the numbers.\n"
