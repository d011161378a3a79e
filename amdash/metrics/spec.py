"""What a KPI is: its identity, its unit, its target, and the function that reduces facts to cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from amdash.metrics.workdays import OpeningHours

Category = Literal["business", "service", "people"]
# points: a balance from -1 to 1 inside, shown from -100 to 100.
Unit = Literal["ratio", "points", "hours", "money", "customers"]
# ratio, mean: numerator / denominator. total: the numerator alone. Either way spans and groups are sums of both.
Measure = Literal["ratio", "mean", "total"]

# One row per (manager, team, month). ``team`` is set only where the facts name a team and no manager.
CELL_COLUMNS: dict[str, str] = {
    "kpi": "str",
    "manager": "str",
    "team": "str",
    "month": "str",
    "numerator": "float64",
    "denominator": "float64",
    "n": "int64",
    "sum_of_squares": "float64",
}


@dataclass(frozen=True)
class Facts:
    """The canonical tables (every one present, empty where nothing was uploaded) and the date they are judged at.

    ``tables``: table name -> frame with the columns of :mod:`amdash.schema` plus its source columns; a row that named
    no manager has been given one where its customer or region tells (see :mod:`amdash.metrics.attribution`).
    ``as_of``: 'now' for figures that depend on it, e.g. a ticket still waiting. ``response_target_hours``: the promise.
    ``opening``: the hours that count while a customer waits for an answer; None: every hour does.
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: dt.datetime
    response_target_hours: float = 24.0
    opening: OpeningHours | None = None

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]


@dataclass(frozen=True)
class Kpi:
    """A KPI, declared once in amdash/metrics/kpi/<id>.py as ``KPI``.

    ``name``, ``short``, ``formula``, ``source`` are English source strings marked with N_.
    ``target``: the default, None where there is none. ``weighted``: whether it takes part in the weighted score.
    ``min_sample``: below this n a figure is 'too few to say'; 1 for a census. ``share``: a part of a whole, never above 1.
    ``rank``: its place on the page, small first. ``rows``: the table whose rows stand behind the figure, for drill-down.
    ``on_board``: whether it stands on the overview, scorecards and reports; else it is there in trends and on the command line.
    ``cells``: Facts -> frame of CELL_COLUMNS without ``kpi``.
    ``behind``: Facts -> the rows of ``rows`` that the figure counts, with the columns ``manager`` and ``month`` added.
    """

    id: str
    name: str
    short: str
    formula: str
    source: str
    category: Category
    unit: Unit
    measure: Measure
    higher_is_better: bool
    target: float | None
    rows: str
    cells: Callable[[Facts], pd.DataFrame]
    behind: Callable[[Facts], pd.DataFrame]
    weighted: bool = False
    min_sample: int = 1
    share: bool = False
    rank: int = 100
    on_board: bool = True
