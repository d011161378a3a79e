"""How far targets are reached: by one figure, and by all together in the weighted score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from amdash.metrics.spec import Category, Kpi

WEIGHTS: Mapping[Category, float] = {"business": 50.0, "service": 35.0, "people": 15.0}
# Beyond this, more of one thing does not make up for less of another.
CAP = 1.2
# 0.95 reached as 19 of 20 must count, whatever the binary fractions say.
_SLACK = 1e-9
# Above tenfold, a ratio was written in percent.
HIGHEST_RATIO = 10.0


def is_met(value: float, kpi: Kpi) -> bool | None:
    """Whether a value reaches the KPI's target; None without a target or a value."""
    if kpi.target is None or np.isnan(value):
        return None
    slack = _SLACK * max(1.0, abs(kpi.target))
    return bool(value >= kpi.target - slack) if kpi.higher_is_better else bool(value <= kpi.target + slack)


def is_sound(kpi: Kpi, value: float) -> bool:
    """Whether a value can be a target of a KPI: finite, not below what there is, not above 100 % of a part of a whole, nor tenfold of a ratio."""
    if not isfinite(value):
        return False
    if kpi.unit == "points":
        return -1 <= value <= 1
    highest = 1.0 if kpi.share else HIGHEST_RATIO if kpi.unit == "ratio" else float("inf")
    # An attainment divides by a target that is to be exceeded.
    return 0 <= value <= highest and (value > 0 or not kpi.higher_is_better)


def met(values: np.ndarray[Any, Any], targets: np.ndarray[Any, Any], higher_is_better: bool) -> np.ndarray[Any, Any]:
    """The same of many values with a target each, as objects: True, False, or None where either is missing (NaN)."""
    slack = _SLACK * np.maximum(1.0, np.abs(targets))
    reached = values >= targets - slack if higher_is_better else values <= targets + slack
    found: np.ndarray[Any, Any] = reached.astype("object")
    found[np.isnan(values) | np.isnan(targets)] = None
    return found


def attainment(value: float, kpi: Kpi) -> float:
    """Value over target (target over value where lower is better), from 0 to 1.2; missing without a value or target."""
    if kpi.target is None or np.isnan(value):
        return float("nan")
    if kpi.higher_is_better:
        return float(min(CAP, max(0.0, value / kpi.target)))
    return CAP if value <= 0 else float(min(CAP, kpi.target / value))


def weighted_score(scorecard: pd.DataFrame, kpis: Sequence[Kpi], weights: Mapping[Category, float] = WEIGHTS) -> pd.DataFrame:
    """One row per manager, team and period: ``score`` (1 = all targets just met), ``measured`` and ``of`` KPIs.

    ``scorecard``: kpi, manager, team, period, value, n, and where it is there ``target``, the one in force for the row; else the KPI's.
    Weights: 50 business, 35 service, 15 people unless others are given, equal within a group among what was measured from enough
    cases, and renormalised over the groups that have anything measured. Nothing measured: the score is missing. ``of``: the weighted
    KPIs that had a target, measured or not; of those not in the scorecard, the KPI's own.
    """
    weighted = {kpi.id: kpi for kpi in kpis if kpi.weighted}
    ordinarily = {name for name, kpi in weighted.items() if kpi.target is not None}
    rows = []
    for (manager, team, period), group in scorecard.groupby(["manager", "team", "period"], dropna=False, sort=False):
        reached: dict[Category, list[float]] = {}
        aimed = ordinarily - set(group["kpi"])
        for name, kpi, value, n in in_force(group, weighted):
            aimed |= {name} if kpi.target is not None else set()
            # Too few to say is too few to count: two complaints must not outweigh a year's work.
            if n >= kpi.min_sample and not np.isnan(share := attainment(value, kpi)):
                reached.setdefault(kpi.category, []).append(share)
        total = sum(weights[category] for category in reached)
        score = sum(weights[category] * sum(shares) / len(shares) for category, shares in reached.items()) / total if total else float("nan")
        rows.append((manager, team, period, score, sum(map(len, reached.values())), len(aimed)))
    return pd.DataFrame(rows, columns=["manager", "team", "period", "score", "measured", "of"])


def in_force(rows: pd.DataFrame, weighted: Mapping[str, Kpi]) -> list[tuple[str, Kpi, float, int]]:
    """(kpi id, the KPI with the row's target, value, n) of the rows of weighted KPIs."""
    targets = rows["target"] if "target" in rows else [None if name not in weighted else weighted[name].target for name in rows["kpi"]]
    return [
        (name, weighted[name].aimed(None if target is None or np.isnan(target) else float(target)), value, n)
        for name, target, value, n in zip(rows["kpi"], targets, rows["value"], rows["n"], strict=True)
        if name in weighted
    ]
