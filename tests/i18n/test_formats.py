"""Numbers, months and dates as people write them."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from amdash.i18n import formats


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (0.931, "ratio", "93.1%", "93.1%"),
        (1.0, "ratio", "100.0%", "100.0%"),
        (0.0, "ratio", "0.0%", "0.0%"),
        (-0.0004, "ratio", "0.0%", "0.0%"),
        (0.35, "points", "35.0 分", "35.0 points"),
        (-1.0, "points", "\u2212100.0 分", "\u2212100.0 points"),
        (0.1666, "points", "16.7 分", "16.7 points"),
        (0.0, "points", "0.0 分", "0.0 points"),
        (15.83, "hours", "15.8 小时", "15.8 h"),
        (1_375_000.0, "money", "137.5万", "1.38M"),
        (124_000_000.0, "money", "1.24亿", "124.00M"),
        (9_999.0, "money", "9,999 元", "9,999"),
        (35_500.0, "money", "3.6万", "35.5k"),
        (999_999.0, "money", "100.0万", "1.00M"),
        (99_999_999.0, "money", "1.00亿", "100.00M"),
        (0.9285, "ratio", "92.9%", "92.9%"),
        (25_000.0, "money", "2.5万", "25.0k"),
        (-25_000.0, "money", "\u22122.5万", "\u221225.0k"),
        (0.0, "money", "0 元", "0"),
        (11.0, "customers", "11 家", "11"),
        (10.5, "customers", "10.5 家", "10.5"),
        (None, "ratio", "—", "—"),
        (math.nan, "money", "—", "—"),
    ],
)
def test_figures(value: float | None, unit: formats.Unit, zh: str, en: str) -> None:
    assert formats.written(value, unit, "zh") == zh
    assert formats.written(value, unit, "en") == en


@pytest.mark.parametrize(
    ("value", "unit", "higher", "zh"),
    [
        (0.95, "ratio", True, "≥ 95%"),
        (0.905, "ratio", True, "≥ 90.5%"),
        (24.0, "hours", False, "≤ 24 小时"),
        (10.0, "customers", True, "≥ 10 家"),
        (0.4, "points", True, "≥ 40 分"),
        (None, "ratio", True, None),
        (105_000_000.0, "money", True, "≥ 1.05亿"),
        (100_000.0, "money", True, "≥ 10万"),
    ],
)
def test_targets(value: float | None, unit: formats.Unit, higher: bool, zh: str | None) -> None:
    assert formats.target(value, unit, higher, "zh") == zh


@pytest.mark.parametrize(
    ("period", "zh", "en", "short_zh", "short_en"),
    [
        ("2026-10", "2026 年 10 月", "October 2026", "10月", "Oct"),
        ("2026-Q4", "2026 年第 4 季度", "Q4 2026", "四季度", "Q4"),
        ("2026", "2026 年", "2026", "2026", "2026"),
        ("total", "total", "total", "total", "total"),
    ],
)
def test_periods(period: str, zh: str, en: str, short_zh: str, short_en: str) -> None:
    assert (formats.month(period, "zh"), formats.month(period, "en")) == (zh, en)
    assert (formats.month_short(period, "zh"), formats.month_short(period, "en")) == (short_zh, short_en)


def test_days() -> None:
    assert formats.day(dt.date(2026, 10, 9), "zh") == "2026-10-09"
    assert formats.day(dt.date(2026, 10, 9), "en") == "9 Oct 2026"


@pytest.mark.parametrize(
    ("period", "zh", "en", "short_zh", "short_en"),
    [
        ("2026-08..2026-10", "2026 年 8 月至 2026 年 10 月", "August 2026 to October 2026", "10月", "Oct"),
        ("2026-W07", "2026 年第 7 周", "week 7 of 2026", "7周", "W07"),
    ],
)
def test_weeks_and_rolling_periods_in_words(period: str, zh: str, en: str, short_zh: str, short_en: str) -> None:
    assert (formats.month(period, "zh"), formats.month(period, "en")) == (zh, en)
    assert (formats.month_short(period, "zh"), formats.month_short(period, "en")) == (short_zh, short_en)


def test_weekdays_countries_and_times_that_pass() -> None:
    assert [formats.weekday(0, language) for language in ("zh", "en")] == ["周一", "Mon"]
    assert [formats.weekday(6, language) for language in ("zh", "en")] == ["周日", "Sun"]
    assert [formats.country(code, "zh") for code in ("CN", "DE", "??")] == ["中国", "德国", "??"]
    assert formats.country("DE", "en") == "Germany"
    assert [formats.span(hours, "zh") for hours in (63 + 1 / 3, 1 / 3, 2, 0)] == ["63 小时 20 分", "20 分", "2 小时", "0 分"]
    # Rounded to the minute before it is split: no 60 minutes.
    assert formats.span(1.9999, "en") == "2 h"
