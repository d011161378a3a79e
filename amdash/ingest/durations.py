"""Durations and times of day as they stand in sheets: 2小时15分, 1:30:00, PT1H30M, 上午9时5分, 3:04 PM."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from amdash.ingest.amounts import any_of, finite, narrow, number_of, split

_LONGEST = 64
TIMES = frozenset({dt.time, dt.timedelta, dt.datetime})
_BEHIND_MIDDAY = ("下午", "晚上", "傍晚", "pm", "p.m.")
_BEFORE_MIDDAY = ("上午", "早上", "清晨", "凌晨", "am", "a.m.")
_HALVES = "|".join(re.escape(word) for word in (*_BEHIND_MIDDAY, *_BEFORE_MIDDAY, "中午"))
_QUARTERS = {"半": 30, "整": 0, "1刻": 15, "3刻": 45}
_CLOCK = re.compile(
    rf"^[T\s,]*({_HALVES})?\s*(\d{{1,2}})\s*([:时点])?\s*(?:(半|整|[13]刻)|(\d{{1,2}})?\s*(?:[:分]\s*(?:(\d{{1,2}})(?:[.,]\d*)?\s*秒?)?)?)"
    rf"\s*({_HALVES})?\s*(?:Z|UTC|GMT|CST|[+-]\d\d:?\d\d)?(?:\s*\([^)]*\))?$",
    re.I,
)
_HOURS = (
    dict.fromkeys(["周", "星期", "weeks", "week", "w"], 168.0)
    | dict.fromkeys(["天", "日", "days", "day", "d"], 24.0)
    | dict.fromkeys(["个小时", "小时", "时", "hours", "hour", "hrs", "hr", "h"], 1.0)
    | dict.fromkeys(["刻钟", "刻"], 0.25)
    | dict.fromkeys(["分钟", "分", "minutes", "minute", "mins", "min", "m", "'"], 1 / 60)
    | dict.fromkeys(["秒钟", "秒", "seconds", "second", "secs", "sec", "s", "''", '"'], 1 / 3600)
    | dict.fromkeys(["毫秒", "ms"], 1 / 3_600_000)
)
_PART = re.compile(rf"(\d+(?:\.\d+)?)\s*({any_of(_HOURS)})", re.I)
_BARE_MINUTES = re.compile(r"(?<=[时h])\s*(\d{1,2})$", re.I)
_PARTS_OF_CLOCK = re.compile(r"(?:(\d+)\s*(?:days?|d|天|日),?\s*)?(\d+):([0-5]?\d)(?::([0-5]?\d)(?:[.,]\d+)?)?", re.I)
_ISO = re.compile(r"P(?=[\dT])(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?", re.I)
_ISO_HOURS = (168.0, 24.0, 1.0, 1 / 60, 1 / 3600)
_HALF = (
    ("个半小时", ".5小时"),
    ("小时半", ".5小时"),
    ("天半", ".5天"),
    ("半个小时", "0.5小时"),
    ("半小时", "0.5小时"),
    ("半天", "0.5天"),
    ("″", '"'),
)
_ABOUT = re.compile(r"^(?:大约|约|≈|~|about\s|approx\.?\s)\s*|左右$", re.I)
_HAN_NUMBER = re.compile(r"[〇零○一二两三四五六七八九十廿卅]+")
_HAN_DIGITS = {sign: digit for digit, signs in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for sign in signs}


def arabic(text: str) -> str:
    """The text with its Chinese numerals as digits: 二〇二六年十月 becomes 2026年10月."""
    return _HAN_NUMBER.sub(_digits_of, text)


def _digits_of(match: re.Match[str]) -> str:
    head, ten, tail = match[0].replace("廿", "二十").replace("卅", "三十").partition("十")
    if not ten:
        return "".join(str(_HAN_DIGITS[sign]) for sign in head)
    if len(head) > 1 or len(tail) > 1 or tail == "十":
        return match[0]
    return str(_HAN_DIGITS.get(head, 1) * 10 + _HAN_DIGITS.get(tail, 0))


def clock(text: str) -> dt.timedelta | None:
    """The time since midnight of '8:30', '下午3时4分', '3:04 PM', '08:30:11.250Z', whose zone is passed over; None for no time."""
    match = _CLOCK.match(text)
    if not match or not (match[1] or match[3] or match[7]) or ((match[5] or match[6]) and not match[3]):
        return None
    hour, minute, second = int(match[2]), int(match[5] or _QUARTERS[match[4] or "整"]), int(match[6] or 0)
    half = (match[1] or match[7] or "").casefold()
    if half in _BEHIND_MIDDAY:
        # Twelve at night is the end of the day, not its middle.
        hour = 24 if hour == 12 and half == "晚上" else hour + 12 if hour < 12 else hour
    elif half in _BEFORE_MIDDAY:
        hour = 0 if hour == 12 else hour if hour < 12 else 99
    elif half and hour < 6:
        hour += 12
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and minute + second):
        return None
    return dt.timedelta(hours=hour, minutes=minute, seconds=second)


def parse_time(value: Any) -> dt.timedelta | None:
    """The time since midnight of a clock cell: 9时5分, 3:04 PM, 905, a time, a fraction of a day; None where it is no time."""
    if isinstance(value, (dt.datetime, dt.time)):
        return dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, dt.timedelta):
        return value if dt.timedelta() <= value <= dt.timedelta(days=1) else None
    if isinstance(value, str):
        text = arabic(narrow(value[:_LONGEST]))
        return clock(f"{text[:-2]}:{text[-2:]}" if text.isdigit() and len(text) in (3, 4) else text)
    number = finite(value)
    if number is None or number < 0:
        return None
    if 100 <= number < 2400 and number.is_integer():
        return clock(f"{int(number) // 100}:{int(number) % 100:02d}")
    # The fraction of an Excel moment is its time of day; a small whole number is neither.
    return dt.timedelta(seconds=round(number % 1 * 86_400)) if number < 1 or 20_000 <= number < 80_000 else None


def join_time(days: list[Any], times: list[Any]) -> list[Any]:
    """The moments of a column of dates with its clock in a column beside it; a date alone where the clock says nothing."""
    result = []
    for day, time in zip(days, times, strict=True):
        since = None if day is None else parse_time(time)
        result.append(day if since is None else day.replace(hour=0, minute=0, second=0, microsecond=0) + since)
    return result


def parse_hours(value: Any, unit_hours: float, *, minutes_first: bool = False, decimal_comma: bool = False) -> float | None:
    """Hours of a duration: a number in the column's unit, 1:30:00, 2小时15分, an Excel time. None when it means none.

    ``minutes_first``: 1:30 is a minute and a half. One with a minus is read too: that it cannot be is for the row rules to say.
    """
    if isinstance(value, str):
        return _of_text(value, unit_hours, minutes_first, decimal_comma) if len(value) <= _LONGEST else None
    if is_time(value):
        return _of_time(value)
    number = finite(value)
    return None if number is None else number * unit_hours


def is_time(value: Any) -> bool:
    """Whether the cell is a time or a duration of the spreadsheet program itself, past 24 hours too."""
    return isinstance(value, (dt.time, dt.timedelta)) or (isinstance(value, dt.datetime) and value.year in (1899, 1900))


def _of_time(value: Any) -> float:
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 3600
    # Excel shows 36:00 as noon of its first day, the one after 31 December 1899.
    days = (value.date() - dt.date(1899, 12, 31)).days if isinstance(value, dt.datetime) else 0
    return max(days, 0) * 24.0 + float(value.hour + value.minute / 60 + (value.second + value.microsecond / 1e6) / 3600)


def _of_text(value: str, unit_hours: float, minutes_first: bool, decimal_comma: bool) -> float | None:
    text = _ABOUT.sub("", narrow(value).replace("\u2032", "'")).strip()
    sign = -1.0 if text.startswith("-") else 1.0
    hours = _unsigned(text.lstrip("-").strip(), minutes_first) if text[:2] != "--" else None
    if hours is not None:
        return sign * hours
    figure = split(value)
    number = None if figure is None else number_of(figure, "decimal" if decimal_comma else "thousands")
    return None if number is None else number * unit_hours


def _unsigned(text: str, minutes_first: bool) -> float | None:
    if text.isdecimal():
        return None
    match = _PARTS_OF_CLOCK.fullmatch(text)
    if match:
        first, second = int(match[2]), int(match[3])
        if minutes_first and match[4] is None and match[1] is None:
            return first / 60 + second / 3600
        return int(match[1] or 0) * 24.0 + first + second / 60 + int(match[4] or 0) / 3600
    match = _ISO.fullmatch(text)
    if match:
        parts = [(part, hours) for part, hours in zip(match.groups(), _ISO_HOURS, strict=True) if part]
        return sum(float(part) * hours for part, hours in parts) if parts and all(part.count(".") < 2 and part != "." for part, _ in parts) else None
    if not text.isascii():
        for words, half in _HALF:
            text = text.replace(words, half)
        text = arabic(text)
    text = _BARE_MINUTES.sub(r"\1m", text)
    if _PART.search(text) and not _PART.sub("", text).strip(" ,又."):
        return sum(float(number) * _HOURS[unit.casefold()] for number, unit in _PART.findall(text))
    return None
