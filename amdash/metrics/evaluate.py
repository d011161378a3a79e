"""Cells to figures: sums of numerators over sums of denominators, for any span and group; never an average of averages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from amdash.metrics import summary
from amdash.metrics.period import Every, period_of
from amdash.metrics.spec import CELL_COLUMNS, Facts, Kpi

By = Literal["manager", "team", "all"]
COLUMNS = ["kpi", "manager", "team", "period", "value", "numerator", "denominator", "n", "sum_of_squares", "target", "met"]


def cells(facts: Facts, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """Every KPI's cells under one another, from the detail and, where there is none, from the summaries.

    Rows: (kpi, manager, team, month). Empty: no rows, every column.
    """
    return summary.completed(detail(facts, kpis), facts, [kpi.id for kpi in kpis])


def detail(facts: Facts, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """The same from the detail alone."""
    parts = [kpi.cells(facts).assign(kpi=kpi.id) for kpi in kpis]
    filled = [part for part in parts if not part.empty] or parts[:1]
    frame = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(CELL_COLUMNS))
    return frame[list(CELL_COLUMNS)].astype(CELL_COLUMNS)


def scorecard(
    measured: pd.DataFrame,
    roster: pd.DataFrame,
    *,
    by: By,
    every: Every,
    start: str,
    end: str,
    kpis: Sequence[Kpi],
    managers: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row per KPI, subject and period: value, sums, n, target and whether it is met.

    ``roster``: columns manager, team. ``start``, ``end``: months, both included. Columns: COLUMNS; manager and team are
    None where not grouped by. A total has no denominator (missing).
    """
    span = measured[(measured["month"] >= start) & (measured["month"] <= end) & measured["kpi"].isin([kpi.id for kpi in kpis])]
    if managers is not None:
        span = span[span["manager"].isin(managers)]
    names = {month: period_of(month, every) for month in span["month"].unique()}
    span = span.assign(period=span["month"].map(names).astype("str"), subject=_subjects(span, roster, by))
    span = span[span["subject"].notna()]
    sums = span.groupby(["kpi", "subject", "period"], sort=False, as_index=False)[["numerator", "denominator", "n", "sum_of_squares"]].sum()
    parts = [_judged(sums[sums["kpi"] == kpi.id], kpi) for kpi in kpis]
    filled = [part for part in parts if not part.empty]
    if not filled:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    result = pd.concat(filled, ignore_index=True)
    result["manager"] = result["subject"] if by == "manager" else None
    result["team"] = result["subject"] if by == "team" else None
    return result[COLUMNS]


def _subjects(span: pd.DataFrame, roster: pd.DataFrame, by: By) -> pd.Series[Any]:
    """Whose figure each cell is: a manager's, a team's (through the roster where the cell names none), or everybody's ('')."""
    if by == "manager":
        return span["manager"]
    if by == "all":
        return pd.Series("", index=span.index, dtype="str")
    home = dict(zip(roster["manager"], roster["team"], strict=True))
    through = span["manager"].map(home).astype("str")
    team = span["team"].fillna(through)
    return team.where(team.fillna("") != "")


def _judged(sums: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    frame = sums.sort_values(["subject", "period"], kind="stable").reset_index(drop=True)
    numerator, denominator = frame["numerator"].to_numpy(dtype="float64"), frame["denominator"].to_numpy(dtype="float64")
    if kpi.measure == "total":
        value, denominator = numerator.copy(), np.full(len(frame), np.nan)
    else:
        value = np.divide(numerator, denominator, out=np.full(len(frame), np.nan), where=denominator != 0)
    return frame.assign(
        value=value,
        numerator=numerator,
        denominator=denominator,
        target=np.nan if kpi.target is None else kpi.target,
        met=pd.Series([is_met(one, kpi) for one in value], dtype="object", index=frame.index),
    )


def is_met(value: float, kpi: Kpi) -> bool | None:
    """Whether a value reaches the KPI's target; None without a target or a value."""
    if kpi.target is None or np.isnan(value):
        return None
    # 0.95 reached as 19 of 20 must count, whatever the binary fractions say.
    slack = 1e-9 * max(1.0, abs(kpi.target))
    return bool(value >= kpi.target - slack) if kpi.higher_is_better else bool(value <= kpi.target + slack)
