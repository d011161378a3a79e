"""The weighted score: how far all targets are reached together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from amdash.metrics.spec import Category, Kpi

WEIGHTS: dict[Category, float] = {"business": 50.0, "service": 35.0, "people": 15.0}
# Beyond this, more of one thing does not make up for less of another.
CAP = 1.2


def attainment(value: float, kpi: Kpi) -> float:
    """Value over target (target over value where lower is better), at most 1.2; missing without a value or target."""
    if kpi.target is None or np.isnan(value):
        return float("nan")
    if kpi.higher_is_better:
        return float(min(CAP, max(0.0, value / kpi.target)))
    return CAP if value <= 0 else float(min(CAP, kpi.target / value))


def weighted_score(scorecard: pd.DataFrame, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """One row per manager, team and period: ``score`` (1 = all targets just met), ``measured`` and ``of`` KPIs.

    Weights: 50 business, 35 service, 15 people, equal within a group among what was measured from enough cases, and renormalised
    over the groups that have anything measured. Nothing measured: the score is missing.
    """
    weighted = {kpi.id: kpi for kpi in kpis if kpi.weighted and kpi.target is not None}
    rows = []
    for (manager, team, period), group in scorecard.groupby(["manager", "team", "period"], dropna=False, sort=False):
        reached: dict[Category, list[float]] = {}
        for name, value, n in zip(group["kpi"], group["value"], group["n"], strict=True):
            # Too few to say is too few to count: two complaints must not outweigh a year's work.
            if name in weighted and n >= weighted[name].min_sample and not np.isnan(share := attainment(value, weighted[name])):
                reached.setdefault(weighted[name].category, []).append(share)
        total = sum(WEIGHTS[category] for category in reached)
        score = sum(WEIGHTS[category] * sum(shares) / len(shares) for category, shares in reached.items()) / total if total else float("nan")
        rows.append((manager, team, period, score, sum(map(len, reached.values())), len(weighted)))
    return pd.DataFrame(rows, columns=["manager", "team", "period", "score", "measured", "of"])
