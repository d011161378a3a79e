"""Months across: in the header, above the measures or below them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from amdash.ingest import across, layout, months, regions, vocabulary
from amdash.ingest.layout import Grid
from amdash.ingest.sheet import Merge, Sheet

WORDS = vocabulary.load()


def cut(rows: list[list[Any]], *merged: Merge) -> Grid:
    sheet = Sheet("S", rows, merged=merged)
    return layout.cut_out(sheet, regions.partitions(sheet, WORDS)[-1][0], WORDS)


def periods(header: list[Any]) -> list[str]:
    """The periods that stand across under a header of a manager and some months."""
    found = across.find(cut([["客户经理", *header], ["李明", *range(len(header))]]), 2026, 3)
    return [] if found is None else [period for places in found.places.values() for period in places]


@pytest.mark.parametrize(
    "header",
    [
        ["1月", "2月", "3月"],
        ["1月份", "2月份", "3月份"],
        ["Jan", "Feb", "Mar"],
        ["January", "February", "March"],
        ["2026-01", "2026-02", "2026-03"],
        ["2026年1月", "2026年2月", "2026年3月"],
        ["Jan 2026", "Feb 2026", "Mar 2026"],
        ["202601", "202602", "202603"],
        [202601.0, 202602.0, 202603.0],
        [dt.datetime(2026, 1, 1), dt.datetime(2026, 2, 1), dt.datetime(2026, 3, 1)],
        ["1月(万元)", "2月(万元)", "3月(万元)"],
        ["Jan (k)", "Feb (k)", "Mar (k)"],
        ["1月（万元）", "2月（万元）", "3月（万元）"],
    ],
)
def test_months_in_every_spelling(header: list[Any]) -> None:
    assert periods(header) == ["2026-01", "2026-02", "2026-03"]


def test_quarters_beside_months_are_left_alone_and_stand_for_themselves_without_them() -> None:
    assert periods(["1月", "2月", "3月", "Q1"]) == ["2026-01", "2026-02", "2026-03"]
    assert periods(["Q1", "第二季度", "3季度"]) == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert periods(["销售额", "1月", "2月"]) == []


def test_the_unit_of_the_months_is_that_of_their_values() -> None:
    grid = cut([["客户经理", "1月(万元)", "2月(万元)", "3月(万元)", "合计"], ["李明", 1.5, 2.0, None, 3.5]])
    found = across.find(grid, 2026, 3)
    assert found is not None
    long = across.unpivot(grid, found)
    assert long.columns[-1].units == ("万元",)
    assert (long.cells[-2], long.cells[-1]) == (["2026-01", "2026-02"], [1.5, 2.0])


ABOVE = ["客户经理", "1月", None, "2月", None]
DATES = ["客户经理", dt.datetime(2026, 1, 1), None, dt.datetime(2026, 2, 1), None]
BELOW = [None, "销售额", "投诉数", "销售额", "投诉数"]


@pytest.mark.parametrize("above", [ABOVE, DATES])
def test_months_above_their_measures(above: list[Any]) -> None:
    grid = cut([above, BELOW, ["李明", 5.0, 1.0, 6.0, None]])
    found = across.find(grid, 2026, 3)
    assert found is not None
    long = across.unpivot(grid, found)
    assert [column.header for column in long.columns][2:] == ["销售额", "投诉数"]
    assert list(zip(*long.cells, strict=True)) == [("李明", "2026-01", 5.0, 1.0), ("李明", "2026-02", 6.0, None)]
    assert [long.address(2, record) for record in range(2)] == ["B3", "D3"]


def test_months_below_their_measures() -> None:
    grid = cut([["客户经理", "销售额", None, "投诉数", None], [None, "1月", "2月", "1月", "2月"], ["李明", 5.0, 6.0, 1.0, 2.0]])
    found = across.find(grid, 2026, 3)
    assert found is not None
    long = across.unpivot(grid, found)
    assert list(zip(*long.cells, strict=True)) == [("李明", "2026-01", 5.0, 1.0), ("李明", "2026-02", 6.0, 2.0)]


def test_labels_written_once_keep_their_months() -> None:
    rows = [["团队", "客户经理", "1月", "2月", "3月"], ["华东", "李明", 1.0, 2.0, 3.0], [None, "王芳", 4.0, 5.0, 6.0]]
    grid = cut(rows, Merge(2, 0, 3, 0))
    found = across.find(grid, 2026, 3)
    assert found is not None
    assert across.unpivot(grid, found).merged_down == {0: {3: "华东", 4: "华东", 5: "华东"}}


def test_without_a_year_there_are_no_months_yet() -> None:
    grid = cut([["客户经理", "1月", "2月", "3月"], ["李明", 1.0, 2.0, 3.0]])
    assert across.find(grid, None, 3) is None
    assert across.names_months(grid)


@pytest.mark.parametrize(("text", "measure"), [("2026年投诉数", "complaints"), ("各月销售额", "sales_amount"), ("没有的", None)])
def test_what_the_figures_measure_is_said_by_the_longest_word(text: str, measure: str | None) -> None:
    assert across.measure_of(WORDS, text) == measure
    assert across.measure_of(WORDS, "没有的", text) == measure


def test_a_header_that_is_a_number_or_a_date_as_text() -> None:
    assert [months.text_of(value) for value in (202601.0, 5.5, dt.datetime(2026, 3, 1), "1月")] == ["202601", "5.5", "2026-03", "1月"]
    assert months.columns_of(["李明", 5.0, 12.0, 202601.0, "2026-01", "1月(万元)", "合计"]) == [3, 4, 5]
