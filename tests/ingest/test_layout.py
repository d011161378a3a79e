"""Cutting the table out of the sheet."""

from __future__ import annotations

import pytest

from amdash.ingest import across, layout, regions, vocabulary
from amdash.ingest.sheet import Merge, Sheet

WORDS = vocabulary.load()


def cut(rows: list[list[object]]) -> layout.Grid:
    sheet = Sheet("S", rows)
    return layout.cut_out(sheet, regions.partitions(sheet, WORDS)[-1][0], WORDS)


def test_the_header_is_the_row_that_knows_most_words() -> None:
    rows = [["日期：2026-10-31", None], ["客户", "说明"], ["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5]]
    assert [way[-1].header for way in regions.partitions(Sheet("S", rows), WORDS)] == [2]


def test_no_header_without_two_known_words() -> None:
    assert regions.partitions(Sheet("S", [["日期", "foo"], [1, 2]]), WORDS) == []
    assert regions.partitions(Sheet("S", []), WORDS) == []


def test_forced_words_make_a_header() -> None:
    ((table,),) = regions.partitions(Sheet("S", [["x", "y"], ["when", "who"]]), WORDS, ["when"])
    assert table.header == 1


@pytest.mark.parametrize("word", ["合计", "总计：", " 小 计 ", "本月合计", "Grand Total", "SUBTOTAL", "total:", "华东组小计", "合计（元）"])
def test_total_rows_in_every_spelling_are_left_out(word: str) -> None:
    grid = cut([["日期", "客户经理", "金额"], ["2026-10-01", "李明", 5], [word, None, 5]])
    assert (grid.row_numbers, grid.totals_skipped) == ([2], 1)


def test_a_name_like_a_total_with_no_figure_but_its_day_is_a_record() -> None:
    """Behind the customer nothing is filled but the day, which a spreadsheet program was not told to show as one."""
    head, day = ["客户经理", "客户", "投诉编号", "受理日期", "等级"], 45305
    rows = [["李明", "鼎盛机电", "N-1", day, "加急"], [None, "总计划科技", None, day, None], ["王芳", "Total Wine", None, str(day), None]]
    assert cut([head, *rows]).totals == []
    # Of a column that can be added up it is one, and what says 合计 alone always is.
    for total in ([None, "本月总计", None, day + 0.5, 3], [None, "合计", None, day, None]):
        assert len(cut([head, *rows, total]).totals) == 1


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


def test_a_header_row_with_the_word_total_that_comes_again_is_no_total() -> None:
    head = ["日期", "Total", "客户经理"]
    grid = cut([head, ["2026-10-01", 5, "李明"], head, ["2026-10-02", 6, "李明"]])
    assert (grid.row_numbers, grid.totals_skipped, grid.repeated_headers) == ([2, 4], 0, 1)


def test_two_header_rows_come_again_as_one() -> None:
    above, below = ["客户经理", "业务", None, "日期"], [None, "金额", "数量", None]
    grid = cut([above, below, ["李明", 5, 1, "2026-10-01"], above, below, ["王芳", 6, 2, "2026-10-02"]])
    assert (grid.header_row, grid.row_numbers, grid.repeated_headers) == (2, [3, 6], 1)


def test_a_customer_whose_name_begins_like_a_total_is_kept_with_an_empty_cell() -> None:
    grid = cut([["客户", "客户经理", "行业", "备注"], ["总计划科技", "李明", None, None], ["Total Wine", None, "酒", None]])
    assert (grid.row_numbers, grid.totals_skipped) == ([2, 3], 0)


def test_the_unit_of_all_figures_is_said_of_no_customer() -> None:
    grid = cut([["单位：万元"], ["客户经理：李明"], ["日期", "金额", "备注"], ["2026-10-01", 5, None]])
    assert grid.said == {"客户经理": {0: "李明"}}


def test_a_line_that_speaks_of_the_rows_below_is_one_in_a_table_of_two_columns_too() -> None:
    grid = cut([["日期", "金额"], ["2026-10-01", 5], ["客户经理：王芳"], ["2026-10-02", 6], ["制表：张三"]])
    assert (grid.row_numbers, grid.said, grid.notes) == ([2, 4], {"客户经理": {1: "王芳"}}, [(5, "制表：张三")])


def test_one_word_is_a_record_where_a_merged_cell_reaches_into_its_row() -> None:
    rows = [["团队", "姓名", "邮箱"], ["华东", "李明", "a@b"], [None, "王芳", None], [None, "张三", None]]
    sheet = Sheet("S", rows, merged=(Merge(2, 0, 3, 0),))
    grid = layout.cut_out(sheet, regions.partitions(sheet, WORDS)[0][0], WORDS)
    assert (grid.row_numbers, grid.notes) == ([2, 3], [(4, "张三")])
    assert grid.merged_down == {0: {1: "华东"}}
