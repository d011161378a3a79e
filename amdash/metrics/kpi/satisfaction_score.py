"""Satisfaction score: the mean of all scores, as a share of the scale."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import native, summed
from amdash.metrics.kpi.csat import responses
from amdash.metrics.spec import Facts, Kpi


def cells(facts: Facts) -> pd.DataFrame:
    """The sum of score over scale, over responses.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  Empty: no row for that group, never 0.
    Source: the arithmetic mean of a rating scale, shown beside CSAT.
    """
    rows = responses(facts)
    return summed(rows.with_columns(numerator=nw.col("share"), denominator=nw.lit(1), square=nw.col("share") * nw.col("share")))


KPI = Kpi(
    id="satisfaction_score",
    name=N_("Satisfaction score"),
    short=N_("satisfaction score"),
    meaning=N_("The average mark that customers gave, as a share of full marks."),
    formula=N_("Sum of points ÷ sum of possible points"),
    source=N_("Customer surveys; the mean of all responses, shown beside customer satisfaction"),
    example=N_("{numerator} of {denominator} possible full marks"),
    feeds=("surveys.date", "surveys.score", "surveys.scale", "surveys.manager", "surveys.customer"),
    category="business",
    unit="ratio",
    measure="mean",
    higher_is_better=True,
    target=None,
    rows="surveys",
    cells=cells,
    behind=native(responses),
    min_sample=5,
    share=True,
    rank=50,
    weekly=True,
)
