"""Dates, times of day and periods as they stand in sheets: 2026年10月5日, 46300, 5/10/26 decided per column, 上午9时5分, 2026-W41."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Literal

from amdash.ingest import amounts
from amdash.ingest.durations import arabic, clock

Order = Literal["day_first", "month_first", "year_first"]
# What a business's sheets of today speak of: any other year is a slip of the pen (0202 for 2020, 2206 for 2026).
YEARS = (1990, 2100)

# Excel counts days from here (its 1900 leap-year error included), 1954 to 2119. That a book counts from 1904, no cell tells.
_EPOCH = dt.datetime(1899, 12, 30)
_SERIALS = (20_000, 80_000)
_LONGEST = 80
_COMPACT_DIGITS = 8
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_TH = r"(?:st|nd|rd|th)?"

_YEAR_FIRST = re.compile(r"^(\d{4}|\d{2}(?=\s*年))\s*[-/.年\\]\s*(\d{1,2})\s*[-/.月\\]\s*(\d{1,2})(?!\d)\s*[日号.]?(.*)$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?!\d)(.*)$")
_COMPACT_CLOCK = re.compile(r"^(\d{8})(\d{2})(\d{2})(\d{2})?$")
THREE_PARTS = re.compile(r"^(\d{1,2})\s*[-/.\\]\s*(\d{1,2})\s*[-/.\\]\s*(\d{4}|\d{2})(?!\d)(.*)$")
TWO_PARTS = re.compile(r"^(\d{1,2})[-/](\d{1,2})(?![\d/-])()(.*)$")
_NO_YEAR = re.compile(r"^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号](.*)$")
_DAY_NAMED = re.compile(rf"^(\d{{1,2}}){_TH}[\s./,-]*([a-z]{{3,9}})\.?[\s./,-]*(?:'?(\d{{4}}|\d{{2}})(?![\d:]))?(.*)$", re.I)
_NAMED_DAY = re.compile(rf"^([a-z]{{3,9}})\.?[\s./-]*(\d{{1,2}}){_TH}(?!\d)[\s,./-]*(?:'?(\d{{4}}|\d{{2}})(?![\d:]))?(.*)$", re.I)
_WEEKDAY = re.compile(
    r"[(\s,]*(?:(?:星期|礼拜|周)[一二三四五六日天]|\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b)[).,\s]*", re.I
)
_WORD = re.compile(r"[^\W\d_]{2}")
_STOPS = str.maketrans("。、⁄", "../")

_MONTH_ONLY = re.compile(r"^(\d{4}|\d{2}(?=\s*年))(?:\s*[-/.年M_]\s*|\s+)(\d{1,2})\s*月?[份度]?$", re.I)
_SIX_DIGITS = re.compile(r"^(\d{4})(\d{2})\s*月?$")
_BARE_MONTH = re.compile(r"^(\d{1,2})\s*月[份度]?$|^M(\d{1,2})$", re.I)
_MONTH_YEAR = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{4})$")
_NAMED_MONTH = re.compile(r"^(?:(\d{4})[\s/-]*)?([a-z]{3,9})\.?[\s_/,'-]*(\d{4}|\d{2})?$", re.I)
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
_WEEK = re.compile(r"^(?:(\d{4})\s*[年/-]?\s*)?(?:第\s*(\d{1,2})\s*周|W(?:ee)?k?\s*(\d{1,2}))(?:[\s,/-]*(\d{4}))?$", re.I)
_WEEK_OF_MONTH = re.compile(r"^(?:(\d{4})\s*[年/-]?\s*)?(\d{1,2})\s*月份?\s*第\s*\d\s*周$")
_QUARTER = re.compile(
    r"^(?:(\d{4}|\d{2}(?=\s*年))\s*(?:年度?|[\s/-])*)?(?:第?\s*([1-4])\s*季度?|Q\s*([1-4])|([1-4])\s*Q)(?:[\s/,'-]*(\d{4}|\d{2})年?)?$", re.I
)
_YEAR = re.compile(r"^(?:FY\s*'?)?(\d{4})\s*(?:年|年度|财年|年全年|全年)?$|^FY\s*'?(\d{2})$|^(\d{2})\s*年度?$", re.I)
_SPAN = re.compile(r"\s*(?:[~至到]|\bto\b|\s-\s)\s*", re.I)


@dataclass(frozen=True)
class DateStyle:
    """What a column's dates need beyond themselves: the order of 5/10/26, and the year of 10月5日.

    ``assumed``: the column does not decide the order, which is a guess among ``choices``.
    """

    order: Order = "month_first"
    assumed: bool = False
    year: int | None = None
    choices: tuple[Order, ...] = ("day_first", "month_first")


def narrow(value: str) -> str:
    """The text as it is compared: half-width, without weekdays, an apostrophe in front and Chinese numerals."""
    text = amounts.narrow(value[:_LONGEST])
    if _WORD.search(text):
        text = _WEEKDAY.sub(" ", text).strip()
    return text if text.isascii() else arabic(text.translate(_STOPS))


def parse(value: Any, style: DateStyle) -> dt.datetime | None:
    """The moment a cell means, its clock as written whatever the zone; None when it means none, or one outside ``YEARS``."""
    moment = _read(value, style)
    return moment if moment is not None and YEARS[0] <= moment.year <= YEARS[1] else None


def fault_of(value: Any, style: DateStyle) -> str:
    """Why ``parse`` gave None: the year is an unlikely one, or the cell is no date."""
    return "value_not_date" if _read(value, style) is None else "date_year_unlikely"


def _read(value: Any, style: DateStyle) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        return _plain_iso(value) or _parse_text(narrow(value), style)
    return _number(value, style) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def is_serial(value: Any) -> bool:
    """Whether a cell holds a bare number, as text too, that is a day as Excel counts them."""
    if isinstance(value, str):
        return value.strip().isdecimal() and len(value.strip()) < _COMPACT_DIGITS and _SERIALS[0] <= int(value) < _SERIALS[1]
    return isinstance(value, int | float) and not isinstance(value, bool) and _SERIALS[0] <= value < _SERIALS[1]


def _plain_iso(text: str) -> dt.datetime | None:
    # Most exports write this; the general way takes three times as long.
    if len(text) in (10, 16, 19) and text.isascii() and text[4] == text[7] == "-" and text[:4].isdigit():
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def _number(number: float, style: DateStyle) -> dt.datetime | None:
    if _SERIALS[0] <= number < _SERIALS[1]:
        # Excel keeps times as fractions of a day: round away the binary dust.
        return (_EPOCH + dt.timedelta(days=float(number), milliseconds=500)).replace(microsecond=0)
    return _parse_text(str(int(number)), style) if 1e7 <= number < 1e14 and number == int(number) else None


def _parse_text(text: str, style: DateStyle) -> dt.datetime | None:
    match = _YEAR_FIRST.match(text) or _COMPACT.match(text)
    if match:
        return _moment(match[1], match[2], match[3], match[4])
    match = THREE_PARTS.match(text) or TWO_PARTS.match(text)
    if match:
        year, month, day = match[3] or style.year, match[1], match[2]
        if style.order == "day_first":
            month, day = day, month
        elif style.order == "year_first" and match[3]:
            year, month, day = (match[1], match[2], match[3]) if len(match[3]) == 2 else (None, month, day)
        return _moment(year, month, day, match[4])
    if match := _NO_YEAR.match(text):
        return _moment(style.year, match[1], match[2], match[3])
    if match := _COMPACT_CLOCK.match(text):
        return _parse_text(f"{match[1]} {match[2]}:{match[3]}:{match[4] or '00'}", style)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _number(float(text), style)
    return _parse_named(text, style)


def _parse_named(text: str, style: DateStyle) -> dt.datetime | None:
    match = _DAY_NAMED.match(text)
    if match and (number := _month_number(match[2])):
        return _moment(match[3] or style.year, number, match[1], match[4])
    match = _NAMED_DAY.match(text)
    # Excel writes a month as Oct-26: without a year that is no day.
    if match and (number := _month_number(match[1])) and (match[3] or "-" not in text):
        return _moment(match[3] or style.year, number, match[2], match[4])
    return None


def _moment(year: str | int | None, month: str | int, day: str | int, rest: str) -> dt.datetime | None:
    since = dt.timedelta() if not rest or rest.isspace() else clock(rest)
    if year is None or since is None:
        return None
    try:
        return dt.datetime(_full_year(year), int(month), int(day)) + since
    except (ValueError, OverflowError):
        return None


def _full_year(year: str | int) -> int:
    number = int(year)
    return number if number >= 100 or len(str(year)) > 2 else number + (1900 if number >= 90 else 2000)


def parse_month(value: Any, year: int | None, style: DateStyle | None = None) -> str | None:
    """'2026-10' for a month cell: one that names a month alone, or a date, read in the ``style`` of its column."""
    if (month := month_alone(value, year)) or (isinstance(value, str) and TWO_PARTS.match(narrow(value))):
        return month
    moment = parse(value, style or DateStyle(year=year))
    return moment.strftime("%Y-%m") if moment else None


def month_alone(value: Any, year: int | None) -> str | None:
    """'2026-10' for '2026年10月', '2026M10', 'Oct-26', 202610, or '10月' with a year known; None for a date and all else."""
    if not isinstance(value, str):
        whole = isinstance(value, (int, float)) and 190_001 <= value <= 210_012 and value == int(value)
        return _month(int(value) // 100, int(value) % 100) if whole else None
    text = narrow(value)
    if match := _MONTH_ONLY.match(text) or _SIX_DIGITS.match(text):
        return _month(match[1], int(match[2]))
    if match := _BARE_MONTH.match(text):
        return _month(year, int(match[1] or match[2]))
    if match := _MONTH_YEAR.match(text):
        return _month(match[2], int(match[1]))
    match = _NAMED_MONTH.match(text)
    if match and not (match[1] and match[3]) and (number := _month_number(match[2])):
        return _month(match[1] or match[3] or year, number)
    return None


def parse_period(value: Any, year: int | None, style: DateStyle | None = None) -> str | None:
    """'2026-10' for a month, a week (the month of its Thursday) or days of one; '2026-Q3' for a quarter, '2026' for a year."""
    if not isinstance(value, str):
        whole = isinstance(value, (int, float)) and not isinstance(value, bool) and YEARS[0] <= value <= YEARS[1] and value == int(value)
        return str(int(value)) if whole else parse_month(value, year, style)
    text = narrow(value)
    if match := _WEEK.match(text):
        return month_of_week(match[1] or match[4] or year, int(match[2] or match[3]))
    if match := _WEEK_OF_MONTH.match(text):
        return _month(match[1] or year, int(match[2]))
    if match := _QUARTER.match(text):
        named = match[1] or match[5] or year
        return f"{_full_year(named)}-Q{match[2] or match[3] or match[4]}" if named else None
    if match := _YEAR.match(text):
        number = _full_year(match[1] or match[2] or match[3])
        return str(number) if YEARS[0] <= number <= YEARS[1] else None
    return parse_month(value, year, style) or _month_of_span(text, style or DateStyle(year=year))


def month_of_week(year: str | int | None, week: int) -> str | None:
    """The month of the Thursday of an ISO week: the one that most of its days belong to."""
    try:
        return dt.date.fromisocalendar(int(year), week, 4).strftime("%Y-%m") if year else None
    except ValueError:
        return None


def _month_of_span(text: str, style: DateStyle) -> str | None:
    ends = [parse(part, style) for part in _SPAN.split(text)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or not dt.timedelta() <= ends[1] - ends[0] <= dt.timedelta(days=31):
        return None
    return (ends[0] + (ends[1] - ends[0]) / 2).strftime("%Y-%m")


def year_in(*texts: str | None) -> int | None:
    """The year that a title, sheet name or file name speaks of; None when none does, or when one names two."""
    for text in texts:
        years = set(_YEAR_IN_TEXT.findall(text or ""))
        if len(years) == 1:
            return int(years.pop())
    return None


def _month_number(name: str) -> int | None:
    """3 for 'mar' and 'March'; None for 'Marketing'."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())), None)


def _month(year: str | int | None, month: int) -> str | None:
    number = _full_year(year) if year else 0
    return f"{number}-{month:02d}" if YEARS[0] <= number <= YEARS[1] and 1 <= month <= 12 else None
