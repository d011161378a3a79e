"""The tables of a preview as files: numbers and places, every cell that was noticed, and what was decided of names."""

from __future__ import annotations

from amdash.i18n import translator
from amdash.report.table_files import csv_file
from amdash.service import aliases, imports, restatement
from amdash.service.aliases import Proposal
from amdash.service.crosschecks import Finding
from amdash.service.imports import Preview, Upload
from amdash.service.restatement import RowMove
from amdash.service.workspace import Workspace
from amdash.ui.tables import Figure, worded
from amdash.ui.upload import exports
from amdash.ui.upload.exports import Export

EN = translator("en")
HEAD = "日期,客户经理,客户,订单编号,金额\n"
BEFORE = f"{HEAD}2026-10-01,李明,甲公司,A1,5\n2026-10-02,李明,乙公司,A2,6\n"
AFTER = f"{HEAD}2026-10-01,李明,甲公司,A1,5\n2026-10-02,李明,乙公司,A2,9\n3月32日,李明,丙公司,A3,6\n"


def lines(export: Export) -> list[dict[str, object]]:
    """The rows by their titles; the file can be made of them."""
    head, rows = export
    assert csv_file(head, worded(rows)).count(b"\r\n") == len(rows()) + 1
    return [dict(zip(head, row, strict=True)) for row in worded(rows)]


def previewed(ws: Workspace) -> Preview:
    imports.confirm(ws, imports.preview(ws, [Upload("销售.csv", BEFORE.encode())]))
    return imports.preview(ws, [Upload("销售.csv", AFTER.encode())])


def test_what_an_import_would_do_is_saved_in_numbers(ws: Workspace) -> None:
    ready = previewed(ws)
    (month,) = lines(exports.months(ready, EN))
    assert (month["Month"], month["What happens"], month["Rows now"], month["Rows then"]) == ("2026-10", "replaced", 2, 2)
    assert (month["Added"], month["Changed"], month["Removed"]) == (0, 1, 0)
    moved = restatement.of_import(ws, ready)
    sales = next(row for row in lines(exports.moves(moved.moves, EN)) if row["KPI"] == "Sales" and row["Who"] == "李明")
    assert (sales["Was"], sales["Becomes"]) == (Figure(11.0, "money"), Figure(14.0, "money"))
    assert (sales["Month"], sales["Cases before"], sales["Cases after"]) == ("2026-10", 2, 2)
    assert (sales["Verdict before"], sales["Verdict after"]) == ("no target", "no target")
    (row,) = lines(exports.rows(moved.rows, moved.all_rows, EN))
    assert (row["Row"], row["Column"], row["Was"], row["Becomes"]) == ("changed", "Amount", 6.0, 9.0)
    assert (row["File"], row["Row number"]) == ("销售.csv", 3)


def test_a_file_that_holds_the_first_rows_alone_says_so_in_its_first_line() -> None:
    row = RowMove("added", "sales", "2026-10", "销售.csv", "销售", 2, {"amount": 5.0})
    cut, said = lines(exports.rows([row], 20_000, EN))
    assert (cut["Row"], cut["File"]) == ("The first 1 of 20000 rows", None)
    assert (said["Row"], said["Becomes"]) == ("added", 5.0)


def test_what_was_understood_and_noticed_is_saved_cell_by_cell(ws: Workspace) -> None:
    (sheet,) = previewed(ws).files[0].sheets
    assert [(row["Column"], row["Says"], row["Means"]) for row in lines(exports.columns(sheet.tables[0], EN))][:2] == [
        ("A", "日期", "Date"),
        ("B", "客户经理", "Account manager"),
    ]
    (refused,) = [row for row in lines(exports.issues(sheet.issues, EN)) if row["How grave"] == "refused"]
    assert (refused["File"], refused["Cell or row"], refused["Written there"]) == ("销售.csv", "A4", "3月32日")
    assert refused["Why"]


def test_a_finding_has_a_line_for_each_of_its_places() -> None:
    found = Finding("customer_unlisted", "sales", 3, (("a.csv", "a", 2), ("a.csv", "a", 5)), {"table": "Sales", "n": 3, "known": ["甲公司"]})
    rows = lines(exports.findings([found], EN))
    assert [(row["File"], row["Row number"], row["Found in rows"]) for row in rows] == [("a.csv", 2, 3), ("a.csv", 5, 3)]


def test_names_say_what_was_decided_and_what_is_not_yet(ws: Workspace) -> None:
    previewed(ws)
    aliases.merge(ws, "customer", "甲公司", "乙公司")
    proposed = Proposal("customer", "丙公司", "乙公司", "same_letters", 1, 2)
    waiting, merged = lines(exports.names([proposed], aliases.current(ws), EN))
    assert (waiting["Name"], waiting["Other name"], waiting["Decided"], waiting["Date"]) == ("乙公司", "丙公司", "not yet", None)
    assert (merged["Of what"], merged["Other name"], merged["Decided"]) == ("Customer", "甲公司", "counts as one")


def test_what_became_of_a_deal_is_said_in_words() -> None:
    row = RowMove("changed", "sales", "2026-10", "a.csv", "a", 2, {"status": ("won", "cancelled")})
    (line,) = lines(exports.rows([row], 1, translator("zh")))
    assert (line["原来"], line["变为"]) == ("已成交", "已取消")
