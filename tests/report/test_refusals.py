"""Refused rows as a workbook: nothing changes its type, nothing becomes a formula, and every mark says what is wrong."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from amdash.ingest import reader
from amdash.ingest.workbook import marker
from amdash.report.refusals import RefusedSheet, refusals, written_names

HEAD: list[list[Any]] = [["三月投诉", None, None], ["日期", "客户", "金额"]]


def sheet(rows: list[tuple[int, list[Any]]], **changes: Any) -> RefusedSheet:
    return RefusedSheet(**{"name": "投诉", "head": HEAD, "rows": rows, "header_rows": (2,)} | changes)


def book(*sheets: RefusedSheet, origin: dict[str, str] | None = None) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(refusals(sheets, origin or {}, "zh")))


def written(value: Any) -> Any:
    return book(sheet([(7, [value])]))["投诉"]["A3"]


def read_back(value: Any) -> Any:
    """What an upload of the workbook sees in the cell."""
    (page, _) = reader.read("a.xlsx", refusals([sheet([(7, [value, "end"])])], {"import": "5"}, "zh"))
    return page.rows[2][0]


def test_the_head_stands_as_it_stood_and_only_refused_rows_follow() -> None:
    page = book(sheet([(9, ["3月32日", "华信", 12.5]), (18, [None, "新联", 3])]))["投诉"]
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values == [*HEAD, ["3月32日", "华信", 12.5], [None, "新联", 3]]
    assert page.freeze_panes == "A3"
    assert [cell.font.bold for cell in page[2]] == [True, True, True]
    assert not page["A1"].font.bold


def test_a_header_of_two_rows_keeps_its_merged_cells() -> None:
    head: list[list[Any]] = [["标题", None, None], ["客户", "三月", None], [None, "金额", "数量"]]
    merges = ((1, 0, 1, 2), (2, 1, 2, 2), (2, 0, 3, 0))
    page = book(sheet([(5, ["华信", 1, 2])], head=head, header_rows=(2, 3), merges=merges))["投诉"]
    assert sorted(map(str, page.merged_cells.ranges)) == ["A1:C1", "A2:A3", "B2:C2"]
    assert page["B2"].value == "三月"
    assert page.freeze_panes == "A4"


@pytest.mark.parametrize("merge", [(2, 0, 3, 0), (1, 1, 1, 1), (0, 0, 1, 1), (1, 1, 2, 1)])
def test_a_merged_range_that_would_damage_the_workbook_is_left_out(merge: tuple[int, int, int, int]) -> None:
    page = book(sheet([(5, ["华信", 1, 2])], merges=((1, 0, 1, 2), merge)))["投诉"]
    assert list(map(str, page.merged_cells.ranges)) == ["A1:C1"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (12.5, "n"),
        (-3, "n"),
        (True, "b"),
        ("12.5", "s"),
        (dt.datetime(2026, 3, 5, 9, 30), "d"),
        (dt.datetime(2026, 3, 5), "d"),
        (dt.time(9, 30, 15), "d"),
    ],
)
def test_values_keep_their_type(value: Any, kind: str) -> None:
    cell = written(value)
    assert (cell.value, cell.data_type) == (value, kind)


def test_a_date_is_read_back_as_the_same_date() -> None:
    assert written(dt.date(2026, 3, 5)).number_format == "yyyy-mm-dd"
    assert read_back(dt.date(2026, 3, 5)) == dt.date(2026, 3, 5)
    assert read_back(dt.datetime(2026, 3, 5, 9, 30, 15)) == dt.datetime(2026, 3, 5, 9, 30, 15)
    assert read_back(dt.timedelta(hours=30)) == dt.timedelta(hours=30)


@pytest.mark.parametrize("value", [dt.date(1888, 1, 1), dt.datetime(2026, 3, 5, tzinfo=dt.UTC), 12345678901234567890, float("inf"), 2**80])
def test_what_a_workbook_has_no_number_for_is_written_out(value: Any) -> None:
    cell = written(value)
    assert cell.data_type == "s"
    assert cell.value == (value.isoformat() if hasattr(value, "isoformat") else str(value))


@pytest.mark.parametrize("value", [None, float("nan")])
def test_a_missing_value_is_an_empty_cell(value: Any) -> None:
    assert written(value).value is None


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+86 138", "-5", "@cmd", "#DIV/0!", "#N/A", "\t=1", "'=1", "{=1}", "TRUE"])
def test_a_text_is_never_a_formula(text: str) -> None:
    data = refusals([sheet([(7, [text])])], {}, "zh")
    cell = openpyxl.load_workbook(io.BytesIO(data))["投诉"]["A3"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert read_back(text) == text


def test_leading_noughts_outlive_an_edit() -> None:
    cell = written("00712")
    assert (cell.value, cell.data_type, cell.number_format) == ("00712", "s", "@")


@pytest.mark.parametrize(
    ("text", "found"), [("a\x00b\x0b", "a\ufffdb\ufffd"), ("\ud83d", "\ufffd"), ("\uffff甲", "\ufffd甲"), ("甲\n乙\t丙", "甲\n乙\t丙")]
)
def test_characters_that_xlsx_cannot_hold_are_replaced_by_a_mark(text: str, found: str) -> None:
    assert read_back(text) == found


def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis() -> None:
    found = written("甲" * 40_000).value
    assert (len(found), found[-2:]) == (32_767, "甲…")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(lambda text: not set(text) & set("\ufffe\uffff")))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    # Nothing but spaces is an empty cell to whoever reads it.
    assert read_back(text) == (text if text.strip() else None)


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_", "__x000D_x"])
def test_a_text_like_a_code_is_no_code(text: str) -> None:
    assert read_back(text) == text


def test_bad_cells_are_filled_framed_and_explained() -> None:
    page = book(sheet([(9, ["3月32日", "华信", 12.5])], marks={(9, 0): ["“3月32日”不是日期。", "请改正。"]}))["投诉"]
    cell = page["A3"]
    assert cell.fill.fgColor.rgb == "009CC8EE"
    assert cell.border.left.style == "medium"
    assert cell.comment.text.split("\n") == ["“3月32日”不是日期。", "请改正。", "把标出的地方都改好，保存，再上传这份表。"]
    assert page["B3"].comment is None
    assert page["B3"].fill.fill_type is None


def test_an_empty_cell_may_be_the_bad_one() -> None:
    page = book(sheet([(9, ["2026-03-01"])], marks={(9, 2): ["缺少金额。"]}))["投诉"]
    assert page["C3"].value is None
    assert page["C3"].comment.text.startswith("缺少金额。")
    assert page["C3"].fill.fill_type == "solid"


def test_what_is_wrong_with_the_row_stands_at_its_first_cell() -> None:
    page = book(sheet([(9, ["甲", "乙", 1]), (11, ["丙", "丁", 2])], marks={(9, 0): ["日期不对。"]}, row_marks={9: ["重复。"], 11: ["重复。"]}))[
        "投诉"
    ]
    assert page["A3"].comment.text.split("\n")[:2] == ["整行：重复。", "日期不对。"]
    assert page["A3"].fill.fgColor.rgb == "009CC8EE"
    assert page["A4"].comment.text.startswith("整行：重复。")
    assert page["A4"].fill.fgColor.rgb == "00DCEBF8"


def test_a_mark_on_a_row_that_is_not_there_marks_nothing() -> None:
    page = book(sheet([(9, ["甲"])], marks={(10, 0): ["x"]}, row_marks={12: ["y"]}))["投诉"]
    assert not any(cell.comment for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("text", ["日期不对，请改成 2026-03-05 这样的写法，再上传。" * 8, "short", "a\nb\nc"])
def test_comments_show_all_of_their_text(text: str) -> None:
    data = refusals([sheet([(9, ["甲"])], marks={(9, 0): [text]})], {}, "zh")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (found,) = re.findall(r"width:(\d+)px;height:(\d+)px", archive.read("xl/drawings/commentsDrawing1.vml").decode())
    across, high = map(int, found)
    # A Chinese character takes 14 pixels and a letter 7, a line 18.
    pixels = [sum(14 if ord(letter) > 0x2E80 else 7 for letter in line) for line in text.split("\n")]
    assert high >= 18 * (sum(-(-line // across) for line in pixels) + 2)
    assert across <= 400


def test_the_marker_is_very_hidden_and_leads_every_row_back() -> None:
    origin = {"import": "5", "file": "三月.xlsx", "accepted:投诉:surveys": "9"}
    one, other = sheet([(9, ["甲"]), (18, ["乙"])]), sheet([(4, ["丙"])], name="工单", head=[["日期"]], header_rows=(1,))
    found = book(one, other, origin=origin)
    assert found.sheetnames == ["投诉", "工单", "amdash"]
    assert found["amdash"].sheet_state == "veryHidden"
    rows = [[cell for cell in row if cell is not None] for row in found["amdash"].iter_rows(values_only=True)]
    assert rows == [*map(list, origin.items()), ["row", "投诉", 3, 9], ["row", "投诉", 4, 18], ["row", "工单", 2, 4]]


def test_the_marker_is_understood_when_the_workbook_comes_back() -> None:
    data = refusals([sheet([(9, ["甲"]), (18, ["乙"])])], {"import": "5", "file": "=三月.xlsx"}, "zh")
    assert dict(marker(reader.read("a.xlsx", data))) == {"import": "5", "file": "=三月.xlsx", "row:投诉:3": "9", "row:投诉:4": "18"}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a/b:c*[d]?\\e"], ["a_b_c__d___e"]),
        (["销售", "销售"], ["销售", "销售 (2)"]),
        (["Sales", "sALES"], ["Sales", "sALES (2)"]),
        (["甲" * 40, "甲" * 40], ["甲" * 31, "甲" * 27 + " (2)"]),
        (["amdash", "History", "", "'x'"], ["amdash (2)", "History (2)", "Sheet", "x"]),
        # An emoji counts twice, and half of one is none.
        (["x" + "😀" * 20], ["x" + "😀" * 15]),
        (["a\x00b"], ["a\ufffdb"]),
    ],
)
def test_sheet_names_are_made_valid(names: Sequence[str], found: list[str]) -> None:
    assert written_names(names) == found
    made = book(*(sheet([(9, ["甲"])], name=name) for name in names))
    assert made.sheetnames == [*found, "amdash"]
    assert [row[1] for row in made["amdash"].iter_rows(values_only=True) if row[0] == "row"] == found


def test_columns_are_wide_enough_or_as_wide_as_they_were() -> None:
    rows: list[tuple[int, list[Any]]] = [(9, [dt.datetime(2026, 3, 5, 9, 30, 15), "华信五金有限公司", 1])]
    wide = book(sheet(rows))["投诉"].column_dimensions
    assert wide["A"].width >= 19
    assert 18 <= wide["B"].width <= 48
    assert [book(sheet(rows, widths=(20, 30)))["投诉"].column_dimensions[letter].width for letter in "AB"] == [20, 30]


def test_the_same_rows_make_the_same_bytes() -> None:
    one = sheet([(9, ["甲"])], marks={(9, 0): ["x"]})
    assert refusals([one], {"import": "5"}, "en") == refusals([one], {"import": "5"}, "en")


def test_nothing_refused_is_no_workbook() -> None:
    with pytest.raises(ValueError, match="needs a sheet"):
        refusals([], {}, "en")


def test_five_thousand_rows_take_a_few_seconds() -> None:
    rows: list[tuple[int, list[Any]]] = [
        (number, [dt.date(2026, 3, 5), "华信五金", 12.5, "备注", number, "a", "b", "c", "d", "e"]) for number in range(3, 5003)
    ]
    many = sheet(rows, marks={(number, 2): ["金额不对，请改正。"] for number, _cells in rows})
    start = time.process_time()
    data = refusals([many], {"import": "5"}, "zh")
    assert time.process_time() - start < 12
    assert openpyxl.load_workbook(io.BytesIO(data), read_only=True)["投诉"].max_row == 5002
