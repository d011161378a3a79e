"""Cells to values, kind by kind: what is read, what is a fault, and what is said about the whole column."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amdash.ingest import vocabulary
from amdash.ingest.coerce import Coerced, coerce, name_of, plausible, text_of
from amdash.ingest.context import Context
from amdash.ingest.layout import Column
from amdash.ingest.ratings import scale_of
from amdash.ingest.sheet import CellError
from amdash.ingest.vocabulary import bracketed
from amdash.schema import TABLES, Field, Kind

WORDS = vocabulary.load()


def read(
    kind: Kind, *cells: Any, header: str = "x", table: str = "sales", titles: tuple[str, ...] = (), year: int | None = None, **decided: str
) -> Coerced:
    column = Column(0, header, tuple(bracketed(header)))
    return coerce(Field("x", kind, "X"), column, cells, Context(table, WORDS, titles, year, decided))


def moment(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 10, day, hour, minute)


@pytest.mark.parametrize("kind", sorted({field.kind for table in TABLES.values() for field in table.fields} | {"count"}))
def test_an_empty_cell_is_nothing_and_no_fault_whatever_the_kind(kind: Kind) -> None:
    result = read(kind, None, None)
    assert (result.values, result.faults) == ([None, None], {})
    assert read(kind).values == []


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  a b ", "a b"),
        (5.0, "5"),
        (5, "5"),
        (5.25, "5.25"),
        (-0.0, "0"),
        (True, "True"),
        (dt.date(2026, 10, 5), "2026-10-05"),
        (dt.datetime(2026, 10, 5, 8, 30), "2026-10-05 08:30:00"),
        (dt.time(8, 30), "08:30:00"),
        (float("inf"), "inf"),
        (dt.timedelta(hours=1), "1:00:00"),
    ],
)
def test_a_cell_as_text(cell: object, text: str) -> None:
    assert text_of(cell) == text
    assert read("text", cell).values == [text]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("李 明", "李明"),
        ("李\u3000 明", "李明"),
        (" 李明\n", "李明"),
        ("Ann  Lee ", "Ann Lee"),
        ("王 Ann", "王 Ann"),
        ("ＡＢＣ－１２", "ABC-12"),
        ("张三 （华东）", "张三 (华东)"),
        ("欧 阳 明 月", "欧阳明月"),
        (1024.0, "1024"),
        ("007", "007"),
        ("李\u200b明\ufeff", "李明"),
        ("\u202aAnn\u202c Lee\x07", "Ann Lee"),
        ("Ann\tLee\x00", "Ann Lee"),
        ("Ann\u00adLee", "AnnLee"),
        (123.0, "123"),
        ("00123", "00123"),
    ],
)
def test_names_are_compared_without_width_and_chance_spaces(cell: object, name: str) -> None:
    assert name_of(cell) == name
    assert read("name", cell).values == [name]


def test_a_text_is_kept_to_the_letter() -> None:
    assert read("text", "李 明（ＡＢ）").values == ["李 明（ＡＢ）"]


def test_dates_lose_their_clock_and_moments_keep_it() -> None:
    cells = ["2026-10-05 08:30", dt.datetime(2026, 10, 6, 9), dt.date(2026, 10, 7), 46303.5, "2026年10月9日", None, "soon", True, dt.time(8)]
    days, moments = read("date", *cells), read("datetime", *cells)
    assert days.values == [moment(5), moment(6), moment(7), moment(8), moment(9), None, None, None, None]
    assert moments.values == [moment(5, 8, 30), moment(6, 9), moment(7), moment(8, 12), moment(9), None, None, None, None]
    assert days.faults == moments.faults == dict.fromkeys((6, 7, 8), "value_not_date")
    assert days.note is None


def test_one_day_over_twelve_settles_the_whole_column_and_else_it_is_said() -> None:
    settled, open_question = read("date", "05/10/2026", "13/10/2026"), read("date", "05/10/2026", header="When")
    assert (settled.values, settled.note) == ([moment(5), moment(13)], None)
    assert open_question.values == [dt.datetime(2026, 5, 10)]
    assert open_question.note == ("note_date_order", {"column": "When"})


def test_a_date_without_a_year_takes_the_sheet_s() -> None:
    assert read("date", "10月5日", year=2026).values == [moment(5)]
    assert read("date", "10月5日").faults == {0: "value_not_date"}


def test_periods() -> None:
    cells = ["2026年10月", "Oct 2026", dt.datetime(2026, 10, 5), 202610.0, "10月", "Q4", 5]
    result = read("period", *cells, year=2025)
    assert result.values == ["2026-10", "2026-10", "2026-10", "2026-10", "2025-10", None, None]
    assert result.faults == {5: "period_not_a_month", 6: "value_not_month"}
    assert read("period", "10月").faults == {0: "value_not_month"}


def test_money_in_every_spelling() -> None:
    result = read("money", 12.5, "¥1,234.50", "(300)", "12.6万", "free", "5%", True, dt.date(2026, 10, 1))
    assert result.values == [12.5, 1234.5, -300, 126_000, None, None, None, None]
    assert result.faults == dict.fromkeys((4, 5, 6, 7), "value_not_number")
    assert result.note is None


@pytest.mark.parametrize(
    ("header", "titles", "factor"),
    [
        ("金额", (), 1),
        ("金额（元）", ("单位：万元",), 1),
        ("金额(万元)", (), 10_000),
        ("金额（千元）", ("单位：万元",), 1_000),
        ("Amount (K)", (), 1_000),
        ("Amount (million)", (), 1_000_000),
        ("金额(含税)(万元)", (), 10_000),
        ("金额(含税)", (), 1),
        ("金额", ("2026年10月", "单位：万元"), 10_000),
        ("金额", ("销售明细（单位:千元）",), 1_000),
        ("金额", ("金额（亿元）",), 100_000_000),
        ("金额", ("单位：元",), 1),
        ("金额", ("一万元以上的订单",), 1),
    ],
)
def test_the_unit_stands_in_the_header_or_above_the_table(header: str, titles: tuple[str, ...], factor: float) -> None:
    result = read("money", 1.23, "2", header=header, titles=titles)
    assert result.values == pytest.approx([1.23 * factor, 2 * factor])
    assert result.note == (None if factor == 1 else ("note_factor", {"factor": f"{factor:,}"}))


@pytest.mark.parametrize("title", ["制表：万红", "销售明细（万科项目）", "prepared by: kate", "客户：千元数码"])
def test_a_name_above_the_table_is_no_unit(title: str) -> None:
    assert read("money", 5, titles=(title,)).values == [5]


@pytest.mark.parametrize("title", ["单位：万元（含税）", "单位：万元/月", "单位：万元、件", "单位：万元。"])
def test_a_unit_above_the_table_may_be_followed_by_any_sign(title: str) -> None:
    assert read("money", 5, titles=(title,)).values == [50_000]


def test_a_cell_with_its_own_unit_is_not_multiplied_again_and_no_dust_is_left() -> None:
    result = read("money", 1.23, "1.2万", "3k", "5", header="金额(万元)")
    assert result.values == [12_300, 12_000, 3_000, 50_000]
    assert read("money", 1.1, header="金额(千元)").values == [1_100]


def test_numbers_and_counts() -> None:
    for kind in ("number", "count"):
        result = read(kind, 3, "4", "1,000", "5 个", "many", "6%")  # type: ignore[arg-type]
        assert result.values == [3, 4, 1000, 5, None, None]
        assert result.faults == {4: "value_not_number", 5: "value_not_number"}


@pytest.mark.parametrize(
    ("header", "hours", "note"),
    [
        ("响应时长", 90.0, None),
        ("响应时长(小时)", 90.0, None),
        ("响应时长（分钟）", 1.5, "0.0166667"),
        ("响应分钟", 1.5, "0.0166667"),
        ("Response time (min)", 1.5, "0.0166667"),
        ("Response minutes", 1.5, "0.0166667"),
        ("Response time (s)", 0.025, "0.000277778"),
        ("处理时长(天)", 2160.0, "24"),
        ("Resolution days", 2160.0, "24"),
        ("响应时长(分)", 1.5, "0.0166667"),
        ("用时(其他)", 90.0, None),
        # One letter or sign at the end of a word is no unit.
        ("得分", 90.0, None),
        ("response hours s", 90.0, None),
    ],
)
def test_durations_take_the_unit_of_their_header(header: str, hours: float, note: str | None) -> None:
    result = read("hours", 90, header=header)
    assert result.values == pytest.approx([hours])
    assert result.note == (None if note is None else ("note_hours", {"factor": note}))


def test_durations_in_every_spelling() -> None:
    result = read("hours", "1:30", "2小时15分", dt.time(0, 45), dt.timedelta(days=1), "soon", -1, True, header="响应时长(分钟)")
    assert result.values[:4] == pytest.approx([0.025, 2.25, 0.75, 24])
    assert result.values[4] is None
    assert result.values[5] == pytest.approx(-1 / 60)
    assert result.faults == {4: "value_not_duration", 6: "value_not_duration"}


@pytest.mark.parametrize(
    ("cells", "values", "scale"),
    [
        ([5, 4, 3], [5, 4, 3], "5"),
        (["5分", "4 星"], [5, 4], "5"),
        (["非常满意", "Satisfied", "一般", "Poor", "非常不满意"], [5, 4, 3, 2, 1], "5"),
        (["非常满意", 3], [5, 3], "5"),
        ([9, 10], [9, 10], "10"),
        ([95, 60], [95, 60], "100"),
        ([0, 1, 1], [0, 1, 1], "1"),
        (["90%", "75％"], [0.9, 0.75], "1"),
        # One percentage makes all of the column shares.
        (["90%", 0.5], [0.9, 0.5], "1"),
        ([], [], "5"),
    ],
)
def test_scores_and_what_they_are_out_of(cells: list[Any], values: list[float], scale: str) -> None:
    result = read("score", *cells)
    assert result.values == pytest.approx(values)
    assert (result.faults, result.note) == ({}, ("note_scale", {"scale": scale}))


def test_a_word_that_is_no_score_is_a_fault_and_decides_nothing() -> None:
    result = read("score", 4, "so so", dt.date(2026, 10, 1), None)
    assert result.values == [4, None, None, None]
    assert result.faults == {1: "value_not_number", 2: "value_not_number"}
    assert result.note == ("note_scale", {"scale": "5"})
    assert read("score", 4, header="满意度(10分制)").note == ("note_scale", {"scale": "10"})


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("满意度(5分制)", 5),
        ("满意度（满分100）", 100),
        ("满意度 满分 10", 10),
        ("１０分制评分", 10),
        ("Rating out of 10", 10),
        ("Rating OUT OF 7", 7),
        ("5 star rating", 5),
        ("10 stars", 10),
        ("7 point scale", 7),
        ("五星 5星", 5),
        ("满意度(1-7)", 7),
        ("满意度（1至4）", 4),
        ("满意度(1~9)", 9),
        ("推荐意愿(0-10)", 10),
        ("100分满分", 100),
        ("满意度", 5),
        ("Q3 满意度", 5),
    ],
)
def test_a_scale_said_in_the_header(header: str, scale: float) -> None:
    assert scale_of(header, [3.0, 4.0]) == scale


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([], 5),
        ([None, None], 5),
        ([1.0, 1.0], 5),
        ([1.0, 0.0], 1),
        ([0.9, 0.65], 1),
        ([0.0], 1),
        ([5.0], 5),
        ([5.5], 10),
        ([0.5, 2.0], 5),
        # One in ten may lie beyond, one in nine may not.
        ([4.0] * 9 + [6.0], 5),
        ([4.0] * 8 + [6.0], 10),
        ([9.0] * 9 + [11.0], 10),
        ([0.5] * 9 + [2.0], 1),
        ([80.0, 101.0], 100),
        ([500.0, 900.0], 100),
        ([None, 7.0], 10),
    ],
)
def test_a_scale_told_from_the_column(values: list[float | None], scale: float) -> None:
    assert scale_of("满意度", values) == scale


def test_flags() -> None:
    cells = [True, False, 1, 0, 1.0, "是", "否", " YES ", "n", "√", "×", "已解决", "未解决", 2, "maybe", dt.date(2026, 10, 1), None]
    result = read("flag", *cells)
    assert result.values == [True, False, True, False, True, True, False, True, False, True, False, True, False, None, None, None, None]
    assert all(value is None or isinstance(value, bool) for value in result.values)
    assert result.faults == dict.fromkeys((13, 14, 15), "value_not_flag")


@pytest.mark.parametrize(
    ("table", "words", "meanings"),
    [
        ("sales", ["已成交", "Lost", "跟进中", "作废", "已关闭", "神秘"], ["won", "lost", "open", "cancelled", "cancelled", None]),
        ("tickets", ["已关闭", "处理中", "On Hold", "Lost"], ["resolved", "open", "open", None]),
        ("complaints", ["已办结", "New"], ["resolved", "open"]),
        ("feedback", ["主管", "同事", "Customer", "Closed"], ["supervisor", "team", "customer", None]),
    ],
)
def test_a_status_means_what_its_table_means_by_it(table: str, words: list[str], meanings: list[str | None]) -> None:
    result = read("status", *words, table=table)
    assert result.values == meanings
    assert set(result.faults.values()) <= {"deal_status_unknown" if table == "sales" else "value_status_unknown"}
    assert [place in result.faults for place in range(len(words))] == [meaning is None for meaning in meanings]


def share(kind: Kind, cells: list[Any]) -> float:
    return plausible(Field("x", kind, "X"), Column(0, "x"), cells, Context("sales", WORDS))


def test_plausible_is_the_share_of_filled_cells_that_can_be_read() -> None:
    assert share("money", [1, 2, "x", None, None]) == pytest.approx(2 / 3)
    assert share("money", ["x"]) == 0
    assert share("money", [1]) == 1
    assert share("text", ["x", 5]) == 1


def test_an_empty_column_could_be_anything() -> None:
    assert share("money", []) == 1
    assert share("date", [None, None]) == 1


def test_plausible_looks_at_the_whole_of_a_long_column() -> None:
    # The first 200 of these are fine, and most of the rest is not.
    assert share("money", [1] * 200 + ["x"] * 800) == pytest.approx(0.2, abs=0.01)
    assert share("money", ["x"] * 200 + [1] * 800) == pytest.approx(0.8, abs=0.01)
    assert share("money", [1, "x"] * 99 + [1, 1]) == pytest.approx(101 / 200)


def test_cells_are_left_as_they_were() -> None:
    cells = [" 李 明", 5, None, "1.2万"]
    for kind in ("name", "text", "money", "score", "date", "flag", "status", "hours"):
        read(kind, *cells)  # type: ignore[arg-type]
    assert cells == [" 李 明", 5, None, "1.2万"]


@pytest.mark.parametrize("kind", sorted({field.kind for table in TABLES.values() for field in table.fields}))
def test_an_error_cell_is_a_fault_whatever_the_kind_and_does_not_count_against_a_column(kind: Kind) -> None:
    result = read(kind, CellError("#N/A"), None, CellError("=A1", uncalculated=True))
    assert (result.values, result.faults) == ([None] * 3, {0: "cell_error", 2: "formula_uncalculated"})
    assert share(kind, [CellError("#N/A")]) == 1
    assert text_of(CellError("#N/A")) == "#N/A"


def test_an_error_cell_beside_a_value() -> None:
    assert share("money", [1, "x", CellError("#N/A"), CellError("#N/A")]) == 0.5


def test_a_name_of_unseen_characters_alone_is_an_empty_cell() -> None:
    result = read("name", "\u200b", "甲")
    assert (result.values, result.faults) == ([None, "甲"], {})


def test_years_that_cannot_be_meant() -> None:
    result = read("date", "0202-10-05", "2206-10-05", dt.datetime(1900, 1, 1), "2026-02-30", "1990-01-01", "2100-12-31")
    assert result.faults == dict.fromkeys((0, 1, 2), "date_year_unlikely") | {3: "value_not_date"}
    assert result.values[4:] == [dt.datetime(1990, 1, 1), dt.datetime(2100, 12, 31)]


def test_a_month_is_its_first_day_where_a_date_is_wanted_but_no_moment() -> None:
    result = read("date", "2026年10月", "Oct-26", "2026-10", 202610.0, "10月", "2026-10-05", year=2026)
    assert (result.values, result.faults) == ([moment(1)] * 5 + [moment(5)], {})
    assert result.note == ("note_month_only", {})
    assert read("datetime", "2026年10月").faults == {0: "value_not_date"}


def test_the_order_of_day_and_month_is_asked_where_nothing_decides_it_and_kept_where_a_person_did() -> None:
    assert read("date", "05/10/2026").questions == [("order", ("day_first", "month_first"), "month_first")]
    assert read("date", "05/10/2026", "13/10/2026").questions == []
    said = read("date", "05/10/2026", order="day_first")
    assert (said.values, said.note, said.questions) == ([moment(5)], None, [])
    both = read("date", "25/10/2026", "26/10/2026", "10/27/2026")
    assert both.values == [moment(25), moment(26), None]
    assert (both.faults, both.note) == ({2: "value_not_date"}, ("note_day_first", {"column": "x"}))
    front = read("date", "26-10-17", "26-10-25")
    assert front.values == [moment(17), moment(25)]
    assert front.questions == [("order", ("day_first", "year_first"), "year_first")]


def test_dates_in_a_column_of_months_are_read_in_its_order() -> None:
    assert read("period", "05/10/2026", "25/10/2026").values == ["2026-10", "2026-10"]
    asked = read("period", "05/10/2026")
    assert (asked.values, asked.questions) == (["2026-05"], [("order", ("day_first", "month_first"), "month_first")])


def test_periods_of_targets_may_be_quarters_and_years() -> None:
    assert read("period", "Q3", "2026年", "10月", "2026-W41", table="targets", year=2026).values == ["2026-Q3", "2026", "2026-10", "2026-10"]
    assert read("period", "第三季度", "2026", "2026-W41", table="summary", year=2026).faults == dict.fromkeys((0, 1), "period_not_a_month")


def test_bare_numbers_are_what_their_header_counts() -> None:
    assert read("period", 1, 12.0, "3", header="月份", year=2026).values == ["2026-01", "2026-12", "2026-03"]
    assert read("period", 1, 41, header="周次", year=2026).values == ["2026-01", "2026-10"]
    assert read("period", 3, header="季度", year=2026, table="targets").values == ["2026-Q3"]
    assert read("period", 3, header="月份").faults == {0: "value_not_month"}
    assert read("period", 3, 13, header="月份", year=2026).values == [None, None]


def test_an_odd_currency_is_a_fault() -> None:
    result = read("money", "¥1", "$2", "3元", 4, "RMB 5")
    assert (result.values, result.faults) == ([1, None, 3, 4, 5], {1: "currency_mixed"})
    assert read("money", "$1", "US$2", 3).faults == {}


def test_a_comma_that_nothing_decides_is_asked() -> None:
    asked = read("money", "1,234", "2,345")
    assert (asked.values, asked.questions) == ([1234, 2345], [("comma", ("thousands", "decimal"), "thousands")])
    assert read("money", "1,234", "2,345", comma="decimal").values == [1.234, 2.345]
    assert read("money", "1,234", "2.345,50").values == [1.234, 2345.5]
    assert read("number", "12,5", "3").values == [12.5, 3]
    assert read("hours", "1,5", "2").values == [1.5, 2]


def test_the_unit_that_a_person_named_goes_before_the_header_s() -> None:
    result = read("money", 2, header="金额(千元)", unit="10000")
    assert (result.values, result.note) == ([20_000], ("note_factor", {"factor": "10,000"}))


def test_counts_are_whole() -> None:
    result = read("count", 3.0, 2.5, 2.9999999999, "1,234", 1e30)
    assert (result.values, result.faults) == ([3, None, 3, 1234, None], {1: "count_not_whole", 4: "count_not_whole"})


def test_numbers_among_times_of_the_spreadsheet_program_are_fractions_of_a_day() -> None:
    assert read("hours", dt.time(1, 30), 0.5, dt.timedelta(hours=30), 2.0).values == pytest.approx([1.5, 12, 30, 48])
    # Whole minutes under such a header, and a text, are what they say.
    assert read("hours", dt.time(1, 30), 0.5, 45.0, "2", header="时长(分钟)").values == pytest.approx([1.5, 12, 0.75, 1 / 30])


def test_percentages() -> None:
    assert read("percent", 0.95, 0.065).note == ("note_percent", {"factor": "1"})
    points = read("percent", 95, "6.5", "无", "many")
    assert (points.values, points.note, points.faults) == ([0.95, 0.065, None, None], ("note_percent", {"factor": "0.01"}), {3: "value_not_number"})
    assert read("percent", "95%").note is None
    assert read("percent", "95%", 0.9).questions == [("percent", ("ratio", "points"), "ratio")]
    assert read("percent", 0.95, 95, percent="ratio").values == [0.95, 95]


def test_the_scale_is_asked_where_marks_up_to_five_could_be_poor_ones_out_of_ten() -> None:
    assert read("score", 4, 5).questions == [("scale", ("5", "10", "100"), "5")]
    assert read("score", 4, 5, scale="10").note == ("note_scale", {"scale": "10"})
    likely = coerce(Field("likelihood", "score", "X"), Column(0, "x"), [4, 5], Context("surveys", WORDS))
    assert (likely.values, likely.note, likely.questions) == ([4, 5], ("note_scale", {"scale": "10"}), [])


def test_marks_of_yes_and_no() -> None:
    result = read("flag", "√", "×", "☑", "☐", "✓", "✗", "Y", "TRUE", "False", "1.0", "-", "?x")
    assert result.values == [True, False, True, False, True, False, True, True, False, True, None, None]
    assert result.faults == {11: "value_not_flag"}


ODD = st.one_of(
    st.text(max_size=90),
    st.text("0123456789-/.:年月日时分秒天周季上下午一二十〇%¥$,'万 TZPWQM★☆", max_size=40),
    st.floats(),
    st.integers(),
    st.just(10**5000),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.just(CellError("#N/A")),
)


@settings(max_examples=300)
@given(st.lists(ODD, max_size=8), st.sampled_from(sorted({field.kind for table in TABLES.values() for field in table.fields})), st.text(max_size=20))
def test_no_cell_is_too_odd_to_be_read_or_refused(cells: list[Any], kind: Kind, header: str) -> None:
    before = list(cells)
    result = read(kind, *cells, header=header, year=2026)
    assert len(result.values) == len(cells)
    assert all(result.values[record] is None for record in result.faults)
    assert all(after is cell for after, cell in zip(cells, before, strict=True))
    assert 0 <= share(kind, cells) <= 1


@given(st.text(max_size=40))
def test_a_name_once_compared_stays_as_it_is(text: str) -> None:
    assert name_of(name_of(text)) == name_of(text)
