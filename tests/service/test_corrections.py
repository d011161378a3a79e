"""Refused rows on their way: a workbook to correct, whose upload adds those rows alone, once, and goes when its import goes."""

from __future__ import annotations

import io

import openpyxl
import pytest

from amdash.errors import AmdashError
from amdash.service import coverage, imports, rebuilding, refused, scorecards
from amdash.service.imports import Outcome, Upload
from amdash.service.workspace import Workspace

BAD = "十月销售,,,\n日期,客户经理,金额,订单编号\n2026-10-01,李明,100,A1\n2026-10-32,王芳,50,A2\n2026-10-03,王芳,很多,A3\n"


def put(ws: Workspace, name: str, data: bytes) -> Outcome:
    return imports.confirm(ws, imports.preview(ws, [Upload(name, data)]))


def total(ws: Workspace) -> float:
    frame = scorecards.scorecard(ws, by="all", every="total", kpis=["sales_amount"])
    return float(frame["value"].sum())


def corrected(data: bytes, **cells: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def sheet(ws: Workspace) -> bytes:
    put(ws, "销售-2026-10.csv", BAD.encode())
    return refused.workbook(ws, 1, "zh")[1]


def test_the_workbook_holds_the_refused_rows_and_says_what_is_wrong(ws: Workspace, sheet: bytes) -> None:
    target = openpyxl.load_workbook(io.BytesIO(sheet)).worksheets[0]
    assert [[cell.value for cell in row] for row in target.iter_rows()][1:] == [
        ["日期", "客户经理", "金额", "订单编号"],
        ["2026-10-32", "王芳", "50", "A2"],
        ["2026-10-03", "王芳", "很多", "A3"],
    ]
    assert (target["A3"].comment is not None, target["C4"].comment is not None, target["A4"].comment) == (True, True, None)
    assert "2026-10-32" in target["A3"].comment.text


def test_its_correction_adds_those_rows_and_no_others(ws: Workspace, sheet: bytes) -> None:
    outcome = put(ws, "随便什么名字.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    assert [(slot.key.month, slot.key.series, slot.rows.added) for slot in outcome.slots] == [("2026-10", "销售 +1", 2)]
    assert total(ws) == 157


def test_a_month_is_complete_once_its_refused_rows_are_corrected(ws: Workspace, sheet: bytes) -> None:
    def refused_rows() -> list[int]:
        return [
            reason.fields["n"] for cover in coverage.matrix(ws).incomplete() for reason in cover.reasons if reason.code == "coverage_rows_refused"
        ]

    assert refused_rows() == [1]
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    assert refused_rows() == []


def test_the_same_correction_again_changes_nothing(ws: Workspace, sheet: bytes) -> None:
    data = corrected(sheet, A3="2026-10-30", C4=7)
    put(ws, "a.xlsx", data)
    assert put(ws, "b.xlsx", data).import_id is None
    assert total(ws) == 157


def test_what_is_still_wrong_is_refused_again_and_can_be_corrected_again(ws: Workspace, sheet: bytes) -> None:
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30"))
    assert total(ws) == 150
    _, rest = refused.workbook(ws, 2, "zh")
    put(ws, "b.xlsx", corrected(rest, C3=7))
    assert total(ws) == 157


def test_a_newer_sheet_of_the_month_replaces_rows_and_corrections(ws: Workspace, sheet: bytes) -> None:
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    put(ws, "销售-2026-10.csv", BAD.replace("2026-10-32", "2026-10-30").replace("很多", "8").encode())
    assert total(ws) == 158
    imports.undo(ws, 3)
    assert total(ws) == 157


def test_the_same_faulty_sheet_again_leaves_the_corrections_alone(ws: Workspace, sheet: bytes) -> None:
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    assert put(ws, "销售-2026-10.csv", BAD.encode()).import_id is None
    assert total(ws) == 157


def test_undo_of_the_import_takes_its_corrections_along(ws: Workspace, sheet: bytes) -> None:
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    assert imports.undo(ws, 1).also == [2]
    assert ws.is_empty()
    with pytest.raises(AmdashError) as caught:
        put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30"))
    assert caught.value.code == "correction_orphaned"


def test_corrections_are_rebuilt_as_they_were(ws: Workspace, sheet: bytes) -> None:
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    assert rebuilding.rebuild(ws).identical


def test_a_row_of_two_tables_comes_back_for_the_one_that_refused_it(ws: Workspace) -> None:
    head = "工单编号,创建时间,客户经理,首次响应时间,满意度评分\n"
    text = head + "T1,2026-10-01 08:00,李明,2026-10-01 09:00,5\nT2,2026-10-02 08:00,李明,2026-10-02 09:00,五颗\n"
    put(ws, "工单.csv", text.encode())
    before = len(ws.tables()["tickets"])
    name, data = refused.workbook(ws, 1, "en")
    assert name == "工单-refused rows.xlsx"
    put(ws, name, corrected(data, E2=4))
    assert (before, len(ws.tables()["tickets"]), sorted(ws.tables()["surveys"]["score"])) == (2, 2, [4, 5])


def test_an_import_that_refused_nothing_has_nothing_to_correct(ws: Workspace) -> None:
    put(ws, "a.csv", "日期,客户经理,金额\n2026-10-01,李明,5\n".encode())
    for import_id, code in ((1, "nothing_refused"), (9, "import_unknown")):
        with pytest.raises(AmdashError) as caught:
            refused.workbook(ws, import_id, "zh")
        assert caught.value.code == code


def people_of(ws: Workspace) -> list[tuple[float, str]]:
    frame = ws.tables()["sales"].sort_values(["date", "amount"])
    return list(zip(frame["amount"], frame["manager"], strict=True))


def test_a_row_below_a_merged_label_takes_its_label_along(ws: Workspace) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (
        ["日期", "客户经理", "金额"],
        ["2026-10-01", "李明", 5],
        ["2026-10-02", None, "很多"],
        ["2026-10-03", None, 6],
        ["2026-10-04", "王芳", 7],
    ):
        page.append(row)
    page.merge_cells("B2:B4")
    target = io.BytesIO()
    book.save(target)
    put(ws, "销售.xlsx", target.getvalue())
    workbook = refused.workbook(ws, 1, "zh")[1]
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0][2]] == ["2026-10-02", "李明", "很多"]
    put(ws, "a.xlsx", corrected(workbook, C2=9))
    assert people_of(ws) == [(5, "李明"), (9, "李明"), (6, "李明"), (7, "王芳")]


def test_rows_below_a_line_that_names_their_manager_take_the_line_along(ws: Workspace) -> None:
    lines = [
        "客户经理：李明,,",
        "日期,客户,金额",
        "2026-10-01,甲,5",
        "2026-10-02,乙,很多",
        "客户经理: 王芳,,",
        "2026-10-03,丙,很多",
        "2026-10-04,丁,6",
    ]
    put(ws, "销售.csv", "\n".join(lines).encode())
    workbook = refused.workbook(ws, 1, "zh")[1]
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows()]
    assert rows == [
        ["客户经理：李明", None, None],
        ["日期", "客户", "金额"],
        ["2026-10-02", "乙", "很多"],
        ["客户经理：王芳", None, None],
        ["2026-10-03", "丙", "很多"],
    ]
    put(ws, "a.xlsx", corrected(workbook, C3=8, C5=9))
    assert people_of(ws) == [(5, "李明"), (8, "李明"), (9, "王芳"), (6, "王芳")]


def test_what_is_uploaded_uncorrected_is_told_the_same_fault_again(ws: Workspace, sheet: bytes) -> None:
    # Every amount is at fault: without knowing what it was taken for, the column would look like none.
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    book.worksheets[0].delete_rows(3)
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(AmdashError) as caught:
        put(ws, "a.xlsx", target.getvalue())
    assert [(issue.code, issue.cell) for issue in caught.value.fields["issues"]] == [("value_not_number", "C3")]
    assert ws.revision() == 1


def test_what_the_columns_were_taken_for_is_remembered_for_no_other_sheet(ws: Workspace, sheet: bytes) -> None:
    put(ws, "a.xlsx", corrected(sheet, A3="2026-10-30", C4=7))
    assert ws.store.decisions() == {}


def test_sheets_with_the_same_heading_keep_their_own_meaning(ws: Workspace) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {
        "销售": [["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5], ["2026-10-02", "李明", "很多"]],
        "评价": [["日期", "客户经理", "评分"], ["2026-10-01", "李明", 5], ["2026-10-32", "李明", 4]],
    }.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    target = io.BytesIO()
    book.save(target)
    put(ws, "账.xlsx", target.getvalue())
    workbook = openpyxl.load_workbook(io.BytesIO(refused.workbook(ws, 1, "zh")[1]))
    workbook["销售"]["C2"], workbook["评价"]["A2"] = 6, "2026-10-03"
    target = io.BytesIO()
    workbook.save(target)
    put(ws, "a.xlsx", target.getvalue())
    assert {name: len(ws.tables()[name]) for name in ("sales", "surveys")} == {"sales": 2, "surveys": 2}
