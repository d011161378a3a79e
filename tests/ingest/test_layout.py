"""Cutting the table out of the sheet."""

from __future__ import annotations

import pytest

from amdash.ingest import across, layout, regions, vocabulary
from amdash.ingest.sheet import Sheet

WORDS = vocabulary.load()


def cut(rows: list[list[object]]) -> layout.Grid:
    sheet = Sheet("S", rows)
    return layout.cut_out(sheet, regions.partitions(sheet, WORDS)[-1][0], WORDS)


def test_the_header_is_the_row_that_knows_most_words() -> None:
    rows = [["日期：2026-10-31", None], ["客户", "说明"], ["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5]]
    assert regions.find_header(Sheet("S", rows), WORDS) == 2


def test_no_header_without_two_known_words() -> None:
    assert regions.find_header(Sheet("S", [["日期", "foo"], [1, 2]]), WORDS) is None
    assert regions.find_header(Sheet("S", []), WORDS) is None


def test_forced_words_make_a_header() -> None:
    assert regions.find_header(Sheet("S", [["x", "y"], ["when", "who"]]), WORDS, ["when"]) == 1


@pytest.mark.parametrize("word", ["合计", "总计：", " 小 计 ", "本月合计", "Grand Total", "SUBTOTAL", "total:", "华东组小计", "合计（元）"])
def test_total_rows_in_every_spelling_are_left_out(word: str) -> None:
    grid = cut([["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5], [word, None, 5]])
    assert (grid.row_numbers, grid.totals_skipped) == ([2], 1)


def test_a_customer_whose_name_begins_like_a_total_is_kept() -> None:
    grid = cut([["客户", "客户经理", "金额"], ["总计划科技", "李明", 5]])
    assert (grid.row_numbers, grid.totals_skipped) == ([2], 0)


def test_twice_the_same_header_is_told_apart_by_its_letter() -> None:
    grid = cut([["日期", "金额", "金额"], ["2026-10-01", 5, 6]])
    assert [column.header for column in grid.columns] == ["日期", "金额", "金额 (C)"]


def test_empty_columns_are_passed_over_and_nameless_ones_kept_by_letter() -> None:
    grid = cut([["日期", None, "金额", None], ["2026-10-01", None, 5, "x"]])
    assert [(column.header, column.letter) for column in grid.columns] == [("日期", "A"), ("金额", "C"), ("D", "D")]
    assert grid.address(1, 0) == "C2"


def test_short_rows_are_filled_with_nothing() -> None:
    assert cut([["日期", "金额", "备注"], ["2026-10-01", 5]]).cells == [["2026-10-01"], [5], [None]]


def test_a_date_alone_is_a_row_and_no_note() -> None:
    grid = cut([["投诉日期", "客户", "备注"], ["2026-10-01", "甲", None], ["2026-10-02"]])
    assert grid.cells[0] == ["2026-10-01", "2026-10-02"]
    assert grid.notes == []


def test_a_single_text_in_a_wide_table_is_a_note() -> None:
    assert cut([["日期", "金额", "备注"], ["2026-10-01", 5, None], ["制表：张三"]]).notes == [(3, "制表：张三")]


def test_unpivot_keeps_every_cell_at_its_place() -> None:
    grid = cut([["客户经理", "1月", "2月", "3月", "合计"], ["甲", 1, None, 3, 4], ["乙", 5, 6, None, 11]])
    found = across.find(grid, 2026, 3)
    assert found is not None
    long = across.unpivot(grid, found)
    assert [column.header for column in long.columns] == ["客户经理", "合计", "1月 – 3月 (B1)", "1月 – 3月"]
    assert list(zip(long.cells[0], long.cells[2], long.cells[3], strict=True)) == [
        ("甲", "2026-01", 1),
        ("甲", "2026-03", 3),
        ("乙", "2026-01", 5),
        ("乙", "2026-02", 6),
    ]
    assert [long.address(3, record) for record in range(4)] == ["B2", "D2", "B3", "C3"]
    assert [long.address(0, record) for record in range(4)] == ["A2", "A2", "A3", "A3"]
