"""Why a weighted score changed: what each KPI has added to it or taken from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from amdash.metrics.improvement import reached
from amdash.metrics.score import WEIGHTS
from amdash.metrics.spec import Category, Kpi

COLUMNS = ["kpi", "value_before", "value_after", "reached_before", "reached_after", "points"]


def contributions(
    scorecard: pd.DataFrame, kpis: Sequence[Kpi], manager: str, before: str, after: str, weights: Mapping[Category, float] = WEIGHTS
) -> pd.DataFrame:
    """What every KPI contributed to the change of a manager's weighted score from one period to another, the largest first.

    ``scorecard``: the frame of :func:`amdash.metrics.evaluate.scorecard` with both periods. Rows: the KPIs measured from enough cases in
    both, as :func:`amdash.metrics.improvement.improvement_of_scorecard` compares them. Columns: ``value_before``, ``value_after`` in the
    KPI's unit; ``reached_before``, ``reached_after``: attainment of the target of the time (1 = just met); ``points``: 0.05 for five
    points of the score; they add up to its change. Empty: no KPI in common.
    """
    theirs = reached(scorecard, kpis).get((manager, None), {})
    earlier, later = theirs.get(before, {}), theirs.get(after, {})
    common = [kpi for kpi in kpis if kpi.id in earlier and kpi.id in later]
    sizes = {category: sum(kpi.category == category for kpi in common) for category in weights}
    total = sum(weights[category] for category, size in sizes.items() if size)
    mine = scorecard[scorecard["manager"] == manager].set_index(["kpi", "period"])["value"]
    rows = [
        {
            "kpi": kpi.id,
            "value_before": float(mine[kpi.id, before]),
            "value_after": float(mine[kpi.id, after]),
            "reached_before": earlier[kpi.id],
            "reached_after": later[kpi.id],
            "points": weights[kpi.category] / sizes[kpi.category] / total * (later[kpi.id] - earlier[kpi.id]),
        }
        for kpi in common
    ]
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.sort_values("points", key=abs, ascending=False, kind="stable", ignore_index=True)
