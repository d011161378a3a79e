"""Dates as they stand in sheets: Excel dates and serial numbers, 2026年10月5日, 2026.10.5, 5/10/26 decided per column."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Order = Literal["day_first", "month_first"]

# Excel counts days from here (its 1900 leap-year error included); the range is 1954 to 2119.
_EPOCH = dt.datetime(1899, 12, 30)
_SERIALS = (20_000, 80_000)
_CLOCK = r"(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?秒?分?\s*(?P<half>am|pm)?(?:Z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(rf"^(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_CLOCK}$", re.I)
_COMPACT = re.compile(rf"^(\d{{4}})(\d{{2}})(\d{{2}}){_CLOCK}$", re.I)
_YEAR_LAST = re.compile(rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_CLOCK}$", re.I)
_NO_YEAR = re.compile(rf"^(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]{_CLOCK}$", re.I)
_NAMED = re.compile(rf"^(?:(\d{{1,2}})[\s-]+)?([a-z]{{3,9}})\.?[\s-]+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(\d{{4}}){_CLOCK}$", re.I)
_LONGEST = 80
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]

_MONTH_ONLY = re.compile(r"^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?(?:份)?$")
_BARE_MONTH = re.compile(r"^(\d{1,2})\s*月(?:份)?$")
_NAMED_MONTH = re.compile(r"^([a-z]{3,9})\.?[\s-]*(\d{4})?$", re.I)
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")


@dataclass(frozen=True)
class DateStyle:
    """What a column's dates need beyond themselves. ``assumed``: nothing in the column told day from month."""

    order: Order = "month_first"
    assumed: bool = False
    year: int | None = None


def style_of(values: Iterable[Any], year: int | None) -> DateStyle:
    """How to read 5/10/26 in this column: a first part over 12 means the day comes first, a second one the month."""
    first = second = 0
    seen = False
    for value in values:
        match = _YEAR_LAST.match(_narrow(value)) if isinstance(value, str) else None
        if match:
            seen = True
            first, second = max(first, int(match[1])), max(second, int(match[2]))
    if first > 12 >= second:
        return DateStyle("day_first", year=year)
    return DateStyle("month_first", assumed=seen and second <= 12, year=year)


def parse(value: Any, style: DateStyle) -> dt.datetime | None:
    """The moment a cell means; None when it means none. A date without a year takes ``style.year``."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _serial(float(value))
    return _parse_text(_narrow(value), style) if isinstance(value, str) else None


def parse_month(value: Any, year: int | None) -> str | None:
    """'2026-10' for a month cell: a date, '2026年10月', '2026-10', '202610', 'Oct 2026', or '10月' with a year known."""
    if isinstance(value, str):
        text = _narrow(value)
        match = _MONTH_ONLY.match(text)
        if match:
            return _month(int(match[1]), int(match[2]))
        match = _BARE_MONTH.match(text)
        if match:
            return _month(year, int(match[1]))
        match = _NAMED_MONTH.match(text)
        if match and (number := _month_number(match[1])):
            return _month(int(match[2]) if match[2] else year, number)
    if isinstance(value, float) and value.is_integer() and 190_001 <= value <= 210_012:
        return _month(int(value) // 100, int(value) % 100)
    moment = parse(value, DateStyle(year=year))
    return moment.strftime("%Y-%m") if moment else None


def year_in(*texts: str | None) -> int | None:
    """The year that a title, sheet name or file name speaks of; None when none does, or when one names two."""
    for text in texts:
        years = set(_YEAR_IN_TEXT.findall(text or ""))
        if len(years) == 1:
            return int(years.pop())
    return None


def _narrow(value: str) -> str:
    return unicodedata.normalize("NFKC", value[:_LONGEST]).strip()


def _serial(number: float) -> dt.datetime | None:
    if not _SERIALS[0] <= number < _SERIALS[1]:
        return None
    moment = _EPOCH + dt.timedelta(days=number)
    # Excel keeps times as fractions of a day: round away the binary dust.
    return (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)


def _parse_text(text: str, style: DateStyle) -> dt.datetime | None:
    for pattern in (_YEAR_FIRST, _COMPACT):
        match = pattern.match(text)
        if match:
            return _moment(int(match[1]), int(match[2]), int(match[3]), match.groups()[3:])
    match = _YEAR_LAST.match(text)
    if match:
        a, b, year = int(match[1]), int(match[2]), int(match[3])
        month, day = (b, a) if style.order == "day_first" else (a, b)
        return _moment(year + 2000 if year < 100 else year, month, day, match.groups()[3:])
    match = _NO_YEAR.match(text)
    if match and style.year:
        return _moment(style.year, int(match[1]), int(match[2]), match.groups()[2:])
    match = _NAMED.match(text)
    if match and (match[1] or match[3]) and (number := _month_number(match[2])):
        return _moment(int(match[4]), number, int(match[1] or match[3]), match.groups()[4:])
    if text.isdigit():
        return _serial(float(text))
    return None


def _moment(year: int, month: int, day: int, clock: Sequence[str | None]) -> dt.datetime | None:
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half = clock[3]
    if half:
        hour = hour % 12 + (12 if half.casefold() == "pm" else 0)
    try:
        return dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _month_number(name: str) -> int | None:
    """3 for 'mar' and 'March'; None for 'Marketing'."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())), None)


def _month(year: int | None, month: int) -> str | None:
    return f"{year}-{month:02d}" if year and 1 <= month <= 12 else None
