"""Labels written once for the rows below them, and lines that speak of all."""

from __future__ import annotations

from typing import Any

from amdash.errors import Issue
from amdash.ingest import filling, layout, match, regions, vocabulary
from amdash.ingest.context import Context
from amdash.ingest.decisions import Decided
from amdash.ingest.layout import Grid
from amdash.ingest.reading import Question, Where
from amdash.ingest.sheet import Merge, Sheet

WORDS = vocabulary.load()
HEAD = ["区域", "客户经理", "日期", "金额"]


def filled(rows: list[list[Any]], *merged: Merge, decided: Decided | None = None) -> tuple[Grid, list[Question], list[Issue]]:
    sheet = Sheet("销售", rows, merged=merged)
    grid = layout.cut_out(sheet, regions.partitions(sheet, WORDS)[-1][0], WORDS)
    filling.add_said(grid)
    decided = decided or Decided()
    (found, *_) = match.match_tables(grid, Context("", WORDS), "sales", decided)
    issues: list[Issue] = []
    return grid, filling.fill_down(grid, found, decided, Where("f", "销售", issues)), issues


def sold(region: str | None, manager: str | None, day: int) -> list[Any]:
    return [region, manager, f"2026-10-{day:02d}", float(day)]


def test_labels_within_labels_are_filled_down() -> None:
    rows = [
        HEAD,
        sold("华东", "李明", 1),
        sold(None, None, 2),
        sold(None, "王芳", 3),
        sold(None, None, 4),
        sold("华南", "张三", 5),
        sold(None, None, 6),
    ]
    grid, questions, issues = filled(rows)
    assert grid.cells[0] == ["华东"] * 4 + ["华南"] * 2
    assert grid.cells[1] == ["李明", "李明", "王芳", "王芳", "张三", "张三"]
    assert [(issue.code, issue.cell, issue.fields["n"]) for issue in issues] == [("filled_down", "A3", 4), ("filled_down", "B3", 3)]
    assert [question.choices for question in questions] == [("区域=fill:down", "区域=fill:never"), ("客户经理=fill:down", "客户经理=fill:never")]


def test_below_a_subtotal_a_label_goes_on_where_the_next_one_begins() -> None:
    rows = [HEAD, sold("华东", "李明", 1), sold(None, None, 2), ["小计", None, None, 3.0], sold(None, "王芳", 3), sold(None, None, 4)]
    rows += [["小计", None, None, 7.0], sold("华南", "张三", 5), sold(None, None, 6)]
    grid, _, _ = filled(rows)
    assert grid.cells[0] == ["华东"] * 4 + ["华南"] * 2


def test_below_a_total_without_a_label_nothing_is_filled() -> None:
    rows = [
        HEAD,
        sold("华东", "李明", 1),
        sold(None, None, 2),
        sold("华南", "王芳", 3),
        sold(None, None, 4),
        ["合计", None, None, 10.0],
        sold(None, None, 5),
    ]
    grid, _, _ = filled(rows)
    assert grid.cells[0] == ["华东", "华东", "华南", "华南", None]
    assert grid.cells[1] == ["李明", "李明", "王芳", "王芳", None]


def test_a_column_that_says_the_same_twice_is_written_every_time() -> None:
    rows = [HEAD, sold("华东", "李明", 1), sold("华东", None, 2), sold(None, "李明", 3), sold(None, None, 4)]
    grid, questions, issues = filled(rows)
    assert (grid.cells[0], questions, issues) == (["华东", "华东", None, None], [], [])


def test_merged_cells_are_filled_wherever_they_stand() -> None:
    rows = [["日期", "金额", "客户经理"], ["2026-10-01", 1.0, "李明"], ["2026-10-02", 2.0, None], ["2026-10-03", 3.0, None]]
    grid, questions, issues = filled(rows, Merge(2, 2, 3, 2))
    assert grid.cells[2] == ["李明", "李明", None]
    assert (questions, [issue.code for issue in issues]) == ([], ["filled_merged"])


def test_a_person_may_say_that_nothing_is_repeated() -> None:
    rows = [HEAD, sold("华东", "李明", 1), sold(None, "王芳", 2), sold(None, "张三", 3), sold("华南", "赵六", 4)]
    grid, questions, issues = filled(rows, decided=Decided(values={0: {"fill": "never"}}))
    assert (grid.cells[0], questions, issues) == (["华东", None, None, "华南"], [], [])


def test_a_line_speaks_of_the_rows_below_it_until_the_next() -> None:
    rows = [["客户经理：李明"], ["日期", "金额", "备注"], ["2026-10-01", 1.0, "x"], ["客户经理：王芳"], ["2026-10-02", 2.0, "x"]]
    grid, _, _ = filled(rows)
    assert grid.columns[-1].header == "客户经理"
    assert grid.cells[-1] == ["李明", "王芳"]
