"""Dates of the kinds that sheets hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest.dates import DateStyle, parse, parse_month, style_of, year_in

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
        (["2026-10-05"], "month_first", False),
        ([], "month_first", False),
    ],
)
def test_day_or_month_first_is_decided_from_the_whole_column(column: list[str], order: str, assumed: bool) -> None:
    style = style_of(column, None)
    assert (style.order, style.assumed) == (order, assumed)


def test_day_first_applies_to_the_ambiguous_ones_too() -> None:
    column = ["5/10/26", "25/10/26"]
    assert [parse(value, style_of(column, None)) for value in column] == [dt.datetime(2026, 10, 5), dt.datetime(2026, 10, 25)]


@given(st.datetimes(min_value=dt.datetime(1955, 1, 1), max_value=dt.datetime(2110, 1, 1)).map(lambda moment: moment.replace(microsecond=0)))
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
