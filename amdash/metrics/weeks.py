"""Cells by the week instead of the month, for signals that are wanted sooner."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from amdash.metrics.spec import Facts
from amdash.schema import TABLES


def by_week(facts: Facts) -> Facts:
    """The facts whose rows stand in weeks of ISO 8601 ('2026-W40') where they stood in months.

    Tables that speak of whole months or longer are empty. Cells of them have a week as ``month``; only KPIs that say so (``weekly``) are
    to be measured by them.
    """
    return replace(facts, tables={name: _dated(name, frame) for name, frame in facts.tables.items()}, sales_plan=None)


def whole_weeks(cells: pd.DataFrame, monthly: pd.DataFrame) -> pd.DataFrame:
    """The cells of the weeks that lie with all their days in the months of which the KPI has any; of half a week less is to be expected.

    ``cells``: by the week, ``monthly``: of the same facts by the month; any frames with kpi and month. Empty: no rows.
    """
    months = monthly.groupby("kpi")["month"].agg(["min", "max"])
    weeks = {week: (_day(week, 1), _day(week, 7)) for week in cells["month"].unique()}
    first, last = (cells["month"].map({week: days[place] for week, days in weeks.items()}).astype("str") for place in (0, 1))
    begins, ends = (cells["kpi"].map(months[name]).astype("str") for name in ("min", "max"))
    inside = (first.str[:7] >= begins) & (last.str[:7] <= ends)
    return cells[inside.fillna(value=False).astype("bool")].reset_index(drop=True)


def weeks(dates: pd.Series[Any]) -> pd.Series[Any]:
    """'YYYY-Www' of each date, missing where it is."""
    calendar = dates.dt.isocalendar()
    numbers = (calendar["year"] * 100 + calendar["week"]).fillna(0).to_numpy(dtype="int64")
    known, codes = np.unique(numbers, return_inverse=True)
    names = np.array([None if number == 0 else f"{number // 100:04d}-W{number % 100:02d}" for number in known], dtype="object")
    return pd.Series(names[codes], index=dates.index, dtype="str")


def _day(week: str, day: int) -> str:
    return dt.date.fromisocalendar(int(week[:4]), int(week[6:]), day).isoformat()


def _dated(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    table = TABLES[name]
    if table.dated_by is None:
        return frame
    if table.field(table.dated_by).kind == "period":
        return frame.iloc[:0]
    return frame.assign(month=weeks(frame[table.dated_by]))
