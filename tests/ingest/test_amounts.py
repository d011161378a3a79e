"""Money, numbers, percentages and durations of the kinds that sheets hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amdash.ingest.amounts import carries_unit, parse_hours, parse_number, parse_percent


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        (5.25, 5.25),
        (True, 1),
        ("1,234.50", 1234.5),
        ("¥1,234", 1234),
        ("￥1234元", 1234),
        ("$ 12.5", 12.5),
        ("(1,234)", -1234),
        ("（50）", -50),
        ("-5", -5),
        ("\u22125", -5),
        ("１２３", 123),
        ("12.6万", 126_000),
        ("12.6 万元", 126_000),
        ("1.5亿", 150_000_000),
        ("3k", 3000),
        ("2M", 2_000_000),
        ("5分", 5),
        ("4 stars", 4),
        ("3 台", 3),
        (" 7 ", 7),
        (".5", 0.5),
        ("1e3", 1000),
        ("1725.36", 1725.36),
    ],
)
def test_numbers(value: object, number: float) -> None:
    assert parse_number(value) == pytest.approx(number)


@pytest.mark.parametrize(
    "value", ["面议", "", "-", "1,23", "12,34,567", "1.2.3", "95%", "abc", "元", None, float("nan"), float("inf"), "1e999", dt.date(2026, 1, 1)]
)
def test_no_numbers(value: object) -> None:
    assert parse_number(value) is None


@pytest.mark.parametrize(("value", "says"), [("12.6万", True), ("3k", True), ("12.6", False), (12.6, False), ("¥1,200", False)])
def test_a_cell_that_names_its_own_unit(value: object, says: bool) -> None:
    assert carries_unit(value) is says


@pytest.mark.parametrize(("value", "ratio"), [("6.5%", 0.065), ("６.５％", 0.065), ("100%", 1), ("6.5", None), (0.065, None), ("%", None)])
def test_percentages(value: object, ratio: float | None) -> None:
    assert parse_percent(value) == (None if ratio is None else pytest.approx(ratio))


@pytest.mark.parametrize(
    ("value", "unit", "hours"),
    [
        (90, 1 / 60, 1.5),
        (5400, 1 / 3600, 1.5),
        (2, 24, 48),
        (2.5, 1, 2.5),
        ("2.5", 1, 2.5),
        ("1:30", 1, 1.5),
        ("26:30:00", 1, 26.5),
        ("2小时15分", 1, 2.25),
        ("1天2小时", 1, 26),
        ("90分钟", 1, 1.5),
        ("1d 3h", 1, 27),
        ("30 minutes", 1, 0.5),
        ("45 sec", 1, 0.0125),
        (dt.time(1, 30), 1, 1.5),
        (dt.timedelta(hours=30), 1, 30),
    ],
)
def test_durations(value: object, unit: float, hours: float) -> None:
    assert parse_hours(value, unit) == pytest.approx(hours)


@pytest.mark.parametrize("value", ["很快", "", "1:75", None, True, float("nan")])
def test_no_durations(value: object) -> None:
    assert parse_hours(value, 1) is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_written_and_read_again(number: object) -> None:
    assert parse_number(f"{number:,}") == pytest.approx(float(str(number)))
    assert parse_number(f"¥{number:,.2f}") == pytest.approx(float(str(number)))
