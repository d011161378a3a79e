"""Durations and times of day of the kinds that sheets hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest.durations import arabic, is_time, join_time, parse_hours, parse_time

DAY = dt.datetime(2026, 10, 5)


@pytest.mark.parametrize(
    ("value", "unit", "hours"),
    [
        (90, 1 / 60, 1.5),
        (5400, 1 / 3600, 1.5),
        (2, 24, 48),
        (2.5, 1, 2.5),
        ("2.5", 1, 2.5),
        ("1,200", 1 / 60, 20),
        ("1:30", 1, 1.5),
        ("26:30:00", 1, 26.5),
        ("1 day, 2:03:00", 1, 26.05),
        ("2小时15分", 1, 2.25),
        ("2小时零15分", 1, 2.25),
        ("两小时十五分钟", 1, 2.25),
        ("1天2小时", 1, 26),
        ("1天3小时", 1, 27),
        ("90分钟", 1, 1.5),
        ("90''", 1, 0.025),
        ("5'30''", 1, 330 / 3600),
        ("5′30″", 1, 330 / 3600),
        ("半小时", 24, 0.5),
        ("1个半小时", 24, 1.5),
        ("约2小时", 24, 2),
        ("2h30", 1, 2.5),
        ("PT1H30M", 1, 1.5),
        ("P1DT2H", 1, 26),
        ("PT0.5S", 1, 0.5 / 3600),
        ("1d 2h", 1, 26),
        ("1d 3h", 1, 27),
        ("30 minutes", 1, 0.5),
        ("45 sec", 1, 0.0125),
        ("360ms", 1, 0.0001),
        ("-1:30", 1, -1.5),
        (-2, 1, -2),
        (dt.time(1, 30), 1, 1.5),
        (dt.time(1, 30), 1 / 60, 1.5),
        (dt.timedelta(hours=30), 1, 30),
        (dt.datetime(1899, 12, 31, 5, 30), 1, 5.5),
        (dt.datetime(1900, 1, 1, 12), 1, 36),
    ],
)
def test_durations(value: object, unit: float, hours: float) -> None:
    assert parse_hours(value, unit) == pytest.approx(hours)


@pytest.mark.parametrize(
    "value", ["很快", "", "1:75", "P", "PT", "PT1.1.1H", "--1:30", "2:30 PM", "3 months", None, True, float("nan"), DAY, 10**400, "9" * 400]
)
def test_no_durations(value: object) -> None:
    assert parse_hours(value, 1) is None


def test_two_parts_are_minutes_and_seconds_where_the_column_counts_minutes() -> None:
    assert parse_hours("12:30", 1 / 60, minutes_first=True) == pytest.approx(12.5 / 60)
    assert parse_hours("0:12:30", 1 / 60, minutes_first=True) == pytest.approx(12.5 / 60)
    assert parse_hours("12:30", 1 / 60) == 12.5


def test_a_decimal_comma_in_a_duration() -> None:
    assert parse_hours("1,5", 1, decimal_comma=True) == 1.5
    assert parse_hours("1,5", 1) is None


@pytest.mark.parametrize(
    ("value", "says"),
    [(dt.time(1), True), (dt.timedelta(1), True), (dt.datetime(1900, 1, 1), True), (DAY, False), (0.5, False)],
)
def test_times_of_the_spreadsheet_program(value: object, says: bool) -> None:
    assert is_time(value) is says


@pytest.mark.parametrize(
    ("text", "digits"),
    [("二〇二六年十月五日", "2026年10月5日"), ("三十一", "31"), ("廿五", "25"), ("十", "10"), ("二十十", "二十十"), ("abc", "abc")],
)
def test_chinese_numerals(text: str, digits: str) -> None:
    assert arabic(text) == digits


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("9:05", 545),
        ("09:05:00", 545),
        ("9时5分", 545),
        ("上午九时五分", 545),
        ("9点半", 570),
        ("9点一刻", 555),
        ("3:04 PM", 904),
        ("下午3:04", 904),
        ("15:04", 904),
        ("12:00 AM", 0),
        ("12:00 pm", 720),
        ("中午12:30", 750),
        ("晚上12点", 1440),
        ("0905", 545),
        (905, 545),
        (905.0, 545),
        (0.5, 720),
        (0, 0),
        (46300.5, 720),
        (dt.time(9, 5), 545),
        (dt.datetime(1899, 12, 30, 9, 5), 545),
        (dt.timedelta(minutes=545), 545),
        ("24:00", 1440),
        ("９：０５", 545),
    ],
)
def test_times_of_day(value: object, minutes: int) -> None:
    assert parse_time(value) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "value",
    ["", "9", "25:00", "9:75", "13:00 am", "soon", 5, 1.5, 965, -0.5, True, None, float("inf"), 10**400, dt.timedelta(-1)],
)
def test_no_times_of_day(value: object) -> None:
    assert parse_time(value) is None


def test_a_date_and_its_clock_are_joined_record_by_record() -> None:
    days, times = [DAY, DAY, None, DAY, DAY.replace(hour=1)], ["9时5分", None, "9:05", "soon", 0.75]
    assert join_time(days, times) == [DAY.replace(hour=9, minute=5), DAY, None, DAY, DAY.replace(hour=18)]
    assert join_time([], []) == []
    assert days[4] == DAY.replace(hour=1)


@given(st.integers(0, 400 * 3600))
def test_written_and_read_again(seconds: int) -> None:
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    days, left = divmod(hours, 24)
    for text in (
        f"{hours}:{minutes:02d}:{second:02d}",
        f"{hours}小时{minutes}分{second}秒",
        f"{days}天{left}小时{minutes}分钟{second}秒",
        f"{days}d {left}h {minutes}m {second}s",
        f"P{days}DT{left}H{minutes}M{second}S",
        f"{seconds} seconds",
        f"{seconds}''",
        f"{hours} hrs {minutes} min {second} sec",
    ):
        assert parse_hours(text, 24) == pytest.approx(seconds / 3600), text


@given(st.integers(0, 86_399))
def test_a_clock_written_and_read_again(seconds: int) -> None:
    since = dt.timedelta(seconds=seconds)
    clock = (DAY + since).time()
    half = "上午" if clock.hour < 12 else "下午"
    spoken = f"{clock.hour}时{clock.minute}分{clock.second}秒"
    for value in (f"{clock:%H:%M:%S}", f"{clock:%I:%M:%S %p}", f"{half}{clock:%I:%M:%S}", spoken, clock, since):
        assert parse_time(value) == since, value
    assert parse_time(seconds / 86_400) == since
