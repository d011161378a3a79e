"""What a person decides of a sheet holds for the next sheet of the kind, until the import that brought it is taken back."""

from __future__ import annotations

import io

import openpyxl
import pytest

from amdash.errors import AmdashError
from amdash.service import drilldown, imports
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace

HEADER = "下单日期,签约日期,业务员,销售额\n"


def month(number: int) -> bytes:
    return (HEADER + f"2026-{number:02d}-01,2026-{number:02d}-09,李明,5\n2026-{number:02d}-02,2026-{number:02d}-08,王芳,6\n").encode()


def dates(ws: Workspace) -> list[str]:
    return sorted(str(day)[:10] for day in ws.tables()["sales"]["date"])


def store(ws: Workspace, number: int, *mapping: str) -> imports.Preview:
    ready = imports.preview(ws, [Upload(f"销售-2026-{number:02d}.csv", month(number))], mapping=mapping)
    imports.confirm(ws, ready)
    return ready


def test_two_columns_that_fit_are_asked_about_and_the_better_one_is_taken(ws: Workspace) -> None:
    ready = store(ws, 9)
    assert [(one.code, one.choices, one.guess) for one in ready.questions] == [
        ("ask_column", ("下单日期=sales.date", "签约日期=sales.date"), "下单日期=sales.date")
    ]
    assert dates(ws) == ["2026-09-01", "2026-09-02"]


def test_an_answer_holds_for_the_next_month(ws: Workspace) -> None:
    store(ws, 8, "签约日期=sales.date")
    ready = store(ws, 9)
    assert dates(ws) == ["2026-08-08", "2026-08-09", "2026-09-08", "2026-09-09"]
    assert ready.questions == []
    assert ready.files[0].tables[0].decisions == ("签约日期=sales.date",)


def test_what_was_accepted_as_guessed_is_not_asked_again(ws: Workspace) -> None:
    assert store(ws, 8).questions != []
    assert store(ws, 9).questions == []


def test_a_new_answer_goes_before_an_old_one(ws: Workspace) -> None:
    store(ws, 7, "签约日期=sales.date")
    store(ws, 8, "下单日期=sales.date", "签约日期=ignore")
    store(ws, 9)
    assert dates(ws)[-2:] == ["2026-09-01", "2026-09-02"]


def test_undo_forgets_the_answer(ws: Workspace) -> None:
    store(ws, 8, "签约日期=sales.date")
    imports.undo(ws, 1)
    assert store(ws, 9).questions != []
    assert dates(ws) == ["2026-09-01", "2026-09-02"]


def test_another_sheet_with_other_columns_is_not_touched(ws: Workspace) -> None:
    store(ws, 8, "签约日期=sales.date")
    other = "下单日期,签约日期,业务员,销售额,产品\n2026-10-01,2026-10-09,李明,5,甲\n".encode()
    assert imports.preview(ws, [Upload("b.csv", other)]).questions != []


def test_a_column_that_is_not_there_is_said(ws: Workspace) -> None:
    with pytest.raises(AmdashError) as caught:
        store(ws, 9, "成交日=sales.date")
    assert (caught.value.code, caught.value.fields["column"]) == ("mapping_column_missing", "成交日")
    assert caught.value.fields["found"] == "下单日期, 业务员, 签约日期, 销售额"


def test_two_columns_for_one_field_are_refused(ws: Workspace) -> None:
    with pytest.raises(AmdashError) as caught:
        store(ws, 9, "下单日期=sales.date", "签约日期=sales.date")
    assert (caught.value.code, caught.value.fields["columns"]) == ("mapping_twice", ["下单日期", "签约日期"])


def book(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


ROWS: list[list[object]] = [["订单号", "日期", "客户经理", "金额"], *([f"A{day}", f"2026-10-{day:02d}", "李明", day] for day in range(1, 9))]


def test_of_a_raw_sheet_and_its_cleaned_copy_one_is_taken_after_asking(ws: Workspace) -> None:
    data = book(原始数据=ROWS, 清洗后=ROWS)
    ready = imports.preview(ws, [Upload("销售.xlsx", data)])
    assert (ready.accepted, [doubt.code for doubt in ready.doubts]) == (8, ["sheet_is_copy"])
    assert {row["sheet"] for row in ready.placed} == {"清洗后"}
    told = imports.preview(ws, [Upload("销售.xlsx", data)], mapping=["sheet:清洗后=skip"])
    assert (told.accepted, told.doubts, {row["sheet"] for row in told.placed}) == (8, [], {"原始数据"})
    both = imports.preview(ws, [Upload("销售.xlsx", data)], mapping=["sheet:原始数据=take"])
    assert (both.accepted, both.doubts) == (16, [])


def test_two_sheets_of_different_records_are_both_taken(ws: Workspace) -> None:
    other = [ROWS[0], *([f"B{day}", f"2026-10-{day:02d}", "王芳", day] for day in range(1, 9))]
    ready = imports.preview(ws, [Upload("销售.xlsx", book(华东=ROWS, 华南=other))])
    assert (ready.accepted, ready.doubts) == (16, [])


def test_sheets_called_by_people_are_theirs(ws: Workspace) -> None:
    rows: list[list[object]] = [["日期", "客户", "金额"], ["2026-10-01", "甲", 5]]
    ready = imports.preview(ws, [Upload("销售.xlsx", book(李明=rows, 王芳=rows))])
    assert [one.code for one in ready.questions] == ["ask_sheet_name", "ask_sheet_name"]
    imports.confirm(ws, ready)
    assert sorted(ws.tables()["sales"]["manager"]) == ["李明", "王芳"]


def test_sheets_called_by_months_are_nobodys(ws: Workspace) -> None:
    rows: list[list[object]] = [["日期", "客户", "金额"], ["2026-10-01", "甲", 5]]
    ready = imports.preview(ws, [Upload("销售.xlsx", book(九月=rows, 十月=rows))])
    assert ready.files[0].tables[0].frame["manager"].isna().all()


def test_columns_that_no_field_took_are_kept_with_their_rows(ws: Workspace) -> None:
    data = "日期,业务员,销售额,颜色\n2026-10-01,李明,5,红\n".encode()
    imports.confirm(ws, imports.preview(ws, [Upload("a.csv", data)]))
    (row,) = drilldown.rows_behind(ws, "sales_amount")
    assert row.beside == {"颜色": "红"}
    # They decide no figure, so they are no change either.
    again = imports.preview(ws, [Upload("a.csv", data.replace("红".encode(), "蓝".encode()))])
    assert again.changes_nothing


def test_a_file_that_cannot_be_read_leaves_the_others_alone(ws: Workspace) -> None:
    files = [Upload("a.csv", month(9)), Upload("b.png", b"\x89PNG\r\n\x1a\n" + bytes(200))]
    ready = imports.preview(ws, files)
    assert (ready.accepted, [doubt.code for doubt in ready.doubts], [file for file, _ in ready.errors]) == (2, ["file_left_out"], ["b.png"])
    imports.confirm(ws, ready)
    assert ws.store.imports()[0].detail["left_out"] == ["b.png"]


def test_a_second_sheet_of_the_same_month_is_asked_about(ws: Workspace) -> None:
    store(ws, 9)
    other = Upload("华南.csv", month(9).replace("李明".encode(), "赵六".encode()))
    ready = imports.preview(ws, [other])
    assert [one.code for one in ready.questions] == ["ask_series"]
    assert ready.questions[0].choices == ("file:华南.csv=series:new", "file:华南.csv=series:销售")
    merged = imports.preview(ws, [other], mapping=["file:华南.csv=series:销售"])
    assert [(slot.key.series, slot.action) for slot in merged.slots] == [("销售", "replaced")]
    imports.confirm(ws, ready)
    assert imports.preview(ws, [Upload("华南.csv", month(9))]).questions == []
