"""Customer satisfaction: the share of satisfied responses."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import SATISFIED_FROM, native, scored, summed
from amdash.metrics.engines import Rows, once
from amdash.metrics.spec import Facts, Kpi


@once
def responses(facts: Facts) -> Rows:
    """Customer survey responses, one row each."""
    return scored(facts, "surveys")


def cells(facts: Facts) -> pd.DataFrame:
    """Responses scored at least 0.8 of their scale, over responses.

    Rows: one per manager, team and month.  Unit: ratio 0-1.  Empty: no row for that group, never 0.
    Source: the top-two-box share usual for customer satisfaction (CSAT).
    """
    rows = responses(facts)
    return summed(rows.with_columns(numerator=nw.col("share") >= SATISFIED_FROM, denominator=nw.lit(1)))


KPI = Kpi(
    id="csat",
    name=N_("Customer satisfaction"),
    short=N_("satisfaction"),
    meaning=N_("How many of the customers who answered are satisfied."),
    formula=N_("Responses with 4 or 5 of 5 points (8 to 10 of 10) ÷ all responses"),
    source=N_("Customer surveys; the usual top-two-box share (CSAT)"),
    example=N_("{numerator} of {denominator} answers were 4 or 5 of 5"),
    feeds=(
        "surveys.date",
        "surveys.score",
        "surveys.scale",
        "surveys.manager",
        "surveys.customer",
        "summary.satisfaction_pct",
        "summary.satisfied",
        "summary.responses",
    ),
    category="business",
    unit="ratio",
    measure="ratio",
    higher_is_better=True,
    target=0.90,
    rows="surveys",
    cells=cells,
    behind=native(responses),
    weighted=True,
    min_sample=5,
    share=True,
    rank=40,
    weekly=True,
)
