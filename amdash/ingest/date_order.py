"""Whether 5/10/26 is the fifth of October or the tenth of May: decided for a column from all of it, and from what its sheet is said to be of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from amdash.ingest import dates
from amdash.ingest.dates import DateStyle, Order

# The likely years of two digits, where either of two parts could be one.
_RECENT = range(15, 36)
# Fewer days stand in order by chance too often.
_ROWS_THAT_TELL = 5
_MONTH_IN_TEXT = re.compile(r"(?<!\d)20\d{2}\s*[-_./年]?\s*(0?[1-9]|1[0-2])(?!\d)|(?<!\d)(1[0-2]|0?[1-9])\s*月")


def month_in(*texts: str | None) -> int | None:
    """The month (1-12) that a title, sheet name or file name speaks of; None when none does, or when one names two."""
    for text in texts:
        months = {int(with_year or alone) for with_year, alone in _MONTH_IN_TEXT.findall(text or "")}
        if months:
            return months.pop() if len(months) == 1 else None
    return None


def style_of(values: Iterable[Any], year: int | None, decided: Order | None = None, month: int | None = None) -> DateStyle:
    """How to read 5/10/26 in this column, told from all of it; ``decided``: what a person said of it.

    A part over 31 is the year, one over 12 the day; where none is, the ``month`` that the sheet is said to be of, then the order in
    which the rows stand in time.
    """
    if decided:
        return DateStyle(decided, year=year)
    split: dict[str, tuple[int, int, str] | None] = {}
    rows = []
    for value in values:
        # Four digits in front are a year or a number and tell nothing.
        if value.__class__ is not str or value[:4].isdigit():
            continue
        if value not in split:
            text = dates.narrow(value)
            match = dates.THREE_PARTS.match(text) or dates.TWO_PARTS.match(text)
            split[value] = (int(match[1]), int(match[2]), match[3]) if match else None
        if parts := split[value]:
            rows.append(parts)
    return (_year_first(rows, year) or _day_or_month(rows, year, month)) if rows else DateStyle(year=year)


def _year_first(rows: Sequence[tuple[int, int, str]], year: int | None) -> DateStyle | None:
    """26-10-05: the year stands in front where the other end cannot be one, or is less like one; None where it does not."""
    if any(len(last) != 2 or second > 12 or int(last) > 31 for _, second, last in rows):
        return DateStyle("year_first", year=year) if max(first for first, _, _ in rows) > 31 else None
    heads, tails = {first for first, _, _ in rows}, {int(last) for _, _, last in rows}
    if max(heads) > 31:
        return DateStyle("year_first", year=year)
    if min(heads) < 10 or not heads <= set(_RECENT):
        return None
    if not tails <= set(_RECENT) or (year is not None and heads == {year % 100} and tails != heads):
        return DateStyle("year_first", year=year)
    spread = max(tails) - min(tails) - (max(heads) - min(heads))
    if min(heads) <= 12 or spread <= 0:
        return None
    # The last days of months look like years to come.
    return DateStyle("day_first" if min(heads) > 27 else "year_first", assumed=True, year=year, choices=("day_first", "year_first"))


def _day_or_month(rows: Sequence[tuple[int, int, str]], year: int | None, month: int | None) -> DateStyle:
    day_first = sum(first > 12 >= second for first, second, _ in rows)
    month_first = sum(second > 12 >= first for first, second, _ in rows)
    if bool(day_first) != bool(month_first):
        return DateStyle("day_first" if day_first else "month_first", year=year)
    if day_first:
        return DateStyle("day_first" if day_first > month_first else "month_first", assumed=True, year=year)
    seconds, firsts = {second for _, second, _ in rows}, {first for first, _, _ in rows}
    if month is not None and (seconds == {month}) != (firsts == {month}):
        return DateStyle("day_first" if seconds == {month} else "month_first", year=year)
    by_day = _in_order((int(last or 0), second, first) for first, second, last in rows)
    by_month = _in_order((int(last or 0), first, second) for first, second, last in rows)
    if by_day != by_month and len(set(rows)) >= _ROWS_THAT_TELL:
        return DateStyle("day_first" if by_day else "month_first", year=year)
    return DateStyle("month_first", assumed=True, year=year)


def _in_order(moments: Iterable[tuple[int, int, int]]) -> bool:
    steps = list(pairwise(moments))
    return all(a <= b for a, b in steps) or all(a >= b for a, b in steps)
