"""Individual improvement: how the weighted score changed against the period before."""

from __future__ import annotations

import pandas as pd

from amdash.i18n import N_
from amdash.metrics.cells import no_cells
from amdash.metrics.improvement import TARGET
from amdash.metrics.spec import Facts, Kpi


def nothing(facts: Facts) -> pd.DataFrame:
    """No rows of any sheet: what is counted are the other figures."""
    return facts["summary"].iloc[:0].assign(month=pd.Series(dtype="str"))


KPI = Kpi(
    id="improvement",
    name=N_("Individual improvement"),
    short=N_("improvement"),
    meaning=N_("How much better somebody did altogether than in the period before."),
    formula=N_("(Weighted score − weighted score of the period before) ÷ weighted score of the period before, over the KPIs measured in both"),
    source=N_("The other KPIs; see the weighted score"),
    example=N_("the weighted score was {denominator} and changed by {numerator}"),
    sums="score",
    category="people",
    unit="ratio",
    measure="derived",
    higher_is_better=True,
    target=TARGET,
    rows="summary",
    # A score is a figure of a period, not a sum over its months.
    cells=no_cells,
    behind=nothing,
    rank=130,
    on_board=False,
)
