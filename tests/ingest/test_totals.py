"""Total rows: told from records, and compared with what they add up."""

from __future__ import annotations

import datetime as dt

import pytest

from amdash.ingest import vocabulary
from amdash.ingest.totals import Difference, TotalRow, differences, total_kind

WORDS = vocabulary.load()


def kind(*cells: object, width: int = 6) -> str | None:
    return total_kind([cell for cell in cells if cell is not None], WORDS, width)


@pytest.mark.parametrize("label", ["合计", "总计：", "小 计", "本月合计", "华东组小计", "Grand Total", "Sub-total", "TOTAL:", "合计（元）"])
def test_a_label_beside_figures_makes_a_total(label: str) -> None:
    assert kind(label, 5.0, 7.0) == "total"
    assert kind(label, "¥1,234.00", "12 件", "98.5%", "-") == "total"


@pytest.mark.parametrize("name", ["总计划科技", "Total Wine", "合计量具", "Subtotal Ltd"])
def test_a_name_that_begins_like_a_total_beside_words_is_a_record(name: str) -> None:
    assert kind(name, "李明", 5.0) is None
    assert kind(name, "2026-10-01", 5.0) is None
    assert kind(name, dt.datetime(2026, 10, 1), 5.0) is None


def test_a_total_may_stand_behind_its_figures_in_a_text_file() -> None:
    # 45748.92 could be a day of the spreadsheet program.
    assert kind("45748.92", "TOTAL:", "1,208") == "total"
    assert kind("20240114", "Total", "5") is None


def test_an_average_stands_among_nothing_but_figures() -> None:
    assert kind("Average", "1234.5", "80%") == "average"
    assert kind("1234.5", "Average", "1234.5") == "average"
    assert kind("平均", 5.0) == "average"
    # Somebody's answer.
    assert kind("Average", "good", "李明") is None
    assert kind("Average", "2026-10-01", "4") is None
    assert kind("average") is None


def total(row: int, cell: object, since: int, upto: int) -> TotalRow:
    return TotalRow(row, "total", [cell], since, upto)


def told(totals: list[TotalRow], cells: list[object]) -> list[Difference]:
    return list(differences(totals, 0, cells))


def test_subtotals_and_the_whole_are_right() -> None:
    assert told([total(4, 3.0, 0, 2), total(7, 7.0, 2, 4), total(8, 10.0, 4, 4)], [1.0, 2.0, 3.0, 4.0]) == []


def test_a_total_of_subtotals_reaches_back_over_them() -> None:
    # 李明 3, 王芳 7, the team 10; 张三 11, the other team 11, all 21.
    rows = [total(4, 3.0, 0, 2), total(7, 7.0, 2, 4), total(8, 10.0, 4, 4), total(10, 11.0, 4, 5), total(11, 11.0, 5, 5), total(12, 21.0, 5, 5)]
    assert told(rows, [1.0, 2.0, 3.0, 4.0, 11.0]) == []
    # Of 王芳 and 张三 together, without 李明.
    assert told([*rows[:2], total(12, 18.0, 4, 5)], [1.0, 2.0, 3.0, 4.0, 11.0]) == []


def test_a_wrong_total_is_told_with_the_nearest_sum() -> None:
    rows = [total(4, 3.0, 0, 2), total(7, 8.0, 2, 4), total(8, 10.0, 4, 4)]
    assert told(rows, [1.0, 2.0, 3.0, 4.0]) == [Difference(rows[1], 8.0, 7.0)]


def test_half_a_digit_and_half_a_cent_are_no_difference() -> None:
    assert told([total(4, 0.3, 0, 2)], [0.1, 0.204]) == []
    assert told([total(4, "1.2万", 0, 2)], ["5,000", "7,000.00"]) == []
    assert len(told([total(4, 0.3, 0, 2)], [0.1, 0.21])) == 1


def test_a_comma_means_the_same_in_a_total_as_above_it() -> None:
    assert told([total(4, "20,00", 0, 2)], ["12,50", "7,50"]) == []
    assert told([total(4, "1.234,56", 0, 2)], ["1.200,06", "34,50"]) == []
    (one,) = told([total(4, "21,00", 0, 2)], ["12,50", "7,50"])
    assert (one.said, one.added) == (21.0, 20.0)


def test_a_total_above_all_rows_and_an_average_are_not_compared() -> None:
    assert told([total(2, 99.0, 0, 0), TotalRow(5, "average", [1.5], 0, 2)], [1.0, 2.0]) == []
    assert told([total(4, None, 0, 2), total(5, "x", 2, 2)], [1.0, 2.0]) == []


def test_many_subtotals_take_no_longer_than_few() -> None:
    cells = [1.0] * 60_000
    rows = [total(number, 2.0, number - 2, number) for number in range(2, 60_001, 2)]
    assert told(rows, cells) == []


def test_a_name_behind_a_day_that_is_a_bare_number_is_a_record() -> None:
    # 46266 is 2 September 2026 in a spreadsheet program that was not told to show it as a day.
    assert kind(46266, "Total Wine", 7.0, -1.50391) is None
    assert kind(10090.0, 45341, "总计划科技", 0.01013) is None
    assert kind("Total North", 7.0, -1.50391) == "total"
    assert kind(3, "华东合计", 7.0) == "total"
