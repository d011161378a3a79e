"""Numbers, months and dates as people write them: 137.5万 and 2026 年 10 月, $1.38M and October 2026."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel import Locale
from babel.dates import format_date, get_day_names

from amdash.i18n.catalogue import LOCALE_NAMES, Language

Unit = Literal["ratio", "points", "hours", "money", "customers"]
MISSING = "—"
_MINUS = "\u2212"
_TRAILING_ZEROS = re.compile(r"\.0+(?!\d)")


def figure(value: float | None, unit: Unit, language: Language) -> tuple[str, str]:
    """(digits, unit) as two strings, so that the unit can be set smaller; ('—', '') for a missing value."""
    if value is None or math.isnan(value):
        return MISSING, ""
    if unit == "ratio":
        return _digits(value * 100, 1), "%"
    if unit == "points":
        return _digits(value * 100, 1), "分" if language == "zh" else "points"
    if unit == "hours":
        return _digits(value, 1), "小时" if language == "zh" else "h"
    if unit == "money":
        return _money(value, language)
    # A mean over several managers or months has a fraction; one manager's month has none.
    return _digits(value, 0 if float(value).is_integer() else 1), "家" if language == "zh" else ""


def written(value: float | None, unit: Unit, language: Language) -> str:
    """The figure with its unit in one string: '93.1%', '15.8 小时', '137.5万', '11 家'."""
    digits, name = figure(value, unit, language)
    tight = name in ("", "%", "万", "亿", "k", "M")
    return f"{digits}{name}" if tight else f"{digits} {name}"


def signed(number: float) -> str:
    """With one decimal and its sign, '+6.4' or '−7.5'; what rounds to nothing has none."""
    return f"{number:+.1f}".replace("-", _MINUS) if abs(number) >= 0.05 else "0.0"


def target(value: float | None, unit: Unit, higher_is_better: bool, language: Language) -> str | None:
    """'≥ 95%' or '≤ 24 小时'; None where there is no target."""
    if value is None or math.isnan(value):
        return None
    return f"{'≥' if higher_is_better else '≤'} {_TRAILING_ZEROS.sub('', written(value, unit, language))}"


def month(period: str, language: Language) -> str:
    """A period in words: '2026-10', '2026-Q4', '2026', '2026-W40' or '2026-08..2026-10'; any other text is returned as it is."""
    if ".." in period:
        first, last = (month(one, language) for one in period.split(".."))
        return f"{first}至 {last}" if language == "zh" else f"{first} to {last}"
    if len(period) == 8 and period[5] == "W":
        return f"{period[:4]} 年第 {int(period[6:])} 周" if language == "zh" else f"week {int(period[6:])} of {period[:4]}"
    if len(period) == 7 and period[5] == "Q":
        return f"{period[:4]} 年第 {period[6]} 季度" if language == "zh" else f"Q{period[6]} {period[:4]}"
    if len(period) == 7:
        day_one = dt.date(int(period[:4]), int(period[5:]), 1)
        return f"{day_one.year} 年 {day_one.month} 月" if language == "zh" else str(format_date(day_one, "MMMM y", locale="en"))
    if len(period) == 4:
        return f"{period} 年" if language == "zh" else period
    return period


def month_short(period: str, language: Language) -> str:
    """'10月' or 'Oct'; '四季度' or 'Q4'; '2026' for a year; '40周' or 'W40' for a week; of rolling periods the last month."""
    if ".." in period:
        return month_short(period.split("..")[1], language)
    if len(period) == 8 and period[5] == "W":
        return f"{int(period[6:])}周" if language == "zh" else period[5:]
    if len(period) == 7 and period[5] == "Q":
        return f"{'一二三四'[int(period[6]) - 1]}季度" if language == "zh" else period[5:]
    if len(period) == 7:
        first = dt.date(int(period[:4]), int(period[5:]), 1)
        return f"{first.month}月" if language == "zh" else str(format_date(first, "MMM", locale="en"))
    return period


def month_tight(period: str, language: Language) -> str:
    """'26年10月' or 'Oct 2026': a month where there is little room."""
    first = dt.date(int(period[:4]), int(period[5:]), 1)
    return f"{first:%y}年{first.month}月" if language == "zh" else str(format_date(first, "MMM y", locale="en"))


def day(value: dt.date, language: Language) -> str:
    """'2026-10-09' in Chinese, '9 Oct 2026' in English."""
    pattern = "yyyy-MM-dd" if language == "zh" else "d MMM y"
    return str(format_date(value, pattern, locale=LOCALE_NAMES[language]))


def weekday(number: int, language: Language) -> str:
    """'周一' or 'Mon': Monday is 0."""
    return str(get_day_names("abbreviated", "format", LOCALE_NAMES[language])[number])


def country(code: str, language: Language) -> str:
    """'CN' as '中国' or 'China'; a code that nobody knows as it is."""
    return str(Locale.parse(LOCALE_NAMES[language]).territories.get(code, code))


def span(hours: float, language: Language) -> str:
    """A time that passes, to the minute: '63 小时 20 分' or '63 h 20 min'; hours that are none are left out."""
    whole, minutes = divmod(round(hours * 60), 60)
    names = ("小时", "分") if language == "zh" else ("h", "min")
    said = [f"{number} {name}" for number, name in zip((whole, minutes), names, strict=True) if number]
    return " ".join(said) or f"0 {names[1]}"


def _digits(value: float, places: int) -> str:
    # 3.55 is 3.6 to everybody who has learnt to round, whatever its binary fraction is.
    text = f"{Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    return text.replace("-", _MINUS) if float(text.replace(",", "")) else f"{0:.{places}f}"


def _money(value: float, language: Language) -> tuple[str, str]:
    size = abs(value)
    if language == "zh":
        if round(size / 1e4, 1) >= 1e4:
            return _digits(value / 1e8, 2), "亿"
        return (_digits(value / 1e4, 1), "万") if size >= 1e4 else (_digits(value, 0), "元")
    if round(size / 1e3, 1) >= 1e3:
        return _digits(value / 1e6, 2), "M"
    return (_digits(value / 1e3, 1), "k") if size >= 1e4 else (_digits(value, 0), "")
