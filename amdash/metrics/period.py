"""Months, quarters and years as texts that sort: '2026-10', '2026-Q4', '2026'; 'total' for everything.

Beside them '2026-08..2026-10', the three (or twelve) months up to the last one, and '2026-W40', a week of ISO 8601, where
points are wanted closer together than months.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

Every = Literal["week", "month", "quarter", "year", "rolling3", "rolling12", "total"]
TOTAL = "total"
# A year of four digits is a slip of the hand where it is not of this time.
_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"[12][0-9]{3}-Q[1-4]")
_YEAR = re.compile(r"[12][0-9]{3}")
_WEEK = re.compile(r"([12][0-9]{3})-W([0-9]{2})")
_SPAN = re.compile(rf"({_MONTH.pattern})\.\.({_MONTH.pattern})")
# How many months each kind of period has; a week is none, and everything has as many as there are.
LENGTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12, "rolling3": 3, "rolling12": 12}
_ROLLING: dict[int, Every] = {3: "rolling3", 12: "rolling12"}


def is_month(text: str) -> bool:
    """Whether a text is 'YYYY-MM'."""
    return bool(_MONTH.fullmatch(text))


def is_week(text: str) -> bool:
    """Whether a text is a week of ISO 8601, 'YYYY-Www'; 53 only in the years that have so many."""
    found = _WEEK.fullmatch(text)
    # 28 December is always in the last week of its year.
    return found is not None and 1 <= int(found[2]) <= dt.date(int(found[1]), 12, 28).isocalendar().week


def is_period(text: str) -> bool:
    """Whether a text is a month, a quarter or a year."""
    return bool(_MONTH.fullmatch(text) or _QUARTER.fullmatch(text) or _YEAR.fullmatch(text))


def is_series(text: str) -> bool:
    """Whether a text is a period of any kind that others come before: a month, quarter, year, week, or a rolling one."""
    try:
        return kind_of(text) != "total"
    except ValueError:
        return False


def is_rolling(every: Every) -> bool:
    """Whether neighbouring periods share months."""
    return every in _ROLLING.values()


def kind_of(period: str) -> Every:
    """What kind of period a text names. Errors: ValueError for none."""
    if _MONTH.fullmatch(period):
        return "month"
    if _QUARTER.fullmatch(period):
        return "quarter"
    if _YEAR.fullmatch(period):
        return "year"
    if period == TOTAL:
        return "total"
    if is_week(period):
        return "week"
    span = _SPAN.fullmatch(period)
    months = number(span[3]) - number(span[1]) + 1 if span else 0
    if months not in _ROLLING:
        raise ValueError(period)
    return _ROLLING[months]


def period_of(month: str, every: Every) -> str:
    """The period that a month falls into; of rolling ones, the one that it ends. A week is its own."""
    if every in ("month", "week"):
        return month
    if every == "quarter":
        return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
    if is_rolling(every):
        return f"{shift(month, 1 - LENGTHS[every])}..{month}"
    return month[:4] if every == "year" else TOTAL


def periods_of(month: str, every: Every) -> list[str]:
    """Every period that a month belongs to, ascending: one, but of rolling ones as many as they have months."""
    later = LENGTHS[every] if is_rolling(every) else 1
    return [period_of(shift(month, by), every) for by in range(later)] if later > 1 else [period_of(month, every)]


def months_of(period: str) -> list[str]:
    """The months of a period, ascending; of a week itself. Errors: ValueError for 'total' and for anything else."""
    kind = kind_of(period)
    if kind == "total":
        raise ValueError(period)
    if kind in ("month", "week"):
        return [period]
    if is_rolling(kind):
        return [shift(period[:7], by) for by in range(LENGTHS[kind])]
    first = 3 * int(period[6]) - 2 if kind == "quarter" else 1
    return [f"{period[:4]}-{month:02d}" for month in range(first, first + LENGTHS[kind])]


def number(month: str) -> int:
    """Months since the year 0, so that they can be counted."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def shift(month: str, by: int) -> str:
    """The month ``by`` months later (earlier where negative)."""
    moved = number(month) + by
    return f"{moved // 12:04d}-{moved % 12 + 1:02d}"


def week_of(day: dt.date) -> str:
    """The week of ISO 8601 that a day is in: of the last days of December it may be the next year's first."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_of_week(week: str) -> str:
    """The month that a week is counted to: that of its Thursday, in which most of its days are."""
    return f"{dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 4):%Y-%m}"


def last_week_of(month: str) -> str:
    """The last of the weeks that are counted to a month."""
    last_day = dt.date.fromisoformat(f"{shift(month, 1)}-01") - dt.timedelta(days=1)
    # The Thursday of the month's last days: one that is later is the next month's.
    return week_of(last_day - dt.timedelta(days=(last_day.isoweekday() - 4) % 7))


def last_periods(period: str, count: int) -> list[str]:
    """The ``count`` periods of the same kind that end with ``period``, ascending; rolling ones a month apart. Errors: ValueError for 'total'."""
    every = kind_of(period)
    if every == "week":
        thursday = dt.date.fromisocalendar(int(period[:4]), int(period[6:]), 4)
        return [week_of(thursday - dt.timedelta(weeks=back)) for back in range(count - 1, -1, -1)]
    last = months_of(period)[-1]
    step = 1 if is_rolling(every) else LENGTHS[every]
    return [period_of(shift(last, -step * back), every) for back in range(count - 1, -1, -1)]
