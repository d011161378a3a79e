"""Which target each figure of a scorecard is judged by: the one in force for its subject in its months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from amdash.metrics import targets
from amdash.metrics.period import TOTAL, kind_of, month_of_week, months_of, shift
from amdash.metrics.spec import By, Kpi
from amdash.metrics.targets import Entry

_KEY = ["kpi", "subject", "period"]


def aims(
    figures: pd.DataFrame,
    entries: Sequence[Entry],
    kpis: Sequence[Kpi],
    roster: pd.DataFrame,
    *,
    by: By,
    covered: Mapping[str, tuple[str, str]],
    denominators: pd.DataFrame | None = None,
) -> pd.Series[float]:
    """The target of every figure (columns kpi, subject, period), in the KPI's unit; missing where there is none.

    ``covered``: KPI -> the first and last month that anybody has figures of: a sum is held against the targets of those months alone,
    so that the running quarter is not behind for its months to come; of a KPI that is not in it, every month of the period.
    ``denominators``: columns kpi, subject, month, denominator; where a ratio's target changed within a period they weigh the months;
    without them every month weighs the same.
    ``roster``: manager, team and, where known, hired_on and left_on (dates): a sum is asked of nobody for months before coming or after
    going. A KPI that looks back over months is judged by the target of the last one with figures. By the week: the target of the month in
    which most of its days are; a sum has none. Empty: no values. See :func:`amdash.metrics.targets.over_periods`.
    """
    if not entries or figures.empty:
        return pd.Series(figures["kpi"].map(_defaults(kpis)).to_numpy(dtype="float64"), index=figures.index, name="target")
    keys = figures[_KEY].drop_duplicates()
    pairs = _months(keys, kpis, covered)
    rows = keys.merge(pairs, on=["kpi", "period"])
    if denominators is not None and not denominators.empty:
        rows = rows.merge(denominators, on=["kpi", "subject", "month"], how="left")
    home = dict(zip(roster["manager"], roster["team"], strict=True))
    subject = rows["subject"].astype("str")
    rows["manager"] = subject if by == "manager" else ""
    rows["team"] = subject.map(home).fillna("") if by == "manager" else subject if by == "team" else ""
    there = members(roster, sorted(set(pairs["month"])))
    if by == "manager":
        # A sum is asked of nobody for the months before coming and after going, as in the team's.
        known = pd.MultiIndex.from_frame(there[["manager", "month"]])
        total = rows["kpi"].isin({kpi.id for kpi in kpis if kpi.measure == "total"})
        rows = rows[~total | pd.MultiIndex.from_frame(rows[["manager", "month"]]).isin(known) | ~subject.isin(roster["manager"])]
    found = targets.over_periods(rows, entries, kpis, there)
    who = found["team"] if by == "team" else found["manager"]
    keyed = pd.MultiIndex.from_arrays([found["kpi"], who, found["period"]])
    wanted = pd.MultiIndex.from_frame(figures[_KEY])
    return pd.Series(found["target"].set_axis(keyed).reindex(wanted).to_numpy(dtype="float64"), index=figures.index, name="target")


def members(roster: pd.DataFrame, months: Iterable[str]) -> pd.DataFrame:
    """Columns manager, team, month: who was there in which month, from the month of being hired to that of leaving, where these are known."""
    people = roster.merge(pd.DataFrame({"month": list(months)}, dtype="str"), how="cross")
    for name, sign in (("hired_on", 1), ("left_on", -1)):
        if name in people:
            edge = pd.to_datetime(people[name]).dt.strftime("%Y-%m")
            inside = people["month"] >= edge.fillna("") if sign > 0 else people["month"] <= edge.fillna("9999-12")
            people = people[inside]
    return people[["manager", "team", "month"]]


def _defaults(kpis: Sequence[Kpi]) -> dict[str, float]:
    return {kpi.id: np.nan if kpi.target is None else kpi.target for kpi in kpis}


def _months(keys: pd.DataFrame, kpis: Sequence[Kpi], covered: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Columns kpi, period, month: the months by whose targets a figure of the period is judged."""
    spec = {kpi.id: kpi for kpi in kpis}
    rows = []
    for name, period in keys[["kpi", "period"]].drop_duplicates().itertuples(index=False, name=None):
        first, last = covered.get(name, ("", "9999-12"))
        rows += [(name, period, month) for month in _judging(spec[name], period, first, last)]
    return pd.DataFrame(rows, columns=["kpi", "period", "month"], dtype="str")


def _judging(kpi: Kpi, period: str, first: str, last: str) -> list[str]:
    kind = kind_of(period)
    if kind == "week":
        return [] if kpi.measure == "total" else [month_of_week(period)]
    months = _between(first, last) if period == TOTAL else months_of(period)
    within = [month for month in months if first <= month <= last]
    if kpi.window_months > 1:
        return within[-1:] or months[-1:]
    # Of a sum nobody has figures of, and of a ratio that nobody has measured, the months as they stand.
    return within or months


def _between(first: str, last: str) -> list[str]:
    months = [first] if first and last != "9999-12" else []
    while months and months[-1] < last:
        months.append(shift(months[-1], 1))
    return months
