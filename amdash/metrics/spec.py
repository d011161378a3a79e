"""What a KPI is: its identity, its unit, its target, and the function that reduces facts to cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from amdash.metrics.workdays import OpeningHours

Category = Literal["business", "service", "people"]
# Whose figures: each manager's, each team's, or those of everybody together.
By = Literal["manager", "team", "all"]
# points: a balance from -1 to 1 inside, shown from -100 to 100.
Unit = Literal["ratio", "points", "hours", "money", "customers"]
# Which sales are held against a sales target: with or without what came back.
AttainmentFrom = Literal["sales_amount", "net_sales"]
# ratio, mean: numerator / denominator. total: the numerator alone. Either way spans and groups are sums of both.
# quantile: of the values themselves, which do not add up. derived: from the other KPIs' figures.
Measure = Literal["ratio", "mean", "total", "quantile", "derived"]
# What numerator and denominator count: cases (of a mean of hours the numerator hours), money, or points of the weighted score.
Sums = Literal["cases", "hours", "money", "score"]

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
    ``opening``: the hours that count while a customer waits for an answer; None: every hour does. ``attainment_from``: the KPI whose
    sales are held against the targets. ``sales_plan``: sales targets of the ledger, columns manager, period (a month) and value; a sheet's
    own go before them.
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: dt.datetime
    response_target_hours: float = 24.0
    opening: OpeningHours | None = None
    attainment_from: AttainmentFrom = "sales_amount"
    sales_plan: pd.DataFrame | None = None

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def named(self) -> set[str]:
        """Everybody whom a row or a target of the ledger names as its account manager: cells name nobody else."""
        frames = [*self.tables.values(), *([] if self.sales_plan is None else [self.sales_plan])]
        return {name for frame in frames if "manager" in frame for name in frame["manager"].dropna().unique()}


@dataclass(frozen=True)
class Kpi:
    """A KPI, declared once in amdash/metrics/kpi/<id>.py as ``KPI``.

    ``name``, ``short``, ``meaning``, ``formula``, ``example``, ``source`` are English source strings marked with N_.
    ``target``: the default, None where there is none. ``weighted``: whether it takes part in the weighted score.
    ``min_sample``: below this n a figure is 'too few to say'; 1 for a census. ``share``: a part of a whole, never above 1.
    ``rank``: its place on the page, small first. ``rows``: the table whose rows stand behind the figure: without any it has no cells.
    ``on_board``: whether it stands on the overview, scorecards and reports; else it is there in trends and on the command line.
    ``window_months``: how many months a cell looks back over; cells of more than one do not add up over time, so that a period has
    the figure of its last month, and neighbouring points, which share their rows, have no limits.
    ``quantile``: which one, of the values that ``samples`` gives (0.5: the median). ``weekly``: whether it can be measured by the week.
    ``cells``: Facts -> frame of CELL_COLUMNS without ``kpi``.
    ``samples``: Facts -> columns manager, team, month, value; one row per case.
    ``meaning``: what it says, in a plain sentence; ``example``: how a figure comes about, with {numerator}, {denominator}, {n} or {value}.
    ``feeds``: the columns ('surveys.score') that its sheets should have; ``sums``: what numerator and denominator count.
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
    window_months: int = 1
    weekly: bool = False
    quantile: float | None = None
    samples: Callable[[Facts], pd.DataFrame] | None = None
    meaning: str = ""
    example: str = ""
    feeds: tuple[str, ...] = ()
    sums: Sums = "cases"

    @property
    def is_judged(self) -> bool:
        """Whether a manager is judged by it, or sells by it: surveys of employees belong to the team."""
        return self.category != "people" and (self.weighted or self.measure == "total")

    def aimed(self, target: float | None) -> Kpi:
        """The same KPI with another target: the one in force for somebody in some month."""
        return self if target == self.target else replace(self, target=target)
