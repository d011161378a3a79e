"""Money, numbers, percentages and durations as they stand in sheets."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

_CURRENCY = re.compile(r"(人民币|rmb|cny|usd|eur|gbp|[¥$€£元圆])", re.I)
_PLAIN = re.compile(r"^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:e[-+]?\d+)?$", re.I)
_SUFFIX = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "k": 1e3, "m": 1e6}
_SUFFIXED = re.compile(r"^(.*?)\s*(百万|千万|千|万|亿|k|m)$", re.I)
_COUNTER = re.compile(r"\s*(分|星|点|件|个|台|套|次|人|家|points?|stars?|pcs)$", re.I)
_CLOCK = re.compile(r"^(\d+):([0-5]?\d)(?::([0-5]?\d)(?:\.\d+)?)?$")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(天|日|days?|d|个?小时|时|hours?|hrs?|h|分钟|分|minutes?|mins?|m|秒钟?|seconds?|secs?|s)(?![a-z])", re.I)
# Longer is no number that a person wrote; some patterns take their time over what does not fit.
_LONGEST = 64
_HOURS = {"天": 24.0, "日": 24.0, "d": 24.0, "小": 1.0, "个": 1.0, "时": 1.0, "h": 1.0, "分": 1 / 60, "m": 1 / 60, "秒": 1 / 3600, "s": 1 / 3600}


def parse_number(value: Any) -> float | None:
    """The number a cell means: 1,234.50, ¥1234, (1,234) as negative, 12.6万, 5分; a percentage is not one. None when it means none."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = _CURRENCY.sub("", unicodedata.normalize("NFKC", value)).replace("\u2212", "-").strip()
    factor = 1.0
    if text.startswith("(") and text.endswith(")"):
        text, factor = text[1:-1], -1.0
    match = _SUFFIXED.match(text)
    if match:
        text, factor = match[1], factor * _SUFFIX[match[2].casefold()]
    text = _COUNTER.sub("", text).replace(" ", "")
    if not _PLAIN.match(text) or not any(character.isdigit() for character in text):
        return None
    number = float(text.replace(",", "")) * factor
    return number if math.isfinite(number) else None


def carries_unit(value: Any) -> bool:
    """Whether the cell itself says 万, k and the like, so that the unit of its column must not be applied again."""
    return isinstance(value, str) and len(value) <= _LONGEST and bool(_SUFFIXED.match(_CURRENCY.sub("", value).strip()))


def parse_percent(value: Any) -> float | None:
    """0.065 for the text '6.5%'; None for anything that carries no percent sign."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        if text.endswith("%"):
            number = parse_number(text[:-1])
            return None if number is None else number / 100
    return None


def parse_hours(value: Any, unit_hours: float) -> float | None:
    """Hours of a duration: a number in the column's unit, 1:30:00, 2小时15分, an Excel time. None when it means none."""
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 3600
    if isinstance(value, dt.time):
        return value.hour + value.minute / 60 + value.second / 3600
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) * unit_hours if math.isfinite(value) else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    match = _CLOCK.match(text)
    if match:
        return int(match[1]) + int(match[2]) / 60 + int(match[3] or 0) / 3600
    if _PART.search(text) and not _PART.sub("", text).strip(" ,零又"):
        return sum(float(number) * _HOURS[unit[0].casefold()] for number, unit in _PART.findall(text))
    number = parse_number(text)
    return None if number is None else number * unit_hours
