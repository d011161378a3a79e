"""Cells to figures: sums of numerators over sums of denominators, for any span and group; never an average of averages.

What does not add up is not summed: a quantile is taken of the cases themselves, and a KPI that looks back over months has, in a
longer period, the figure of its last month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from amdash.metrics import summary
from amdash.metrics.aims import aims
from amdash.metrics.engines import on_engine, turn
from amdash.metrics.period import LENGTHS, Every, is_rolling, periods_of, shift
from amdash.metrics.score import met
from amdash.metrics.spec import CELL_COLUMNS, By, Facts, Kpi
from amdash.metrics.targets import Entry

COLUMNS = ["kpi", "manager", "team", "period", "value", "numerator", "denominator", "n", "sum_of_squares", "target", "met"]
SAMPLE_COLUMNS = {"manager": "str", "team": "str", "month": "str", "value": "float64"}
_SUMS = ["numerator", "denominator", "n", "sum_of_squares"]
_GROUP = ["kpi", "subject", "period"]


def cells(facts: Facts, kpis: Sequence[Kpi], engine: str = "pandas") -> pd.DataFrame:
    """Every KPI's cells under one another, from the detail and, where there is none, from the summaries.

    ``engine``: what the facts are added up on (see :mod:`amdash.metrics.engines`); the cells are the same on all of them.
    Rows: (kpi, manager, team, month). Empty: no rows, every column. Errors: AmdashError for an engine that is not there.
    """
    return summary.completed(detail(facts, kpis, engine), facts, [kpi.id for kpi in kpis])


def detail(facts: Facts, kpis: Sequence[Kpi], engine: str = "pandas") -> pd.DataFrame:
    """The same from the detail alone."""
    with turn(engine):
        ready = on_engine(facts, engine)
        # No rows, no cells: most businesses have some of the tables, and an empty one costs as much as a full one.
        parts = [kpi.cells(ready).assign(kpi=kpi.id) for kpi in kpis if len(facts[kpi.rows])]
    filled = [part for part in parts if not part.empty] or parts[:1]
    frame = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(CELL_COLUMNS))
    return frame[list(CELL_COLUMNS)].astype(CELL_COLUMNS)


def samples(facts: Facts, kpis: Sequence[Kpi]) -> dict[str, pd.DataFrame]:
    """KPI -> its cases (SAMPLE_COLUMNS), for those that are a quantile of them."""
    return {kpi.id: _samples(facts, kpi.samples, kpi.rows) for kpi in kpis if kpi.samples is not None}


def _samples(facts: Facts, told: Callable[[Facts], pd.DataFrame], table: str) -> pd.DataFrame:
    cases = told(facts) if len(facts[table]) else pd.DataFrame(columns=list(SAMPLE_COLUMNS))
    return cases[list(SAMPLE_COLUMNS)].astype(SAMPLE_COLUMNS)


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
    entries: Sequence[Entry] = (),
    cases: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """One row per KPI, subject and period: value, sums, n, the target in force and whether it is met.

    ``measured``: cells. ``cases``: what :func:`samples` gives; a quantile without its cases has no rows. ``roster``: columns manager,
    team and, where known, hired_on, left_on. ``start``, ``end``: months (by the week: weeks), both included; of rolling periods the
    last month lies within them, and the first is not before anybody's first figures. ``entries``: the target ledger.
    Columns: COLUMNS; manager and team are None where not grouped by. A total has no denominator (missing), a quantile no sums.
    """
    first, end = _ends(measured, every, start, end)
    span = _within(measured[measured["kpi"].isin([kpi.id for kpi in kpis])], every, first, end)
    covered = {str(name): (min(months), max(months)) for name, months in span.groupby("kpi")["month"].unique().items()}
    covered |= {name: (frame["month"].min(), frame["month"].max()) for name, frame in (cases or {}).items() if not frame.empty}
    span = span.assign(subject=subjects(span, roster, by))
    summed = _in_periods(span, kpis, every, first, end)
    if managers is not None:
        span, summed, roster = (frame[frame["manager"].isin(managers)] for frame in (span, summed, roster))
    sums = summed.groupby(_GROUP, sort=False, as_index=False)[_SUMS].sum()
    parts = [_valued(sums[sums["kpi"] == kpi.id], kpi) for kpi in kpis if kpi.quantile is None]
    for kpi in kpis:
        if kpi.quantile is not None and kpi.id in (cases or {}):
            chosen = _within((cases or {})[kpi.id], every, first, end)
            chosen = chosen.assign(kpi=kpi.id, subject=subjects(chosen, roster, by))
            chosen = chosen if managers is None else chosen[chosen["manager"].isin(managers)]
            parts.append(_quantiles(_in_periods(chosen, kpis, every, first, end), kpi.quantile))
    filled = [part for part in parts if not part.empty]
    if not filled:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    result = pd.concat(filled, ignore_index=True)
    weights = span.groupby(["kpi", "subject", "month"], as_index=False)[["denominator"]].sum()
    result["target"] = aims(result, entries, kpis, roster, by=by, covered=covered, denominators=weights)
    return _told(result, kpis, by)


def _ends(measured: pd.DataFrame, every: Every, start: str, end: str) -> tuple[str, str]:
    """The first and last month asked for; of rolling periods, those in which one can end: nothing is known before the first figures."""
    if not is_rolling(every) or measured.empty:
        return start, end
    return max(start, shift(measured["month"].min(), LENGTHS[every] - 1)), min(end, measured["month"].max())


def _within(rows: pd.DataFrame, every: Every, first: str, end: str) -> pd.DataFrame:
    """The rows that figures of these months are made of: of rolling periods, also of the months before."""
    earliest = shift(first, 1 - LENGTHS[every]) if is_rolling(every) else first
    return rows[(rows["month"] >= earliest) & (rows["month"] <= end)]


def _told(result: pd.DataFrame, kpis: Sequence[Kpi], by: By) -> pd.DataFrame:
    """The columns of a scorecard, in the order of the KPIs."""
    higher = result["kpi"].map({kpi.id: kpi.higher_is_better for kpi in kpis}).to_numpy(dtype="bool")
    values, aimed = result["value"].to_numpy(dtype="float64"), result["target"].to_numpy(dtype="float64")
    result["met"] = pd.Series(np.where(higher, met(values, aimed, True), met(values, aimed, False)), dtype="object", index=result.index)
    result["manager"] = result["subject"] if by == "manager" else None
    result["team"] = result["subject"] if by == "team" else None
    order = result["kpi"].map({kpi.id: place for place, kpi in enumerate(kpis)})
    return result.loc[order.sort_values(kind="stable").index, COLUMNS].reset_index(drop=True)


def _in_periods(span: pd.DataFrame, kpis: Sequence[Kpi], every: Every, first: str, end: str) -> pd.DataFrame:
    """The rows of known subjects with ``period``, as often as there are periods that their month belongs to.

    Of KPIs that look back over months only the last month of every period.
    """
    rolling = is_rolling(every)
    pairs = [(month, period) for month in sorted(span["month"].unique()) for period in periods_of(month, every)]
    pairs = [(month, period) for month, period in pairs if not rolling or first <= period[-7:] <= end]
    if rolling:
        rows = span.merge(pd.DataFrame(pairs, columns=["month", "period"], dtype="str"), on="month")
        # A KPI that begins later than others has no such period before all of its months are there.
        rows = rows[rows["period"].str[:7] >= rows["kpi"].map(span.groupby("kpi")["month"].min()).astype("str")]
    else:
        rows = span.assign(period=span["month"].map(dict(pairs)).astype("str"))
    back = rows["kpi"].isin([kpi.id for kpi in kpis if kpi.window_months > 1])
    if back.any() and every not in ("month", "week"):
        last = rows[back].groupby(["kpi", "period"])["month"].transform("max")
        rows = rows[~back | rows.index.isin(last.index[rows.loc[back, "month"] == last])]
    return rows[rows["subject"].notna()]


def subjects(span: pd.DataFrame, roster: pd.DataFrame, by: By) -> pd.Series[Any]:
    """Whose figure each cell is: a manager's, a team's (through the roster where the cell names none), or everybody's ('')."""
    if by == "manager":
        return span["manager"]
    if by == "all":
        return pd.Series("", index=span.index, dtype="str")
    home = dict(zip(roster["manager"], roster["team"], strict=True))
    through = span["manager"].map(home).astype("str")
    team = span["team"].fillna(through)
    return team.where(team.fillna("") != "")


def _valued(sums: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    frame = sums.sort_values(["subject", "period"], kind="stable").reset_index(drop=True)
    numerator, denominator = frame["numerator"].to_numpy(dtype="float64"), frame["denominator"].to_numpy(dtype="float64")
    if kpi.measure == "total":
        value, denominator = numerator.copy(), np.full(len(frame), np.nan)
    else:
        value = np.divide(numerator, denominator, out=np.full(len(frame), np.nan), where=denominator != 0)
    return frame.assign(value=value, numerator=numerator, denominator=denominator)


def _quantiles(cases: pd.DataFrame, quantile: float) -> pd.DataFrame:
    """A quantile of the cases of every subject and period, between neighbours in proportion (Hyndman and Fan's type 7)."""
    grouped = cases.groupby(_GROUP)["value"]
    frame = grouped.quantile(quantile).to_frame("value").assign(n=grouped.size(), numerator=np.nan, denominator=np.nan, sum_of_squares=np.nan)
    return frame.reset_index()
