"""Dates of the kinds that sheets hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest.date_order import month_in, style_of
from amdash.ingest.dates import DateStyle, fault_of, month_of_week, parse, parse_month, parse_period, year_in

THE_FIFTH = dt.datetime(2026, 10, 5)


@pytest.mark.parametrize(
    "value",
    [
        THE_FIFTH,
        dt.date(2026, 10, 5),
        "2026-10-05",
        "2026-10-5",
        "2026/10/5",
        "2026.10.5",
        "2026年10月5日",
        "２０２６年１０月５日",
        " 2026 年 10 月 5 日 ",
        "20261005",
        "10月5日",
        "10月5号",
        46300,
        46300.0,
        "46300",
        "5 Oct 2026",
        "5-Oct-2026",
        "Oct 5, 2026",
        "October 5th, 2026",
        "10/5/2026",
        "10/5/26",
        "46300.0",
        20261005,
        20261005.0,
        "26年10月5日",
        "2026、10、5",
        "2026\\10\\5",
        "'2026-10-05",
        "10-5",
        "10/5",
        "二〇二六年十月五日",
        "2026年10月5日 星期一",
        "星期一 2026-10-05",
        "2026-10-05（周一）",
        "Monday, 5 October 2026",
        "Mon, Oct 5 2026",
        "5th October 2026",
        "5-Oct-26",
        "05Oct2026",
        "Oct 5",
        "5 Oct",
        "2026-10-05 00:00:00",
    ],
)
def test_all_of_these_are_the_fifth_of_october(value: object) -> None:
    assert parse(value, DateStyle(year=2026)) == THE_FIFTH


@pytest.mark.parametrize(
    ("value", "clock"),
    [
        ("2026-10-05 08:03", (8, 3, 0)),
        ("2026-10-05T08:03:11", (8, 3, 11)),
        ("2026-10-05T08:03:11.250Z", (8, 3, 11)),
        ("2026/10/5 8:03:11", (8, 3, 11)),
        ("2026年10月5日 8时3分", (8, 3, 0)),
        ("10/5/2026 3:04 PM", (15, 4, 0)),
        ("10/5/2026 12:04 am", (0, 4, 0)),
        (46300.5, (12, 0, 0)),
        ("46300.5", (12, 0, 0)),
        ("2026-10-05T08:03:11+08:00", (8, 3, 11)),
        ("2026-10-05 08:03:11.123456", (8, 3, 11)),
        ("2026-10-05 12:00 AM", (0, 0, 0)),
        ("2026年10月5日 上午8:30", (8, 30, 0)),
        ("2026/10/5 下午 3:04", (15, 4, 0)),
        ("2026年10月5日 星期一 8点半", (8, 30, 0)),
        ("二〇二六年十月五日上午九时五分", (9, 5, 0)),
        ("5-Oct-26 14:30", (14, 30, 0)),
        ("20261005083011", (8, 30, 11)),
        ("20261005 08:30", (8, 30, 0)),
        (dt.datetime(2026, 10, 5, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))), (8, 30, 0)),
    ],
)
def test_times_of_day(value: object, clock: tuple[int, int, int]) -> None:
    assert parse(value, DateStyle()) == THE_FIFTH.replace(hour=clock[0], minute=clock[1], second=clock[2])


@pytest.mark.parametrize(
    "value", ["10月32日", "2026-02-30", "面议", "", "5", 5, 12.5, True, None, "13/13/2026", "2026-13-01", "99999999", dt.time(8, 3), "Foo 5, 2026"]
)
def test_none_of_these_is_a_date(value: object) -> None:
    assert parse(value, DateStyle(year=2026)) is None


def test_a_date_without_a_year_needs_one() -> None:
    assert parse("10月5日", DateStyle()) is None


@pytest.mark.parametrize(
    ("column", "order", "assumed"),
    [
        (["5/10/26", "25/10/26"], "day_first", False),
        (["5/10/26", "10/25/26"], "month_first", False),
        (["5/10/26", "6/10/26"], "month_first", True),
        (["25/10/26", "10/25/26"], "month_first", True),
        (["25/10/26", "26/10/26", "10/25/26"], "day_first", True),
        (["2026-10-05"], "month_first", False),
        ([], "month_first", False),
        # The days follow one another in one reading only.
        (["1/10/26", "2/10/26", "4/10/26", "3/11/26", "5/11/26"], "day_first", False),
        (["10/1/26", "10/2/26", "10/4/26", "11/3/26", "11/5/26"], "month_first", False),
        (["10/4/26", "11/5/26", "10/2/26", "11/3/26", "10/1/26"], "month_first", True),
        # Two digits of the year in front.
        (["99-10-05"], "year_first", False),
        (["26-10-05", "26-10-31"], "year_first", False),
        (["26/10/05"], "year_first", False),
        (["26-10-17", "26-10-25"], "year_first", True),
        (["31/12/24", "31/12/25"], "day_first", True),
        (["25/09/26", "25/10/26"], "day_first", False),
        (["10-5", "10-13"], "month_first", False),
    ],
)
def test_day_or_month_first_is_decided_from_the_whole_column(column: list[str], order: str, assumed: bool) -> None:
    style = style_of(column, None)
    assert (style.order, style.assumed) == (order, assumed)


def test_day_first_applies_to_the_ambiguous_ones_too() -> None:
    column = ["5/10/26", "25/10/26"]
    assert [parse(value, style_of(column, None)) for value in column] == [dt.datetime(2026, 10, 5), dt.datetime(2026, 10, 25)]


@given(st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2100, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))
def test_written_and_read_again(moment: dt.datetime) -> None:
    style = DateStyle("day_first")
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d %b %Y %H:%M:%S"):
        assert parse(moment.strftime(pattern), style) == moment
    serial = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    assert parse(serial, style) == moment


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("1月", "2026-01"),
        ("12 月", "2026-12"),
        ("2025年3月", "2025-03"),
        ("2025-03", "2025-03"),
        ("2025/3", "2025-03"),
        ("202503", "2025-03"),
        (202503.0, "2025-03"),
        ("Jan", "2026-01"),
        ("September", "2026-09"),
        ("Mar 2025", "2025-03"),
        (dt.date(2025, 3, 1), "2025-03"),
        ("2025-03-17", "2025-03"),
        ("十月", "2026-10"),
        ("2025M10", "2025-10"),
        ("2025年10月份", "2025-10"),
        ("25年10月", "2025-10"),
        ("10/2025", "2025-10"),
        ("Oct-25", "2025-10"),
        ("2025 Oct", "2025-10"),
        (202503, "2025-03"),
        ("46300", "2026-10"),
        ("46311", "2026-10"),
        ("1-3", None),
        ("2026年", None),
        ("0202-10", None),
        ("13月", None),
        ("合计", None),
        ("Q1", None),
        ("Total", None),
        ("Marketing", None),
        ("2025-13", None),
        (None, None),
    ],
)
def test_months(value: object, month: str | None) -> None:
    assert parse_month(value, 2026) == month


def test_a_bare_month_needs_a_year() -> None:
    assert parse_month("1月", None) is None


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("2026年销售目标（万元）",), 2026),
        (("目标", "目标-2025"), 2025),
        (("2025-2026 对比", "目标-2024"), 2024),
        ((None, ""), None),
        (("编号 120261",), None),
    ],
)
def test_the_year_of_a_sheet(texts: tuple[str | None, ...], year: int | None) -> None:
    assert year_in(*texts) == year


def test_a_year_in_front_is_read_so() -> None:
    style = style_of(["26-10-05", "26-10-31"], None)
    assert parse("26-10-05", style) == THE_FIFTH
    assert parse("5/10/2026", style) is None


def test_what_a_person_decided_of_the_order_goes_first() -> None:
    style = style_of(["5/25/26"], None, "day_first")
    assert (style.order, style.assumed) == ("day_first", False)
    assert parse("5/10/26", style) == THE_FIFTH


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0202-10-05", "date_year_unlikely"),
        ("2206-10-05", "date_year_unlikely"),
        (dt.datetime(1900, 1, 1), "date_year_unlikely"),
        (30_000, "date_year_unlikely"),
        ("2月30日", "value_not_date"),
        ("31/9/2026", "value_not_date"),
        ("星期一", "value_not_date"),
        ("2026-10", "value_not_date"),
        ("Oct-26", "value_not_date"),
        ("2026-10-05 25:00", "value_not_date"),
        ("soon", "value_not_date"),
    ],
)
def test_why_a_cell_is_no_date(value: object, code: str) -> None:
    style = DateStyle("day_first", year=2026)
    assert parse(value, style) is None
    assert fault_of(value, style) == code


@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2026-10", "2026-10"),
        ("10月", "2026-10"),
        ("2026-Q3", "2026-Q3"),
        ("2026Q3", "2026-Q3"),
        ("Q3 2025", "2025-Q3"),
        ("3Q25", "2025-Q3"),
        ("第三季度", "2026-Q3"),
        ("2025年三季度", "2025-Q3"),
        ("2025年", "2025"),
        ("2025年度", "2025"),
        ("FY26", "2026"),
        (2025, "2025"),
        (2025.0, "2025"),
        # The first week of 2026 begins on 29 December 2025, and the fifth on 26 January: its Thursday is the 29th.
        ("2026-W01", "2026-01"),
        ("2026-W05", "2026-01"),
        ("2026-W41", "2026-10"),
        ("2026年第41周", "2026-10"),
        ("第四十一周", "2026-10"),
        ("W41", "2026-10"),
        ("Week 41, 2026", "2026-10"),
        ("2026年10月第2周", "2026-10"),
        ("2026-10-05~2026-10-11", "2026-10"),
        ("2026-09-28 至 2026-10-04", "2026-10"),
        ("2026-01-01 to 2026-12-31", None),
        ("2026-W54", None),
        ("Q5", None),
        ("H1 2026", None),
        ("0202年", None),
        (True, None),
        (None, None),
        ("合计", None),
    ],
)
def test_periods(value: object, period: str | None) -> None:
    assert parse_period(value, 2026) == period


def test_a_period_without_a_year_needs_one() -> None:
    assert [parse_period(text, None) for text in ("Q3", "第41周", "10月")] == [None] * 3
    assert month_of_week(None, 41) is None


CHINESE = dict(enumerate("〇一二三四五六七八九"))


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else CHINESE[tens]) + ("十" if tens else "") + (CHINESE[ones] if ones or not tens else "")


WRITTEN = {
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "numerals": lambda day: "".join(CHINESE[int(digit)] for digit in str(day.year)) + f"年{han(day.month)}月{han(day.day)}日",
    "weekday": lambda day: f"{day:%Y-%m-%d} 星期{'一二三四五六日'[day.weekday()]}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "number": lambda day: int(f"{day:%Y%m%d}"),
    "serial": lambda day: (day - dt.datetime(1899, 12, 30)).days,
    "serial text": lambda day: str((day - dt.datetime(1899, 12, 30)).days),
    "english": lambda day: f"{day:%A}, {day.day} {day:%B %Y}",
    "american": lambda day: f"{day:%b} {day.day}, {day.year}",
    "short": lambda day: f"{day.day}-{day:%b-%y}",
    "wide": lambda day: f"{day:%Y/%m/%d}".translate(str.maketrans("0123456789/", "０１２３４５６７８９／")),
}
DAYS = st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2089, 12, 31)).map(
    lambda when: when.replace(hour=0, minute=0, second=0, microsecond=0)
)


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(sorted(WRITTEN)))
def test_a_column_written_and_read_again(days: list[dt.datetime], style: str) -> None:
    cells = [WRITTEN[style](day) for day in days]
    found = style_of(cells, None)
    assert [parse(cell, found) for cell in cells] == days
    assert not found.assumed


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_column_of_either_order_is_read_right_or_asked(days: list[dt.datetime], pattern: str) -> None:
    days = [*days, dt.datetime(2026, 10, 31)]
    cells = [day.strftime(pattern) for day in days]
    assert [parse(cell, style_of(cells, None)) for cell in cells] == days


@given(
    st.one_of(
        st.text(max_size=100),
        st.text("0123456789-/.年月日时分:上下午TZ+周一十〇 ", max_size=30),
        st.floats(),
        st.integers(),
        st.dates(),
        st.datetimes(),
    )
)
def test_nothing_is_too_odd_to_be_looked_at(value: object) -> None:
    style = style_of([value], 2026)
    moment = parse(value, style)
    assert moment is None or 1990 <= moment.year <= 2100
    assert fault_of(value, style) in ("value_not_date", "date_year_unlikely")
    for found in (parse_month(value, 2026), parse_period(value, 2026)):
        assert found is None or 1990 <= int(found[:4]) <= 2100


@pytest.mark.parametrize(
    ("texts", "month"),
    [
        (("销售-2026-10",), 10),
        (("sales_202610",), 10),
        (("2026年3月 销售明细",), 3),
        (("3月",), 3),
        (("12月份报表", "2026-10"), 12),
        (("销售", None, "2026.09"), 9),
        (("1月-12月",), None),
        (("2026",), None),
        (("第13月",), None),
        (("20261305",), None),
        ((), None),
    ],
)
def test_the_month_that_a_sheet_is_said_to_be_of(texts: tuple[str | None, ...], month: int | None) -> None:
    assert month_in(*texts) == month


def test_the_month_of_the_sheet_decides_the_order_of_its_dates() -> None:
    # 7/10, 5/10: out of order either way, and either part could be the month.
    cells = ["7/10/26", "5/10/26", "9/10/26", "5/10/26"]
    assert style_of(cells, 2026).assumed
    assert style_of(cells, 2026, month=10) == DateStyle("day_first", year=2026)
    assert style_of(["10/7/26", "10/5/26"], 2026, month=10) == DateStyle("month_first", year=2026)
    # It says nothing where the dates are of several months, or of the tenth of the tenth.
    assert style_of([*cells, "6/11/26"], 2026, month=10).assumed
    assert style_of(["10/10/26"], 2026, month=10).assumed
    assert style_of(cells, 2026, month=3).assumed
    # What a person says goes before it.
    assert style_of(cells, 2026, "month_first", month=10).order == "month_first"
