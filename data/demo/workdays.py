"""The months of the demo and the days on which a small Chinese firm works."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import random

MONTHS = tuple(f"{2024 + index // 12}-{index % 12 + 1:02d}" for index in range(10, 34))

# The statutory holidays, first day and last day; make-up workdays at weekends are left out.
_HOLIDAYS = tuple(
    (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    for first, last in (
        ("2025-01-01", "2025-01-01"),
        ("2025-01-28", "2025-02-04"),
        ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"),
        ("2025-10-01", "2025-10-08"),
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    )
)


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and not any(first <= day <= last for first, last in _HOLIDAYS)


@functools.cache
def workdays(month: str) -> tuple[dt.date, ...]:
    """The working days of 'YYYY-MM', ascending."""
    year, number = (int(part) for part in month.split("-"))
    days = (dt.date(year, number, day + 1) for day in range(calendar.monthrange(year, number)[1]))
    return tuple(day for day in days if is_workday(day))


def workday_after(day: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``day``."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day


def moment(rng: random.Random, day: dt.date, first: float = 8.6, last: float = 17.8) -> dt.datetime:
    """A minute of ``day`` between two hours of the clock."""
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=rng.randint(round(first * 60), round(last * 60)))


def chinese(month: str) -> str:
    """'2026年2月' for '2026-02'."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def end_of(month: str) -> dt.date:
    return shifted(month, 1) - dt.timedelta(days=1)


def shifted(month: str, months: int) -> dt.date:
    """The first day of the month ``months`` later."""
    year, number = (int(part) for part in month.split("-"))
    index = year * 12 + number - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)
