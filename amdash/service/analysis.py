"""Answers that need more than one figure: everybody beside everybody, and what moves satisfaction."""

from __future__ import annotations

import pandas as pd

from amdash.errors import AmdashError
from amdash.insight import drivers as insight_drivers
from amdash.insight.comparison import Comparison
from amdash.insight.comparison import compare as beside
from amdash.insight.drivers import DriverAnalysis
from amdash.insight.intervals import Sums
from amdash.metrics import catalogue, period
from amdash.schema import TABLES, month_column
from amdash.service import access, scorecards
from amdash.service.workspace import OWNER, Workspace

_SUMS = ["numerator", "denominator", "n", "sum_of_squares"]


def compare(ws: Workspace, kpi: str, wanted: str, *, revision: int | None = None, actor: str = OWNER) -> Comparison:
    """Every manager in one KPI and period: value, funnel limits, flag and rank group, best first. Errors: kpi_unknown, month_invalid."""
    access.ask(actor, "read")
    if not period.is_period(wanted):
        raise AmdashError("month_invalid", value=wanted)
    chosen = catalogue.by_id(kpi)
    cells = ws.cells(revision)
    mine = cells[(cells["kpi"] == kpi) & cells["month"].isin(period.months_of(wanted)) & cells["manager"].notna()]
    # A sum in which one part is not known is not known.
    summed = mine.groupby("manager")[_SUMS].sum(skipna=False)
    found = {str(name): Sums(row["numerator"], row["denominator"], int(row["n"]), row["sum_of_squares"]) for name, row in summed.iterrows()}
    everybody = scorecards.managers(ws, revision)
    return beside(chosen, {name: found.get(name, Sums(None, None, 0)) for name in everybody})


def drivers(
    ws: Workspace, start: str | None = None, end: str | None = None, *, manager: str | None = None, revision: int | None = None, actor: str = OWNER
) -> DriverAnalysis:
    """What moves customer satisfaction in the survey answers of these months, of everybody or one manager.

    ``start``, ``end``: months, default all. Errors: month_invalid, manager_unknown.
    """
    access.ask(actor, "read")
    for month in (start, end):
        if month is not None and not period.is_month(month):
            raise AmdashError("month_invalid", value=month)
    surveys: pd.DataFrame = ws.tables(revision)["surveys"]
    months = month_column(TABLES["surveys"], surveys)
    rows = surveys[(months >= (start or "")) & (months <= (end or "9999-12"))]
    if manager is not None:
        people = scorecards.roster(ws, revision)
        rows = rows[rows["manager"] == scorecards.shown_manager(ws, people, manager, revision)]
    return insight_drivers.analyse(insight_drivers.shares_of_scale(rows))
