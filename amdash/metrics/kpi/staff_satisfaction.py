"""Employee satisfaction: the mean score of the team's anonymous survey."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, scored, summed
from amdash.metrics.spec import Facts, Kpi


def responses(facts: Facts) -> nw.DataFrame[Any]:
    """Employee survey responses, one row each."""
    return scored(facts, "staff_surveys")


def cells(facts: Facts) -> pd.DataFrame:
    """The sum of score over scale, over responses.

    Rows: one per manager, team and month; most surveys name the team alone.  Unit: ratio 0-1.  Empty: no row, never 0.
    Source: the source method's employee satisfaction (at least 80 %); fewer than five responses are never shown.
    """
    rows = responses(facts)
    return summed(rows.with_columns(numerator=nw.col("share"), denominator=nw.lit(1), square=nw.col("share") * nw.col("share")))


def _nobody(facts: Facts) -> pd.DataFrame:
    """No rows: an anonymous survey is not opened into its single answers."""
    return native(responses)(facts).iloc[:0]


KPI = Kpi(
    id="staff_satisfaction",
    name=N_("Employee satisfaction"),
    short=N_("employee satisfaction"),
    formula=N_("Sum of points ÷ sum of possible points, from five responses on"),
    source=N_("Employee surveys; anonymous, so single answers are never shown"),
    category="people",
    unit="ratio",
    measure="mean",
    higher_is_better=True,
    target=0.80,
    rows="staff_surveys",
    cells=cells,
    behind=_nobody,
    weighted=True,
    min_sample=5,
    suppress_below=5,
    share=True,
    rank=100,
)
