"""Months, quarters and years as texts that sort: '2026-10', '2026-Q4', '2026'; 'total' for everything."""

from __future__ import annotations

import re
from typing import Literal

Every = Literal["month", "quarter", "year", "total"]
TOTAL = "total"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"[0-9]{4}-Q[1-4]")
_YEAR = re.compile(r"[0-9]{4}")


def is_month(text: str) -> bool:
    """Whether a text is 'YYYY-MM'."""
    return bool(_MONTH.fullmatch(text))


def is_period(text: str) -> bool:
    """Whether a text is a month, a quarter or a year."""
    return bool(_MONTH.fullmatch(text) or _QUARTER.fullmatch(text) or _YEAR.fullmatch(text))


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
    raise ValueError(period)


def period_of(month: str, every: Every) -> str:
    """The period that a month falls into."""
    if every == "month":
        return month
    if every == "quarter":
        return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
    return month[:4] if every == "year" else TOTAL


def months_of(period: str) -> list[str]:
    """The months of a month, quarter or year, ascending. Errors: ValueError for anything else."""
    kind = kind_of(period)
    if kind == "total":
        raise ValueError(period)
    if kind == "month":
        return [period]
    first = 3 * int(period[6]) - 2 if kind == "quarter" else 1
    return [f"{period[:4]}-{number:02d}" for number in range(first, first + (3 if kind == "quarter" else 12))]


def shift(month: str, by: int) -> str:
    """The month ``by`` months later (earlier where negative)."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def last_periods(period: str, count: int) -> list[str]:
    """The ``count`` periods of the same kind that end with ``period``, ascending."""
    every = kind_of(period)
    step = {"month": 1, "quarter": 3, "year": 12}[every]
    last = months_of(period)[-1]
    return [period_of(shift(last, -step * back), every) for back in range(count - 1, -1, -1)]
