"""Tables as files: every value stays what it is, Excel opens Chinese, and nothing that somebody typed is run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.ingest import reader
from amdash.report.table_files import Figure, csv_file, xlsx_file

MOMENT = dt.datetime(2026, 11, 24, 9, 0)
HEAD = ["客户", "金额", "日期"]
ROWS = [["蓝海电子", 1234.5, dt.date(2026, 10, 3)], ["远航, 物流", None, None]]
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "－2+3", "\n=1"]


def sheet_of(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def lines_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_workbook_holds_numbers_and_dates_as_such() -> None:
    sheet = sheet_of(xlsx_file("客户", HEAD, ROWS, MOMENT))
    assert sheet.title == "客户"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        HEAD,
        ["蓝海电子", 1234.5, dt.datetime(2026, 10, 3)],
        ["远航, 物流", None, None],
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")


def test_a_figure_keeps_its_unit() -> None:
    rows = [[Figure(0.931, "ratio"), Figure(0.05, "points"), Figure(15.75, "hours"), Figure(480_000.0, "money"), Figure(None, "ratio")]]
    head = ["a", "b", "c", "d", "e"]
    row = sheet_of(xlsx_file("t", head, rows, MOMENT))[2]
    assert [(cell.value, cell.number_format) for cell in row[:4]] == [(0.931, "0.0%"), (5.0, "0.0"), (15.75, "0.0"), (480_000, "#,##0")]
    assert row[4].value is None
    assert lines_of(csv_file(head, rows))[1] == ["93.1%", "5", "15.75", "480000", ""]


def test_a_csv_opens_in_excel_with_its_chinese() -> None:
    data = csv_file(HEAD, ROWS)
    assert data.startswith("\ufeff客户,金额,日期\r\n".encode())
    assert lines_of(data) == [HEAD, ["蓝海电子", "1234.5", "2026-10-03"], ["远航, 物流", "", ""]]


def test_our_own_reader_reads_it_back() -> None:
    (sheet,) = reader.read("客户.csv", csv_file(HEAD, ROWS), reader.Hints())
    assert [next(iter(row)) for row in sheet.rows] == ["客户", "蓝海电子", "远航, 物流"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_run_is_a_text(text: str) -> None:
    cell = sheet_of(xlsx_file("t", ["a"], [[text]], MOMENT))["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).replace("_x000D_", "\r") == text
    assert lines_of(csv_file(["a"], [[text]]))[1] == [f"'{text}"]


def test_a_heading_that_would_be_run_is_a_text_too() -> None:
    assert sheet_of(xlsx_file("t", ["=1+1"], [], MOMENT))["A1"].data_type == "s"
    assert lines_of(csv_file(["=1+1"], [])) == [["'=1+1"]]


@pytest.mark.parametrize("value", ["-5", "+3.5", "-12%", "-", "—", -5, -0.5, "13800000000", "a=b"])
def test_what_is_harmless_is_left_as_it_is(value: object) -> None:
    assert lines_of(csv_file(["a"], [[value]]))[1] == [str(value)]


LETTERS = st.one_of(st.sampled_from("=+-@＝＋－＠\t\r\n \",;'1a"), st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.text(LETTERS, max_size=8), min_size=2, max_size=4))
@settings(max_examples=60)
def test_no_text_is_ever_run_nor_leaves_its_cell(cells: list[str]) -> None:
    (back,) = lines_of(csv_file([f"h{place}" for place in range(len(cells))], [cells]))[1:]
    assert [text.removeprefix("'") for text in back] == [text.removeprefix("'") for text in cells]
    for text in back:
        stripped = text.strip()
        assert len(stripped) < 2 or stripped[0] not in "=@＝＠"


def test_the_same_table_is_the_same_bytes() -> None:
    assert xlsx_file("客户", HEAD, ROWS, MOMENT) == xlsx_file("客户", HEAD, ROWS, MOMENT)


def test_no_rows_leave_the_head() -> None:
    assert lines_of(csv_file(HEAD, [])) == [HEAD]
    assert sheet_of(xlsx_file("客户", HEAD, [], MOMENT)).max_row == 1


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError):
        csv_file(HEAD, [["a"]])
    with pytest.raises(ValueError):
        xlsx_file("t", HEAD, [["a"]], MOMENT)
