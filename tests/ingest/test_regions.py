"""Where the tables of a sheet stand: stacked, side by side, under one header row or two."""

from __future__ import annotations

import datetime as dt
from typing import Any

from amdash.ingest import layout, regions, vocabulary
from amdash.ingest.layout import Grid
from amdash.ingest.regions import Region
from amdash.ingest.sheet import Merge, Sheet

WORDS = vocabulary.load()
DAY = "2026-10-01"
SALES = ["日期", "客户经理", "金额"]
COMPLAINTS = ["投诉日期", "客户", "投诉类型"]
Rows = list[list[Any]]


def finest(rows: Rows, *merged: Merge) -> list[Region]:
    return regions.partitions(Sheet("S", rows, merged=merged), WORDS)[0]


def grids(rows: Rows, *merged: Merge) -> list[Grid]:
    sheet = Sheet("S", rows, merged=merged)
    return [layout.cut_out(sheet, region, WORDS) for region in regions.partitions(sheet, WORDS)[0]]


def heads(rows: Rows, *merged: Merge) -> list[tuple[int, int, int, int, int | None]]:
    """(header, first column, last column, stop, labels) of the finest regions."""
    return [(one.header, one.first, one.last, one.stop, one.labels) for one in finest(rows, *merged)]


def test_nothing_without_a_header() -> None:
    assert regions.partitions(Sheet("S", [["x"], [1.0]]), WORDS) == []
    assert regions.partitions(Sheet("S", []), WORDS) == []


def test_one_table_is_one_region() -> None:
    assert regions.partitions(Sheet("S", [SALES, [DAY, "李明", 5.0]]), WORDS) == [[Region(0, 0, 2, 2)]]


def test_tables_one_below_another_with_their_titles() -> None:
    rows = [["销售"], SALES, [DAY, "李明", 5.0], [], ["投诉"], COMPLAINTS, [DAY, "甲", "质量"]]
    assert heads(rows) == [(1, 0, 2, 4, None), (5, 0, 2, 7, None)]
    assert [grid.titles for grid in grids(rows)] == [["销售"], ["投诉"]]


def test_a_title_may_stand_apart_from_its_header() -> None:
    rows = [SALES, [DAY, "李明", 5.0], [], ["投诉"], ["单位：万元"], [], COMPLAINTS, [DAY, "甲", "质量"]]
    assert heads(rows) == [(0, 0, 2, 3, None), (6, 0, 2, 8, None)]
    assert grids(rows)[1].titles == ["投诉", "单位：万元"]


def test_a_line_right_below_a_table_is_its_note() -> None:
    rows = [SALES, [DAY, "李明", 5.0], ["制表：张三"], [], COMPLAINTS, [DAY, "甲", "质量"]]
    assert heads(rows) == [(0, 0, 2, 4, None), (4, 0, 2, 6, None)]
    assert [grid.notes for grid in grids(rows)] == [[(3, "制表：张三")], []]


def test_tables_side_by_side_have_titles_of_their_own() -> None:
    rows = [["销售", None, None, None, "投诉", None, None], [*SALES, None, *COMPLAINTS], [DAY, "李明", 5.0, None, DAY, "甲", "质量"]]
    assert heads(rows) == [(1, 0, 3, 3, None), (1, 4, 6, 3, None)]
    assert [grid.titles for grid in grids(rows)] == [["销售"], ["投诉"]]
    assert [grid.address(0, 0) for grid in grids(rows)] == ["A3", "E3"]


def test_a_title_over_all_of_them_is_that_of_each() -> None:
    pair = [*SALES, None, *COMPLAINTS]
    rows = [["2026年"], pair, [DAY, "李明", 5.0, None, DAY, "甲", "质量"]]
    assert [grid.titles for grid in grids(rows)] == [["2026年"], ["2026年"]]
    rows = [["2026年"], ["销售", None, None, None, "投诉"], pair, [DAY, "李明", 5.0, None, DAY, "甲", "质量"]]
    assert [grid.titles for grid in grids(rows, Merge(1, 0, 1, 6))] == [["2026年", "销售"], ["2026年", "投诉"]]
    # Not merged, it stands over the first.
    assert [grid.titles for grid in grids(rows)] == [["2026年", "销售"], ["投诉"]]


def test_an_empty_column_inside_a_table_parts_nothing() -> None:
    rows = [["客户经理", None, "日期", "金额"], ["李明", None, DAY, 5.0]]
    assert heads(rows) == [(0, 0, 3, 2, None)]
    rows = [["日期", "金额", None, "客户经理"], [DAY, 5.0, None, "李明"]]
    assert heads(rows) == [(0, 0, 3, 2, None)]
    assert [column.header for column in grids(rows)[0].columns] == ["日期", "金额", "客户经理"]


def test_the_same_words_again_in_one_row_are_a_second_table() -> None:
    rows = [["日期", "金额", "日期", "金额"], [DAY, 5.0, DAY, 6.0]]
    assert heads(rows) == [(0, 0, 1, 2, None), (0, 2, 3, 2, None)]


def test_the_same_header_further_down_is_the_next_page() -> None:
    rows = [SALES, [DAY, "李明", 5.0], [], SALES, [DAY, "王芳", 6.0]]
    assert heads(rows) == [(0, 0, 2, 5, None)]
    (grid,) = grids(rows)
    assert (grid.row_numbers, grid.repeated_headers) == ([2, 5], 1)


def test_labels_over_groups_of_columns() -> None:
    rows = [["客户经理", "业务", None, "日期"], [None, "金额", "数量", None], ["李明", 5.0, 1.0, DAY]]
    assert heads(rows) == [(1, 0, 3, 3, 0)]
    assert [(column.header, column.label) for column in grids(rows)[0].columns] == [
        ("客户经理", ""),
        ("金额", "业务"),
        ("数量", "业务"),
        ("日期", ""),
    ]


def test_a_group_may_hold_nothing_that_is_known() -> None:
    rows = [["客户经理", "其他", None, "日期", "金额"], [None, "颜色", "附件", None, None], ["李明", "x", None, DAY, 5.0]]
    assert heads(rows) == [(1, 0, 4, 3, 0)]


def test_a_header_below_labels_is_found_in_the_middle_of_a_sheet() -> None:
    customers = [["档案", None, None, "客户名称"], ["区域", "行业", "客户编号", None], ["华东", "机电", "C-1", "甲"]]
    rows = [["客户名单"], ["甲公司"], ["2026年"], *customers, [], ["退货"], ["订单编号", "退货原因", "退货日期"], ["N-1", "坏", DAY]]
    assert heads(rows) == [(4, 0, 3, 7, 3), (8, 0, 3, 10, None)]


def test_a_title_merged_beside_another_table_is_none_of_its_labels() -> None:
    rows = [
        ["目标", None, None, None, "员工调查", None, None],
        ["单位：万元", None, None, None, "情况", None, "满意度"],
        ["月份", "目标", "客户经理", None, "客户经理", "日期", None],
        ["2026-01", 5.0, "李明", None, "李明", DAY, 4.0],
    ]
    assert heads(rows, Merge(2, 0, 2, 2), Merge(2, 4, 2, 5)) == [(2, 0, 3, 4, None), (2, 4, 6, 4, 1)]


def test_months_over_their_measures_may_be_real_dates() -> None:
    rows = [
        ["客户经理", dt.datetime(2026, 1, 1), None, dt.datetime(2026, 2, 1), None],
        [None, "销售额", "投诉数", "销售额", "投诉数"],
        ["李明", 5.0, 1.0],
    ]
    assert heads(rows) == [(1, 0, 4, 3, 0)]
    texts = [[f"{value:%Y-%m-%d} 00:00:00" if isinstance(value, dt.datetime) else value for value in row] for row in rows]
    assert heads(texts) == [(1, 0, 4, 3, 0)]


def test_a_measure_with_a_long_name_stands_over_its_months() -> None:
    rows = [["manager", "average response time", None, "complaints"], [None, "Jan", "Feb", None], ["Ann", 5.0, 1.0, 2.0]]
    assert heads(rows) == [(1, 0, 3, 3, 0)]


def test_a_title_over_everything_is_no_label() -> None:
    rows = [["销售明细", None, None], SALES, [DAY, "李明", 5.0]]
    assert heads(rows, Merge(1, 0, 1, 2)) == [(1, 0, 2, 3, None)]
    assert heads(rows) == [(1, 0, 2, 3, None)]


def test_words_that_a_person_has_named_make_a_header() -> None:
    rows = [["when", "who", "how much"], [DAY, "李明", 5.0]]
    assert regions.partitions(Sheet("S", rows), WORDS, ["when", "how much"]) == [[Region(0, 0, 2, 2)]]


def test_a_table_ends_above_the_group_labels_of_the_next_one() -> None:
    rows = [
        ["反馈日期", "客户经理", "反馈内容", None],
        ["2024-01-14", "李明", "加急", None],
        [],
        ["客户名单", None, None, None],
        ["基本信息", None, None, "客户经理"],
        ["客户名称", "行业", "客户编号", None],
        ["鼎盛机电", "机电", "N-1", "李明"],
    ]
    (way, *_) = regions.partitions(Sheet("S", rows), WORDS)
    assert [(one.top, one.labels, one.header, one.stop) for one in way] == [(0, None, 0, 3), (3, 4, 5, 7)]
